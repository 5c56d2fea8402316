"""Every style of every place, on the wire: the table that the SDKs of all languages share, and values of Python."""

from __future__ import annotations

import datetime
import decimal
import enum
import json
import uuid
from pathlib import Path
from typing import Any

import pytest

STYLES = json.loads((Path(__file__).parents[3] / "tests/fixtures/parameter-styles.json").read_text())
ROWS = STYLES["table"] + STYLES["beyond"]


def test_the_table_has_every_row_of_the_standard() -> None:
    assert len(STYLES["table"]) == 39


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(str(row[key]) for key in ("in", "style", "explode")))
def test_styles(client: Any, server: Any, row: dict[str, Any]) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import Parameter
    from server import answer

    place = row["in"]
    name = "X-Color" if place == "header" else "color"
    parameter = Parameter(
        place, name, row["style"], row["explode"], row.get("allowReserved", False), row.get("content")
    )
    server.reply(answer(200, {}))
    path = "/a/{color}/b" if place == "path" else "/a"
    client.call(Operation("x", "GET", path, parameters=(parameter,)), row["value"])
    seen = server.seen[0]
    if place in ("header", "cookie"):
        assert seen.headers.get(name.lower() if place == "header" else "cookie") == row["sent"]
    elif place == "path":
        assert seen.target == f"/a/{row['sent']}/b"
    else:
        assert seen.target == ("/a?" + row["sent"] if row["sent"] else "/a")


class Genre(str, enum.Enum):
    POETRY = "poetry"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (1.0, "1"),
        (0.1, "0.1"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), "2026-01-02T03%3A04%3A05Z"),
        (datetime.timedelta(minutes=90), "PT5400S"),
        (datetime.timedelta(days=-1, microseconds=500_000), "-PT86399.5S"),
        (decimal.Decimal("0.10"), "0.10"),
        (decimal.Decimal("1E+3"), "1000"),
        (2**63 + 1, "9223372036854775809"),
        (1e300, "1e%2B300"),
        (Genre.POETRY, "poetry"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        ("é/ &=+", "%C3%A9%2F%20%26%3D%2B"),
    ],
)
def test_values_become_text(value: Any, expected: str) -> None:
    from sample._runtime.parameters import query, query_pairs

    assert query_pairs(query("q"), value) == [f"q={expected}"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "\ud800", {"a": object()}])
def test_what_has_no_text_is_refused(value: Any) -> None:
    from sample._runtime.errors import InvalidRequestError
    from sample._runtime.parameters import query, query_pairs

    with pytest.raises(InvalidRequestError):
        query_pairs(query("q"), value)


@pytest.mark.parametrize("value", ["", ".", "..", None, []])
def test_a_path_value_that_would_change_the_path_is_refused(client: Any, value: Any) -> None:
    from sample._runtime.errors import InvalidRequestError
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import path

    with pytest.raises(InvalidRequestError):
        client.call(Operation("x", "GET", "/a/{id}", parameters=(path("id"),)), value)


def test_a_path_value_is_one_segment(client: Any, server: Any) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import path
    from server import answer

    server.reply(answer(200, {}))
    client.call(Operation("x", "GET", "/a/{id}", parameters=(path("id"),)), "../admin?x#y%2F")
    assert server.seen[0].target == "/a/..%2Fadmin%3Fx%23y%252F"


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\nb", "a\0b"])
def test_a_header_that_would_end_is_refused(client: Any, value: str) -> None:
    from sample._runtime.errors import InvalidRequestError
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import header

    operation: Operation[Any] = Operation("x", "GET", "/a", parameters=(header("X-A"),))
    with pytest.raises(InvalidRequestError):
        client.call(operation, value)
    with pytest.raises(InvalidRequestError):
        client.call(Operation("x", "GET", "/a"), options={"headers": {"X-B": value}})
