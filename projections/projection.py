"""What a projection is, and how to write one.

A projection is a name, a `.sql` file that makes its tables, a few statements, and one exhaustive function. To tell
something of every event, write `projections/answers.py`:

    ADD: Final = statement("answers/add", many=True)
    VOID: Final = statement("answers/void")

    def project(recorded: Recorded, rows: Rows) -> None:
        match recorded.event:
            case Accepted():
                rows.add(ADD, recorded.root_version, recorded.occurred_at)
            case Cancelled():
                rows.add(VOID, recorded.recorded_at)

    ANSWERS: Final = EventProjection(
        name="answers", tables=sql("answers/tables"), statements=(ADD, VOID), project=project
    )

and its SQL, where each parameter is a whole column, the first of them always the roots:

    insert into answer (root, root_version, occurred_at)
    select * from unnest(%b::text[], %b::integer[], %b::timestamptz[])

    update answer set voided_at = told.recorded_at
    from unnest(%b::text[], %b::timestamptz[]) as told (root, recorded_at)
    where answer.root = told.root

Where what an event tells needs what was said before, write a `StepProjection`: its function is also given the dossier
folded up to that event. To tell where journeys stand after events, write a `StateProjection`: its function is given the
dossier folded up to the last event of the batch and adds the rows that replace the ones there were.

Three rules make batches, retries and rebuilds exact. Every table has a column `root`, and a row depends on the events
of its own root only. Names of tables and functions are unqualified and unique among projections: a schema of the
projection's own is found through the `search_path`, which is how a rebuild writes beside the tables that people read.
The function depends on the event (or dossier) only: no clock, no query. When what a projection tells changes, raise
its `version` and rebuild it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

import psycopg

from application.ports import Recorded
from projections.dossiers import Dossiers, Folded

SQL: Final = Path(__file__).parent / "sql"

Connection = psycopg.Connection[tuple[Any, ...]]
Value = str | int | bool | date | datetime | None


@cache
def sql(name: str) -> bytes:
    """The statement kept in `sql/<name>.sql`."""
    return (SQL / f"{name}.sql").read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statement:
    """A statement that writes many rows at once: one array parameter (`%b`) per column, the first one the roots."""

    text: bytes
    #: Whether one execution may be given several rows of the same root. An insert may; an update or a delete, where
    #: the second row would have to see what the first one did, may not.
    many: bool


def statement(name: str, *, many: bool = False) -> Statement:
    """The statement kept in `sql/<name>.sql`, for rows to be collected for."""
    return Statement(text=sql(name), many=many)


@dataclass
class Rows:
    """Rows collected for statements, written set by set with the effect of one by one.

    Only rows of the same root depend on each other. So the statements run in waves, in the projection's order in each
    wave, and a row that must come after another one of its root joins a later statement or a later wave.
    """

    statements: Sequence[Statement]
    #: The root that rows are added for.
    root: str = ""
    _ranks: dict[Statement, int] = field(init=False)
    _waves: list[list[list[tuple[Value, ...]]]] = field(default_factory=list)
    _reached: dict[str, tuple[int, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ranks = {statement: rank for rank, statement in enumerate(self.statements)}

    def add(self, statement: Statement, *values: Value) -> None:
        """Collect one row of the current root: the values of the parameters that follow the root."""
        rank = self._ranks[statement]
        wave, reached = self._reached.get(self.root, (0, -1))
        if rank < reached or (rank == reached and not statement.many):
            wave += 1
        self._reached[self.root] = (wave, rank)
        if wave == len(self._waves):
            self._waves.append([[] for _ in self.statements])
        self._waves[wave][rank].append((self.root, *values))

    def write(self, connection: Connection) -> None:
        """Run the statements, in order."""
        for wave in self._waves:
            for statement, rows in zip(self.statements, wave, strict=True):
                if rows:
                    connection.execute(statement.text, [list(column) for column in zip(*rows, strict=True)])


@dataclass(frozen=True, kw_only=True, eq=False)
class EventProjection:
    """Rows told by each event alone."""

    #: Also the name of the schema that its tables live in.
    name: str
    #: Raised when what it tells changes: workers leave tables of another version alone until they are rebuilt.
    version: int = 1
    #: Makes its tables (and functions), in its own schema.
    tables: bytes
    statements: tuple[Statement, ...]
    project: Callable[[Recorded, Rows], None]

    def collect(self, events: Iterable[Recorded], _: Dossiers) -> Rows:
        """The rows of a batch."""
        rows = Rows(self.statements)
        for recorded in events:
            rows.root = recorded.root
            self.project(recorded, rows)
        return rows


@dataclass(frozen=True, kw_only=True, eq=False)
class StepProjection:
    """Rows told by each event and by its dossier as it stood right after it."""

    name: str
    version: int = 1
    tables: bytes
    statements: tuple[Statement, ...]
    project: Callable[[Recorded, Folded, Rows], None]

    def collect(self, events: Iterable[Recorded], dossiers: Dossiers) -> Rows:
        """The rows of a batch."""
        rows = Rows(self.statements)
        for recorded, folded in dossiers.steps(events):
            rows.root = recorded.root
            self.project(recorded, folded, rows)
        return rows


@dataclass(frozen=True, kw_only=True, eq=False)
class StateProjection:
    """Rows told by a dossier as it stands: replaced, once per batch, for every root that the batch touches."""

    name: str
    version: int = 1
    tables: bytes
    #: Deletes the rows of a root: `delete from … where root = any(%b::text[])`.
    clear: Statement
    statements: tuple[Statement, ...]
    project: Callable[[Folded, Rows], None]

    def collect(self, events: Iterable[Recorded], dossiers: Dossiers) -> Rows:
        """The rows of a batch."""
        rows = Rows((self.clear, *self.statements))
        for folded in dossiers.after(events):
            rows.root = folded.root
            rows.add(self.clear)
            self.project(folded, rows)
        return rows


Projection = EventProjection | StepProjection | StateProjection
