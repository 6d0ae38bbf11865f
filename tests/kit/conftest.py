from collections.abc import Iterator

import psycopg
import pytest

from tests.conftest import DatabaseFactory, TestServer
from tests.kit.contract import Subject
from tests.kit.naive import Naive, sql
from tests.kit.ours import Ours
from tests.kit.stage import Stage, opened


@pytest.fixture
def subject(make_database: DatabaseFactory) -> Subject:
    """The store under test, on a fresh database. To try another store, answer its adapter here."""
    return Ours(make_database(4).service)


@pytest.fixture
def naive(server: TestServer) -> Iterator[Subject]:
    """The store that the kit must find fault with."""
    name = server.make()
    owner = server.access(name).owner
    with psycopg.connect(owner) as connection:
        connection.execute(sql("naive_table"))
    yield Naive(owner)
    server.drop(name)


@pytest.fixture
def stage(subject: Subject) -> Iterator[Stage]:
    with opened(subject) as stage:
        yield stage


@pytest.fixture
def naive_stage(naive: Subject) -> Iterator[Stage]:
    with opened(naive) as stage:
        yield stage
