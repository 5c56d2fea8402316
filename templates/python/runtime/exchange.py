# SPDX-License-Identifier: 0BSD
"""From a request to an answer: sign, ask the hooks, send, follow, try again, read."""

from __future__ import annotations

import time
from typing import Any

from . import retry
from .core import Core
from .errors import APIConnectionError
from .message import Headers, Request
from .operation import Operation
from .options import RequestOptions, Timeout
from .redaction import safe_headers, safe_url
from .redirects import MOST, RefusedRedirectError, redirect
from .response import is_streamed, read_body
from .signing import refused, sign
from .wire import Incoming


async def exchange(
    core: Core, operation: Operation[Any, Any], request: Request, options: RequestOptions
) -> tuple[Request, Incoming, bytes | None]:
    """Sends until there is an answer to keep. Gives it with its body, unless the body is a stream.

    Raises:
        APIConnectionError: No attempt brought a whole answer.
    """
    timeout = core.timeout(options)
    left = core.retries(options)
    attempt = 0
    renewed = False
    while True:
        signed = await sign(core, operation.security, request, timeout)
        if core.options.before_request is not None:
            await core.wire.ask(core.options.before_request, signed)
        started = time.monotonic()
        core.logger.info("%s %s", signed.method, safe_url(signed))
        core.logger.debug("headers sent: %s", safe_headers(signed.headers, signed.secrets))
        asked: Headers | None = None
        try:
            sent, incoming = await _follow(core, signed, timeout)
            try:
                await _tell(core, sent, incoming, started)
                again = request.content is None or request.content.can_send_again
                unauthorized = incoming.status == 401 and not renewed and again
                if unauthorized and refused(core, operation.security, signed):
                    renewed = True
                    await incoming.close()
                    continue
                worthwhile = retry.should_retry(incoming.status) and not retry.asks_too_much(
                    incoming.headers
                )
                if not (again and attempt < left and worthwhile):
                    if is_streamed(operation, incoming):
                        return sent, incoming, None
                    return sent, incoming, await _whole(core, sent, incoming, timeout, started)
                asked = incoming.headers
                await incoming.close()
            except BaseException:
                await incoming.close()
                raise
        except APIConnectionError as error:
            again = request.content is None or request.content.can_send_again
            core.logger.info("%s", error)
            if attempt >= left or not again or isinstance(error, RefusedRedirectError):
                raise
        pause = retry.delay(attempt, asked)
        core.logger.info("trying again in %.1f s", pause)
        await core.wire.sleep(pause)
        attempt += 1


async def _whole(
    core: Core, sent: Request, incoming: Incoming, timeout: Timeout, started: float
) -> bytes:
    remaining = None if timeout.total is None else timeout.total - (time.monotonic() - started)
    try:
        return await read_body(core.wire, incoming, remaining, sent)
    except APIConnectionError:
        if incoming.status < 400:
            raise
        # The status says more than the breaking of the connection behind it.
        await incoming.close()
        return b""


async def _tell(core: Core, sent: Request, incoming: Incoming, started: float) -> None:
    core.logger.info("%s in %.0f ms", incoming.status, (time.monotonic() - started) * 1000)
    core.logger.debug("headers received: %s", safe_headers(incoming.headers))
    if core.options.after_response is not None:
        await core.wire.ask(core.options.after_response, sent, incoming.status, incoming.headers)


async def _follow(core: Core, request: Request, timeout: Timeout) -> tuple[Request, Incoming]:
    for _ in range(MOST):
        incoming = await core.wire.send(request, timeout)
        try:
            following = redirect(request, incoming.status, incoming.headers)
        except BaseException:
            await incoming.close()
            raise
        if following is None:
            return request, incoming
        await incoming.close()
        request = following
    raise RefusedRedirectError(f"more than {MOST} redirects", request=request)
