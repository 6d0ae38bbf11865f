from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_days
from domain.iae.hire import Hire
from domain.iae.right import SuspensionReason
from domain.journey import Context, Dossier, Refusal
from domain.pass_iae import PassIae, PassIaeCommand, PassIaeEvent, pass_iae_journey
from domain.pass_iae.codes import DenialReason, Origin, ProlongationReason, RequestStage, Stage, Status
from domain.pass_iae.commands import (
    AskForDeletion,
    Cancel,
    ChangeProlongation,
    ChangeSuspension,
    CorrectStart,
    DeleteProlongation,
    DeleteProlongationRequest,
    DeleteSuspension,
    DeliverByHand,
    DenyProlongation,
    GrantProlongation,
    Issue,
    MoveStart,
    Prolong,
    RecordEnd,
    RecordRight,
    RecordSuspensionEnd,
    RemindPrescriber,
    RequestProlongation,
    ReturnToWork,
    ServeHire,
    Suspend,
    Terminate,
)
from domain.pass_iae.events import (
    Cancelled,
    DeletionAsked,
    Ended,
    EndMoved,
    HireServed,
    PrescriberReminded,
    ProlongationChanged,
    ProlongationDeleted,
    ProlongationDenied,
    ProlongationGranted,
    ProlongationRequestDeleted,
    Prolonged,
    StartMoved,
    SuspensionChanged,
    SuspensionCut,
    SuspensionDeclared,
    SuspensionDeleted,
    SuspensionEnded,
    Terminated,
)
from domain.pass_iae.reckoning import reckoned, remaining_days, remaining_until, status
from domain.pass_iae.refusals import WrongStage
from domain.pass_iae.state import DeclaredSuspension, Prolongation
from domain.pass_iae.table import deadlines
from domain.pass_iae.terms import TERMS
from domain.vocabulary import ERASED, SEALED, OrganisationProfile
from tests.domain.pass_iae.cases import (
    ACI,
    EI,
    END,
    PASS,
    PRESCRIBER,
    SAM,
    START,
    asked,
    context,
    decider,
    hired,
    issued,
    noon,
    paused,
    prolonged,
)

BEGINS = date(2024, 1, 10)
Draw = Callable[[Random, date, PassIae], PassIaeCommand]


def near(draw: Random, day: date, *, spread: int = 40) -> date:
    return add_days(day, draw.randint(-spread, spread))


def number(draw: Random, last: int) -> int:
    return draw.randint(max(last - 1, 1), last + 1)


