"""What can be asked of an orientation."""

from datetime import date
from typing import Annotated

from domain.journey import message
from domain.orientation.codes import Addressee, RefusalReason
from domain.orientation.form import Attachment, Form
from domain.vocabulary import Personal


@message
class Send(Form):
    """Send a person to a service. What was ticked on the form is text, because each service words its own lists."""

    situation: tuple[Annotated[str, Personal], ...] = ()
    requirements: tuple[Annotated[str, Personal], ...] = ()
    attachments: tuple[Attachment, ...] = ()
    #: The directory says that the service takes orientations today (dora §4.10).
    service_orientable: bool
    #: The prescriber has informed the person and is committed to protecting their data.
    data_protection_commitment: bool


@message
class ReleaseFromModeration:
    """The sending structure has been approved."""


@message
class RejectByModeration:
    """The sending structure has been rejected. Why is said in the structure's own record."""


@message
class Accept:
    """Take the person. `#SERVICE_ADDRESS#` in a message stands for the address of the service (dora §5.8)."""

    message_to_beneficiary: Annotated[str, Personal]
    message_to_prescriber: Annotated[str, Personal]


@message
class Refuse:
    """Do not take the person, and say why."""

    reasons: tuple[RefusalReason, ...]
    message: Annotated[str, Personal]


@message
class RecordMessage:
    """Tell that the receiving structure wrote to somebody. What it wrote is not told (dora §5.9)."""

    recipient: Addressee
    copies: tuple[Addressee, ...] = ()


@message
class ConfirmStart:
    """The person came: the service began on that day."""

    on: date


@message
class CorrectStart:
    """The service began on another day than was said."""

    on: date


@message
class CancelStart:
    """The service did not begin: it was said by mistake."""


@message
class Remind:
    """Ten days of silence are over."""


@message
class Expire:
    """Thirty days of silence are over."""


@message
class PurgeAttachments:
    """Six months have passed since the acceptance."""


OrientationCommand = (
    Send
    | ReleaseFromModeration
    | RejectByModeration
    | Accept
    | Refuse
    | RecordMessage
    | ConfirmStart
    | CorrectStart
    | CancelStart
    | Remind
    | Expire
    | PurgeAttachments
)
