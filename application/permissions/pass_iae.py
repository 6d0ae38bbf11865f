"""Who does what with a PASS IAE (les-emplois §1.7)."""

from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.pass_iae.commands import (
    AskForDeletion,
    Cancel,
    ChangeProlongation,
    ChangeSuspension,
    CorrectStart,
    DeleteProlongation,
    DeleteProlongationRequest,
    DeleteSuspension,
    DeliverByHand,
    DenyProlongation,
    GrantProlongation,
    Issue,
    MoveStart,
    Prolong,
    RecordEnd,
    RecordRight,
    RecordSuspensionEnd,
    RemindPrescriber,
    RequestProlongation,
    ReturnToWork,
    ServeHire,
    Suspend,
    Terminate,
)
from domain.vocabulary import Family, Party

#: A SIAE that takes part in the dossier: by which of its hires it may act is for the rules.
_BY_SIAE: Final = (Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=frozenset({Family.SIAE})),)
#: Any member of the organisation asked, as long as it is authorised: the existing system forgets to check that.
_BY_PRESCRIBER: Final = (
    Grant(
        roles=PROFESSIONALS,
        reach=Reach.JOURNEY,
        parties=frozenset({Party.ARBITER}),
        families=frozenset({Family.PRESCRIBER}),
        authorised=True,
    ),
)

PERMISSIONS: Final[Permissions] = {
    Issue: BY_SYSTEM,
    DeliverByHand: BY_STAFF,
    RecordRight: BY_STAFF,
    ServeHire: BY_SYSTEM,
    MoveStart: BY_SYSTEM,
    CorrectStart: BY_STAFF,
    Terminate: BY_STAFF,
    Cancel: BY_SYSTEM + BY_STAFF,
    AskForDeletion: _BY_SIAE,
    RecordEnd: BY_SYSTEM,
    Suspend: _BY_SIAE + BY_STAFF,
    ChangeSuspension: _BY_SIAE + BY_STAFF,
    DeleteSuspension: _BY_SIAE + BY_STAFF,
    ReturnToWork: _BY_SIAE + BY_STAFF,
    RecordSuspensionEnd: BY_SYSTEM,
    Prolong: _BY_SIAE + BY_STAFF,
    ChangeProlongation: BY_STAFF,
    DeleteProlongation: BY_STAFF,
    RequestProlongation: _BY_SIAE,
    GrantProlongation: _BY_PRESCRIBER,
    DenyProlongation: _BY_PRESCRIBER,
    RemindPrescriber: BY_SYSTEM,
    DeleteProlongationRequest: BY_STAFF,
}
