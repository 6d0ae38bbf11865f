"""The timeline of a dossier: one line per event, in codes; the doors say it in French or in English."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from application.dossiers import kind_of
from application.ports import Recorded
from projections.parameters import public_json
from projections.projection import Connection, EventProjection, Rows, sql, statement

ADD: Final = statement("timeline/add", many=True)


def project(recorded: Recorded, rows: Rows) -> None:
    """Every event is a line, whatever it says."""
    actor, organisation = recorded.metadata.actor, recorded.metadata.organisation
    rows.add(
        ADD,
        recorded.root_version,
        recorded.journey,
        f"{kind_of(recorded.journey)}.{type(recorded.event).__name__}",
        recorded.occurred_at,
        recorded.recorded_at,
        organisation.id if organisation else None,
        " ".join(organisation.kinds) if organisation else "",
        actor.role.value,
        actor.client,
        public_json(recorded.event),
    )


TIMELINE: Final = EventProjection(name="timeline", tables=sql("timeline/tables"), statements=(ADD,), project=project)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event of a dossier, without anything personal."""

    root: str
    root_version: int
    journey: str
    #: As recorded: `job-application.Accepted`.
    name: str
    occurred_at: datetime
    recorded_at: datetime
    #: The acting organisation and its kinds that day; None and () for the system or a candidate alone.
    organisation: str | None
    organisation_kinds: Sequence[str]
    role: str
    client: str
    #: The event's own fields, for the sentence that tells it.
    parameters: Mapping[str, Any]


def timeline(connection: Connection, root: str, *, after: int = 0, limit: int = 100) -> Sequence[Line]:
    """At most `limit` lines of a dossier after a version of its root, in the order they were recorded."""
    return [_line(row) for row in connection.execute(sql("timeline/lines"), [root, after, limit])]


def _line(row: tuple[Any, ...]) -> Line:
    root, version, journey, name, occurred_at, recorded_at, organisation, kinds, role, client, parameters = row
    return Line(
        root=root,
        root_version=version,
        journey=journey,
        name=name,
        occurred_at=occurred_at,
        recorded_at=recorded_at,
        organisation=organisation,
        organisation_kinds=tuple(kinds),
        role=role,
        client=client,
        parameters=orjson.loads(parameters),
    )
