"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.immersion import ImmersionEvent
from domain.immersion.codes import Attendance, Channel, ContractKind, Person, Stage
from domain.immersion.commands import (
    Cancel,
    DeleteAssessment,
    RecordAssessmentLink,
    RecordSignatureLink,
    Reject,
    Sign,
    SignAssessment,
    TransferToAgency,
)
from domain.immersion.rules import decider
from domain.immersion.terms import ConventionTerms, Slot, WorkDay
from domain.journey import Context, Refusal
from tests.domain.immersion.cases import (
    CANDIDATE,
    EMPLOYER,
    ENDS,
    MORGAN,
    ONE,
    SCHOOL,
    SIGNED,
    STAFF,
    STARTS,
    TUTOR,
    WITNESS,
    A,
    assess,
    assessed,
    beside,
    born,
    by,
    days,
    history,
    mini_stage,
    modify,
    renew,
    submit,
    submitted,
    terms,
)

REPRESENTS = Person.ESTABLISHMENT_REPRESENTATIVE
VALID = history(Stage.VALIDATED)
ASSESSED = [*VALID, assessed()]
SATURDAY, SUNDAY, SECOND_MONDAY = date(2026, 5, 9), date(2026, 5, 10), date(2026, 5, 11)
TWO_WEEKS = {"ends_on": date(2026, 5, 15), "schedule": days(SECOND_MONDAY, 5, 600)}
IN_MARKUP = replace(SCHOOL, school="<b>Lycée</b>")


def told(command: Any, context: Context, *past: ImmersionEvent) -> dict[str, object]:
    """The details of the refusal."""
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    return dict(caught.value.details)


@pytest.mark.parametrize(
    ("agreed", "details"),
    [
        (
            terms(starts_on=date(2031, 4, 2), ends_on=date(2031, 4, 2)),
            {"earliest": date(1896, 4, 1), "latest": date(2031, 4, 1)},
        ),
        (terms(ends_on=date(2026, 6, 4)), {"days": 31, "longest": 30}),
        (terms(beneficiary=born("2011-01-01")), {"age": 15, "youngest": 16}),
        (terms(beneficiary=born("1900-01-01")), {"age": 126, "oldest": 120}),
        (mini_stage(beneficiary=born("1906-05-04", schooling=SCHOOL)), {"age": 120, "oldest": 120}),
        (terms(schedule=(WorkDay(on=STARTS, slots=(Slot(starts=600, ends=600),)),)), {"day": STARTS}),
        (
            terms(schedule=(WorkDay(on=ENDS, slots=(Slot(starts=540, ends=660), Slot(starts=600, ends=720))),)),
            {"day": ENDS},
        ),
        (terms(schedule=days(SATURDAY, 2)), {"day": SATURDAY}),
        (terms(**TWO_WEEKS), {"week": 2, "longest_minutes": 48 * 60}),
        (mini_stage(ends_on=date(2026, 5, 12), schedule=days(STARTS, 6, 60)), {"worked": 6, "most": 5}),
        (mini_stage(ends_on=SUNDAY, schedule=days(SATURDAY, 2, 60)), {"day": SUNDAY}),
        (mini_stage(schedule=days(STARTS, 1, 8 * 60 + 1)), {"day": STARTS, "longest_minutes": 8 * 60}),
        (mini_stage(schedule=days(STARTS, 5, 7 * 60 + 1)), {"week": 1, "longest_minutes": 35 * 60}),
        (terms(tutor=replace(TUTOR, job=" ")), {"field": "tutor.job"}),
        (terms(activities="a" * 2001), {"field": "activities", "limit": 2000}),
        (
            terms(current_employer=replace(EMPLOYER, job="a" * 1025)),
            {"field": "current_employer.job", "limit": 1024},
        ),
        (mini_stage(beneficiary=replace(MORGAN, schooling=IN_MARKUP)), {"field": "beneficiary.schooling.school"}),
        (terms(beneficiary=replace(MORGAN, email="morgan")), {"field": "beneficiary.email"}),
        (terms(beneficiary=replace(MORGAN, phone="12")), {"field": "beneficiary.phone"}),
        (terms(current_employer=replace(EMPLOYER, siret="1")), {"field": "current_employer.siret"}),
    ],
)
def test_terms_that_are_refused_say_where_and_what_would_be_accepted(
    agreed: ConventionTerms, details: dict[str, object]
) -> None:
    assert told(submit(agreed), WITNESS) == details


