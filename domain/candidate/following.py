"""Which organisations follow the person, who accompanies them there, and where the dossier is set aside."""

from collections.abc import Sequence
from typing import assert_never

from domain.candidate.commands import (
    Archive,
    AssignReferent,
    AssignTags,
    JoinOrganisation,
    LeaveOrganisation,
    RemoveReferent,
    RemoveTag,
    Unarchive,
)
from domain.candidate.events import (
    Archived,
    CandidateEvent,
    OrganisationJoined,
    OrganisationLeft,
    ReferentAssigned,
    ReferentRemoved,
    TagAssigned,
    TagRemoved,
    Unarchived,
)
from domain.candidate.refusals import (
    AlreadyArchived,
    AlreadyReferent,
    NirMismatch,
    NotArchived,
    NotFollowing,
    NotReferent,
    NotTagged,
    UnknownTag,
)
from domain.candidate.state import Candidate
from domain.candidate.values import nir_of, squished
from domain.followed import Referent
from domain.journey import Context

Following = (
    JoinOrganisation
    | LeaveOrganisation
    | AssignReferent
    | RemoveReferent
    | Archive
    | Unarchive
    | AssignTags
    | RemoveTag
)


def follow(command: Following, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    """Join, and for organisations that follow the person all the rest."""
    if isinstance(command, JoinOrganisation):
        return _join(command, candidate, context)
    if command.organisation not in candidate.followers:
        raise NotFollowing(organisation=command.organisation)
    match command:
        case LeaveOrganisation():
            return [OrganisationLeft(organisation=command.organisation)]
        case AssignReferent() | RemoveReferent():
            return [_accompany(command, candidate)]
        case AssignTags() | RemoveTag():
            return _tag(command, candidate, context)
        case Archive() | Unarchive():
            return [_set_aside(command, candidate)]
        case _:
            assert_never(command)


def _join(command: JoinOrganisation, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    """Nothing happens if it follows the person already; a NIR missing on either side is no mismatch."""
    number = nir_of(command.nir)
    if number and candidate.nir and number != candidate.nir:
        raise NirMismatch
    if command.organisation in candidate.followers:
        return []
    where = context.organisations[command.organisation].departments
    return [OrganisationJoined(organisation=command.organisation, departments=where)]


def _accompany(command: AssignReferent | RemoveReferent, candidate: Candidate) -> CandidateEvent:
    known = Referent(referent=command.referent, organisation=command.organisation) in candidate.referents
    if isinstance(command, AssignReferent):
        if known:
            raise AlreadyReferent
        return ReferentAssigned(referent=command.referent, organisation=command.organisation)
    if not known:
        raise NotReferent
    return ReferentRemoved(referent=command.referent, organisation=command.organisation)


def _set_aside(command: Archive | Unarchive, candidate: Candidate) -> CandidateEvent:
    already = command.organisation in candidate.archived_by
    if isinstance(command, Archive):
        if already:
            raise AlreadyArchived
        return Archived(organisation=command.organisation, reason=squished(command.reason))
    if not already:
        raise NotArchived
    return Unarchived(organisation=command.organisation)


def _tag(command: AssignTags | RemoveTag, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    """Only tags that the organisation offers, each once, whoever put it there first (rdv-insertion §8.2)."""
    if isinstance(command, RemoveTag):
        tag = " ".join(command.tag.split())
        if tag not in candidate.tags:
            raise NotTagged
        return [TagRemoved(organisation=command.organisation, tag=tag)]
    asked = dict.fromkeys(" ".join(each.split()) for each in command.tags)
    if not context.receptions[command.organisation].tags.issuperset(asked):
        raise UnknownTag
    return [TagAssigned(organisation=command.organisation, tag=tag) for tag in asked if tag not in candidate.tags]
