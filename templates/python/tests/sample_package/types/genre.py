from __future__ import annotations

import typing as _t

Genre: _t.TypeAlias = _t.Literal["poetry", "history"] | str
