"""Random lives: late facts, corrections, duplicates, and the days on which calendars are tricky."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from domain.calendar import paris_start
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact, on

#: 30 and 31 January, both changes of hour, leap day, the end of a year.
TRICKY = st.sampled_from(
    [date(2026, 1, 30), date(2026, 1, 31), date(2026, 3, 1), date(2026, 9, 26), date(2028, 1, 30), date(2026, 12, 2)]
)
DAYS = st.one_of(st.sampled_from([0, 29, 30, 31, 32, 59, 60, 61]), st.integers(0, 75))
DELAYS = st.one_of(st.just(timedelta()), st.timedeltas(timedelta(), timedelta(days=80)))
KINDS = st.sampled_from(
    [Kind.REGISTERED] * 3
    + [Kind.PATH_REOPENED]
    + [Kind.ORIENTED] * 4
    + [Kind.HIRE_ACCEPTED] * 3
    + [Kind.SERVICE_STARTED, Kind.EMPLOYMENT_DECLARED, Kind.CONTRACT_ENDED, Kind.CONTRACT_ENDED]
    + [Kind.EMPLOYMENT_ENDED, Kind.APPLICATION_SUBMITTED, Kind.APPLICATION_REFUSED, Kind.MOVED_AWAY]
    + [Kind.CLOSED_ADMINISTRATIVELY, Kind.DECEASED, Kind.DECEASED, Kind.OPPOSED, Kind.MERGED, Kind.MERGED]
)
ROOTS = [f"candidate/{letter}" for letter in "abcd"]


@st.composite
def facts(draw: st.DrawFn, start: date, version: int) -> Fact:
    kind = draw(KINDS)
    occurred_on = on(start, draw(DAYS))
    within_day = timedelta(minutes=draw(st.sampled_from([0, 1, 720, 1379])))
    recorded_at = paris_start(occurred_on) + within_day + draw(DELAYS)
    root = draw(st.sampled_from(ROOTS))
    fact = Fact(
        root=root,
        root_version=version,
        journey=f"job-application-{draw(st.integers(1, 2))}",
        kind=kind,
        occurred_on=occurred_on,
        recorded_at=recorded_at,
        voided_at=draw(st.one_of(st.none(), st.none(), DELAYS.map(recorded_at.__add__))),
        department=draw(st.sampled_from(["unknown", "01", "2A", "974"])),
        birth_year=draw(st.sampled_from([None, 1960, 1971, 2000, 2001])),
        authorised=draw(st.sampled_from([None, True, False])),
    )
    others = [other for other in ROOTS if other != root]
    return replace(fact, into_root=draw(st.sampled_from(others))) if kind is Kind.MERGED else fact


@st.composite
def histories(draw: st.DrawFn) -> list[Fact]:
    start = draw(TRICKY)
    size = draw(st.integers(0, 24))
    drawn = [draw(facts(start, version)) for version in range(1, size + 1)]
    return one_merge_each(drawn)


def one_merge_each(drawn: list[Fact]) -> list[Fact]:
    """No root is merged twice: the journey refuses it."""
    first = {fact.root: fact for fact in reversed(drawn) if fact.kind is Kind.MERGED}
    return [fact for fact in drawn if fact.kind is not Kind.MERGED or fact is first[fact.root]]


@st.composite
def instants(draw: st.DrawFn, history: list[Fact]) -> datetime:
    """Any instant, and rather those around which something changes."""
    told = [at for fact in history for at in (fact.recorded_at, fact.voided_at) if at is not None]
    edges = [at + timedelta(days=days) for at in told for days in (0, 29, 30, 31)]
    start = min((fact.occurred_on for fact in history), default=date(2026, 1, 1))
    anywhere = st.timedeltas(timedelta(), timedelta(days=160)).map(paris_start(start).__add__)
    return draw(st.one_of(anywhere, st.sampled_from(edges)) if edges else anywhere)
