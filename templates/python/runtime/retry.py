# SPDX-License-Identifier: 0BSD
"""When to try again, and how long to wait before it."""

from __future__ import annotations

import random
import time

from .message import Headers

FIRST_DELAY = 0.5
LONGEST_DELAY = 8.0
LONGEST_RETRY_AFTER = 60.0


def should_retry(status: int) -> bool:
    """Whether another attempt may end otherwise."""
    return status in (408, 409, 429) or status >= 500


def asks_too_much(headers: Headers) -> bool:
    """Whether the server wants to be left alone for more than a minute: then waiting is the caller's decision."""
    asked = retry_after(headers)
    return asked is not None and asked > LONGEST_RETRY_AFTER


def delay(attempt: int, headers: Headers | None = None) -> float:
    """Seconds to wait after the attempt (counted from 0): what the server asks for, else doubled with jitter."""
    asked = retry_after(headers) if headers is not None else None
    if asked is not None:
        return asked
    longest = min(FIRST_DELAY * 2.0**attempt, LONGEST_DELAY)
    return longest * (1 - 0.25 * random.random())


def retry_after(headers: Headers, now: float | None = None) -> float | None:
    """Seconds from `Retry-After-Ms`, or from `Retry-After` in seconds or as a date (RFC 9110, 10.2.3)."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None or text is None:
        return seconds
    import email.utils

    date = email.utils.parsedate_tz(text)
    try:
        moment = email.utils.mktime_tz(date) if date is not None else None
    except (ValueError, OverflowError):  # no day of any calendar
        moment = None
    return None if moment is None else max(0.0, moment - (time.time() if now is None else now))


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text is not None else None
    except ValueError:
        return None
    return number if number is not None and 0 <= number < 1e9 else None
