"""The caseload of an organisation: the open journeys it takes part in, and what is due next in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import orjson

from domain.vocabulary import CandidateId, OrganisationId, RootKind
from projections.dossiers import Case, Folded
from projections.projection import Connection, Rows, StateProjection, sql, statement

CLEAR: Final = statement("caseload/clear")
ADD: Final = statement("caseload/add", many=True)

#: Before every journey, and when those that time asks nothing of are due: instants of PostgreSQL.
_FIRST: Final = ("-infinity", "", "")
_NEVER: Final = "infinity"


def project(folded: Folded, rows: Rows) -> None:
    """Every open journey of a candidate, once for each organisation that takes part in it."""
    for case in folded.cases.values():
        if case.kind.root is RootKind.CANDIDATE and not case.kind.closed(case.state):
            _add(case, rows)


def _add(case: Case, rows: Rows) -> None:
    sides: dict[OrganisationId, list[str]] = {}
    for side, organisations in case.kind.parties(case.state).items():
        for organisation in organisations:
            sides.setdefault(organisation, []).append(side.value)
    due = min(case.kind.deadlines(case.state), key=lambda deadline: deadline.due, default=None)
    known = (case.kind.name, case.stage.value, case.since, case.version, _next_steps(case))
    asked = (due.due, type(due.command).__name__) if due else (None, None)
    for organisation, on in sides.items():
        rows.add(ADD, case.name, organisation, " ".join(sorted(on)), *known, *asked)


def _next_steps(case: Case) -> str:
    return " ".join(command.__name__ for command in case.kind.decider.offers(case.state))


CASELOAD: Final = StateProjection(
    name="caseload", tables=sql("caseload/tables"), clear=CLEAR, statements=(ADD,), project=project
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """An open journey, as an organisation that takes part in it sees it."""

    candidate: CandidateId
    root: str
    journey: str
    kind: str
    #: On which sides the organisation stands.
    sides: Sequence[str]
    stage: str
    #: When it came to this stage.
    since: datetime
    version: int
    #: The commands that the journey does not exclude; the doors leave out those that the reader may not issue.
    next_steps: Sequence[str]
    #: The next thing that time will ask, and when; None if time asks nothing.
    due: datetime | None
    due_command: str | None
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Part of a caseload. `following` is the cursor of the next part; None at the end."""

    cases: Sequence[OpenCase]
    following: str | None


class UnknownCursor(ValueError):
    """The cursor was not made by this list."""


def caseload(  # noqa: PLR0913 - the query of a list has as many parameters as its address
    connection: Connection,
    organisation: OrganisationId,
    *,
    now: datetime,
    after: str | None = None,
    limit: int = 50,
    only_overdue: bool = False,
) -> Page:
    """The open journeys of an organisation: what is due first comes first, then those for which nothing is.

    Overdue is what is due at `now` (inclusive). Raises `UnknownCursor` if `after` does not come from a page.
    """
    due, root, journey = _position(after)
    parameters = {
        "organisation": organisation,
        "now": now,
        "only_overdue": only_overdue,
        "due": due,
        "root": root,
        "journey": journey,
        "limit": limit + 1,
    }
    rows = connection.execute(sql("caseload/page"), parameters).fetchall()
    following = _cursor(rows[limit - 1]) if len(rows) > limit else None
    return Page(cases=[_case(row) for row in rows[:limit]], following=following)


def concerned(connection: Connection, organisation: OrganisationId) -> frozenset[str]:
    """The dossiers in which an organisation takes part, or whose person it follows."""
    rows = connection.execute(sql("caseload/roots"), {"organisation": organisation}).fetchall()
    return frozenset(root for (root,) in rows)


def _case(row: tuple[Any, ...]) -> OpenCase:
    root, journey, kind, sides, stage, since, version, next_steps, due, due_command, overdue = row
    return OpenCase(
        candidate=CandidateId(root.partition("/")[2]),
        root=root,
        journey=journey,
        kind=kind,
        sides=tuple(sides),
        stage=stage,
        since=since,
        version=version,
        next_steps=tuple(next_steps),
        due=due,
        due_command=due_command,
        overdue=overdue,
    )


def _cursor(row: tuple[Any, ...]) -> str:
    root, journey, *_, due, _, _ = row
    return orjson.dumps([due.isoformat() if due else _NEVER, root, journey]).decode()


def _position(cursor: str | None) -> tuple[str, str, str]:
    if cursor is None:
        return _FIRST
    try:
        due, root, journey = orjson.loads(cursor)
        if due != _NEVER:
            datetime.fromisoformat(due)
    except (ValueError, TypeError):
        raise UnknownCursor from None
    if not (isinstance(root, str) and isinstance(journey, str)):
        raise UnknownCursor
    return due, root, journey
