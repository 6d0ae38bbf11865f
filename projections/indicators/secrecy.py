"""Statistical secrecy (open-data §4.3): what may be shown of a table, so that nobody works out what is not.

A pure calculation. Whoever publishes shows the whole table and hides what is named here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
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
    #: A figure of companies needs so many of them,
    companies: int = 3
    #: and none may make more than this percentage of it.
    dominance: int = 85
    #: Observations on each side of a quantile.
    beside_quantile: int = 5


POLICY: Final = Policy()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table: a count of persons and, of a share, how many of them are in the numerator."""

    total: int
    part: int | None = None
    #: What each company contributes to it, where the figure tells of companies.
    companies: Collection[int] | None = None

    def __add__(self, other: "Cell") -> "Cell":
        """The cell that two modalities make together."""
        part = None if self.part is None or other.part is None else self.part + other.part
        return Cell(total=self.total + other.total, part=part)


#: Nobody, in any kind of cell.
NOTHING: Final = Cell(total=0, part=0)


def shown_alone(cell: Cell, policy: Policy = POLICY) -> bool:
    """Whether the cell may be shown, if it were the only one: by frequency, by its two sides, by dominance."""
    return (
        cell.total >= policy.persons
        and (cell.part is None or min(cell.part, cell.total - cell.part) >= policy.part)
        and _no_company_dominates(cell, policy)
    )


def hidden(cells: Mapping[str, Cell], policy: Policy = POLICY) -> frozenset[str]:
    """The cells to hide of a table whose sum is published where it may be: those that must, and enough others.

    What is hidden is known together, as what is missing to the sum. So the last cells by name are hidden too, as many
    as make that rest large enough on every side for each cell that must be hidden, were it the only one. The order and
    the measure are such that with more people the same cells are hidden or fewer, never others: a cell that is hidden
    in one answer and shown in the next would give away what another one hides.
    """
    if not shown_alone(_sum(cells.values()), policy):
        return frozenset(cells)
    must = {name for name, cell in cells.items() if not shown_alone(cell, policy)}
    beside, rest = set[str](), _sum(())
    for name in sorted(cells, reverse=True):
        if all(_protected(rest if one in beside else rest + cells[one], beside | {one}, policy) for one in must):
            break
        beside.add(name)
        rest += cells[name]
    return frozenset(must | beside)


def hidden_nested(
    groups: Mapping[str, Mapping[str, Cell]], policy: Policy = POLICY
) -> tuple[frozenset[str], frozenset[str]]:
    """The groups and the cells to hide of two linked tables, cells and the groups that they add up to.

    Départements add up to régions, kinds of organisations to families, and all of these to the total: each table alone
    would give the other one away.
    """
    hidden_groups = hidden({name: _sum(cells.values()) for name, cells in groups.items()}, policy)
    hidden_cells: set[str] = set()
    for name, cells in groups.items():
        hidden_cells |= cells.keys() if name in hidden_groups else hidden(cells, policy)
    return hidden_groups, frozenset(hidden_cells)


def rounded(number: int, policy: Policy = POLICY) -> int:
    """The nearest multiple of the step; halves cannot occur as long as the step is odd."""
    return policy.step * ((number + policy.step // 2) // policy.step)


def _sum(cells: Collection[Cell]) -> Cell:
    total = Cell(total=0, part=None if any(cell.part is None for cell in cells) else 0)
    for cell in cells:
        total += cell
    return total


def _protected(rest: Cell, names: Collection[str], policy: Policy) -> bool:
    """Whether cells that make that much together could each be anything."""
    wide = rest.total >= policy.persons - 1
    sides = rest.part is None or min(rest.part, rest.total - rest.part) >= policy.part - 1
    return len(names) > 1 and wide and sides


def _no_company_dominates(cell: Cell, policy: Policy) -> bool:
    if cell.companies is None:
        return True
    contributing = [number for number in cell.companies if number]
    most = max(contributing, default=0)
    return len(contributing) >= policy.companies and 100 * most <= policy.dominance * sum(contributing)
