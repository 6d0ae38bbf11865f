"""Compares two sets of a projection's tables, row by row, without moving the rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from psycopg.sql import SQL, Composed, Identifier

from projections.projection import Connection, sql

#: How many roots are named as examples.
EXAMPLES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A table whose rows are not the same in both sets."""

    table: str
    #: Rows in the tables that people read (None: there is no such table) and in those just built.
    read: int | None
    built: int
    #: Some of the roots whose rows differ.
    roots: Sequence[str]


def compare(connection: Connection, read: str, built: str) -> Sequence[Difference]:
    """The tables of the schema `built` that differ from those of the schema `read`, as this transaction sees them."""
    tables = [table for (table,) in connection.execute(sql("rebuild/tables"), [built])]
    there = {table for (table,) in connection.execute(sql("rebuild/tables"), [read])}
    return [
        difference
        for table in tables
        if (difference := _difference(connection, table, read if table in there else None, built))
    ]


def _difference(connection: Connection, table: str, read: str | None, built: str) -> Difference | None:
    after = _digest(connection, built, table)
    before = _digest(connection, read, table) if read else None
    if before == after:
        return None
    roots = _roots(connection, table, read, built) if read else []
    return Difference(table=table, read=before[0] if before else None, built=after[0], roots=roots)


def _digest(connection: Connection, schema: str, table: str) -> tuple[int, int]:
    row = connection.execute(_query("digest", first=(schema, table))).fetchone()
    return row or (0, 0)


def _roots(connection: Connection, table: str, read: str, built: str) -> Sequence[str]:
    rows = connection.execute(_query("differing_roots", first=(read, table), second=(built, table)), [EXAMPLES])
    return [root for (root,) in rows]


def _query(name: str, **tables: tuple[str, str]) -> Composed:
    text = sql(f"rebuild/{name}").decode()
    return SQL(text).format(**{place: Identifier(*table) for place, table in tables.items()})
