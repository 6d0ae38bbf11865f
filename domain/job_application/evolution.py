"""How events move an application: never refuses, whatever the rules have become since."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final, assert_never

from domain.evolving import replace
from domain.job_application.codes import PROCESSED, Stage
from domain.job_application.events import (
    Accepted,
    AddedToPool,
    Archived,
    ArchiveEvent,
    CommentDeleted,
    Commented,
    CommentEvent,
    DeliveryRefused,
    HireCancelled,
    HiringDatesChanged,
    JobApplicationEvent,
    MovedToPriorToHire,
    PassEvent,
    PassLost,
    PassRecorded,
    Postponed,
    PriorActionAdded,
    PriorActionChanged,
    PriorActionDeleted,
    PriorActionEvent,
    PriorToHireCancelled,
    ProcessingStarted,
    Refused,
    RenderedObsolete,
    Reopened,
    Submitted,
    Transferred,
    TransferredExternally,
    Transition,
    Unarchived,
)
from domain.job_application.state import Comment, JobApplication, Move, PriorAction
from domain.job_application.terms import HireTerms, terms_of

LEADS_TO: Final[Mapping[type[Transition], Stage]] = {
    ProcessingStarted: Stage.PROCESSING,
    Postponed: Stage.POSTPONED,
    AddedToPool: Stage.POOL,
    MovedToPriorToHire: Stage.PRIOR_TO_HIRE,
    PriorToHireCancelled: Stage.PROCESSING,
    Refused: Stage.REFUSED,
    Accepted: Stage.ACCEPTED,
    HireCancelled: Stage.CANCELLED,
    RenderedObsolete: Stage.OBSOLETE,
    Transferred: Stage.NEW,
    Reopened: Stage.NEW,
}


def evolve(case: JobApplication, event: JobApplicationEvent) -> JobApplication:
    """The application after an event; only a transition moves it to another stage."""
    if isinstance(event, Transition):
        return _moved(case, event)
    match event:
        case Submitted():
            return _submitted(event)
        case TransferredExternally() | HiringDatesChanged():
            return _amended(case, event)
        case PassRecorded() | PassLost() | DeliveryRefused():
            return _delivering(case, event)
        case PriorActionAdded() | PriorActionChanged() | PriorActionDeleted():
            return _with_prior_action(case, event)
        case Commented() | CommentDeleted() | Archived() | Unarchived():
            return _kept(case, event)
        case _:
            assert_never(event)


def _touched(case: JobApplication, at: datetime) -> datetime:
    return at if case.touched_at is None else max(case.touched_at, at)


def _submitted(event: Submitted) -> JobApplication:
    return JobApplication(
        stage=Stage.NEW,
        company=event.company,
        company_kinds=event.company_kinds,
        sender=event.sender,
        sender_kind=event.sender_kind,
        sender_organisation=event.sender_organisation,
        sender_authorised=event.sender_authorised,
        sender_kinds=event.sender_kinds,
        origin=event.origin,
        message=event.message,
        cv=event.cv,
        job_descriptions=event.job_descriptions,
        advisor=event.advisor,
        transferred_from=event.transferred_from,
        submitted_at=event.at,
        touched_at=event.at,
    )


def _moved(case: JobApplication, event: Transition) -> JobApplication:
    stage = LEADS_TO[type(event)]
    moved = replace(
        case,
        stage=stage,
        processed_at=event.at if stage in PROCESSED else None,
        touched_at=_touched(case, event.at),
        archived_at=None,
        archived_by=None,
        refusal_reason=None,
        refusal_shared=False,
        diagnosis=None,
        pass_iae=None,
        delivery=None,
        delivery_refused_at=None,
        delivery_refused_by=None,
    )
    match event:
        case Postponed() | AddedToPool():
            return replace(moved, answer=event.answer or case.answer)
        case Refused():
            return _refused(moved, event)
        case Accepted():
            return _hired(moved, event)
        case Transferred():
            return _transferred(moved, event)
        case (
            ProcessingStarted()
            | MovedToPriorToHire()
            | PriorToHireCancelled()
            | HireCancelled()
            | RenderedObsolete()
            | Reopened()
        ):
            return moved
        case _:
            assert_never(event)


def _refused(case: JobApplication, event: Refused) -> JobApplication:
    return replace(
        case,
        refusal_reason=event.reason,
        refusal_shared=event.shared,
        answer=event.answer,
        answer_to_prescriber=event.answer_to_prescriber,
    )


def _hired(case: JobApplication, event: Accepted) -> JobApplication:
    return replace(
        case,
        hire=HireTerms(**terms_of(event)),
        answer=event.answer or case.answer,
        advisor=event.advisor or case.advisor,
        diagnosis=event.diagnosis,
        pass_iae=event.pass_iae,
        delivery=event.delivery,
    )


def _transferred(case: JobApplication, event: Transferred) -> JobApplication:
    """What the first company wrote or agreed on is not the second one's business."""
    return replace(
        case,
        company=event.to,
        company_kinds=event.to_kinds,
        moved=Move(at=event.at, by=event.by, from_company=event.from_company),
        answer=None,
        answer_to_prescriber=None,
        hire=None,
        comments={},
        prior_actions={},
    )


