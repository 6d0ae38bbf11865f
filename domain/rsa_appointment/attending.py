"""Appointments of the agenda, and what becomes of the person's seat in them (rdv-insertion §6)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final, assert_never

from domain.evolving import replace
from domain.journey import Context
from domain.rsa_appointment.booking import LONGEST_MINUTES
from domain.rsa_appointment.codes import NotificationKind, ParticipationStatus
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Excuse,
    RecordOutcome,
    RemoveParticipation,
    SetStatus,
    SummonByLetter,
)
from domain.rsa_appointment.events import (
    AppointmentChanged,
    OutcomeDropped,
    ParticipationRemoved,
    RsaAppointmentEvent,
    StatusSet,
)
from domain.rsa_appointment.notifying import notify, summon_by_letter
from domain.rsa_appointment.outcome import record_outcome
from domain.rsa_appointment.refusals import (
    DurationNotPositive,
    NotItsOrganisation,
    NotToCome,
    StatusNotPossible,
    TookPlace,
    UnknownParticipation,
)
from domain.rsa_appointment.state import CANCELLED, Participation, RsaAppointment

OnParticipation = ChangeAppointment | SetStatus | Excuse | RemoveParticipation | SummonByLetter | RecordOutcome

#: What can be said of an appointment ahead, and of one that has begun; the agenda's server checks neither (§13.3).
AHEAD: Final = (ParticipationStatus.UNKNOWN, ParticipationStatus.REVOKED, ParticipationStatus.EXCUSED)
BEGUN: Final = (
    ParticipationStatus.SEEN,
    ParticipationStatus.REVOKED,
    ParticipationStatus.EXCUSED,
    ParticipationStatus.NOSHOW,
)


def possible_statuses(participation: Participation, now: datetime) -> Sequence[ParticipationStatus]:
    """What can be said of the seat at an instant, but for what is said already."""
    among = AHEAD if participation.starts_at > now else BEGUN
    return [each for each in among if each is not participation.status]


def attend(command: OnParticipation, follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """Say what becomes of a seat. What the agenda said before its last word comes too late and changes nothing."""
    participation = follow_up.participation(command.participation)
    if participation is None:
        raise UnknownParticipation
    if context.acting is not None and context.acting.id != participation.organisation:
        context.insist(NotItsOrganisation())
    match command:
        case SummonByLetter():
            return summon_by_letter(participation, follow_up, context)
        case RecordOutcome():
            return record_outcome(command, participation, follow_up, context)
        case Excuse():
            return _excuse(participation, follow_up, context)
        case ChangeAppointment() | SetStatus() | RemoveParticipation():
            late = context.at < participation.told_at
            return [] if late else _told(command, participation, follow_up, context)
        case _:
            assert_never(command)


def _excuse(participation: Participation, follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """What the person says of an appointment to come, once; what the agenda has said since is left as it is."""
    if participation.status is ParticipationStatus.EXCUSED or context.at < participation.told_at:
        return []
    if not participation.pending(context.at):
        raise NotToCome
    return _set(
        SetStatus(participation=participation.number, status=ParticipationStatus.EXCUSED),
        participation,
        follow_up,
        context,
    )


def _told(
    command: ChangeAppointment | SetStatus | RemoveParticipation,
    participation: Participation,
    follow_up: RsaAppointment,
    context: Context,
) -> Sequence[RsaAppointmentEvent]:
    match command:
        case ChangeAppointment():
            return _change(command, participation, follow_up, context)
        case SetStatus():
            return _set(command, participation, follow_up, context)
        case RemoveParticipation():
            return [
                ParticipationRemoved(
                    participation=participation.number,
                    status=participation.status,
                    starts_at=participation.starts_at,
                    at=context.at,
                )
            ]
        case _:
            assert_never(command)


def _change(
    command: ChangeAppointment, participation: Participation, follow_up: RsaAppointment, context: Context
) -> Sequence[RsaAppointmentEvent]:
    """Another time or place is told to whoever was summoned and is still expected; another duration is not."""
    if participation.status in {ParticipationStatus.SEEN, ParticipationStatus.NOSHOW}:
        context.insist(TookPlace())
    minutes = command.duration_minutes
    if minutes is not None and not 0 < minutes <= LONGEST_MINUTES:
        raise DurationNotPositive
    after = replace(
        participation,
        starts_at=command.starts_at or participation.starts_at,
        duration_minutes=minutes or participation.duration_minutes,
        address=command.address or participation.address,
    )
    if after == participation:
        return []
    moved = (after.starts_at, after.address) != (participation.starts_at, participation.address)
    expected = moved and after.status is ParticipationStatus.UNKNOWN
    told = notify(NotificationKind.UPDATED, after, follow_up, context) if expected else ()
    changed = AppointmentChanged(
        participation=after.number,
        status=after.status,
        was_at=participation.starts_at,
        starts_at=after.starts_at,
        duration_minutes=after.duration_minutes,
        address=after.address,
        at=context.at,
    )
    return [changed, *told]


def _set(
    command: SetStatus, participation: Participation, follow_up: RsaAppointment, context: Context
) -> Sequence[RsaAppointmentEvent]:
    if command.status is participation.status:
        return []
    possible = possible_statuses(participation, context.at)
    if command.status not in possible:
        context.insist(StatusNotPossible(possible=[each.value for each in possible]))
    was_set = StatusSet(
        participation=participation.number,
        before=participation.status,
        status=command.status,
        starts_at=participation.starts_at,
        at=context.at,
    )
    dropped = [OutcomeDropped(participation=participation.number, at=context.at)] if participation.outcome else []
    kind = _kind(participation.status, command.status)
    after = replace(participation, status=command.status)
    told = () if kind is None else notify(kind, after, follow_up, context)
    return [was_set, *dropped, *told]


def _kind(before: ParticipationStatus, after: ParticipationStatus) -> NotificationKind | None:
    """What a summoned person is told: that they are expected again, or that they are not."""
    if before in CANCELLED and after is ParticipationStatus.UNKNOWN:
        return NotificationKind.CREATED
    return NotificationKind.CANCELLED if after in CANCELLED and before not in CANCELLED else None
