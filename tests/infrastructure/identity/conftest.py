"""A door to knock at."""

from collections.abc import Iterator

import httpx
import pytest

from tests.infrastructure.identity.issuing import Door, KeyServer, key_server


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


@pytest.fixture
def server() -> Iterator[KeyServer]:
    with key_server() as server:
        yield server


@pytest.fixture
def door(server: KeyServer, client: httpx.Client) -> Door:
    return Door(server, client)
