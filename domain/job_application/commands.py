"""What can be asked of an application."""

from datetime import date
from typing import Annotated

from domain.job_application.codes import PriorActionKind, RefusalReason
from domain.job_application.terms import HireTerms
from domain.journey import message
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class Submit:
    """Send an application to a company. No job description makes it spontaneous.

    `confirmed` answers the question asked when this company already had an application of this person.
    """

    company: OrganisationId
    message: Annotated[str | None, Personal] = None
    #: An opaque reference to a document kept elsewhere.
    cv: str | None = None
    job_descriptions: tuple[str, ...] = ()
    #: Who accompanies the person, in the sending organisation; None is unknown.
    advisor: Subject | None = None
    confirmed: bool = False


@message
class TransferExternally:
    """Send a refused application on to a company one is not a member of: opens a new application, linked to it.

    The message and the CV are those of the refused application unless given.
    """

    #: The refused application, as `job-application-2`.
    application: str
    company: OrganisationId
    message: Annotated[str | None, Personal] = None
    cv: str | None = None
    job_descriptions: tuple[str, ...] = ()
    advisor: Subject | None = None
    confirmed: bool = False


@message
class DeclareHire(HireTerms):
    """Declare a hire by the acting company that no application announced (les-emplois §4.4)."""

    advisor: Subject | None = None


@message
class StartProcessing:
    """Say that the application is being studied."""


@message
class Postpone:
    """Put the application on hold."""

    answer: Annotated[str | None, Personal] = None


@message
class AddToPool:
    """Keep the application in the company's pool of candidates."""

    answer: Annotated[str | None, Personal] = None


@message
class AddPriorAction:
    """Plan an action before hiring; days are inclusive."""

    kind: PriorActionKind
    starts_on: date
    ends_on: date


@message
class ChangePriorAction:
    """Correct a prior action."""

    number: int
    kind: PriorActionKind
    starts_on: date
    ends_on: date


@message
class DeletePriorAction:
    """Give up a prior action; with the last one the application is studied again."""

    number: int


@message
class Refuse:
    """Say no to the person, and to the prescriber who sent them."""

    reason: RefusalReason
    #: Whether the person is told the reason.
    shared: bool
    answer: Annotated[str, Personal]
    answer_to_prescriber: Annotated[str | None, Personal] = None


@message
class RefuseAutomatically:
    """Refuse for lack of an answer."""


@message
class Accept(HireTerms):
    """Hire the person."""

    answer: Annotated[str | None, Personal] = None
    advisor: Subject | None = None


@message
class ChangeHiringDates:
    """Move a hire that has not started."""

    starts_on: date
    ends_on: date | None = None


@message
class CancelHire:
    """Say that the hire does not take place."""


@message
class RecordPass:
    """Say under which PASS IAE the hire stands; None once that PASS is cancelled."""

    pass_iae: str | None


@message
class RefuseDelivery:
    """Say that no PASS IAE is delivered for this hire."""


@message
class RenderObsolete:
    """Close an application because another one led to a hire."""

    #: The accepted application, as `job-application-2`.
    because_of: str


@message
class Transfer:
    """Move the application to another company one is a member of."""

    to: OrganisationId


@message
class RecordExternalTransfer:
    """Note on a refused application that it was sent on."""

    #: The new application, as `job-application-3`.
    application: str
    to: OrganisationId


@message
class Reset:
    """Make an obsolete application new again."""


@message
class Archive:
    """Put a closed application away."""


@message
class ArchiveAutomatically:
    """Put away an application that nobody touches any more."""


@message
class Unarchive:
    """Take an application out of the archive."""


@message
class AddComment:
    """Write a comment that only the company reads; 2000 characters at most."""

    text: Annotated[str, Personal]


@message
class DeleteComment:
    """Withdraw one's own comment."""

    number: int


OpeningCommand = Submit | TransferExternally | DeclareHire
AnsweringCommand = StartProcessing | Postpone | AddToPool | Refuse | RefuseAutomatically
HiringCommand = Accept | ChangeHiringDates | CancelHire
DeliveryCommand = RecordPass | RefuseDelivery
PriorActionCommand = AddPriorAction | ChangePriorAction | DeletePriorAction
MovingCommand = RenderObsolete | Transfer | RecordExternalTransfer | Reset
KeepingCommand = Archive | ArchiveAutomatically | Unarchive | AddComment | DeleteComment

JobApplicationCommand = (
    OpeningCommand
    | AnsweringCommand
    | HiringCommand
    | DeliveryCommand
    | PriorActionCommand
    | MovingCommand
    | KeepingCommand
)
