# SPDX-License-Identifier: 0BSD
"""The name that a server proposes for a file: a stranger's word, made harmless."""

from __future__ import annotations

import os
import re
import unicodedata

LONGEST_NAME = 200
"""Bytes of a file's name; most file systems end at 255."""


def filename_of(disposition: str) -> str | None:
    """The file name of a `Content-Disposition` (RFC 6266), reduced to its last part and to what can be a file's name."""
    from email.message import EmailMessage

    message = EmailMessage()
    try:
        message["Content-Disposition"] = disposition.replace("\r", " ").replace("\n", " ")
        name = message.get_filename() or ""
    except Exception:  # Python's own parser trips over some headers, each time in another way
        return None
    last = re.split(r"[/\\]", name)[-1]
    # What no name may hold, and what would show as another name.
    text = "".join(
        "_" if char in '<>:"|?*' or unicodedata.category(char)[0] == "C" else char for char in last
    )
    # Windows drops what stands at the end here, and has devices of these names.
    text = text.strip().rstrip(". ")
    if re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", text):
        text = "_" + text
    return _shortened(text) or None


def _shortened(name: str) -> str:
    stem, ending = os.path.splitext(name)
    if len(ending) > 20:
        stem, ending = name, ""
    room = LONGEST_NAME - len(ending.encode())
    return stem.encode()[:room].decode("utf-8", "ignore") + ending