def test_the_week_that_is_too_long_is_told_as_a_whole_number() -> None:
    assert isinstance(told(submit(terms(**TWO_WEEKS)), WITNESS)["week"], int)


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ([], WITNESS, submit(discussion="discussion-1"), {"discussion": "discussion-1"}),
        ([], beside(by(ONE), *VALID), renew(convention="immersion-7"), {"convention": "immersion-7"}),
        ([], beside(by(ONE), *history(Stage.REJECTED)), renew(), {"stage": "rejected"}),
        ([], beside(by(ONE), *VALID), renew(starts_on=ENDS), {"ended_on": ENDS}),
        ([], beside(by(ONE), *VALID), renew(justification=""), {"field": "justification"}),
        (VALID, WITNESS, Sign(person=REPRESENTS), {"stage": "validated"}),
        ([submitted(), SIGNED[1]], WITNESS, Sign(person=REPRESENTS), {"person": "establishment_representative"}),
        ([submitted()], WITNESS, Sign(person=Person.TUTOR), {"person": "establishment_tutor"}),
        ([submitted()], WITNESS, Sign(person=Person.CURRENT_EMPLOYER), {"person": "beneficiary_current_employer"}),
        ([submitted()], by(ONE), modify(justification=" "), {"field": "justification"}),
        ([submitted()], by(ONE), Reject(justification=""), {"field": "justification"}),
        (VALID, by(ONE), Cancel(justification="<b>"), {"field": "justification"}),
        ([submitted()], by(ONE), TransferToAgency(to=A.id, justification=""), {"field": "justification"}),
        (
            [submitted()],
            by(ONE),
            RecordSignatureLink(recipient=Person.TUTOR, channel=Channel.SMS),
            {"person": "establishment_tutor"},
        ),
        (
            [submitted()],
            by(ONE),
            RecordSignatureLink(recipient=Person.CURRENT_EMPLOYER, channel=Channel.SMS),
            {"person": "beneficiary_current_employer"},
        ),
        (
            [submitted(), SIGNED[0]],
            by(ONE),
            RecordSignatureLink(recipient=Person.BENEFICIARY, channel=Channel.SMS),
            {"person": "beneficiary"},
        ),
        (
            [submitted()],
            by(ONE),
            RecordSignatureLink(recipient=REPRESENTS, channel=Channel.EMAIL),
            {"last": date(2026, 4, 1)},
        ),
        (VALID, by(ONE), RecordAssessmentLink(channel=Channel.EMAIL), {"earliest": date(2026, 5, 7)}),
        (VALID, WITNESS, assess(person=REPRESENTS), {"person": "establishment_representative"}),
        (VALID, WITNESS, assess(attendance=Attendance.FINISHED), {"attendance": "finished"}),
        (
            VALID,
            WITNESS,
            assess(attendance=Attendance.PARTIALLY_COMPLETED, last_day=SATURDAY),
            {"starts_on": STARTS, "ends_on": ENDS},
        ),
        (
            VALID,
            WITNESS,
            assess(attendance=Attendance.PARTIALLY_COMPLETED, last_day=STARTS, missed_minutes=421),
            {"planned_minutes": 420},
        ),
        (
            VALID,
            WITNESS,
            assess(ended_with_a_job=True, contract=ContractKind.CDI, contract_starts_on=date(2026, 5, 3)),
            {"earliest": STARTS},
        ),
        (VALID, WITNESS, assess(feedback=""), {"field": "feedback"}),
        (VALID, WITNESS, assess(advice="a" * 6001), {"field": "advice", "limit": 6000}),
        (ASSESSED, CANDIDATE, SignAssessment(agrees=False), {"field": "feedback"}),
        (ASSESSED, STAFF, DeleteAssessment(justification=""), {"field": "justification"}),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[ImmersionEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    assert told(command, context, *past) == details
