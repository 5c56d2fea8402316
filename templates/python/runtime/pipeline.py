# SPDX-License-Identifier: 0BSD
"""From a call to its value: build, sign, send, follow, try again, read.

The steps are plain functions of the modules beside this one; only waiting and sending happen here.
"""

from __future__ import annotations

import contextvars
import dataclasses
import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from urllib.parse import urljoin

from . import retry
from .auth import Requirements, Scheme, choose, token_error
from .bodies import bytes_content, form_text
from .errors import APIConnectionError, APIError, APIStatusError, describe
from .guards import is_dict, is_mapping
from .logs import safe_headers, safe_url
from .message import Headers, Request
from .operation import Operation, build_request
from .options import ClientOptions, RequestOptions, Timeout, timeout_of
from .pages import Page
from .pagination import NextCall, Pagination
from .redirects import MOST, origin, redirect
from .response import (
    Download,
    Response,
    declared,
    error_data,
    form_of,
    is_streamed,
    kind_of,
    read_body,
    value_of,
)
from .sentinel import NOT_GIVEN, NotGiven
from .streams import Stream
from .transport import Answer, Transport

T = TypeVar("T")
BodyT = TypeVar("BodyT")

captured: contextvars.ContextVar[list[Response[Any]] | None] = contextvars.ContextVar(
    "captured", default=None
)
"""Where `with_response` collects answers."""


