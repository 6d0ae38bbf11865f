"""A contract from the day it is agreed on to its last one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import add_days
from domain.hiring import HiringEvent, hiring_journey
from domain.hiring.codes import CATEGORIES, EndReason, ExitCategory, RecordStatus, Stage
from domain.hiring.commands import (
    Cancel,
    ChangeDates,
    ChangeEnd,
    CorrectEnd,
    Declare,
    EndAsPlanned,
    EndContract,
    RecordContract,
    Renew,
    RetractEnd,
    StartContract,
)
from domain.hiring.events import (
    Cancelled,
    DatesChanged,
    Declared,
    EmployeeRecordDeleted,
    EndCorrected,
    Ended,
    EndRetracted,
    PassRecorded,
    PlannedEndChanged,
    Renewed,
    Started,
)
from domain.hiring.refusals import (
    AfterThePlannedEnd,
    CategoryImpossible,
    EndedByItself,
    EndsBeforeItStarts,
    EndsInTheFuture,
    EndsInThePast,
    NotDue,
    NothingToRenew,
    NotLonger,
    UnknownCompany,
)
from domain.hiring.rules import decider
from domain.hiring.state import End
from domain.hiring.table import deadlines
from domain.journey import Deadline
from domain.vocabulary import OrganisationId, Party
from tests.domain.hiring.samples import (
    ACI,
    CREATED,
    DECLARED,
    ENDED,
    NOW,
    RUNNING,
    STARTED,
    SYSTEM,
    TODAY,
    UNDER_PASS,
    at,
    on,
    recorded,
    standing,
)
from tests.spec import given

YESTERDAY, TOMORROW = add_days(TODAY, -1), add_days(TODAY, 1)
DECLARE = Declare(
    application="job-application-1",
    company=ACI,
    company_kinds=("aci",),
    agreed_at=NOW,
    starts_on=TOMORROW,
    ends_on=date(2025, 12, 1),
    diagnosis="eligibility-check-1",
)
COMING = replace(DECLARED, starts_on=TOMORROW)
PLANNED_END = date(2025, 12, 1)
BY_TERM = Ended(at=NOW, on=PLANNED_END, reason=EndReason.TERM_REACHED, category=ExitCategory.UNKNOWN)


def test_a_hire_is_declared_with_the_pass_that_it_uses_again() -> None:
    given(decider).within(at()).when(DECLARE).then(COMING)
    given(decider).within(at()).when(replace(DECLARE, pass_iae="pass-iae-1")).then(COMING, UNDER_PASS)
    given(decider).within(at(pass_iae_1=None)).when(replace(DECLARE, pass_iae="pass-iae-1")).then(
        COMING, PassRecorded(at=NOW, pass_iae="pass-iae-1")
    )


@pytest.mark.parametrize(
    ("ends_on", "stage"),
    [(None, Stage.STARTED), (TOMORROW, Stage.STARTED), (TODAY, Stage.STARTED), (YESTERDAY, Stage.ENDED)],
)
def test_a_contract_known_from_elsewhere_stands_where_its_days_say(ends_on: date | None, stage: Stage) -> None:
    long_ago = date(2024, 1, 1)
    declared = replace(
        DECLARED,
        application=None,
        diagnosis=None,
        agreed_at=datetime(2023, 12, 31, 23, tzinfo=UTC),
        starts_on=long_ago,
        ends_on=ends_on,
    )
    started = Started(at=NOW, on=long_ago)
    ended = Ended(at=NOW, on=YESTERDAY, reason=EndReason.TERM_REACHED, category=ExitCategory.UNKNOWN)
    told: list[HiringEvent] = [declared, started, *([ended] if stage is Stage.ENDED else [])]
    command = RecordContract(company=ACI, starts_on=long_ago, ends_on=ends_on)
    given(decider).within(at()).when(command).then(*told)
    assert standing(*told).stage is stage


def test_a_contract_known_from_elsewhere_that_is_still_to_come_was_agreed_on_by_now() -> None:
    command = RecordContract(company=ACI, starts_on=TOMORROW)
    given(decider).within(at()).when(command).then(
        replace(DECLARED, application=None, diagnosis=None, starts_on=TOMORROW, ends_on=None)
    )


def test_a_contract_known_from_elsewhere_has_a_company_and_its_days_in_order() -> None:
    backwards = RecordContract(company=ACI, starts_on=TODAY, ends_on=YESTERDAY)
    given(decider).within(at()).when(backwards).refused(EndsBeforeItStarts)
    nowhere = RecordContract(company=OrganisationId("nowhere"), starts_on=TODAY)
    given(decider).within(at()).when(nowhere).refused(UnknownCompany)
    one_day = RecordContract(company=ACI, starts_on=TODAY, ends_on=TODAY)
    assert len(decider.decide(one_day, decider.initial, at())) == 2


@pytest.mark.parametrize("start", [YESTERDAY, TODAY])
def test_a_first_day_that_has_come_starts_the_contract_at_once(start: date) -> None:
    given(decider).within(at()).when(replace(DECLARE, starts_on=start)).then(
        replace(DECLARED, starts_on=start), Started(at=NOW, on=start)
    )
    assert standing(DECLARED, STARTED).stage is Stage.STARTED


def test_a_contract_starts_on_its_first_day_in_paris_and_once() -> None:
    coming = standing(COMING)
    assert deadlines(coming) == [Deadline(due=datetime(2025, 6, 10, 22, tzinfo=UTC), command=StartContract())]
    scenario = given(decider, COMING).when(StartContract())
    scenario.within(at(datetime(2025, 6, 10, 21, 59, tzinfo=UTC), SYSTEM)).refused(NotDue)
    first = datetime(2025, 6, 10, 22, tzinfo=UTC)
    scenario.within(at(first, SYSTEM)).then(Started(at=first, on=TOMORROW))
    started = standing(COMING, Started(at=first, on=TOMORROW))
    assert [type(asked.command) for asked in deadlines(started)] == [EndAsPlanned]
    assert StartContract not in decider.offers(started)


def test_the_planned_end_is_told_the_day_after_and_nobody_knows_yet_what_it_led_to() -> None:
    due = datetime(2025, 12, 1, 23, tzinfo=UTC)
    assert deadlines(standing(*RUNNING)) == [Deadline(due=due, command=EndAsPlanned())]
    scenario = given(decider, *RUNNING).when(EndAsPlanned())
    scenario.within(at(due - timedelta(seconds=1), SYSTEM)).refused(NotDue)
    scenario.within(at(due, SYSTEM)).then(replace(BY_TERM, at=due))


def test_a_contract_of_one_day_ends_the_next_day() -> None:
    one_day = (replace(DECLARED, ends_on=DECLARED.starts_on), STARTED)
    due = datetime(2025, 6, 2, 22, tzinfo=UTC)
    assert [asked.due for asked in deadlines(standing(*one_day))] == [due]


def test_an_open_ended_contract_ends_by_nothing_but_somebody_s_word() -> None:
    open_ended = (replace(DECLARED, ends_on=None), STARTED)
    assert deadlines(standing(*open_ended)) == []
    assert EndAsPlanned not in decider.offers(standing(*open_ended))
    later = on(date(2030, 1, 1), SYSTEM)
    for context in (later, replace(later, waived=frozenset({NotDue}))):
        given(decider, *open_ended).within(context).when(EndAsPlanned()).refused(NotDue)


END = EndContract(on=YESTERDAY, reason=EndReason.RESIGNATION, category=ExitCategory.TRANSITION_JOB)


def test_a_company_says_when_why_and_to_what_a_contract_ended() -> None:
    given(decider, *RUNNING).within(at()).when(END).then(ENDED)
    ended = standing(*RUNNING, ENDED)
    expected = End(on=YESTERDAY, reason=EndReason.RESIGNATION, category=ExitCategory.TRANSITION_JOB)
    assert (ended.stage, ended.end, ended.ends_on) == (Stage.ENDED, expected, PLANNED_END)
    assert hiring_journey.closed(ended)
    assert not hiring_journey.closed(standing(*RUNNING))


def test_a_contract_ends_between_its_first_day_and_today() -> None:
    scenario = given(decider, *RUNNING).within(at())
    scenario.when(replace(END, on=date(2025, 6, 1))).refused(EndsBeforeItStarts)
    scenario.when(replace(END, on=TOMORROW)).refused(EndsInTheFuture)
    for day in (date(2025, 6, 2), TODAY):
        scenario.when(replace(END, on=day)).then(replace(ENDED, on=day))


def test_a_contract_does_not_end_after_its_planned_end() -> None:
    scenario = given(decider, *RUNNING).within(on(date(2025, 12, 5)))
    scenario.when(replace(END, on=date(2025, 12, 2))).refused(AfterThePlannedEnd)
    scenario.when(replace(END, on=PLANNED_END)).then(replace(ENDED, at=on(date(2025, 12, 5)).at, on=PLANNED_END))


def test_every_reason_has_its_categories_and_some_have_one() -> None:
    assert CATEGORIES.keys() == set(EndReason)
    narrow = {reason.value: sorted(found) for reason, found in CATEGORIES.items() if len(found) < len(ExitCategory)}
    assert narrow == {
        "hired_elsewhere": ["lasting_job", "positive_exit", "transition_job"],
        "training": ["positive_exit"],
        "retirement": ["positive_exit"],
        "death": ["withdrawn"],
    }


@pytest.mark.parametrize("reason", EndReason)
@pytest.mark.parametrize("category", ExitCategory)
def test_an_end_leads_where_its_reason_may_lead(reason: EndReason, category: ExitCategory) -> None:
    command = EndContract(on=TODAY, reason=reason, category=category)
    scenario = given(decider, *RUNNING).within(at()).when(command)
    if category in CATEGORIES[reason]:
        scenario.then(Ended(at=NOW, on=TODAY, reason=reason, category=category))
    else:
        scenario.refused(CategoryImpossible)


def test_a_refused_category_says_which_ones_would_do() -> None:
    command = EndContract(on=TODAY, reason=EndReason.DEATH, category=ExitCategory.UNKNOWN)
    with pytest.raises(CategoryImpossible) as caught:
        decider.decide(command, standing(*RUNNING), at())
    assert caught.value.details == {"categories": ["withdrawn"]}


def test_what_time_said_of_an_end_is_completed() -> None:
    command = CorrectEnd(on=PLANNED_END, reason=EndReason.HIRED_ELSEWHERE, category=ExitCategory.LASTING_JOB)
    context = on(date(2025, 12, 10))
    corrected = EndCorrected(
        at=context.at, on=PLANNED_END, reason=EndReason.HIRED_ELSEWHERE, category=ExitCategory.LASTING_JOB
    )
    given(decider, *RUNNING, BY_TERM).within(context).when(command).then(corrected)
    assert standing(*RUNNING, BY_TERM, corrected).end == End(
        on=PLANNED_END, reason=EndReason.HIRED_ELSEWHERE, category=ExitCategory.LASTING_JOB
    )


def test_a_corrected_end_obeys_the_rules_of_an_end() -> None:
    command = CorrectEnd(on=TODAY, reason=EndReason.OTHER, category=ExitCategory.UNKNOWN)
    scenario = given(decider, *RUNNING, ENDED).within(at())
    scenario.when(replace(command, on=TOMORROW)).refused(EndsInTheFuture)
    scenario.when(replace(command, on=date(2025, 6, 1))).refused(EndsBeforeItStarts)
    scenario.when(replace(command, reason=EndReason.TRAINING)).refused(CategoryImpossible)


def test_an_end_said_by_mistake_is_retracted_and_a_planned_one_is_not() -> None:
    given(decider, *RUNNING, ENDED).within(at()).when(RetractEnd()).then(EndRetracted(at=NOW))
    running = standing(*RUNNING, ENDED, EndRetracted(at=NOW))
    assert (running.stage, running.end) == (Stage.STARTED, None)
    given(decider, *RUNNING, BY_TERM).within(at()).when(RetractEnd()).refused(EndedByItself)
    assert RetractEnd not in decider.offers(standing(*RUNNING, BY_TERM))
    assert RetractEnd in decider.offers(standing(*RUNNING, ENDED))


def test_a_contract_is_renewed_to_a_later_day_or_for_good() -> None:
    scenario = given(decider, *RUNNING).within(at())
    scenario.when(Renew(ends_on=PLANNED_END)).refused(NotLonger)
    scenario.when(Renew(ends_on=add_days(PLANNED_END, 1))).then(Renewed(at=NOW, ends_on=add_days(PLANNED_END, 1)))
    scenario.when(Renew()).then(Renewed(at=NOW, ends_on=None))
    renewed = standing(*RUNNING, Renewed(at=NOW, ends_on=date(2026, 6, 1)), Renewed(at=NOW, ends_on=None))
    assert (renewed.renewals, renewed.ends_on, renewed.stage) == (2, None, Stage.STARTED)


def test_a_renewal_told_late_takes_back_the_end_that_time_has_told() -> None:
    context = on(date(2026, 1, 10))
    renewed = Renewed(at=context.at, ends_on=date(2026, 5, 31))
    given(decider, *RUNNING, BY_TERM).within(context).when(Renew(ends_on=date(2026, 5, 31))).then(renewed)
    case = standing(*RUNNING, BY_TERM, renewed)
    assert (case.stage, case.end, case.ends_on) == (Stage.STARTED, None, date(2026, 5, 31))


def test_what_has_no_planned_end_or_ended_before_it_is_not_renewed() -> None:
    open_ended = (replace(DECLARED, ends_on=None), STARTED)
    given(decider, *open_ended).within(at()).when(Renew(ends_on=PLANNED_END)).refused(NothingToRenew)
    given(decider, *RUNNING, ENDED).within(at()).when(Renew()).refused(NothingToRenew)
    assert Renew not in decider.offers(standing(*open_ended))
    assert Renew not in decider.offers(standing(*RUNNING, ENDED))
    assert Renew in decider.offers(standing(*RUNNING, BY_TERM))


def test_a_planned_end_is_corrected_to_a_day_that_can_still_come() -> None:
    scenario = given(decider, *RUNNING).within(at())
    scenario.when(ChangeEnd(ends_on=PLANNED_END)).then()
    scenario.when(ChangeEnd()).then(PlannedEndChanged(at=NOW, ends_on=None))
    scenario.when(ChangeEnd(ends_on=TODAY)).then(PlannedEndChanged(at=NOW, ends_on=TODAY))
    scenario.when(ChangeEnd(ends_on=YESTERDAY)).refused(EndsInThePast)
    changed = standing(*RUNNING, PlannedEndChanged(at=NOW, ends_on=TODAY))
    assert (changed.ends_on, changed.renewals) == (TODAY, 0)


def test_a_planned_end_is_no_earlier_than_the_first_day() -> None:
    scenario = given(decider, COMING).within(at())
    scenario.when(ChangeEnd(ends_on=TODAY)).refused(EndsBeforeItStarts)
    scenario.when(ChangeEnd(ends_on=TOMORROW)).then(PlannedEndChanged(at=NOW, ends_on=TOMORROW))


def test_a_hire_moves_with_its_application() -> None:
    command = ChangeDates(starts_on=date(2025, 6, 20), ends_on=None)
    moved = DatesChanged(at=NOW, starts_on=date(2025, 6, 20), ends_on=None)
    given(decider, COMING).within(at(actor=SYSTEM)).when(command).then(moved)
    case = standing(COMING, moved)
    assert (case.stage, case.starts_on, case.ends_on) == (Stage.DECLARED, date(2025, 6, 20), None)
    shorter = standing(COMING, replace(moved, ends_on=date(2025, 8, 31)))
    assert (shorter.starts_on, shorter.ends_on) == (date(2025, 6, 20), date(2025, 8, 31))


def test_a_hire_moved_to_a_day_that_has_come_starts_at_once() -> None:
    command = ChangeDates(starts_on=TODAY, ends_on=PLANNED_END)
    given(decider, COMING).within(at(actor=SYSTEM)).when(command).then(
        DatesChanged(at=NOW, starts_on=TODAY, ends_on=PLANNED_END), Started(at=NOW, on=TODAY)
    )


def test_a_move_told_late_takes_back_the_start_that_time_has_told() -> None:
    moved = DatesChanged(at=NOW, starts_on=date(2025, 6, 20), ends_on=None)
    case = standing(*RUNNING, moved)
    assert case.stage is Stage.DECLARED
    assert [asked.due for asked in deadlines(case)] == [datetime(2025, 6, 19, 22, tzinfo=UTC)]


def test_a_cancelled_hire_does_not_take_place_and_its_unsent_record_goes() -> None:
    given(decider, *RUNNING).within(at(actor=SYSTEM)).when(Cancel()).then(Cancelled(at=NOW))
    given(decider, *RUNNING, CREATED).within(at(actor=SYSTEM)).when(Cancel()).then(
        Cancelled(at=NOW), EmployeeRecordDeleted(at=NOW)
    )
    case = standing(*RUNNING, Cancelled(at=NOW))
    assert (case.cancelled, case.stage) == (True, Stage.CANCELLED)
    assert hiring_journey.closed(case)


def test_an_exchanged_record_stays_even_where_a_hire_is_cancelled_all_the_same() -> None:
    past = recorded(RecordStatus.SENT)
    given(decider, *past).within(at(actor=SYSTEM)).when(Cancel()).then(Cancelled(at=NOW))


def test_the_company_takes_part_in_its_hire() -> None:
    assert hiring_journey.parties(standing(DECLARED)) == {Party.RECEIVER: frozenset({ACI})}
    assert hiring_journey.parties(decider.initial) == {}


def test_a_hire_says_to_other_journeys_what_they_need_of_it() -> None:
    hire = standing(*RUNNING)
    assert isinstance(DECLARED, Declared)
    assert (hire.application, hire.company, hire.company_kinds) == ("job-application-1", ACI, ("aci",))
    assert (hire.diagnosis, hire.pass_iae, hire.agreed_at) == ("eligibility-check-1", "pass-iae-1", NOW)
    assert (hire.starts_on, hire.ends_on, hire.exchanged) == (date(2025, 6, 2), PLANNED_END, False)
