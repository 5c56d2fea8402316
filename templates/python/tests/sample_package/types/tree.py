from __future__ import annotations

import typing as _t

import typing_extensions as _te

Tree = _te.TypeAliasType("Tree", _t.Annotated["dict[str, Tree] | list[Tree] | str | None", "best match"])
