"""Rows and roots that say nothing, for tests of the log itself, and broken connections."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
from psycopg.conninfo import conninfo_to_dict

from infrastructure.event_store import EventStore, NewRow, Row
from infrastructure.postgres import Access
from tests.conftest import TestServer

NOON = datetime(2026, 1, 5, 11, 0, 0, 123456, tzinfo=UTC)


def new_root() -> str:
    return f"candidate/{uuid4()}"


def new_id() -> str:
    return str(uuid4())


def row(journey_version: int = 1, *, data: bytes = b'{"reason": "housing"}', metadata: bytes = b"{}") -> NewRow:
    return NewRow("orientation-1", journey_version, "orientation.Sent", data, metadata, NOON)


def rows(count: int) -> list[NewRow]:
    return [row(version) for version in range(1, count + 1)]


def versions(found: Sequence[Row]) -> list[int]:
    return [event.root_version for event in found]


def whole_log(store: EventStore) -> list[Row]:
    return [event for partition in range(store.partitions) for event in store.read(partition, 0, 100_000)]


def terminate(server: TestServer, database: Access) -> None:
    """End every connection to the database, as an administrator would."""
    name = conninfo_to_dict(database.owner)["dbname"]
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", [name])
