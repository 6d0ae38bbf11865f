"""Under which PASS IAE a hire stands, and what its new days set in motion (les-emplois §5.10)."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.hiring.codes import RecordStatus, UpdateStatus
from domain.hiring.commands import FollowPass, PassCommand, RecordPass
from domain.hiring.events import (
    EmployeeRecordDeleted,
    EmployeeRecordUnarchived,
    HiringEvent,
    PassFollowed,
    PassLost,
    PassRecorded,
    UpdateNotificationOpened,
)
from domain.hiring.refusals import NotASiae, PassAlreadyRecorded
from domain.hiring.state import EmployeeRecord, Hiring
from domain.iae.companies import is_siae
from domain.iae.right import Right, is_valid
from domain.journey import Context

#: The ASP knows of these records, or may know: it is told of new days (les-emplois §5.10).
TOLD_OF_NEW_DAYS: Final = frozenset({RecordStatus.PROCESSED, RecordStatus.SENT, RecordStatus.DISABLED})
#: The ASP's answers that say that it holds the record: taken in, or held already (les-emplois §6).
SUCCESS: Final = "0000"
DUPLICATE: Final = "3436"


def under_pass(command: PassCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What a PASS, and its days, record in a hire."""
    match command:
        case RecordPass():
            return _recorded(command, case, context)
        case FollowPass():
            return _followed(case, context)
        case _:
            assert_never(command)


def recorded(pass_iae: str, context: Context) -> PassRecorded:
    """The hire stands under this PASS, with the days that it has now."""
    right = context.dossier.of(Right).get(pass_iae)
    if right is None:
        return PassRecorded(at=context.at, pass_iae=pass_iae)
    return PassRecorded(at=context.at, pass_iae=pass_iae, starts_on=right.starts_on, ends_on=right.ends_on)


def unarchived(record: EmployeeRecord) -> RecordStatus:
    """Where a record was before it was archived, by the last answer of the ASP (les-emplois §6)."""
    if record.code is None:
        return RecordStatus.NEW
    return RecordStatus.PROCESSED if record.code in {SUCCESS, DUPLICATE} else RecordStatus.REJECTED


def _recorded(command: RecordPass, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    if command.pass_iae == case.pass_iae:
        return []
    if command.pass_iae is None:
        # A record without a PASS declares nothing any more (les-emplois §6, the hourly clean-up).
        lost = [] if case.record is None else [EmployeeRecordDeleted(at=context.at)]
        return [PassLost(at=context.at), *lost]
    if not is_siae(case.company_kinds):
        context.insist(NotASiae())
    if case.pass_iae is not None:
        raise PassAlreadyRecorded(pass_iae=case.pass_iae)
    return [recorded(command.pass_iae, context)]


def _followed(case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """A record archived with its PASS comes back when the PASS is valid again."""
    right = context.dossier.of(Right).get(case.pass_iae or "")
    if right is None or (right.starts_on, right.ends_on) == (case.pass_starts_on, case.pass_ends_on):
        return []
    followed = PassFollowed(at=context.at, starts_on=right.starts_on, ends_on=right.ends_on)
    record = case.record
    if record is None:
        return [followed]
    back: list[HiringEvent] = []
    status = record.status
    if status is RecordStatus.ARCHIVED and is_valid(right, context.today):
        status = unarchived(record)
        back.append(EmployeeRecordUnarchived(at=context.at, status=status))
    told = status in TOLD_OF_NEW_DAYS and record.update is not UpdateStatus.NEW
    return [followed, *back, *([UpdateNotificationOpened(at=context.at)] if told else [])]
