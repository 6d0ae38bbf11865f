"""A convention about to be agreed on, as every rule looks at it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import whole_years
from domain.immersion.codes import ConventionKind
from domain.immersion.terms import ConventionTerms
from domain.journey import Refusal

#: Schedules are checked for what ends later (immersion §3.1).
SCHEDULE_CHECKED_AFTER_END: Final = date(2024, 8, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A convention about to be agreed on, and when it was submitted."""

    terms: ConventionTerms
    submitted_on: date

    @property
    def born(self) -> date:
        """The date of birth of the beneficiary, already known to be one."""
        return date.fromisoformat(self.terms.beneficiary.birth_date)

    @property
    def age(self) -> int:
        """In full years on the first day."""
        return whole_years(self.born, self.terms.starts_on)

    @property
    def mini_stage(self) -> bool:
        """Whether it is one, to which other rules apply."""
        return self.terms.kind is ConventionKind.MINI_STAGE

    @property
    def schedule_checked(self) -> bool:
        """Whether it ends after the day since which schedules are checked at all."""
        return self.terms.ends_on > SCHEDULE_CHECKED_AFTER_END


#: Answers why a proposal is refused, or nothing.
Rule = Callable[[Proposal], Refusal | None]
