"""Starting with an emitted Python package loads what the first call needs, and no more: nothing here is timed.

tests/benchmarks/python_start.py has the times and the memory.
"""

from __future__ import annotations

import json

import pytest
from workshop import BARE, package, python, run

PROGRAM = """
import json, sys
import requests, pydantic, typing_extensions
known = set(sys.modules)
from bookshop import {client}
client = {client}(api_key="k")
client.books.list
print(json.dumps(sorted(name for name in set(sys.modules) - known if name.startswith("bookshop"))))
print(json.dumps(sorted(name for name in {heavy} if name in sys.modules)))
"""
# What no program needs before its first request, and what takes longest to load.
HEAVY = ["asyncio", "anyio", "httpx2", "multiprocessing", "unittest"]
SHARED = """
auth blocking bodies client content core disposition encode errors exchange files forms guards inflate lazy logs message
operation options pages pagination parameters pipeline redaction redirects response resume retry sentinel server signing
streams transport typed_headers wire
""".split()
ASYNC = "async_client async_opening async_pages async_response async_streams async_transport transport_httpx".split()
LOADED = {
    "Bookshop": ["client", "resources", "resources.books"],
    "AsyncBookshop": ["async_client", "async_resources", "async_resources.books", *(f"_runtime.{name}" for name in ASYNC)],
}


@pytest.mark.parametrize("client", LOADED)
def test_a_client_and_a_method_load_only_their_modules(client: str) -> None:
    source = package("bookshop") / "python" / "src"
    program = PROGRAM.format(client=client, heavy=HEAVY)
    done = run([python(), "-c", program], cwd=source, env=BARE | {"PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 0, done.stderr
    loaded, heavy = map(json.loads, done.stdout.splitlines())
    expected = ["_operations", "_operations.books", "_runtime", "types", *(f"_runtime.{name}" for name in SHARED), *LOADED[client]]
    assert loaded == sorted(["bookshop", *(f"bookshop.{name}" for name in expected)])
    assert heavy == []
