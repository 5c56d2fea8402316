from __future__ import annotations

import typing_extensions as _te

Tree = _te.TypeAliasType("Tree", "dict[str, Tree] | list[Tree] | str | None")
