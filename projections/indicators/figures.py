"""What is published: a share of entries or persons, or a count; or why there is none."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

#: The line of solutions that counts whoever has at least one, of any kind.
ANY = "any"


class Why(StrEnum):
    """Why a figure is not available. It is then never shown as 0 (impact §8)."""

    NOBODY = "nobody"
    #: Nobody who entered has been followed for the whole window yet.
    IMMATURE = "immature"
    #: Whoever entered is excluded.
    ALL_EXCLUDED = "all_excluded"
    #: No journey tells this kind of fact yet.
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class NotAvailable:
    """There is no figure."""

    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many, of how many."""

    numerator: int
    denominator: int
    #: What the denominator is made of, by kind of outcome. Of solutions: how many have one, by kind and `any`; somebody
    #: with two kinds is in two lines.
    lines: Mapping[str, int | NotAvailable]

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many."""

    number: int
    lines: Mapping[str, int | NotAvailable]


class NotReached(StrEnum):
    """A share of the persons that has not been reached in what was observed: a value, not an absence."""

    NOT_REACHED = "not_reached"
    #: Too few are beyond it to show it.
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Calendar days from entry to the first solution (Kaplan-Meier): for half of the entries, and for 80 % of them."""

    median: int | NotReached
    p80: int | NotReached
    #: How many are on the side of each where there are fewer: those who had a solution by that day, or those who were
    #: followed for longer. It says how exact they are about single persons, and is no part of them.
    beside_median: int = field(default=0, compare=False, repr=False)
    beside_p80: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, for one modality of a dimension (`all` without one, `unknown` where nobody told)."""

    #: The first day of the month of entry; None for a stock.
    month: date | None
    modality: str
    result: Share | Count | NotAvailable
    #: A cohort's entries that are still within the window; a stock's that have not waited for longer than it.
    waiting: int
    #: Entries or persons left out, by reason.
    exclusions: Mapping[str, int]
    #: Of a cohort, mature or not, but for its exclusions; None for a stock.
    times: Times | NotAvailable | None
    #: Of how many of those that the result counts each company is told, if any is: what nobody is answered.
    companies: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A figure as it was known, and the same entries over the same days as they are known now."""

    then: Figure
    now: Figure

    @property
    def points(self) -> float | None:
        """What the share became minus what it was, in percentage points; None unless there are two shares."""
        if isinstance(self.then.result, Share) and isinstance(self.now.result, Share):
            return 100 * (self.now.result.value - self.then.result.value)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """How many entries were followed for that many days, and then found a solution or were not followed any further."""

    days: int
    solved: int
    censored: int


def times_to_solution(observed: Iterable[Observed]) -> Times | NotAvailable:
    """The median and the 80th percentile by Kaplan-Meier, in exact arithmetic.

    On one day, solutions come before the end of observation.
    """
    solved, leaving = Counter[int](), Counter[int]()
    for each in observed:
        solved[each.days] += each.solved
        leaving[each.days] += each.solved + each.censored
    at_risk, found = leaving.total(), 0
    if not at_risk:
        return NotAvailable(Why.NOBODY)
    # The share that still waits is `waiting` of `all_of_them`: whole numbers, never reduced, which costs nothing.
    waiting = all_of_them = 1
    reached: dict[int, tuple[int, int]] = {}
    for day in sorted(day for day, number in leaving.items() if number):
        if solved[day]:
            found += solved[day]
            waiting, all_of_them = waiting * (at_risk - solved[day]), all_of_them * at_risk
            for part in _PARTS:
                if part not in reached and part * waiting <= all_of_them:
                    reached[part] = (day, min(found, at_risk - leaving[day]))
            if len(reached) == len(_PARTS):
                break
        at_risk -= leaving[day]
    (median, beside_median), (p80, beside_p80) = (reached.get(part, (NotReached.NOT_REACHED, 0)) for part in _PARTS)
    return Times(median=median, p80=p80, beside_median=beside_median, beside_p80=beside_p80)


#: One in two still waits at the median, one in five at the 80th percentile.
_PARTS: Final = (2, 5)
