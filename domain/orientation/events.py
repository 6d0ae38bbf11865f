"""What can have happened to an orientation."""

from datetime import date
from typing import Annotated

from domain.journey import message
from domain.orientation.codes import Addressee, RefusalReason
from domain.orientation.form import Form
from domain.vocabulary import OrganisationId, Personal


@message
class Sent(Form):
    """The person was sent to the service, and the commitment to protect their data was given."""

    sender: OrganisationId
    #: The day in Paris, as in every event here.
    on: date
    #: What was ticked on the form, one label per line; None if nothing was.
    situation: Annotated[str | None, Personal]
    requirements: Annotated[str | None, Personal]


@message
class DocumentAttached:
    """A document came with the orientation."""

    reference: str
    name: Annotated[str, Personal]
    size: int


@message
class HeldForModeration:
    """The sending structure was not authorised that day: the receiving one does not know of the orientation yet."""


@message
class ReleasedFromModeration:
    """The orientation reached the receiving structure: its clocks start here (dora §5.11)."""

    on: date


@message
class RejectedByModeration:
    """The orientation will never reach the receiving structure."""

    on: date


@message
class Accepted:
    """The receiving structure took the person."""

    on: date
    message_to_beneficiary: Annotated[str, Personal]
    message_to_prescriber: Annotated[str, Personal]


@message
class Refused:
    """The receiving structure did not take the person. Reasons in the order of the list, each once."""

    on: date
    reasons: tuple[RefusalReason, ...]
    message: Annotated[str, Personal]


@message
class MessageSent:
    """The receiving structure wrote to somebody."""

    recipient: Addressee
    copies: tuple[Addressee, ...]


@message
class StartConfirmed:
    """The service began on that day: the orientation was honoured (impact §2.5)."""

    on: date


@message
class StartCorrected:
    """The service began on that day, not on the one that was said before."""

    on: date


@message
class StartCancelled:
    """The service had not begun."""


@message
class Reminded:
    """The receiving structure was reminded of the orientation."""

    on: date


@message
class Expired:
    """Nobody answered in time."""

    on: date


@message
class AttachmentsPurged:
    """Whoever keeps these documents must delete them now."""

    references: tuple[str, ...]


OrientationEvent = (
    Sent
    | DocumentAttached
    | HeldForModeration
    | ReleasedFromModeration
    | RejectedByModeration
    | Accepted
    | Refused
    | MessageSent
    | StartConfirmed
    | StartCorrected
    | StartCancelled
    | Reminded
    | Expired
    | AttachmentsPurged
)
