"""How far projections have come: their tables and positions, and how late they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, LiteralString

from psycopg.sql import SQL, Identifier

from projections.projection import Connection, Projection, sql

#: Of the role that reads and writes the tables without owning them.
SERVICE: Final = "parcours_service"
#: What a schema being built is called, and one that has just been replaced.
BUILDING: Final = "_building"
REPLACED: Final = "_replaced"

_GRANTS: Final[tuple[LiteralString, ...]] = (
    "grant usage on schema {schema} to {service}",
    "grant select, insert, update, delete on all tables in schema {schema} to {service}",
    "grant usage on all sequences in schema {schema} to {service}",
    "grant execute on all functions in schema {schema} to {service}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How late a projection is in one partition."""

    projection: str
    partition: int
    #: Events not yet told.
    behind: int
    #: How long ago the oldest of them was recorded; zero if there is none.
    age: timedelta


def install(owner: Connection, projections: Iterable[Projection]) -> None:
    """Make the tables of projections that have none, as the owner; the others are left as they are."""
    with owner.transaction():
        owner.execute(sql("positions/lock_installation"))
        owner.execute(sql("positions/tables"))
        for projection in projections:
            if not exists(owner, projection.name):
                make(owner, projection, projection.name)
                start(owner, projection, building=False)


def exists(connection: Connection, schema: str) -> bool:
    """Whether there is a schema of that name."""
    row = connection.execute(sql("positions/schema_exists"), [schema]).fetchone()
    return row is not None and bool(row[0])


def make(owner: Connection, projection: Projection, schema: str) -> None:
    """Make a projection's tables in a schema, within the transaction under way."""
    names = {"schema": Identifier(schema), "service": Identifier(SERVICE)}
    owner.execute(SQL("create schema {schema}").format(**names))
    owner.execute(SQL("set local search_path = {schema}, public").format(**names))
    owner.execute(projection.tables)
    owner.execute("set local search_path = public")
    for grant in _GRANTS:
        owner.execute(SQL(grant).format(**names))


def start(owner: Connection, projection: Projection, *, building: bool) -> None:
    """Put a projection before the first event of every partition."""
    parameters = {"projection": projection.name, "version": projection.version, "building": building}
    owner.execute(sql("positions/start"), parameters)


def search_path(projections: Iterable[Projection], *, building: bool = False) -> str:
    """Where unqualified names of projections are found: the `search_path` of whoever reads or writes them."""
    suffix = BUILDING if building else ""
    return ", ".join([*(f'"{projection.name}{suffix}"' for projection in projections), "public"])


def lag(connection: Connection) -> Sequence[Lag]:
    """How late every projection is, by name and partition."""
    rows = connection.execute(sql("positions/lag")).fetchall()
    return [Lag(projection=name, partition=partition, behind=behind, age=age) for name, partition, behind, age in rows]


def outdated(connection: Connection, projections: Iterable[Projection]) -> Sequence[str]:
    """The projections whose tables tell another version than the code: they wait for a rebuild."""
    known = list(projections)
    parameters = [[projection.name for projection in known], [projection.version for projection in known]]
    return [name for (name,) in connection.execute(sql("positions/outdated"), parameters)]
