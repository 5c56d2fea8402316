# SPDX-License-Identifier: 0BSD
"""From a call to its value: build, exchange, read.

Written once, for both clients: what waits or sends goes through the `Wire`. The steps are in the modules beside this
one.
"""

from __future__ import annotations

import contextvars
import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from . import retry
from .core import Core
from .errors import APIConnectionError, describe
from .exchange import exchange
from .guards import is_mapping
from .message import Request
from .operation import Operation, build_request
from .options import RequestOptions
from .pages import Fetched
from .pagination import NextCall, Pagination
from .redirects import origin
from .response import Response, declared, error_data, form_of, value_of
from .resume import Resumable
from .sentinel import NotGiven
from .streams import Items
from .wire import Incoming

captured: contextvars.ContextVar[list[Response[Any]] | None] = contextvars.ContextVar(
    "captured", default=None
)
"""Where `with_response` collects answers."""


@dataclasses.dataclass(frozen=True, repr=False)
class Pipeline(Core):
    """What does the calls of a client."""

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
        following: NextCall | None = None,
        seen: frozenset[str] = frozenset(),
    ) -> Fetched:
        """Does an operation that lists, and gives a page: the first, or the one that is named."""
        if following is not None:
            values, body, options = apply_changes(
                operation, following.changes, values, body, options
            )
        request = self._build(operation, values, body, content_type, options)
        if following is not None and following.url is not None:
            if origin(following.url) != origin(request.url):
                raise APIConnectionError(
                    "refused to follow a next page to another origin", request=request
                )
            request.url = following.url
        response = await self._send_for(operation, request, options or {})
        given = {
            parameter.name: value
            for parameter, value in zip(operation.parameters, values, strict=True)
            if parameter.location == "query" and not isinstance(value, NotGiven)
        }
        if is_mapping(body):
            given = {**body, **given}
        given = {**given, **(options or {}).get("query", {})}
        visited = seen | {request.url, NextCall(named(rule, given)).key}

        async def fetch(next_call: NextCall) -> Fetched:
            return await self.page(
                operation, rule, values, body, content_type, options, next_call, visited
            )

        return Fetched(
            response.data, response.headers, response.request.url, rule, given, visited, fetch
        )

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
        sent, incoming, body = await exchange(self, operation, request, options)
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
                declared=operation.headers,
            )
        if body is None:
            value = self._streamed(operation, request, sent, incoming, options)
        else:
            value = value_of(operation, status, headers, body)
        response: Response[Any] = Response(value, status, headers, sent, body, operation.headers)
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

        async def reopen(
            headers: Mapping[str, str], breaks: int, wait: float | None
        ) -> Incoming | None:
            if operation.method != "GET" or breaks > self.retries(options):
                return None
            await self.wire.sleep(retry.delay(breaks) if wait is None else wait)
            again = Request(
                request.method, request.url, request.headers.copy(), None, request.operation
            )
            for name, value in headers.items():
                again.headers[name] = value
            _, fresh, body = await exchange(self, operation, again, options)
            return fresh if body is None else None

        if form is None or form[0] == "binary":
            return self.wire.download(Resumable(incoming, sent, reopen), sent)
        return self.wire.stream(Items(incoming, sent, form[1], form[0], reopen))


def named(rule: Pagination, given: Mapping[str, Any]) -> dict[str, Any]:
    """What names this page: the value of the parameter that the rule changes."""
    parameter: str | None = getattr(rule, "parameter", None)
    return {} if parameter is None or parameter not in given else {parameter: given[parameter]}


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
