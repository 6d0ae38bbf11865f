"""What analysts see of why a figure changed: if it is shown then and now, and nothing that tells of a few."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from psycopg import Connection

from domain.formats.region import region_of
from projections.indicators.asking import Question
from projections.indicators.cases import Case
from projections.indicators.causes import Cause, causes, changes, parts_of, possible
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import Lines, Secret
from projections.indicators.figures import Count, Share
from projections.indicators.publication import Published, shown
from projections.indicators.secrecy import POLICY, Cell, Policy, hidden, rounded
from projections.indicators.without_solution import Slice

#: For what it is told: territories, which are in one another.
TOLD_BY: Final = (Dimension.NONE, Dimension.REGION, Dimension.DEPARTMENT)
_NOBODY: Final = Cell(total=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A month: what changed the figure of each territory, and which of these figures are shown."""

    counted: Mapping[str, Mapping[Cause, Cell]]
    #: The territories whose figure is shown then, and now; and all of them.
    then: Collection[str]
    now: Collection[str]
    names: Collection[str]

    @property
    def shown(self) -> frozenset[str]:
        """Those whose figure is shown both times."""
        return frozenset(self.then) & frozenset(self.now)

    def told(self, cause: Cause, policy: Policy, names: Collection[str]) -> frozenset[str]:
        """Those of a few territories, which add up to another one, of which a cause may be told.

        The others protect each other, as figures do. Where a figure is shown once and hidden once, its other number
        would be worked out from what changed it: it counts for nobody among those that are to protect each other.
        """
        cells = {name: self._cell(name, cause) for name in names}
        return (self.shown & cells.keys()) - hidden(cells, policy)

    def _cell(self, name: str, cause: Cause) -> Cell:
        once = (name in self.then) is not (name in self.now)
        return _NOBODY if once else self.counted.get(name, {}).get(cause, _NOBODY)


def as_counted(connection: Connection[Any], then: Question, now: Question) -> Mapping[Slice, Lines]:
    """Every cause of every figure that has one, nothing hidden: for those who may see the persons themselves."""
    terms = now.definition.terms
    found = causes(changes(connection, then, now), parts_of(terms))
    return {
        where: {cause.value: len(told.get(cause, ())) for cause in possible(terms)} for where, told in found.items()
    }


def why(connection: Connection[Any], then: Question, now: Question) -> Mapping[Slice, Lines]:
    """What analysts see of every figure that is shown then and now."""
    terms, found = now.definition.terms, changes(connection, then, now)

    def tables(by: Dimension, territory: Callable[[str], str] = str) -> Mapping[date, Table]:
        counted = causes(found, parts_of(terms), territory)
        figures = [shown(connection, replace(asked, by=by)) for asked in (then, now)]
        return {month: _table(month, counted, figures) for month in now.months or ()}

    regions = tables(Dimension.REGION, region_of) if now.by is Dimension.DEPARTMENT else {}
    return {
        (month, name): lines
        for month, table in tables(now.by).items()
        for name, lines in discreetly(table, possible(terms), regions.get(month)).items()
    }


def discreetly(
    table: Table, listed: Sequence[Cause], regions: Table | None = None, policy: Policy = POLICY
) -> Mapping[str, Lines]:
    """Every cause that there may be, whether anybody is in it or not, of each figure that is shown then and now.

    Of départements, nothing is told of a cause where it is not told of their région.
    """
    found: dict[str, dict[str, int | Secret]] = {name: {} for name in sorted(table.shown)}
    for cause in listed:
        told = table.told(cause, policy, table.names) if regions is None else _nested(table, regions, cause, policy)
        for name, lines in found.items():
            number = table.counted.get(name, {}).get(cause, _NOBODY).total
            lines[cause.value] = rounded(number, policy) if name in told else Secret.SECRET
    return found


def _nested(table: Table, regions: Table, cause: Cause, policy: Policy) -> frozenset[str]:
    members: dict[str, list[str]] = {}
    for name in table.names:
        members.setdefault(region_of(name), []).append(name)
    told = regions.told(cause, policy, regions.names) & members.keys()
    return frozenset().union(*(table.told(cause, policy, members[region]) for region in told))


def _table(
    month: date, found: Mapping[Slice, Mapping[Cause, Sequence[Case]]], figures: Sequence[Sequence[Published]]
) -> Table:
    counted = {name: _cells(told) for (each, name), told in found.items() if each == month}
    of_month = [[figure for figure in told if figure.month == month] for told in figures]
    then, now = ({figure.modality for figure in told if isinstance(figure.result, Share | Count)} for told in of_month)
    names = {figure.modality for told in of_month for figure in told} | counted.keys()
    return Table(counted=counted, then=then, now=now, names=names)


def _cells(told: Mapping[Cause, Sequence[Case]]) -> Mapping[Cause, Cell]:
    """How many entries by cause, and of which companies they tell."""
    return {
        cause: Cell(total=len(own), companies=Counter(case.company for case in own if case.company is not None))
        for cause, own in told.items()
    }
