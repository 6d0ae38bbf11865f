"""A notice: that somebody is to be told something. It names people by opaque references, never by what is personal."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from application.notifications.templates import Template
from domain.vocabulary import OrganisationId, Subject


class Channel(StrEnum):
    """How somebody is told."""

    EMAIL = "email"
    SMS = "sms"
    POSTAL = "postal"


class Recipient(StrEnum):
    """Who is told. Who that is by name is found out when the notice is delivered."""

    #: The person whose dossier it is.
    CANDIDATE = "candidate"
    #: Every member of an organisation.
    MEMBERS = "members"
    #: A professional, in an organisation if one is named.
    PROFESSIONAL = "professional"
    #: A professional, and at most ten others of their organisation.
    COLLEAGUES = "colleagues"
    #: Somebody with no account, whose address stands in the journey's state (`named`).
    NAMED = "named"
    #: Those who keep the platform.
    SUPPORT = "support"
    #: The mailbox that an organisation gave for a category of appointments (`named`), if it gave one.
    MAILBOX = "mailbox"
    #: Whoever answers for the establishment of the journey. The service that keeps the directory of establishments
    #: knows who that is, and tells them: this post does not.
    ESTABLISHMENT = "establishment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an event has to be told of it, to whom, by which channel."""

    template: Template
    recipient: Recipient
    channel: Channel = Channel.EMAIL
    #: For the members of an organisation; for a professional, in which they are told.
    organisation: OrganisationId | None = None
    subject: Subject | None = None
    #: The field of the journey's state that holds the address: `sent.referent_email`; for a mailbox, the category.
    named: str | None = None
    #: The organisation that the text may name.
    about: OrganisationId | None = None

    @property
    def key(self) -> str:
        """Tells it from everything else that the same event has to be told."""
        whom = (self.recipient, self.organisation, self.subject, self.named)
        return ":".join([self.template, self.channel, *(part for part in whom if part)])


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What is told, and of which event."""

    root: str
    #: The event's place in the dossier.
    root_version: int
    journey: str
    told: Told
    recorded_at: datetime

    @property
    def id(self) -> str:
        """The same for ever, whatever is rebuilt: `candidate/…#12:job-application-…`."""
        return f"{self.root}#{self.root_version}:{self.told.key}"


class State(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    #: The next server, or the console, took it.
    SENT = "sent"
    #: The person asked not to be told.
    DISABLED = "disabled"
    #: There is nobody to tell, or nowhere to tell them: may be tried again by hand.
    UNDELIVERABLE = "undeliverable"
    #: The other side will never take it.
    REJECTED = "rejected"
    #: Tried as often as it is worth: may be tried again by hand.
    GIVEN_UP = "given_up"
    #: What it says is no longer so, or they are told otherwise.
    NEEDLESS = "needless"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A notice on its way to one person."""

    notice: Notice
    #: The professional who is told; None for whoever is none.
    to: Subject | None
    #: How often it was tried and failed.
    attempts: int = 0

    @property
    def forwarded(self) -> bool:
        """Whether somebody is told in the place of a professional who has left."""
        told = self.notice.told
        return told.recipient is Recipient.PROFESSIONAL and self.to != told.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How an attempt ended. `reason` is a code: what servers say may hold addresses."""

    state: State
    reason: str | None = None
    #: For one that waits again.
    due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Letter:
    """What is handed to a carrier. Never printed as it is: it holds an address."""

    #: The same whenever the same delivery is tried again, so that a duplicate can be recognised.
    id: str
    channel: Channel
    #: None where only a carrier that needs none is used.
    address: str | None
    #: Says who it is without saying their name: `professional/<subject>`.
    addressee: str
    #: Empty for a text message.
    subject: str
    body: str
    language: str
    at: datetime
