"""Statistical secrecy: each threshold at both sides, and an attacker who adds and subtracts all that is published."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from domain.formats.region import region_of
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import OTHERS, Secret
from projections.indicators.figures import (
    Figure,
    NotAvailable,
    NotReached,
    Observed,
    Share,
    Times,
    Why,
    times_to_solution,
)
from projections.indicators.publication import Published, as_it_is, discreetly, families_of
from projections.indicators.secrecy import (
    POLICY,
    Cell,
    hidden,
    hidden_linked,
    no_company_dominates,
    rounded,
    shown_alone,
    together,
)
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
        (Cell(total=20, companies={"a": 7, "b": 7, "c": 6}), True),
        (Cell(total=20, companies={"a": 20}), False),  # one employer alone (open-data §9.9)
        (Cell(total=20, companies={"a": 10, "b": 10}), False),  # each of two knows the other one
        (Cell(total=20, companies={"a": 10, "b": 10, "c": 0}), False),
        (Cell(total=20, companies={"a": 17, "b": 2, "c": 1}), True),  # 85 % exactly
        (Cell(total=100, companies={"a": 86, "b": 7, "c": 7}), False),
        (Cell(total=20, companies={"a": 17}), True),  # three more, who are told of no company
        (Cell(total=20, companies={"a": 18}), False),
        (Cell(total=11, companies={"a": 5, "b": 5}), True),
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
        (cells(a=3, b=20, c=30), {"a", "c"}),  # one hidden cell is the total minus the others
        (cells(a=3, b=30, c=20), {"a", "c"}),  # the same one, whichever is smaller
        (cells(a=3, b=6, c=30), {"a", "b", "c"}),  # 9 together: neither could be 10
        (cells(a=3, b=7, c=30), {"a", "b", "c"}),  # 10 together, but one of them alone would not be protected
        (cells(a=3, b=11, c=30), {"a", "c"}),  # with four people more, one cell less, and no other one
        (cells(a=0, b=20, c=30), {"a", "c"}),  # so is one empty cell
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
    assert hidden(few_outside) == {"a", "b", "d"}


def test_a_region_of_one_departement_is_hidden_with_it() -> None:
    table = {"974": Cell(total=8), "44": Cell(total=30), "49": Cell(total=40)}
    assert hidden_linked(table, [region_of]) == {"974", "44", "49"}


def employers(**numbers: int) -> Cell:
    return Cell(total=sum(numbers.values()), companies=numbers)


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        # 59 of the 70 that are missing to the total are of x: 84 %.
        (employers(x=29, y=6, z=5), {"a", "d"}),
        # 60 of 70: whoever subtracts what is shown has x, so one more is hidden.
        (employers(x=30, y=5, z=5), {"a", "c", "d"}),
    ],
)
def test_as_many_cells_are_hidden_as_leave_the_rest_to_no_company(beside: Cell, expected: set[str]) -> None:
    others = employers(u=10, v=10, w=10)
    assert hidden({"a": employers(x=30), "b": others, "c": others, "d": beside}) == expected


def test_a_cell_that_is_shown_again_makes_no_other_one_hidden() -> None:
    """Twelve persons of no company more, and b is shown: what is missing to the total must not become x's alone."""
    table = {
        "a": employers(x=300),
        "b": Cell(total=1000, companies={"y": 860}),
        "c": employers(u=30, v=30, w=30),
        "d": employers(x=29, y=6, z=5),
    }
    later = {**table, "b": Cell(total=1012, companies={"y": 860})}
    assert hidden(later) <= hidden(table)


NUMBERS: Final = st.sampled_from([0, 0, 0, 1, 4, 9, 17, 30, 60])
staffs = st.builds(
    lambda others, companies: Cell(total=others + sum(companies.values()), companies=companies),
    NUMBERS,
    st.fixed_dictionaries(dict.fromkeys("xyz", NUMBERS)),
)


