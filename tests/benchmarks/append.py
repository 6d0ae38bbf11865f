"""What an append costs, next to a plain INSERT of the same rows with the same indexes, and next to the library."""

import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Final
from uuid import uuid4

from psycopg.conninfo import conninfo_to_dict
from psycopg.types.json import Json

from infrastructure.embedded import EmbeddedServer
from infrastructure.event_store import EventStore, NewRow
from infrastructure.postgres import connect, open_pool
from tests.benchmarks.measure import Measure, Race, fresh_database, through
from tests.benchmarks.proxy import far_away
from tests.infrastructure.events import NOON

if TYPE_CHECKING:
    from eventsourcing.postgres import PostgresApplicationRecorder

DATA: Final = b'{"organisation":"01890a5d-ac96-774b-bcce-b302099a8057","reason":"housing","detail":"%s"}' % (b"x" * 160)
METADATA: Final = (
    b'{"actor":{"subject":"s-1234567890","client":"les-emplois","role":"member"},"origin":"command",'
    b'"correlation_id":"01890a5d-ac96-774b-bcce-b302099a8057","causation_id":"request"}'
)
SAME_METADATA: Final = b'{"append":"01890a5d-ac96-774b-bcce-b302099a8057",' + METADATA[1:]
PARTITIONS: Final = 64
ROUND_TRIP: Final = 0.0005
INSERT: Final = b"insert into plain values (%b, %b, %b, %b, %b, %b, %b, %b, %b, %b, clock_timestamp())"
UNNEST: Final = b"""
insert into plain
select %b, %b + version, %b, version, journey, version, name, data::jsonb, metadata::jsonb, occurred_at,
    clock_timestamp()
from unnest(%b::int[], %b::text[], %b::text[], %b::text[], %b::text[], %b::timestamptz[])
    as change (version, journey, name, data, metadata, occurred_at)
"""


def benchmarks() -> Sequence[Callable[[EmbeddedServer], Measure]]:
    return [append_1, append_8, append_8_vs_library, append_100, append_far]


def append_1(server: EmbeddedServer) -> Measure:
    access = fresh_database(server, "append_1")
    return Race(rounds=9).compare("append-1", 0.75, (ours, plain), access.owner)


def append_8(server: EmbeddedServer) -> Measure:
    access = fresh_database(server, "append_8")
    return Race(clients=8, processes=True).compare("append-8", 0.60, (ours, plain), access.owner)


def append_8_vs_library(server: EmbeddedServer) -> Measure:
    access = fresh_database(server, "append_8_vs_library")
    with library_recorder(access.owner) as recorder:
        recorder.create_table()
    return Race(clients=8).compare("append-8-vs-library", 4.0, (ours, library), access.owner)


def append_100(server: EmbeddedServer) -> Measure:
    access = fresh_database(server, "append_100")
    return Race(clients=8, rounds=7).compare("append-100", 0.75, (ours_100, plain_100), access.owner)


def append_far(server: EmbeddedServer) -> Measure:
    access = fresh_database(server, "append_far")
    with far_away(str(server.sockets / ".s.PGSQL.5432"), ROUND_TRIP) as port:
        return Race(clients=8).compare("append-far", 0.85, (ours, plain), through(access.owner, port))


@contextmanager
def ours(conninfo: str, events: int = 1) -> Iterator[Callable[[], None]]:
    rows = [NewRow("orientation-1", k + 1, "orientation.Sent", DATA, METADATA, NOON) for k in range(events)]
    with open_pool(conninfo, size=1) as pool:
        store = EventStore(pool)

        def once() -> None:
            store.append(f"candidate/{uuid4()}", 0, str(uuid4()), rows)

        yield once


@contextmanager
def ours_100(conninfo: str) -> Iterator[Callable[[], None]]:
    with ours(conninfo, 100) as once:
        yield once


@contextmanager
def plain(conninfo: str) -> Iterator[Callable[[], None]]:
    offsets = count(_own_range())
    with connect(conninfo) as connection:

        def once() -> None:
            root = f"candidate/{uuid4()}"
            where = (zlib.crc32(root.encode()) % PARTITIONS, next(offsets), root, 1)
            what = ("orientation-1", 1, "orientation.Sent", Json(DATA, bytes), Json(SAME_METADATA, bytes), NOON)
            connection.execute(INSERT, where + what, prepare=True)

        yield once


@contextmanager
def plain_100(conninfo: str) -> Iterator[Callable[[], None]]:
    """The fastest of the usual ways to insert a hundred rows: arrays, unnested by the server."""
    offsets = count(_own_range(), 100)
    versions = list(range(1, 101))
    same = [["orientation-1"] * 100, ["orientation.Sent"] * 100, [DATA.decode()] * 100, [SAME_METADATA.decode()] * 100]
    with connect(conninfo) as connection:

        def once() -> None:
            root = f"candidate/{uuid4()}"
            where = [zlib.crc32(root.encode()) % PARTITIONS, next(offsets), root]
            connection.execute(UNNEST, [*where, versions, *same, [NOON] * 100], prepare=True)

        yield once


@contextmanager
def library(conninfo: str) -> Iterator[Callable[[], None]]:
    from eventsourcing.persistence import StoredEvent

    with library_recorder(conninfo) as recorder:

        def once() -> None:
            recorder.insert_events([StoredEvent(uuid4(), 1, "orientation.Sent", DATA)])

        yield once


@contextmanager
def library_recorder(conninfo: str) -> Iterator["PostgresApplicationRecorder"]:
    """The stock recorder in its default, safe mode."""
    from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

    to = conninfo_to_dict(conninfo)
    dbname, host, user = str(to["dbname"]), str(to["host"]), str(to["user"])
    with PostgresDatastore(dbname=dbname, host=host, port="5432", user=user, password="") as datastore:
        yield PostgresApplicationRecorder(datastore, events_table_name="library_events")


def _own_range() -> int:
    """Offsets that no other client of the benchmark uses."""
    return (uuid4().int >> 80) * 1000
