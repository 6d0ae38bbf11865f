"""The traps of today's indicators, by their number in the list of impact, Appendix B.

Those of cases (2, 3, 18, and again 6, 7, 8, 10, 12 to 16) are in `test_case_traps`; 9 and 21, of a diagnosis and of the
PASS, and 14, of exits, in `test_qualified`; 17 in `tests/api/test_catalogue`: the documentation is made of the
definition. 19: nothing is called and nothing is cut, a work list is read to its end (`tests/api/test_reading`). 5: sums
of distinct counts do not arise, since every entry is in one modality, and one month (`test_laws`).
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from psycopg import Connection

from domain.calendar import paris_start
from projections.indicators.asking import Knowledge, Months
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Figure, NotAvailable, NotReached, Share, Times, Why
from projections.indicators.without_solution import Entry, Standing
from projections.milestones.kinds import Kind
from tests.projections.indicators.ask import cohort, cohort_dossiers, stock, stock_dossiers
from tests.projections.indicators.facts import Fact, noon, on, store

DEFINITION = DEFINITIONS["without-solution-30-days", 2]
JANUARY_30 = date(2026, 1, 30)
LATER = datetime.fromisoformat("2026-12-31T12:00+01:00")


def fact(kind: Kind, day: date, root: str = "candidate/a", **told: Any) -> Fact:
    given: dict[str, Any] = {
        "root_version": day.toordinal(),
        "journey": "journey-1",
        "recorded_at": noon(day),
    }
    return Fact(root=root, kind=kind, occurred_on=day, **{**given, **told})


def of(day: date) -> Months:
    return Months(day, day)


def the(found: Sequence[Figure]) -> Figure:
    (figure,) = found
    return figure


def standing(connection: Connection[Any], day: date, at: datetime = LATER) -> list[str]:
    return [entry.standing for entry in cohort_dossiers(connection, DEFINITION, of(day), Knowledge(at))]


def test_trap_1_nothing_joined_is_nobody_and_not_one(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30)])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER)))
    assert isinstance(figure.result, Share)
    assert (figure.result.numerator, figure.result.denominator) == (1, 1)
    assert set(figure.result.lines.values()) == {0, NotAvailable(Why.NOT_RECORDED)}


def test_trap_4_the_first_orientation_is_that_of_the_person_not_of_each_orientation(
    milestones: Connection[Any],
) -> None:
    oriented = [fact(Kind.ORIENTED, on(JANUARY_30, days), journey=f"orientation-{days}") for days in (0, 10, 40)]
    store(milestones, oriented)
    entries = cohort_dossiers(milestones, DEFINITION, Months(JANUARY_30, date(2026, 12, 1)), Knowledge(LATER))
    assert [(entry.since, entry.standing) for entry in entries] == [(JANUARY_30, Standing.WITHOUT_SOLUTION)]


@pytest.mark.parametrize("by", [by for by in Dimension if by is not Dimension.NONE])
def test_trap_5_a_person_is_in_one_modality_of_each_dimension(milestones: Connection[Any], by: Dimension) -> None:
    moved = [
        fact(Kind.REGISTERED, JANUARY_30, department="01", title="f", organisation="o1", authorised=True),
        fact(Kind.ORIENTED, on(JANUARY_30, 1), department="02", title="m", organisation="o2", authorised=False),
    ]
    store(milestones, moved)
    assert len(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER), by)) == 1
    assert len(stock(milestones, DEFINITION, Knowledge(LATER), by)) == 1


@pytest.mark.parametrize(
    "entry",
    [
        JANUARY_30,
        date(2026, 1, 31),
        date(2028, 1, 30),  # the window ends on 29 February
        date(2028, 2, 29),
        date(2026, 12, 31),
        date(2026, 3, 28),  # the hour changes within the window
        date(2026, 3, 29),
        date(2026, 9, 25),  # the window ends on the day the hour changes back
        date(2026, 10, 24),
    ],
)
@pytest.mark.parametrize("solution", [Kind.HIRE_ACCEPTED, Kind.CONTRACT_STARTED, Kind.IMMERSION_STARTED])
@pytest.mark.parametrize(("days", "expected"), [(29, "with_solution"), (30, "with_solution"), (31, "without_solution")])
def test_traps_6_and_7_the_window_is_thirty_days_whatever_the_calendar(
    milestones: Connection[Any], entry: date, solution: Kind, days: int, expected: str
) -> None:
    store(milestones, [fact(Kind.REGISTERED, entry), fact(solution, on(entry, days))])
    assert standing(milestones, entry, noon(on(entry, 100))) == [expected]


@pytest.mark.parametrize(("days", "expected"), [(29, "waiting"), (30, "waiting"), (31, "without_solution")])
@pytest.mark.parametrize("entry", [JANUARY_30, date(2028, 1, 31), date(2026, 3, 1), date(2026, 9, 26)])
def test_traps_6_and_7_in_the_stock_thirty_days_is_in_time(
    milestones: Connection[Any], entry: date, days: int, expected: str
) -> None:
    store(milestones, [fact(Kind.REGISTERED, entry)])
    found = stock_dossiers(milestones, DEFINITION, Knowledge(noon(on(entry, days))))
    assert [person.standing for person in found] == [expected]


def test_trap_8_every_delay_is_somewhere(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30)])
    for days in range(220):
        figure = the(stock(milestones, DEFINITION, Knowledge(noon(on(JANUARY_30, days)))))
        assert isinstance(figure.result, Share)
        assert (figure.result.denominator, figure.result.numerator + figure.waiting) == (1, 1)


def test_trap_9_dimensions_are_those_of_the_day_of_entry(milestones: Connection[Any]) -> None:
    moved = [
        fact(Kind.ORIENTED, JANUARY_30, department="01", authorised=True, journey="orientation-1"),
        fact(Kind.ORIENTED, on(JANUARY_30, 50), department="974", authorised=False, journey="orientation-2"),
    ]
    store(milestones, moved)
    for by, modality in ((Dimension.DEPARTMENT, "01"), (Dimension.AUTHORISED, "authorised")):
        found = cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER), by)
        assert [figure.modality for figure in found] == [modality]


def test_trap_10_a_cancelled_hire_is_none_from_the_instant_the_cancellation_is_told(
    milestones: Connection[Any],
) -> None:
    cancelled_at = paris_start(date(2026, 6, 1))
    hired = fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 5), voided_at=cancelled_at)
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30), hired])
    just_before = cancelled_at - timedelta(microseconds=1)
    assert standing(milestones, JANUARY_30, just_before) == [Standing.WITH_SOLUTION]
    assert standing(milestones, JANUARY_30, cancelled_at) == [Standing.WITHOUT_SOLUTION]


def test_trap_10_a_late_fact_counts_from_the_instant_it_is_told(milestones: Connection[Any]) -> None:
    told = paris_start(date(2026, 6, 1))
    hired = fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 5), recorded_at=told)
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30), hired])
    assert standing(milestones, JANUARY_30, told - timedelta(microseconds=1)) == [Standing.WITHOUT_SOLUTION]
    assert standing(milestones, JANUARY_30, told) == [Standing.WITH_SOLUTION]


@pytest.mark.parametrize("kind", [Kind.REGISTERED, Kind.ORIENTED])
def test_trap_11_whoever_never_applied_is_counted(milestones: Connection[Any], kind: Kind) -> None:
    store(milestones, [fact(kind, JANUARY_30)])
    assert standing(milestones, JANUARY_30) == [Standing.WITHOUT_SOLUTION]


def test_trap_12_those_who_never_found_anything_make_the_median_longer(milestones: Connection[Any]) -> None:
    for number in range(4):
        root = f"candidate/{number}"
        store(milestones, [fact(Kind.REGISTERED, JANUARY_30, root)])
        if number < 2:
            store(milestones, [fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 10 * (number + 1)), root)])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER)))
    assert figure.times == Times(median=20, p80=NotReached.NOT_REACHED)


def test_trap_12_a_path_that_ended_is_followed_until_its_end_and_no_further(milestones: Connection[Any]) -> None:
    ended, hired = on(JANUARY_30, 60), on(JANUARY_30, 80)
    store(
        milestones, [fact(Kind.REGISTERED, JANUARY_30), fact(Kind.MOVED_AWAY, ended), fact(Kind.HIRE_ACCEPTED, hired)]
    )
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30, "candidate/b")])
    store(milestones, [fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 70), "candidate/b")])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER)))
    assert figure.times == Times(median=70, p80=70)


def test_trap_13_an_immature_cohort_is_not_available_until_its_thirtieth_day(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30)])
    last_instant = paris_start(on(JANUARY_30, 30)) - timedelta(microseconds=1)
    before, after = (
        the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(at)))
        for at in (last_instant, last_instant + timedelta(microseconds=1))
    )
    assert (before.result, before.waiting) == (NotAvailable(Why.IMMATURE), 1)
    assert isinstance(after.result, Share)


def test_trap_13_a_cohort_of_excluded_entries_is_not_available(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30), fact(Kind.DECEASED, on(JANUARY_30, 30))])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER)))
    assert (figure.result, figure.exclusions) == (NotAvailable(Why.ALL_EXCLUDED), {"deceased": 1})


def test_trap_13_an_excluded_entry_is_followed_by_no_curve(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30), fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 3))])
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30, "candidate/b")])
    store(milestones, [fact(Kind.DECEASED, on(JANUARY_30, 9), "candidate/b")])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER)))
    assert (figure.times, figure.exclusions) == (Times(median=3, p80=3), {"deceased": 1})


def test_trap_13_a_month_is_counted_on_its_mature_entries_only(milestones: Connection[Any]) -> None:
    days = [date(2026, 1, 1), date(2026, 1, 31)]
    store(milestones, [fact(Kind.REGISTERED, day, f"candidate/{day.day}") for day in days])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(noon(date(2026, 2, 1)))))
    assert isinstance(figure.result, Share)
    assert (figure.result.numerator, figure.result.denominator, figure.waiting) == (1, 1, 1)


def test_trap_14_an_orientation_nobody_answered_does_not_improve_the_share(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.ORIENTED, JANUARY_30), fact(Kind.ORIENTATION_EXPIRED, on(JANUARY_30, 30))])
    assert standing(milestones, JANUARY_30) == [Standing.WITHOUT_SOLUTION]


@pytest.mark.parametrize("department", ["01", "2A", "974"])
def test_trap_15_a_departement_keeps_its_zero_and_its_letter(milestones: Connection[Any], department: str) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30, department=department)])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER), Dimension.DEPARTMENT))
    assert figure.modality == department


@pytest.mark.parametrize(
    ("born", "band"),
    [(2001, "under_26"), (2000, "26_to_54"), (1972, "26_to_54"), (1971, "55_and_over"), (None, "unknown")],
)
def test_trap_16_age_bands_are_those_of_the_definition(
    milestones: Connection[Any], born: int | None, band: str
) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30, birth_year=born)])
    figure = the(cohort(milestones, DEFINITION, of(JANUARY_30), Knowledge(LATER), Dimension.AGE_BAND))
    assert figure.modality == band


def test_trap_20_a_delay_is_right_on_whatever_day_it_is_asked(milestones: Connection[Any]) -> None:
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30)])
    standings = [
        [
            person.standing
            for person in stock_dossiers(milestones, DEFINITION, Knowledge(LATER, on=on(JANUARY_30, days)))
        ]
        for days in (30, 31, 30)
    ]
    assert standings == [["waiting"], ["without_solution"], ["waiting"]]


def test_trap_21_a_day_ends_at_midnight_in_paris() -> None:
    midnight = paris_start(date(2026, 3, 2))
    assert Knowledge(midnight - timedelta(microseconds=1)).day == date(2026, 3, 1)
    assert Knowledge(midnight).day == date(2026, 3, 2)


def test_a_contract_that_ends_starts_a_new_spell(milestones: Connection[Any]) -> None:
    hired = fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 5))
    store(milestones, [fact(Kind.REGISTERED, JANUARY_30), hired, fact(Kind.CONTRACT_ENDED, date(2026, 6, 1))])
    found: list[Entry] = []
    for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1), date(2026, 7, 2)):
        found += stock_dossiers(milestones, DEFINITION, Knowledge(noon(day)))
    standings = [(person.standing, person.since) for person in found]
    assert standings == [
        ("with_solution", JANUARY_30),
        ("waiting", date(2026, 6, 1)),
        ("waiting", date(2026, 6, 1)),
        ("without_solution", date(2026, 6, 1)),
    ]


def test_a_contract_that_ends_while_another_one_holds_leaves_the_person_with_a_solution(
    milestones: Connection[Any],
) -> None:
    store(
        milestones,
        [
            fact(Kind.REGISTERED, JANUARY_30),
            fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 5), journey="job-application-1"),
            fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 6), journey="job-application-2"),
            fact(Kind.CONTRACT_ENDED, date(2026, 6, 1), journey="job-application-1"),
        ],
    )
    (person,) = stock_dossiers(milestones, DEFINITION, Knowledge(LATER))
    assert (person.standing, person.solutions) == (Standing.WITH_SOLUTION, ("hire_accepted",))


def test_a_chain_of_duplicates_is_one_person_with_the_earliest_entry(milestones: Connection[Any]) -> None:
    a, b, c = (f"candidate/{letter}" for letter in "abc")
    store(
        milestones,
        [
            fact(Kind.REGISTERED, on(JANUARY_30, 1), a),
            fact(Kind.REGISTERED, on(JANUARY_30, 0), b),
            fact(Kind.ORIENTED, date(2026, 2, 20), c),
            fact(Kind.HIRE_ACCEPTED, date(2026, 2, 25), c),
            fact(Kind.MERGED, date(2026, 5, 1), a, into_root=b),
            fact(Kind.MERGED, date(2026, 5, 2), b, into_root=c),
        ],
    )
    found = cohort_dossiers(milestones, DEFINITION, Months(JANUARY_30, date(2026, 2, 28)), Knowledge(LATER))
    assert sorted((entry.candidate, entry.standing) for entry in found) == [
        ("a", "merged"),
        ("b", Standing.WITH_SOLUTION),
        ("c", "merged"),
    ]


def test_one_line_is_published_for_each_kind_of_solution_and_one_for_any(milestones: Connection[Any]) -> None:
    store(
        milestones,
        [
            fact(Kind.ORIENTED, JANUARY_30),
            fact(Kind.HIRE_ACCEPTED, on(JANUARY_30, 5)),
            fact(Kind.SERVICE_STARTED, on(JANUARY_30, 6)),
            fact(Kind.CONTRACT_STARTED, on(JANUARY_30, 7)),
            fact(Kind.IMMERSION_STARTED, on(JANUARY_30, 8)),
        ],
    )
    lines: dict[str, object] = {"hire_accepted": 1, "service_started": 1, "employment_declared": 0, "any": 1}
    assert solutions(milestones, 1) == lines | not_recorded("contract_started", "immersion_started", "training_started")
    told: dict[str, object] = {"contract_started": 1, "immersion_started": 1}
    assert solutions(milestones, 2) == lines | told | not_recorded("training_started")


def solutions(connection: Connection[Any], version: int) -> Mapping[str, object]:
    definition = DEFINITIONS["without-solution-30-days", version]
    figure = the(cohort(connection, definition, of(JANUARY_30), Knowledge(LATER)))
    assert isinstance(figure.result, Share)
    return figure.result.lines


def not_recorded(*kinds: str) -> dict[str, object]:
    return dict.fromkeys(kinds, NotAvailable(Why.NOT_RECORDED))


def test_a_figure_asked_again_and_again_is_planned_for_what_is_asked(milestones: Connection[Any]) -> None:
    """A plan kept for any question is far slower than one for this one, from the tenth of a connection on."""
    for _ in range(12):
        stock(milestones, DEFINITION, Knowledge(LATER))
    kept = milestones.execute("select statement from pg_prepared_statements where statement like '%stock_dossier%'")
    assert kept.fetchall() == []
