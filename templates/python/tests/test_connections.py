"""Connections: kept, shared by copies, never by forked processes; proxies; what answers may be compressed with."""

from __future__ import annotations

import importlib.util
import os
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from server import Server, answer, read_request


def operation(method: str = "GET") -> Any:
    from sample._runtime.operation import Operation

    return Operation("getBook", method, "/book", responses={"200": {"application/json": lambda: dict}})


class Keeping:
    """A server that keeps connections open, and says by which one a request came."""

    def __init__(self) -> None:
        self.connections: list[int] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        number = 0
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()
            number += 1

    def _serve(self, connection: socket.socket, number: int) -> None:
        with connection:
            while True:
                try:
                    read_request(connection)
                except OSError:
                    return
                self.connections.append(number)
                connection.sendall(answer(200, {"by": number}).replace(b"Connection: close\r\n", b""))

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def keeping() -> Iterator[Keeping]:
    server = Keeping()
    yield server
    server.close()


def test_a_connection_is_used_again_also_by_copies_with_other_options(make: Any, keeping: Keeping) -> None:
    with make(base_url=keeping.url) as client:
        quick = client.with_options(timeout=3, headers={"X-A": "1"})
        for each in (client, quick, client, quick):
            each.call(operation())
    assert keeping.connections == [0, 0, 0, 0]


def test_a_closed_client_opens_again_when_it_is_called(make: Any, keeping: Keeping) -> None:
    client = make(base_url=keeping.url)
    client.call(operation())
    client.close()
    client.close()
    client.call(operation())
    client.close()
    assert keeping.connections == [0, 1]


def test_one_client_serves_many_threads(keeping: Keeping) -> None:
    from sample import Sample

    with Sample(base_url=keeping.url) as client, ThreadPoolExecutor(20) as pool:
        assert len(list(pool.map(lambda _: client.call(operation()), range(200)))) == 200
    assert len(set(keeping.connections)) <= 20


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_does_not_speak_on_the_connections_of_its_parent(keeping: Keeping) -> None:
    from sample import Sample

    with Sample(base_url=keeping.url) as client:
        client.call(operation())
        lock = client._wire._making
        lock.acquire()
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if client.call(operation()) == {"by": 1} else 1)
            finally:
                os._exit(2)
        lock.release()
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        client.call(operation())
    assert keeping.connections == [0, 1, 0]


def test_proxies_of_the_environment_are_used(make: Any, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url.replace("//", "//user:pass@"))
    monkeypatch.setenv("no_proxy", "direct.invalid")
    server.reply(answer(200, {}))
    with make(base_url="http://api.invalid/v1") as client:
        client.call(operation())
    seen = server.seen[0]
    assert seen.target == "http://api.invalid/v1/book"
    assert seen.headers["proxy-authorization"].startswith("Basic ")
    assert seen.headers["host"] == "api.invalid"


def test_only_what_can_be_read_is_asked_for(client: Any, server: Server) -> None:
    from sample._runtime.errors import APIResponseError

    server.reply(answer(200, b"\x0b\x02\x80{}", {"Content-Encoding": "br"}))
    readable = importlib.util.find_spec("brotli") or importlib.util.find_spec("brotlicffi")
    asked = None
    try:
        client.call(operation())
    except APIResponseError as error:
        asked = str(error)
    if not readable:
        assert "br" not in server.seen[0].headers["accept-encoding"]
        assert asked is not None and "in the encoding br" in asked


def test_headers_travel_as_utf_8(client: Any, server: Server) -> None:
    server.reply(answer(200, {}))
    client.call(operation(), options={"headers": {"X-City": "Zürich", "X-Face": "😀"}})
    seen = server.seen[0].headers
    assert [seen[name].encode("latin-1").decode() for name in ("x-city", "x-face")] == ["Zürich", "😀"]


def test_a_base_url_may_be_international(make: Any) -> None:
    from sample._runtime.errors import APIConnectionError

    with make(base_url="http://bücher.invalid", max_retries=0) as client, pytest.raises(APIConnectionError):
        client.call(operation())


@pytest.mark.parametrize("timeout", [0, -1])
def test_no_time_at_all_is_a_mistake(make: Any, server: Server, timeout: float) -> None:
    from sample._runtime.errors import InvalidRequestError

    with pytest.raises(InvalidRequestError, match="timeout"):
        make(base_url=server.url, timeout=timeout)
