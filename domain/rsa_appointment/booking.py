"""How a person comes to have a seat in an appointment of the agenda (rdv-insertion §6.2, §6.3)."""

from collections.abc import Sequence
from typing import Final

from domain.journey import Context
from domain.rsa_appointment.codes import BookedBy, NotificationKind, ParticipationStatus
from domain.rsa_appointment.commands import RecordAppointment
from domain.rsa_appointment.events import ParticipationAdded, RsaAppointmentEvent
from domain.rsa_appointment.evolution import participation_of
from domain.rsa_appointment.notifying import notify
from domain.rsa_appointment.opening import expire_booked
from domain.rsa_appointment.refusals import (
    AlreadyTakesPart,
    AppointmentReferenceMissing,
    CapacityNotUsable,
    CategoryNotConfigured,
    DurationNotPositive,
    NoSeatLeft,
    NotBookedByThePerson,
    NotItsOrganisation,
    NotOffered,
    UnknownTimeZone,
)
from domain.rsa_appointment.state import FREES_THE_SEAT, RsaAppointment
from domain.seats import MOST_SEATS
from domain.vocabulary import Role

#: The legal times of the French Republic.
TIME_ZONES: Final = frozenset(
    {
        "Europe/Paris",
        "America/Cayenne",
        "America/Guadeloupe",
        "America/Martinique",
        "America/Miquelon",
        "Indian/Mayotte",
        "Indian/Reunion",
        "Pacific/Gambier",
        "Pacific/Marquesas",
        "Pacific/Noumea",
        "Pacific/Tahiti",
        "Pacific/Wallis",
    }
)
LONGEST_MINUTES: Final = 24 * 60
SUMMONS: Final = "convocation"


def record(command: RecordAppointment, follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """Take a seat. What could still be answered is answered, and whoever is summoned is told."""
    _check_appointment(command, context)
    _check_witness(command, follow_up, context)
    for case in context.dossier.of(RsaAppointment).values():
        _check_new(command, case)
    _check_new(command, follow_up)
    added = _added(command, follow_up, context)
    expected = command.status is ParticipationStatus.UNKNOWN
    told = notify(NotificationKind.CREATED, participation_of(added), follow_up, context) if expected else ()
    return [added, *expire_booked(follow_up, context), *told]


def _check_appointment(command: RecordAppointment, context: Context) -> None:
    if context.acting is not None and context.acting.id != command.organisation:
        context.insist(NotItsOrganisation())
    if not command.appointment.strip():
        raise AppointmentReferenceMissing
    if not 0 < command.duration_minutes <= LONGEST_MINUTES:
        raise DurationNotPositive
    if command.time_zone not in TIME_ZONES:
        raise UnknownTimeZone
    if command.capacity is not None and not (command.collective and 0 < command.capacity <= MOST_SEATS):
        raise CapacityNotUsable(most=MOST_SEATS)


def _check_witness(command: RecordAppointment, follow_up: RsaAppointment, context: Context) -> None:
    """What a booking service tells is what the person took, where a valid invitation offers it."""
    if context.actor.role is not Role.WITNESS:
        return
    if command.booked_by is not BookedBy.USER:
        raise NotBookedByThePerson
    valid = [each for each in follow_up.invitations if not each.expired(context.at)]
    if command.organisation not in {name for each in valid for name in each.organisations}:
        raise NotOffered


def _check_new(command: RecordAppointment, follow_up: RsaAppointment) -> None:
    """A person sits once in an appointment, whichever category it was recorded in."""
    for each in follow_up.participations:
        if each.appointment == command.appointment:
            raise AlreadyTakesPart(participation=each.number)


def _added(command: RecordAppointment, follow_up: RsaAppointment, context: Context) -> ParticipationAdded:
    reception = context.receptions[command.organisation]
    configuration = reception.categories.get(follow_up.category)
    if configuration is None:
        raise CategoryNotConfigured(category=follow_up.category)
    by_agent = command.booked_by is BookedBy.AGENT
    summoned = SUMMONS in command.motif.casefold() or (command.collective and by_agent)
    return ParticipationAdded(
        number=follow_up.added + 1,
        appointment=command.appointment,
        organisation=command.organisation,
        motif=command.motif,
        collective=command.collective,
        location=command.location,
        starts_at=command.starts_at,
        duration_minutes=command.duration_minutes,
        time_zone=command.time_zone,
        address=command.address,
        phone=command.phone or configuration.phone or reception.phone,
        booked_by=command.booked_by,
        status=command.status,
        convocable=configuration.convene_user and summoned,
        seat=_seat(command, context),
        at=context.at,
    )


def _seat(command: RecordAppointment, context: Context) -> int | None:
    """The first seat that nobody holds, where seats are counted."""
    if command.capacity is None or command.status in FREES_THE_SEAT:
        return None
    free = set(range(1, command.capacity + 1)) - context.taken_seats
    if not free:
        context.insist(NoSeatLeft(capacity=command.capacity))
    return min(free, default=None)