@settings(max_examples=1000, deadline=None)
@given(
    table=st.dictionaries(st.sampled_from("abcdef"), staffs, min_size=2),
    more=st.sampled_from(["", *"xyz"]),
    data=st.data(),
)
def test_what_two_instants_hide_is_the_figure_of_no_company(
    table: Mapping[str, Cell], more: str, data: st.DataObject
) -> None:
    """One entry came in between, and of what is hidden both times the sum is known, but for that entry."""
    place = data.draw(st.sampled_from(sorted(table)))
    grown = Counter(table[place].companies) + Counter([more] if more else [])
    later = {**table, place: Cell(total=table[place].total + 1, companies=grown)}
    assume(all(shown_alone(together(each.values())) for each in (table, later)))
    twice = hidden(table) & hidden(later)
    for each in (table, later):
        missing = together(each[name] for name in twice)
        assert 100 * (max(missing.companies.values(), default=0) - 1) <= POLICY.dominance * missing.total


def test_what_is_never_named_is_hidden_however_many_are_in_it() -> None:
    assert hidden(cells(a=500, b=40, c=30), never={"a"}) == {"a", "c"}


def test_three_tables_are_hidden_together() -> None:
    """Organisations, their kinds, families of kinds: a kind that is hidden hides all of its organisations."""
    table = {
        "p1/a": Cell(total=40),
        "p1/b": Cell(total=40),
        "p2/c": Cell(total=6),
        "p3/d": Cell(total=40),
        "q/e": Cell(total=40),
    }
    found = hidden_linked(table, [lambda name: name.partition("/")[0], lambda name: name[0]])
    assert found == {"p2/c", "p3/d"}


# --- The attacker ------------------------------------------------------------


@dataclass(frozen=True)
class Someone:
    department: str
    title: str
    accepted: bool
    kinds: str = "ft"
    company: str | None = None


#: Kinds of two families, of both at once, and nobody told.
KINDS: Final = ("ft", "ml", "aci", "ei", "aci+ml", "unknown")
SIZES: Final = st.sampled_from([0, 0, 0, 1, 4, 5, 6, 9, 20, 40])


@st.composite
def crowds(draw: st.DrawFn) -> list[Someone]:
    """Départements with a crowd, with a few, with nobody: persons drawn one by one never make a crowd."""
    return [
        Someone(department, title, accepted, kinds)
        for department in draw(st.sets(st.sampled_from(DEPARTMENTS)))
        for title in ("madame", "monsieur", "unknown")
        for kinds in [draw(st.sampled_from(KINDS))]
        for accepted in (True, False)
        for _ in range(draw(SIZES))
    ]


people = crowds()
somebody = st.builds(
    Someone,
    st.sampled_from(DEPARTMENTS),
    st.sampled_from(["madame", "monsieur"]),
    st.booleans(),
    st.sampled_from(KINDS),
)
laws = settings(max_examples=150, deadline=None)


def question(by: Dimension) -> Question:
    return Question(definition=DEFINITION, known=KNOWN, by=by, months=Months(MONTH, MONTH))


def modality(someone: Someone, by: Dimension) -> str:
    return {
        Dimension.NONE: "all",
        Dimension.DEPARTMENT: someone.department,
        Dimension.REGION: region_of(someone.department),
        Dimension.TITLE: someone.title,
        Dimension.ORGANISATION_KINDS: someone.kinds,
        Dimension.ORGANISATION_FAMILIES: families_of(someone.kinds),
    }[by]


def figures(everybody: Sequence[Someone], by: Dimension) -> Sequence[Figure]:
    found = {}
    for name in {modality(someone, by) for someone in everybody}:
        of_name = [someone.accepted for someone in everybody if modality(someone, by) == name]
        lines = {"hire_accepted": sum(of_name), "application_refused": len(of_name) - sum(of_name)}
        share = Share(numerator=sum(of_name), denominator=len(of_name), lines=lines)
        told = Counter(each.company for each in everybody if each.company and modality(each, by) == name)
        found[name] = Figure(
            month=MONTH, modality=name, result=share, waiting=0, exclusions={}, times=None, companies=told
        )
    return list(found.values())


