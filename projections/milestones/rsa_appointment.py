"""The facts that count in an RSA follow-up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, assert_never

from domain.calendar import paris_day
from domain.rsa_appointment.codes import ParticipationStatus
from domain.rsa_appointment.events import (
    AppointmentChanged,
    AppointmentReminded,
    Closed,
    DeliveryReported,
    InvitationClicked,
    InvitationReminded,
    InvitationsExpired,
    Invited,
    Notified,
    Opened,
    OutcomeDropped,
    OutcomeRecorded,
    ParticipationAdded,
    ParticipationRemoved,
    Reopened,
    RsaAppointmentEvent,
    StatusSet,
    Withdrawn,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Qualified, Telling, Voided

#: What counts of what became of an appointment.
ATTENDED: Final[Mapping[ParticipationStatus, Kind]] = {
    ParticipationStatus.SEEN: Kind.APPOINTMENT_SEEN,
    ParticipationStatus.NOSHOW: Kind.APPOINTMENT_MISSED,
    ParticipationStatus.EXCUSED: Kind.APPOINTMENT_EXCUSED,
    ParticipationStatus.UNKNOWN: Kind.APPOINTMENT_UNTOLD,
}
KINDS: Final = frozenset({Kind.FOLLOW_UP_OPENED, Kind.INVITED, Kind.APPOINTMENT_BOOKED, *ATTENDED.values()})


def rsa_appointment(event: RsaAppointmentEvent, _: date) -> Sequence[Telling]:
    """What became of an appointment counts on its own day, whenever somebody says so; that it was taken, on that day.

    Everything is qualified by what the follow-up is for, but invitations by how they were sent, and bookings by whom.
    """
    match event:
        case Opened():
            return [Qualified(event.type.value), Happened(Kind.FOLLOW_UP_OPENED, paris_day(event.at))]
        case Invited():
            return [Happened(Kind.INVITED, paris_day(event.at), detail=event.channel.value)]
        case ParticipationAdded():
            return [_booked(event), *_happened(event.status, paris_day(event.starts_at))]
        case StatusSet() | AppointmentChanged():
            return _became(event)
        case ParticipationRemoved():
            return _voided(event.status, paris_day(event.starts_at))
        case (
            InvitationClicked()
            | DeliveryReported()
            | InvitationReminded()
            | InvitationsExpired()
            | Notified()
            | AppointmentReminded()
            | OutcomeRecorded()
            | OutcomeDropped()
            | Closed()
            | Reopened()
            | Withdrawn()
        ):
            return []
        case _:
            assert_never(event)


def _became(event: StatusSet | AppointmentChanged) -> Sequence[Telling]:
    now = paris_day(event.starts_at)
    before, then = (event.before, now) if isinstance(event, StatusSet) else (event.status, paris_day(event.was_at))
    if (before, then) == (event.status, now):
        return []
    return [*_voided(before, then), *_happened(event.status, now)]


def _booked(event: ParticipationAdded) -> Telling:
    by = event.booked_by.value if event.booked_by else "unknown"
    return Happened(Kind.APPOINTMENT_BOOKED, paris_day(event.at), detail=by)


def _happened(status: ParticipationStatus, day: date) -> Sequence[Telling]:
    return [Happened(ATTENDED[status], day)] if status in ATTENDED else []


def _voided(status: ParticipationStatus, day: date) -> Sequence[Telling]:
    return [Voided(ATTENDED[status], day)] if status in ATTENDED else []