def _amended(case: JobApplication, event: TransferredExternally | HiringDatesChanged) -> JobApplication:
    touched = replace(case, touched_at=_touched(case, event.at))
    match event:
        case TransferredExternally():
            return replace(touched, transferred_to=(*case.transferred_to, event.application))
        case HiringDatesChanged():
            terms = replace(case.hire or HireTerms(starts_on=event.starts_on), starts_on=event.starts_on)
            return replace(touched, hire=replace(terms, ends_on=event.ends_on))
        case _:
            assert_never(event)


def _delivering(case: JobApplication, event: PassEvent) -> JobApplication:
    """Nothing that the company or the person did: it does not touch the application."""
    match event:
        case PassRecorded():
            return replace(case, pass_iae=event.pass_iae)
        case PassLost():
            return replace(case, pass_iae=None)
        case DeliveryRefused():
            return replace(case, delivery_refused_at=event.at, delivery_refused_by=event.by)
        case _:
            assert_never(event)


def _with_prior_action(case: JobApplication, event: PriorActionEvent) -> JobApplication:
    others = {number: action for number, action in case.prior_actions.items() if number != event.number}
    match event:
        case PriorActionAdded() | PriorActionChanged():
            action = PriorAction(kind=event.kind, starts_on=event.starts_on, ends_on=event.ends_on)
            last = max(case.last_prior_action, event.number)
            return replace(case, prior_actions={**others, event.number: action}, last_prior_action=last)
        case PriorActionDeleted():
            return replace(case, prior_actions=others)
        case _:
            assert_never(event)


def _kept(case: JobApplication, event: CommentEvent | ArchiveEvent) -> JobApplication:
    return _with_comment(case, event) if isinstance(event, CommentEvent) else _archiving(case, event)


def _with_comment(case: JobApplication, event: CommentEvent) -> JobApplication:
    others = {number: comment for number, comment in case.comments.items() if number != event.number}
    match event:
        case Commented():
            comment = Comment(author=event.author, at=event.at, text=event.text)
            last = max(case.last_comment, event.number)
            return replace(case, comments={**others, event.number: comment}, last_comment=last)
        case CommentDeleted():
            return replace(case, comments=others)
        case _:
            assert_never(event)


def _archiving(case: JobApplication, event: ArchiveEvent) -> JobApplication:
    match event:
        case Archived():
            return replace(case, archived_at=event.at, archived_by=event.by)
        case Unarchived():
            return replace(case, archived_at=None, archived_by=None, touched_at=_touched(case, event.at))
        case _:
            assert_never(event)
