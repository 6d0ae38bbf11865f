"""How events change a PASS IAE: never refuses, whatever the rules have become since."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TypeVar, assert_never

from domain.evolving import replace
from domain.iae.right import Suspension
from domain.pass_iae.codes import RequestStage
from domain.pass_iae.events import (
    Cancelled,
    DeletionAsked,
    Ended,
    HireServed,
    Issued,
    PassIaeEvent,
    PrescriberReminded,
    ProlongationChanged,
    ProlongationDeleted,
    ProlongationDenied,
    ProlongationEvent,
    ProlongationGranted,
    ProlongationRequestDeleted,
    ProlongationRequested,
    Prolonged,
    RequestEvent,
    RightEvent,
    StartMoved,
    SuspensionChanged,
    SuspensionCut,
    SuspensionDeclared,
    SuspensionDeleted,
    SuspensionEnded,
    SuspensionEvent,
    Terminated,
)
from domain.pass_iae.state import DeclaredSuspension, PassIae, Prolongation, ProlongationRequest

Numbered = TypeVar("Numbered", Suspension, DeclaredSuspension, Prolongation, ProlongationRequest)


def evolve(case: PassIae, event: PassIaeEvent) -> PassIae:
    """The PASS after an event."""
    if isinstance(event, Issued):
        return _issued(event)
    if isinstance(event, RightEvent):
        return _right(case, event)
    if isinstance(event, SuspensionEvent):
        return _suspension(case, event)
    if isinstance(event, ProlongationEvent):
        return _prolongation(case, event)
    if isinstance(event, RequestEvent):
        return _request(case, event)
    assert_never(event)


def _issued(event: Issued) -> PassIae:
    return PassIae(
        number=event.number,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        origin=event.origin,
        issued_for=event.application,
        diagnosis=event.diagnosis,
        company=event.company,
        company_kinds=event.company_kinds,
        sender_kind=event.sender_kind,
        sender_kinds=event.sender_kinds,
        companies=(event.company,) if event.company else (),
    )


def _right(case: PassIae, event: RightEvent) -> PassIae:
    match event:
        case HireServed():
            others = tuple(company for company in case.companies if company != event.company)
            return replace(case, companies=(*others, event.company))
        case StartMoved():
            return replace(case, starts_on=event.starts_on, ends_on=event.pass_ends_on)
        case Terminated():
            return _terminated(case, event.pass_ends_on)
        case Cancelled():
            return replace(case, cancelled=True)
        case DeletionAsked():
            return replace(case, deletion_asked_on=event.on)
        case Ended():
            return replace(case, ended_on=event.on)
        case _:
            assert_never(event)


def _terminated(case: PassIae, on: date) -> PassIae:
    """What is to come goes, what is in progress stops."""
    suspensions = tuple(
        replace(each, ends_on=min(each.ends_on, on)) for each in case.suspensions if each.starts_on <= on
    )
    prolongations = tuple(
        replace(each, ends_on=min(each.ends_on, on)) for each in case.prolongations if each.starts_on < on
    )
    return replace(case, ends_on=on, suspensions=suspensions, prolongations=prolongations)


def _suspension(case: PassIae, event: SuspensionEvent) -> PassIae:
    match event:
        case SuspensionDeclared():
            return _declared(case, event)
        case SuspensionChanged():
            changed = _changed(
                case.suspensions,
                event.number,
                lambda each: replace(
                    each,
                    reason=event.reason,
                    starts_on=event.starts_on,
                    ends_on=event.ends_on,
                    explanation=event.explanation,
                ),
            )
            return replace(case, suspensions=changed, ends_on=event.pass_ends_on)
        case SuspensionCut():
            cut = _changed(case.suspensions, event.number, lambda each: replace(each, ends_on=event.ends_on))
            return replace(case, suspensions=cut, ends_on=event.pass_ends_on)
        case SuspensionDeleted():
            return replace(case, suspensions=_without(case.suspensions, event.number), ends_on=event.pass_ends_on)
        case SuspensionEnded():
            ended = _changed(case.suspensions, event.number, lambda each: replace(each, ended_on=event.on))
            return replace(case, suspensions=ended)
        case _:
            assert_never(event)


def _declared(case: PassIae, event: SuspensionDeclared) -> PassIae:
    declared = DeclaredSuspension(
        number=event.number,
        reason=event.reason,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        declared_on=event.declared_on,
        explanation=event.explanation,
    )
    return replace(
        case,
        suspensions=(*case.suspensions, declared),
        last_suspension=max(case.last_suspension, event.number),
        ends_on=event.pass_ends_on,
    )


def _prolongation(case: PassIae, event: ProlongationEvent) -> PassIae:
    moved = replace(case, ends_on=event.pass_ends_on)
    match event:
        case Prolonged():
            prolongations = (*case.prolongations, _prolonged(event))
            return replace(
                moved, prolongations=prolongations, last_prolongation=max(case.last_prolongation, event.number)
            )
        case ProlongationChanged():
            changed = _changed(case.prolongations, event.number, lambda each: replace(each, ends_on=event.ends_on))
            return replace(moved, prolongations=changed)
        case ProlongationDeleted():
            return replace(moved, prolongations=_without(case.prolongations, event.number))
        case _:
            assert_never(event)


def _prolonged(event: Prolonged) -> Prolongation:
    return Prolongation(
        number=event.number,
        reason=event.reason,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        declared_on=event.declared_on,
        company=event.company,
        request=event.request,
        validated_by=event.validated_by,
        validated_in=event.validated_in,
    )


def _request(case: PassIae, event: RequestEvent) -> PassIae:
    match event:
        case ProlongationRequested():
            requests = (*case.requests, _requested(event))
            return replace(case, requests=requests, last_request=max(case.last_request, event.number))
        case PrescriberReminded():
            return _with_request(case, event.number, lambda each: replace(each, last_reminder_on=event.on))
        case ProlongationGranted():
            granted = partial(replace, stage=RequestStage.GRANTED, decided_on=event.on, decided_by=event.by)
            return _with_request(case, event.number, granted)
        case ProlongationDenied():
            return _with_request(case, event.number, _denied(event))
        case ProlongationRequestDeleted():
            return replace(case, requests=_without(case.requests, event.number))
        case _:
            assert_never(event)


def _denied(event: ProlongationDenied) -> Callable[[ProlongationRequest], ProlongationRequest]:
    return partial(
        replace,
        stage=RequestStage.DENIED,
        decided_on=event.on,
        decided_by=event.by,
        denial_reason=event.reason,
        explanation=event.explanation,
        proposed_actions=event.proposed_actions,
        proposed_actions_explanation=event.proposed_actions_explanation,
    )


def _requested(event: ProlongationRequested) -> ProlongationRequest:
    return ProlongationRequest(
        number=event.number,
        requested_on=event.requested_on,
        reason=event.reason,
        starts_on=event.starts_on,
        ends_on=event.ends_on,
        company=event.company,
        company_kinds=event.company_kinds,
        requested_by=event.requested_by,
        organisation=event.organisation,
        prescriber=event.prescriber,
        report=event.report,
        interview_by_phone=event.interview_by_phone,
        contact_email=event.contact_email,
        contact_phone=event.contact_phone,
    )


def _with_request(case: PassIae, number: int, change: Callable[[ProlongationRequest], ProlongationRequest]) -> PassIae:
    return replace(case, requests=_changed(case.requests, number, change))


def _changed(those: tuple[Numbered, ...], number: int, change: Callable[[Numbered], Numbered]) -> tuple[Numbered, ...]:
    return tuple(change(each) if each.number == number else each for each in those)


def _without(those: tuple[Numbered, ...], number: int) -> tuple[Numbered, ...]:
    return tuple(each for each in those if each.number != number)
