"""What holds on every path through a discussion, whatever is asked and whenever."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.discussion import Discussion, DiscussionCommand, DiscussionEvent, discussion_journey
from domain.discussion.codes import ContactMode, RejectionKind, Reminder, Side, Stage, WarnedBy
from domain.discussion.commands import (
    Accept,
    LinkConvention,
    Open,
    RedactMessages,
    Reject,
    Remind,
    RenderObsolete,
    Write,
)
from domain.discussion.refusals import NotDue, WrongStage
from domain.discussion.rules import decider
from domain.discussion.table import deadlines
from domain.journey import Refusal
from domain.vocabulary import ERASED, SEALED
from tests.domain.discussion.cases import NOW, WITNESS, ask, at, beside
from tests.domain.immersion.test_laws import without_the_person

DRAWN: Mapping[type[DiscussionCommand], Callable[[Random], DiscussionCommand]] = {
    Open: lambda draw: draw.choice([ask(), ask(None, contact_mode=ContactMode.PHONE)]),
    Write: lambda draw: Write(subject="Re", text="Oui.", side=draw.choice(list(Side))),
    Accept: lambda draw: Accept(warned_by=draw.choice([None, WarnedBy.PHONE])),
    Reject: lambda draw: Reject(kind=draw.choice(list(RejectionKind))),
    LinkConvention: lambda _: LinkConvention(convention="immersion-1"),
    Remind: lambda draw: Remind(of=draw.choice(list(Reminder))),
    RenderObsolete: lambda _: RenderObsolete(),
    RedactMessages: lambda _: RedactMessages(),
}


def walk(draw: Random, steps: int = 10) -> Sequence[DiscussionEvent]:
    """What may happen to a discussion when people and time choose among what it offers."""
    now, case = NOW, decider.initial
    events: list[DiscussionEvent] = []
    for _ in range(steps):
        now += timedelta(days=draw.choice([0, 1, 3, 15, 95]))
        command = DRAWN[draw.choice(list(decider.offers(case)))](draw)
        try:
            decided = decider.decide(command, case, beside(replace(WITNESS, at=now), immersion_1=object()))
        except WrongStage:
            raise
        except Refusal:
            continue
        events += decided
        case = decider.fold(events)
    return events


walks = st.randoms(use_true_random=False).map(walk)


def test_walks_draw_every_command_reach_every_stage_and_see_every_event() -> None:
    walked = [walk(Random(seed)) for seed in range(300)]
    assert set(DRAWN) == set(discussion_journey.commands)
    assert {state.stage for events in walked for state in decider.replay(events)} == set(Stage)
    assert {type(event) for events in walked for event in events} == set(discussion_journey.events)


@given(walks)
def test_only_a_convention_brings_a_rejected_discussion_back(events: Sequence[DiscussionEvent]) -> None:
    states = decider.replay(events)
    for before, event, after in zip(states, events, states[1:], strict=False):
        if before.stage is Stage.REJECTED and after.stage is not Stage.REJECTED:
            assert type(event).__name__ == "ConventionLinked"


@given(walks)
def test_messages_are_numbered_from_one_without_a_gap(events: Sequence[DiscussionEvent]) -> None:
    for state in decider.replay(events):
        assert sorted(state.exchanges) == list(range(1, state.written + 1))


@given(walks)
def test_what_time_asks_is_accepted_when_due_refused_before_and_done_once(events: Sequence[DiscussionEvent]) -> None:
    case = decider.fold(events)
    for deadline in deadlines(case):
        assert type(deadline.command) in decider.offers(case)
        with pytest.raises(NotDue):
            decider.decide(deadline.command, case, at(deadline.due - timedelta(microseconds=1)))
        happened = decider.decide(deadline.command, case, at(deadline.due))
        after: Discussion = decider.fold([*events, *happened])
        assert (deadline.command, deadline.due) not in [(other.command, other.due) for other in deadlines(after)]


@pytest.mark.parametrize("instead", [ERASED, SEALED])
@given(events=walks)
def test_the_history_stands_when_the_person_is_forgotten(instead: str, events: Sequence[DiscussionEvent]) -> None:
    known = decider.fold(events)
    forgotten = decider.fold([without_the_person(event, instead) for event in events])
    assert (forgotten.stage, deadlines(forgotten)) == (known.stage, deadlines(known))
