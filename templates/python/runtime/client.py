# SPDX-License-Identifier: 0BSD
"""The base of generated clients and resources."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable, Mapping
from functools import cached_property
from types import TracebackType
from typing import Any, TypeVar

from typing_extensions import ParamSpec, Self, TypedDict, Unpack

from .auth import MutualTls, Scheme
from .blocking import BlockingWire, Calls
from .errors import APIError, APIStatusError
from .logs import logger_of
from .operation import Operation
from .options import ClientOptions, RequestOptions, TimeoutInput, timeout_of
from .pipeline import Pipeline, captured
from .response import Response
from .sentinel import NOT_GIVEN, NotGiven
from .server import Server
from .transport import Certificate
from .wire import Wire

P = ParamSpec("P")
T = TypeVar("T")


class BaseResource:
    """What resources of both clients are: groups of operations of one client."""

    __slots__ = ("__dict__",)


class Resource(BaseResource):
    """The base of resources."""

    __slots__ = ("_pipeline",)

    def __init__(self, pipeline: Calls) -> None:
        self._pipeline = pipeline


class Settings(TypedDict):
    """What a generated client tells its base."""

    server: Server
    schemes: Mapping[str, Scheme]
    errors: Callable[[int], type[APIStatusError]]
    user_agent: str
    logger: tuple[str, str]
    timeout: TimeoutInput | NotGiven
    max_retries: int
    headers: Mapping[str, str | None] | None
    query: Mapping[str, Any] | None
    before_request: Callable[..., Any] | None
    after_response: Callable[..., Any] | None


class BaseClient:
    """What both clients share: options, and copies with other options."""

    _core: Pipeline

    def __init__(self, wire: Wire, **settings: Unpack[Settings]) -> None:
        options = ClientOptions(
            base_url=settings["server"].url,
            base_url_given=settings["server"].given,
            max_retries=settings["max_retries"],
            headers=dict(settings["headers"] or {}),
            query=dict(settings["query"] or {}),
            before_request=settings["before_request"],
            after_response=settings["after_response"],
        )
        timeout = settings["timeout"]
        if not isinstance(timeout, NotGiven):
            options = dataclasses.replace(options, timeout=timeout_of(timeout))
        self._core = Pipeline(
            options,
            settings["schemes"],
            wire,
            settings["errors"],
            logger_of(*settings["logger"]),
            settings["user_agent"],
        )

    @property
    def base_url(self) -> str:
        """Where requests go."""
        return self._core.options.base_url

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
        options = self._core.options
        changes: dict[str, Any] = {}
        if not isinstance(base_url, NotGiven):
            changes.update(base_url=base_url, base_url_given=True)
        if not isinstance(timeout, NotGiven):
            changes["timeout"] = timeout_of(timeout)
        if not isinstance(max_retries, NotGiven):
            changes["max_retries"] = max_retries
        if not isinstance(headers, NotGiven):
            changes["headers"] = {**options.headers, **headers}
        if not isinstance(query, NotGiven):
            changes["query"] = {**options.query, **query}
        made = copy.copy(self)
        made.__dict__.pop("_pipeline", None)
        for name in [name for name, value in vars(self).items() if isinstance(value, BaseResource)]:
            del made.__dict__[name]
        made._core = dataclasses.replace(
            self._core, options=dataclasses.replace(options, **changes)
        )
        return made


class Client(BaseClient):
    """The base of clients: connections, and what is not in the document."""

    def __init__(self, *, http_client: Any, **settings: Unpack[Settings]) -> None:
        self._wire = BlockingWire(http_client, certificate_of(settings["schemes"]))
        super().__init__(self._wire, **settings)

    @cached_property
    def _pipeline(self) -> Calls:
        return Calls(self._core)

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
        self._wire.close()

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
        return response_of(value, collected)

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
        operation = undescribed(method, path, self._core.schemes)
        return self._pipeline.call(operation, body=body, options=options)


def response_of(value: T, collected: list[Response[Any]]) -> Response[T]:
    """A value with the last answer that was collected while it was made."""
    if not collected:
        raise APIError("the method sent no request")
    last = collected[-1]
    return Response(value, last.status, last.headers, last.request, last.body, last.declared)


def undescribed(method: str, path: str, schemes: Mapping[str, Scheme]) -> Operation[Any]:
    """An operation that is not in the document, with whatever credentials there are."""
    every: list[dict[str, tuple[str, ...]]] = [
        {name: ()} for name, scheme in schemes.items() if scheme.ready
    ]
    return Operation(f"{method} {path}", method, path, security=every)


def certificate_of(schemes: Mapping[str, Scheme]) -> Certificate | None:
    """The certificate of the client, if one was given."""
    for scheme in schemes.values():
        if isinstance(scheme, MutualTls) and scheme.certificate is not None:
            return (
                (scheme.certificate, scheme.key) if scheme.key is not None else scheme.certificate
            )
    return None
