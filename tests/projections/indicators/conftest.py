"""A database that holds milestones and nothing else, shared by the tests of one file."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import Connection

from projections.milestones.projection import MILESTONES
from tests.conftest import TestServer


@pytest.fixture(scope="module")
def shared(server: TestServer) -> Iterator[Connection[Any]]:
    name = server.make()
    with psycopg.connect(server.access(name).owner, autocommit=True) as connection:
        connection.execute(MILESTONES.tables)
        yield connection
    server.drop(name)


@pytest.fixture
def milestones(shared: Connection[Any]) -> Iterator[Connection[Any]]:
    """Whatever the test stores is gone after it."""
    with shared.transaction(force_rollback=True):
        yield shared
