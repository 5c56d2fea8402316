"""Every rule of pages; a server that leads in a circle; where the changes of a call go."""

from __future__ import annotations

from typing import Any

import pytest
from server import Seen, Server, answer, of_request


def listing(*names: str, method: str = "GET") -> Any:
    from sample._runtime.operation import Operation
    from sample._runtime.parameters import query

    responses = {"200": {"application/json": lambda: dict[str, Any]}}
    return Operation("list", method, "/l", parameters=tuple(map(query, names)), responses=responses)


def rules() -> dict[str, Any]:
    from sample._runtime.pagination import Cursor, LastItem, LinkHeader, NextUrl, Offset, PageNumber

    return {
        "cursor": Cursor("p", ("meta", "next"), ("data",), ("more",)),
        "last item": LastItem("p", ("id",), ("data",), ("more",)),
        "offset": Offset("p", ("data",), ("total",)),
        "page number": PageNumber("p", 1, ("data",), ("pages",)),
        "next url": NextUrl(("links", "next"), ("data",)),
        "link header": LinkHeader(("data",)),
    }


PAGES: dict[str, list[Any]] = {
    "cursor": [{"meta": {"next": "b c"}}, {"meta": {"next": "d"}, "more": False}],
    "last item": [{"more": True}, {"more": False}],
    "offset": [{"total": 3}, {"total": 3}],
    "page number": [{"pages": 2}, {"pages": 2}],
    "next url": [{"links": {"next": "/l?at=b c"}}, {"links": {"next": None}}],
    "link header": [{}, {}],
}
TARGETS = {
    "cursor": "/l?p=b%20c",
    "last item": "/l?p=2",
    "offset": "/l?p=2",
    "page number": "/l?p=2",
    "next url": "/l?at=b%20c",
    "link header": "/l?at=2",
}


@pytest.mark.parametrize("name", list(PAGES))
def test_every_rule_leads_to_the_second_page_and_ends(client: Any, server: Server, name: str) -> None:
    from sample._runtime.sentinel import NOT_GIVEN

    first, second = PAGES[name]
    link = {"Link": '</l?at=1>; rel="prev", </l?at=2>; rel="last next"'} if name == "link header" else {}
    server.reply(
        answer(200, {"data": [{"id": 1}, {"id": 2}], **first}, link), answer(200, {"data": [{"id": 3}], **second})
    )
    page = client.page(listing("p"), rules()[name], NOT_GIVEN)
    assert (page.has_next, [item["id"] for item in page.items]) == (True, [1, 2])
    following = page.next_page()
    assert [item["id"] for item in following.items] == [3]
    assert following.next_page() is None
    assert [seen.target for seen in server.seen] == ["/l", TARGETS[name]]


@pytest.mark.parametrize("start", [None, "a"])
def test_a_server_that_leads_in_a_circle_ends(client: Any, server: Server, start: str | None) -> None:
    from sample._runtime.sentinel import NOT_GIVEN

    @of_request
    def circle(seen: Seen) -> bytes:
        cursor = seen.target.partition("p=")[2] or "start"
        return answer(200, {"data": [cursor], "meta": {"next": {"start": "a", "a": "b", "b": "a"}[cursor]}})

    server.reply(circle)
    found = list(client.page(listing("p"), rules()["cursor"], NOT_GIVEN if start is None else start))
    assert found == (["start", "a", "b"] if start is None else ["a", "b"])


def test_urls_that_lead_in_a_circle_end(client: Any, server: Server) -> None:
    @of_request
    def circle(seen: Seen) -> bytes:
        return answer(200, {"data": [seen.target], "links": {"next": "/l?b" if "a" in seen.target else "/l?a"}})

    server.reply(circle)
    assert list(client.page(listing(), rules()["next url"])) == ["/l", "/l?a", "/l?b"]


def test_a_page_is_asked_for_with_the_options_and_the_credentials_of_the_first(client: Any, server: Server) -> None:
    from sample._runtime.operation import Operation

    server.reply(answer(200, {"data": [1], "links": {"next": "/l?at=2"}}), answer(200, {"data": [2]}))
    operation: Operation[Any] = Operation(
        "l", "GET", "/l", security=({"key": ()},), responses={"200": {"application/json": lambda: dict[str, Any]}}
    )
    assert list(client.page(operation, rules()["next url"], options={"headers": {"X-A": "1"}})) == [1, 2]
    assert [(seen.headers["x-a"], seen.headers["x-key"]) for seen in server.seen] == [("1", "k3y")] * 2


def test_a_list_that_is_posted_changes_its_body(client: Any, server: Server) -> None:
    server.reply(answer(200, {"data": [1], "meta": {"next": "b"}}), answer(200, {"data": [2], "meta": {}}))
    assert list(client.page(listing(method="POST"), rules()["cursor"], body={"q": "x"})) == [1, 2]
    assert [seen.body for seen in server.seen] == [b'{"q":"x"}', b'{"q":"x","p":"b"}']


def test_taking_some_items_fetches_no_page_more(client: Any, server: Server) -> None:
    server.reply(
        answer(200, {"data": [1, 2], "meta": {"next": "b"}}),
        answer(200, {"data": [3, 4], "meta": {"next": "c"}}),
    )
    page = client.page(listing("p"), rules()["cursor"], "a")
    assert (page.take(0), page.take(2), len(server.seen)) == ([], [1, 2], 1)
    assert (page.take(3), len(server.seen)) == ([1, 2, 3], 2)


@pytest.mark.parametrize("data", [None, [], "text", {"a": 1}])
def test_a_page_without_a_list_has_no_items_and_ends(client: Any, server: Server, data: Any) -> None:
    server.reply(answer(200, {"data": data, "total": 5}))
    assert list(client.page(listing("p"), rules()["offset"], 0)) == []


def test_a_failure_on_a_later_page_is_told(client: Any, server: Server) -> None:
    from sample import NotFoundError

    server.reply(answer(200, {"data": [1], "meta": {"next": "b"}}), answer(404, {}))
    found = []
    with pytest.raises(NotFoundError):
        for item in client.page(listing("p"), rules()["cursor"], "a"):
            found.append(item)
    assert found == [1]
