"""How an immersion went (bilan): who says it, what must add up, and the lock it is (immersion §4)."""

from typing import Final, assert_never

from domain.immersion.codes import HISTORIC, Attendance
from domain.immersion.commands import AssessingCommand, CreateAssessment, DeleteAssessment, SignAssessment
from domain.immersion.events import AssessmentCreated, AssessmentDeleted, AssessmentSigned, ImmersionEvent
from domain.immersion.people import speaker
from domain.immersion.refusals import (
    AlreadyAssessed,
    AlreadySigned,
    ContractIncoherent,
    ContractTooEarly,
    HistoricAttendance,
    MissedTooMuch,
    NoAssessment,
    OnlyForPartialPresence,
    OutsideTheImmersion,
    SignatureNotNeeded,
    WrongStage,
)
from domain.immersion.schedule import minutes_until
from domain.immersion.state import Immersion, signature_needed
from domain.immersion.terms import ConventionTerms
from domain.immersion.wording import said
from domain.journey import Context

LONGEST_FEEDBACK: Final = 9200
LONGEST_ADVICE: Final = 6000
LONGEST_ANSWER: Final = 3000
LONGEST_JUSTIFICATION: Final = 1024


def assessed(command: AssessingCommand, case: Immersion, context: Context) -> ImmersionEvent:
    """What telling how it went, agreeing or taking it back records."""
    if case.terms is None:
        raise WrongStage(stage=case.stage)
    match command:
        case CreateAssessment():
            return _created(command, case.terms, case, context)
        case SignAssessment():
            return _signed(command, case, context)
        case DeleteAssessment():
            return _deleted(command, case.terms, case, context)
        case _:
            assert_never(command)


def _created(command: CreateAssessment, terms: ConventionTerms, case: Immersion, context: Context) -> AssessmentCreated:
    """An early end is told before the last day: no day is asked for (immersion §4.2)."""
    by = speaker(command, case, context)
    if case.assessment is not None:
        raise AlreadyAssessed
    if command.attendance in HISTORIC:
        context.insist(HistoricAttendance(attendance=command.attendance))
    _check_presence(command, terms, context)
    _check_contract(command, terms)
    return AssessmentCreated(
        at=context.at,
        attendance=command.attendance,
        by=by,
        starts_on=terms.starts_on,
        ends_on=command.last_day or terms.ends_on,
        minutes_made=minutes_made(command, terms),
        missed_minutes=command.missed_minutes,
        feedback=said(command.feedback, LONGEST_FEEDBACK, "feedback"),
        advice=said(command.advice, LONGEST_ADVICE, "advice"),
        ended_with_a_job=command.ended_with_a_job,
        contract=command.contract,
        contract_starts_on=command.contract_starts_on,
    )


def minutes_made(command: CreateAssessment, terms: ConventionTerms) -> int | None:
    """How long the person was there (immersion §4.1); None for what is historic."""
    if command.attendance is Attendance.DID_NOT_SHOW:
        return 0
    if command.attendance is Attendance.COMPLETED:
        return minutes_until(terms.schedule, terms.ends_on)
    if command.attendance is Attendance.PARTIALLY_COMPLETED:
        return minutes_until(terms.schedule, command.last_day or terms.ends_on) - command.missed_minutes
    return None


def _check_presence(command: CreateAssessment, terms: ConventionTerms, context: Context) -> None:
    partial = command.attendance is Attendance.PARTIALLY_COMPLETED
    if partial is (command.last_day is None and not command.missed_minutes):
        context.insist(OnlyForPartialPresence())
    last = command.last_day or terms.ends_on
    if not terms.starts_on <= last <= terms.ends_on:
        raise OutsideTheImmersion(starts_on=terms.starts_on, ends_on=terms.ends_on)
    planned = minutes_until(terms.schedule, last)
    if not 0 <= command.missed_minutes <= planned:
        raise MissedTooMuch(planned_minutes=planned)


def _check_contract(command: CreateAssessment, terms: ConventionTerms) -> None:
    said_of_it = (command.contract is not None, command.contract_starts_on is not None)
    if said_of_it != (command.ended_with_a_job, command.ended_with_a_job):
        raise ContractIncoherent
    if command.contract_starts_on is not None and command.contract_starts_on < terms.starts_on:
        raise ContractTooEarly(earliest=terms.starts_on)


def _signed(command: SignAssessment, case: Immersion, context: Context) -> AssessmentSigned:
    speaker(command, case, context)
    if case.assessment is None:
        raise NoAssessment
    if not signature_needed(case.assessment):
        context.insist(SignatureNotNeeded())
    if case.assessment.signed_at is not None:
        raise AlreadySigned
    silent = command.agrees and not (command.feedback or "").strip()
    feedback = None if silent else said(command.feedback or "", LONGEST_ANSWER, "feedback")
    return AssessmentSigned(at=context.at, agrees=command.agrees, feedback=feedback)


def _deleted(command: DeleteAssessment, terms: ConventionTerms, case: Immersion, context: Context) -> AssessmentDeleted:
    if case.assessment is None:
        raise NoAssessment
    return AssessmentDeleted(
        at=context.at,
        justification=said(command.justification, LONGEST_JUSTIFICATION, "justification"),
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
    )
