"""What holds on every path through an orientation, whatever is asked and whenever."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from domain.calendar import paris_day
from domain.journey import Refusal
from domain.orientation import (
    Addressee,
    CancelStart,
    ConfirmStart,
    CorrectStart,
    Expire,
    OrientationCommand,
    OrientationEvent,
    PurgeAttachments,
    RecordMessage,
    RejectByModeration,
    ReleaseFromModeration,
    Remind,
    Stage,
    deadlines,
    decide,
    offers,
    orientation_journey,
    parties,
)
from domain.orientation.refusals import NotDue
from domain.vocabulary import ERASED, SEALED, Party, Personal
from tests.domain.orientation.cases import ACCEPT, MARCH_1, PDF, REFUSE, UNMODERATED_A, A, at, on, sending, standing

FINAL = {Stage.REJECTED_BY_MODERATION, Stage.REFUSED, Stage.EXPIRED}
ANSWERED = {Stage.ACCEPTED, Stage.STARTED}


def commands(draw: st.DrawFn, today: date) -> Sequence[OrientationCommand]:
    some_day = today - timedelta(days=draw(st.sampled_from([-1, 0, 1, 40])))
    return (
        sending(attachments=(PDF,) * draw(st.integers(0, 2))),
        ReleaseFromModeration(),
        RejectByModeration(),
        ACCEPT,
        REFUSE,
        RecordMessage(recipient=draw(st.sampled_from(Addressee))),
        ConfirmStart(on=some_day),
        CorrectStart(on=some_day),
        CancelStart(),
        Remind(),
        Expire(),
        PurgeAttachments(),
    )


@st.composite
def histories(draw: st.DrawFn) -> Sequence[OrientationEvent]:
    history: list[OrientationEvent] = []
    acting = draw(st.sampled_from([A, UNMODERATED_A]))
    today = MARCH_1
    for _ in range(draw(st.integers(0, 8))):
        today += timedelta(days=draw(st.sampled_from([0, 1, 9, 10, 11, 29, 30, 31, 184])))
        orientation = standing(*history)
        kinds = offers(orientation) if draw(st.booleans()) else ()
        asked = [one for one in commands(draw, today) if not kinds or type(one) in kinds]
        try:
            history += decide(draw(st.sampled_from(asked)), orientation, on(today, acting))
        except Refusal:
            continue
    return history


@pytest.mark.parametrize("stage", Stage)
def test_the_walks_reach_every_stage(stage: Stage) -> None:
    reached = settings(database=None, derandomize=True, max_examples=3000, suppress_health_check=list(HealthCheck))
    found = find(histories(), lambda history: standing(*history).stage is stage, settings=reached)
    assert standing(*found).stage is stage


@given(histories())
def test_a_replay_shows_every_state_and_ends_where_the_fold_does(history: Sequence[OrientationEvent]) -> None:
    states = orientation_journey.decider.replay(history)
    assert len(states) == len(history) + 1
    assert states[-1] == standing(*history)


@given(histories())
def test_a_final_stage_stays(history: Sequence[OrientationEvent]) -> None:
    stages = [state.stage for state in orientation_journey.decider.replay(history)]
    assert all(after is before for before, after in pairwise(stages) if before in FINAL)


@given(histories())
def test_an_answer_is_never_taken_back(history: Sequence[OrientationEvent]) -> None:
    states = orientation_journey.decider.replay(history)
    assert all(after.stage in ANSWERED for before, after in pairwise(states) if before.stage in ANSWERED)
    assert len({state.decided_on for state in states if state.decided_on}) <= 1


@given(histories())
def test_time_asks_only_what_the_stage_accepts(history: Sequence[OrientationEvent]) -> None:
    orientation = standing(*history)
    asked = {type(deadline.command) for deadline in deadlines(orientation)}
    assert asked <= set(offers(orientation))
    assert (Expire in asked) is (orientation.stage in {Stage.OPEN, Stage.HELD})
    assert (PurgeAttachments in asked) is (orientation.stage in ANSWERED and bool(orientation.attachments))


@given(histories())
def test_what_time_asks_is_accepted_when_due_refused_before_and_done_once(history: Sequence[OrientationEvent]) -> None:
    orientation = standing(*history)
    for deadline in deadlines(orientation):
        with pytest.raises(NotDue):
            decide(deadline.command, orientation, at(deadline.due - timedelta(microseconds=1)))
        events = decide(deadline.command, orientation, at(deadline.due))
        assert events
        after = orientation_journey.decider.fold([*history, *events])
        with pytest.raises(Refusal):
            decide(deadline.command, after, at(deadline.due))


@given(histories())
def test_no_deadline_falls_before_the_day_that_set_it(history: Sequence[OrientationEvent]) -> None:
    orientation = standing(*history)
    since = orientation.decided_on or orientation.waiting_since
    assert all(since and paris_day(deadline.due) > since for deadline in deadlines(orientation))


@given(histories())
def test_nobody_receives_what_was_never_opened(history: Sequence[OrientationEvent]) -> None:
    for state in orientation_journey.decider.replay(history):
        assert (Party.RECEIVER in parties(state)) is (state.opened_on is not None)


@given(histories())
def test_no_document_outlives_a_negative_answer(history: Sequence[OrientationEvent]) -> None:
    orientation = standing(*history)
    assert orientation.stage not in FINAL or orientation.attachments == ()


def personal(kind: type[Any]) -> set[str]:
    hints = get_type_hints(kind, include_extras=True)
    return {name for name, hint in hints.items() if get_origin(hint) is Annotated and Personal in get_args(hint)}


def without_the_person(event: OrientationEvent, instead: str) -> OrientationEvent:
    hidden: dict[str, Any] = {name: instead for name in personal(type(event)) if getattr(event, name) is not None}
    return replace(event, **hidden)


@pytest.mark.parametrize("instead", [ERASED, SEALED])
@given(history=histories())
def test_s19_the_history_stands_when_the_person_is_forgotten(instead: str, history: Sequence[OrientationEvent]) -> None:
    known = standing(*history)
    forgotten = standing(*(without_the_person(event, instead) for event in history))
    assert replace(forgotten, sent=known.sent) == known
    assert (deadlines(forgotten), parties(forgotten)) == (deadlines(known), parties(known))


def test_only_plain_text_is_personal_in_the_record() -> None:
    kinds = {get_type_hints(event)[name] for event in orientation_journey.events for name in personal(event)}
    assert kinds == {str, str | None}
