# SPDX-License-Identifier: 0BSD
"""What is a secret, by its name: hidden in logs, and kept from other origins."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit, urlunsplit

from .message import Headers, Request

REDACTED = "***"

_TELLING = re.compile(
    r"^(?!idempotency)(.*(authorization|cookie|token|secret|passw|api-?key|signature|credential|session).*"
    r"|(.*[-_])?(auth|key|sig|pwd)([-_].*)?)$",
    re.IGNORECASE,
)
_PAIR = re.compile(r"(?<=[?&])([^=&?#\s>]+)=([^&#\s>]*)")


def is_secret(name: str, secrets: Collection[str] = ()) -> bool:
    """Whether a header or a parameter of this name is a secret: it was signed with, or its name says so."""
    return bool(_TELLING.match(name)) or name.lower() in {secret.lower() for secret in secrets}


def safe_url(request: Request) -> str:
    """The URL without user, password and the values of secret parameters."""
    parts = urlsplit(request.url)
    host = parts.netloc.rpartition("@")[2]
    return _safe_query(
        urlunsplit((parts.scheme, host, parts.path, parts.query, "")), request.secrets
    )


def safe_headers(headers: Headers, secrets: Collection[str] = ()) -> dict[str, str]:
    """The headers, with the values of secret ones hidden."""
    return {
        name: REDACTED if is_secret(name, secrets) else _safe_query(value, secrets)
        for name, value in headers.items()
    }


def _safe_query(text: str, secrets: Collection[str]) -> str:
    return _PAIR.sub(
        lambda pair: f"{pair[1]}={REDACTED if is_secret(pair[1], secrets) else pair[2]}", text
    )
