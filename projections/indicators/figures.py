"""What is published: a share of entries or persons, or why there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

#: The line of solutions that counts whoever has at least one, of any kind.
ANY = "any"


class Why(StrEnum):
    """Why a figure is not available. It is then never shown as 0 (impact §8)."""

    NOBODY = "nobody"
    #: Nobody who entered has been followed for the whole window yet.
    IMMATURE = "immature"
    #: Whoever entered is excluded.
    ALL_EXCLUDED = "all_excluded"
    #: No journey tells this kind of solution yet.
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True)
class NotAvailable:
    """There is no figure."""

    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many are without a solution, of how many."""

    numerator: int
    denominator: int
    #: How many of the denominator have a solution, by kind and `any`. Somebody with two kinds is in two lines.
    solutions: Mapping[str, int | NotAvailable]

    @property
    def value(self) -> float:
        """Between 0 and 1."""
        return self.numerator / self.denominator


class NotReached(StrEnum):
    """A share of the persons that has not been reached in what was observed: a value, not an absence."""

    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Calendar days from entry to the first solution (Kaplan-Meier): for half of the entries, and for 80 % of them."""

    median: int | NotReached
    p80: int | NotReached


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure, for one modality of a dimension (`all` without one, `unknown` where nobody told)."""

    #: The first day of the month of entry; None for a stock.
    month: date | None
    modality: str
    result: Share | NotAvailable
    #: A cohort's entries that are still within the window; a stock's persons without a solution for no longer than it.
    waiting: int
    #: Entries or persons left out, by reason.
    exclusions: Mapping[str, int]
    #: Of a cohort, mature or not, but for its exclusions; None for a stock.
    times: Times | NotAvailable | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A figure as it was known, and the same entries over the same days as they are known now."""

    then: Figure
    now: Figure

    @property
    def points(self) -> float | None:
        """What the share became minus what it was, in percentage points; None unless both are available."""
        if isinstance(self.then.result, NotAvailable) or isinstance(self.now.result, NotAvailable):
            return None
        return 100 * (self.now.result.value - self.then.result.value)


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
    days = sorted((day for day in observed if day.solved or day.censored), key=lambda day: day.days)
    at_risk = sum(day.solved + day.censored for day in days)
    if not at_risk:
        return NotAvailable(Why.NOBODY)
    waiting = Fraction(1)
    curve: list[tuple[int, Fraction]] = []
    for day in days:
        waiting *= 1 - Fraction(day.solved, at_risk)
        at_risk -= day.solved + day.censored
        curve.append((day.days, waiting))
    return Times(median=_first_at(curve, Fraction(1, 2)), p80=_first_at(curve, Fraction(1, 5)))


def _first_at(curve: Iterable[tuple[int, Fraction]], share: Fraction) -> int | NotReached:
    return next((days for days, waiting in curve if waiting <= share), NotReached.NOT_REACHED)
