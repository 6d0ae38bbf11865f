"""What can be asked of a PASS IAE."""

from datetime import date
from typing import Annotated

from domain.iae.right import SuspensionReason
from domain.journey import message
from domain.pass_iae.codes import DenialReason, Origin, ProlongationReason, ProposedAction
from domain.vocabulary import OrganisationId, Personal, Subject


@message
class Issue:
    """Issue a PASS, because a SIAE hires a person who has none (les-emplois §4.7, step 3c)."""

    #: The accepted application, as `job-application-3`.
    application: str
    starts_on: date
    #: The diagnosis on which the company hires, as `eligibility-check-1`.
    diagnosis: str | None
    company: OrganisationId
    company_kinds: tuple[str, ...]
    sender_kind: str
    #: Kinds of the prescriber organisation that sent the person; empty if none.
    sender_kinds: tuple[str, ...]


@message
class DeliverByHand:
    """Issue a PASS for a hire of somebody whose numbers were not known (les-emplois §4.7, manual delivery)."""

    application: str
    starts_on: date
    diagnosis: str | None
    company: OrganisationId
    company_kinds: tuple[str, ...]
    sender_kind: str
    sender_kinds: tuple[str, ...]
    #: A number given elsewhere; never one of the platform's own, which are drawn.
    number: Annotated[str | None, Personal] = None


@message
class RecordRight:
    """Record a PASS that was issued elsewhere, with the number and the days that it has there."""

    number: Annotated[str, Personal]
    starts_on: date
    ends_on: date
    origin: Origin
    application: str | None = None
    diagnosis: str | None = None
    company: OrganisationId | None = None
    company_kinds: tuple[str, ...] = ()
    sender_kind: str | None = None
    sender_kinds: tuple[str, ...] = ()


@message
class ServeHire:
    """Let a hire use the PASS: pull an earlier start, end a suspension that a new hire lifts."""

    application: str
    starts_on: date
    #: The company that hires, which has the PASS in its care from now on.
    company: OrganisationId | None = None


@message
class MoveStart:
    """Move a PASS that has not started to the day its first hire starts."""

    starts_on: date


@message
class CorrectStart:
    """Correct the first day; the last one moves by as many days."""

    starts_on: date


@message
class Terminate:
    """End the PASS today."""


@message
class Cancel:
    """Withdraw the PASS: its number is never used again."""

    #: The hire that was cancelled, as `job-application-3`; None if staff decides.
    because_of: str | None = None


@message
class AskForDeletion:
    """Ask staff to withdraw a PASS that was suspended for more than a year."""


@message
class RecordEnd:
    """Tell that the last day of the PASS is over."""


@message
class Suspend:
    """Pause the PASS; both days are inclusive. No end means the longest suspension possible."""

    reason: SuspensionReason
    starts_on: date
    ends_on: date | None = None
    explanation: Annotated[str | None, Personal] = None


@message
class ChangeSuspension:
    """Correct the suspension in progress."""

    number: int
    reason: SuspensionReason
    starts_on: date
    ends_on: date | None = None
    explanation: Annotated[str | None, Personal] = None


@message
class DeleteSuspension:
    """Withdraw the suspension in progress: it never was."""

    number: int


@message
class ReturnToWork:
    """End the suspension in progress on the eve of a day."""

    number: int
    #: The first day back.
    on: date


@message
class RecordSuspensionEnd:
    """Tell that the last day of a suspension is over."""

    number: int


@message
class Prolong:
    """Prolong the PASS from its last day, for a reason that needs nobody's opinion."""

    reason: ProlongationReason
    ends_on: date


@message
class ChangeProlongation:
    """Correct the end of a prolongation."""

    number: int
    ends_on: date


@message
class DeleteProlongation:
    """Withdraw a prolongation: it never was."""

    number: int


@message
class RequestProlongation:
    """Ask an authorised prescriber to prolong the PASS."""

    reason: ProlongationReason
    ends_on: date
    #: The prescriber organisation asked, and whom in it.
    organisation: OrganisationId
    prescriber: Subject
    #: An opaque reference to the report of an association intermédiaire.
    report: str | None = None
    interview_by_phone: bool = False
    contact_email: Annotated[str | None, Personal] = None
    contact_phone: Annotated[str | None, Personal] = None


@message
class GrantProlongation:
    """Say yes to a request."""

    number: int


@message
class DenyProlongation:
    """Say no to a request, and why. Actions are proposed if the IAE no longer suits the person, and only then."""

    number: int
    reason: DenialReason
    explanation: Annotated[str, Personal]
    proposed_actions: tuple[ProposedAction, ...] = ()
    proposed_actions_explanation: Annotated[str | None, Personal] = None


@message
class RemindPrescriber:
    """Remind the prescriber, and colleagues, of a request that waits."""

    number: int


@message
class DeleteProlongationRequest:
    """Withdraw a request."""

    number: int


OpeningCommand = Issue | DeliverByHand | RecordRight
HireCommand = ServeHire | MoveStart
StaffCommand = CorrectStart | Terminate
ClosingCommand = Cancel | AskForDeletion | RecordEnd
MovingCommand = HireCommand | StaffCommand | ClosingCommand
SuspensionCommand = Suspend | ChangeSuspension | DeleteSuspension | ReturnToWork | RecordSuspensionEnd
ProlongationCommand = Prolong | ChangeProlongation | DeleteProlongation
RequestCommand = (
    RequestProlongation | GrantProlongation | DenyProlongation | RemindPrescriber | DeleteProlongationRequest
)

PassIaeCommand = OpeningCommand | MovingCommand | SuspensionCommand | ProlongationCommand | RequestCommand
