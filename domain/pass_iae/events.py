"""What can have happened to a PASS IAE.

What moves its last day says where to: how a day is counted may change, what was counted does not.
"""

from datetime import date
from typing import Annotated

from domain.iae.right import SuspensionReason
from domain.journey import message
from domain.pass_iae.codes import DenialReason, Origin, ProlongationReason, ProposedAction
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class Issued:
    """The person has a PASS. Both days are inclusive; where it comes from never changes (les-emplois §5.1)."""

    number: Annotated[str, Personal]
    starts_on: date
    ends_on: date
    origin: Origin
    #: As `job-application-3`; None if it is not known (imports).
    application: str | None = None
    diagnosis: str | None = None
    company: OrganisationId | None = None
    company_kinds: tuple[str, ...] = ()
    sender_kind: str | None = None
    sender_kinds: tuple[str, ...] = ()


@message
class HireServed:
    """Another hire uses the PASS."""

    application: str
    company: OrganisationId


@message
class EndMoved:
    """The last day of the PASS, after what happened."""

    pass_ends_on: date


@message
class StartMoved(EndMoved):
    """The PASS starts on another day."""

    starts_on: date


@message
class Terminated(EndMoved):
    """Staff ended the PASS. What was to come of its suspensions and prolongations does not."""


@message
class Cancelled:
    """The PASS was withdrawn; its number is never used again."""

    because_of: str | None = None


@message
class DeletionAsked:
    """The company asked staff to withdraw the PASS."""

    on: date


@message
class Ended:
    """The last day of the PASS is over."""

    #: Its last day.
    on: date


@message
class SuspensionDeclared(EndMoved):
    """The PASS is paused."""

    number: int
    #: The day on which it was declared: what the earliest start is counted from.
    declared_on: date
    reason: SuspensionReason
    starts_on: date
    ends_on: date
    explanation: Annotated[str | None, Personal] = None


@message
class SuspensionChanged(EndMoved):
    """A suspension was corrected."""

    number: int
    reason: SuspensionReason
    #: What it started on before.
    former_starts_on: date
    starts_on: date
    ends_on: date
    explanation: Annotated[str | None, Personal] = None


@message
class SuspensionCut(EndMoved):
    """A suspension ends earlier: the person is back at work, or hired anew."""

    number: int
    ends_on: date
    #: The hire that cut it.
    application: str | None = None


@message
class SuspensionDeleted(EndMoved):
    """A suspension never was."""

    number: int
    starts_on: date
    #: The hire that put itself in its place.
    application: str | None = None


@message
class SuspensionEnded:
    """The last day of a suspension is over."""

    number: int
    #: Its last day.
    on: date


@message
class Prolonged(EndMoved):
    """The PASS lasts longer. Its last day becomes the first of the prolongation: both share it (les-emplois §5.5)."""

    number: int
    declared_on: date
    reason: ProlongationReason
    starts_on: date
    ends_on: date
    #: The company that declared or asked; None if staff did, or if it is not known.
    company: OrganisationId | None = None
    #: The request that was granted, by whom, in which organisation.
    request: int | None = None
    validated_by: Subject | None = None
    validated_in: OrganisationId | None = None


@message
class ProlongationChanged(EndMoved):
    """A prolongation was corrected."""

    number: int
    ends_on: date


@message
class ProlongationDeleted(EndMoved):
    """A prolongation never was."""

    number: int
    #: When it was declared.
    declared_on: date


@message
class ProlongationRequested:
    """A company asked an authorised prescriber to prolong the PASS."""

    number: int
    requested_on: date
    reason: ProlongationReason
    starts_on: date
    ends_on: date
    #: None if it is not known (imports).
    company: OrganisationId | None
    company_kinds: tuple[str, ...]
    requested_by: Subject
    organisation: OrganisationId
    prescriber: Subject
    report: str | None = None
    interview_by_phone: bool = False
    contact_email: Annotated[str | None, Personal] = None
    contact_phone: Annotated[str | None, Personal] = None


@message
class PrescriberReminded:
    """The prescriber and colleagues were reminded of a request that waits."""

    number: int
    on: date


@message
class ProlongationGranted:
    """The prescriber said yes."""

    number: int
    on: date
    by: Subject


@message
class ProlongationDenied:
    """The prescriber said no."""

    number: int
    on: date
    by: Subject
    reason: DenialReason
    explanation: Annotated[str, Personal]
    proposed_actions: tuple[ProposedAction, ...] = ()
    proposed_actions_explanation: Annotated[str | None, Personal] = None


@message
class ProlongationRequestDeleted:
    """A request was withdrawn."""

    number: int


RightEvent = HireServed | StartMoved | Terminated | Cancelled | DeletionAsked | Ended
SuspensionEvent = SuspensionDeclared | SuspensionChanged | SuspensionCut | SuspensionDeleted | SuspensionEnded
ProlongationEvent = Prolonged | ProlongationChanged | ProlongationDeleted
RequestEvent = (
    ProlongationRequested | PrescriberReminded | ProlongationGranted | ProlongationDenied | ProlongationRequestDeleted
)

PassIaeEvent = Issued | RightEvent | SuspensionEvent | ProlongationEvent | RequestEvent
