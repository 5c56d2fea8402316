"""The packages of our own documents pass their languages' compilers, strict type checkers, formatters and linters."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Callable

import judges
import pytest
from workshop import OURS, ROOT, WORK, package, portolan

JUDGES: dict[str, list[Callable[[Path], str]]] = {
    "python": [
        judges.manifest_names_all,
        judges.python_imports,
        judges.python_types,
        judges.python_types_again,
        judges.python_lints,
        judges.python_format,
    ],
    "javascript": [judges.manifest_names_all, judges.javascript],
    "curl": [judges.manifest_names_all, judges.shell, judges.shell_portable, judges.shell_lints],
}


@pytest.mark.parametrize(
    ("language", "judge"),
    [(language, judge) for language, list_ in JUDGES.items() for judge in list_],
    ids=lambda value: value if isinstance(value, str) else value.__name__,
)
@pytest.mark.parametrize("api", OURS)
def test_a_judge_is_content(api: str, language: str, judge: Callable[[Path], str]) -> None:
    said = judge(package(api) / language)
    assert not said, said


USERS = [judges.python_imports, judges.python_types, judges.python_types_again, judges.python_lints]


@pytest.mark.parametrize("judge", USERS)
@pytest.mark.parametrize("fixture", ["python-runtime", "python-types"])
def test_names_of_a_document_do_not_meet_those_of_python_or_the_runtime(
    fixture: str, judge: Callable[[Path], str]
) -> None:
    document = ROOT / "tests" / "fixtures" / "names" / f"{fixture}.yaml"
    said = judge(tried(document))
    assert not said, said


@pytest.mark.parametrize("judge", USERS)
@pytest.mark.parametrize("count", [0, 300])
def test_webhooks_alone_are_a_package(count: int, judge: Callable[[Path], str]) -> None:
    """A checker gives up at a union of three hundred types between bars; without one there is no client to speak of."""
    thing = {"type": "object", "properties": {"a": {"type": "string"}}}
    events = {f"event{number}": webhook(f"Thing{number}") for number in range(count)}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Webhooks", "version": "1"},
        "webhooks": events or {"anything": {"post": {"requestBody": {"content": {"application/json": {}}}}}},
        "components": {"schemas": {f"Thing{number}": thing for number in range(count)}},
    }
    path = WORK / f"webhooks-{count}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document))
    said = judge(tried(path))
    assert not said, said


def webhook(name: str) -> object:
    schema = {"$ref": f"#/components/schemas/{name}"}
    return {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}}


def tried(document: Path) -> Path:
    """The Python package of a document."""
    folder = WORK / "tried" / document.stem
    portolan("generate", document, "--target", "python", "--out", folder, "--package", "tried", "--quiet", "--force")
    return folder / "python"


PROGRAM = """
import asyncio

from bookshop import AsyncBookshop, AsyncPage, Bookshop, NotFoundError, types
from bookshop.headers import ResponseHeaders
from typing_extensions import assert_type


async def main() -> None:
    async with AsyncBookshop(api_key="k") as client:
        async for book in client.books.list(genre="poetry"):
            title: str = book.title
            print(title)
        page: AsyncPage[types.Book, types.BookPage] = await client.books.list()
        following = await page.next_page()
        print(following.items[0].title if following is not None else page.body.data)
        async with client.books.download("bk_1", file_format="pdf") as file:
            print(file.filename, await file.read())
        response = await client.with_response(client.books.get, "bk_1")
        book = response.data
        print(book.title, response.status)
        assert_type(response.typed_headers.get("RateLimit-Remaining"), "int | None")
        if "ETag" in response.typed_headers:
            assert_type(response.typed_headers["ETag"], str)
        response.typed_headers["Etags"]  # .wrong
        first = await client.with_response(client.books.list, limit=1)
        print(first.data.items[0].title)
        print((await client.with_options(timeout=1).books.get("bk_1")).title)
        page.items[0].wrong
        client.books.get("bk_1").wrong


def others(error: NotFoundError) -> None:
    assert_type(error.typed_headers, ResponseHeaders)
    Bookshop(environment="sandbocks").wrong
    client = Bookshop(environment="sandbox", base_url="https://books.example")
    assert_type(client.with_response(client.books.get, "bk_1").typed_headers.get("Retry-After", 0), int)


asyncio.run(main())
"""


@pytest.mark.parametrize("judge", [judges.python_types, judges.python_types_again])
def test_a_program_for_the_asynchronous_client_is_typed(judge: Callable[[Path], str]) -> None:
    folder = WORK / "typed"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(package("bookshop") / "python", folder)
    (folder / "src" / "program.py").write_text(PROGRAM)
    said = judge(folder)
    found = {int(line) for line in re.findall(r"program\.py:(\d+)", said)}
    wrong = {number for number, line in enumerate(PROGRAM.splitlines(), 1) if line.endswith(".wrong")}
    assert found == wrong, said
