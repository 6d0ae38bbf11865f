"""What time will ask of the journeys: the commands that the scheduler submits when they are due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from pydantic import TypeAdapter

from application.deadlines import Due
from application.dossiers import Catalogue, kind_of
from projections.dossiers import Folded
from projections.parameters import public_json
from projections.projection import Connection, Rows, StateProjection, sql, statement

CLEAR: Final = statement("deadlines/clear")
ADD: Final = statement("deadlines/add", many=True)
#: How many deadlines are read at a time.
PAGE: Final = 1000
BEFORE_ALL: Final = (datetime.min.replace(tzinfo=UTC), "", "", 0)


def project(folded: Folded, rows: Rows) -> None:
    """Every deadline of every journey of the dossier."""
    for name, case in folded.cases.items():
        for number, deadline in enumerate(case.kind.deadlines(case.state)):
            command = deadline.command
            rows.add(ADD, name, number, deadline.due, type(command).__name__, public_json(command))


DEADLINES: Final = StateProjection(
    name="deadlines", tables=sql("deadlines/tables"), clear=CLEAR, statements=(ADD,), project=project
)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """The list of what is due, as far as the projections have come."""

    connection: Connection
    catalogue: Catalogue

    def due(self, now: datetime, page: int = PAGE) -> Iterator[Due]:
        """The commands due at `now` (inclusive), the oldest first, read so many at a time.

        All of them: what the rules refuse for ever stays in the list, and must not keep what is newer from its turn.
        """
        last: tuple[object, ...] = BEFORE_ALL
        while rows := self.connection.execute(sql("deadlines/due"), [now, *last, page]).fetchall():
            for root, journey, _, at, name, fields in rows:
                yield Due(root=root, journey=journey, due=at, command=_command(self.catalogue, journey, name, fields))
            root, journey, number, at, *_ = rows[-1]
            last = (at, root, journey, number)


def _command(catalogue: Catalogue, journey: str, name: str, fields: str) -> Any:
    kinds: dict[str, Any] = {command.__name__: command for command in catalogue[kind_of(journey)].commands}
    return _adapter(kinds[name]).validate_json(fields)


@cache
def _adapter(command: Any) -> TypeAdapter[Any]:
    return TypeAdapter(command)
