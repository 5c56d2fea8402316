from __future__ import annotations

import datetime as _datetime
import decimal as _decimal
import typing as _t

from .._runtime import models as _models

if _t.TYPE_CHECKING:
    from .cover import Cover
    from .genre import Genre
    from .product import Product


class Book(_models.Model):
    id: str
    title: str | None = None
    pages: int | None = None
    price: _decimal.Decimal | None = None
    added: _datetime.datetime | None = None
    day: _datetime.date | None = None
    genre: Genre | None = None
    cover: Cover | None = None
    products: list[Product] | None = None
    class_: str | None = _models.Field(default=None, alias="class")
    digest: _models.Base64Bytes | None = None
