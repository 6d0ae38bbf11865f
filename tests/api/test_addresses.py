"""A route is found by the shape of its address, and is the one that trying them all would have found."""

import pytest
from fastapi import APIRouter
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Match
from starlette.types import Scope

from api.addresses import Addresses
from tests.api.test_openapi import made

PATHS = (
    "/v1/candidates",
    "/v1/candidates/{root}",
    "/v1/candidates/{root}/archive",
    "/v1/candidates/{root}/{journeys}",
    "/v1/candidates/{root}/hirings/{n}/accept",
    "/v1/candidates/new/hirings/{n}/{command}",
    "/docs/{asset}",
    "/problems/{name:path}",
    "/problems/all",
)


def router(*paths: str) -> APIRouter:
    made = APIRouter()
    for path in paths:
        made.add_api_route(path, lambda: None, methods=["POST" if "command" in path else "GET"], name=path)
    return made


def asked(path: str, method: str = "GET") -> Scope:
    return {"type": "http", "path": path, "method": method, "headers": []}


def one_by_one(addresses: Addresses, scope: Scope) -> tuple[Match, str | None]:
    """As Starlette does it: the first that matches whole, else the first whose address matches."""
    tried = [(route.matches(scope)[0], route.path) for route in addresses.routes]
    for wanted in (Match.FULL, Match.PARTIAL):
        for match, path in tried:
            if match is wanted:
                return match, path
    return Match.NONE, None


def found(addresses: Addresses, scope: Scope) -> tuple[Match, str | None]:
    match, inside = addresses.matches(scope)
    return match, inside["route"].path if inside else None


SEGMENTS = st.sampled_from(
    ["v1", "candidates", "new", "7", "archive", "hirings", "accept", "docs", "problems", "all", "", "é"]
)


@given(segments=st.lists(SEGMENTS, max_size=7), start=st.sampled_from(PATHS), method=st.sampled_from(["GET", "POST"]))
def test_the_route_is_the_one_that_trying_them_all_finds(segments: list[str], start: str, method: str) -> None:
    addresses = Addresses([router(*PATHS[:4]), router(*PATHS[4:])])
    for path in ("/" + "/".join(segments), start, f"{start}/", start.replace("{n}", "7")):
        assert found(addresses, asked(path, method)) == one_by_one(addresses, asked(path, method))


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_every_route_of_the_service_is_found(method: str) -> None:
    [addresses] = [route for route in made().routes if isinstance(route, Addresses)]
    for route in addresses.routes:
        scope = asked(route.path, method)
        assert found(addresses, scope) == one_by_one(addresses, scope) != (Match.NONE, None)