def published(everybody: Sequence[Someone], by: Dimension, policy: object = UNROUNDED) -> Mapping[str, Published]:
    assert isinstance(policy, type(POLICY))
    return {each.modality: each for each in discreetly(question(by), figures(everybody, by), policy)}


BY: Final = (
    Dimension.NONE,
    Dimension.DEPARTMENT,
    Dimension.REGION,
    Dimension.TITLE,
    Dimension.ORGANISATION_KINDS,
    Dimension.ORGANISATION_FAMILIES,
)


def measures(share: Share) -> Mapping[str, int]:
    return {"total": share.denominator, "in": share.numerator, "out": share.denominator - share.numerator}


#: How wide the interval of a hidden figure stays, of everybody, inside and outside of the numerator.
WIDTHS: Final = {"total": POLICY.persons - 1, "in": POLICY.part - 1, "out": POLICY.part - 1}


@laws
@given(everybody=people)
def test_nobody_works_out_a_hidden_figure_from_all_that_is_published(everybody: list[Someone]) -> None:
    tables = {by: published(everybody, by) for by in BY}
    for measure, width in WIDTHS.items():
        known = {
            f"{by} {name}": measures(each.result)[measure]
            for by, table in tables.items()
            for name, each in table.items()
            if isinstance(each.result, Share)
        }
        for name, (least, most) in worked_out(known, linked(everybody)).items():
            assert most - least >= width, (measure, name)


#: The tables that add up to the total, and those whose modalities add up to those of one of them.
ADD_UP: Final = (Dimension.REGION, Dimension.TITLE, Dimension.ORGANISATION_FAMILIES)
PARTS: Final[Mapping[Dimension, tuple[Dimension, Callable[[str], str]]]] = {
    Dimension.DEPARTMENT: (Dimension.REGION, region_of),
    Dimension.ORGANISATION_KINDS: (Dimension.ORGANISATION_FAMILIES, families_of),
}


def linked(everybody: Sequence[Someone]) -> Sequence[Sum]:
    """Every sum that holds between the tables, whatever is published of them: closed lists, and who is there."""
    names = {by: {modality(someone, by) for someone in everybody} for by in BY}
    for by in (Dimension.DEPARTMENT, Dimension.REGION, Dimension.TITLE):
        names[by] |= published([], by).keys()
    totals = [Sum("none all", tuple(f"{by} {name}" for name in sorted(names[by]))) for by in ADD_UP if names[by]]
    return totals + [
        Sum(f"{whole} {group}", tuple(f"{part} {name}" for name in sorted(names[part]) if group_of(name) == group))
        for part, (whole, group_of) in PARTS.items()
        for group in sorted(names[whole])
    ]


def told(everybody: Sequence[Someone], measure: str, when: str) -> Mapping[str, Interval]:
    """What is published at an instant, as far as rounding tells it."""
    beside = POLICY.step // 2 * (2 if measure == "out" else 1)  # the difference of two rounded numbers
    least = POLICY.persons if measure == "total" else POLICY.part
    shown = {(by, name): each.result for by in BY for name, each in published(everybody, by, POLICY).items()}
    numbers = {place: measures(result)[measure] for place, result in shown.items() if isinstance(result, Share)}
    return {
        f"{by} {name} {when}": (max(least, number - beside), number + beside) for (by, name), number in numbers.items()
    }


def at(when: str, sums: Sequence[Sum]) -> Sequence[Sum]:
    return [Sum(f"{each.whole} {when}", tuple(f"{term} {when}" for term in each.terms)) for each in sums]


