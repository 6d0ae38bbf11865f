"""Who may do what to an organisation: staff record and authorise it, administrators run it (dora §2.3)."""

from typing import Final

from application.permissions.grant import ADMINISTRATORS, BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
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
    # Configuring is for administrators (rdv-insertion §1.4); types of orientation are for staff (§1.3).
    ChangePhone: (_ITS_ADMINISTRATORS, *BY_STAFF),
    SetRetention: (_ITS_ADMINISTRATORS, *BY_STAFF),
    ConfigureCategory: (_ITS_ADMINISTRATORS, *BY_STAFF),
    RemoveCategory: (_ITS_ADMINISTRATORS, *BY_STAFF),
    AddTag: (_ITS_ADMINISTRATORS, *BY_STAFF),
    DeleteTag: (_ITS_ADMINISTRATORS, *BY_STAFF),
    # Members describe what they offer (dora §2.3).
    DescribeService: (_ITS_MEMBERS, *BY_STAFF),
    WithdrawService: (_ITS_MEMBERS, *BY_STAFF),
    # Whatever is told of that name would be told of this organisation.
    LinkReference: BY_STAFF,
    UnlinkReference: BY_STAFF,
    AddOrientationType: BY_STAFF,
    DeleteOrientationType: BY_STAFF,
    Close: BY_STAFF,
    Reopen: BY_STAFF,
}
