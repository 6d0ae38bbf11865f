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
    + [Kind.CONTRACT_STARTED, Kind.CONTRACT_STARTED, Kind.IMMERSION_STARTED, Kind.IMMERSION_ENDED]
    + [Kind.EMPLOYMENT_ENDED, Kind.APPLICATION_SUBMITTED, Kind.APPLICATION_REFUSED, Kind.MOVED_AWAY]
    + [Kind.CLOSED_ADMINISTRATIVELY, Kind.DECEASED, Kind.DECEASED, Kind.OPPOSED, Kind.MERGED, Kind.MERGED]
)
#: The hire is that of the first application.
JOURNEYS = ["job-application-1", "job-application-2", "hiring-1"]
ROOTS = [f"candidate/{letter}" for letter in "abcd"]


#: Mostly applications, and what becomes of them.
CASE_KINDS = st.sampled_from(
    [Kind.APPLICATION_SUBMITTED] * 6
    + [Kind.APPLICATION_OPENED] * 2
    + [Kind.APPLICATION_REFUSED] * 3
    + [Kind.HIRE_ACCEPTED] * 2
    + [Kind.APPLICATION_OBSOLETE, Kind.CONTRACT_STARTED, Kind.CONTRACT_STARTED, Kind.CONTRACT_ENDED]
    + [Kind.OPPOSED, Kind.MERGED, Kind.ORIENTED]
)
DETAILS = ["unknown", "auto", "candidate", "prescriber", "employer", "no_position"]


@st.composite
def facts(draw: st.DrawFn, start: date, version: int, kinds: st.SearchStrategy[Kind] = KINDS) -> Fact:
    kind = draw(kinds)
    occurred_on = on(start, draw(DAYS))
    within_day = timedelta(minutes=draw(st.sampled_from([0, 1, 720, 1379])))
    recorded_at = paris_start(occurred_on) + within_day + draw(DELAYS)
    root, journey = draw(st.sampled_from(ROOTS)), draw(st.sampled_from(JOURNEYS))
    fact = Fact(
        root=root,
        root_version=version,
        journey=journey,
        whole="job-application-1" if journey == "hiring-1" else None,
        kind=kind,
        occurred_on=occurred_on,
        recorded_at=recorded_at,
        voided_at=draw(st.one_of(st.none(), st.none(), DELAYS.map(recorded_at.__add__))),
        detail=draw(st.sampled_from(DETAILS)),
        company=draw(st.sampled_from([None, "c1", "c2", "c3"])),
        receiver=draw(st.sampled_from(["unknown", "o1", "o2"])),
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


@st.composite
def case_histories(draw: st.DrawFn) -> list[Fact]:
    start = draw(TRICKY)
    size = draw(st.integers(0, 24))
    drawn = [draw(facts(start, version, CASE_KINDS)) for version in range(1, size + 1)]
    return one_merge_each([in_advance(fact) if draw(st.integers(0, 4)) == 0 else fact for fact in drawn])


def in_advance(fact: Fact) -> Fact:
    """A fact may be told before its day, as the end of a contract is."""
    ahead = timedelta(days=60)
    return replace(fact, recorded_at=fact.recorded_at - ahead, voided_at=fact.voided_at and fact.voided_at - ahead)


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