@settings(laws, max_examples=60)
@given(everybody=people, more=somebody)
def test_nobody_works_out_a_hidden_figure_from_two_instants_either(everybody: list[Someone], more: Someone) -> None:
    """Not even somebody who knows that one person came in between, and nobody else."""
    assume(more.kinds in {someone.kinds for someone in everybody})  # no list names those of whom there is nobody
    later = [*everybody, more]
    sums = linked(later)
    names = sorted({name for each in sums for name in (each.whole, *each.terms)})
    came = [Sum(f"{name} now", (f"{name} then", f"{name} more")) for name in names]
    for measure, width in WIDTHS.items():
        known = {**told(everybody, measure, "then"), **told(later, measure, "now")}
        hidden_twice = {name for name in names if not {f"{name} then", f"{name} now"} & known.keys()}
        one_more: Mapping[str, Interval] = {f"{name} more": (0, 1) for name in names}
        found = worked_out({**known, **one_more}, [*at("then", sums), *at("now", sums), *came])
        for name, (least, most) in found.items():
            assert name.rpartition(" ")[0] not in hidden_twice or most - least >= width, (measure, name)


@laws
@given(everybody=people)
def test_no_published_figure_is_below_a_threshold(everybody: list[Someone]) -> None:
    for by in BY:
        for each in published(everybody, by).values():
            if isinstance(each.result, Share):
                assert each.result.denominator >= 11
                assert 5 <= each.result.numerator <= each.result.denominator - 5


@laws
@given(everybody=people, more=somebody)
def test_one_person_more_shows_through_rounding_only(everybody: list[Someone], more: Someone) -> None:
    """Two as-of dates, two versions, two neighbouring questions: what differs by one person never differs by one."""
    assume(more.kinds in {someone.kinds for someone in everybody})
    for by in BY:
        before, after = (published(each, by, POLICY) for each in (everybody, [*everybody, more]))
        assert before.keys() <= after.keys()  # a name of an open list is shown with its figure
        for name in before.keys() & after.keys():
            one, other = before[name].result, after[name].result
            if isinstance(one, Share) and isinstance(other, Share):
                steps = {measures(other)[key] - measures(one)[key] for key in ("total", "in")}
                assert steps <= {0, 5}
                assert {number % 5 for number in (*measures(one).values(), *measures(other).values())} == {0}


@st.composite
def hired(draw: st.DrawFn) -> list[Someone]:
    """The same, each crowd with its employer, or with none."""
    return [
        replace(someone, company=company)
        for of_place in _by_place(draw(people))
        for company in [draw(st.sampled_from(["x", "x", "y", "z", None]))]
        for someone in of_place
    ]


def _by_place(everybody: Sequence[Someone]) -> Sequence[Sequence[Someone]]:
    found: dict[tuple[str, str], list[Someone]] = defaultdict(list)
    for someone in everybody:
        found[someone.department, someone.title].append(someone)
    return list(found.values())


def missing(everybody: Sequence[Someone], by: Dimension) -> Sequence[Sequence[Someone]]:
    """Whom somebody knows together who subtracts what is shown from what it adds up to, where that is shown itself."""
    whole, group_of = PARTS.get(by, (Dimension.NONE, lambda _: "all"))
    above, table = published(everybody, whole), published(everybody, by)
    groups = {name for name, each in above.items() if isinstance(each.result, Share)}
    shown = {name for name, each in table.items() if isinstance(each.result, Share)}
    rest: dict[str, list[Someone]] = {group: [] for group in groups}
    for someone in everybody:
        group = group_of(modality(someone, by))
        if group in groups and modality(someone, by) not in shown:
            rest[group].append(someone)
    return list(rest.values())


@laws
@given(everybody=hired())
def test_nothing_that_is_published_or_missing_is_the_figure_of_a_company(everybody: list[Someone]) -> None:
    for by in BY:
        shown = [name for name, each in published(everybody, by).items() if isinstance(each.result, Share)]
        told = [[each for each in everybody if modality(each, by) == name] for name in shown]
        for some in (*told, *missing(everybody, by)):
            companies = Counter(each.company for each in some if each.company)
            assert no_company_dominates(Cell(total=len(some), companies=companies)), (by, companies)


