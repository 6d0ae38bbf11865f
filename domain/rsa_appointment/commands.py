"""What can be asked of an RSA follow-up."""

from datetime import datetime
from typing import Annotated

from domain.journey import message
from domain.rsa.categories import Channel
from domain.rsa_appointment.codes import (
    BookedBy,
    DeliveryReport,
    InvitationOrigin,
    Location,
    MessageKind,
    ParticipationStatus,
)
from domain.seats import Seated
from domain.vocabulary import OrganisationId, Personal


@message
class Open:
    """Follow the person up in a category of appointments."""

    category: str


@message
class Invite:
    """Invite the person to take an appointment. What the agendas offer is told by the service that owns them."""

    channel: Channel
    origin: InvitationOrigin
    organisations: tuple[OrganisationId, ...]
    #: Take a closed follow-up up again first: what list imports and create-and-invite do (rdv-insertion §4.5).
    reopen: bool = False
    #: The agenda's reference of the only place that is offered.
    place: str | None = None
    #: The agendas of these organisations have a reason for appointments of the category.
    bookable: bool
    #: One of these reasons is for appointments with a referent.
    bookable_with_referents: bool = False
    #: A slot is free; None if nobody looked, which only the API may say (rdv-insertion §5.2).
    slots_available: bool | None = None


@message
class RecordClick:
    """The person followed the link of an invitation."""

    invitation: int


@message
class ReportDelivery:
    """The provider says what became of a message. Reports come in any order."""

    message: MessageKind
    number: int
    report: DeliveryReport
    reported_at: datetime


@message
class RemindInvitation:
    """Three days have passed since the person was invited."""


@message
class RecordAppointment(Seated):
    """The person has a seat in an appointment of the agenda."""

    organisation: OrganisationId
    #: The reason for the appointment, in the agenda's own words. Whoever names it "convocation" summons.
    motif: str
    collective: bool = False
    location: Location
    starts_at: datetime
    duration_minutes: int
    #: Where its times are shown.
    time_zone: str = "Europe/Paris"
    address: Annotated[str | None, Personal] = None
    #: Of the place; the category's or the organisation's if None.
    phone: str | None = None
    #: None where nobody knows.
    booked_by: BookedBy | None = None
    status: ParticipationStatus = ParticipationStatus.UNKNOWN


@message
class ChangeAppointment:
    """The appointment was moved, or takes another time. What is left out stays."""

    participation: int
    starts_at: datetime | None = None
    duration_minutes: int | None = None
    address: Annotated[str | None, Personal] = None


@message
class SetStatus:
    """Say what became of the person's seat."""

    participation: int
    status: ParticipationStatus


@message
class Excuse:
    """The person will not come to an appointment that is to come."""

    participation: int


@message
class RemoveParticipation:
    """The agenda no longer has the person in this appointment, or no longer has the appointment."""

    participation: int


@message
class SummonByLetter:
    """A letter was made that summons the person, or says that they are summoned no longer."""

    participation: int


@message
class RemindAppointment:
    """A person who was summoned is expected in two days."""

    participation: int


@message
class RecordOutcome:
    """Say which way the person is oriented after an appointment of orientation (rdv-insertion §6.6)."""

    participation: int
    type: str
    #: The departmental council whose own type it is; None for a type of the law.
    defined_by: OrganisationId | None = None


@message
class Close:
    """The case has been dealt with: every invitation ends."""


@message
class Reopen:
    """Take the case up again. Invitations stay as they are."""


@message
class ExpireWhereArchived:
    """An organisation has set the dossier aside: invitations to nobody else end."""


@message
class WithdrawUnused:
    """An organisation has left the person: what it alone handled and nobody began is withdrawn."""


RsaAppointmentCommand = (
    Open
    | Invite
    | RecordClick
    | ReportDelivery
    | RemindInvitation
    | RecordAppointment
    | ChangeAppointment
    | SetStatus
    | Excuse
    | RemoveParticipation
    | SummonByLetter
    | RemindAppointment
    | RecordOutcome
    | Close
    | Reopen
    | ExpireWhereArchived
    | WithdrawUnused
)
