"""A package as generation makes it, small enough to write by hand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._runtime.async_client import AsyncClient
from ._runtime.async_pages import AsyncPages
from ._runtime.async_response import AsyncDownloadCall
from ._runtime.async_streams import AsyncStreamCall
from ._runtime.auth import ApiKey, Basic, Bearer, ClientCredentials, MutualTls
from ._runtime.client import Client, Settings
from ._runtime.errors import APIStatusError
from ._runtime.message import Headers, Request
from ._runtime.operation import Operation
from ._runtime.pages import Page
from ._runtime.sentinel import NOT_GIVEN
from ._runtime.server import Server


class NotFoundError(APIStatusError):
    """404."""


def error_of(status: int) -> type[APIStatusError]:
    return NotFoundError if status == 404 else APIStatusError


def settings(
    *,
    base_url: str,
    chosen: bool = True,
    api_key: Any = None,
    username: str | None = None,
    password: Any = None,
    token: Any = None,
    client_id: str | None = None,
    client_secret: Any = None,
    token_url: str | None = None,
    certificate: str | None = None,
    certificate_key: str | None = None,
    timeout: Any = NOT_GIVEN,
    max_retries: int = 2,
    default_headers: Mapping[str, str | None] | None = None,
    before_request: Any = None,
    after_response: Any = None,
) -> Settings:
    return {
        "server": Server(base_url, chosen),
        "schemes": {
            "key": ApiKey("header", "X-Key", api_key, hint="api_key (SAMPLE_API_KEY)"),
            "queryKey": ApiKey("query", "key", api_key, hint="api_key (SAMPLE_API_KEY)"),
            "cookieKey": ApiKey("cookie", "sid", api_key, hint="api_key (SAMPLE_API_KEY)"),
            "basic": Basic(username, password, hint="username and password"),
            "bearer": Bearer(token, hint="token (SAMPLE_TOKEN)"),
            "oauth": ClientCredentials(token_url, client_id, client_secret, hint="client_id and client_secret"),
            "mutual": MutualTls(certificate, certificate_key, hint="certificate"),
        },
        "errors": error_of,
        "user_agent": "sample-python/1.0.0 portolan",
        "logger": ("sample", "SAMPLE_LOG"),
        "timeout": timeout,
        "max_retries": max_retries,
        "headers": default_headers,
        "query": None,
        "before_request": before_request,
        "after_response": after_response,
    }


class Sample(Client):
    def __init__(self, *, http_client: Any = None, **options: Any) -> None:
        super().__init__(http_client=http_client, **settings(**options))

    def call(self, operation: Operation[Any], *values: Any, **options: Any) -> Any:
        return self._pipeline.call(operation, values, **options)

    def page(self, operation: Operation[Any], rule: Any, *values: Any, **options: Any) -> Page[Any, Any]:
        return self._pipeline.page(operation, rule, values, **options)


class AsyncSample(AsyncClient):
    def __init__(self, *, http_client: Any = None, **options: Any) -> None:
        super().__init__(extra="sample[async]", http_client=http_client, **settings(**options))

    async def call(self, operation: Operation[Any], *values: Any, **options: Any) -> Any:
        return await self._pipeline.call(operation, values, **options)

    def page(self, operation: Operation[Any], rule: Any, *values: Any, **options: Any) -> AsyncPages[Any, Any]:
        return self._pipeline.page(operation, rule, values, **options)

    def stream(self, operation: Operation[Any], *values: Any) -> AsyncStreamCall[Any]:
        return self._pipeline.stream(operation, values)

    def download(self, operation: Operation[Any], *values: Any) -> AsyncDownloadCall:
        return self._pipeline.download(operation, values)


__all__ = ["APIStatusError", "AsyncSample", "Headers", "NotFoundError", "Request", "Sample"]