DRAWN: Mapping[type[PassIaeCommand], Draw] = {
    Issue: lambda draw, day, _: Issue(
        application="job-application-1",
        starts_on=add_days(day, draw.randint(0, 60)),
        diagnosis="eligibility-check-1",
        company=ACI.id,
        company_kinds=ACI.kinds,
        sender_kind="candidate",
        sender_kinds=(),
    ),
    DeliverByHand: lambda _, day, __: DeliverByHand(
        application="job-application-1",
        starts_on=day,
        diagnosis="eligibility-check-1",
        company=ACI.id,
        company_kinds=ACI.kinds,
        sender_kind="candidate",
        sender_kinds=(),
    ),
    RecordRight: lambda draw, day, _: RecordRight(
        number="625741810182",
        starts_on=add_days(day, -draw.randint(0, 600)),
        ends_on=add_days(day, draw.randint(1, 600)),
        origin=Origin.PE_APPROVAL,
        company=ACI.id,
        company_kinds=ACI.kinds,
    ),
    ServeHire: lambda draw, day, _: ServeHire(
        application="job-application-2",
        starts_on=add_days(day, draw.randint(0, 90)),
        company=draw.choice([ACI.id, EI.id]),
    ),
    MoveStart: lambda draw, day, _: MoveStart(starts_on=add_days(day, draw.randint(0, 30))),
    CorrectStart: lambda draw, _, case: CorrectStart(starts_on=near(draw, case.starts_on)),
    Terminate: lambda _, __, ___: Terminate(),
    Cancel: lambda _, __, ___: Cancel(),
    AskForDeletion: lambda _, __, ___: AskForDeletion(),
    RecordEnd: lambda _, __, ___: RecordEnd(),
    Suspend: lambda draw, day, _: Suspend(
        reason=draw.choice(list(SuspensionReason)[:5]),
        starts_on=add_days(day, -draw.choice([0, 0, 5, 30, 400])),
        ends_on=draw.choice([None, add_days(day, draw.randint(-20, 500))]),
    ),
    ChangeSuspension: lambda draw, day, case: ChangeSuspension(
        number=number(draw, case.last_suspension),
        reason=SuspensionReason.CONTRACT_BROKEN,
        starts_on=add_days(day, -draw.choice([0, 5, 30])),
        ends_on=draw.choice([None, add_days(day, draw.randint(0, 400))]),
    ),
    DeleteSuspension: lambda draw, _, case: DeleteSuspension(number=number(draw, case.last_suspension)),
    ReturnToWork: lambda draw, day, case: ReturnToWork(
        number=number(draw, case.last_suspension), on=add_days(day, draw.randint(0, 20))
    ),
    RecordSuspensionEnd: lambda draw, _, case: RecordSuspensionEnd(number=number(draw, case.last_suspension)),
    Prolong: lambda draw, _, case: Prolong(
        reason=draw.choice(list(ProlongationReason)), ends_on=add_days(case.ends_on, draw.choice([0, 1, 90, 365, 366]))
    ),
    ChangeProlongation: lambda draw, _, case: ChangeProlongation(
        number=number(draw, case.last_prolongation), ends_on=near(draw, case.ends_on)
    ),
    DeleteProlongation: lambda draw, _, case: DeleteProlongation(number=number(draw, case.last_prolongation)),
    RequestProlongation: lambda draw, _, case: RequestProlongation(
        reason=draw.choice(list(ProlongationReason)),
        ends_on=add_days(case.ends_on, draw.choice([1, 90, 365])),
        organisation=PRESCRIBER.id,
        prescriber=SAM.subject,
    ),
    GrantProlongation: lambda draw, _, case: GrantProlongation(number=number(draw, case.last_request)),
    DenyProlongation: lambda draw, _, case: DenyProlongation(
        number=number(draw, case.last_request), reason=DenialReason.REASON, explanation="Non"
    ),
    RemindPrescriber: lambda draw, _, case: RemindPrescriber(number=number(draw, case.last_request)),
    DeleteProlongationRequest: lambda draw, _, case: DeleteProlongationRequest(number=number(draw, case.last_request)),
}
#: Rarely drawn, or nothing would ever happen afterwards.
FINAL: frozenset[type[PassIaeCommand]] = frozenset({Cancel, Terminate})


@dataclass(frozen=True)
class Step:
    """What was asked on a day, what it led to, and where the PASS stood before and after."""

    day: date
    events: Sequence[PassIaeEvent]
    before: PassIae
    after: PassIae


def walk(draw: Random, steps: int = 30) -> Sequence[Step]:
    """What may happen to a PASS when people and time choose among what it offers."""
    day, case = BEGINS, decider.initial
    taken: list[Step] = []
    hires = {"hiring-1": hired(starts_on=BEGINS), "hiring-2": replace(hired(EI), pass_iae=None, agreed_at=noon(BEGINS))}
    for _ in range(steps):
        day += timedelta(days=draw.choice([0, 1, 10, 10, 30, 100]))
        kind = draw.choice(list(decider.offers(case)) or [Cancel])
        if kind in FINAL and draw.random() < 0.8:
            continue
        within = asking(draw, day, case, hires)
        try:
            decided = decider.decide(DRAWN[kind](draw, day, case), case, within)
        except WrongStage:
            break
        except Refusal:
            continue
        after = _after(case, decided)
        taken.append(Step(day, decided, case, after))
        case = after
    return taken


def _after(case: PassIae, events: Sequence[PassIaeEvent]) -> PassIae:
    for event in events:
        case = decider.evolve(case, event)
    return case


def asking(draw: Random, day: date, case: PassIae, hires: Mapping[str, Hire]) -> Context:
    """The company, the prescriber or staff, whoever it is."""
    acting: OrganisationProfile | None = draw.choice([ACI, ACI, PRESCRIBER, None])
    within = context(day, acting, SAM if acting is PRESCRIBER else None)
    return replace(within, dossier=Dossier({PASS: case, **hires}), number=1)


