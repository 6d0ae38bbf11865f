"""Who does what with a job application (les-emplois §1.7 and §4.3)."""

from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.job_application.commands import (
    Accept,
    AddComment,
    AddPriorAction,
    AddToPool,
    Archive,
    ArchiveAutomatically,
    CancelHire,
    ChangeHiringDates,
    ChangePriorAction,
    DeclareHire,
    DeleteComment,
    DeletePriorAction,
    Postpone,
    RecordExternalTransfer,
    RecordPass,
    Refuse,
    RefuseAutomatically,
    RefuseDelivery,
    RenderObsolete,
    Reset,
    StartProcessing,
    Submit,
    Transfer,
    TransferExternally,
    Unarchive,
)
from domain.vocabulary import Family, Party, Role

_COMPANIES: Final = frozenset({Family.SIAE, Family.GEIQ, Family.EMPLOYER})
_RECEIVER: Final = frozenset({Party.RECEIVER})

#: Any member of the company that received the application.
_BY_RECEIVER: Final = (Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=_RECEIVER),)
_BY_GEIQ: Final = (
    Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=_RECEIVER, families=frozenset({Family.GEIQ})),
)
#: A company that already takes part in the dossier: sending must not be a way into somebody's dossier. The rules say
#: which application it may send on.
_BY_COMPANIES: Final = (Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=_COMPANIES),)

PERMISSIONS: Final[Permissions] = {
    Submit: (
        Grant(roles=frozenset({Role.CANDIDATE}), reach=Reach.OWN),
        Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=_COMPANIES | {Family.PRESCRIBER}),
    ),
    DeclareHire: _BY_COMPANIES,
    TransferExternally: _BY_COMPANIES,
    StartProcessing: _BY_RECEIVER + BY_STAFF,
    Postpone: _BY_RECEIVER,
    AddToPool: _BY_RECEIVER,
    AddPriorAction: _BY_GEIQ,
    ChangePriorAction: _BY_GEIQ,
    DeletePriorAction: _BY_GEIQ,
    Refuse: _BY_RECEIVER,
    RefuseAutomatically: BY_SYSTEM,
    Accept: _BY_RECEIVER + BY_STAFF,
    ChangeHiringDates: _BY_RECEIVER,
    CancelHire: _BY_RECEIVER + BY_STAFF,
    RecordPass: BY_SYSTEM,
    RefuseDelivery: BY_STAFF,
    RenderObsolete: BY_SYSTEM,
    Transfer: (Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=_RECEIVER, also_member_of="to"),),
    RecordExternalTransfer: BY_SYSTEM,
    Reset: BY_STAFF,
    Archive: _BY_RECEIVER,
    ArchiveAutomatically: BY_SYSTEM,
    Unarchive: _BY_RECEIVER,
    AddComment: _BY_RECEIVER,
    DeleteComment: _BY_RECEIVER,
}
