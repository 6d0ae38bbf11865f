"""No two periods of a person overlap, whatever is asked and in whatever order."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.accompaniment import Accompaniment, AccompanimentEvent, Stage, accompaniment_journey, decide, eve
from domain.accompaniment.commands import Begin, Cancel, Change, Shorten
from domain.accompaniment.events import Begun, Changed, Shortened
from domain.accompaniment.planning import SHORTEST
from domain.accompaniment.state import occupied
from domain.journey import Dossier, Refusal
from tests.domain.accompaniment.test_accompaniment import around
from tests.domain.rsa_appointment.cases import O1_ID, U
from tests.reaching import draw_until

TODAY = date(2025, 6, 16)
Lives = Mapping[str, tuple[AccompanimentEvent, ...]]
fold = accompaniment_journey.decider.fold


def decided(lives: dict[str, tuple[AccompanimentEvent, ...]], name: str, command: Begin | Change | Cancel) -> None:
    """Decide, with what the policy asks of the period before."""
    cases = {other: fold(events) for other, events in lives.items()}
    context = replace(around(), journey=name, dossier=Dossier({"candidate": U, **cases}))
    events = decide(command, cases.get(name, Accompaniment()), context)
    lives[name] = (*lives.get(name, ()), *events)
    for event in events:
        if isinstance(event, Begun | Changed) and event.shortens is not None:
            shortened = decide(Shorten(ends_on=eve(event.starts_on)), cases[event.shortens], context)
            lives[event.shortens] = (*lives[event.shortens], *shortened)


@st.composite
def dossiers(draw: st.DrawFn) -> Lives:
    lives: dict[str, tuple[AccompanimentEvent, ...]] = {}
    for number in range(draw(st.integers(0, 8))):
        starts = TODAY - timedelta(days=draw(st.integers(-1, 60)))
        lasts = draw(st.sampled_from([None, 0, 6, 7, 8, 30]))
        ends = None if lasts is None else starts + timedelta(days=lasts)
        said: dict[str, Any] = {
            "type": "pro",
            "organisation": O1_ID,
            "starts_on": starts,
            "ends_on": ends,
            "shorten": draw(st.booleans()),
        }
        name = draw(st.sampled_from([f"accompaniment-{number + 1}", *lives]))
        known = name in lives
        command = Cancel() if known and not draw(st.integers(0, 3)) else (Change if known else Begin)(**said)
        try:
            decided(lives, name, command)
        except Refusal:
            continue
    return lives


def recorded(lives: Lives) -> list[tuple[date, date | None]]:
    states = [fold(events) for events in lives.values()]
    kept = [(each.starts_on, each.ends_on) for each in states if each.stage is Stage.RECORDED]
    return sorted([(starts, ends) for starts, ends in kept if starts is not None], key=lambda each: each[0])


def test_the_walks_reach_every_stage_shorten_and_change() -> None:
    stages: set[Stage] = set()
    events: set[type[AccompanimentEvent]] = set()
    most = [0]

    def walk(lives: Lives) -> None:
        stages.update(fold(life).stage for life in lives.values())
        events.update(type(event) for life in lives.values() for event in life)
        most[0] = max(most[0], len(recorded(lives)))

    def enough() -> bool:
        return len(stages) == len(Stage) - 1 and events == set(accompaniment_journey.events) and most[0] >= 3

    draw_until(dossiers(), walk, enough)
    assert stages == set(Stage) - {Stage.NOT_BEGUN}
    assert events == set(accompaniment_journey.events)
    assert most[0] >= 3


@given(dossiers())
def test_no_two_periods_overlap(lives: Lives) -> None:
    days = [occupied(starts, ends, TODAY) for starts, ends in recorded(lives)]
    assert all(one[1] <= other[0] for one, other in pairwise(days))


@given(dossiers())
def test_every_period_lasts_seven_days_and_none_begins_tomorrow(lives: Lives) -> None:
    for starts, ends in recorded(lives):
        assert starts <= TODAY
        assert ends is None or (ends - starts).days >= SHORTEST


@given(dossiers())
def test_a_period_is_only_ever_shortened_by_the_next(lives: Lives) -> None:
    for life in lives.values():
        states = accompaniment_journey.decider.replay(life)
        for before, event in zip(states, life, strict=False):
            if isinstance(event, Shortened):
                assert before.ends_on is None or event.ends_on < before.ends_on
