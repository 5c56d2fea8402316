# SPDX-License-Identifier: 0BSD
"""From a call to its value: build, sign, send, follow, try again, read.

Written once, for both clients: what waits or sends goes through the `Wire`. The steps are plain functions of the modules
beside this one.
"""

from __future__ import annotations

import contextvars
import dataclasses
import json
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any
from urllib.parse import urljoin

from . import retry
from .auth import Access, Requirements, Scheme, choose, token_error
from .bodies import bytes_content, form_text
from .errors import APIConnectionError, APIError, APIStatusError, describe
from .guards import is_dict, is_mapping
from .logs import safe_headers, safe_url
from .message import Headers, Request
from .operation import Operation, build_request
from .options import ClientOptions, RequestOptions, Timeout, timeout_of
from .pages import Fetched
from .pagination import NextCall, Pagination
from .redirects import MOST, origin, redirect
from .response import (
    Response,
    declared,
    error_data,
    form_of,
    is_streamed,
    kind_of,
    read_body,
    value_of,
)
from .sentinel import NotGiven
from .streams import Items
from .wire import Incoming, Wire

captured: contextvars.ContextVar[list[Response[Any]] | None] = contextvars.ContextVar(
    "captured", default=None
)
"""Where `with_response` collects answers."""


@dataclasses.dataclass(frozen=True)
class Pipeline:
    """All that a client and its resources share."""

    options: ClientOptions
    schemes: Mapping[str, Scheme]
    wire: Wire
    errors: Callable[[int], type[APIStatusError]]
    logger: logging.Logger
    user_agent: str

    async def call(
        self,
        operation: Operation[Any, Any],
        values: Sequence[Any],
        body: Any,
        content_type: str | NotGiven,
        options: RequestOptions | None,
    ) -> Any:
        """Does the operation and gives what it answers, typed."""
        request = self._build(operation, values, body, content_type, options)
        return (await self._send_for(operation, request, options or {})).data

    async def page(
        self,
        operation: Operation[Any, Any],
        rule: Pagination,
        values: Sequence[Any],
        body: Any,
        content_type: str | NotGiven,
        options: RequestOptions | None,
        url: str | None = None,
    ) -> Fetched:
        """Does an operation that lists, and gives a page."""
        request = self._build(operation, values, body, content_type, options)
        if url is not None:
            if origin(url) != origin(request.url):
                raise APIConnectionError(
                    "refused to follow a next page to another origin", request=request
                )
            request.url = url
        response = await self._send_for(operation, request, options or {})
        given = {
            parameter.name: value
            for parameter, value in zip(operation.parameters, values, strict=True)
            if parameter.location == "query" and not isinstance(value, NotGiven)
        }
        if is_mapping(body):
            given = {**body, **given}
        given = {**given, **(options or {}).get("query", {})}

        async def fetch(following: NextCall) -> Fetched:
            changed, changed_body, changed_options = apply_changes(
                operation, following.changes, values, body, options
            )
            return await self.page(
                operation,
                rule,
                changed,
                changed_body,
                content_type,
                changed_options,
                following.url,
            )

        return Fetched(response.data, response.headers, response.request.url, rule, given, fetch)

    def _build(
        self,
        operation: Operation[Any, Any],
        values: Sequence[Any],
        body: Any,
        content_type: str | NotGiven,
        options: RequestOptions | None,
    ) -> Request:
        return build_request(
            operation, values, body, content_type, self.options, options or {}, self.user_agent
        )

    async def _send_for(
        self, operation: Operation[Any, Any], request: Request, options: RequestOptions
    ) -> Response[Any]:
        sent, incoming, body = await self._exchange(operation, request, options)
        status, headers = incoming.status, incoming.headers
        if status >= 300 or status < 200:
            data = error_data(operation, status, headers, body or b"")
            raise self.errors(status)(
                describe(status, incoming.reason, data, body or b""),
                status=status,
                headers=headers,
                data=data,
                body=body or b"",
                request=sent,
            )
        if body is None:
            value = self._streamed(operation, request, sent, incoming, options)
        else:
            value = value_of(operation, status, headers, body)
        response: Response[Any] = Response(value, status, headers, sent)
        collected = captured.get()
        if collected is not None:
            collected.append(response)
        return response

    def _streamed(
        self,
        operation: Operation[Any, Any],
        request: Request,
        sent: Request,
        incoming: Incoming,
        options: RequestOptions,
    ) -> Any:
        content = declared(operation.responses, incoming.status)
        form = form_of(content, incoming.headers.get("content-type", "")) if content else None
        if form is None or form[0] == "binary":
            return self.wire.download(incoming, sent)

        async def reopen(last_id: str, breaks: int, wait: int | None) -> Incoming | None:
            if operation.method != "GET" or breaks > self._attempts(options):
                return None
            await self.wire.sleep(retry.delay(breaks) if wait is None else wait / 1000)
            again = Request(
                request.method, request.url, request.headers.copy(), None, request.operation
            )
            again.headers["Last-Event-ID"] = last_id
            _, fresh, body = await self._exchange(operation, again, options)
            return fresh if body is None and fresh.status == 200 else None

        return self.wire.stream(Items(incoming, sent, form[1], form[0], reopen))

    def _attempts(self, options: RequestOptions) -> int:
        return options.get("max_retries", self.options.max_retries)

    async def _exchange(
        self, operation: Operation[Any, Any], request: Request, options: RequestOptions
    ) -> tuple[Request, Incoming, bytes | None]:
        """Sends until there is an answer to keep. Gives it with its body, unless the body is a stream."""
        timeout = timeout_of(options["timeout"]) if "timeout" in options else self.options.timeout
        left = self._attempts(options)
        attempt = 0
        renewed = False
        while True:
            signed = await self._sign(operation.security, request, timeout)
            if self.options.before_request is not None:
                await self.wire.ask(self.options.before_request, signed)
            started = time.monotonic()
            self.logger.info("%s %s", signed.method, safe_url(signed))
            self.logger.debug("headers sent: %s", safe_headers(signed.headers, signed.secrets))
            asked: Headers | None = None
            try:
                sent, incoming = await self._follow(signed, timeout)
                try:
                    await self._tell(sent, incoming, started)
                    again = request.content is None or request.content.can_send_again
                    if (
                        incoming.status == 401
                        and not renewed
                        and again
                        and self._refused(operation.security, signed)
                    ):
                        renewed = True
                        await incoming.close()
                        continue
                    if not (retry.should_retry(incoming.status) and attempt < left and again):
                        if is_streamed(operation, incoming):
                            return sent, incoming, None
                        spent = time.monotonic() - started
                        remaining = None if timeout.total is None else timeout.total - spent
                        answered = await read_body(self.wire, incoming, remaining, sent)
                        return sent, incoming, answered
                    asked = incoming.headers
                    await incoming.close()
                except BaseException:
                    await incoming.close()
                    raise
            except APIConnectionError as error:
                again = request.content is None or request.content.can_send_again
                self.logger.info("%s", error)
                if attempt >= left or not again:
                    raise
            pause = retry.delay(attempt, asked)
            self.logger.info("trying again in %.1f s", pause)
            await self.wire.sleep(pause)
            attempt += 1

    async def _tell(self, sent: Request, incoming: Incoming, started: float) -> None:
        self.logger.info("%s in %.0f ms", incoming.status, (time.monotonic() - started) * 1000)
        self.logger.debug("headers received: %s", safe_headers(incoming.headers))
        if self.options.after_response is not None:
            await self.wire.ask(
                self.options.after_response, sent, incoming.status, incoming.headers
            )

    async def _follow(self, request: Request, timeout: Timeout) -> tuple[Request, Incoming]:
        for _ in range(MOST):
            incoming = await self.wire.send(request, timeout)
            try:
                following = redirect(request, incoming.status, incoming.headers)
            except BaseException:
                await incoming.close()
                raise
            if following is None:
                return request, incoming
            await incoming.close()
            request = following
        raise APIConnectionError(f"more than {MOST} redirects", request=request)

    async def _sign(self, security: Requirements, request: Request, timeout: Timeout) -> Request:
        signed = Request(
            request.method, request.url, request.headers.copy(), request.content, request.operation
        )
        secrets: set[str] = set()
        if not _signed_by_caller(security, self.schemes, request):
            access = Access(self.wire, self._token_fetch(timeout))
            for name, scopes in choose(security, self.schemes, request.operation).items():
                secrets.update(await self.schemes[name].apply(signed, scopes, access))
        signed.secrets = frozenset(secrets)
        return signed

    def _refused(self, security: Requirements, request: Request) -> bool:
        names = {name for requirement in security for name in requirement if name in self.schemes}
        refused = [
            self.schemes[name].refused(request)
            for name in sorted(names)
            if self.schemes[name].ready
        ]
        return any(refused)

    def _token_fetch(
        self, timeout: Timeout
    ) -> Callable[[str, Mapping[str, str], Mapping[str, str]], Coroutine[Any, Any, Any]]:
        async def fetch(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Any:
            content = bytes_content(
                form_text(form).encode("ascii"), "application/x-www-form-urlencoded"
            )
            target = urljoin(self.options.base_url, url)
            sent = Headers({"Accept": "application/json", "User-Agent": self.user_agent, **headers})
            sent["Content-Type"] = content.media_type
            request = Request("POST", target, sent, content, "token", frozenset({"Authorization"}))
            for attempt in range(self.options.max_retries + 1):
                try:
                    incoming = await self.wire.send(request, timeout)
                    try:
                        body = await read_body(self.wire, incoming, timeout.total, request)
                    finally:
                        await incoming.close()
                except APIConnectionError:
                    if attempt == self.options.max_retries:
                        raise
                    await self.wire.sleep(retry.delay(attempt))
                    continue
                if attempt < self.options.max_retries and retry.should_retry(incoming.status):
                    await self.wire.sleep(retry.delay(attempt, incoming.headers))
                    continue
                return token_answer(incoming.status, incoming.headers, body, self.errors, request)
            raise APIError("the token endpoint did not answer")

        return fetch


def token_answer(
    status: int,
    headers: Headers,
    body: bytes,
    errors: Callable[[int], type[APIStatusError]],
    request: Request,
) -> Any:
    """The JSON of a token endpoint; its refusal as an exception."""
    try:
        data: Any = (
            json.loads(body)
            if kind_of(headers.get("content-type", "application/json")) == "json"
            else None
        )
    except ValueError:
        data = None
    if status != 200 or not is_dict(data):
        raise errors(status)(
            token_error(status, data),
            status=status,
            headers=headers,
            data=data,
            body=body,
            request=request,
        )
    return data


def apply_changes(
    operation: Operation[Any, Any],
    changes: Mapping[str, Any],
    values: Sequence[Any],
    body: Any,
    options: RequestOptions | None,
) -> tuple[list[Any], Any, RequestOptions]:
    """The values of the next call: a change goes where its name is known, else into the query."""
    changed = list(values)
    chosen: RequestOptions = {**options} if options else {}
    for name, value in changes.items():
        for index, parameter in enumerate(operation.parameters):
            if parameter.location == "query" and parameter.name == name:
                changed[index] = value
                break
        else:
            if is_mapping(body) and operation.method != "GET":
                body = {**body, name: value}
            else:
                chosen["query"] = {**chosen.get("query", {}), name: value}
    return changed, body, chosen


def _signed_by_caller(
    security: Requirements, schemes: Mapping[str, Scheme], request: Request
) -> bool:
    # A caller who sets the header of a scheme by hand means it.
    names = {name for requirement in security for name in requirement}
    headers = {getattr(schemes.get(name), "name", "Authorization") for name in names}
    return any(isinstance(name, str) and name in request.headers for name in headers)
