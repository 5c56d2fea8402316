# SPDX-License-Identifier: 0BSD
"""A value for "not given", told apart from None."""

from __future__ import annotations

from typing import Final, Literal


class NotGiven:
    """The type of NOT_GIVEN: the default of every optional argument. None is sent as null; this is not sent."""

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"

    def __copy__(self) -> NotGiven:
        return self

    def __deepcopy__(self, memo: object) -> NotGiven:
        return self

    def __reduce__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN: Final = NotGiven()
