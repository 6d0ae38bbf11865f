"""What can have happened in an RSA follow-up."""

from datetime import datetime
from typing import Annotated

from domain.journey import message
from domain.rsa.categories import CategoryType, Channel
from domain.rsa.types import Casf
from domain.rsa_appointment.codes import (
    BookedBy,
    DeliveryReport,
    ExpiryCause,
    InvitationOrigin,
    Location,
    MessageKind,
    NotificationKind,
    ParticipationStatus,
)
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class Opened:
    """The person is followed up in a category of appointments."""

    category: str
    type: CategoryType
    organisation: OrganisationId | None
    at: datetime


@message
class Invited:
    """The person was invited. The booking link is access, not a fact: it is not here."""

    number: int
    channel: Channel
    origin: InvitationOrigin
    organisations: tuple[OrganisationId, ...]
    #: None: never.
    expires_at: datetime | None
    help_phone: str
    #: Only their agendas are offered, if any.
    referents: tuple[Subject, ...]
    place: str | None
    at: datetime


@message
class InvitationClicked:
    """The person followed the link while the invitation was valid."""

    invitation: int
    at: datetime


@message
class DeliveryReported:
    """The provider said what became of a message."""

    message: MessageKind
    number: int
    report: DeliveryReport
    reported_at: datetime


@message
class InvitationReminded:
    """The reminder of an invitation is over. Whether anybody could be written to is told by what follows."""

    invitation: int
    at: datetime


@message
class InvitationsExpired:
    """Invitations ended before their day."""

    invitations: tuple[int, ...]
    cause: ExpiryCause
    at: datetime


@message
class ParticipationAdded:
    """The person has a seat in an appointment. Whether they are summoned is decided here, once."""

    number: int
    appointment: str
    organisation: OrganisationId
    motif: str
    collective: bool
    location: Location
    starts_at: datetime
    duration_minutes: int
    time_zone: str
    address: Annotated[str | None, Personal]
    #: Who is called about it; None if nobody can be.
    phone: str | None
    booked_by: BookedBy | None
    status: ParticipationStatus
    convocable: bool
    #: Which seat it is, where seats are counted.
    seat: int | None
    at: datetime


@message
class AppointmentChanged:
    """The appointment is at another time or place. The person's seat in it stays as it is."""

    participation: int
    status: ParticipationStatus
    #: When it would have started.
    was_at: datetime
    starts_at: datetime
    duration_minutes: int
    address: Annotated[str | None, Personal]
    at: datetime


@message
class StatusSet:
    """Something became of the person's seat in the appointment that starts or started then."""

    participation: int
    before: ParticipationStatus
    status: ParticipationStatus
    starts_at: datetime
    at: datetime


@message
class ParticipationRemoved:
    """The person is not in the appointment any more."""

    participation: int
    status: ParticipationStatus
    starts_at: datetime
    at: datetime


@message
class Notified:
    """A person who is summoned has to be told: whoever sends messages does so, once."""

    number: int
    participation: int
    kind: NotificationKind
    channel: Channel
    at: datetime


@message
class AppointmentReminded:
    """The reminder of an appointment is over. Whether anybody could be written to is told by what follows."""

    participation: int
    at: datetime


@message
class OutcomeRecorded:
    """The appointment led to an orientation. It is no accompaniment: that is a journey of its own."""

    participation: int
    type: str
    casf: Casf
    at: datetime


@message
class OutcomeDropped:
    """The appointment was not honoured after all, so it led to nothing."""

    participation: int
    at: datetime


@message
class Closed:
    """The case has been dealt with."""

    at: datetime


@message
class Reopened:
    """The case was taken up again."""

    at: datetime


@message
class Withdrawn:
    """The follow-up had never begun, and nobody handles its category any more."""

    at: datetime


RsaAppointmentEvent = (
    Opened
    | Invited
    | InvitationClicked
    | DeliveryReported
    | InvitationReminded
    | InvitationsExpired
    | ParticipationAdded
    | AppointmentChanged
    | StatusSet
    | ParticipationRemoved
    | Notified
    | AppointmentReminded
    | OutcomeRecorded
    | OutcomeDropped
    | Closed
    | Reopened
    | Withdrawn
)
