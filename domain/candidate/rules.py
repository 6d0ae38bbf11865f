"""What a dossier accepts at each stage, and what then happens."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from typing import Final, assert_never

from domain.candidate.calling import call
from domain.candidate.certifying import certify
from domain.candidate.codes import Stage
from domain.candidate.commands import (
    AbsorbDuplicate,
    Archive,
    AssignReferent,
    AssignTags,
    CandidateCommand,
    CertifyIdentity,
    ChangeContactData,
    ClosePath,
    CorrectIdentity,
    CorrectNir,
    DeclareEmploymentFound,
    DescribeSocialSituation,
    JoinOrganisation,
    LeaveOrganisation,
    LinkAccount,
    LinkReference,
    MergeInto,
    Register,
    RemoveReferent,
    RemoveTag,
    ReopenPath,
    RetractEmploymentFound,
    SetIdentifiers,
    Unarchive,
    UnlinkReference,
)
from domain.candidate.events import AccountLinked, CandidateEvent, SocialSituationDescribed
from domain.candidate.following import follow
from domain.candidate.knowing import know
from domain.candidate.refusals import AccountAlreadyLinked, RsaDurationMismatch, WrongStage
from domain.candidate.routing import route
from domain.candidate.situation import Rsa, SocialSituation
from domain.candidate.state import Candidate
from domain.journey import Context

_OPEN: Final = frozenset({Stage.OPEN})
#: A closed path is still corrected, and may be taken up again by another organisation.
_KEPT: Final = frozenset({Stage.OPEN, Stage.CLOSED})

ACCEPTED_FROM: Final[Mapping[type[CandidateCommand], frozenset[Stage]]] = {
    Register: frozenset({Stage.NOT_REGISTERED}),
    CorrectIdentity: _KEPT,
    CertifyIdentity: _KEPT,
    ChangeContactData: _KEPT,
    SetIdentifiers: _KEPT,
    CorrectNir: _KEPT,
    DescribeSocialSituation: _OPEN,
    AssignReferent: _OPEN,
    RemoveReferent: _KEPT,
    JoinOrganisation: _KEPT,
    LeaveOrganisation: _KEPT,
    Archive: _KEPT,
    Unarchive: _KEPT,
    AssignTags: _OPEN,
    RemoveTag: _KEPT,
    LinkReference: _KEPT,
    UnlinkReference: _KEPT,
    LinkAccount: _OPEN,
    DeclareEmploymentFound: _OPEN,
    RetractEmploymentFound: _KEPT,
    ClosePath: _OPEN,
    ReopenPath: frozenset({Stage.CLOSED}),
    AbsorbDuplicate: _KEPT,
    MergeInto: _KEPT,
}


def offers(candidate: Candidate) -> Collection[type[CandidateCommand]]:
    """The commands that the stage does not exclude."""
    return [kind for kind, stages in ACCEPTED_FROM.items() if candidate.stage in stages]


def decide(command: CandidateCommand, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    """What happens when this is asked; raises a `Refusal`."""
    # A merger that is asked again after its answer was lost is not an error.
    if isinstance(command, MergeInto) and candidate.merged_into == command.target:
        return []
    if candidate.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=candidate.stage)
    match command:
        case Register() | CorrectIdentity() | ChangeContactData() | SetIdentifiers() | CorrectNir():
            return know(command, candidate, context)
        case DescribeSocialSituation():
            return [_describe(command)]
        case LinkAccount() | CertifyIdentity() | LinkReference() | UnlinkReference():
            return _recognise(command, candidate)
        case (
            DeclareEmploymentFound()
            | RetractEmploymentFound()
            | ClosePath()
            | ReopenPath()
            | AbsorbDuplicate()
            | MergeInto()
        ):
            return route(command, candidate, context)
        case _:
            return follow(command, candidate, context)


def _describe(command: DescribeSocialSituation) -> SocialSituationDescribed:
    if (command.rsa in {Rsa.MAJORE, Rsa.NON_MAJORE}) is not (command.rsa_since is not None):
        raise RsaDurationMismatch
    answers = {each.name: getattr(command, each.name) for each in fields(SocialSituation)}
    return SocialSituationDescribed(**answers)


def _recognise(
    command: LinkAccount | CertifyIdentity | LinkReference | UnlinkReference, candidate: Candidate
) -> Sequence[CandidateEvent]:
    """Who else knows the person: the identity service, the State, another system."""
    match command:
        case LinkAccount():
            return _link(command, candidate)
        case CertifyIdentity():
            return certify(command, candidate)
        case LinkReference() | UnlinkReference():
            return call(command, candidate)
        case _:
            assert_never(command)


def _link(command: LinkAccount, candidate: Candidate) -> Sequence[CandidateEvent]:
    if candidate.account not in (None, command.account):
        raise AccountAlreadyLinked
    return [] if candidate.account else [AccountLinked(account=command.account)]
