"""Who may call, through an emitted package: requirements that stand together or instead of each other, of an operation alone, and
what a client says that lacks them. And members that only come or only go, nested ones too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Iterator

import anyio
import judges
import pytest
from documents import generated, imported, json_body, reference
from echo import Echo, echo


def operation(name: str, **more: Any) -> dict[str, Any]:
    return {"get": {"operationId": name, "tags": ["calls"], "responses": {"204": {"description": "Done."}}, **more}}


KEPT = {"id": {"type": "string", "readOnly": True}, "pin": {"type": "string", "writeOnly": True}}
DOCUMENT: dict[str, Any] = {
    "security": [{"key": []}],
    "paths": {
        "/default": operation("default"),
        "/open": operation("open", security=[]),
        "/both": operation("both", security=[{"key": [], "identity": []}]),
        "/either": operation("either", security=[{"identity": ["read"]}, {"basic": []}]),
        "/optional": operation("optional", security=[{}, {"basic": []}]),
        "/accounts": {
            "post": {
                "operationId": "createAccount",
                "tags": ["accounts"],
                "security": [],
                "requestBody": {"required": True, **json_body(reference("Account"))},
                "responses": {"200": {"description": "It.", **json_body(reference("Account"))}},
            }
        },
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "basic": {"type": "http", "scheme": "basic"},
            "identity": {
                "type": "openIdConnect",
                "openIdConnectUrl": "https://id.example/.well-known/openid-configuration",
            },
        },
        "schemas": {
            "Account": {
                "type": "object",
                "required": ["id", "pin", "name", "owner"],
                "properties": {**KEPT, "name": {"type": "string"}, "owner": reference("Owner")},
            },
            "Owner": {
                "type": "object",
                "required": ["id", "pin", "email"],
                "properties": {**KEPT, "email": {"type": "string"}},
            },
        },
    },
}
ALL = {"api_key": "k3y", "username": "ann", "password": "p4ss", "token": "t0k"}
KEY, BASIC, BEARER = {"x-key": "k3y"}, {"authorization": "Basic YW5uOnA0c3M="}, {"authorization": "Bearer t0k"}


@pytest.fixture(scope="module")
def package() -> Path:
    return generated("guarded", DOCUMENT)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Echo]:
    for name in ["API_KEY", "USERNAME", "PASSWORD", "TOKEN"]:
        monkeypatch.delenv(f"GUARDED_{name}", raising=False)
    with echo() as running:
        yield running


def call(package: Path, server: Echo, method: str, given: dict[str, str], client: str = "Guarded") -> dict[str, str]:
    """Calls a method with some credentials; gives those that were sent."""
    module = imported(package)

    async def awaited() -> None:
        async with module.AsyncGuarded(base_url=server.url, **given) as client:
            await getattr(client.calls, method)()

    if client == "AsyncGuarded":
        anyio.run(awaited)
    else:
        with module.Guarded(base_url=server.url, **given) as made:
            getattr(made.calls, method)()
    return {name: server.last.headers[name] for name in ("authorization", "x-key") if name in server.last.headers}


@pytest.mark.parametrize("client", ["Guarded", "AsyncGuarded"])
@pytest.mark.parametrize(
    ("method", "given", "sent"),
    [
        ("default", ALL, KEY),
        ("open", ALL, {}),
        ("both", ALL, KEY | BEARER),
        ("either", ALL, BEARER),
        ("either", {"username": "ann", "password": "p4ss"}, BASIC),
        # A key that stands where the user does needs no password.
        ("either", {"username": "k3y"}, {"authorization": "Basic azN5Og=="}),
        ("optional", {}, {}),
    ],
)
def test_what_an_operation_asks_for_is_sent_and_nothing_else(
    package: Path, server: Echo, method: str, given: dict[str, str], sent: dict[str, str], client: str
) -> None:
    assert call(package, server, method, given, client) == sent


@pytest.mark.parametrize("client", ["Guarded", "AsyncGuarded"])
@pytest.mark.parametrize(
    ("method", "given", "named", "unnamed"),
    [
        ("default", {}, ["GUARDED_API_KEY"], ["GUARDED_TOKEN"]),
        ("both", {"api_key": "k3y"}, ["GUARDED_TOKEN"], []),
        ("both", {}, ["GUARDED_API_KEY", "GUARDED_TOKEN"], []),
        ("either", {"api_key": "k3y"}, ["GUARDED_TOKEN", "GUARDED_USERNAME", "GUARDED_PASSWORD"], ["GUARDED_API_KEY"]),
    ],
)
def test_who_lacks_something_is_told_the_variables_before_anything_is_sent(
    package: Path, server: Echo, method: str, given: dict[str, str], named: list[str], unnamed: list[str], client: str
) -> None:
    with pytest.raises(imported(package).MissingCredentialsError) as caught:
        call(package, server, method, given, client)
    said = str(caught.value)
    assert all(name in said for name in named) and not any(name in said for name in unnamed), said
    assert server.seen == []


def test_variables_stand_in_for_arguments(package: Path, server: Echo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUARDED_API_KEY", "k3y")
    monkeypatch.setenv("GUARDED_TOKEN", "t0k")
    assert call(package, server, "both", {}) == KEY | BEARER


def test_what_only_comes_is_not_asked_for_and_what_only_goes_is_not_promised(package: Path, server: Echo) -> None:
    server.body = b'{"id": "a1", "name": "n", "owner": {"id": "o1", "email": "e"}}'
    module = imported(package)
    with module.Guarded(base_url=server.url) as client:
        account = client.accounts.create(name="n", pin="1234", owner={"email": "e", "pin": "5678"})
    assert json.loads(server.last.body) == {"name": "n", "pin": "1234", "owner": {"email": "e", "pin": "5678"}}
    assert (account.id, account.owner.id, account.owner.email) == ("a1", "o1", "e")
    for model in [module.types.Account, module.types.Owner]:
        assert "pin" not in model.model_fields and "id" in model.model_fields
    for given in [module.types.AccountInput, module.types.OwnerInput]:
        assert "id" not in given.__annotations__ and "pin" in given.__annotations__


def test_the_package_is_typed(package: Path) -> None:
    assert not judges.python_types(package)
