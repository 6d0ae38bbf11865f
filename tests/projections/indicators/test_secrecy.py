"""Statistical secrecy: each threshold at both sides, and an attacker who adds and subtracts all that is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.formats.region import region_of
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import OTHERS, Secret
from projections.indicators.figures import Figure, NotAvailable, NotReached, Share, Times, Why
from projections.indicators.publication import Published, as_it_is, discreetly
from projections.indicators.secrecy import POLICY, Cell, hidden, hidden_nested, rounded, shown_alone
from tests.projections.indicators.attacker import Interval, Sum, worked_out
from tests.projections.indicators.facts import noon

DEFINITION: Final = DEFINITIONS["application-acceptance", 1]
MONTH: Final = date(2026, 1, 1)
KNOWN: Final = Knowledge(noon(date(2026, 6, 1)))
#: What the attacker may be told exactly: rounding only makes it harder.
UNROUNDED: Final = replace(POLICY, step=1)
#: A région of one département, one of two, three of the mainland's, and nobody told.
DEPARTMENTS: Final = ("974", "2A", "2B", "44", "49", "53", "75", "93", "unknown")


# --- Each threshold ----------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (Cell(total=10), False),
        (Cell(total=11), True),
        (Cell(total=0), False),
        (Cell(total=11, part=5), True),
        (Cell(total=11, part=4), False),
        (Cell(total=11, part=6), True),
        (Cell(total=11, part=7), False),  # 4 are outside of the numerator
        (Cell(total=25, part=24), False),  # a rate of 96 % on 25 persons gives the one person (open-data §4.3)
        (Cell(total=500, part=0), False),  # all or nothing tells of everybody
        (Cell(total=500, part=500), False),
        (Cell(total=20, companies=(7, 7, 6)), True),
        (Cell(total=20, companies=(10, 10)), False),
        (Cell(total=20, companies=(10, 10, 0)), False),
        (Cell(total=20, companies=(17, 2, 1)), True),  # 85 % exactly
        (Cell(total=40, companies=(35, 3, 2)), False),  # 87.5 %
    ],
)
def test_a_cell_alone_is_shown_if_it_tells_of_enough_people_on_each_side(cell: Cell, shown: bool) -> None:
    assert shown_alone(cell) is shown


@pytest.mark.parametrize(("number", "shown"), [(11, 10), (12, 10), (13, 15), (17, 15), (18, 20)])
def test_counts_are_rounded_to_the_nearest_five(number: int, shown: int) -> None:
    assert rounded(number) == shown


def cells(**numbers: int) -> Mapping[str, Cell]:
    return {name: Cell(total=number) for name, number in numbers.items()}


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (cells(a=20, b=30), set()),
        (cells(a=3, b=20, c=30), {"a", "b"}),  # one hidden cell is the total minus the others
        (cells(a=3, b=6, c=30), {"a", "b", "c"}),  # 9 together: neither could be 10
        (cells(a=3, b=7, c=30), {"a", "b"}),
        (cells(a=0, b=20, c=30), {"a", "b"}),  # so is one empty cell
        (cells(a=3, b=7), {"a", "b"}),  # the total itself is not published
        (cells(a=20), set()),
    ],
)
def test_as_many_cells_are_hidden_as_protect_each_other(table: Mapping[str, Cell], expected: set[str]) -> None:
    assert hidden(table) == expected


def test_a_hidden_numerator_is_protected_like_a_hidden_total() -> None:
    few_outside = {
        "a": Cell(total=20, part=18),
        "b": Cell(total=20, part=20),
        "c": Cell(total=30, part=15),
        "d": Cell(total=90, part=45),
    }
    assert hidden(few_outside) == {"a", "b", "c"}


def test_a_region_of_one_departement_is_hidden_with_it() -> None:
    groups = {"04": {"974": Cell(total=8)}, "52": {"44": Cell(total=30), "49": Cell(total=40)}}
    assert hidden_nested(groups) == (frozenset({"04", "52"}), frozenset({"974", "44", "49"}))


# --- The attacker ------------------------------------------------------------


@dataclass(frozen=True)
class Someone:
    department: str
    title: str
    accepted: bool


SIZES: Final = st.sampled_from([0, 0, 0, 1, 4, 5, 6, 9, 20, 40])


@st.composite
def crowds(draw: st.DrawFn) -> list[Someone]:
    """Départements with a crowd, with a few, with nobody: persons drawn one by one never make a crowd."""
    return [
        Someone(department, title, accepted)
        for department in draw(st.sets(st.sampled_from(DEPARTMENTS)))
        for title in ("madame", "monsieur", "unknown")
        for accepted in (True, False)
        for _ in range(draw(SIZES))
    ]


people = crowds()
laws = settings(max_examples=150, deadline=None)


def question(by: Dimension) -> Question:
    return Question(definition=DEFINITION, known=KNOWN, by=by, months=Months(MONTH, MONTH))


def modality(someone: Someone, by: Dimension) -> str:
    return {
        Dimension.NONE: "all",
        Dimension.DEPARTMENT: someone.department,
        Dimension.REGION: region_of(someone.department),
        Dimension.TITLE: someone.title,
    }[by]


def figures(everybody: Sequence[Someone], by: Dimension) -> Sequence[Figure]:
    found = {}
    for name in {modality(someone, by) for someone in everybody}:
        of_name = [someone.accepted for someone in everybody if modality(someone, by) == name]
        lines = {"hire_accepted": sum(of_name), "application_refused": len(of_name) - sum(of_name)}
        share = Share(numerator=sum(of_name), denominator=len(of_name), lines=lines)
        found[name] = Figure(month=MONTH, modality=name, result=share, waiting=0, exclusions={}, times=None)
    return list(found.values())


def published(everybody: Sequence[Someone], by: Dimension, policy: object = UNROUNDED) -> Mapping[str, Published]:
    assert isinstance(policy, type(POLICY))
    finest = figures(everybody, Dimension.DEPARTMENT if by is Dimension.REGION else by)
    shown = discreetly(question(by), figures(everybody, by), finest, policy)
    return {each.modality: each for each in shown}


BY: Final = (Dimension.NONE, Dimension.DEPARTMENT, Dimension.REGION, Dimension.TITLE)


def measures(share: Share) -> Mapping[str, int]:
    return {"total": share.denominator, "in": share.numerator, "out": share.denominator - share.numerator}


@laws
@given(everybody=people)
def test_nobody_works_out_a_hidden_figure_from_all_that_is_published(everybody: list[Someone]) -> None:
    tables = {by: published(everybody, by) for by in BY}
    for measure, width in (("total", POLICY.persons - 1), ("in", POLICY.part - 1), ("out", POLICY.part - 1)):
        known = {
            f"{by} {name}": measures(each.result)[measure]
            for by, table in tables.items()
            for name, each in table.items()
            if isinstance(each.result, Share)
        }
        for name, (least, most) in worked_out(known, linked(tables)).items():
            assert most - least >= width, (measure, name)


def linked(tables: Mapping[Dimension, Mapping[str, Published]]) -> Sequence[Sum]:
    """Every sum that holds between the published tables."""
    departments, regions = tables[Dimension.DEPARTMENT], tables[Dimension.REGION]
    of_regions = [
        Sum(f"region {region}", tuple(f"department {name}" for name in departments if region_of(name) == region))
        for region in regions
    ]
    totals = [
        Sum("none all", tuple(f"{by} {name}" for name in tables[by])) for by in (Dimension.REGION, Dimension.TITLE)
    ]
    return [*of_regions, *totals]


@laws
@given(everybody=people)
def test_no_published_figure_is_below_a_threshold(everybody: list[Someone]) -> None:
    for by in BY:
        for each in published(everybody, by).values():
            if isinstance(each.result, Share):
                assert each.result.denominator >= 11
                assert 5 <= each.result.numerator <= each.result.denominator - 5


@laws
@given(everybody=people, more=st.builds(Someone, st.sampled_from(DEPARTMENTS), st.just("madame"), st.booleans()))
def test_one_person_more_shows_through_rounding_only(everybody: list[Someone], more: Someone) -> None:
    """Two as-of dates, two versions, two neighbouring questions: what differs by one person never differs by one."""
    for by in BY:
        before, after = (published(each, by, POLICY) for each in (everybody, [*everybody, more]))
        assert before.keys() == after.keys()
        for name in before:
            one, other = before[name].result, after[name].result
            if isinstance(one, Share) and isinstance(other, Share):
                steps = {measures(other)[key] - measures(one)[key] for key in ("total", "in")}
                assert steps <= {0, 5}
                assert {number % 5 for number in (*measures(one).values(), *measures(other).values())} == {0}


def test_the_drawn_people_reach_hidden_and_shown_figures_of_every_table() -> None:
    reached: set[tuple[Dimension, bool]] = set()
    secondary: list[str] = []

    @settings(laws, max_examples=200, derandomize=True, database=None)
    @given(everybody=people)
    def look(everybody: list[Someone]) -> None:
        for by in BY:
            exact = {figure.modality: figure.result for figure in figures(everybody, by)}
            for name, each in published(everybody, by).items():
                reached.add((by, isinstance(each.result, Share)))
                own = exact.get(name)
                if each.result is Secret.SECRET and isinstance(own, Share):
                    alone = shown_alone(Cell(total=own.denominator, part=own.numerator))
                    secondary.extend([name] if alone else [])

    look()
    assert reached == {(by, shown) for by in BY for shown in (True, False)}
    assert len(secondary) > 20


def test_the_attacker_finds_what_is_not_protected() -> None:
    found = worked_out({"all": 50, "a": 20, "b": 27}, [Sum("all", ("a", "b", "c"))])
    assert found == {"c": (3, 3)}
    two: Mapping[str, Interval] = worked_out({"all": 50, "a": 20}, [Sum("all", ("a", "b", "c"))])
    assert two == {"b": (0, 30), "c": (0, 30)}


# --- What is shown besides ---------------------------------------------------


def crowd(accepted: int, refused: int, department: str = "75") -> list[Someone]:
    return [Someone(department, "madame", number < accepted) for number in range(accepted + refused)]


def test_a_row_is_there_whether_anybody_is_in_it_or_not() -> None:
    nobody, few = published([], Dimension.TITLE), published(crowd(3, 3), Dimension.TITLE)
    assert list(nobody) == list(few) == ["madame", "monsieur", "unknown"]
    assert {each.result for each in (*nobody.values(), *few.values())} == {Secret.SECRET}


def test_an_open_list_shows_no_name_that_it_hides() -> None:
    shares = {"big": (20, 40), "small": (2, 3), "middle": (15, 30)}
    found = [
        Figure(
            month=MONTH,
            modality=name,
            result=Share(numerator=part, denominator=total, lines={}),
            waiting=0,
            exclusions={},
            times=None,
        )
        for name, (part, total) in shares.items()
    ]
    shown = discreetly(question(Dimension.ORGANISATION), found, found)
    assert [(each.modality, each.result is Secret.SECRET) for each in shown] == [("big", False), (OTHERS, True)]


@pytest.mark.parametrize(("day", "result"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_a_month_is_shown_once_it_is_complete_whoever_is_in_it(day: date, result: bool) -> None:
    asked = replace(question(Dimension.NONE), known=Knowledge(noon(day)))
    (shown,) = discreetly(asked, figures(crowd(20, 20), Dimension.NONE), figures(crowd(20, 20), Dimension.NONE))
    assert (shown.result == NotAvailable(Why.IMMATURE)) is result


def test_small_lines_are_hidden_with_as_many_others_as_protect_them() -> None:
    lines = {"hire_accepted": 20, "application_refused": 30, "application_refused:other": 2}
    lines |= {"application_refused:no_position": 12, "application_refused:not_mobile": 16}
    figure = replace(figures(crowd(20, 30), Dimension.NONE)[0], result=Share(numerator=20, denominator=50, lines=lines))
    (shown,) = discreetly(question(Dimension.NONE), [figure], [figure])
    assert shown.lines == {
        "hire_accepted": 20,
        "application_refused": 30,
        "application_refused:not_mobile": 15,
        f"application_refused:{OTHERS}": Secret.SECRET,
    }
    assert shown.exclusions == dict.fromkeys(
        ("application_obsolete", "application_refused:auto", "none", "opposed"), Secret.SECRET
    )


@pytest.mark.parametrize(("refused", "p80"), [(14, NotReached.NOT_SHOWN), (15, 40)])
def test_the_last_fifth_is_shown_if_five_people_are_in_it(refused: int, p80: object) -> None:
    figure = replace(figures(crowd(10, refused), Dimension.NONE)[0], times=Times(median=12, p80=40))
    (shown,) = discreetly(question(Dimension.NONE), [figure], [figure])
    assert shown.times == Times(median=12, p80=p80)  # type: ignore[arg-type]


def test_those_who_may_see_persons_see_figures_as_they_are() -> None:
    (figure,) = figures(crowd(1, 2), Dimension.NONE)
    assert as_it_is(figure).result == figure.result
