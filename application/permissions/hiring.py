"""Who does what with a hire and its employee record (les-emplois §1.7, §6)."""

from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    Cancel,
    ChangeDates,
    ChangeEnd,
    CompleteEmployeeRecord,
    CorrectEnd,
    CreateEmployeeRecord,
    Declare,
    DisableEmployeeRecord,
    EnableEmployeeRecord,
    EndAsPlanned,
    EndContract,
    FollowPass,
    ProcessEmployeeRecord,
    RecordPass,
    RejectEmployeeRecord,
    Renew,
    RetractEnd,
    SendEmployeeRecord,
    SendUpdateNotification,
    StartContract,
    UnarchiveEmployeeRecord,
)
from domain.vocabulary import Family, Party

_RECEIVER: Final = frozenset({Party.RECEIVER})
#: Any member of the company that hires, and staff.
_BY_COMPANY: Final = (Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=_RECEIVER), *BY_STAFF)
_BY_SIAE: Final = (
    Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=_RECEIVER, families=frozenset({Family.SIAE})),
    *BY_STAFF,
)
#: Whatever carries files to and from the ASP.
_BY_EXCHANGE: Final = (*BY_STAFF, *BY_SYSTEM)

PERMISSIONS: Final[Permissions] = {
    # The application opens, moves and cancels its hire.
    Declare: BY_SYSTEM,
    ChangeDates: BY_SYSTEM,
    Cancel: BY_SYSTEM,
    RecordPass: BY_SYSTEM,
    FollowPass: BY_SYSTEM,
    StartContract: BY_SYSTEM,
    EndAsPlanned: BY_SYSTEM,
    ChangeEnd: _BY_COMPANY,
    Renew: _BY_COMPANY,
    EndContract: _BY_COMPANY,
    CorrectEnd: _BY_COMPANY,
    RetractEnd: _BY_COMPANY,
    CreateEmployeeRecord: _BY_SIAE,
    CompleteEmployeeRecord: _BY_SIAE,
    DisableEmployeeRecord: _BY_SIAE,
    EnableEmployeeRecord: _BY_SIAE,
    SendEmployeeRecord: _BY_EXCHANGE,
    RejectEmployeeRecord: _BY_EXCHANGE,
    ProcessEmployeeRecord: _BY_EXCHANGE,
    ArchiveEmployeeRecord: _BY_EXCHANGE,
    UnarchiveEmployeeRecord: _BY_EXCHANGE,
    SendUpdateNotification: _BY_EXCHANGE,
    AnswerUpdateNotification: _BY_EXCHANGE,
}
