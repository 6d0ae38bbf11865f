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
from projections.milestones.tellings import Happened, Telling, Voided

#: What counts of what became of an appointment.
ATTENDED: Final[Mapping[ParticipationStatus, Kind]] = {
    ParticipationStatus.SEEN: Kind.APPOINTMENT_SEEN,
    ParticipationStatus.NOSHOW: Kind.APPOINTMENT_MISSED,
}
KINDS: Final = frozenset({Kind.INVITED, *ATTENDED.values()})


def rsa_appointment(event: RsaAppointmentEvent, _: date) -> Sequence[Telling]:
    """An appointment counts on the day it took place, whenever somebody says what became of it."""
    match event:
        case Invited():
            return [Happened(Kind.INVITED, paris_day(event.at))]
        case ParticipationAdded():
            return _happened(event.status, paris_day(event.starts_at))
        case StatusSet():
            day = paris_day(event.starts_at)
            return [*_voided(event.before, day), *_happened(event.status, day)]
        case ParticipationRemoved():
            return _voided(event.status, paris_day(event.starts_at))
        case (
            Opened()
            | InvitationClicked()
            | DeliveryReported()
            | InvitationReminded()
            | InvitationsExpired()
            | AppointmentChanged()
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


def _happened(status: ParticipationStatus, day: date) -> Sequence[Telling]:
    return [Happened(ATTENDED[status], day)] if status in ATTENDED else []


def _voided(status: ParticipationStatus, day: date) -> Sequence[Telling]:
    return [Voided(ATTENDED[status], day)] if status in ATTENDED else []
