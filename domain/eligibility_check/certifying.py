"""When a certifying service is asked about a criterion, and what its answers mean (les-emplois §2.4)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, assert_never

from domain.calendar import paris_day
from domain.eligibility_check.codes import Answer, Criterion, Finding
from domain.eligibility_check.commands import CertifyingCommand, RecordAnswer, RequestCertification
from domain.eligibility_check.events import CertificationAnswered, CertificationRequested, CertifyingEvent
from domain.eligibility_check.refusals import AnswerIncoherent, NotCertifiable, NotDue
from domain.eligibility_check.state import Certification, EligibilityCheck
from domain.iae.certification import Certifier
from domain.journey import Context

CERTIFIED_BY: Final[Mapping[Criterion, Certifier]] = {
    Criterion.RSA: Certifier.API_PARTICULIER,
    Criterion.AAH: Certifier.API_PARTICULIER,
    Criterion.PI: Certifier.API_PARTICULIER,
    Criterion.TH: Certifier.API_RECHERCHER_USAGER,
}

#: What an answer lets us know; the others say nothing of the person.
FINDINGS: Final[Mapping[Answer, Finding]] = {
    Answer.BENEFICIARY: Finding.CERTIFIED,
    Answer.NOT_BENEFICIARY: Finding.NOT_BENEFICIARY,
    Answer.NOT_FOUND: Finding.UNKNOWN,
}
#: The service found the person by their identity, which is thereby certified.
IDENTIFIES: Final = frozenset({Answer.BENEFICIARY, Answer.NOT_BENEFICIARY})

#: How soon the same question is asked again, and how often after failures.
BUSY_FOR: Final = timedelta(seconds=60)
FAILED_FOR: Final = timedelta(hours=12)
FAILED_AGAIN: Final = 2
#: What is not known is asked again from time to time.
PERIOD: Final = timedelta(days=7)
#: A service that is asked too much does not keep us waiting for longer than that, in seconds.
LONGEST_REST: Final = 24 * 60 * 60


def requested(criteria: Iterable[Criterion], at: datetime) -> Sequence[CertificationRequested]:
    """Ask about the criteria that a service certifies; nothing if there are none."""
    asked = tuple(each for each in criteria if each in CERTIFIED_BY)
    return [CertificationRequested(at=at, criteria=asked)] if asked else []


def certified(command: CertifyingCommand, case: EligibilityCheck, context: Context) -> Sequence[CertifyingEvent]:
    """What asking again, or an answer, records."""
    match command:
        case RequestCertification():
            known = {each for each, said in case.certifications.items() if said.finding is Finding.CERTIFIED}
            return requested((each for each in case.criteria if each not in known), context.at)
        case RecordAnswer():
            return [_answered(command, case, context)]
        case _:
            assert_never(command)


def _answered(command: RecordAnswer, case: EligibilityCheck, context: Context) -> CertificationAnswered:
    if command.criterion not in case.certifications:
        raise NotCertifiable
    due = question_due(case, command.criterion)
    if due is None or context.at < due:
        raise NotDue
    since_fits = (command.since is not None) is (command.answer is Answer.BENEFICIARY)
    if not since_fits or (command.retry_after is not None) is not (command.answer is Answer.RATE_LIMITED):
        raise AnswerIncoherent
    return CertificationAnswered(
        at=context.at,
        criterion=command.criterion,
        answer=command.answer,
        since=command.since,
        retry_after=None if command.retry_after is None else min(max(command.retry_after, 1), LONGEST_REST),
    )


def question_due(case: EligibilityCheck, criterion: Criterion) -> datetime | None:
    """When to ask about a criterion; None if there is nothing more to ask.

    Nothing is asked of a diagnosis that has expired; and what is asked from time to time only, not any more once the
    person has started to work.
    """
    said = case.certifications.get(criterion)
    if said is None or said.ask_at is None:
        return None
    day = paris_day(said.ask_at)
    at_work = said.periodic and any(starts_on <= day for starts_on in case.hires.values())
    return None if at_work or day >= case.expires_on else said.ask_at


def after_request(
    known: Mapping[Criterion, Certification], event: CertificationRequested
) -> Mapping[Criterion, Certification]:
    """What is known stays known until the next answer."""
    asked = {
        each: replace(known.get(each, Certification()), ask_at=event.at, periodic=False, failures=0)
        for each in event.criteria
    }
    return {**known, **asked}


def after_answer(
    known: Mapping[Criterion, Certification], event: CertificationAnswered
) -> Mapping[Criterion, Certification]:
    """What the answer lets us know, and when to ask again."""
    before = known.get(event.criterion, Certification())
    said = _found(before, event, paris_day(event.at))
    return {**known, event.criterion: _planned(said, before.failures, event)}


def _found(before: Certification, event: CertificationAnswered, today: date) -> Certification:
    if event.answer not in FINDINGS:
        return before
    return replace(before, finding=FINDINGS[event.answer], certified_on=today, since=event.since)


def _planned(said: Certification, failures: int, event: CertificationAnswered) -> Certification:
    match event.answer:
        case Answer.BUSY:
            return replace(said, ask_at=event.at + BUSY_FOR)
        case Answer.RATE_LIMITED:
            return replace(said, ask_at=event.at + timedelta(seconds=event.retry_after or 1))
        case Answer.FAILED if failures < FAILED_AGAIN:
            return replace(said, ask_at=event.at + FAILED_FOR, failures=failures + 1)
        case _:
            unknown = said.finding is Finding.UNKNOWN
            return replace(said, ask_at=event.at + PERIOD if unknown else None, periodic=unknown, failures=0)
