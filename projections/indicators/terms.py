"""The few shapes of indicators, as the parameters of their computation. Kinds are those of milestones."""

from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, PositiveInt, model_validator

from projections.milestones.kinds import Kind

#: Where a case stands whose window is over and that nothing decided.
UNDECIDED: Final = "none"
#: How soon after its day a fact was recorded, where that is what is counted.
IN_TIME: Final = "in_time"
LATE: Final = "late"


def _of_a_kind(code: str) -> str:
    Kind(code.partition(":")[0])
    return code


#: A kind of milestone, or one of them by what qualifies it: `application_refused:auto`.
Code = Annotated[str, AfterValidator(_of_a_kind)]
Objections = tuple[Literal[Kind.OPPOSED], ...]


def _one_band_more(bounds: tuple[int, ...], bands: tuple[str, ...]) -> None:
    if len(bands) != len(bounds) + 1 or any(low >= high for low, high in pairwise(bounds)):
        raise ValueError("bounds increase, and make one band more than there are bounds")


class WithoutSolution(BaseModel):
    """Persons waiting for a solution: as a cohort of entries, and as a stock on a day."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Calendar days; the last one is in time.
    window_days: PositiveInt
    #: What makes somebody enter: the first of the first kind that a path has.
    entries: tuple[Kind, ...]
    solutions: tuple[Kind, ...]
    #: Solutions that this version does not count, because no journey told them: not available, never 0.
    awaited_solutions: tuple[Kind, ...] = ()
    #: Ends the solutions of the same journey.
    solution_ends: tuple[Kind, ...] = ()
    #: Ends a path. Within the window it excludes the entry.
    endings: tuple[Kind, ...] = ()
    #: Excludes the person, whenever it was said.
    objections: tuple[Kind, ...] = ()
    #: First years of age of the second band and of those after it; the age is a difference of years (impact §3.5).
    age_bounds: tuple[int, ...] = ()
    age_bands: tuple[str, ...] = ("all",)

    @model_validator(mode="after")
    def _makes_sense(self) -> "WithoutSolution":
        _one_band_more(self.age_bounds, self.age_bands)
        if set(self.solutions) & set(self.awaited_solutions):
            raise ValueError("a solution that is awaited is not counted")
        return self


class _Cases(BaseModel):
    """What the shapes that look at cases share."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Excludes whatever concerns the person, whenever it was said.
    objections: Objections = (Kind.OPPOSED,)
    age_bounds: tuple[int, ...] = (26, 55)
    age_bands: tuple[str, ...] = ("under_26", "26_to_54", "55_and_over")

    @model_validator(mode="after")
    def _bands(self) -> "_Cases":
        _one_band_more(self.age_bounds, self.age_bands)
        return self


class CohortOfCases(_Cases):
    """What became, within a window, of the cases that entered in a month; and how long it took."""

    #: A journey, with the hire that it led to, or everything that concerns a person.
    unit: Literal["case", "person"]
    window_days: PositiveInt
    #: A case enters on the first of them.
    entries: tuple[Code, ...]
    #: The days are counted from the first of these instead, if there is any, unless an outcome came before it.
    counted_from: tuple[Code, ...] = ()
    #: Whether only what another journey tells decides: a contract of one day is not the solution that follows its end.
    elsewhere: bool = False
    #: What decides a case: the first one, whichever comes first in this list if they are of one day.
    outcomes: tuple[Code, ...]
    #: Takes a case out of the figure if it comes within the window, and before every outcome.
    excluded_by: tuple[Code, ...] = ()
    #: Outcomes, or `none`. Those that are in neither list are counted apart.
    numerator: tuple[str, ...]
    #: Numerator included.
    denominator: tuple[str, ...]
    #: The outcomes whose delay is measured; the others end the observation (Kaplan-Meier).
    reached_by: tuple[Code, ...]

    @model_validator(mode="after")
    def _adds_up(self) -> "CohortOfCases":
        if not set(self.numerator) < set(self.denominator) <= {*self.outcomes, UNDECIDED}:
            raise ValueError("the numerator is part of the denominator, which is made of outcomes")
        if not set(self.reached_by) <= set(self.outcomes) or set(self.outcomes) & set(self.excluded_by):
            raise ValueError("a delay runs to an outcome, and an outcome excludes nothing")
        if set(self.counted_from) & {*self.entries, *self.outcomes}:
            raise ValueError("days are counted from something else than the entry, and than what ends them")
        return self