@dataclasses.dataclass(frozen=True)
class Pipeline:
    """All that a client and its resources share."""

    options: ClientOptions
    schemes: Mapping[str, Scheme]
    transport: Callable[[], Transport]
    errors: Callable[[int], type[APIStatusError]]
    logger: logging.Logger
    user_agent: str
    sleep: Callable[[float], None] = time.sleep

    def call(
        self,
        operation: Operation[T],
        values: Sequence[Any] = (),
        *,
        body: Any = NOT_GIVEN,
        content_type: str | NotGiven = NOT_GIVEN,
        options: RequestOptions | None = None,
    ) -> T:
        """Does the operation and gives what it answers, typed.

        Raises:
            APIError: One of the tree in the module `errors`.
        """
        request = self._build(operation, values, body, content_type, options)
        value: T = self._value(operation, request, options or {})
        return value

    def page(
        self,
        operation: Operation[BodyT],
        rule: Pagination,
        values: Sequence[Any] = (),
        *,
        body: Any = NOT_GIVEN,
        content_type: str | NotGiven = NOT_GIVEN,
        options: RequestOptions | None = None,
        url: str | None = None,
    ) -> Page[Any, BodyT]:
        """Does an operation that lists, and gives its first page."""
        request = self._build(operation, values, body, content_type, options)
        if url is not None:
            if origin(url) != origin(request.url):
                raise APIConnectionError(
                    "refused to follow a next page to another origin", request=request
                )
            request.url = url
        with_headers = self._send_for(operation, request, options or {})
        given = {
            parameter.name: value
            for parameter, value in zip(operation.parameters, values, strict=True)
            if parameter.location == "query" and not isinstance(value, NotGiven)
        }
        if is_mapping(body):
            given = {**body, **given}
        given = {**given, **(options or {}).get("query", {})}

        def fetch(following: NextCall) -> Page[Any, BodyT]:
            changed, changed_body, changed_options = apply_changes(
                operation, following.changes, values, body, options
            )
            return self.page(
                operation,
                rule,
                changed,
                body=changed_body,
                content_type=content_type,
                options=changed_options,
                url=following.url,
            )

        return Page(
            with_headers.data, with_headers.headers, with_headers.request.url, rule, given, fetch
        )

    def _build(
        self,
        operation: Operation[Any],
        values: Sequence[Any],
        body: Any,
        content_type: str | NotGiven,
        options: RequestOptions | None,
    ) -> Request:
        return build_request(
            operation, values, body, content_type, self.options, options or {}, self.user_agent
        )

    def _value(self, operation: Operation[Any], request: Request, options: RequestOptions) -> Any:
        return self._send_for(operation, request, options).data

    def _send_for(
        self, operation: Operation[Any], request: Request, options: RequestOptions
    ) -> Response[Any]:
        sent, answer, body = self._exchange(operation, request, options)
        if answer.status >= 300 or answer.status < 200:
            data = error_data(operation, answer.status, answer.headers, body or b"")
            raise self.errors(answer.status)(
                describe(answer.status, answer.reason, data, body or b""),
                status=answer.status,
                headers=answer.headers,
                data=data,
                body=body or b"",
                request=sent,
            )
        if body is None:
            value = self._streamed(operation, request, sent, answer, options)
        else:
            value = value_of(operation, answer.status, answer.headers, body)
        response: Response[Any] = Response(value, answer.status, answer.headers, sent)
        collected = captured.get()
        if collected is not None:
            collected.append(response)
        return response

    def _streamed(
        self,
        operation: Operation[Any],
        request: Request,
        sent: Request,
        answer: Answer,
        options: RequestOptions,
    ) -> Any:
        content = declared(operation.responses, answer.status)
        form = form_of(content, answer.headers.get("content-type", "")) if content else None
        if form is None or form[0] == "binary":
            return Download(answer, sent)

        def reopen(last_id: str) -> Answer | None:
            if operation.method != "GET":
                return None
            again = Request(
                request.method, request.url, request.headers.copy(), None, request.operation
            )
            again.headers["Last-Event-ID"] = last_id
            _, fresh, body = self._exchange(operation, again, options)
            return fresh if body is None and fresh.status == 200 else None

        return Stream[Any](answer, sent, form[1], form[0], reopen)

    def _exchange(
        self, operation: Operation[Any], request: Request, options: RequestOptions
    ) -> tuple[Request, Answer, bytes | None]:
        """Sends until there is an answer to keep. Gives it with its body, unless the body is a stream."""
        timeout = timeout_of(options["timeout"]) if "timeout" in options else self.options.timeout
        left = options.get("max_retries", self.options.max_retries)
        attempt = 0
        renewed = False
        while True:
            signed = self._sign(operation.security, request, timeout)
            if self.options.before_request is not None:
                self.options.before_request(signed)
            started = time.monotonic()
            self.logger.info("%s %s", signed.method, safe_url(signed))
            self.logger.debug("headers sent: %s", safe_headers(signed.headers, signed.secrets))
            asked: Headers | None = None
            try:
                sent, answer = self._follow(signed, timeout)
                self.logger.info(
                    "%s in %.0f ms", answer.status, (time.monotonic() - started) * 1000
                )
                self.logger.debug("headers received: %s", safe_headers(answer.headers))
                if self.options.after_response is not None:
                    self.options.after_response(sent, answer.status, answer.headers)
                again = request.content is None or request.content.can_send_again
                if (
                    answer.status == 401
                    and not renewed
                    and again
                    and self._refused(operation.security, signed)
                ):
                    renewed = True
                    answer.close()
                    continue
                if not (retry.should_retry(answer.status) and attempt < left and again):
                    if is_streamed(operation, answer):
                        return sent, answer, None
                    remaining = (
                        None
                        if timeout.total is None
                        else timeout.total - (time.monotonic() - started)
                    )
                    return sent, answer, read_body(answer, remaining)
                asked = answer.headers
                answer.close()
            except APIConnectionError as error:
                again = request.content is None or request.content.can_send_again
                self.logger.info("%s", error)
                if attempt >= left or not again:
                    raise
            pause = retry.delay(attempt, asked)
            self.logger.info("trying again in %.1f s", pause)
            self.sleep(pause)
            attempt += 1

    def _follow(self, request: Request, timeout: Timeout) -> tuple[Request, Answer]:
        for _ in range(MOST):
            answer = self.transport().send(request, timeout)
            following = redirect(request, answer.status, answer.headers)
            if following is None:
                return request, answer
            answer.close()
            request = following
        raise APIConnectionError(f"more than {MOST} redirects", request=request)

    def _sign(self, security: Requirements, request: Request, timeout: Timeout) -> Request:
        signed = Request(
            request.method, request.url, request.headers.copy(), request.content, request.operation
        )
        secrets: set[str] = set()
        if not _signed_by_caller(security, self.schemes, request):
            for name, scopes in choose(security, self.schemes, request.operation).items():
                secrets.update(self.schemes[name].apply(signed, scopes, self._token_fetch(timeout)))
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
    ) -> Callable[[str, Mapping[str, str], Mapping[str, str]], Any]:
        def fetch(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> Any:
            content = bytes_content(
                form_text(form).encode("ascii"), "application/x-www-form-urlencoded"
            )
            target = urljoin(self.options.base_url, url)
            sent = Headers({"Accept": "application/json", "User-Agent": self.user_agent, **headers})
            sent["Content-Type"] = content.media_type
            request = Request("POST", target, sent, content, "token", frozenset({"Authorization"}))
            for attempt in range(self.options.max_retries + 1):
                try:
                    answer = self.transport().send(request, timeout)
                    body = read_body(answer, timeout.total)
                except APIConnectionError:
                    if attempt == self.options.max_retries:
                        raise
                    self.sleep(retry.delay(attempt))
                    continue
                if attempt < self.options.max_retries and retry.should_retry(answer.status):
                    self.sleep(retry.delay(attempt, answer.headers))
                    continue
                return token_answer(answer.status, answer.headers, body, self.errors, request)
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
    operation: Operation[Any],
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
