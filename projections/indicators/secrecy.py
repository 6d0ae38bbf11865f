"""Statistical secrecy (open-data §4.3): what may be shown of a table, so that nobody works out what is not.

A pure calculation. Whoever publishes shows the whole table and hides what is named here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The thresholds. A proposal of open-data §4.3, for the data-protection officer to confirm."""

    #: Fewer persons than that are not shown.
    persons: int = 11
    #: Fewer than that in the numerator, or outside of it, would tell something of the few: all or nothing too.
    part: int = 5
    #: Published counts are multiples of this one.
    step: int = 5
    #: What tells of companies tells of so many of them or of somebody else,
    companies: int = 3
    #: and none of them makes more than this percentage of it.
    dominance: int = 85
    #: Observations on each side of a quantile.
    beside_quantile: int = 5
    #: Raised when what is hidden becomes something else under the same thresholds: what was released is made again.
    rules: int = 2


POLICY: Final = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table: a count of persons and, of a share, how many of them are in the numerator."""

    total: int
    part: int | None = None
    #: Of how many of them each company is told. The others are told of no company.
    companies: Mapping[str, int] = field(default_factory=dict)


#: Nobody, in any kind of cell.
NOTHING: Final = Cell(total=0, part=0)


def together(cells: Iterable[Cell]) -> Cell:
    """The cell that several modalities make together."""
    total = part = 0
    shares = True
    companies: Counter[str] = Counter()
    for cell in cells:
        total += cell.total
        part += cell.part or 0
        shares = shares and cell.part is not None
        companies.update(cell.companies)
    return Cell(total=total, part=part if shares else None, companies=companies)


def shown_alone(cell: Cell, policy: Policy = POLICY) -> bool:
    """Whether the cell may be shown, if it were the only one: by frequency, by its two sides, by dominance."""
    return (
        cell.total >= policy.persons
        and (cell.part is None or min(cell.part, cell.total - cell.part) >= policy.part)
        and no_company_dominates(cell, policy)
    )


def no_company_dominates(cell: Cell, policy: Policy = POLICY) -> bool:
    """Whether what a cell tells is nobody's own figure: neither that of a company, nor what two know of each other.

    What tells of no company counts as somebody else's: each of these persons is one beside the companies.
    """
    told = +Counter(cell.companies)
    if not told:
        return True
    others = cell.total - told.total()
    return len(told) + others >= policy.companies and 100 * max(told.values()) <= policy.dominance * cell.total


def hidden(cells: Mapping[str, Cell], policy: Policy = POLICY, never: AbstractSet[str] = frozenset()) -> frozenset[str]:
    """The cells to hide of a table whose sum is published where it may be: those that must, and enough others.

    What is hidden is known together, as what is missing to the sum. So the last cells by name are hidden too, as many
    as make that rest large enough on every side for each cell that must be hidden, were it the only one, and as
    outweigh what a company makes too much of these. The order and the measure are such that with more people the same
    cells are hidden or fewer, never others: a cell that is hidden in one answer and shown in the next would give away
    what another one hides. A company that grows may hide more of them, always the next ones by name. `never` are those
    that are not shown in any case.
    """
    if not shown_alone(together(cells.values()), policy):
        return frozenset(cells)
    must = {name for name, cell in cells.items() if name in never or not shown_alone(cell, policy)}
    telling = any(cells[name].companies for name in must)
    beside, rest = set[str](), together(())
    for name in sorted(cells, reverse=True):
        enough = all(
            _protected(rest if one in beside else together((rest, cells[one])), beside | {one}, policy) for one in must
        )
        if enough and (not telling or _outweighs(rest, [cells[one] for one in must - beside], policy)):
            break
        beside.add(name)
        rest = together((rest, cells[name]))
    return frozenset(must | beside)


def _outweighs(rest: Cell, must: Iterable[Cell], policy: Policy) -> bool:
    """Whether a rest leaves to no company any of the cells that must be hidden, alone or together.

    Cells in which a company makes little do not count for those in which it makes too much: one that may be shown again
    would otherwise take the weight of another one away, and make a third one hidden.
    """
    told = +Counter(rest.companies)
    weights = Counter({company: 100 * number for company, number in told.items()})
    for cell in must:
        for company, number in cell.companies.items():
            weights[company] += max(0, 100 * number - policy.dominance * cell.total)
    many = len(told) + rest.total - told.total() >= policy.companies
    return many and max(weights.values(), default=0) <= policy.dominance * rest.total


def hidden_linked(
    cells: Mapping[str, Cell],
    wholes: Sequence[Callable[[str], str]],
    policy: Policy = POLICY,
    never: AbstractSet[str] = frozenset(),
) -> frozenset[str]:
    """The cells to hide of a table that adds up to another one, that one perhaps to a third one, and all to the total.

    Départements add up to régions, organisations to their kinds and these to families: each table alone would give the
    other ones away. A whole is named by what names its parts, the nearest one first.
    """
    if not wholes:
        return hidden(cells, policy, never)
    groups: dict[str, dict[str, Cell]] = {}
    for name, cell in cells.items():
        groups.setdefault(wholes[0](name), {})[name] = cell
    above = hidden_linked({name: together(group.values()) for name, group in groups.items()}, wholes[1:], policy)
    return frozenset().union(
        *(group.keys() if name in above else hidden(group, policy, never) for name, group in groups.items())
    )


def rounded(number: int, policy: Policy = POLICY) -> int:
    """The nearest multiple of the step; halves cannot occur as long as the step is odd."""
    return policy.step * ((number + policy.step // 2) // policy.step)


def _protected(rest: Cell, names: AbstractSet[str], policy: Policy) -> bool:
    """Whether cells that make that much together could each be anything."""
    wide = rest.total >= policy.persons - 1
    sides = rest.part is None or min(rest.part, rest.total - rest.part) >= policy.part - 1
    return len(names) > 1 and wide and sides
