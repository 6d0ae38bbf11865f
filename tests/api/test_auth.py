"""At the door: one token, in one place, with the scopes that the route asks for."""

import asyncio
from collections.abc import Iterator
from typing import Annotated, Any

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from api.auth import at_least, require
from infrastructure.identity.principal import Assurance, Principal, Scope
from infrastructure.identity.refusals import AssuranceMissing, Cause, KeysUnavailable, ScopeMissing, TokenError
from tests.infrastructure.identity.issuing import Door, answering, issue, key_server


class Api:
    """A service with three routes, whose refusals come out as they are raised."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self.app = FastAPI()
        self.app.state.verifier = door.verifier

        @self.app.post("/commands")
        def command(principal: Annotated[Principal, require(Scope.COMMAND)]) -> str:
            return principal.subject

        @self.app.get("/feed", dependencies=[require(Scope.FEED, Scope.COMMAND)])
        def feed() -> str:
            return "feed"

        @self.app.get("/whoami")
        def whoami(principal: Annotated[Principal, require()]) -> str:
            return at_least(principal, Assurance.EIDAS2).acr.acr

    def asks(self, method: str, path: str, *authorization: str, **more: Any) -> Any:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url="https://parcours.test") as client:
                headers = [("authorization", value) for value in authorization]
                return await client.request(method, path, headers=headers, **more)

        return asyncio.run(ask()).json()

    def commands(self, *authorization: str, **more: Any) -> Any:
        return self.asks("POST", "/commands", *authorization, **more)

    def refuses(self, cause: Cause, *authorization: str, **more: Any) -> None:
        with pytest.raises(TokenError) as caught:
            self.commands(*authorization, **more)
        assert caught.value.cause is cause


@pytest.fixture(scope="session")
def outgoing() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def api(outgoing: httpx.Client) -> Iterator[Api]:
    with key_server() as server:
        yield Api(Door(server, outgoing))


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_1_a_bearer_token_opens_the_door_however_the_scheme_is_written(api: Api, scheme: str) -> None:
    assert api.commands(f"{scheme} {issue()}") == "camille"


def test_1_without_a_header_nobody_gets_in(api: Api) -> None:
    api.refuses(Cause.NO_HEADER)


def test_1_two_headers_are_refused_even_if_both_are_good(api: Api) -> None:
    api.refuses(Cause.SEVERAL_HEADERS, f"Bearer {issue()}", f"Bearer {issue()}")


@pytest.mark.parametrize(
    "header",
    [
        "Basic Y2FtaWxsZTpzZWNyZXQ=",
        "",
        "Bearer",
        "Bearer ",
        "Bearer  a.b.c",
        "Bearer\ta.b.c",
        "Bearer a.b.c, a.b.c",
        "a.b.c",
    ],
)
def test_1_anything_but_one_bearer_token_is_refused(api: Api, header: str) -> None:
    api.refuses(Cause.NOT_BEARER, header)


def test_1_a_header_is_no_longer_than_8_kib_and_its_scheme(api: Api) -> None:
    api.refuses(Cause.MALFORMED, f"Bearer {'a' * 8192}")
    api.refuses(Cause.TOO_LONG, f"Bearer {'a' * 8193}")
    api.refuses(Cause.TOO_LONG, f"Bearer {'a' * 100_000}")


def test_1_a_token_in_the_address_is_refused_even_beside_a_good_one(api: Api) -> None:
    api.refuses(Cause.IN_QUERY, params={"access_token": issue()})
    api.refuses(Cause.IN_QUERY, f"Bearer {issue()}", params={"access_token": issue()})


def test_1_a_token_in_the_body_is_not_looked_at(api: Api) -> None:
    api.refuses(Cause.NO_HEADER, data={"access_token": issue()})


def test_17_a_scope_that_the_route_needs_is_missed(api: Api) -> None:
    with pytest.raises(ScopeMissing) as caught:
        api.commands(f"Bearer {issue(scope='parcours.feed')}")
    assert caught.value.challenge == 'Bearer error="insufficient_scope", scope="parcours.command"'


@pytest.mark.parametrize("scope", ["parcours.commands", "parcours", "openid", ""])
def test_17_a_scope_is_compared_whole(api: Api, scope: str) -> None:
    with pytest.raises(ScopeMissing):
        api.commands(f"Bearer {issue(scope=scope)}")


def test_17_a_route_may_need_several_scopes(api: Api) -> None:
    assert api.asks("GET", "/feed", f"Bearer {issue(scope='parcours.feed parcours.command')}") == "feed"
    with pytest.raises(ScopeMissing) as caught:
        api.asks("GET", "/feed", f"Bearer {issue()}")
    assert caught.value.needed == {Scope.FEED}


def test_20_when_keys_are_unavailable_the_answer_is_neither_yes_nor_no(api: Api) -> None:
    api.door.server.answer = answering(b"", 503)
    with pytest.raises(KeysUnavailable):
        api.commands(f"Bearer {issue()}")


def test_23_a_token_seen_a_moment_ago_is_not_verified_again(api: Api) -> None:
    token = issue()
    assert api.commands(f"Bearer {token}") == "camille"
    api.door.verifier._issuers = {}
    assert api.commands(f"Bearer {token}") == "camille"
    api.door.clock.goes(seconds=30)
    api.refuses(Cause.ISSUER, f"Bearer {token}")


def test_25_a_route_may_need_a_stronger_sign_in(api: Api) -> None:
    assert api.asks("GET", "/whoami", f"Bearer {issue(acr='eidas2')}") == "eidas2"
    for acr in ("eidas1", "eidas9", None):
        with pytest.raises(AssuranceMissing) as caught:
            api.asks("GET", "/whoami", f"Bearer {issue(acr=acr)}")
        assert caught.value.challenge == 'Bearer error="insufficient_user_authentication", acr_values="eidas2"'


def test_every_cause_of_a_refused_token_gets_the_same_answer() -> None:
    answers = {(str(TokenError(cause)), TokenError(cause).challenge) for cause in Cause}
    assert answers == {("A valid access token is needed.", "Bearer")}


def test_36_the_log_says_why_there_was_no_token(api: Api) -> None:
    with capture_logs() as logs:
        api.refuses(Cause.NOT_BEARER, "Basic secret")
    assert logs == [{"event": "token_refused", "log_level": "info", "cause": "not_bearer"}]


def test_the_openapi_document_says_which_scopes_a_route_needs(api: Api) -> None:
    document = api.app.openapi()
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"
    assert document["paths"]["/commands"]["post"]["security"] == [{"bearer": ["parcours.command"]}]
    assert document["paths"]["/feed"]["get"]["security"] == [{"bearer": ["parcours.feed", "parcours.command"]}]
    assert document["paths"]["/whoami"]["get"]["security"] == [{"bearer": []}]
