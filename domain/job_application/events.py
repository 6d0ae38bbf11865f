"""What can have happened to an application."""

from datetime import date, datetime
from typing import Annotated

from domain.job_application.codes import Delivery, Origin, PriorActionKind, RefusalReason, SenderKind
from domain.job_application.terms import HireTerms
from domain.journey import message
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class Dated:
    """When it happened, because an application's deadlines count from it."""

    at: datetime


@message
class Submitted(Dated):
    """The application reached the company."""

    company: OrganisationId
    #: Codes of the company's kinds on that day.
    company_kinds: tuple[str, ...]
    #: None when the person who sent it is no longer known (imports).
    sender: Subject | None
    sender_kind: SenderKind
    #: None for a candidate, and for a prescriber without an organisation (imports).
    sender_organisation: OrganisationId | None = None
    message: Annotated[str | None, Personal] = None
    cv: str | None = None
    job_descriptions: tuple[str, ...] = ()
    advisor: Subject | None = None
    origin: Origin = Origin.DEFAULT
    #: Whether the sender was an authorised prescriber on that day.
    sender_authorised: bool = False
    #: Codes of the kinds of the prescriber that sent the person, authorised or not.
    sender_kinds: tuple[str, ...] = ()
    #: The refused application that this one continues elsewhere.
    transferred_from: str | None = None


@message
class ProcessingStarted(Dated):
    """The company studies the application."""


@message
class Postponed(Dated):
    """The company put the application on hold."""

    answer: Annotated[str | None, Personal] = None


@message
class AddedToPool(Dated):
    """The company keeps the application in its pool."""

    answer: Annotated[str | None, Personal] = None


@message
class MovedToPriorToHire(Dated):
    """Actions before hiring have begun to be planned."""


@message
class PriorToHireCancelled(Dated):
    """No prior action is left: the company studies the application again."""


@message
class Refused(Dated):
    """The company, or time, said no."""

    reason: RefusalReason
    shared: bool
    answer: Annotated[str | None, Personal] = None
    answer_to_prescriber: Annotated[str | None, Personal] = None


@message
class Accepted(HireTerms):
    """The company hires the person."""

    at: datetime
    answer: Annotated[str | None, Personal] = None
    advisor: Subject | None = None
    #: The diagnosis on which the company hires, as `eligibility-check-1`.
    diagnosis: str | None = None
    #: The valid PASS IAE that is used again, as `pass-iae-1`.
    pass_iae: str | None = None
    #: How the person gets their PASS; None where none is due.
    delivery: Delivery | None = None


@message
class PassRecorded(Dated):
    """The hire stands under a PASS IAE."""

    pass_iae: str


@message
class PassLost(Dated):
    """The PASS IAE of the hire was cancelled."""


@message
class DeliveryRefused(Dated):
    """Staff delivers no PASS IAE for this hire."""

    by: Subject


@message
class HireCancelled(Dated):
    """The hire does not take place."""


@message
class RenderedObsolete(Dated):
    """The person was hired through another application."""

    because_of: str


@message
class Transferred(Dated):
    """The application moved to another company."""

    from_company: OrganisationId
    to: OrganisationId
    #: Codes of the new company's kinds on that day.
    to_kinds: tuple[str, ...]
    by: Subject


@message
class Reopened(Dated):
    """An obsolete application is new again."""


@message
class TransferredExternally(Dated):
    """The refused application was sent on to another company, as a new application."""

    application: str
    to: OrganisationId


@message
class HiringDatesChanged(Dated):
    """The hire moved."""

    starts_on: date
    ends_on: date | None


@message
class PriorActionAdded(Dated):
    """An action before hiring is planned."""

    number: int
    kind: PriorActionKind
    starts_on: date
    ends_on: date


@message
class PriorActionChanged(Dated):
    """A prior action was corrected."""

    number: int
    kind: PriorActionKind
    starts_on: date
    ends_on: date


@message
class PriorActionDeleted(Dated):
    """A prior action was given up."""

    number: int


@message
class Archived(Dated):
    """The application was put away."""

    #: None when time did it.
    by: Subject | None


@message
class Unarchived(Dated):
    """The application was taken out of the archive."""


@message
class Commented(Dated):
    """A member of the company wrote a comment."""

    number: int
    author: Subject
    text: Annotated[str, Personal]


@message
class CommentDeleted(Dated):
    """The author withdrew a comment."""

    number: int


#: What moves an application from one stage to another (les-emplois §4.3).
Transition = (
    ProcessingStarted
    | Postponed
    | AddedToPool
    | MovedToPriorToHire
    | PriorToHireCancelled
    | Refused
    | Accepted
    | HireCancelled
    | RenderedObsolete
    | Transferred
    | Reopened
)
PassEvent = PassRecorded | PassLost | DeliveryRefused
PriorActionEvent = PriorActionAdded | PriorActionChanged | PriorActionDeleted
CommentEvent = Commented | CommentDeleted
ArchiveEvent = Archived | Unarchived

JobApplicationEvent = (
    Submitted
    | Transition
    | TransferredExternally
    | HiringDatesChanged
    | PassEvent
    | PriorActionEvent
    | CommentEvent
    | ArchiveEvent
)
