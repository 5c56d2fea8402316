# SPDX-License-Identifier: 0BSD
"""Base URLs: what the caller gives, else the environment, else the document's server with its variables."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from .errors import InvalidRequestError
from .options import environment


def base_url_of(
    given: str | None,
    variable: str,
    template: str | None,
    variables: Mapping[str, str] | None = None,
) -> str:
    """The base URL.

    Raises:
        InvalidRequestError: There is none, or it is no http or https URL.
    """
    url = given or environment(variable)
    if url is None:
        url = template or ""
        for name, value in (variables or {}).items():
            url = url.replace("{" + name + "}", quote(value, safe=":/.-_~"))
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidRequestError(f"a base URL is needed: give base_url or set {variable}")
    if "@" in parts.netloc:
        raise InvalidRequestError("a user and a password do not belong into the base URL")
    return url.rstrip("/")