walks = st.randoms(use_true_random=False).map(walk)


def days_that_count(case: PassIae, on: date) -> int:
    """The remainder, day by day."""
    if case.cancelled:
        return 0
    first = max(case.starts_on, on)
    days = [add_days(first, offset) for offset in range((case.ends_on - first).days + 1)]
    return sum(not any(each.starts_on <= day <= each.ends_on for each in case.suspensions) for day in days)


@given(walks)
def test_the_remainder_is_the_days_that_are_not_paused_and_never_negative(walked: Sequence[Step]) -> None:
    for step in walked:
        for day in (step.day, step.after.ends_on, add_days(step.after.ends_on, 1)):
            left = remaining_days(step.after, day)
            assert left == days_that_count(step.after, day)
            assert left >= 0


@given(walks)
def test_the_remainder_as_a_day_is_the_last_one_if_nothing_pauses_the_pass_any_more(walked: Sequence[Step]) -> None:
    for step in walked:
        case, left = step.after, remaining_days(step.after, step.day)
        until = remaining_until(case, step.day)
        assert until <= case.ends_on
        if left and not case.cancelled:
            assert (until - max(case.starts_on, step.day)).days + 1 == left


@given(walks)
def test_every_suspension_is_within_the_pass_and_no_two_share_a_day(walked: Sequence[Step]) -> None:
    for step in walked:
        pauses = sorted((each.starts_on, each.ends_on) for each in step.after.suspensions)
        assert all(step.after.starts_on <= first <= last <= step.after.ends_on for first, last in pauses)
        assert all(before[1] < after[0] for before, after in pairwise(pauses))


@given(walks)
def test_prolongations_add_days_keep_to_their_limits_and_do_not_overlap(walked: Sequence[Step]) -> None:
    for step in walked:
        spans = sorted((each.starts_on, each.ends_on) for each in step.after.prolongations)
        assert all(before[1] <= after[0] for before, after in pairwise(spans))
        if any(isinstance(event, Prolonged) for event in step.events):
            last = step.after.prolongations[-1]
            together = sum(each.days for each in step.after.prolongations)
            assert 1 <= last.days <= TERMS[last.reason].longest
            assert together <= (TERMS[last.reason].cumulative or together)


def suspended(case: PassIae, number: int) -> timedelta:
    """What a suspension had added."""
    pause = next(each for each in case.suspensions if each.number == number)
    return pause.ends_on - pause.starts_on


def added(case: PassIae, number: int) -> timedelta:
    """What a prolongation had added."""
    return timedelta(days=next(each.days for each in case.prolongations if each.number == number))


def end_of(those: Sequence[DeclaredSuspension | Prolongation], number: int) -> date:
    return next(each.ends_on for each in those if each.number == number)


#: By how much each event moves the last day of the PASS.
MOVES: Mapping[type[PassIaeEvent], Callable[[Any, PassIae], timedelta]] = {
    SuspensionDeclared: lambda event, _: event.ends_on - event.starts_on,
    SuspensionChanged: lambda event, case: event.ends_on - event.starts_on - suspended(case, event.number),
    SuspensionCut: lambda event, case: event.ends_on - end_of(case.suspensions, event.number),
    SuspensionDeleted: lambda event, case: -suspended(case, event.number),
    Prolonged: lambda event, _: event.ends_on - event.starts_on,
    ProlongationChanged: lambda event, case: event.ends_on - end_of(case.prolongations, event.number),
    ProlongationDeleted: lambda event, case: -added(case, event.number),
    Terminated: lambda event, case: event.pass_ends_on - case.ends_on,
    StartMoved: lambda event, case: event.pass_ends_on - case.ends_on,
}
LATER = (SuspensionDeclared, Prolonged)
EARLIER = (SuspensionCut, SuspensionDeleted, ProlongationDeleted, Terminated)


@given(walks)
def test_the_last_day_never_moves_the_wrong_way(walked: Sequence[Step]) -> None:
    for step in walked[1:]:
        case = step.before
        for event in step.events:
            after = decider.evolve(case, event)
            moved = after.ends_on - case.ends_on
            assert moved == (MOVES[type(event)](event, case) if isinstance(event, EndMoved) else timedelta())
            assert moved >= timedelta() or not isinstance(event, LATER)
            assert moved <= timedelta() or not isinstance(event, EARLIER)
            case = after


