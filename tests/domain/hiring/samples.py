"""The hires, companies and moments that these scenarios share."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from domain.hiring import Hiring, HiringEvent
from domain.hiring.codes import EndReason, ExitCategory, RecordStatus, Stage
from domain.hiring.events import (
    Cancelled,
    Declared,
    EmployeeRecordArchived,
    EmployeeRecordCompleted,
    EmployeeRecordCreated,
    EmployeeRecordDisabled,
    EmployeeRecordProcessed,
    EmployeeRecordRejected,
    EmployeeRecordSent,
    Ended,
    PassRecorded,
    Started,
)
from domain.hiring.rules import decider
from domain.iae.right import Right
from domain.journey import Context, Dossier
from domain.vocabulary import Actor, OrganisationId, Role, Subject

#: Noon in Paris.
NOW: Final = datetime(2025, 6, 10, 10, tzinfo=UTC)
TODAY: Final = date(2025, 6, 10)
LONG_AGO: Final = NOW - timedelta(days=400)
ACI: Final = OrganisationId("aci")
ANTENNA: Final = OrganisationId("antenna")
SIRET: Final = "13000548100010"

NOUR: Final = Actor(subject=Subject("nour"), client="les-emplois", role=Role.MEMBER)
SYSTEM: Final = Actor(subject=Subject("parcours"), client="parcours", role=Role.SYSTEM)
RIGHT: Final = Right(number="999990000001", starts_on=date(2025, 6, 2), ends_on=date(2027, 6, 1))

DECLARED: Final = Declared(
    at=NOW,
    application="job-application-1",
    company=ACI,
    company_kinds=("aci",),
    agreed_at=NOW,
    starts_on=date(2025, 6, 2),
    ends_on=date(2025, 12, 1),
    diagnosis="eligibility-check-1",
)
UNDER_PASS: Final = PassRecorded(at=NOW, pass_iae="pass-iae-1", starts_on=RIGHT.starts_on, ends_on=RIGHT.ends_on)
STARTED: Final = Started(at=NOW, on=date(2025, 6, 2))
ENDED: Final = Ended(at=NOW, on=date(2025, 6, 9), reason=EndReason.RESIGNATION, category=ExitCategory.TRANSITION_JOB)
RUNNING: Final[Sequence[HiringEvent]] = (DECLARED, UNDER_PASS, STARTED)
CREATED: Final = EmployeeRecordCreated(at=NOW, siret=SIRET)


def at(instant: datetime = NOW, actor: Actor = NOUR, **cases: Any) -> Context:
    """A moment in a dossier that holds a PASS and what else is named: `hiring_2` is the journey `hiring-2`."""
    known = {"pass_iae_1": RIGHT, **cases}
    dossier = Dossier({name.replace("_", "-"): case for name, case in known.items() if case is not None})
    return Context(at=instant, actor=actor, journey="hiring-1", dossier=dossier)


def on(day: date, actor: Actor = NOUR, **cases: Any) -> Context:
    """Noon of a day."""
    return at(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), actor, **cases)


def history(stage: Stage, instant: datetime = NOW) -> Sequence[HiringEvent]:
    """A short way to a stage."""
    ways: Mapping[Stage, Sequence[HiringEvent]] = {
        Stage.NOT_DECLARED: [],
        Stage.DECLARED: [DECLARED, UNDER_PASS],
        Stage.STARTED: RUNNING,
        Stage.ENDED: [*RUNNING, ENDED],
        Stage.CANCELLED: [DECLARED, UNDER_PASS, Cancelled(at=instant)],
    }
    return ways[stage]


def recorded(status: RecordStatus, instant: datetime = NOW) -> Sequence[HiringEvent]:
    """A running hire whose employee record stands there."""
    created: Sequence[HiringEvent] = [*RUNNING, replace(CREATED, at=instant)]
    sent: Sequence[HiringEvent] = [
        *created,
        EmployeeRecordCompleted(at=instant),
        EmployeeRecordSent(at=instant, file="RIAE_FS_1", line=1),
    ]
    ways: Mapping[RecordStatus, Sequence[HiringEvent]] = {
        RecordStatus.NEW: created,
        RecordStatus.READY: [*created, EmployeeRecordCompleted(at=instant)],
        RecordStatus.SENT: sent,
        RecordStatus.REJECTED: [*sent, EmployeeRecordRejected(at=instant, code="3308")],
        RecordStatus.PROCESSED: [*sent, EmployeeRecordProcessed(at=instant, code="0000")],
        RecordStatus.DISABLED: [*created, EmployeeRecordDisabled(at=instant)],
        RecordStatus.ARCHIVED: [*created, EmployeeRecordArchived(at=instant)],
    }
    return ways[status]


def standing(*events: HiringEvent) -> Hiring:
    return decider.fold(events)
