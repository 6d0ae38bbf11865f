"""What can be asked of a discussion. `side` says for whom a witness speaks."""

from typing import Annotated

from domain.discussion.codes import Aim, Audience, ContactMode, PupilLevel, RejectionKind, Reminder, Side, WarnedBy
from domain.journey import message
from domain.vocabulary import Personal


@message
class Attached:
    """A document kept by the service that received it: Parcours holds what names it, never its content."""

    #: An opaque reference.
    reference: str
    name: Annotated[str, Personal]


@message
class Request:
    """What the person asks of the establishment."""

    audience: Audience
    siret: str
    business_name: str
    contact_mode: ContactMode
    #: The ROME appellation.
    appellation_code: str
    appellation_label: str
    #: Unknown in old requests, and always to discover for pupils.
    aim: Aim | None = None
    pupil_level: PupilLevel | None = None
    address: Annotated[str | None, Personal] = None
    last_name: Annotated[str, Personal]
    first_name: Annotated[str, Personal]
    email: Annotated[str, Personal]
    phone: Annotated[str, Personal]
    #: When the person is available.
    dates: Annotated[str, Personal]
    experience: Annotated[str | None, Personal] = None
    resume: Annotated[str | None, Personal] = None


@message
class Open(Request):
    """Ask an establishment for an immersion (mise en relation)."""

    #: What is written to it first, by e-mail only.
    message: Annotated[str | None, Personal] = None
    #: The directory says that the establishment may be asked for this job today (immersion §5.2, §6.4).
    establishment_available: bool


@message
class Write:
    """Tell that one side wrote to the other."""

    subject: Annotated[str, Personal]
    text: Annotated[str, Personal]
    attachments: tuple[Attached, ...] = ()
    side: Side | None = None


@message
class Accept:
    """Take the person."""

    warned_by: WarnedBy | None = None
    #: The convention that came of it, as `immersion-1`.
    convention: str | None = None


@message
class Reject:
    """Do not take the person, and say why."""

    kind: RejectionKind
    reason: Annotated[str | None, Personal] = None
    warned_by: WarnedBy | None = None


@message
class LinkConvention:
    """A convention came of the discussion."""

    convention: str


@message
class Remind:
    """The day of a reminder has come."""

    of: Reminder


@message
class RenderObsolete:
    """Three months without any answer are over."""


@message
class RedactMessages:
    """Messages that are six months old are forgotten."""


DiscussionCommand = Open | Write | Accept | Reject | LinkConvention | Remind | RenderObsolete | RedactMessages
