# SPDX-License-Identifier: 0BSD
"""Logging: one line for a request and one for its answer, credentials redacted."""

from __future__ import annotations

import logging
import sys
from urllib.parse import urlsplit, urlunsplit

from .message import Headers, Request
from .options import environment

REDACTED = "***"
SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "x-api-key", "api-key"}
)


def logger_of(name: str, variable: str) -> logging.Logger:
    """The logger of the package, made audible when the variable says `info` or `debug`."""
    logger = logging.getLogger(name)
    level = {"debug": logging.DEBUG, "info": logging.INFO}.get(
        (environment(variable) or "").lower()
    )
    if level is not None and not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("[%(asctime)s %(name)s %(levelname)s] %(message)s"))
        logger.addHandler(handler)
        logger.setLevel(level)
    return logger


def safe_url(request: Request) -> str:
    """The URL without user, password and the values of secret parameters."""
    parts = urlsplit(request.url)
    pieces = (
        [_safe_pair(pair, request.secrets) for pair in parts.query.split("&")]
        if parts.query
        else []
    )
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "&".join(pieces), ""))


def safe_headers(headers: Headers, secrets: frozenset[str] = frozenset()) -> dict[str, str]:
    """The headers, with the values of secret ones hidden."""
    hidden = SECRET_HEADERS | {name.lower() for name in secrets}
    return {name: REDACTED if name.lower() in hidden else headers[name] for name in headers}


def _safe_pair(pair: str, secrets: frozenset[str]) -> str:
    name = pair.partition("=")[0]
    return f"{name}={REDACTED}" if name.lower() in {secret.lower() for secret in secrets} else pair