@given(walks)
def test_a_pass_ends_after_it_starts(walked: Sequence[Step]) -> None:
    assert [step for step in walked if step.after.ends_on <= step.after.starts_on] == []


@given(walks)
def test_replay_at_any_instant_gives_what_was_displayed_then(walked: Sequence[Step]) -> None:
    told = [event for step in walked for event in step.events]
    replayed = decider.replay(told)
    place = 0
    for step in walked:
        place += len(step.events)
        assert replayed[place] == step.after
        assert reckoned(replayed[place], noon(step.day)) == reckoned(step.after, noon(step.day))


@given(walks)
def test_a_status_follows_from_the_days_alone(walked: Sequence[Step]) -> None:
    for step in walked:
        case, on = step.after, step.day
        if case.cancelled:
            assert status(case, on) is Status.CANCELLED
        else:
            assert (status(case, on) is Status.EXPIRED) == (case.ends_on < on)
            assert (status(case, on) is Status.FUTURE) == (on < case.starts_on)


@given(walks)
def test_at_most_one_request_waits_and_numbers_are_never_used_twice(walked: Sequence[Step]) -> None:
    for step in walked:
        assert sum(each.stage is RequestStage.PENDING for each in step.after.requests) <= 1
        for those in (step.after.suspensions, step.after.prolongations, step.after.requests):
            assert len({each.number for each in those}) == len(those)


@given(walks)
def test_time_asks_only_for_what_is_offered(walked: Sequence[Step]) -> None:
    for step in walked:
        assert {type(each.command) for each in deadlines(step.after)} <= set(decider.offers(step.after))


@given(walks)
def test_the_number_and_what_it_came_from_never_change(walked: Sequence[Step]) -> None:
    origins = {
        (case.number, case.origin, case.issued_for, case.diagnosis, case.company, case.company_kinds)
        for case in (step.after for step in walked)
    }
    assert len(origins) <= 1


def test_walks_reach_every_stage_every_status_and_every_event() -> None:
    walked = [walk(Random(seed)) for seed in range(400)]
    assert {step.after.stage for one in walked for step in one} | {Stage.NOT_ISSUED} == set(Stage)
    assert {status(step.after, step.day) for one in walked for step in one} == set(Status)
    assert {type(event) for one in walked for step in one for event in step.events} == set(pass_iae_journey.events)


ANYTHING: Sequence[PassIaeEvent] = (
    issued(),
    issued(number=SEALED),
    issued(number=ERASED),
    HireServed(application="job-application-2", company=EI.id),
    StartMoved(starts_on=START, pass_ends_on=END),
    Terminated(pass_ends_on=START),
    Cancelled(),
    DeletionAsked(on=START),
    Ended(on=END),
    paused(END, START, END),
    SuspensionChanged(
        number=7,
        reason=SuspensionReason.MATERNITY,
        former_starts_on=START,
        starts_on=START,
        ends_on=END,
        explanation=ERASED,
        pass_ends_on=START,
    ),
    SuspensionCut(number=7, ends_on=START, pass_ends_on=END),
    SuspensionDeleted(number=7, starts_on=START, pass_ends_on=END),
    SuspensionEnded(number=7, on=END),
    prolonged(END, START),
    ProlongationChanged(number=7, ends_on=END, pass_ends_on=END),
    ProlongationDeleted(number=7, declared_on=END, pass_ends_on=START),
    asked(END, END, START),
    PrescriberReminded(number=7, on=END),
    ProlongationGranted(number=1, on=END, by=SAM.subject),
    ProlongationDenied(number=1, on=END, by=SAM.subject, reason=DenialReason.SIAE, explanation=SEALED),
    ProlongationRequestDeleted(number=7),
)


def test_anything_holds_every_kind_of_event() -> None:
    assert {type(event) for event in ANYTHING} == set(pass_iae_journey.events)


@given(st.lists(st.sampled_from(ANYTHING)))
def test_any_history_can_be_read_even_one_that_no_rule_would_allow(events: list[PassIaeEvent]) -> None:
    states = decider.replay([issued(), *events])
    assert len(states) == len(events) + 2
    assert all(remaining_days(state, START) >= 0 for state in states)
