from __future__ import annotations

import typing as _t

import typing_extensions as _te

Either = _te.TypeAliasType("Either", _t.Annotated["Book | Cover | str", "best match"])
