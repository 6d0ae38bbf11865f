"""Asking a certifying service: what about, when, when again, and what the answers mean."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from domain.calendar import paris_time
from domain.eligibility_check import EligibilityCheck, EligibilityCheckEvent
from domain.eligibility_check.certifying import CERTIFIED_BY, IDENTIFIES, question_due
from domain.eligibility_check.codes import Answer, Criterion, Finding
from domain.eligibility_check.commands import DiagnoseForIae, RecordAnswer, RequestCertification
from domain.eligibility_check.events import CertificationAnswered, Expired, HireRecorded, Superseded, Updated
from domain.eligibility_check.refusals import AnswerIncoherent, NotCertifiable, NotDue, WrongStage
from domain.eligibility_check.rules import decider
from domain.eligibility_check.state import Certification
from domain.iae.diagnosis import AuthorKind, Scheme
from tests.domain.eligibility_check.samples import (
    GEIQ,
    NOON,
    NOW,
    PRESCRIBER,
    TODAY,
    acting_for,
    diagnosed,
    requested,
    standing,
)
from tests.spec import given

C = Criterion
RSA = C.RSA
ASKED: Sequence[EligibilityCheckEvent] = (diagnosed(PRESCRIBER, RSA), requested(RSA))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def answered(answer: Answer, after: timedelta = MINUTE, **said: object) -> CertificationAnswered:
    if answer is Answer.BENEFICIARY:
        said = {"since": "2024-08-01", **said}
    return CertificationAnswered(at=NOW + after, criterion=RSA, answer=answer, **said)  # type: ignore[arg-type]  # named


def due(*events: EligibilityCheckEvent) -> timedelta | None:
    """How long after the diagnosis the RSA is to be asked about."""
    at = question_due(standing(*ASKED, *events), RSA)
    return None if at is None else at - NOW


def said(*events: EligibilityCheckEvent) -> Certification:
    return standing(*ASKED, *events).certifications[RSA]


def test_four_criteria_are_certified_by_two_services() -> None:
    assert CERTIFIED_BY == {
        C.RSA: "api_particulier",
        C.AAH: "api_particulier",
        C.PI: "api_particulier",
        C.TH: "api_rechercher_usager",
    }


def test_they_are_asked_about_as_soon_as_the_diagnosis_is_made_and_the_others_are_not() -> None:
    every = DiagnoseForIae(criteria=(C.RSA, C.ASS, C.AAH, C.TH, C.PI, C.QPV))
    given(decider).within(acting_for(PRESCRIBER)).when(every).then(
        diagnosed(PRESCRIBER, C.RSA, C.ASS, C.AAH, C.TH, C.PI, C.QPV), requested(C.RSA, C.AAH, C.TH, C.PI)
    )
    check = standing(diagnosed(PRESCRIBER, C.RSA, C.QPV), requested(C.RSA))
    assert [question_due(check, each) for each in (C.RSA, C.QPV)] == [NOW, None]


@pytest.mark.parametrize(
    ("answer", "finding", "certified", "again"),
    [
        (Answer.BENEFICIARY, Finding.CERTIFIED, True, None),
        (Answer.NOT_BENEFICIARY, Finding.NOT_BENEFICIARY, True, None),
        (Answer.NOT_FOUND, Finding.UNKNOWN, True, 7 * DAY),
        (Answer.BUSY, Finding.UNKNOWN, False, timedelta(seconds=60)),
        (Answer.RATE_LIMITED, Finding.UNKNOWN, False, timedelta(seconds=90)),
        (Answer.NO_ANSWER, Finding.UNKNOWN, False, 7 * DAY),
        (Answer.FAILED, Finding.UNKNOWN, False, 12 * HOUR),
        (Answer.INCOMPLETE, Finding.UNKNOWN, False, 7 * DAY),
    ],
)
def test_what_each_answer_means_and_when_to_ask_again(
    answer: Answer, finding: Finding, certified: bool, again: timedelta | None
) -> None:
    event = answered(answer, retry_after=90 if answer is Answer.RATE_LIMITED else None)
    after = said(event)
    assert (after.finding, after.certified_on) == (finding, TODAY if certified else None)
    assert due(event) == (None if again is None else MINUTE + again)
    assert after.since == ("2024-08-01" if answer is Answer.BENEFICIARY else None)


def test_a_service_that_does_not_say_how_long_it_is_asked_too_much_is_asked_again_a_second_later() -> None:
    """Deciding asks how long; what is read of history does not depend on that."""
    assert due(answered(Answer.RATE_LIMITED)) == MINUTE + timedelta(seconds=1)


def test_an_identity_is_certified_by_answers_about_a_person_who_was_found() -> None:
    assert {Answer.BENEFICIARY, Answer.NOT_BENEFICIARY} == IDENTIFIES


def test_after_failures_it_is_asked_twice_more_every_twelve_hours_then_a_week_later() -> None:
    failures = [answered(Answer.FAILED, hours * HOUR) for hours in (0, 12, 24, 192, 204)]
    asked = [due(*failures[: number + 1]) for number in range(5)]
    assert asked == [12 * HOUR, 24 * HOUR, 24 * HOUR + 7 * DAY, 204 * HOUR, 216 * HOUR]


def test_a_busy_service_does_not_make_us_forget_the_failures_nor_any_other_answer_remember_them() -> None:
    failed, busy, third = (
        answered(Answer.FAILED, MINUTE),
        answered(Answer.BUSY, HOUR),
        answered(Answer.FAILED, 2 * HOUR),
    )
    assert said(failed, busy).failures == 1
    assert due(failed, busy, third, answered(Answer.FAILED, 14 * HOUR)) == 14 * HOUR + 7 * DAY
    unknown = answered(Answer.NOT_FOUND, 3 * HOUR)
    assert said(failed, unknown).failures == 0


def test_what_is_known_stays_known_while_it_is_asked_again() -> None:
    again = requested(RSA, on=TODAY + DAY)
    not_any_more = said(answered(Answer.NOT_BENEFICIARY), again)
    assert (not_any_more.finding, not_any_more.ask_at) == (Finding.NOT_BENEFICIARY, again.at)
    failures = [answered(Answer.FAILED, DAY + hours * HOUR) for hours in (1, 13, 25)]
    after = said(answered(Answer.NOT_BENEFICIARY), again, *failures)
    assert (after.finding, after.certified_on, after.ask_at) == (Finding.NOT_BENEFICIARY, TODAY, None)


def test_the_last_answer_about_the_person_counts() -> None:
    again = requested(RSA, on=TODAY + DAY)
    after = said(answered(Answer.NOT_BENEFICIARY), again, answered(Answer.BENEFICIARY, 2 * DAY))
    assert (after.finding, after.certified_on, after.since) == (Finding.CERTIFIED, date(2025, 3, 3), "2024-08-01")
    lost = said(answered(Answer.NOT_BENEFICIARY), again, answered(Answer.NOT_FOUND, 2 * DAY))
    assert (lost.finding, lost.certified_on) == (Finding.UNKNOWN, date(2025, 3, 3))


def test_asking_again_asks_about_all_that_is_not_certified() -> None:
    history = (
        diagnosed(PRESCRIBER, C.RSA, C.AAH, C.QPV, C.PI),
        requested(C.RSA, C.AAH, C.PI),
        answered(Answer.BENEFICIARY),
        CertificationAnswered(at=NOW, criterion=C.AAH, answer=Answer.NOT_BENEFICIARY),
    )
    given(decider, *history).within(acting_for(None)).when(RequestCertification()).then(requested(C.AAH, C.PI))
    given(decider, *ASKED, answered(Answer.BENEFICIARY)).when(RequestCertification()).then()
    given(decider, diagnosed(PRESCRIBER, C.QPV)).when(RequestCertification()).then()


def test_asking_again_begins_anew() -> None:
    again = requested(RSA, on=TODAY + DAY)
    assert said(answered(Answer.FAILED), again) == Certification(ask_at=again.at)
    assert said(answered(Answer.NOT_FOUND), again) == Certification(ask_at=again.at, certified_on=TODAY)


def expiring(on: date, *events: EligibilityCheckEvent) -> EligibilityCheck:
    return standing(diagnosed(PRESCRIBER, RSA, expires_on=on), requested(RSA), *events)


def test_nothing_is_asked_of_a_diagnosis_on_the_day_it_expires_or_later() -> None:
    unknown = answered(Answer.NOT_FOUND, timedelta())
    week_later = TODAY + 7 * DAY
    assert question_due(expiring(week_later, unknown), RSA) is None
    assert question_due(expiring(week_later + DAY, unknown), RSA) == NOW + 7 * DAY
    assert question_due(expiring(TODAY), RSA) is None
    superseded = Superseded(by="eligibility-check-2", on=TODAY)
    assert due(superseded) is None


def hired(starts_on: date) -> HireRecorded:
    return HireRecorded(application="job-application-1", starts_on=starts_on)


def test_what_is_asked_from_time_to_time_is_not_asked_any_more_once_the_person_works() -> None:
    unknown = answered(Answer.NOT_FOUND, timedelta())
    week_later = TODAY + 7 * DAY
    assert due(unknown, hired(week_later)) is None
    assert due(unknown, hired(week_later + DAY)) == 7 * DAY
    assert due(unknown, hired(week_later + DAY), replace(hired(TODAY), application="job-application-2")) is None


def test_a_hire_that_began_keeps_neither_the_first_question_nor_the_next_tries_from_being_asked() -> None:
    assert due(hired(TODAY)) == timedelta()
    assert due(hired(TODAY), answered(Answer.FAILED, timedelta())) == 12 * HOUR
    assert due(hired(TODAY), answered(Answer.BUSY, timedelta())) == MINUTE


def record(answer: Answer = Answer.NOT_FOUND, **more: object) -> RecordAnswer:
    return RecordAnswer(criterion=RSA, answer=answer, **more)  # type: ignore[arg-type]  # fields by their names


def test_an_answer_is_recorded_when_it_was_asked_for_and_not_a_second_before() -> None:
    given(decider, *ASKED).at(NOW).when(record()).then(
        CertificationAnswered(at=NOW, criterion=RSA, answer=Answer.NOT_FOUND)
    )
    later = answered(Answer.BUSY, timedelta())
    at = NOW + timedelta(seconds=60)
    given(decider, *ASKED, later).at(at - timedelta(microseconds=1)).when(record()).refused(NotDue)
    given(decider, *ASKED, later).at(at).when(record()).then(
        CertificationAnswered(at=at, criterion=RSA, answer=Answer.NOT_FOUND)
    )


def test_an_answer_that_was_never_asked_for_can_still_be_read() -> None:
    unasked = standing(diagnosed(PRESCRIBER, RSA), answered(Answer.NOT_BENEFICIARY))
    assert unasked.certifications == {RSA: Certification(finding=Finding.NOT_BENEFICIARY, certified_on=TODAY)}


def test_an_answer_that_nobody_awaits_is_not_recorded() -> None:
    known = (*ASKED, answered(Answer.BENEFICIARY))
    given(decider, *known).at(NOW + DAY).when(record()).refused(NotDue)
    given(decider, diagnosed(PRESCRIBER, RSA)).at(NOW).when(record()).refused(NotCertifiable)
    given(decider, *ASKED, Expired(on=TODAY)).at(NOW).when(record()).refused(WrongStage)


def test_only_a_beneficiary_benefits_since_a_day_and_only_a_tired_service_wants_to_rest() -> None:
    benefits = record(Answer.BENEFICIARY, since="2024-08-01")
    given(decider, *ASKED).at(NOW).when(benefits).then(
        CertificationAnswered(at=NOW, criterion=RSA, answer=Answer.BENEFICIARY, since="2024-08-01")
    )
    for wrong in (
        record(Answer.BENEFICIARY),
        record(Answer.NOT_BENEFICIARY, since="2024-08-01"),
        record(Answer.RATE_LIMITED),
        record(Answer.BUSY, retry_after=3),
    ):
        given(decider, *ASKED).at(NOW).when(wrong).refused(AnswerIncoherent)


@pytest.mark.parametrize(("wanted", "kept"), [(-5, 1), (0, 1), (1, 1), (86_400, 86_400), (86_401, 86_400)])
def test_a_service_rests_from_a_second_to_a_day(wanted: int, kept: int) -> None:
    limited = record(Answer.RATE_LIMITED, retry_after=wanted)
    given(decider, *ASKED).at(NOW).when(limited).then(
        CertificationAnswered(at=NOW, criterion=RSA, answer=Answer.RATE_LIMITED, retry_after=kept)
    )


def test_an_update_forgets_what_was_said_of_criteria_that_went() -> None:
    history = (
        diagnosed(GEIQ, C.RSA, C.PI, C.MINIMA, scheme=Scheme.GEIQ),
        requested(C.RSA, C.PI),
        answered(Answer.NOT_BENEFICIARY),
    )
    update = Updated(
        author_kind=AuthorKind.GEIQ,
        author=None,
        organisation=GEIQ.id,
        organisation_kinds=GEIQ.kinds,
        criteria=(C.RSA, C.MINIMA),
        on=TODAY,
        expires_on=date(2025, 9, 1),
        allowance=1400,
    )
    after = standing(*history, update)
    assert after.certifications == {RSA: Certification(finding=Finding.NOT_BENEFICIARY, certified_on=TODAY)}


def test_days_are_those_of_paris() -> None:
    at = datetime.fromisoformat("2025-03-01T23:30:00+00:00")
    late = replace(answered(Answer.NOT_BENEFICIARY), at=at)
    assert said(late).certified_on == date(2025, 3, 2)
    assert paris_time(TODAY, NOON) == NOW
