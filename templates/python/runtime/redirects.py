# SPDX-License-Identifier: 0BSD
"""Where an answer sends a request on to, and what it may take along."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from .errors import APIConnectionError
from .message import Headers, Request

MOST = 10
_ALWAYS_SECRET = ("Authorization", "Proxy-Authorization", "Cookie")


def redirect(request: Request, status: int, headers: Headers) -> Request | None:
    """The request that a redirect asks for; None when it is none. Credentials never go to another origin.

    Raises:
        APIConnectionError: It leads from https to http, or to something that is neither.
    """
    location = headers.get("location")
    if status not in (301, 302, 303, 307, 308) or not location:
        return None
    url = urljoin(request.url, location)
    if urlsplit(url).scheme not in ("http", "https") or (
        origin(request.url)[0] == "https" and origin(url)[0] == "http"
    ):
        raise APIConnectionError("refused a redirect from https to another scheme", request=request)
    followed = Request(
        request.method,
        url,
        request.headers.copy(),
        request.content,
        request.operation,
        request.secrets,
    )
    if (status == 303 and request.method != "HEAD") or (
        status in (301, 302) and request.method == "POST"
    ):
        followed.method = "GET"
        followed.content = None
        followed.headers.pop("Content-Type", None)
    if followed.content is not None and not followed.content.can_send_again:
        raise APIConnectionError(
            "cannot follow a redirect: the body can only be read once", request=request
        )
    if origin(url) != origin(request.url):
        for name in (*_ALWAYS_SECRET, *request.secrets):
            followed.headers.pop(name, None)
    return followed


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what a credential is meant for."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port
