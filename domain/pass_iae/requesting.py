"""What a company asks of an authorised prescriber, and what is answered (les-emplois §5.5)."""

from collections.abc import Sequence
from typing import assert_never

from domain.journey import Context
from domain.pass_iae.codes import DenialReason, ProposedAction, RequestStage
from domain.pass_iae.commands import (
    DeleteProlongationRequest,
    DenyProlongation,
    GrantProlongation,
    RemindPrescriber,
    RequestCommand,
    RequestProlongation,
)
from domain.pass_iae.events import (
    PassIaeEvent,
    PrescriberReminded,
    ProlongationDenied,
    ProlongationGranted,
    ProlongationRequestDeleted,
    ProlongationRequested,
    Prolonged,
)
from domain.pass_iae.prolonging import EXTENSION_RULES, GRANTING_RULES, Extension, insist
from domain.pass_iae.refusals import (
    ActionsMisplaced,
    ActionsNeeded,
    AlreadyAnswered,
    CannotBeAsked,
    ContactNeeded,
    ExplanationNeeded,
    NoOpinionNeeded,
    NoSuchRequest,
    NotAsked,
    NotDue,
    PrescriberNotThere,
    ReportNotAllowed,
)
from domain.pass_iae.standing import check_hired
from domain.pass_iae.state import PassIae, ProlongationRequest
from domain.pass_iae.table import next_reminder
from domain.pass_iae.terms import AI, TERMS
from domain.vocabulary import Family


def requested(command: RequestCommand, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """What a request records, its answer, or the waiting for it."""
    if isinstance(command, RequestProlongation):
        return [_asked(command, case, context)]
    request = _waiting(case, command.number)
    match command:
        case GrantProlongation():
            return _granted(request, case, context)
        case DenyProlongation():
            return [_denied(command, request, context)]
        case RemindPrescriber():
            day = next_reminder(request)
            if day is None or context.today < day:
                context.insist(NotDue())
            return [PrescriberReminded(number=request.number, on=context.today)]
        case DeleteProlongationRequest():
            return [ProlongationRequestDeleted(number=request.number)]
        case _:
            assert_never(command)


def _waiting(case: PassIae, number: int) -> ProlongationRequest:
    """The request, as long as it has no answer: an answer is final, whichever it was."""
    request = next((each for each in case.requests if each.number == number), None)
    if request is None:
        raise NoSuchRequest(number=number)
    if request.stage is not RequestStage.PENDING:
        raise AlreadyAnswered(stage=request.stage)
    return request


def _asked(command: RequestProlongation, case: PassIae, context: Context) -> ProlongationRequested:
    check_hired(context)
    if not TERMS[command.reason].needs_opinion:
        context.insist(NoOpinionNeeded())
    extension = Extension.next_to(case, command, context)
    insist(EXTENSION_RULES, extension)
    _check_asked(command, context)
    if command.report is not None and AI not in extension.kinds:
        context.insist(ReportNotAllowed())
    if command.interview_by_phone and not (command.contact_email and command.contact_phone):
        context.insist(ContactNeeded())
    return ProlongationRequested(
        number=case.last_request + 1,
        requested_on=context.today,
        reason=command.reason,
        starts_on=case.ends_on,
        ends_on=command.ends_on,
        company=context.acting.id if context.acting else None,
        company_kinds=tuple(extension.kinds),
        requested_by=context.actor.subject,
        organisation=command.organisation,
        prescriber=command.prescriber,
        report=command.report,
        interview_by_phone=command.interview_by_phone,
        contact_email=command.contact_email,
        contact_phone=command.contact_phone,
    )


def _check_asked(command: RequestProlongation, context: Context) -> None:
    asked = context.organisations.get(command.organisation)
    able = asked is not None and asked.active and asked.authorised and Family.PRESCRIBER in asked.families
    if not able:
        context.insist(CannotBeAsked(organisation=command.organisation))
    if command.prescriber not in context.members.get(command.organisation, ()):
        context.insist(PrescriberNotThere(organisation=command.organisation))


def _check_answers(request: ProlongationRequest, context: Context) -> None:
    """Any member of the organisation asked answers, not only the one who was named."""
    if context.acting is None or context.acting.id != request.organisation:
        context.insist(NotAsked())


def _granted(request: ProlongationRequest, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """As many days as were asked for, from what is the last day now: it may have moved since."""
    _check_answers(request, context)
    extension = Extension(
        reason=request.reason,
        starts_on=case.ends_on,
        ends_on=case.ends_on + (request.ends_on - request.starts_on),
        case=case,
        others=case.prolongations,
        context=context,
    )
    insist(GRANTING_RULES, extension)
    granted = ProlongationGranted(number=request.number, on=context.today, by=context.actor.subject)
    prolonged = Prolonged(
        number=case.last_prolongation + 1,
        declared_on=context.today,
        reason=request.reason,
        starts_on=extension.starts_on,
        ends_on=extension.ends_on,
        company=request.company,
        request=request.number,
        validated_by=context.actor.subject,
        validated_in=request.organisation,
        pass_ends_on=extension.ends_on,
    )
    return [granted, prolonged]


def _denied(command: DenyProlongation, request: ProlongationRequest, context: Context) -> ProlongationDenied:
    _check_answers(request, context)
    if not command.explanation.strip():
        context.insist(ExplanationNeeded())
    proposes = bool(command.proposed_actions), bool((command.proposed_actions_explanation or "").strip())
    if command.reason is DenialReason.IAE and not all(proposes):
        context.insist(ActionsNeeded())
    if command.reason is not DenialReason.IAE and any(proposes):
        context.insist(ActionsMisplaced())
    return ProlongationDenied(
        number=request.number,
        on=context.today,
        by=context.actor.subject,
        reason=command.reason,
        explanation=command.explanation,
        proposed_actions=tuple(action for action in ProposedAction if action in command.proposed_actions),
        proposed_actions_explanation=command.proposed_actions_explanation,
    )
