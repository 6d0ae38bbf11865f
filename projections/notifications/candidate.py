"""Who is told what of a person's own dossier (les-emplois §9.2)."""

from collections.abc import Sequence
from typing import assert_never

from application.notifications.notice import Told
from application.notifications.templates import Template
from application.ports import Metadata
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
from domain.vocabulary import Role
from projections.notifications.tellings import to_candidate


def candidate(event: CandidateEvent, by: Metadata) -> Sequence[Told]:
    """What others write into somebody's dossier about who they are, they are told."""
    match event:
        case Registered():
            return _by_others(Template.CANDIDATE_REGISTERED_BY_PROXY, by)
        case IdentityCorrected():
            return _by_others(Template.CANDIDATE_IDENTITY_EDITED, by)
        case ContactDataChanged():
            return _by_others(Template.CANDIDATE_CONTACT_EDITED, by)
        case (
            IdentifiersSet()
            | NirCorrected()
            | IdentityCertified()
            | IdentityCertificationLost()
            | SocialSituationDescribed()
            | ReferentAssigned()
            | ReferentRemoved()
            | OrganisationJoined()
            | OrganisationLeft()
            | Archived()
            | Unarchived()
            | AccountLinked()
            | ReferenceLinked()
            | ReferenceUnlinked()
            | EmploymentFound()
            | EmploymentRetracted()
            | PathClosed()
            | PathReopened()
            | DuplicateAbsorbed()
            | MergedInto()
            | TagAssigned()
            | TagRemoved()
        ):
            return []
        case _:
            assert_never(event)


def _by_others(template: Template, by: Metadata) -> Sequence[Told]:
    return [] if by.actor.role is Role.CANDIDATE else [to_candidate(template)]
