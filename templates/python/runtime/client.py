# SPDX-License-Identifier: 0BSD
"""The base of generated clients and resources."""

from __future__ import annotations

import copy
import dataclasses
import platform
from collections.abc import Callable, Mapping
from functools import cached_property
from types import TracebackType
from typing import Any, TypeVar

from typing_extensions import ParamSpec, Self

from .auth import MutualTls, Scheme
from .errors import APIError, APIStatusError
from .logs import logger_of
from .message import Headers, Request
from .operation import Operation
from .options import ClientOptions, RequestOptions, TimeoutInput, timeout_of
from .pipeline import Pipeline, captured
from .response import Response
from .sentinel import NOT_GIVEN, NotGiven
from .transport import Certificate, Transport, transport_of

P = ParamSpec("P")
T = TypeVar("T")


class Resource:
    """The base of resources: a group of operations of one client."""

    __slots__ = ("__dict__", "_pipeline")

    def __init__(self, pipeline: Pipeline) -> None:
        self._pipeline = pipeline


class Client:
    """The base of clients: options, connections, and what is not in the document."""

    _pipeline: Pipeline

    def __init__(
        self,
        *,
        base_url: str,
        schemes: Mapping[str, Scheme],
        errors: Callable[[int], type[APIStatusError]],
        user_agent: str,
        logger: tuple[str, str],
        timeout: TimeoutInput | NotGiven,
        max_retries: int,
        headers: Mapping[str, str | None] | None,
        query: Mapping[str, Any] | None,
        http_client: Any,
        before_request: Callable[[Request], None] | None,
        after_response: Callable[[Request, int, Headers], None] | None,
    ) -> None:
        options = ClientOptions(
            base_url=base_url,
            max_retries=max_retries,
            headers=dict(headers or {}),
            query=dict(query or {}),
            before_request=before_request,
            after_response=after_response,
        )
        if not isinstance(timeout, NotGiven):
            options = dataclasses.replace(options, timeout=timeout_of(timeout))
        self._connections = _Connections(http_client, _certificate(schemes))
        self._pipeline = Pipeline(
            options,
            schemes,
            self._connections.get,
            errors,
            logger_of(*logger),
            f"{user_agent} python/{platform.python_version()}",
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the connections. A client of your own that you passed in stays open."""
        self._connections.close()

    @property
    def base_url(self) -> str:
        """Where requests go."""
        return self._pipeline.options.base_url

    def with_options(
        self,
        *,
        base_url: str | NotGiven = NOT_GIVEN,
        timeout: TimeoutInput | NotGiven = NOT_GIVEN,
        max_retries: int | NotGiven = NOT_GIVEN,
        headers: Mapping[str, str | None] | NotGiven = NOT_GIVEN,
        query: Mapping[str, Any] | NotGiven = NOT_GIVEN,
    ) -> Self:
        """A copy with other options, which shares credentials and connections. Headers and query are added."""
        options = self._pipeline.options
        changes: dict[str, Any] = {}
        if not isinstance(base_url, NotGiven):
            changes["base_url"] = base_url
        if not isinstance(timeout, NotGiven):
            changes["timeout"] = timeout_of(timeout)
        if not isinstance(max_retries, NotGiven):
            changes["max_retries"] = max_retries
        if not isinstance(headers, NotGiven):
            changes["headers"] = {**options.headers, **headers}
        if not isinstance(query, NotGiven):
            changes["query"] = {**options.query, **query}
        made = copy.copy(self)
        for name in [name for name, value in vars(self).items() if isinstance(value, Resource)]:
            del made.__dict__[name]
        made._pipeline = dataclasses.replace(
            self._pipeline, options=dataclasses.replace(options, **changes)
        )
        return made

    def with_response(
        self, method: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Calls a method and gives its value together with status and headers.

        Example:
            `response = client.with_response(client.books.get, "bk_1")`
        """
        collected: list[Response[Any]] = []
        token = captured.set(collected)
        try:
            value = method(*args, **kwargs)
        finally:
            captured.reset(token)
        if not collected:
            raise APIError("the method sent no request")
        last = collected[-1]
        return Response(value, last.status, last.headers, last.request)

    def request(
        self,
        method: str,
        path: str,
        *,
        body: Any = NOT_GIVEN,
        options: RequestOptions | None = None,
    ) -> Any:
        """Sends a request that the document does not describe, with the credentials of this client.

        Args:
            method: The HTTP method.
            path: The path behind the base URL.
            body: Values to send as JSON.
            options: Options of this call.

        Returns:
            JSON as Python values, text, bytes or None, by the media type of the answer.
        """
        every: list[dict[str, tuple[str, ...]]] = [
            {name: ()} for name, scheme in self._pipeline.schemes.items() if scheme.ready
        ]
        operation: Operation[Any] = Operation(f"{method} {path}", method, path, security=every)
        return self._pipeline.call(operation, body=body, options=options)


def _certificate(schemes: Mapping[str, Scheme]) -> Certificate | None:
    for scheme in schemes.values():
        if isinstance(scheme, MutualTls) and scheme.certificate is not None:
            return (
                (scheme.certificate, scheme.key) if scheme.key is not None else scheme.certificate
            )
    return None


class _Connections:
    """The transport, made when the first request is sent."""

    def __init__(self, http_client: Any, certificate: Certificate | None) -> None:
        self._http_client = http_client
        self._certificate = certificate

    @cached_property
    def _transport(self) -> Transport:
        return transport_of(self._http_client, self._certificate)

    def get(self) -> Transport:
        return self._transport

    def close(self) -> None:
        if "_transport" in self.__dict__:
            self._transport.close()
            del self.__dict__["_transport"]
