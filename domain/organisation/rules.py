"""What an organisation accepts, and what then happens."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from domain.journey import Context
from domain.organisation.commands import (
    AddMember,
    AddOrientationType,
    AddTag,
    BlockApplications,
    ChangeKinds,
    ChangeMemberRole,
    ChangePhone,
    ChangeSiret,
    ChangeTerritory,
    Close,
    CloseSpontaneous,
    ConfigureCategory,
    Create,
    DeleteOrientationType,
    DeleteTag,
    DescribeService,
    ExpireSpontaneous,
    GrantAuthorisation,
    LinkReference,
    OpenApplications,
    OpenSpontaneous,
    OrganisationCommand,
    RemoveCategory,
    RemoveMember,
    Rename,
    Reopen,
    RestoreSelfPrescription,
    SetRetention,
    SetValidationSteps,
    SuspendSelfPrescription,
    UnlinkReference,
    WithdrawAuthorisation,
    WithdrawService,
)
from domain.organisation.configuring import configure
from domain.organisation.describing import describe
from domain.organisation.events import AuthorisationGranted, AuthorisationWithdrawn, Closed, OrganisationEvent, Reopened
from domain.organisation.membership import manage_members
from domain.organisation.receiving import receive
from domain.organisation.refusals import (
    AlreadyAuthorised,
    AlreadyRefused,
    BeforeLastDecision,
    NeedsNoAuthorisation,
    WrongStage,
)
from domain.organisation.sanctioning import sanction
from domain.organisation.state import Authorisation, Organisation, Stage
from domain.organisation.validating import set_steps

_ACTIVE: Final = frozenset({Stage.ACTIVE})

ACCEPTED_FROM: Final[Mapping[type[OrganisationCommand], frozenset[Stage]]] = {
    Create: frozenset({Stage.NOT_CREATED}),
    Rename: _ACTIVE,
    ChangeKinds: _ACTIVE,
    ChangeSiret: _ACTIVE,
    ChangeTerritory: _ACTIVE,
    SetValidationSteps: _ACTIVE,
    GrantAuthorisation: _ACTIVE,
    WithdrawAuthorisation: _ACTIVE,
    SuspendSelfPrescription: _ACTIVE,
    RestoreSelfPrescription: _ACTIVE,
    OpenApplications: _ACTIVE,
    BlockApplications: _ACTIVE,
    OpenSpontaneous: _ACTIVE,
    CloseSpontaneous: _ACTIVE,
    ExpireSpontaneous: _ACTIVE,
    AddMember: _ACTIVE,
    ChangeMemberRole: _ACTIVE,
    RemoveMember: frozenset({Stage.ACTIVE, Stage.CLOSED}),
    ChangePhone: _ACTIVE,
    SetRetention: _ACTIVE,
    ConfigureCategory: _ACTIVE,
    RemoveCategory: _ACTIVE,
    AddTag: _ACTIVE,
    DeleteTag: _ACTIVE,
    DescribeService: _ACTIVE,
    WithdrawService: frozenset({Stage.ACTIVE, Stage.CLOSED}),
    LinkReference: _ACTIVE,
    UnlinkReference: frozenset({Stage.ACTIVE, Stage.CLOSED}),
    AddOrientationType: _ACTIVE,
    DeleteOrientationType: _ACTIVE,
    Close: _ACTIVE,
    Reopen: frozenset({Stage.CLOSED}),
}


def offers(organisation: Organisation) -> Collection[type[OrganisationCommand]]:
    """The commands that the stage does not exclude."""
    return [kind for kind, stages in ACCEPTED_FROM.items() if organisation.stage in stages]


def decide(command: OrganisationCommand, organisation: Organisation, context: Context) -> Sequence[OrganisationEvent]:
    """What happens when this is asked; raises a `Refusal`. Asking for what is so already makes nothing happen."""
    if organisation.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=organisation.stage)
    match command:
        case Create() | Rename() | ChangeKinds() | ChangeSiret() | ChangeTerritory() | SetValidationSteps():
            return _describe(command, organisation, context)
        case GrantAuthorisation() | WithdrawAuthorisation() | SuspendSelfPrescription() | RestoreSelfPrescription():
            return _decide_rights(command, organisation)
        case AddMember() | ChangeMemberRole() | RemoveMember():
            return manage_members(command, organisation)
        case OpenApplications() | BlockApplications() | OpenSpontaneous() | CloseSpontaneous() | ExpireSpontaneous():
            return receive(command, organisation, context)
        case Close() | Reopen():
            return [Closed() if isinstance(command, Close) else Reopened()]
        case _:
            return configure(command, organisation)


def _describe(
    command: Create | Rename | ChangeKinds | ChangeSiret | ChangeTerritory | SetValidationSteps,
    organisation: Organisation,
    context: Context,
) -> Sequence[OrganisationEvent]:
    if isinstance(command, SetValidationSteps):
        return set_steps(command, organisation, context)
    return [describe(command, organisation, context)]


def _decide_rights(
    command: GrantAuthorisation | WithdrawAuthorisation | SuspendSelfPrescription | RestoreSelfPrescription,
    organisation: Organisation,
) -> Sequence[OrganisationEvent]:
    if isinstance(command, GrantAuthorisation | WithdrawAuthorisation):
        return [_decide_authorisation(command, organisation)]
    return sanction(command, organisation)


def _decide_authorisation(
    command: GrantAuthorisation | WithdrawAuthorisation, organisation: Organisation
) -> OrganisationEvent:
    last = organisation.authorisations[-1]
    if last.status is Authorisation.NOT_REQUIRED:
        raise NeedsNoAuthorisation
    if command.from_day < last.from_day and last.status is not Authorisation.NOT_SET:
        raise BeforeLastDecision(last=last.from_day)
    if isinstance(command, GrantAuthorisation):
        if last.status is Authorisation.VALIDATED:
            raise AlreadyAuthorised(since=last.from_day)
        return AuthorisationGranted(from_day=command.from_day)
    if last.status is Authorisation.REFUSED:
        raise AlreadyRefused(since=last.from_day)
    return AuthorisationWithdrawn(from_day=command.from_day, reason=command.reason)
