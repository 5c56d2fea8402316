"""What only the asynchronous client has, under asyncio and under trio. The rest is in the tests that both clients share."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import anyio
import pytest
from server import Seen, Server, answer, of_request

Run = Callable[[Callable[[], Coroutine[Any, Any, None]]], None]
BOOK = answer(200, {"id": "1"})
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"


@pytest.fixture(params=["asyncio", "trio"])
def run(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr("sample._runtime.retry.FIRST_DELAY", 0.01)
    return lambda main: anyio.run(main, backend=request.param)


def operation(method: str = "GET", **options: Any) -> Any:
    from sample import types
    from sample._runtime.operation import Operation

    options.setdefault("responses", {"200": {"application/json": lambda: types.Book}})
    return Operation("getBook", method, "/book", **options)


def made(server: Server, **options: Any) -> Any:
    from sample import AsyncSample

    return AsyncSample(base_url=server.url, **options)


class Endless:
    """Sends the beginning of an answer, then waits until the other side hangs up.

    Attributes:
        asked: The beginning was sent.
        gone: The other side hung up.
    """

    def __init__(self, beginning: bytes) -> None:
        self.beginning = beginning
        self.asked = threading.Event()
        self.gone = threading.Event()

    def __call__(self, connection: socket.socket) -> None:
        connection.sendall(self.beginning)
        self.asked.set()
        while connection.recv(100):
            pass
        self.gone.set()


async def happens(event: threading.Event) -> bool:
    """Whether the server gets so far, however slow the machine is."""
    return await anyio.to_thread.run_sync(event.wait, 20)


def test_pages_are_awaited_or_iterated_over(run: Run, server: Server) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.pagination import Cursor
    from sample._runtime.parameters import query

    @of_request
    def pages(seen: Seen) -> bytes:
        last = "cursor" in seen.target
        return answer(200, {"data": [3] if last else [1, 2], "next": None if last else "c2"})

    server.reply(pages)
    listing: Operation[Any] = Operation(
        "l", "GET", "/l", parameters=(query("cursor"),), responses={"200": {"application/json": lambda: dict[str, Any]}}
    )
    rule = Cursor("cursor", ("next",), ("data",))

    async def main() -> None:
        from sample._runtime.sentinel import NOT_GIVEN

        async with made(server) as client:
            assert [item async for item in client.page(listing, rule, NOT_GIVEN)] == [1, 2, 3]
            assert [page.items async for page in client.page(listing, rule, NOT_GIVEN).pages()] == [[1, 2], [3]]
            page = await client.page(listing, rule, NOT_GIVEN)
            assert (page.items, page.has_next) == ([1, 2], True)
            assert [item async for item in page] == [1, 2, 3]
            second = await page.next_page()
            assert (second.items, await second.next_page()) == ([3], None)
            response = await client.with_response(client.page, listing, rule, NOT_GIVEN)
            assert (response.status, response.data.items) == (200, [1, 2])

    run(main)


def test_streams_and_downloads_are_entered_awaited_or_iterated_over(run: Run, server: Server) -> None:
    from sample import types

    events = operation(responses={"200": {"text/event-stream": lambda: types.Book}})
    download = operation(responses={"200": {"application/pdf": lambda: bytes}})

    async def main() -> None:
        async with made(server) as client:
            for _ in range(3):
                server.replies[:] = [Endless(EVENTS + b'data: {"id":"1"}\n\ndata: {"id":"2"}\n\n')]
                async with client.stream(events) as stream:
                    assert (await anext(stream)).id == "1"
                assert await anyio.to_thread.run_sync(server.replies[0].gone.wait, 2)
            server.replies[:] = [
                answer(200, b'data: {"id":"1"}\n\ndata: [DONE]\n\n', {"Content-Type": "text/event-stream"})
            ]
            assert [book.id async for book in client.stream(events)] == ["1"]
            assert [event.data async for event in (await client.stream(events)).events()] == ['{"id":"1"}', "[DONE]"]
            server.replies[:] = [answer(200, b"%PDF", {"Content-Type": "application/pdf"})]
            async with client.download(download) as file:
                assert await file.read() == b"%PDF"
            assert b"".join([chunk async for chunk in await client.download(download)]) == b"%PDF"

    run(main)


def test_leaving_a_loop_over_a_stream_closes_the_connection(server: Server) -> None:
    from sample import types

    endless = Endless(EVENTS + b'data: {"id":"1"}\n\n')
    server.reply(endless)

    async def main() -> None:
        async with made(server) as client:
            async for book in client.stream(operation(responses={"200": {"text/event-stream": lambda: types.Book}})):
                assert book.id == "1"
                break
            assert await happens(endless.gone)

    # asyncio finishes a generator that nobody refers to; trio asks for `async with`, and says so.
    anyio.run(main, backend="asyncio")


def test_a_cancelled_call_closes_its_connection(run: Run, server: Server) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    silent, half = Endless(b""), Endless(head + b"{")

    async def main() -> None:
        async with made(server) as client:
            for reply in (silent, half):
                server.replies[:] = [reply]
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(client.call, operation())
                    assert await happens(reply.asked)
                    tasks.cancel_scope.cancel()
                assert await happens(reply.gone)
            server.replies[:] = [BOOK]
            assert (await client.call(operation())).id == "1"

    run(main)


def test_a_task_that_is_cancelled_in_a_stream_closes_the_connection(run: Run, server: Server) -> None:
    from sample import types

    endless = Endless(EVENTS + b'data: {"id":"1"}\n\n')
    server.reply(endless)
    arrived: list[str] = []

    async def main() -> None:
        events = operation(responses={"200": {"text/event-stream": lambda: types.Book}})
        async with made(server) as client:

            async def listen() -> None:
                async with await client.call(events) as stream:
                    async for book in stream:
                        arrived.append(book.id)

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(listen)
                while not arrived:
                    await anyio.sleep(0.01)
                tasks.cancel_scope.cancel()
            assert await happens(endless.gone)

    run(main)
    assert arrived == ["1"]


def test_a_download_that_is_cancelled_leaves_no_file(run: Run, server: Server, tmp_path: Path) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 100\r\n\r\n"
    server.reply(Endless(head + b"%PDF"))

    async def main() -> None:
        async with made(server) as client:

            async def save() -> None:
                file = await client.call(operation(responses={"200": {"application/pdf": lambda: bytes}}))
                await file.save(tmp_path / "a.pdf")

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(save)
                while not list(tmp_path.iterdir()):
                    await anyio.sleep(0.01)
                tasks.cancel_scope.cancel()
            assert list(tmp_path.iterdir()) == []

    run(main)


def test_fifty_tasks_fetch_one_token_even_when_the_first_gives_up(run: Run, server: Server) -> None:
    @of_request
    def both(seen: Seen) -> bytes:
        if seen.target == "/token":
            return answer(200, {"access_token": "t0k", "expires_in": 3600})
        return answer(200, {"id": seen.headers["authorization"]})

    endless = Endless(b"")
    server.reply(endless, both)
    secured = operation(security=({"oauth": ()},))
    results: list[str] = []

    async def main() -> None:
        async with made(server, client_id="i", client_secret="s", token_url="/token") as client:

            async def call() -> None:
                results.append((await client.call(secured)).id)

            async with anyio.create_task_group() as first:
                first.start_soon(call)
                assert await happens(endless.asked)
                first.cancel_scope.cancel()
            async with anyio.create_task_group() as tasks:
                for _ in range(50):
                    tasks.start_soon(call)

    run(main)
    assert results == ["Bearer t0k"] * 50
    assert [seen.target for seen in server.seen].count("/token") == 2


def test_hooks_and_secrets_may_be_asynchronous(run: Run, server: Server) -> None:
    told: list[int] = []

    async def secret() -> str:
        await anyio.sleep(0)
        return "t1"

    async def before(request: Any) -> None:
        request.headers["X-Signed"] = "yes"

    async def after(request: Any, status: int, headers: Any) -> None:
        told.append(status)

    server.reply(BOOK)

    async def main() -> None:
        async with made(server, token=secret, before_request=before, after_response=after) as client:
            await client.call(operation(security=({"bearer": ()},)))

    run(main)
    seen = server.seen[0].headers
    assert (seen["authorization"], seen["x-signed"], told) == ("Bearer t1", "yes", [200])


def test_an_asynchronous_function_is_refused_by_the_synchronous_client(server: Server) -> None:
    from sample import Sample
    from sample._runtime.errors import InvalidRequestError

    async def secret() -> str:
        return "t1"

    async def chunks() -> AsyncIterator[bytes]:
        yield b"a"

    client = Sample(base_url=server.url, token=secret)
    with pytest.raises(InvalidRequestError, match="asynchronous client"):
        client.call(operation(security=({"bearer": ()},)))
    with pytest.raises(InvalidRequestError, match="asynchronous client"):
        client.call(operation("POST", content_type="application/octet-stream"), body=chunks())
    assert server.seen == []


def test_uploads_of_every_kind(run: Run, server: Server, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 200_000)

    async def chunks() -> AsyncIterator[bytes]:
        yield b"as"
        await anyio.sleep(0)
        yield b"ync"

    upload = operation("POST", content_type="application/octet-stream")
    server.reply(answer(503, {}), BOOK)

    async def main() -> None:
        async with made(server) as client:
            await client.call(upload, body=path)
            await client.call(upload, body=b"bytes")
            await client.call(upload, body=io.BytesIO(b"file"))
            await client.call(upload, body=(part for part in [b"sy", b"", b"nc"]))
            await client.call(upload, body=chunks())
            form = operation("POST", content_type="multipart/form-data")
            await client.call(form, body={"note": "n", "file": ("a.txt", chunks())})
            lines = operation("POST", content_type="application/x-ndjson")
            await client.call(lines, body=[{"a": 1}, {"b": 2}])

    run(main)
    bodies = [seen.body for seen in server.seen]
    assert bodies[:6] == [b"x" * 200_000, b"x" * 200_000, b"bytes", b"file", b"sync", b"async"]
    assert bodies[6].count(b"\r\n\r\nasync\r\n--") == 1 and b'filename="a.txt"' in bodies[6]
    assert bodies[7] == b'{"a":1}\n{"b":2}\n'
    lengths = [seen.headers.get("content-length") for seen in server.seen]
    assert lengths == ["200000", "200000", "5", "4", None, None, None, None]


def test_what_was_read_once_is_not_sent_again(run: Run, server: Server) -> None:
    from sample import APIStatusError

    async def chunks() -> AsyncIterator[bytes]:
        yield b"a"

    server.reply(answer(503, {}))

    async def main() -> None:
        async with made(server) as client:
            with pytest.raises(APIStatusError):
                await client.call(operation("POST", content_type="application/octet-stream"), body=chunks())

    run(main)
    assert len(server.seen) == 1


def test_a_client_or_a_transport_of_the_callers_own(run: Run, server: Server) -> None:
    import httpx2
    from sample import AsyncSample
    from sample._runtime.message import Headers

    class Canned:
        status, reason, headers = 200, "OK", Headers({"Content-Type": "application/json"})

        def __init__(self) -> None:
            self.chunks = [b'{"id":', b'"9"}']

        async def send(self, request: Any, timeout: Any) -> Any:
            return self

        async def chunk(self) -> bytes:
            return self.chunks.pop(0) if self.chunks else b""

        async def close(self) -> None:
            return None

    server.reply(BOOK)

    async def main() -> None:
        async with httpx2.AsyncClient(headers={"X-Mine": "1"}) as http:
            async with AsyncSample(base_url=server.url, http_client=http) as client:
                await client.call(operation())
            assert not http.is_closed
        async with AsyncSample(base_url=server.url, http_client=Canned()) as client:
            assert (await client.call(operation())).id == "9"
        with pytest.raises(TypeError, match="AsyncClient"):
            await AsyncSample(base_url=server.url, http_client=httpx2.Client()).call(operation())

    run(main)
    assert server.seen[0].headers["x-mine"] == "1"


def test_the_synchronous_client_says_that_it_takes_no_asynchronous_one(server: Server) -> None:
    import httpx2
    from sample import Sample

    with pytest.raises(TypeError, match="httpx2.Client"):
        Sample(base_url=server.url, http_client=httpx2.AsyncClient()).call(operation())


def test_the_extra_is_demanded_when_a_client_is_made(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    from sample import AsyncSample

    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ImportError, match=r'pip install "sample\[async\]"'):
        AsyncSample(base_url=server.url)


def test_a_client_is_made_before_anything_heavy_is_loaded() -> None:
    import sample

    code = (
        "import sys, sample; sample.AsyncSample(base_url='http://localhost'); sample.Sample(base_url='http://localhost');"
        "heavy = {'anyio', 'httpx2', 'trio', 'pydantic', 'requests', 'asyncio', 'email', 'ssl'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    root = str(Path(sample.__file__).parents[1])
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
