from __future__ import annotations

import typing as _t

import typing_extensions as _te

from .._runtime import models as _models


class Ebook(_models.Model):
    kind: _t.Literal["ebook"]
    size: int | None = None


class Printed(_models.Model):
    kind: _t.Literal["printed"]
    pages: int


Product = _te.TypeAliasType(
    "Product", _t.Annotated["Ebook | Printed", _models.Tagged("kind", {"ebook": "Ebook", "printed": "Printed"})]
)
