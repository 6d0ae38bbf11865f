"""What time asks of a convention (immersion §2.4, §2.5, §4.5; scenario 25)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import paris_start
from domain.immersion import ImmersionEvent
from domain.immersion.codes import Person, Reminder, Stage
from domain.immersion.commands import DeprecateAutomatically, ImmersionCommand, Remind, RequestAssessment
from domain.immersion.events import (
    AssessmentDeleted,
    AssessmentRequested,
    Cancelled,
    Deprecated,
    Modified,
    Reminded,
    Validated,
)
from domain.immersion.refusals import NotDue, WrongStage
from domain.immersion.reminding import deadlines
from domain.immersion.terms import terms_of
from tests.domain.immersion.cases import (
    ELIGIBLE,
    ENDS,
    INSTANT,
    NOW,
    SIGNED,
    STARTS,
    TWO,
    VALIDATED,
    assessed,
    at,
    days,
    given,
    history,
    signed,
    standing,
    submitted,
    terms,
)

FRIDAY = date(2023, 3, 17)
LONG_AGO = datetime(2023, 3, 1, 10, tzinfo=UTC)


def due(*events: ImmersionEvent) -> dict[ImmersionCommand, datetime]:
    return {deadline.command: deadline.due for deadline in deadlines(standing(*events))}


def starting(on: date, signatures: int, at: datetime = LONG_AGO) -> Sequence[ImmersionEvent]:
    agreed = terms(starts_on=on, ends_on=on, schedule=days(on, 1))
    return [submitted(agreed, at=at), *(replace(each, at=at) for each in SIGNED[:signatures])]


SIGNATURE, FIRST, LAST = (Remind(of=of) for of in (Reminder.SIGNATURE, Reminder.FIRST_REVIEW, Reminder.LAST_REVIEW))


@pytest.mark.parametrize("signatures", [0, 1])
def test_s25_signatories_are_reminded_two_business_days_before_the_start(signatures: int) -> None:
    past = starting(date(2023, 3, 21), signatures)
    assert due(*past)[SIGNATURE] == paris_start(FRIDAY)
    given(*past).within(at(paris_start(FRIDAY))).when(SIGNATURE).then(
        Reminded(at=paris_start(FRIDAY), of=Reminder.SIGNATURE)
    )
    given(*past).within(at(paris_start(FRIDAY) - INSTANT)).when(SIGNATURE).refused(NotDue)
    assert {FIRST, LAST}.isdisjoint(due(*past))


def test_s25_the_agency_is_reminded_three_and_one_business_days_before_the_start() -> None:
    assert due(*starting(date(2023, 3, 22), 2))[FIRST] == paris_start(FRIDAY)
    assert due(*starting(date(2023, 3, 20), 2))[LAST] == paris_start(FRIDAY)
    assert SIGNATURE not in due(*starting(date(2023, 3, 22), 2))


def test_a_reminder_is_given_once_until_the_terms_change() -> None:
    past = starting(date(2023, 3, 21), 0)
    reminded = Reminded(at=paris_start(FRIDAY), of=Reminder.SIGNATURE)
    given(*past, reminded).within(at(paris_start(FRIDAY))).when(SIGNATURE).refused(NotDue)
    modified = Modified(**terms_of(terms()), at=NOW, by=None)
    assert SIGNATURE in due(submitted(), Reminded(at=NOW, of=Reminder.SIGNATURE), modified)


def test_what_was_asked_late_is_reminded_at_once_but_not_once_it_has_begun() -> None:
    tuesday = date(2023, 3, 21)
    late = datetime(2023, 3, 20, 10, tzinfo=UTC)
    assert due(*starting(tuesday, 0, late))[SIGNATURE] == late
    assert SIGNATURE not in due(*starting(tuesday, 0, paris_start(tuesday)))
    assert due(*starting(tuesday, 0, paris_start(tuesday) - INSTANT))[SIGNATURE] == paris_start(tuesday) - INSTANT


def test_what_was_signed_between_the_two_reminders_of_the_agency_gets_the_last_one_only() -> None:
    wednesday = date(2023, 3, 22)
    until = paris_start(date(2023, 3, 20))
    assert due(*starting(wednesday, 2, until - INSTANT))[FIRST] == until - INSTANT
    assert FIRST not in due(*starting(wednesday, 2, until))
    assert due(*starting(wednesday, 2, until))[LAST] == paris_start(date(2023, 3, 21))
    assert due(*starting(wednesday, 2, paris_start(wednesday) - INSTANT))[LAST] == paris_start(wednesday) - INSTANT
    assert LAST not in due(*starting(wednesday, 2, paris_start(wednesday)))


@pytest.mark.parametrize("stage", [Stage.READY_TO_SIGN, Stage.PARTIALLY_SIGNED, Stage.IN_REVIEW, Stage.ELIGIBLE])
def test_a_month_after_its_end_a_pending_convention_is_obsolete(stage: Stage) -> None:
    past = history(stage, TWO)
    midnight = datetime(2026, 6, 7, 22, tzinfo=UTC)
    assert due(*past)[DeprecateAutomatically()] == midnight
    given(*past).within(at(midnight)).when(DeprecateAutomatically()).then(
        Deprecated(at=midnight, justification=None, was=stage)
    )
    given(*past).within(at(midnight - INSTANT)).when(DeprecateAutomatically()).refused(NotDue)


def test_a_month_after_31_january_is_the_end_of_february() -> None:
    last = date(2026, 1, 31)
    asked = submitted(terms(starts_on=last, ends_on=last, schedule=days(last, 1)), at=datetime(2026, 1, 5, tzinfo=UTC))
    assert due(asked)[DeprecateAutomatically()] == paris_start(date(2026, 2, 28))


def test_what_is_submitted_even_later_is_obsolete_at_once_and_never_before_it_was_signed() -> None:
    last = date(2026, 1, 31)
    agreed = terms(starts_on=last, ends_on=last, schedule=days(last, 1))
    assert due(submitted(agreed))[DeprecateAutomatically()] == NOW
    later = NOW + timedelta(days=1)
    assert due(submitted(agreed), signed(Person.BENEFICIARY, later))[DeprecateAutomatically()] == later
    eligible = (*history(Stage.IN_REVIEW, TWO, agreed), replace(ELIGIBLE, at=later))
    assert due(*eligible)[DeprecateAutomatically()] == later


@pytest.mark.parametrize("stage", [Stage.VALIDATED, Stage.REJECTED, Stage.CANCELLED, Stage.DEPRECATED])
def test_what_is_decided_never_becomes_obsolete(stage: Stage) -> None:
    assert DeprecateAutomatically() not in due(*history(stage))
    given(*history(stage)).within(at(NOW + timedelta(days=900))).when(DeprecateAutomatically()).refused(WrongStage)


EVE = paris_start(ENDS - timedelta(days=1))
VALID = history(Stage.VALIDATED)


def test_the_assessment_is_asked_for_the_day_before_the_end() -> None:
    assert due(*VALID) == {RequestAssessment(): EVE}
    given(*VALID).within(at(EVE)).when(RequestAssessment()).then(AssessmentRequested(at=EVE))
    given(*VALID).within(at(EVE - INSTANT)).when(RequestAssessment()).refused(NotDue)


def test_what_is_validated_late_is_asked_for_at_once() -> None:
    late = Validated(at=EVE + timedelta(days=40), starts_on=STARTS, ends_on=ENDS)
    assert due(*history(Stage.IN_REVIEW), late) == {RequestAssessment(): late.at}


def test_the_assessment_is_asked_for_again_three_and_ten_days_later() -> None:
    asked = AssessmentRequested(at=datetime(2026, 5, 6, 22, tzinfo=UTC))
    first, last = Remind(of=Reminder.FIRST_ASSESSMENT), Remind(of=Reminder.LAST_ASSESSMENT)
    assert due(*VALID, asked) == {first: paris_start(date(2026, 5, 10)), last: paris_start(date(2026, 5, 17))}
    tenth = at(paris_start(date(2026, 5, 10)))
    reminded = Reminded(at=tenth.at, of=Reminder.FIRST_ASSESSMENT)
    given(*VALID, asked).within(tenth).when(first).then(reminded)
    given(*VALID, asked).within(tenth).when(last).refused(NotDue)
    assert due(*VALID, asked, reminded) == {last: paris_start(date(2026, 5, 17))}


def test_nothing_is_asked_of_what_is_assessed_or_cancelled() -> None:
    asked = AssessmentRequested(at=EVE)
    assert due(*VALID, asked, assessed()) == {}
    assert due(*VALID, assessed()) == {}
    assert due(*VALID, asked, Cancelled(at=NOW, justification="Fermeture.")) == {}
    deleted = AssessmentDeleted(at=NOW, justification="Erreur.", starts_on=STARTS, ends_on=ENDS)
    assert due(*VALID, assessed(), deleted) == {RequestAssessment(): EVE}
    assert len(due(*VALID, asked, assessed(), deleted)) == 2


def test_nothing_is_asked_of_what_is_not_submitted() -> None:
    assert due() == {}
    assert due(VALIDATED) == {}
