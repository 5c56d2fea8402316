# SPDX-License-Identifier: 0BSD
"""Puts credentials onto requests, and fetches the tokens that this takes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from . import retry
from .auth import Access, Requirements, choose, token_error
from .content import bytes_content
from .core import Core
from .errors import APIConnectionError
from .forms import form_text
from .guards import is_dict
from .message import Headers, Request
from .options import Timeout
from .response import read_body


async def sign(core: Core, security: Requirements, request: Request, timeout: Timeout) -> Request:
    """The request with the credentials of the client; the one that was given stays as it is.

    Raises:
        MissingCredentialsError: There are none that the operation takes.
    """
    signed = Request(
        request.method, request.url, request.headers.copy(), request.content, request.operation
    )
    secrets = _signed_by_caller(core, security, request)
    if not secrets:

        async def fetch(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Any:
            return await _token(core, url, form, headers, timeout)

        access = Access(core.wire, fetch)
        for name, scopes in choose(security, core.schemes, request.operation).items():
            secrets.update(await core.schemes[name].apply(signed, scopes, access))
    signed.secrets = frozenset(secrets)
    return signed


def refused(core: Core, security: Requirements, request: Request) -> bool:
    """Tells the schemes of a 401; says whether the request is worth signing once more."""
    names = {name for requirement in security for name in requirement if name in core.schemes}
    schemes = [core.schemes[name] for name in sorted(names)]
    # All are told, whatever the first one says.
    worth = [scheme.refused(request) for scheme in schemes if scheme.ready]
    return any(worth)


def _signed_by_caller(core: Core, security: Requirements, request: Request) -> set[str]:
    # A caller who sets the header of a scheme by hand means it.
    names = {name for requirement in security for name in requirement}
    headers = {getattr(core.schemes.get(name), "name", "Authorization") for name in names}
    return {name for name in headers if isinstance(name, str) and name in request.headers}


async def _token(
    core: Core, url: str, form: Mapping[str, str], headers: Mapping[str, str], timeout: Timeout
) -> Any:
    """Posts a form to a token endpoint, with the retries of the client, and gives the JSON that comes back."""
    content = bytes_content(form_text(form).encode(), "application/x-www-form-urlencoded")
    sent = Headers({"Accept": "application/json", "User-Agent": core.user_agent, **headers})
    sent["Content-Type"] = content.media_type
    target = urljoin(core.options.base_url, url)
    request = Request("POST", target, sent, content, "token", frozenset({"Authorization"}))
    attempt = 0
    while True:
        core.logger.info("POST %s for a token", url.partition("?")[0])
        asked: Headers | None = None
        try:
            incoming = await core.wire.send(request, timeout)
            try:
                body = await read_body(core.wire, incoming, timeout.total, request)
            finally:
                await incoming.close()
            worthwhile = retry.should_retry(incoming.status) and not retry.asks_too_much(
                incoming.headers
            )
            if attempt >= core.options.max_retries or not worthwhile:
                return _answer(core, incoming.status, incoming.headers, body, request)
            asked = incoming.headers
        except APIConnectionError:
            if attempt >= core.options.max_retries:
                raise
        await core.wire.sleep(retry.delay(attempt, asked))
        attempt += 1


def _answer(core: Core, status: int, headers: Headers, body: bytes, request: Request) -> Any:
    try:
        data: Any = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if status != 200 or not is_dict(data):
        raise core.errors(status)(
            token_error(status, data),
            status=status,
            headers=headers,
            data=data,
            body=body,
            request=request,
        )
    return data
