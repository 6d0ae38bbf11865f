"""What each event makes of a dossier."""

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any, Final, assert_never, get_args

from domain.candidate.codes import Stage
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
from domain.candidate.state import Candidate, Employment
from domain.evolving import replace
from domain.followed import Referent
from domain.references import Reference

_STATE: Final = frozenset(each.name for each in fields(Candidate))

_About = IdentityCorrected | ContactDataChanged | IdentifiersSet | NirCorrected | AccountLinked
#: The fields of an event that the state keeps under the same name.
_SHARED: Final[Mapping[type[Any], Collection[str]]] = {
    event: _STATE.intersection(each.name for each in fields(event)) for event in (Registered, *get_args(_About))
}
_Noted = Archived | Unarchived | TagAssigned | TagRemoved | ReferenceLinked | ReferenceUnlinked
_Followed = OrganisationJoined | OrganisationLeft | ReferentAssigned | ReferentRemoved | _Noted


def evolve(candidate: Candidate, event: CandidateEvent) -> Candidate:
    """The dossier after an event."""
    match event:
        case Registered():
            return _registered(candidate, event)
        case IdentityCorrected() | ContactDataChanged() | IdentifiersSet() | NirCorrected() | AccountLinked():
            return replace(candidate, **_shared(event))
        case SocialSituationDescribed() | IdentityCertified() | IdentityCertificationLost():
            return _established(candidate, event)
        case EmploymentFound() | EmploymentRetracted():
            return _employed(candidate, event)
        case PathClosed() | PathReopened() | DuplicateAbsorbed() | MergedInto():
            return _routed(candidate, event)
        case _:
            return _followed(candidate, event)


def _registered(candidate: Candidate, event: Registered) -> Candidate:
    following = {} if event.organisation is None else {event.organisation: event.organisation_departments}
    return replace(candidate, stage=Stage.OPEN, followers=following, **_shared(event))


def _established(
    candidate: Candidate, event: SocialSituationDescribed | IdentityCertified | IdentityCertificationLost
) -> Candidate:
    match event:
        case SocialSituationDescribed():
            return replace(candidate, situation=event)
        case IdentityCertified():
            return replace(candidate, certified_by=(*candidate.certified_by, event.by))
        case IdentityCertificationLost():
            return replace(
                candidate, certified_by=tuple(each for each in candidate.certified_by if each not in event.by)
            )
        case _:
            assert_never(event)


def _shared(event: Registered | _About) -> dict[str, Any]:
    return {name: getattr(event, name) for name in _SHARED[type(event)]}


def _employed(candidate: Candidate, event: EmploymentFound | EmploymentRetracted) -> Candidate:
    others = tuple(each for each in candidate.employments if each.on != event.on)
    if isinstance(event, EmploymentRetracted):
        return replace(candidate, employments=others)
    return replace(candidate, employments=(*others, Employment(on=event.on, kind=event.kind)))


def _routed(candidate: Candidate, event: PathClosed | PathReopened | DuplicateAbsorbed | MergedInto) -> Candidate:
    match event:
        case PathClosed():
            return replace(candidate, stage=Stage.CLOSED, closing_reason=event.reason)
        case PathReopened():
            return replace(candidate, stage=Stage.OPEN, closing_reason=None)
        case DuplicateAbsorbed():
            return replace(candidate, absorbed=(*candidate.absorbed, event.source), entered_on=event.entered_on)
        case MergedInto():
            return replace(candidate, stage=Stage.MERGED, merged_into=event.target)
        case _:
            assert_never(event)


def _followed(candidate: Candidate, event: _Followed) -> Candidate:
    match event:
        case OrganisationJoined():
            return replace(candidate, followers={**candidate.followers, event.organisation: event.departments})
        case OrganisationLeft():
            return _left(candidate, event)
        case ReferentAssigned() | ReferentRemoved():
            return _accompanied(candidate, event)
        case TagAssigned() | TagRemoved():
            tags = tuple(tag for tag in candidate.tags if tag != event.tag)
            return replace(candidate, tags=(*tags, event.tag) if isinstance(event, TagAssigned) else tags)
        case Archived() | Unarchived():
            others = tuple(each for each in candidate.archived_by if each != event.organisation)
            added = (event.organisation,) if isinstance(event, Archived) else ()
            return replace(candidate, archived_by=others + added)
        case ReferenceLinked() | ReferenceUnlinked():
            return _called(candidate, event)
        case _:
            assert_never(event)


def _left(candidate: Candidate, event: OrganisationLeft) -> Candidate:
    return replace(
        candidate,
        followers={name: where for name, where in candidate.followers.items() if name != event.organisation},
        archived_by=tuple(name for name in candidate.archived_by if name != event.organisation),
        referents=tuple(each for each in candidate.referents if each.organisation != event.organisation),
    )


def _called(candidate: Candidate, event: ReferenceLinked | ReferenceUnlinked) -> Candidate:
    reference = Reference(system=event.system, key=event.key)
    others = tuple(each for each in candidate.references if each != reference)
    return replace(candidate, references=(*others, reference) if isinstance(event, ReferenceLinked) else others)


def _accompanied(candidate: Candidate, event: ReferentAssigned | ReferentRemoved) -> Candidate:
    referent = Referent(referent=event.referent, organisation=event.organisation)
    others = tuple(each for each in candidate.referents if each != referent)
    return replace(candidate, referents=(*others, referent) if isinstance(event, ReferentAssigned) else others)
