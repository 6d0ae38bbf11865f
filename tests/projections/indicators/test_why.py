"""Nobody learns of a few from why figures changed: each threshold, and an attacker who knows every sum."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.formats.region import region_of
from projections.indicators.causes import Cause
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import Lines, Secret
from projections.indicators.figures import Figure, Share
from projections.indicators.publication import discreetly as published
from projections.indicators.secrecy import POLICY, Cell, Policy, rounded
from projections.indicators.why import TOLD_BY, Table, discreetly
from tests.projections.indicators.attacker import Interval, Sum, worked_out
from tests.projections.indicators.test_secrecy import DEPARTMENTS, MONTH, SIZES, UNROUNDED, laws, question

LEARNED, WITHDRAWN, OUTCOME = Cause.ENTRY_LEARNED, Cause.ENTRY_WITHDRAWN, Cause.OUTCOME_LEARNED
MOVED = (Cause.MOVED_IN, Cause.MOVED_OUT)
LISTED: Final = (LEARNED, WITHDRAWN, OUTCOME, *MOVED)
TERRITORY: Final[Mapping[Dimension, Callable[[str], str]]] = {
    Dimension.NONE: lambda _: "all",
    Dimension.REGION: region_of,
    Dimension.DEPARTMENT: str,
}


@dataclass(frozen=True)
class Entry:
    """An entry of a month: in the numerator or not, then and now; None where it is not known."""

    then: str | None
    now: str | None
    was_in: bool = False
    is_in: bool = False


#: Those whom nothing changes, inside and outside of the numerator, and those whom each cause does.
KINDS: Final[Sequence[tuple[bool, bool, bool, bool]]] = (
    (True, True, True, True),
    (True, True, False, False),
    (True, True, True, False),
    (False, True, False, False),
    (True, False, True, False),
)


@st.composite
def crowds(draw: st.DrawFn) -> list[Entry]:
    """Crowds and a few in each département; some have moved to another one."""
    where = draw(st.sets(st.sampled_from(DEPARTMENTS)))
    stay = [
        Entry(name if known_then else None, name if known_now else None, was_in, is_in)
        for name in sorted(where)
        for known_then, known_now, was_in, is_in in KINDS
        for _ in range(draw(SIZES))
    ]
    moved = draw(st.tuples(st.sampled_from(DEPARTMENTS), st.sampled_from(DEPARTMENTS), SIZES))
    return stay + [Entry(moved[0], moved[1])] * moved[2]


def figures(entries: Sequence[Entry], by: Dimension, *, now: bool) -> Sequence[Figure]:
    total, part = Counter[str](), Counter[str]()
    for each in entries:
        place, inside = (each.now, each.is_in) if now else (each.then, each.was_in)
        if place is not None:
            total[TERRITORY[by](place)] += 1
            part[TERRITORY[by](place)] += inside
    return [
        Figure(
            month=MONTH,
            modality=name,
            result=share(part[name], number),
            waiting=0,
            exclusions={},
            times=None,
        )
        for name, number in total.items()
    ]


def share(part: int, total: int) -> Share:
    lines = {"hire_accepted": part, "application_refused": total - part}
    return Share(numerator=part, denominator=total, lines=lines)


def counted(entries: Sequence[Entry], by: Dimension) -> Mapping[str, Mapping[Cause, Cell]]:
    found: dict[str, Counter[Cause]] = {}
    for each in entries:
        was, stands = (None if place is None else TERRITORY[by](place) for place in (each.then, each.now))
        for name, cause in causes(each, was, stands):
            found.setdefault(name, Counter())[cause] += 1
    return {name: {cause: Cell(total=number) for cause, number in told.items()} for name, told in found.items()}


def causes(entry: Entry, was: str | None, stands: str | None) -> Iterator[tuple[str, Cause]]:
    if was is not None and stands is not None and was != stands:
        yield from ((was, Cause.MOVED_OUT), (stands, Cause.MOVED_IN))
    elif was is None and stands is not None:
        yield stands, LEARNED
    elif was is not None and stands is None:
        yield was, WITHDRAWN
    elif was is not None and entry.was_in and not entry.is_in:
        yield was, OUTCOME


@dataclass(frozen=True)
class Answers:
    """Everything that is published: figures then and now, and what changed them, by territory of each size."""

    then: Mapping[tuple[Dimension, str], Share | None]
    now: Mapping[tuple[Dimension, str], Share | None]
    causes: Mapping[tuple[Dimension, str], Lines]


def answers(entries: Sequence[Entry], policy: Policy) -> Answers:
    tables, shares = {}, []
    for by in TOLD_BY:
        then, now = (
            {
                each.modality: each.result if isinstance(each.result, Share) else None
                for each in published(question(by), figures(entries, by, now=later), policy)
            }
            for later in (False, True)
        )
        shown = [{name for name, result in each.items() if result} for each in (then, now)]
        tables[by] = Table(counted=counted(entries, by), then=shown[0], now=shown[1], names=then.keys() | now.keys())
        shares.append([{(by, name): result for name, result in each.items()} for each in (then, now)])
    told = {
        (by, name): lines
        for by, table in tables.items()
        for name, lines in discreetly(
            table, LISTED, tables[Dimension.REGION] if by is Dimension.DEPARTMENT else None, policy
        ).items()
    }
    return Answers(
        {place: share for then, _ in shares for place, share in then.items()},
        {place: share for _, now in shares for place, share in now.items()},
        told,
    )


def territories(found: Answers, what: str) -> Sequence[Sum]:
    """Départements add up to régions, and régions to everybody, for anything that is counted of them."""
    names = {by: sorted(name for each, name in found.then if each is by) for by in TOLD_BY}
    whole = Sum(f"none all {what}", tuple(f"region {name} {what}" for name in names[Dimension.REGION]))
    return [whole] + [
        Sum(
            f"region {region} {what}",
            tuple(f"department {name} {what}" for name in names[Dimension.DEPARTMENT] if region_of(name) == region),
        )
        for region in names[Dimension.REGION]
    ]


@laws
@given(entries=crowds())
def test_nobody_works_out_a_hidden_cause_from_those_of_other_territories(entries: list[Entry]) -> None:
    """Not even somebody who is told exactly what is shown."""
    found = answers(entries, UNROUNDED)
    for cause in (LEARNED, WITHDRAWN, OUTCOME):
        known = {
            f"{by} {name} {cause}": number
            for (by, name), lines in found.causes.items()
            if isinstance(number := lines[cause.value], int)
        }
        for name, (least, most) in worked_out(known, territories(found, cause)).items():
            assert most - least >= POLICY.persons - 1, name


@laws
@given(entries=crowds())
def test_nobody_learns_of_a_few_from_causes_and_figures_together(entries: list[Entry]) -> None:
    """What was, what came and what went make what is: of nothing that is hidden it comes out that it is of a few."""
    found = answers(entries, POLICY)
    known = dict(shares(found))
    for (by, name), lines in found.causes.items():
        known |= {f"{by} {name} {cause}": told(number, POLICY.persons) for cause, number in lines.items()}
    sums = [each for what in ("was", "was in", "is", "is in", *LISTED[:3]) for each in territories(found, what)]
    for by, name in found.then:
        place = f"{by} {name}"
        sums += [
            Sum(f"{place} both", (f"{place} is", f"{place} {WITHDRAWN}", f"{place} {Cause.MOVED_OUT}")),
            Sum(f"{place} both", (f"{place} was", f"{place} {LEARNED}", f"{place} {Cause.MOVED_IN}")),
            Sum(f"{place} was in", (f"{place} is in", f"{place} {WITHDRAWN}", f"{place} {OUTCOME}")),
        ]
    for name, (least, most) in worked_out(known, sums).items():
        assert least < 1 or most >= POLICY.part, (name, least, most)


def shares(found: Answers) -> Iterator[tuple[str, Interval]]:
    for when, figures_then in (("was", found.then), ("is", found.now)):
        for (by, name), result in figures_then.items():
            if result is not None:
                yield f"{by} {name} {when}", told(result.denominator, POLICY.persons)
                yield f"{by} {name} {when} in", told(result.numerator, POLICY.part)


def told(number: object, least: int) -> Interval:
    """What a number that is shown may be; what is hidden may be anything."""
    beside = POLICY.step // 2
    return (max(least, number - beside), number + beside) if isinstance(number, int) else (0, float("inf"))


def test_the_drawn_crowds_reach_told_and_hidden_causes_of_every_territory() -> None:
    reached: set[tuple[Dimension, bool]] = set()
    secondary: list[str] = []

    @settings(laws, max_examples=200, derandomize=True, database=None)
    @given(entries=crowds())
    def look(entries: list[Entry]) -> None:
        found = answers(entries, POLICY)
        for (by, name), lines in found.causes.items():
            reached.update((by, number is Secret.SECRET) for number in lines.values())
            own = counted(entries, by).get(name, {})
            hidden = [cause for cause, cell in own.items() if cell.total >= 11 and lines[cause.value] is Secret.SECRET]
            secondary.extend(hidden)

    look()
    assert reached == {(by, hidden) for by in TOLD_BY for hidden in (True, False)}
    assert len(secondary) > 20


# --- Each threshold ----------------------------------------------------------


def table(then: str = "a b c", now: str = "a b c", **learned: int) -> Table:
    """Entries that were learned in each territory, and where the figure is shown."""
    counts = {name: {LEARNED: Cell(total=number)} for name, number in learned.items()}
    return Table(counted=counts, then=then.split(), now=now.split(), names=learned.keys())


def shown(table: Table) -> Mapping[str, object]:
    return {name: lines["entry_learned"] for name, lines in discreetly(table, [LEARNED]).items()}


SECRET: Final = Secret.SECRET


def test_causes_of_a_few_are_all_hidden_alike() -> None:
    assert [shown(table("all", "all", all=number)) for number in (0, 10, 11, 13)] == [
        {"all": SECRET},
        {"all": SECRET},
        {"all": 10},
        {"all": 15},
    ]


def test_what_a_few_would_be_left_by_is_hidden_with_them() -> None:
    assert shown(table(a=30, b=20, c=4)) == {"a": 30, "b": SECRET, "c": SECRET}
    assert shown(table(a=30, b=20, c=11)) == {"a": 30, "b": 20, "c": 10}


def test_nothing_is_told_of_a_figure_that_is_hidden_then_or_now() -> None:
    assert shown(table("a b", "a b", a=30, b=20, c=15)) == {"a": 30, "b": 20}
    assert shown(table("a b", "a b c", a=30, b=20, c=48)) == {"a": 30, "b": SECRET}


def test_what_tells_of_one_company_is_not_told() -> None:
    one, three = {"acme": 15}, {"acme": 5, "bolt": 5, "cord": 5}
    tables = [
        replace(table("all", "all", all=15), counted={"all": {LEARNED: Cell(total=15, companies=companies)}})
        for companies in (one, three)
    ]
    assert [shown(each) for each in tables] == [{"all": SECRET}, {"all": rounded(15)}]


def test_of_a_departement_a_cause_is_told_where_it_is_told_of_its_region() -> None:
    departments = Table(
        counted={name: {LEARNED: Cell(total=12)} for name in ("35", "56")},
        then=("35", "56"),
        now=("35", "56"),
        names=("35", "56"),
    )
    told_of = table("53", "53", **{"53": 24})
    hidden = table("", "53", **{"53": 24})
    assert [
        {name: lines["entry_learned"] for name, lines in discreetly(departments, [LEARNED], regions).items()}
        for regions in (told_of, hidden)
    ] == [{"35": 10, "56": 10}, {"35": SECRET, "56": SECRET}]
