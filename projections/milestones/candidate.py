"""The facts that count in the dossier of a person itself, and what divides figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, assert_never

from domain.candidate.codes import ClosingReason
from domain.candidate.events import (
    AccountLinked,
    Archived,
    CandidateEvent,
    ContactDataChanged,
    DuplicateAbsorbed,
    EmploymentFound,
    EmploymentRetracted,
    IdentifiersSet,
    IdentityCertificationLost,
    IdentityCertified,
    IdentityCorrected,
    MergedInto,
    NirCorrected,
    OrganisationJoined,
    OrganisationLeft,
    PathClosed,
    PathReopened,
    ReferenceLinked,
    ReferenceUnlinked,
    ReferentAssigned,
    ReferentRemoved,
    Registered,
    SocialSituationDescribed,
    TagAssigned,
    TagRemoved,
    Unarchived,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Learned, Telling, Trait, Voided

CLOSINGS: Final[Mapping[ClosingReason, Kind]] = {
    ClosingReason.DECEASED: Kind.DECEASED,
    ClosingReason.MOVED_AWAY: Kind.MOVED_AWAY,
    ClosingReason.ADMINISTRATIVE: Kind.CLOSED_ADMINISTRATIVELY,
    ClosingReason.OPPOSITION_TO_PROCESSING: Kind.OPPOSED,
}
KINDS: Final = frozenset(
    {Kind.REGISTERED, Kind.EMPLOYMENT_DECLARED, Kind.PATH_REOPENED, Kind.MERGED, *CLOSINGS.values()}
)

_ChangeOfPath = PathClosed | PathReopened | MergedInto
_ChangeOfPerson = IdentityCorrected | ContactDataChanged


def candidate(event: CandidateEvent, day: date) -> Sequence[Telling]:
    """What the event tells; `day` is the day it happened, for events that name none."""
    match event:
        case Registered():
            return [*_person(event, event.entered_on), Happened(Kind.REGISTERED, event.entered_on)]
        case IdentityCorrected() | ContactDataChanged():
            return _person(event, day)
        case EmploymentFound():
            return [Happened(Kind.EMPLOYMENT_DECLARED, event.on)]
        case EmploymentRetracted():
            return [Voided(Kind.EMPLOYMENT_DECLARED, event.on)]
        case PathClosed() | PathReopened() | MergedInto():
            return _path(event, day)
        case (
            IdentityCertified()
            | IdentityCertificationLost()
            | IdentifiersSet()
            | NirCorrected()
            | SocialSituationDescribed()
            | ReferentAssigned()
            | ReferentRemoved()
            | OrganisationJoined()
            | OrganisationLeft()
            | Archived()
            | Unarchived()
            | TagAssigned()
            | TagRemoved()
            | AccountLinked()
            | ReferenceLinked()
            | ReferenceUnlinked()
            | DuplicateAbsorbed()
        ):
            return []
        case _:
            assert_never(event)


def _path(event: _ChangeOfPath, day: date) -> Sequence[Telling]:
    """A path closed and taken up again on one day was never closed; whoever takes it up again opposes no longer."""
    match event:
        case PathClosed():
            return [Happened(CLOSINGS[event.reason], event.on)]
        case PathReopened():
            closings = [Voided(kind, None if kind is Kind.OPPOSED else event.on) for kind in CLOSINGS.values()]
            return [*closings, Happened(Kind.PATH_REOPENED, event.on)]
        case MergedInto():
            return [Happened(Kind.MERGED, day, f"candidate/{event.target}")]
        case _:
            assert_never(event)


def _person(event: Registered | _ChangeOfPerson, day: date) -> Sequence[Telling]:
    """Who somebody is was always so; where they live is so from a day on."""
    told: list[Telling] = []
    if isinstance(event, Registered | IdentityCorrected):
        born = None if event.birth_year is None else str(event.birth_year)
        told += [
            Learned(Trait.BIRTH_YEAR, born, date.min),
            Learned(Trait.TITLE, event.title and event.title.value, date.min),
        ]
    if isinstance(event, Registered | ContactDataChanged):
        told.append(Learned(Trait.DEPARTMENT, event.department, day))
    return told
