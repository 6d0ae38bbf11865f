"""What holds on every path through a convention, whatever is asked, by whom and whenever."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.immersion import Immersion, ImmersionCommand, ImmersionEvent, immersion_journey
from domain.immersion.codes import NEGATIVE, Attendance, Channel, Person, Reminder, Stage
from domain.immersion.commands import (
    Cancel,
    CorrectBeneficiary,
    CorrectTutor,
    CreateAssessment,
    DeleteAssessment,
    Deprecate,
    DeprecateAutomatically,
    FindEligible,
    Modify,
    NameReferent,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
    Reject,
    Remind,
    Renew,
    RequestAssessment,
    Sign,
    SignAssessment,
    Submit,
    TransferToAgency,
    Validate,
)
from domain.immersion.refusals import BeforeItWasSubmitted, NotDue, WrongStage
from domain.immersion.reminding import deadlines
from domain.immersion.rules import decider
from domain.immersion.state import closed, parties
from domain.immersion.terms import signatories
from domain.journey import Context, Refusal
from domain.vocabulary import ERASED, SEALED, Party, Personal, Role
from tests.domain.immersion.cases import (
    EMPLOYER,
    NOW,
    ONE,
    TWO,
    A,
    B,
    assess,
    at,
    beside,
    by,
    history,
    modify,
    renew,
    role,
    submit,
    terms,
)

AGREED = (terms(), terms(current_employer=EMPLOYER))
WHY = "Parce que."

DRAWN: Mapping[type[ImmersionCommand], Callable[[Random], ImmersionCommand]] = {
    Submit: lambda draw: submit(draw.choice(AGREED), draw.choice([ONE, TWO, A])),
    Renew: lambda _: renew(),
    Sign: lambda draw: Sign(person=draw.choice(list(Person))),
    Modify: lambda draw: modify(draw.choice(AGREED), draw.choice([None, Person.BENEFICIARY])),
    FindEligible: lambda _: FindEligible(),
    Validate: lambda _: Validate(),
    Reject: lambda _: Reject(justification=WHY),
    Cancel: lambda _: Cancel(justification=WHY),
    Deprecate: lambda _: Deprecate(justification=WHY),
    DeprecateAutomatically: lambda _: DeprecateAutomatically(),
    TransferToAgency: lambda draw: TransferToAgency(to=draw.choice([ONE.id, TWO.id, A.id]), justification=WHY),
    NameReferent: lambda _: NameReferent(last_name="Le Bihan"),
    CorrectTutor: lambda _: CorrectTutor(job="Chef"),
    CorrectBeneficiary: lambda _: CorrectBeneficiary(birth_date="1991-01-01"),
    RecordSignatureLink: lambda draw: RecordSignatureLink(
        recipient=draw.choice(list(Person)), channel=draw.choice(list(Channel))
    ),
    RecordAssessmentLink: lambda _: RecordAssessmentLink(channel=Channel.EMAIL),
    RecordAssessmentSignatureLink: lambda _: RecordAssessmentSignatureLink(channel=Channel.SMS),
    CreateAssessment: lambda draw: assess(
        person=None, attendance=draw.choice([Attendance.COMPLETED, Attendance.DID_NOT_SHOW])
    ),
    SignAssessment: lambda draw: SignAssessment(agrees=draw.choice([True, False]), feedback=WHY),
    DeleteAssessment: lambda _: DeleteAssessment(justification=WHY),
    Remind: lambda draw: Remind(of=draw.choice(list(Reminder))),
    RequestAssessment: lambda _: RequestAssessment(),
}
#: What somebody has to be for a decision to look at the command at all; the agency for all others.
PEOPLE = {Sign, SignAssessment}


def context(draw: Random, kind: type[ImmersionCommand], instant: datetime, case: Immersion) -> Context:
    if kind in PEOPLE:
        return role(draw.choice([Role.CANDIDATE, Role.WITNESS]), instant)
    acting = {ONE.id: ONE, TWO.id: TWO, A.id: A, None: ONE}[case.agency]
    name = draw.choice(["counsellor", "validator"])
    asked = by(draw.choice([acting, acting, B]), instant, name)
    return beside(asked, *history(Stage.VALIDATED))


@dataclass(frozen=True)
class Walk:
    events: Sequence[ImmersionEvent]
    states: Sequence[Immersion]


def walk(draw: Random, steps: int = 18) -> Walk:
    """What may happen to a convention when people and time choose among what it offers."""
    now, case = NOW, decider.initial
    events: list[ImmersionEvent] = []
    states = [case]
    for _ in range(steps):
        waits = [timedelta(minutes=1), timedelta(hours=25), timedelta(days=11), timedelta(days=30)]
        now += draw.choice(waits) if draw.random() < 0.5 else timedelta(minutes=1)
        command = _drawn(draw, case)
        try:
            decided = decider.decide(command, case, context(draw, type(command), now, case))
        except WrongStage:
            raise
        except Refusal:
            continue
        for event in decided:
            case = decider.evolve(case, event)
            events.append(event)
            states.append(case)
    return Walk(events, states)


def _drawn(draw: Random, case: Immersion) -> ImmersionCommand:
    """Half of the time on towards the assessment, or a walk would rarely get there."""
    onward = [kind for kind in (Submit, Sign, FindEligible, Validate, CreateAssessment) if kind in decider.offers(case)]
    if onward and draw.random() < 0.5:
        return DRAWN[draw.choice(onward)](draw)
    due = [deadline.command for deadline in deadlines(case)]
    if due and draw.random() < 0.2:
        return draw.choice(due)
    return DRAWN[draw.choice(list(decider.offers(case)))](draw)


walks = st.randoms(use_true_random=False).map(walk)


def test_walks_draw_every_command_reach_every_stage_and_see_every_event() -> None:
    walked = [walk(Random(seed)) for seed in range(400)]
    assert set(DRAWN) == set(immersion_journey.commands)
    assert {state.stage for one in walked for state in one.states} == set(Stage)
    assert {type(event) for one in walked for event in one.events} == set(immersion_journey.events)


@given(walks)
def test_a_negative_stage_stays(walked: Walk) -> None:
    stages = [state.stage for state in walked.states]
    assert all(after is before for before, after in pairwise(stages) if before in NEGATIVE)


@given(walks)
def test_nothing_is_reviewed_without_every_signature(walked: Walk) -> None:
    for state in walked.states:
        if state.stage in {Stage.IN_REVIEW, Stage.ELIGIBLE, Stage.VALIDATED}:
            assert state.terms is not None
            assert set(signatories(state.terms)) == set(state.signatures)
            assert state.complete_since is not None


@given(walks)
def test_two_steps_are_two_steps(walked: Walk) -> None:
    for before, after in pairwise(walked.states):
        if before.two_steps and after.stage is Stage.VALIDATED:
            assert before.stage in {Stage.ELIGIBLE, Stage.VALIDATED}


@given(walks)
def test_an_assessment_is_of_a_validated_immersion_and_keeps_it_so(walked: Walk) -> None:
    for before, after in pairwise(walked.states):
        assert after.assessment is None or after.stage is Stage.VALIDATED
        if before.assessment is not None:
            assert after.stage is Stage.VALIDATED
    assert all(closed(state) for state in walked.states if state.stage in NEGATIVE)


@given(walks)
def test_whoever_has_the_last_word_takes_part(walked: Walk) -> None:
    for state in walked.states[1:]:
        assert {Party.RECEIVER, Party.VALIDATOR} <= parties(state).keys()
        assert (state.agency != state.validator) is (state.agency == A.id)


@given(walks)
def test_time_asks_only_for_what_is_offered_and_later_than_what_happened(walked: Walk) -> None:
    for state in walked.states:
        for deadline in deadlines(state):
            assert type(deadline.command) in decider.offers(state)
            assert state.asked_at is not None
            assert deadline.due >= max(state.asked_at, state.complete_since or state.asked_at)


@given(walks)
def test_what_time_asks_is_accepted_when_due_refused_before_and_done_once(walked: Walk) -> None:
    case = walked.states[-1]
    for deadline in deadlines(case):
        with pytest.raises((NotDue, BeforeItWasSubmitted)):
            decider.decide(deadline.command, case, at(deadline.due - timedelta(microseconds=1)))
        [event] = decider.decide(deadline.command, case, at(deadline.due))
        after = decider.evolve(case, event)
        assert deadline.command not in [other.command for other in deadlines(after)]


@given(walks)
def test_a_history_tells_the_same_state_again(walked: Walk) -> None:
    assert list(decider.replay(walked.events)) == list(walked.states)


def without_the_person(value: Any, instead: str) -> Any:
    """The same message, its personal texts replaced at any depth."""
    hints = get_type_hints(type(value), include_extras=True)
    changes: dict[str, Any] = {}
    for field in fields(value):
        found = getattr(value, field.name)
        if Personal in getattr(hints[field.name], "__metadata__", ()):
            changes[field.name] = None if found is None else instead
        elif is_dataclass(found):
            changes[field.name] = without_the_person(found, instead)
    return replace(value, **changes)


@pytest.mark.parametrize("instead", [ERASED, SEALED])
@given(walked=walks)
def test_the_history_stands_when_the_person_is_forgotten(instead: str, walked: Walk) -> None:
    forgotten = decider.replay([without_the_person(event, instead) for event in walked.events])
    for known, state in zip(walked.states, forgotten, strict=True):
        assert (state.stage, state.signatures) == (known.stage, known.signatures)
        assert deadlines(state) == deadlines(known)
        assert (parties(state), closed(state)) == (parties(known), closed(known))
        assert decider.offers(state) == decider.offers(known)


def test_a_forgotten_convention_says_nothing_of_anybody() -> None:
    [event] = decider.decide(submit(), decider.initial, role(Role.WITNESS))
    assert "Haddad" in str(event)
    for word in ("Haddad", "Morel", "courriel.example", "+336", "Four", "1990"):
        assert word not in str(without_the_person(event, ERASED))
