"""A database that has lived: a million events, fifty thousand dossiers, and projections that follow them."""

import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final
from uuid import UUID

import psycopg
from psycopg.sql import SQL, Identifier

from infrastructure.postgres import Access, Connection, connect
from projections.positions import install, start
from tests.projections.world import PROJECTIONS

ROOTS: Final = 50_000
EVENTS_PER_ROOT: Final = 20
PARTITIONS: Final = 64
STATEMENTS: Final = Path(__file__).parent / "sql"


def root(number: int) -> str:
    return f"candidate/{UUID(int=(0x01890A5D << 96) + number * 7919, version=4)}"


def partition_of(name: str) -> int:
    return zlib.crc32(name.encode()) % PARTITIONS


def fill(access: Access) -> None:
    """Fill a migrated database of `PARTITIONS` partitions."""
    with closing(connect(access.owner)) as owner:
        install(owner, PROJECTIONS)
        for projection in PROJECTIONS:
            start(owner, projection, building=True)
        _name_roots(owner)
        with owner.transaction():
            again = [*_drop_constraints(owner, "event")]
            _run(owner, "filled_events")
            for statement in again:
                owner.execute(statement)
        for name in ("filled_heads", "filled_claims", "filled_positions"):
            _run(owner, name)
        owner.execute("vacuum (analyze) event, head, claim, projection_position")


def _name_roots(owner: Connection) -> None:
    names = [root(number) for number in range(ROOTS)]
    neighbours, places = Counter(map(partition_of, names)), Counter[int]()
    owner.execute("create temp table filled_root (partition integer, root text, place bigint, neighbours bigint)")
    with owner.cursor() as cursor, cursor.copy("copy filled_root from stdin") as copy:
        for name in names:
            partition = partition_of(name)
            places[partition] += 1
            copy.write_row((partition, name, places[partition], neighbours[partition]))


def _drop_constraints(owner: Connection, table: str) -> Iterator[psycopg.sql.Composed]:
    """Drop the table's keys, to fill it faster; what is answered makes them again, as they were."""
    query = (
        "select conname, pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass and conindid > 0"
    )
    for name, definition in owner.execute(query, [table]).fetchall():
        names = {"table": Identifier(table), "name": Identifier(name)}
        owner.execute(SQL("alter table {table} drop constraint {name}").format(**names))
        yield SQL("alter table {table} add constraint {name} {definition}").format(**names, definition=SQL(definition))


def _run(owner: Connection, name: str) -> None:
    owner.execute((STATEMENTS / f"{name}.sql").read_bytes())
