"""Who is told what of a PASS IAE: what is asked of prescribers, and what they answer (les-emplois §5.5, §9.2)."""

from collections.abc import Sequence
from typing import assert_never

from application.notifications.notice import Told
from application.notifications.templates import Template
from domain.pass_iae import PassIaeEvent
from domain.pass_iae.events import (
    Cancelled,
    DeletionAsked,
    Ended,
    HireServed,
    Issued,
    PrescriberReminded,
    ProlongationChanged,
    ProlongationDeleted,
    ProlongationDenied,
    ProlongationGranted,
    ProlongationRequestDeleted,
    ProlongationRequested,
    Prolonged,
    StartMoved,
    SuspensionChanged,
    SuspensionCut,
    SuspensionDeclared,
    SuspensionDeleted,
    SuspensionEnded,
    Terminated,
)
from domain.pass_iae.state import PassIae, ProlongationRequest
from projections.notifications.tellings import to_candidate, to_professional, to_professional_and_colleagues

_Answer = ProlongationGranted | ProlongationDenied


def pass_iae(event: PassIaeEvent, case: PassIae) -> Sequence[Told]:
    """What is told of an event, given the PASS right after it. That it is issued, the application tells."""
    match event:
        case ProlongationRequested():
            asked = (event.prescriber, event.organisation, event.company)
            return [to_professional(Template.PROLONGATION_REQUESTED, *asked)]
        case PrescriberReminded():
            return [_reminded(each) for each in _requests(case, event.number)]
        case ProlongationGranted() | ProlongationDenied():
            return [told for each in _requests(case, event.number) for told in _answered(event, each)]
        case (
            Issued()
            | HireServed()
            | StartMoved()
            | Terminated()
            | Cancelled()
            | DeletionAsked()
            | Ended()
            | SuspensionDeclared()
            | SuspensionChanged()
            | SuspensionCut()
            | SuspensionDeleted()
            | SuspensionEnded()
            | Prolonged()
            | ProlongationChanged()
            | ProlongationDeleted()
            | ProlongationRequestDeleted()
        ):
            return []
        case _:
            assert_never(event)


def _requests(case: PassIae, number: int) -> Sequence[ProlongationRequest]:
    return [request for request in case.requests if request.number == number]


def _reminded(request: ProlongationRequest) -> Told:
    return to_professional_and_colleagues(
        Template.PROLONGATION_REMINDED, request.prescriber, request.organisation, request.company
    )


def _answered(event: _Answer, request: ProlongationRequest) -> Sequence[Told]:
    """Told to whoever asked, and to the person."""
    for_employer, for_candidate = _templates(event)
    return [
        to_professional(for_employer, request.requested_by, request.company, request.organisation),
        to_candidate(for_candidate, request.organisation),
    ]


def _templates(event: _Answer) -> tuple[Template, Template]:
    match event:
        case ProlongationGranted():
            return Template.PROLONGATION_GRANTED_FOR_EMPLOYER, Template.PROLONGATION_GRANTED_FOR_CANDIDATE
        case ProlongationDenied():
            return Template.PROLONGATION_DENIED_FOR_EMPLOYER, Template.PROLONGATION_DENIED_FOR_CANDIDATE
        case _:
            assert_never(event)
