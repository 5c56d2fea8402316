"""The style table of OpenAPI 3.0.4 (4.8.12.3), row by row, on the wire."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

STRING, ARRAY, OBJECT = "blue", ["blue", "black", "brown"], {"R": 100, "G": 200, "B": 150}

PATHS = [
    ("simple", False, STRING, "blue"),
    ("simple", True, STRING, "blue"),
    ("simple", False, ARRAY, "blue,black,brown"),
    ("simple", True, ARRAY, "blue,black,brown"),
    ("simple", False, OBJECT, "R,100,G,200,B,150"),
    ("simple", True, OBJECT, "R=100,G=200,B=150"),
    ("label", False, STRING, ".blue"),
    ("label", True, STRING, ".blue"),
    ("label", False, ARRAY, ".blue,black,brown"),
    ("label", True, ARRAY, ".blue.black.brown"),
    ("label", False, OBJECT, ".R,100,G,200,B,150"),
    ("label", True, OBJECT, ".R=100.G=200.B=150"),
    ("matrix", False, STRING, ";color=blue"),
    ("matrix", True, STRING, ";color=blue"),
    ("matrix", False, ARRAY, ";color=blue,black,brown"),
    ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
    ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
    ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
]
QUERIES = [
    ("form", False, STRING, "color=blue"),
    ("form", True, STRING, "color=blue"),
    ("form", False, ARRAY, "color=blue,black,brown"),
    ("form", True, ARRAY, "color=blue&color=black&color=brown"),
    ("form", False, OBJECT, "color=R,100,G,200,B,150"),
    ("form", True, OBJECT, "R=100&G=200&B=150"),
    ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
    ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
    ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
    ("pipeDelimited", False, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("deepObject", True, OBJECT, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
]


@pytest.mark.parametrize(("style", "explode", "value", "expected"), PATHS)
def test_paths(client: Any, server: Any, style: Any, explode: bool, value: Any, expected: str) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import path
    from server import answer

    server.reply(answer(200, {}))
    client.call(Operation("x", "GET", "/a/{color}/b", parameters=(path("color", style=style, explode=explode),)), value)
    assert server.seen[0].target == f"/a/{expected}/b"


@pytest.mark.parametrize(("style", "explode", "value", "expected"), QUERIES)
def test_queries(client: Any, server: Any, style: Any, explode: bool, value: Any, expected: str) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import query
    from server import answer

    server.reply(answer(200, {}))
    client.call(Operation("x", "GET", "/a", parameters=(query("color", style=style, explode=explode),)), value)
    assert server.seen[0].target == f"/a?{expected}"


@pytest.mark.parametrize(
    ("value", "explode", "expected"),
    [
        (STRING, False, "blue"),
        (ARRAY, False, "blue,black,brown"),
        (OBJECT, False, "R,100,G,200,B,150"),
        (OBJECT, True, "R=100,G=200,B=150"),
    ],
)
def test_headers(client: Any, server: Any, value: Any, explode: bool, expected: str) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import header
    from server import answer

    server.reply(answer(200, {}))
    client.call(Operation("x", "GET", "/a", parameters=(header("X-Color", explode=explode),)), value)
    assert server.seen[0].headers["x-color"] == expected


@pytest.mark.parametrize(
    ("value", "explode", "expected"),
    [
        (STRING, True, "color=blue"),
        (ARRAY, False, "color=blue,black,brown"),
        (OBJECT, False, "color=R,100,G,200,B,150"),
        ("a b;c", True, "color=a%20b%3Bc"),
    ],
)
def test_cookies(client: Any, server: Any, value: Any, explode: bool, expected: str) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import cookie
    from server import answer

    server.reply(answer(200, {}))
    client.call(Operation("x", "GET", "/a", parameters=(cookie("color", explode=explode),)), value)
    assert server.seen[0].headers["cookie"] == expected


def test_content_reserved_and_whole_queries(client: Any, server: Any) -> None:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import query, querystring
    from server import answer

    server.reply(answer(200, {}))
    parameters = (query("filter", content="application/json"), query("next", allow_reserved=True))
    client.call(Operation("x", "GET", "/a", parameters=parameters), {"a": [1, None]}, "http://x/?y")
    client.call(Operation("x", "GET", "/a", parameters=(querystring("q"),)), {"a": 1, "b": "c d"})
    client.call(Operation("x", "GET", "/a", parameters=(querystring("q", content="application/json"),)), {"a": 1})
    client.call(Operation("x", "GET", "/a", parameters=(query("all", allow_reserved=True),)), ":/?#[]@!$&'()*+,;=")
    targets = [seen.target for seen in server.seen]
    assert targets == [
        "/a?filter=%7B%22a%22%3A%5B1%2Cnull%5D%7D&next=http://x/?y",
        "/a?a=1&b=c%20d",
        "/a?%7B%22a%22%3A1%7D",
        "/a?all=:/?%23%5B%5D@!$%26'()*%2B,;%3D",
    ]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (1.0, "1"),
        (0.1, "0.1"),
        (datetime.date(2026, 1, 2), "2026-01-02"),
        (datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), "2026-01-02T03%3A04%3A05Z"),
        (datetime.timedelta(minutes=90), "PT5400S"),
        ("é/ &=+", "%C3%A9%2F%20%26%3D%2B"),
    ],
)
def test_values_become_text(value: Any, expected: str) -> None:
    from sample._runtime.parameters import query, query_pairs

    assert query_pairs(query("q"), value) == [f"q={expected}"]


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
