"""Milestones as a projection: one row per fact that counts, voided by corrections, never removed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final, assert_never

from application.dossiers import kind_of
from application.ports import Metadata, Recorded
from domain.accompaniment import accompaniment_journey
from domain.calendar import paris_day
from domain.candidate import candidate_journey
from domain.discussion import discussion_journey
from domain.eligibility_check import eligibility_check_journey
from domain.hiring import hiring_journey
from domain.immersion import immersion_journey
from domain.job_application import job_application_journey
from domain.organisation import organisation_journey
from domain.organisation.kinds import COMPANIES
from domain.orientation import orientation_journey
from domain.pass_iae import pass_iae_journey
from domain.rsa_appointment import rsa_appointment_journey
from projections.milestones import (
    accompaniment,
    candidate,
    discussion,
    eligibility_check,
    hiring,
    immersion,
    job_application,
    orientation,
    pass_iae,
    rsa_appointment,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Learned, PartOf, Qualified, Restored, Telling, Voided, With
from projections.projection import EventProjection, Rows, Value, sql, statement

#: What each journey's events tell; a test holds this to the catalogue.
TELLS: Final[Mapping[str, Callable[[Any, date], Sequence[Telling]]]] = {
    candidate_journey.name: candidate.candidate,
    organisation_journey.name: lambda _event, _day: (),  # its members and its authorisation are nobody's milestones
    orientation_journey.name: orientation.orientation,
    eligibility_check_journey.name: eligibility_check.eligibility_check,
    job_application_journey.name: job_application.job_application,
    hiring_journey.name: hiring.hiring,
    pass_iae_journey.name: pass_iae.pass_iae,
    discussion_journey.name: discussion.discussion,
    immersion_journey.name: immersion.immersion,
    rsa_appointment_journey.name: rsa_appointment.rsa_appointment,
    accompaniment_journey.name: accompaniment.accompaniment,
}
#: The kinds that some journey tells.
RECORDED_KINDS: Final[frozenset[Kind]] = frozenset(
    {
        *candidate.KINDS,
        *orientation.KINDS.values(),
        *eligibility_check.KINDS,
        *job_application.KINDS.values(),
        *hiring.KINDS.values(),
        *pass_iae.KINDS,
        *immersion.KINDS,
        *rsa_appointment.KINDS,
        *accompaniment.KINDS,
    }
)
UNKNOWN: Final = "unknown"

LEARN: Final = statement("milestones/learn", many=True)
JOIN: Final = statement("milestones/join", many=True)
HAPPENED: Final = statement("milestones/happened", many=True)
VOIDED: Final = statement("milestones/voided")
RESTORED: Final = statement("milestones/restored")

MAKES: Final = (
    "milestones/table",
    "milestones/codes",
    "milestones/merged_into",
    "milestones/code_among",
    "milestones/kinds",
    "indicators/modality_of",
    "milestones/known_fact",
    "indicators/entry_outcome",
    "indicators/cohort_dossier",
    "indicators/stock_dossier",
    "indicators/cohort_case",
    "indicators/stock_case",
    "indicators/counted_fact",
    "indicators/attempt",
    "indicators/figure_row",
    "indicators/prepared_tables",
)


def project(recorded: Recorded, rows: Rows) -> None:
    """Add the rows that an event tells."""
    for telling in TELLS[kind_of(recorded.journey)](recorded.event, paris_day(recorded.occurred_at)):
        _add(telling, recorded, rows)


def _add(telling: Telling, recorded: Recorded, rows: Rows) -> None:
    version, journey, at = recorded.root_version, recorded.journey, recorded.recorded_at
    match telling:
        case Happened(kind, on, into):
            by = _organisation(recorded.metadata)
            rows.add(HAPPENED, version, journey, kind.value, on, at, into, *_qualified(telling, journey), *by)
        case Voided(kind, day):
            rows.add(VOIDED, journey, kind.value, day, at)
        case Restored(kind):
            rows.add(RESTORED, version, journey, kind.value, at)
        case Learned(trait, value, since):
            rows.add(LEARN, version, trait.value, since, value)
        case PartOf(whole):
            rows.add(JOIN, journey, whole)
        case Qualified(detail):
            rows.add(LEARN, version, journey, date.min, detail)
        case With(company, since):
            rows.add(LEARN, version, f"company/{journey}", since, company)
        case _:
            assert_never(telling)


def _qualified(told: Happened, journey: str) -> tuple[Value, ...]:
    """What qualifies the fact, or the journey whose own qualification does; and to whom it is addressed."""
    kinds = "+".join(sorted(told.receiver_kinds))
    return told.detail, told.qualified_by or journey, told.receiver or UNKNOWN, kinds or UNKNOWN


def _organisation(metadata: Metadata) -> tuple[Value, ...]:
    """The acting organisation as it was when it acted, by which door the event came, and which company acted."""
    acting = metadata.organisation
    if acting is None:
        return UNKNOWN, UNKNOWN, UNKNOWN, None, metadata.origin, None
    kinds, families = "+".join(sorted(acting.kinds)), "+".join(sorted(acting.families))
    company = acting.id if COMPANIES & {*acting.kinds} else None
    return acting.id, kinds or UNKNOWN, families or UNKNOWN, acting.authorised, metadata.origin, company


MILESTONES: Final = EventProjection(
    name="milestones",
    version=7,
    tables=b"\n".join(sql(name) for name in MAKES),
    statements=(LEARN, JOIN, HAPPENED, VOIDED, RESTORED),
    project=project,
)
