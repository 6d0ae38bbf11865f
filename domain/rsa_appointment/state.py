"""Where a follow-up stands: facts and their instants. Whatever time changes is asked of `status`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Final, TypeVar

from domain.identifiers import Identifier
from domain.rsa.categories import CategoryType, Channel
from domain.rsa.types import Casf
from domain.rsa_appointment.codes import (
    BookedBy,
    DeliveryReport,
    InvitationOrigin,
    Location,
    NotificationKind,
    ParticipationStatus,
    Stage,
)
from domain.seats import seat
from domain.vocabulary import OrganisationId, Parties, Party, Personal, Subject

FAILED: Final = frozenset(DeliveryReport) - {DeliveryReport.DELIVERED, DeliveryReport.OTHER}
CANCELLED: Final = frozenset({ParticipationStatus.EXCUSED, ParticipationStatus.REVOKED, ParticipationStatus.NOSHOW})
#: Who has said that they will not come, or was told not to, leaves the seat to somebody else.
FREES_THE_SEAT: Final = frozenset({ParticipationStatus.EXCUSED, ParticipationStatus.REVOKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is known of a message on its way."""

    #: One of the six codes; None as long as nobody told one.
    status: DeliveryReport | None = None
    #: The date of the last report that counted.
    reported_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """One message that offers the person to take an appointment."""

    number: int
    channel: Channel
    origin: InvitationOrigin
    organisations: tuple[OrganisationId, ...]
    expires_at: datetime | None
    help_phone: str
    referents: tuple[Subject, ...] = ()
    place: str | None = None
    at: datetime
    clicked: bool = False
    #: Its reminder is over.
    reminded: bool = False
    delivery: Delivery = Delivery()

    @property
    def by_agent(self) -> bool:
        """Whether somebody sent it, rather than Parcours itself."""
        return self.origin is not InvitationOrigin.REMINDER

    def expired(self, now: datetime) -> bool:
        """Whether its time is over; at the very instant it is (rdv-insertion §5.4)."""
        return self.expires_at is not None and self.expires_at <= now


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Which way the person is oriented after an appointment."""

    type: str
    casf: Casf


@dataclass(frozen=True, slots=True, kw_only=True)
class Participation:
    """The person's seat in one appointment."""

    number: int
    appointment: str
    organisation: OrganisationId
    motif: str
    collective: bool
    location: Location
    starts_at: datetime
    duration_minutes: int
    time_zone: str
    address: Annotated[str | None, Personal] = None
    phone: str | None = None
    booked_by: BookedBy | None = None
    status: ParticipationStatus
    convocable: bool
    seat: int | None = None
    #: When it was added: what "last" means here (rdv-insertion §4.3).
    at: datetime
    #: When the agenda last told something about it.
    told_at: datetime
    reminded: bool = False
    outcome: Outcome | None = None

    def pending(self, now: datetime) -> bool:
        """Whether it is still ahead: it starts strictly after now and nobody said anything else."""
        return self.status is ParticipationStatus.UNKNOWN and self.starts_at > now


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """One message to a person who is summoned."""

    number: int
    participation: int
    kind: NotificationKind
    channel: Channel
    at: datetime
    delivery: Delivery = Delivery()


@dataclass(frozen=True)
class RsaAppointment:
    """The follow-up of a person in one category of appointments."""

    stage: Stage = Stage.NOT_OPENED
    category: str = ""
    type: CategoryType = CategoryType.RSA_ORIENTATION
    organisation: OrganisationId | None = None
    invitations: tuple[Invitation, ...] = ()
    participations: tuple[Participation, ...] = ()
    notifications: tuple[Notification, ...] = ()
    #: How many participations there have ever been: numbers are never used twice.
    added: int = 0

    def invitation(self, number: int) -> Invitation | None:
        """The invitation of a number."""
        return _numbered(self.invitations, number)

    def participation(self, number: int) -> Participation | None:
        """The participation of a number; None once it is removed."""
        return _numbered(self.participations, number)

    def notification(self, number: int) -> Notification | None:
        """The notification of a number."""
        return _numbered(self.notifications, number)


Numbered = TypeVar("Numbered", Invitation, Participation, Notification)


def _numbered(among: tuple[Numbered, ...], number: int) -> Numbered | None:
    return next((each for each in among if each.number == number), None)


def seats(follow_up: RsaAppointment) -> frozenset[Identifier]:
    """The seats that the person holds: nobody else does."""
    return frozenset(
        seat(each.appointment, each.seat)
        for each in follow_up.participations
        if each.seat is not None and each.status not in FREES_THE_SEAT
    )


def parties(follow_up: RsaAppointment) -> Parties:
    """Who began it, and every organisation that the person was invited to or has an appointment in."""
    invited = {name for each in follow_up.invitations for name in each.organisations}
    receiving = invited | {each.organisation for each in follow_up.participations}
    sides: Mapping[Party, frozenset[OrganisationId]] = {
        Party.SENDER: frozenset({follow_up.organisation} if follow_up.organisation else ()),
        Party.RECEIVER: frozenset(receiving),
    }
    return {side: organisations for side, organisations in sides.items() if organisations}


def closed(follow_up: RsaAppointment) -> bool:
    """Dealt with, or withdrawn."""
    return follow_up.stage in {Stage.CLOSED, Stage.WITHDRAWN}
