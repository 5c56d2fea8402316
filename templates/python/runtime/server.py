# SPDX-License-Identifier: 0BSD
"""Servers: what the caller gives, else the environment, else the document's server with its variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from .errors import InvalidRequestError
from .options import environment


class Server(NamedTuple):
    """Where requests go.

    Attributes:
        url: The base URL.
        given: Whether it was chosen: then also operations that have servers of their own go there.
    """

    url: str
    given: bool


def server_of(
    given: str | None,
    variable: str,
    template: str | None,
    variables: Mapping[str, str] | None = None,
) -> Server:
    """The server.

    Raises:
        InvalidRequestError: There is none, or it is no http or https URL.
    """
    chosen = given or environment(variable)
    url = chosen or template or ""
    if chosen is None:
        for name, value in (variables or {}).items():
            url = url.replace("{" + name + "}", quote(value, safe=":/.-_~"))
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InvalidRequestError(f"a base URL is needed: give base_url or set {variable}")
    if "@" in parts.netloc:
        raise InvalidRequestError("a user and a password do not belong into the base URL")
    return Server(url.rstrip("/"), chosen is not None)
