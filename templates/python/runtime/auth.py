# SPDX-License-Identifier: 0BSD
"""Credentials: which of them a request needs, and where they travel.

1. An operation offers a choice of requirements; the first whose schemes all have credentials is taken (`choose`).
2. Each scheme puts its credentials onto the request (`apply`) and names what it wrote, so that logs and redirects know.
"""

from __future__ import annotations

import base64
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, Union
from urllib.parse import quote

from .encode import to_text
from .errors import InvalidRequestError, MissingCredentialsError
from .guards import is_dict
from .message import Request, check_header
from .wire import Wire

Secret = Union[str, Callable[[], str]]
"""A secret, or what gives it each time it is needed."""

AsyncSecret = Union[Secret, Callable[[], Awaitable[str]]]
"""A secret, or what gives it each time it is needed: a function, or an asynchronous one."""

Requirements = Sequence[Mapping[str, Sequence[str]]]
"""A choice of requirements; each names the schemes that it demands together, with their scopes."""


class Scheme(Protocol):
    """A way to show who is calling."""

    @property
    def ready(self) -> bool:
        """Whether there are credentials."""
        ...

    @property
    def hint(self) -> str:
        """What to give, for the message when it is missing."""
        ...

    async def apply(self, request: Request, scopes: Sequence[str], access: Access) -> list[str]:
        """Puts the credentials onto the request; gives the names of the headers and parameters it wrote."""
        ...

    def refused(self, request: Request) -> bool:
        """Told of a 401; says whether it is worth trying once more."""
        ...


class Access(NamedTuple):
    """What a scheme may use while it signs.

    Attributes:
        wire: Asks functions of the caller, and keeps other calls out.
        fetch: Posts a form to a token endpoint (URL, form, headers) and gives the JSON that comes back.
    """

    wire: Wire
    fetch: Callable[[str, Mapping[str, str], Mapping[str, str]], Awaitable[Any]]


class ApiKey:
    """A fixed secret in a header, the query or a cookie."""

    def __init__(self, location: str, name: str, secret: AsyncSecret | None, hint: str) -> None:
        self.location = location
        self.name = name
        self.secret = secret
        self.hint = hint

    @property
    def ready(self) -> bool:
        return self.secret is not None

    async def apply(self, request: Request, scopes: Sequence[str], access: Access) -> list[str]:
        secret = await _secret(self.secret, access)
        if self.location == "header":
            check_header(self.name, secret)
            request.headers[self.name] = secret
        elif self.location == "query":
            joint = "&" if "?" in request.url else "?"
            request.url += f"{joint}{quote(self.name, safe='')}={quote(secret, safe='')}"
        else:
            pair = f"{self.name}={quote(secret, safe='')}"
            before = request.headers.get("Cookie")
            request.headers["Cookie"] = f"{before}; {pair}" if before else pair
            return ["Cookie", self.name]
        return [self.name]

    def refused(self, request: Request) -> bool:
        return False


class Basic:
    """RFC 7617: user and password."""

    def __init__(self, username: str | None, password: AsyncSecret | None, hint: str) -> None:
        self.username = username
        self.password = password
        self.hint = hint

    @property
    def ready(self) -> bool:
        return self.username is not None

    async def apply(self, request: Request, scopes: Sequence[str], access: Access) -> list[str]:
        password = "" if self.password is None else await _secret(self.password, access)
        pair = f"{self.username}:{password}"
        request.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode(
            "ascii"
        )
        return ["Authorization"]

    def refused(self, request: Request) -> bool:
        return False


class Bearer:
    """RFC 6750: a token in the Authorization header; also other schemes of that header, by their name."""

    def __init__(self, token: AsyncSecret | None, hint: str, scheme: str = "Bearer") -> None:
        self.token = token
        self.hint = hint
        self.scheme = scheme

    @property
    def ready(self) -> bool:
        return self.token is not None

    async def apply(self, request: Request, scopes: Sequence[str], access: Access) -> list[str]:
        value = f"{self.scheme} {await _secret(self.token, access)}"
        check_header("Authorization", value)
        request.headers["Authorization"] = value
        return ["Authorization"]

    def refused(self, request: Request) -> bool:
        return False


class MutualTls:
    """A client certificate: the transport shows it, so nothing is added to the request."""

    def __init__(self, certificate: str | None, key: str | None, hint: str) -> None:
        self.certificate = certificate
        self.key = key
        self.hint = hint

    @property
    def ready(self) -> bool:
        # The HTTP client of the caller may have one that we cannot see.
        return True

    async def apply(self, request: Request, scopes: Sequence[str], access: Access) -> list[str]:
        return []

    def refused(self, request: Request) -> bool:
        return False


