from __future__ import annotations

import typing as _t

from .._runtime import models as _models

if _t.TYPE_CHECKING:
    from .book import Book


class Cover(_models.Model):
    url: str
    book: Book | None = None