class StockOfCases(_Cases):
    """The journeys that are open on a day, and how many of them for long, or not for long any more."""

    starts: tuple[Code, ...]
    ends: tuple[Code, ...]
    #: Counts those that have been open for more days than that.
    longer_than_days: PositiveInt | None = None
    #: Counts those whose end is known, and falls within as many days from the next one on.
    ending_within_days: PositiveInt | None = None
    #: Counts those whose person has nothing that goes on: begun by one of these, until the day, included, of the
    #: one of `without_ends` that ends it.
    without: tuple[Code, ...] = ()
    without_ends: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _counts_one_thing(self) -> "StockOfCases":
        asked = (self.longer_than_days is not None, self.ending_within_days is not None, bool(self.without))
        if sum(asked) != 1 or bool(self.without) is not bool(self.without_ends):
            raise ValueError("a stock counts what has been open for long, what ends soon, or what goes without")
        return self


class MonthlyCount(_Cases):
    """How many facts a month saw; and, with a numerator, the share of some of them, or of those that were told late."""

    counted: tuple[Code, ...]
    #: Codes of `counted`; none for a plain count.
    numerator: tuple[Code, ...] = ()
    #: In the numerator instead: what was recorded more calendar days than that after it happened.
    late_after_days: PositiveInt | None = None
    #: Published beside, and not counted: what nobody has told the end of.
    beside: tuple[Code, ...] = ()

    @model_validator(mode="after")
    def _is_part(self) -> "MonthlyCount":
        if not set(self.numerator) <= set(self.counted) or set(self.beside) & set(self.counted):
            raise ValueError("the numerator is part of what is counted, what stands beside is not")
        if self.late_after_days is not None and (self.numerator or self.beside):
            raise ValueError("either some facts are the numerator, or those that were told late")
        return self

    @property
    def standings(self) -> tuple[str, ...]:
        """Where a fact that is counted may stand."""
        return self.counted if self.late_after_days is None else (IN_TIME, LATE)

    @property
    def part(self) -> tuple[str, ...]:
        """Where those of the numerator stand; none for a plain count."""
        return self.numerator if self.late_after_days is None else (LATE,)


class Attempts(_Cases):
    """How often persons tried before they succeeded for the first time, in the month in which they did."""

    #: What is counted: each case once, up to the day of the success, included.
    tried: tuple[Code, ...]
    #: A person enters on the first of them.
    until: tuple[Code, ...]
    #: First numbers of the second band and of those after it.
    bounds: tuple[PositiveInt, ...] = (2, 3, 6)
    bands: tuple[str, ...] = ("at_most_1", "2", "3_to_5", "6_and_more")

    @model_validator(mode="after")
    def _makes_sense(self) -> "Attempts":
        _one_band_more(self.bounds, self.bands)
        return self

    @property
    def standings(self) -> tuple[str, ...]:
        """Where a person may stand."""
        return self.bands

    @property
    def part(self) -> tuple[str, ...]:
        """Where those of the numerator stand: in the first band."""
        return self.bands[:1]


Terms = WithoutSolution | CohortOfCases | StockOfCases | MonthlyCount | Attempts

#: Terms that were added later. Where one is empty it says nothing, and what was published without it stays as it was.
_ADDED: Final = ("counted_from", "elsewhere", "without", "without_ends", "late_after_days")


def written(terms: Terms) -> str:
    """The terms as they are published: the same text for ever, whatever terms are added."""
    return terms.model_dump_json(exclude={name for name in _ADDED if not getattr(terms, name, None)})
