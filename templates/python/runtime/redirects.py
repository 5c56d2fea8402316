# SPDX-License-Identifier: 0BSD
"""Where an answer sends a request on to, and what it may take along."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

from .errors import APIConnectionError
from .message import Headers, Request
from .redaction import is_secret

MOST = 10
# What may travel to an origin that the caller did not choose: only what negotiates content.
_HARMLESS = re.compile(
    r"accept(-language|-encoding)?|content-(type|language|encoding)|range"
    r"|if-(none-)?match|if-(un)?modified-since|if-range|user-agent",
    re.IGNORECASE,
)


class RefusedRedirectError(APIConnectionError):
    """A redirect that is not followed: another attempt would be sent the same way."""


def redirect(request: Request, status: int, headers: Headers) -> Request | None:
    """The request that a redirect asks for; None when it is none. Credentials never go to another origin.

    Raises:
        RefusedRedirectError: It leads from https to http, or to something that is neither.
    """
    location = headers.get("location")
    if status not in (301, 302, 303, 307, 308) or not location:
        return None
    try:
        url = absolute(request.url, location)
        here, there = origin(request.url), origin(url)
    except ValueError as error:
        raise RefusedRedirectError("refused a redirect to no URL", request=request) from error
    if there[0] not in ("http", "https") or (here[0], there[0]) == ("https", "http"):
        raise RefusedRedirectError("refused a redirect to another scheme", request=request)
    followed = Request(
        request.method,
        url,
        request.headers.copy(),
        request.content,
        request.operation,
        request.secrets,
    )
    followed.foreign = request.foreign or here != there
    if (status == 303 and request.method != "HEAD") or (
        status in (301, 302) and request.method == "POST"
    ):
        followed.method = "GET"
        followed.content = None
        followed.headers.pop("Content-Type", None)
    if followed.content is not None and not followed.content.can_send_again:
        raise RefusedRedirectError(
            "cannot follow a redirect: the body can only be read once", request=request
        )
    if followed.foreign:
        for name in list(followed.headers):
            if not _HARMLESS.fullmatch(name) or is_secret(name, request.secrets):
                del followed.headers[name]
    return followed


def absolute(base: str, reference: str) -> str:
    """The URL that a server names, from where it was named; what no URL can hold is percent-encoded."""
    return quote(urljoin(base, reference), safe="%:/?#[]@!$&'()*+,;=~")


def origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port: what a credential is meant for."""
    parts = urlsplit(url)
    port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    return parts.scheme, (parts.hostname or "").lower(), port
