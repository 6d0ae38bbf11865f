"""Why a figure changed: causes are those of a naive replay, and add up to the change, whatever was told meanwhile."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg import Connection

from domain.vocabulary import CandidateId
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.cases import Case
from projections.indicators.causes import Cause, Parts, Stood, cause_of, causes, changes, paired, parts_of, possible
from projections.indicators.definition import DEFINITIONS, Definition, Shape
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Count, NotAvailable, Share
from projections.indicators.measuring import measured
from projections.indicators.terms import CohortOfCases, WithoutSolution
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact, noon
from tests.projections.indicators.histories import case_histories, histories, instants, one_merge_each
from tests.projections.indicators.oracle import Oracle
from tests.projections.indicators.test_case_laws import MONTHLY, holding, invented, laws, naive
from tests.reaching import draw_until

WAITING = DEFINITIONS["without-solution-30-days", 2]
#: As the acceptance of applications is counted, but sooner: what is not decided is counted apart.
DECIDED = invented(
    Shape.COHORT,
    "decided",
    unit="case",
    window_days=30,
    entries=["application_submitted"],
    outcomes=["hire_accepted", "application_refused"],
    numerator=["hire_accepted"],
    denominator=["hire_accepted", "application_refused"],
    reached_by=["hire_accepted"],
)
DEFINITION_OF = {each.id: each for each in (WAITING, DECIDED, *MONTHLY)}
every_shape = pytest.mark.parametrize("definition", DEFINITION_OF.values(), ids=list(DEFINITION_OF))
UNDECIDED = {"none", "without_solution"}
BY = (Dimension.NONE, Dimension.DEPARTMENT, Dimension.REGION)

#: A subject, the day of its entry, and where that stands.
Entry = tuple[tuple[str, ...], date, str]


THEN = Knowledge(noon(date(2026, 9, 1)))
NOW = Knowledge(noon(date(2027, 1, 31)), on=THEN.day)
#: Entries, what decides them, and what puts them apart; the kinds of the histories are too many to meet in one case.
OF_PERSONS = (
    [Kind.REGISTERED] * 3 + [Kind.ORIENTED] * 3 + [Kind.HIRE_ACCEPTED] * 2 + [Kind.DECEASED, Kind.PATH_REOPENED]
)
OF_CASES = [Kind.APPLICATION_SUBMITTED] * 5 + [Kind.HIRE_ACCEPTED] * 4 + [Kind.APPLICATION_REFUSED] * 4
OF_CASES += [Kind.APPLICATION_OPENED, Kind.APPLICATION_OBSOLETE, Kind.CONTRACT_STARTED, Kind.CONTRACT_ENDED]
APART = [Kind.OPPOSED, Kind.MERGED]


@st.composite
def facts(draw: st.DrawFn, version: int, kinds: Sequence[Kind]) -> Fact:
    """Something of the winter of two persons, told in time or only after THEN, and perhaps undone after it."""
    kind, root = draw(st.sampled_from([*kinds, *APART])), draw(st.sampled_from(["candidate/a", "candidate/b"]))
    on = date(2026, 1, 20) + timedelta(days=draw(st.one_of(st.sampled_from([0, 0, 1, 20, 21]), st.integers(0, 80))))
    told = draw(st.sampled_from([noon(on), noon(on), THEN.at + timedelta(days=30)]))
    undone = draw(st.sampled_from([None, None, told + timedelta(hours=1), THEN.at + timedelta(days=60)]))
    return Fact(
        root=root,
        root_version=version,
        journey=draw(
            st.sampled_from(["job-application-1", "job-application-1", "job-application-1", "job-application-2"])
        ),
        kind=kind,
        occurred_on=on,
        recorded_at=told,
        voided_at=undone,
        detail=draw(st.sampled_from(["candidate", "candidate", "auto"])),
        department=draw(st.sampled_from(["35", "56", "59"])),
        into_root=next(each for each in ("candidate/b", "candidate/a") if each != root)
        if kind is Kind.MERGED
        else None,
    )


@st.composite
def lives(draw: st.DrawFn, *, of_cases: bool) -> list[Fact]:
    kinds = OF_CASES if of_cases else OF_PERSONS
    return one_merge_each([draw(facts(version, kinds)) for version in range(1, draw(st.integers(3, 10)) + 1)])


def drawn(data: st.DataObject, *, of_cases: bool) -> tuple[list[Fact], Knowledge, Knowledge]:
    """A life, an instant, and a later one that knows more of the same days."""
    if data.draw(st.booleans()):
        return data.draw(lives(of_cases=of_cases)), THEN, NOW
    history = data.draw(case_histories() if of_cases else histories())
    then = Knowledge(data.draw(instants(history)))
    return history, then, Knowledge(then.at + timedelta(days=data.draw(st.integers(0, 200))), on=then.day)


def months(data: st.DataObject, history: Sequence[Fact]) -> Months:
    """The month of something that happened, and perhaps those around it."""
    day = data.draw(st.sampled_from([fact.occurred_on for fact in history] or [date(2026, 1, 1)]))
    around = data.draw(st.sampled_from([0, 0, 40]))
    return Months(day - timedelta(days=around), day + timedelta(days=around))


# --- A naive replay ----------------------------------------------------------


def entries(history: Sequence[Fact], at: Knowledge, last: Knowledge, definition: Definition) -> list[Entry]:
    """Every entry that was ever known at an instant; a person is whom the last instant knows them to be."""
    terms = definition.terms
    if isinstance(terms, WithoutSolution):
        return [((each.root,), each.since, each.standing) for each in Oracle(history, at.at, at.day, terms).cohort()]
    assert isinstance(WAITING.terms, WithoutSolution)
    person_of = Oracle(history, last.at, last.day, WAITING.terms).person_of
    return [
        ((person_of(each.root),) if of_person(definition) else (each.root, each.journey), each.since, each.standing)
        for each in naive(history, at, definition)
    ]


def of_person(definition: Definition) -> bool:
    return definition.shape == "attempts" or (
        isinstance(definition.terms, CohortOfCases) and definition.terms.unit == "person"
    )


def became(before: list[Entry], after: list[Entry], *, of_person: bool) -> list[tuple[Entry | None, Entry | None]]:
    """The entries of one subject, side by side: what stayed, then what is of the same day, then the earliest ones."""
    left, right, found = sorted(before, key=by_day), sorted(after, key=by_day), []
    for same in (slice(1, 3), slice(1, 2), slice(0)):
        for one in list(left):
            for other in right:
                if one[same] == other[same]:
                    found.append((one, other))
                    left.remove(one)
                    right.remove(other)
                    break
    gone = [(each, (each[0], each[1], "merged") if of_person and after else None) for each in left]
    return [*found, *gone, *((None, each) for each in right)]


def by_day(entry: Entry) -> tuple[date, str]:
    return entry[1], entry[2]


def told(history: Sequence[Fact], then: Knowledge, now: Knowledge, definition: Definition) -> Counter[tuple[date, str]]:
    """How many entries changed the figure of each month, by cause, in so many words."""
    before, after = (entries(history, at, now, definition) for at in (then, now))
    found: Counter[tuple[date, str]] = Counter()
    for subject in {entry[0] for entry in (*before, *after)}:
        of_subject = [[entry for entry in each if entry[0] == subject] for each in (before, after)]
        for was, stands in became(*of_subject, of_person=of_person(definition)):
            for month in {each[1].replace(day=1) for each in (was, stands) if each}:
                found[month, in_words(in_month(was, month), in_month(stands, month), definition)] += 1
    return Counter({(month, cause): number for (month, cause), number in found.items() if cause})


def in_month(entry: Entry | None, month: date) -> tuple[str, bool] | None:
    return None if entry is None else (entry[2], entry[1].replace(day=1) == month)


def in_words(before: tuple[str, bool] | None, after: tuple[str, bool] | None, definition: Definition) -> str:
    """Every case of the table, one by one."""
    parts = parts_of(definition.terms)
    was, stands = (each is not None and each[1] and each[0] in parts.counted for each in (before, after))
    old, new = (each[0] if each else "" for each in (before, after))
    if was and stands:
        decided = "learned" if old in UNDECIDED else "undone" if new in UNDECIDED else "changed"
        return "" if (old in parts.numerator) == (new in parts.numerator) else f"outcome_{decided}"
    if stands:
        apart = {"": "entry_learned"}.get(old, "taken_in")
        return "moved_in" if old in parts.counted else "outcome_learned" if old in UNDECIDED else apart
    if was:
        apart = {"": "entry_withdrawn", "merged": "merged"}.get(new, "left_out")
        return "moved_out" if new in parts.counted else "outcome_undone" if new in UNDECIDED else apart
    return ""


# --- The laws ----------------------------------------------------------------


@every_shape
@laws
@given(data=st.data())
def test_causes_are_those_of_the_naive_replay(
    shared: Connection[object], definition: Definition, data: st.DataObject
) -> None:
    history, then, now = drawn(data, of_cases=definition is not WAITING)
    asked = Question(definition=definition, known=then, months=months(data, history))
    with holding(shared, history):
        found = counted(changes(shared, asked, replace(asked, known=now)), definition)
    assert asked.months is not None
    replayed = told(history, then, now, definition)
    seen = list(asked.months)
    expected = {(month, "all", cause): number for (month, cause), number in replayed.items() if month in seen}
    assert {place: number for place, number in found.items() if place[0] in seen} == expected
    assert {cause for *_, cause in found} <= set(possible(definition.terms))


def counted(found: Iterable[object], definition: Definition) -> Mapping[tuple[date | None, str, str], int]:
    by_cause = causes(found, parts_of(definition.terms))  # type: ignore[arg-type]
    return {
        (month, modality, cause.value): len(own)
        for (month, modality), of_figure in by_cause.items()
        for cause, own in of_figure.items()
    }


@every_shape
@laws
@given(data=st.data(), by=st.sampled_from(BY))
def test_causes_add_up_to_what_changed_in_each_month_and_territory(
    shared: Connection[object], definition: Definition, data: st.DataObject, by: Dimension
) -> None:
    history, then, now = drawn(data, of_cases=definition is not WAITING)
    asked = Question(definition=definition, known=then, by=by, months=months(data, history))
    with holding(shared, history):
        found = counted(changes(shared, asked, replace(asked, known=now)), definition)
        before, after = (totals(shared, replace(asked, known=known)) for known in (then, now))
    change = Counter(after)
    change.subtract(before)
    assert asked.months is not None
    sums: Counter[tuple[date | None, str]] = Counter()
    for (month, modality, cause), number in found.items():
        if month in list(asked.months):
            sums[month, modality] += number * sign(cause, parts_of(definition.terms))
    assert without_zeros(sums) == without_zeros(change)


def totals(connection: Connection[object], asked: Question) -> Counter[tuple[date | None, str]]:
    """How many entries each figure counts."""
    found: Counter[tuple[date | None, str]] = Counter()
    for figure in measured(connection, asked):
        match figure.result:
            case Share(denominator=number) | Count(number=number):
                found[figure.month, figure.modality] = number
            case NotAvailable():
                pass
    return found


def sign(cause: str, parts: Parts) -> int:
    """What one entry more of a cause does to the number of those that are counted."""
    came, went = {Cause.ENTRY_LEARNED, Cause.MOVED_IN, Cause.TAKEN_IN}, {Cause.ENTRY_WITHDRAWN, Cause.MOVED_OUT}
    went |= {Cause.MERGED, Cause.LEFT_OUT}
    if not parts.counted & UNDECIDED:
        came, went = came | {Cause.OUTCOME_LEARNED}, went | {Cause.OUTCOME_UNDONE}
    return (cause in came) - (cause in went)


def without_zeros(numbers: Mapping[tuple[date | None, str], int]) -> Mapping[tuple[date | None, str], int]:
    return {place: number for place, number in numbers.items() if number}


#: Once in thousands of lives: what an application becomes after having become something else, a duplicate that hides.
RARE = {
    "decided": {"outcome_changed"},
    "application-unanswered-30-days": {"outcome_changed"},
    "application-opened-30-days": {"outcome_changed"},
    "elsewhere": {"merged"},
}


def test_lives_reach_every_cause_of_every_shape() -> None:
    wanted = {name: set(possible(each.terms)) - RARE.get(name, set()) for name, each in DEFINITION_OF.items()}
    seen: dict[str, set[str]] = {name: set() for name in DEFINITION_OF}

    def look(data: st.DataObject) -> None:
        found = {of_cases: data.draw(lives(of_cases=of_cases)) for of_cases in (True, False)}
        for name, definition in DEFINITION_OF.items():
            if not seen[name] >= wanted[name]:
                seen[name] |= {cause for _, cause in told(found[definition is not WAITING], THEN, NOW, definition)}

    draw_until(st.data(), look, lambda: all(seen[name] >= wanted[name] for name in wanted))
    assert {name: wanted[name] - seen[name] for name in wanted if wanted[name] - seen[name]} == {}


# --- The table, and who is who -----------------------------------------------

HERE, THERE = True, False
ACCEPTANCE = Parts(frozenset({"hire_accepted", "application_refused"}), frozenset({"hire_accepted"}))
PERSONS = Parts(frozenset({"with_solution", "without_solution"}), frozenset({"without_solution"}))


@pytest.mark.parametrize(
    ("parts", "before", "after", "cause"),
    [
        (PERSONS, ("without_solution", HERE), ("with_solution", HERE), Cause.OUTCOME_LEARNED),
        (PERSONS, ("with_solution", HERE), ("without_solution", HERE), Cause.OUTCOME_UNDONE),
        (PERSONS, None, ("without_solution", HERE), Cause.ENTRY_LEARNED),
        (PERSONS, ("with_solution", HERE), None, Cause.ENTRY_WITHDRAWN),
        (PERSONS, ("with_solution", HERE), ("with_solution", THERE), Cause.MOVED_OUT),
        (PERSONS, ("with_solution", THERE), ("without_solution", HERE), Cause.MOVED_IN),
        (PERSONS, ("without_solution", HERE), ("merged", HERE), Cause.MERGED),
        (PERSONS, ("without_solution", HERE), ("merged", THERE), Cause.MERGED),
        (PERSONS, ("with_solution", HERE), ("deceased", HERE), Cause.LEFT_OUT),
        (PERSONS, ("opposed", HERE), ("without_solution", HERE), Cause.TAKEN_IN),
        (PERSONS, ("opposed", THERE), ("without_solution", HERE), Cause.TAKEN_IN),
        (PERSONS, ("with_solution", HERE), ("with_solution", HERE), None),
        (PERSONS, None, ("merged", HERE), None),
        (PERSONS, ("opposed", HERE), None, None),
        (PERSONS, ("moved_away", HERE), ("deceased", HERE), None),
        (PERSONS, ("immature", HERE), ("immature", HERE), None),
        (ACCEPTANCE, ("application_refused", HERE), ("hire_accepted", HERE), Cause.OUTCOME_CHANGED),
        (ACCEPTANCE, ("none", HERE), ("hire_accepted", HERE), Cause.OUTCOME_LEARNED),
        (ACCEPTANCE, ("hire_accepted", HERE), ("none", HERE), Cause.OUTCOME_UNDONE),
        (ACCEPTANCE, ("none", HERE), ("application_obsolete", HERE), None),
    ],
)
def test_a_cause_is_told_by_where_an_entry_stood_and_stands(
    parts: Parts, before: tuple[str, bool] | None, after: tuple[str, bool] | None, cause: Cause | None
) -> None:
    was, stands = (None if each is None else Stood(standing=each[0], here=each[1]) for each in (before, after))
    assert cause_of(was, stands, parts) is cause


def case(day: int, standing: str = "none") -> Case:
    return Case(
        candidate=CandidateId("a"),
        journey="job-application-1",
        modality="all",
        standing=standing,
        detail="unknown",
        since=date(2026, 1, day),
        company=None,
    )


@pytest.mark.parametrize(
    ("before", "after", "pairs"),
    [
        ([10], [10], [(10, 10)]),
        ([10], [5, 10], [(10, 10), (None, 5)]),  # an earlier one was told late: the other is what it was
        ([10, 20], [20], [(20, 20), (10, None)]),
        ([10], [12], [(10, 12)]),  # told again on another day
        ([10, 20], [15], [(10, 15), (20, None)]),
    ],
)
def test_entries_of_one_day_are_the_same_and_then_the_earliest_ones(
    before: list[int], after: list[int], pairs: list[tuple[int | None, int | None]]
) -> None:
    found = paired([case(day) for day in before], [case(day) for day in after], of_person=False)
    days = [tuple(each and each.since.day for each in (change.before, change.after)) for change in found]
    assert days == pairs


def test_of_two_that_were_one_person_one_is_merged() -> None:
    kept, merged = paired([case(10), case(20)], [case(10)], of_person=True)
    assert (kept.after, merged.after) == (case(10), case(20, "merged"))