class ClientCredentials:
    """RFC 6749, 4.4: tokens for a client, fetched when needed, kept until they expire, one fetch at a time."""

    LEEWAY = 30.0

    def __init__(
        self,
        token_url: str | None,
        client_id: str | None,
        client_secret: AsyncSecret | None,
        hint: str,
        token: AsyncSecret | None = None,
    ) -> None:
        self.token_url = token_url
        self.token = token
        self.client_id = client_id
        self.client_secret = client_secret
        self.hint = hint
        self._tokens: dict[tuple[str, ...], tuple[str, float]] = {}

    @property
    def ready(self) -> bool:
        has_client = self.client_id is not None and self.client_secret is not None
        return self.token is not None or (has_client and self.token_url is not None)

    async def apply(self, request: Request, scopes: Sequence[str], access: Access) -> list[str]:
        if self.token is not None:
            self.write(request, await _secret(self.token, access))
            return ["Authorization"]
        key = tuple(sorted(scopes))
        token = self.cached(key)
        if token is None:
            async with access.wire.alone(self):
                # Another call may have fetched it while this one waited.
                token = self.cached(key)
                if token is None:
                    secret = await _secret(self.client_secret, access)
                    token = self.keep(key, await access.fetch(*self.token_request(key, secret)))
        self.write(request, token)
        return ["Authorization"]

    def cached(self, key: tuple[str, ...]) -> str | None:
        """A token that is good for a while yet."""
        token, expires = self._tokens.get(key, ("", 0.0))
        return token if token and time.monotonic() < expires else None

    def token_request(
        self, key: tuple[str, ...], secret: str
    ) -> tuple[str, Mapping[str, str], Mapping[str, str]]:
        """The URL, the form and the headers that ask for a token (RFC 6749, 2.3.1: the client in Basic)."""
        form = {"grant_type": "client_credentials"}
        if key:
            form["scope"] = " ".join(key)
        pair = f"{quote(self.client_id or '', safe='')}:{quote(secret, safe='')}"
        return (
            self.token_url or "",
            form,
            {"Authorization": "Basic " + base64.b64encode(pair.encode()).decode("ascii")},
        )

    def keep(self, key: tuple[str, ...], answer: Any) -> str:
        """Keeps the token of the answer until shortly before it expires."""
        token = answer.get("access_token") if is_dict(answer) else None
        if not isinstance(token, str) or not token:
            raise InvalidRequestError("the token endpoint answered without an access_token")
        seconds = _seconds(answer.get("expires_in"))
        self._tokens[key] = (
            token,
            time.monotonic() + max(seconds - min(self.LEEWAY, seconds / 2), 0.0),
        )
        return token

    def write(self, request: Request, token: str) -> None:
        """Puts the token onto the request."""
        value = f"Bearer {token}"
        check_header("Authorization", value)
        request.headers["Authorization"] = value

    def refused(self, request: Request) -> bool:
        if self.token is not None:
            return callable(self.token)
        used = request.headers.get("Authorization", "")[len("Bearer ") :]
        for key, (token, _) in list(self._tokens.items()):
            if token == used:
                self._tokens.pop(key, None)
        return True


def choose(
    requirements: Requirements, schemes: Mapping[str, Scheme], operation: str
) -> Mapping[str, Sequence[str]]:
    """The requirement to satisfy: the first one whose schemes all have credentials; none when nobody is asked for any.

    Raises:
        MissingCredentialsError: None can be satisfied. The message says what to set.
    """
    if not requirements:
        return {}
    for requirement in requirements:
        if requirement and all(name in schemes and schemes[name].ready for name in requirement):
            return requirement
    if any(not requirement for requirement in requirements):
        return {}
    choices = dict.fromkeys(
        " and ".join(
            dict.fromkeys(
                schemes[name].hint if name in schemes else f"the scheme {name}"
                for name in requirement
            )
        )
        for requirement in requirements
    )
    raise MissingCredentialsError(f"{operation} needs credentials: give {', or '.join(choices)}")


def token_error(status: int, answer: Any) -> str:
    """One line about a token endpoint that refused."""
    known = answer if is_dict(answer) else {}
    said = known.get("error_description") or known.get("error")
    return f"the token endpoint answered {status}" + (
        f": {to_text(said)}" if isinstance(said, str) else ""
    )


async def _secret(secret: AsyncSecret | None, access: Access) -> str:
    value: Any = await access.wire.ask(secret) if callable(secret) else secret
    if not value:
        raise MissingCredentialsError("a credential is empty")
    return str(value)


def _seconds(lifetime: Any) -> float:
    """How long a token is good; an hour when its endpoint does not say it (RFC 6749, 5.1: it should)."""
    try:
        seconds = float(lifetime)
    except (TypeError, ValueError, OverflowError):
        return 3600.0
    return seconds if 0 <= seconds < 1e9 else 3600.0
