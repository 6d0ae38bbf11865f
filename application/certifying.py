"""What is said of somebody is certified: each question asked when it is due, each answer recorded once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from application.desk import Desk
from application.dossiers import Standing, stand
from application.errands import Came, Errand, run
from application.ports import Certified, CriteriaCertifier, Identity, RecordBroken
from domain.candidate import Candidate
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.certifying import question_due
from domain.eligibility_check.codes import Answer, Criterion
from domain.eligibility_check.commands import RecordAnswer
from domain.vocabulary import ERASED, RootKind

#: How many questions are asked in one round.
AT_MOST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A criterion of a diagnosis that a certifying service is to be asked about since an instant."""

    root: str
    journey: str
    criterion: Criterion
    due: datetime


def ask_all(
    desk: Desk, certifier: CriteriaCertifier, questions: Iterable[Question], at_most: int = AT_MOST
) -> Counter[Came]:
    """Ask the questions, the oldest first, and record the answers; answers what came of them.

    Any number of processes may do this at once, late or twice: of several answers to one question the rules take one,
    and a question that has been answered meanwhile is not asked. The round ends when the service rests.
    """
    came = Counter[Came]()
    for question in questions:
        if came.total() >= at_most or certifier.rests():
            break
        came[_ask(desk, certifier, question)] += 1
    return came


def _ask(desk: Desk, certifier: CriteriaCertifier, question: Question) -> Came:
    try:
        standing = stand(desk.catalogue, desk.journal.load(question.root))
    except RecordBroken:
        return Came.BROKEN
    if not _still_due(standing, question, desk.clock.now()):
        return Came.SETTLED
    person = identity(standing)
    told = certifier.certify(question.criterion, person) if person else Certified(answer=Answer.INCOMPLETE)
    record = RecordAnswer(
        criterion=question.criterion,
        answer=told.answer,
        since=told.since.isoformat() if told.since else None,
        retry_after=told.retry_after,
    )
    key = f"{question.journey}/{question.criterion}/{standing.versions[question.journey]}"
    return run(desk, Errand(root=question.root, journey=question.journey, command=record, key=key))


def _still_due(standing: Standing, question: Question, now: datetime) -> bool:
    case = standing.cases.get(question.journey)
    if not isinstance(case, EligibilityCheck):
        return False
    due = question_due(case, question.criterion)
    return due is not None and due <= now


def identity(standing: Standing) -> Identity | None:
    """What the person is found by; None if it is not all known (les-emplois §2.4)."""
    person = standing.cases.get(RootKind.CANDIDATE)
    if not isinstance(person, Candidate) or ERASED in {person.first_name, person.birth_date}:
        return None
    last_name = person.birth_name or person.last_name
    if not (person.first_name and last_name and person.title and person.birth_date and person.birth_country):
        return None
    return Identity(
        first_name=person.first_name,
        last_name=last_name,
        title=person.title,
        birth_date=date.fromisoformat(person.birth_date),
        birth_country=person.birth_country,
        birth_place=person.birth_place,
    )
