# SPDX-License-Identifier: 0BSD
"""The base of generated asynchronous clients and resources."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import cached_property, partial
from types import TracebackType
from typing import Any, TypeVar

from typing_extensions import ParamSpec, Self, Unpack

from .async_pages import AsyncPages
from .async_response import AsyncDownload, AsyncDownloadCall
from .async_streams import AsyncStream, AsyncStreamCall
from .async_transport import AsyncWire, demand
from .client import (
    BaseClient,
    BaseResource,
    Settings,
    certificate_of,
    response_of,
    undescribed,
)
from .operation import Operation
from .options import RequestOptions
from .pagination import Pagination
from .pipeline import Pipeline, captured
from .response import Response
from .sentinel import NOT_GIVEN, NotGiven

P = ParamSpec("P")
T = TypeVar("T")
BodyT = TypeVar("BodyT")


class AsyncCalls:
    """What resources call."""

    __slots__ = ("pipeline",)

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    async def call(
        self,
        operation: Operation[Any, T],
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
        value: T = await self.pipeline.call(operation, values, body, content_type, options)
        return value

    def page(
        self,
        operation: Operation[Any, BodyT],
        rule: Pagination,
        values: Sequence[Any] = (),
        *,
        body: Any = NOT_GIVEN,
        content_type: str | NotGiven = NOT_GIVEN,
        options: RequestOptions | None = None,
    ) -> AsyncPages[Any, BodyT]:
        """The pages of an operation that lists; the first is fetched when it is awaited or iterated over."""
        return AsyncPages(
            partial(self.pipeline.page, operation, rule, values, body, content_type, options)
        )

    def stream(
        self,
        operation: Operation[Any, AsyncStream[T]],
        values: Sequence[Any] = (),
        *,
        body: Any = NOT_GIVEN,
        content_type: str | NotGiven = NOT_GIVEN,
        options: RequestOptions | None = None,
    ) -> AsyncStreamCall[T]:
        """A stream, which is asked for when it is awaited, entered or iterated over."""
        return AsyncStreamCall(
            partial(self.pipeline.call, operation, values, body, content_type, options)
        )

    def download(
        self,
        operation: Operation[Any, AsyncDownload],
        values: Sequence[Any] = (),
        *,
        body: Any = NOT_GIVEN,
        content_type: str | NotGiven = NOT_GIVEN,
        options: RequestOptions | None = None,
    ) -> AsyncDownloadCall:
        """A file, which is asked for when it is awaited or entered."""
        return AsyncDownloadCall(
            partial(self.pipeline.call, operation, values, body, content_type, options)
        )


class AsyncResource(BaseResource):
    """The base of resources."""

    __slots__ = ("_pipeline",)

    def __init__(self, pipeline: AsyncCalls) -> None:
        self._pipeline = pipeline


class AsyncClient(BaseClient):
    """The base of asynchronous clients: connections, and what is not in the document."""

    def __init__(self, *, extra: str, http_client: Any, **settings: Unpack[Settings]) -> None:
        demand(extra, http_client)
        self._wire = AsyncWire(http_client, certificate_of(settings["schemes"]))
        super().__init__(self._wire, **settings)

    @cached_property
    def _pipeline(self) -> AsyncCalls:
        return AsyncCalls(self._core)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes the connections. A client of your own that you passed in stays open."""
        await self._wire.close()

    async def with_response(
        self, method: Callable[P, Awaitable[T]], /, *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Calls a method and gives its value together with status and headers.

        Example:
            `response = await client.with_response(client.books.get, "bk_1")`
        """
        collected: list[Response[Any]] = []
        token = captured.set(collected)
        try:
            value = await method(*args, **kwargs)
        finally:
            captured.reset(token)
        return response_of(value, collected)

    async def request(
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
        return await self._pipeline.call(operation, body=body, options=options)
