"""What can have happened in a discussion."""

from datetime import datetime
from typing import Annotated

from domain.discussion.codes import RejectionKind, Reminder, Side, WarnedBy
from domain.discussion.commands import Attached, Request
from domain.journey import message
from domain.vocabulary import OrganisationId, Personal


@message
class Dated:
    """When it happened, because the deadlines of a discussion count from it."""

    at: datetime


@message
class Opened(Request):
    """The person asked the establishment."""

    at: datetime
    #: The organisation that asked with them, if any.
    sender: OrganisationId | None = None


@message
class Written(Dated):
    """One side wrote to the other."""

    number: int
    side: Side
    subject: Annotated[str, Personal]
    text: Annotated[str, Personal]
    attachments: tuple[Attached, ...] = ()


@message
class Accepted(Dated):
    """The establishment takes the person."""

    warned_by: WarnedBy | None
    convention: str | None


@message
class Rejected(Dated):
    """The establishment does not take the person."""

    kind: RejectionKind
    reason: Annotated[str | None, Personal] = None
    warned_by: WarnedBy | None = None


@message
class ConventionLinked(Dated):
    """A convention came of the discussion, whatever was answered before."""

    convention: str


@message
class Reminded(Dated):
    """Somebody was reminded of the discussion."""

    of: Reminder


@message
class BecameObsolete(Dated):
    """Nobody ever answered."""


@message
class MessagesRedacted(Dated):
    """Whoever keeps these messages and their documents must delete them now; they are no longer shown here."""

    numbers: tuple[int, ...]
    references: tuple[str, ...]


DiscussionEvent = (
    Opened | Written | Accepted | Rejected | ConventionLinked | Reminded | BecameObsolete | MessagesRedacted
)
