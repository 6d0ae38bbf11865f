"""What holds of every hire, whatever people and time do to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_days, paris_day
from domain.hiring import Hiring, HiringCommand, HiringEvent, hiring_journey
from domain.hiring.codes import EndReason, ExitCategory, RecordStatus, Stage, UpdateStatus
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    Cancel,
    ChangeDates,
    ChangeEnd,
    CompleteEmployeeRecord,
    CorrectEnd,
    CreateEmployeeRecord,
    Declare,
    DisableEmployeeRecord,
    EnableEmployeeRecord,
    EndAsPlanned,
    EndContract,
    FollowPass,
    ProcessEmployeeRecord,
    RecordPass,
    RejectEmployeeRecord,
    Renew,
    RetractEnd,
    SendEmployeeRecord,
    SendUpdateNotification,
    StartContract,
    UnarchiveEmployeeRecord,
)
from domain.hiring.events import (
    DatesChanged,
    EmployeeRecordDeleted,
    EmployeeRecordEnabled,
    EmployeeRecordProcessed,
    EmployeeRecordRejected,
    EmployeeRecordSent,
    EmployeeRecordUnarchived,
    EndCorrected,
    EndRetracted,
    PassFollowed,
    PassLost,
    PlannedEndChanged,
    Renewed,
    UpdateNotificationAnswered,
    UpdateNotificationOpened,
    UpdateNotificationSent,
)
from domain.hiring.refusals import WrongStage
from domain.hiring.rules import decider
from domain.hiring.table import deadlines
from domain.journey import Refusal
from tests.domain.hiring.samples import ACI, DECLARED, NOUR, NOW, RIGHT, SIRET, SYSTEM, TODAY, at, history, recorded

BY_TIME = (StartContract, EndAsPlanned, ArchiveEmployeeRecord)
Draw = Callable[[Random, datetime], HiringCommand]


DRAWN: Mapping[type[HiringCommand], Draw] = {
    Declare: lambda draw, now: Declare(
        application="job-application-1",
        company=ACI,
        company_kinds=("aci",),
        agreed_at=now,
        starts_on=add_days(paris_day(now), draw.randint(-1, 10)),
        ends_on=draw.choice([None, add_days(paris_day(now), 30)]),
        pass_iae=draw.choice([None, "pass-iae-1"]),
    ),
    ChangeDates: lambda draw, now: ChangeDates(starts_on=add_days(paris_day(now), draw.randint(0, 30))),
    Cancel: lambda _, __: Cancel(),
    RecordPass: lambda draw, _: RecordPass(pass_iae=draw.choice([None, "pass-iae-1", "pass-iae-1"])),
    FollowPass: lambda _, __: FollowPass(),
    StartContract: lambda _, __: StartContract(),
    ChangeEnd: lambda draw, now: ChangeEnd(ends_on=add_days(paris_day(now), draw.randint(-1, 60))),
    Renew: lambda draw, now: Renew(ends_on=add_days(paris_day(now), draw.randint(-1, 90))),
    EndContract: lambda draw, now: EndContract(
        on=add_days(paris_day(now), draw.randint(-3, 1)),
        reason=draw.choice(list(EndReason)),
        category=draw.choice(list(ExitCategory)),
    ),
    EndAsPlanned: lambda _, __: EndAsPlanned(),
    CorrectEnd: lambda draw, now: CorrectEnd(
        on=add_days(paris_day(now), draw.randint(-3, 1)),
        reason=draw.choice(list(EndReason)),
        category=draw.choice(list(ExitCategory)),
    ),
    RetractEnd: lambda _, __: RetractEnd(),
    CreateEmployeeRecord: lambda _, __: CreateEmployeeRecord(siret=SIRET),
    CompleteEmployeeRecord: lambda _, __: CompleteEmployeeRecord(),
    SendEmployeeRecord: lambda _, __: SendEmployeeRecord(file="f", line=1),
    RejectEmployeeRecord: lambda _, __: RejectEmployeeRecord(code="3308"),
    ProcessEmployeeRecord: lambda draw, _: ProcessEmployeeRecord(code=draw.choice(["0000", "3436"])),
    DisableEmployeeRecord: lambda _, __: DisableEmployeeRecord(),
    EnableEmployeeRecord: lambda _, __: EnableEmployeeRecord(),
    ArchiveEmployeeRecord: lambda _, __: ArchiveEmployeeRecord(),
    UnarchiveEmployeeRecord: lambda _, __: UnarchiveEmployeeRecord(),
    SendUpdateNotification: lambda _, __: SendUpdateNotification(),
    AnswerUpdateNotification: lambda draw, _: AnswerUpdateNotification(accepted=draw.choice([True, False])),
}


@dataclass(frozen=True)
class Walk:
    events: Sequence[HiringEvent]
    states: Sequence[Hiring]


def walk(draw: Random, steps: int = 25) -> Walk:
    """What may happen to a hire when people and time choose among what it offers, and its PASS moves meanwhile."""
    now, case = NOW, decider.initial
    events: list[HiringEvent] = []
    states = [case]
    for _ in range(steps):
        now += draw.choice([timedelta(minutes=1), timedelta(days=1), timedelta(days=20), timedelta(days=250)])
        right = replace(RIGHT, ends_on=add_days(TODAY, draw.choice([30, 30, 1200])))
        kinds = [kind for kind in decider.offers(case) if kind is not Cancel or draw.random() < 0.2]
        if not kinds:
            break
        kind = draw.choice(kinds)
        context = at(now, SYSTEM if kind in BY_TIME else NOUR, pass_iae_1=right)
        try:
            decided = decider.decide(DRAWN[kind](draw, now), case, context)
        except WrongStage:
            raise
        except Refusal:
            continue
        for event in decided:
            case = decider.evolve(case, event)
            events.append(event)
            states.append(case)
    return Walk(events, states)


walks = st.randoms(use_true_random=False).map(walk)


@given(walks)
def test_an_end_is_known_once_ended_and_only_then(walked: Walk) -> None:
    known = [state.end is not None for state in walked.states if state.stage is not Stage.CANCELLED]
    ended = [state.stage is Stage.ENDED for state in walked.states if state.stage is not Stage.CANCELLED]
    assert known == ended


@given(walks)
def test_a_contract_ends_on_one_of_its_days(walked: Walk) -> None:
    for state in walked.states:
        if state.end is not None:
            assert state.starts_on <= state.end.on
            assert state.ends_on is None or state.end.on <= state.ends_on


@given(walks)
def test_a_hire_is_cancelled_for_good(walked: Walk) -> None:
    cancelled = [state.cancelled for state in walked.states]
    assert cancelled == sorted(cancelled)
    assert cancelled == [state.stage is Stage.CANCELLED for state in walked.states]


@given(walks)
def test_what_was_exchanged_with_the_asp_stays_so(walked: Walk) -> None:
    exchanged = [state.exchanged for state in walked.states]
    assert exchanged == sorted(exchanged)
    for state in walked.states:
        if state.record is not None and state.record.code is not None:
            assert state.exchanged


@given(walks)
def test_a_record_declares_a_hire_under_a_pass(walked: Walk) -> None:
    """Between the two events of one decision it may lack one."""
    settled = [
        state for state, event in zip(walked.states[1:], walked.events, strict=True) if not isinstance(event, PassLost)
    ]
    assert [state for state in settled if state.record is not None and state.pass_iae is None] == []


@given(walks)
def test_time_asks_only_for_what_is_offered(walked: Walk) -> None:
    for state in walked.states:
        assert {type(deadline.command) for deadline in deadlines(state)} <= set(decider.offers(state))


@given(walks)
def test_a_history_tells_the_same_state_again(walked: Walk) -> None:
    assert list(decider.replay(walked.events)) == list(walked.states)


def test_walks_reach_every_stage_status_and_event() -> None:
    walked = [walk(Random(seed)) for seed in range(2000)]
    states = [state for one in walked for state in one.states]
    assert {state.stage for state in states} == set(Stage)
    assert {state.record.status for state in states if state.record} == set(RecordStatus)
    assert {state.record.update for state in states if state.record} == {None, *UpdateStatus}
    assert {type(event) for one in walked for event in one.events} == set(hiring_journey.events)


ANYTHING: Sequence[HiringEvent] = (
    *(event for stage in Stage for event in history(stage)),
    *(event for status in RecordStatus for event in recorded(status)),
    DatesChanged(at=NOW, starts_on=TODAY, ends_on=None),
    PlannedEndChanged(at=NOW, ends_on=TODAY),
    Renewed(at=NOW, ends_on=None),
    EndCorrected(at=NOW, on=TODAY, reason=EndReason.OTHER, category=ExitCategory.UNKNOWN),
    EndRetracted(at=NOW),
    PassLost(at=NOW),
    PassFollowed(at=NOW, starts_on=TODAY, ends_on=TODAY),
    EmployeeRecordSent(at=NOW, file="f", line=1),
    EmployeeRecordRejected(at=NOW, code="3308"),
    EmployeeRecordProcessed(at=NOW, code="0000"),
    EmployeeRecordEnabled(at=NOW),
    EmployeeRecordUnarchived(at=NOW, status=RecordStatus.NEW),
    EmployeeRecordDeleted(at=NOW),
    UpdateNotificationOpened(at=NOW),
    UpdateNotificationSent(at=NOW),
    UpdateNotificationAnswered(at=NOW, accepted=False),
    replace(DECLARED, company_kinds=()),
)


def test_anything_holds_every_kind_of_event() -> None:
    assert {type(event) for event in ANYTHING} == set(hiring_journey.events)


@given(st.lists(st.sampled_from(ANYTHING)))
def test_any_history_can_be_read_even_one_that_no_rule_would_allow(events: list[HiringEvent]) -> None:
    assert len(decider.replay(events)) == len(events) + 1
