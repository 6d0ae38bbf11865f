"""Who may do what to an organisation: staff record and authorise it, administrators run it (dora §2.3)."""

from typing import Final

from application.permissions.grant import ADMINISTRATORS, BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.organisation.commands import (
    AddMember,
    BlockApplications,
    ChangeKinds,
    ChangeMemberRole,
    ChangeSiret,
    ChangeTerritory,
    Close,
    CloseSpontaneous,
    Create,
    ExpireSpontaneous,
    GrantAuthorisation,
    OpenApplications,
    OpenSpontaneous,
    RemoveMember,
    Rename,
    Reopen,
    RestoreSelfPrescription,
    SetValidationSteps,
    SuspendSelfPrescription,
    WithdrawAuthorisation,
)
from domain.vocabulary import Party

_ITSELF: Final = frozenset({Party.ITSELF})
_ITS_ADMINISTRATORS: Final = Grant(roles=ADMINISTRATORS, reach=Reach.JOURNEY, parties=_ITSELF)
_ITS_MEMBERS: Final = Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=_ITSELF)

PERMISSIONS: Final[Permissions] = {
    Create: BY_STAFF,
    Rename: (_ITS_ADMINISTRATORS, *BY_STAFF),
    # Kinds and territory decide what an organisation may do and whom it may reach: never its own choice.
    ChangeKinds: BY_STAFF,
    ChangeTerritory: BY_STAFF,
    ChangeSiret: BY_STAFF,
    SetValidationSteps: (_ITS_ADMINISTRATORS, *BY_STAFF),
    GrantAuthorisation: BY_STAFF,
    WithdrawAuthorisation: BY_STAFF,
    SuspendSelfPrescription: BY_STAFF,
    RestoreSelfPrescription: BY_STAFF,
    OpenApplications: (_ITS_MEMBERS, *BY_STAFF),
    BlockApplications: (_ITS_MEMBERS, *BY_STAFF),
    OpenSpontaneous: (_ITS_MEMBERS, *BY_STAFF),
    CloseSpontaneous: (_ITS_MEMBERS, *BY_STAFF),
    ExpireSpontaneous: BY_SYSTEM,
    AddMember: (_ITS_ADMINISTRATORS, *BY_STAFF),
    ChangeMemberRole: (_ITS_ADMINISTRATORS, *BY_STAFF),
    RemoveMember: (_ITS_ADMINISTRATORS, *BY_STAFF),
    Close: BY_STAFF,
    Reopen: BY_STAFF,
}
