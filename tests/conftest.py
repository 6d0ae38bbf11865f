"""A real PostgreSQL for the tests: one server per pytest process, a fresh database per test."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from os import environ, getpid
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier

from infrastructure.embedded import FORGETFUL, EmbeddedServer
from infrastructure.migrations import migrate
from infrastructure.postgres import Access

#: How long drawing takes says how busy a machine is, and nothing of the project.
settings.register_profile("parcours", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("parcours")

pytest_plugins = ["tests.kit.totals"]


@dataclass
class TestServer:
    """Where databases are made: the embedded server, or the one of DATABASE_URL."""

    __test__ = False

    url: str
    embedded: EmbeddedServer | None = None
    templates: dict[int, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def make(self, template: str = "template0") -> str:
        """A new database, as a copy of another one that nobody is connected to; answers its name."""
        name = f"test_{getpid()}_{next(self.numbers)}"
        owner = SQL(" owner parcours") if self.embedded else SQL("")
        statement = SQL("create database {} template {}").format(Identifier(name), Identifier(template)) + owner
        self._administer(statement)
        return name

    def drop(self, name: str) -> None:
        with suppress(psycopg.errors.InvalidCatalogName):
            self._administer(SQL("drop database {} with (force)").format(Identifier(name)))

    def access(self, name: str) -> Access:
        if self.embedded:
            return Access.embedded(self.embedded, name)
        return Access.by_url(make_conninfo(self.url, dbname=name))

    def migrated(self, partitions: int) -> str:
        """A migrated database to copy from, made once for each number of partitions."""
        if partitions not in self.templates:
            name = self.make()
            migrate(self.access(name).owner, partitions=partitions)
            self.templates[partitions] = name
        return self.templates[partitions]

    def _administer(self, statement: psycopg.sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


#: Makes a fresh migrated database with that many partitions; gone after the test.
DatabaseFactory = Callable[[int], Access]


@pytest.fixture(scope="session")
def server() -> Iterator[TestServer]:
    if url := environ.get("DATABASE_URL"):
        outside = TestServer(url)
        yield outside
        for name in outside.templates.values():
            outside.drop(name)
        return
    folder = Path(mkdtemp(prefix="parcours-test-"))
    embedded = EmbeddedServer(
        folder / "data", settings={**FORGETFUL, "shared_buffers": "32MB", "max_connections": "200"}
    )
    embedded.start()
    try:
        Access.embedded(embedded)
        yield TestServer(embedded.conninfo(), embedded)
    finally:
        embedded.stop("immediate")
        rmtree(folder)


@pytest.fixture
def make_database(server: TestServer) -> Iterator[DatabaseFactory]:
    made: list[str] = []

    def make(partitions: int) -> Access:
        made.append(server.make(server.migrated(partitions)))
        return server.access(made[-1])

    yield make
    for name in made:
        server.drop(name)


@pytest.fixture
def empty_database(server: TestServer) -> Iterator[Access]:
    """A database without a schema."""
    name = server.make()
    yield server.access(name)
    server.drop(name)


@pytest.fixture
def database(make_database: DatabaseFactory) -> Access:
    """A migrated database with eight partitions."""
    return make_database(8)
