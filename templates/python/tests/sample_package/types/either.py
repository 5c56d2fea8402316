from __future__ import annotations

import typing_extensions as _te

Either = _te.TypeAliasType("Either", "Book | Cover | str")