def test_the_drawn_people_reach_figures_that_a_company_hides() -> None:
    by_company: Counter[Dimension] = Counter()

    @settings(laws, max_examples=200, derandomize=True, database=None)
    @given(everybody=hired())
    def look(everybody: list[Someone]) -> None:
        nobodys = [replace(someone, company=None) for someone in everybody]
        for by in BY:
            shown, without = (
                {name for name, each in published(some, by).items() if isinstance(each.result, Share)}
                for some in (everybody, nobodys)
            )
            by_company[by] += len(without - shown)

    look()
    assert {by: by_company[by] > 3 for by in BY} == dict.fromkeys(BY, True)


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
    shares = {"ft/big": (20, 40), "ft/small": (2, 3), "ft/middle": (15, 30)}
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
    shown = discreetly(question(Dimension.ORGANISATION), found)
    assert [(each.modality, each.result is Secret.SECRET) for each in shown] == [("big", False), (OTHERS, True)]


@pytest.mark.parametrize(("day", "result"), [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_a_month_is_shown_once_it_is_complete_whoever_is_in_it(day: date, result: bool) -> None:
    asked = replace(question(Dimension.NONE), known=Knowledge(noon(day)))
    (shown,) = discreetly(asked, figures(crowd(20, 20), Dimension.NONE))
    assert (shown.result == NotAvailable(Why.IMMATURE)) is result


def test_small_lines_are_hidden_with_as_many_others_as_protect_them() -> None:
    lines = {"hire_accepted": 20, "application_refused": 30, "application_refused:other": 2}
    lines |= {"application_refused:no_position": 12, "application_refused:not_mobile": 16}
    figure = replace(figures(crowd(20, 30), Dimension.NONE)[0], result=Share(numerator=20, denominator=50, lines=lines))
    (shown,) = discreetly(question(Dimension.NONE), [figure])
    assert shown.lines == {
        "hire_accepted": 20,
        "application_refused": 30,
        "application_refused:no_position": 10,
        f"application_refused:{OTHERS}": Secret.SECRET,
    }
    assert shown.exclusions == dict.fromkeys(
        ("application_obsolete", "application_refused:auto", "none", "opposed"), Secret.SECRET
    )


def delays(found: int, longer: int, early: int = 0) -> object:
    """What is shown of delays: some leave on day 1, some find a solution on day 10, some are followed for longer."""
    observed = [
        Observed(days=1, solved=0, censored=early),
        Observed(days=10, solved=found, censored=0),
        Observed(days=20, solved=0, censored=longer),
    ]
    figure = replace(figures(crowd(20, 20), Dimension.NONE)[0], times=times_to_solution(observed))
    (shown,) = discreetly(question(Dimension.NONE), [figure])
    return shown.times


def test_a_median_is_shown_if_five_people_are_on_each_side_of_it() -> None:
    later, hidden = NotReached.NOT_REACHED, NotReached.NOT_SHOWN
    assert [delays(found, longer) for found, longer in [(4, 4), (5, 4), (5, 5), (30, 30)]] == [
        Times(median=hidden, p80=later),
        Times(median=hidden, p80=later),
        Times(median=10, p80=later),
        Times(median=10, p80=later),
    ]


def test_the_last_fifth_is_shown_if_five_people_are_in_it() -> None:
    assert [delays(4 * longer, longer) for longer in (4, 5)] == [
        Times(median=NotReached.NOT_SHOWN, p80=NotReached.NOT_SHOWN),
        Times(median=10, p80=10),
    ]


def test_delays_of_a_few_are_not_shown_because_many_left_before() -> None:
    """Thirty refused on the first day, and one hired on each of a few days after it."""
    observed = [Observed(days=1, solved=0, censored=30)]
    observed += [Observed(days=day, solved=1, censored=0) for day in (10, 20, 30, 40, 50)]
    observed += [Observed(days=60, solved=0, censored=1)]
    times = times_to_solution(observed)
    assert times == Times(median=30, p80=50)
    figure = replace(figures(crowd(20, 20), Dimension.NONE)[0], times=times)
    (shown,) = discreetly(question(Dimension.NONE), [figure])
    assert shown.times == Times(median=NotReached.NOT_SHOWN, p80=NotReached.NOT_SHOWN)


def test_those_who_may_see_persons_see_figures_as_they_are() -> None:
    (figure,) = figures(crowd(1, 2), Dimension.NONE)
    assert as_it_is(figure).result == figure.result
