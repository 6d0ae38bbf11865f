"""What moving a hire, giving it up and delivering its PASS IAE change: les-emplois §4.7, §4.8, §5.8, §5.9."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.calendar import add_days, paris_start
from domain.hiring import Hiring
from domain.iae.right import Right
from domain.job_application import agreed_at
from domain.job_application.codes import Delivery, Origin, Stage
from domain.job_application.commands import (
    CancelHire,
    ChangeHiringDates,
    RecordPass,
    RefuseDelivery,
)
from domain.job_application.events import (
    Accepted,
    DeliveryRefused,
    HireCancelled,
    HiringDatesChanged,
    JobApplicationEvent,
    PassLost,
    PassRecorded,
)
from domain.job_application.refusals import (
    DeliveryAlreadyRefused,
    EmployeeRecordExchanged,
    EndsBeforeItStarts,
    NotASiae,
    NothingToDeliver,
    PassAlreadyRecorded,
    StartsAfterThePass,
)
from domain.job_application.rules import decider
from tests.domain.job_application.samples import (
    ACI,
    GEIQ,
    NOUR,
    NOW,
    PERSON,
    TODAY,
    acting_for,
    history,
    knowing,
    sent,
)
from tests.spec import Scenario, given

TOMORROW = add_days(TODAY, 1)
PASS = Right(number="999990000001", starts_on=date(2024, 7, 1), ends_on=date(2026, 6, 30))

# --- Moving a hire and giving it up ------------------------------------------

UNDER_PASS = Accepted(
    at=NOW, starts_on=date(2025, 6, 16), pass_iae="pass-iae-1", delivery=Delivery.AUTOMATIC, diagnosis="x"
)


def moving(start: date, right: Right) -> Scenario[Any, Any, Any]:
    context = knowing(acting_for(ACI), candidate=PERSON, pass_iae_1=right)
    return given(decider, sent(ACI), UNDER_PASS).within(context).when(ChangeHiringDates(starts_on=start))


@pytest.mark.parametrize(("start", "moves"), [(19, True), (20, False), (21, False)])
def test_under_a_pass_that_has_started_a_hire_moves_strictly_before_its_last_day(start: int, *, moves: bool) -> None:
    scenario = moving(date(2025, 6, start), replace(PASS, ends_on=date(2025, 6, 20)))
    if moves:
        scenario.then(HiringDatesChanged(at=NOW, starts_on=date(2025, 6, start), ends_on=None))
    else:
        scenario.refused(StartsAfterThePass)


def test_the_refusal_says_which_day_would_do() -> None:
    context = knowing(acting_for(ACI), pass_iae_1=replace(PASS, starts_on=TODAY, ends_on=date(2025, 6, 20)))
    with pytest.raises(StartsAfterThePass) as caught:
        decider.decide(ChangeHiringDates(starts_on=date(2025, 6, 20)), decider.fold([sent(ACI), UNDER_PASS]), context)
    assert caught.value.details == {"latest": date(2025, 6, 19)}


def test_a28_a_pass_that_has_not_started_bounds_nothing_because_it_moves_along() -> None:
    not_started = replace(PASS, starts_on=TOMORROW, ends_on=date(2025, 6, 12))
    moving(date(2025, 6, 20), not_started).then(HiringDatesChanged(at=NOW, starts_on=date(2025, 6, 20), ends_on=None))


def test_other_bounds_of_a_move_are_looked_at_first() -> None:
    context = knowing(acting_for(ACI), pass_iae_1=replace(PASS, ends_on=date(2025, 6, 20)))
    command = ChangeHiringDates(starts_on=date(2025, 6, 25), ends_on=date(2025, 6, 24))
    given(decider, sent(ACI), UNDER_PASS).within(context).when(command).refused(EndsBeforeItStarts)


def cancelling(**hires: Hiring) -> Scenario[Any, Any, Any]:
    context = knowing(acting_for(ACI), **hires)
    return given(decider, sent(ACI), UNDER_PASS).within(context).when(CancelHire())


def test_a_hire_whose_employee_record_was_exchanged_is_not_cancelled() -> None:
    cancelling(hiring_1=Hiring(application="job-application-2", exchanged=True)).refused(EmployeeRecordExchanged)
    cancelling(hiring_1=Hiring(application="job-application-2")).then(HireCancelled(at=NOW))


def test_the_employee_record_of_another_hire_does_not_keep_it() -> None:
    former = Hiring(application="job-application-2", exchanged=True, cancelled=True)
    other = Hiring(application="job-application-1", exchanged=True)
    cancelling(hiring_1=former, hiring_2=other).then(HireCancelled(at=NOW))


def test_cancelling_clears_what_the_hire_was_attached_to() -> None:
    past: list[JobApplicationEvent] = [
        sent(ACI),
        UNDER_PASS,
        DeliveryRefused(at=NOW, by=NOUR.subject),
        HireCancelled(at=NOW),
    ]
    case = decider.fold(past)
    assert (case.diagnosis, case.pass_iae, case.delivery) == (None, None, None)
    assert (case.delivery_refused_at, case.delivery_refused_by) == (None, None)
    assert case.hire is not None


# --- The PASS, delivered late or lost ----------------------------------------

BY_HAND = replace(UNDER_PASS, pass_iae=None, delivery=Delivery.MANUAL)
BY_STAFF = acting_for(None)
REFUSED = DeliveryRefused(at=NOW, by=NOUR.subject)


def test_a_pass_that_was_issued_is_recorded_once() -> None:
    scenario = given(decider, sent(ACI), BY_HAND).within(BY_STAFF)
    scenario.when(RecordPass(pass_iae="pass-iae-1")).then(PassRecorded(at=NOW, pass_iae="pass-iae-1"))
    recorded = given(decider, sent(ACI), BY_HAND, PassRecorded(at=NOW, pass_iae="pass-iae-1")).within(BY_STAFF)
    recorded.when(RecordPass(pass_iae="pass-iae-1")).then()
    recorded.when(RecordPass(pass_iae="pass-iae-2")).refused(PassAlreadyRecorded)
    assert decider.fold(recorded.history).pass_iae == "pass-iae-1"


def test_p8_the_application_stays_when_its_pass_goes() -> None:
    given(decider, sent(ACI), UNDER_PASS).within(BY_STAFF).when(RecordPass(pass_iae=None)).then(PassLost(at=NOW))
    case = decider.fold([sent(ACI), UNDER_PASS, PassLost(at=NOW + timedelta(days=1))])
    assert (case.stage, case.pass_iae, case.touched_at) == (Stage.ACCEPTED, None, NOW)
    given(decider, sent(ACI), BY_HAND).within(BY_STAFF).when(RecordPass(pass_iae=None)).then()


def test_a_pass_is_recorded_for_a_siae_alone() -> None:
    past = history(Stage.ACCEPTED, GEIQ)
    given(decider, *past).within(BY_STAFF).when(RecordPass(pass_iae="pass-iae-1")).refused(NotASiae)


def test_staff_refuses_to_deliver_a_pass_once_and_then_none_is_delivered() -> None:
    given(decider, sent(ACI), BY_HAND).within(BY_STAFF).when(RefuseDelivery()).then(REFUSED)
    refused = given(decider, sent(ACI), BY_HAND, REFUSED).within(BY_STAFF)
    refused.when(RefuseDelivery()).refused(NothingToDeliver)
    refused.when(RecordPass(pass_iae="pass-iae-1")).refused(DeliveryAlreadyRefused)
    case = decider.fold(refused.history)
    assert (case.delivery_refused_at, case.delivery_refused_by) == (NOW, NOUR.subject)
    assert RefuseDelivery not in decider.offers(case)


@pytest.mark.parametrize(
    "event", [UNDER_PASS, replace(UNDER_PASS, pass_iae=None), replace(BY_HAND, delivery=None), None]
)
def test_there_is_nothing_to_refuse_where_no_pass_waits_to_be_delivered_by_hand(event: Accepted | None) -> None:
    events = [event] if event else [BY_HAND, PassRecorded(at=NOW, pass_iae="pass-iae-1")]
    scenario = given(decider, sent(ACI), *events).within(BY_STAFF)
    scenario.when(RefuseDelivery()).refused(NothingToDeliver)
    assert RefuseDelivery not in decider.offers(decider.fold(scenario.history))


# --- When a hire counts as agreed on -----------------------------------------


def test_a_hire_counts_as_agreed_on_when_it_was_accepted_last() -> None:
    """Quirk 14, decided: the last acceptance, not the first."""
    later = NOW + timedelta(days=3)
    again = replace(UNDER_PASS, at=later)
    past: list[JobApplicationEvent] = [sent(ACI), UNDER_PASS, HireCancelled(at=NOW + timedelta(days=1)), again]
    assert agreed_at(decider.fold(past)) == later


def test_imported_hires_count_as_agreed_on_when_their_origin_says() -> None:
    stock = replace(sent(ACI), origin=Origin.AI_STOCK)
    assert agreed_at(decider.fold([stock, UNDER_PASS])) == paris_start(date(2025, 6, 16))
    agrement = replace(sent(ACI, NOW - timedelta(days=9)), origin=Origin.PE_APPROVAL)
    assert agreed_at(decider.fold([agrement, UNDER_PASS])) == NOW - timedelta(days=9)
    assert agreed_at(decider.fold([stock])) is None
