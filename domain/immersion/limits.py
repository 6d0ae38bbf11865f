"""How long, how many hours and at which age, by kind and by the day of submission (immersion §3).

A rule that came into force on a day holds for what was submitted from then on: thresholds are data, and what was
submitted is never measured again by newer rules.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import add_months, whole_years
from domain.immersion.codes import ConventionKind
from domain.immersion.refusals import (
    DaysOutOfBounds,
    DayTooLong,
    EndsBeforeItStarts,
    LastsTooLong,
    LegalRepresentativeNeeded,
    NoSundays,
    NothingScheduled,
    ScheduledOutside,
    SlotOutOfBounds,
    SlotsOverlap,
    TooManyDaysWorked,
    TooOld,
    TooYoung,
    WeekTooLong,
)
from domain.immersion.schedule import (
    DAYS_A_WEEK,
    SUNDAY,
    by_day,
    days_worked,
    minutes_by_day,
    minutes_by_week,
    monday,
    overlap,
    possible,
)
from domain.immersion.terms import ConventionTerms
from domain.journey import Refusal

HOUR: Final = 60
LONGEST_WEEK: Final = 48 * HOUR
#: Full days between the first and the last one, and days of presence.
LONGEST: Final = {ConventionKind.IMMERSION: 30, ConventionKind.MINI_STAGE: 8}
MOST_DAYS_WORKED: Final = {ConventionKind.IMMERSION: 30, ConventionKind.MINI_STAGE: 5}
YOUNGEST: Final = {ConventionKind.IMMERSION: 16, ConventionKind.MINI_STAGE: 10}
OLDEST: Final = 120
MAJORITY: Final = 18
YEARS_BACK: Final = 130
YEARS_AHEAD: Final = 5
#: From which day of submission on, or after which last day of the convention, a rule holds.
MINORS_REPRESENTED_FROM: Final = date(2023, 10, 28)
AGE_BOUNDED_AFTER: Final = date(2024, 4, 30)
SCHEDULE_CHECKED_AFTER_END: Final = date(2024, 8, 31)
DAYS_WORKED_BOUNDED_FROM: Final = date(2025, 3, 27)


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """How long a mini-stage may be for somebody from one age up to another, that one excluded."""

    from_age: int
    below: int
    week: int
    day: int | None = None


#: By the last day of submission on which it holds (immersion §3.2).
MINI_STAGE_HOURS: Final[Sequence[tuple[date, Sequence[Allowance]]]] = (
    (
        date(2023, 12, 21),
        (
            Allowance(from_age=0, below=15, week=30 * HOUR),
            Allowance(from_age=15, below=OLDEST, week=48 * HOUR),
        ),
    ),
    (
        date(2026, 3, 3),
        (
            Allowance(from_age=10, below=15, week=30 * HOUR),
            Allowance(from_age=15, below=OLDEST, week=35 * HOUR),
        ),
    ),
    (
        date.max,
        (
            Allowance(from_age=10, below=15, week=30 * HOUR, day=7 * HOUR),
            Allowance(from_age=15, below=16, week=35 * HOUR, day=7 * HOUR),
            Allowance(from_age=16, below=OLDEST, week=35 * HOUR, day=8 * HOUR),
        ),
    ),
)

LimitRule = Callable[[Proposal], Refusal | None]


def ends_after_it_starts(proposal: Proposal) -> Refusal | None:
    """A convention of one day is one."""
    return EndsBeforeItStarts() if proposal.terms.ends_on < proposal.terms.starts_on else None


def days_are_near(proposal: Proposal) -> Refusal | None:
    """Within 130 years back and five ahead; the past is accepted, and no notice is asked for (immersion §3.3)."""
    earliest = add_months(proposal.submitted_on, -12 * YEARS_BACK)
    latest = add_months(proposal.submitted_on, 12 * YEARS_AHEAD)
    days = (proposal.terms.starts_on, proposal.terms.ends_on)
    return None if all(earliest <= day <= latest for day in days) else DaysOutOfBounds(earliest=earliest, latest=latest)


def lasts_no_longer_than_allowed(proposal: Proposal) -> Refusal | None:
    """Counted in full days from the first to the last: 31 calendar days, or nine, last included."""
    days = (proposal.terms.ends_on - proposal.terms.starts_on).days
    longest = LONGEST[proposal.terms.kind]
    return LastsTooLong(days=days, longest=longest) if days > longest else None


def few_days_are_worked(proposal: Proposal) -> Refusal | None:
    """Days of presence are bounded for what was submitted since 27 March 2025."""
    most = MOST_DAYS_WORKED[proposal.terms.kind]
    worked = days_worked(proposal.terms.schedule)
    bounded = proposal.submitted_on >= DAYS_WORKED_BOUNDED_FROM
    return TooManyDaysWorked(worked=worked, most=most) if bounded and worked > most else None


def times_are_possible(proposal: Proposal) -> Refusal | None:
    """Every time at work takes some time within its day, and none overlaps another."""
    if not proposal.schedule_checked:
        return None
    for day, slots in by_day(proposal.terms.schedule).items():
        if not all(map(possible, slots)):
            return SlotOutOfBounds(day=day)
        if overlap(slots):
            return SlotsOverlap(day=day)
    return None


def days_are_within(proposal: Proposal) -> Refusal | None:
    """The schedule holds days of the convention only."""
    terms = proposal.terms
    outside = [day for day in by_day(terms.schedule) if not terms.starts_on <= day <= terms.ends_on]
    return ScheduledOutside(day=outside[0]) if proposal.schedule_checked and outside else None


def weeks_are_possible(proposal: Proposal) -> Refusal | None:
    """48 hours a week whatever the kind, Monday to Sunday."""
    return _week_within(proposal, LONGEST_WEEK) if proposal.schedule_checked else None


def something_is_scheduled(proposal: Proposal) -> Refusal | None:
    """There is a time at work."""
    return NothingScheduled() if proposal.schedule_checked and not days_worked(proposal.terms.schedule) else None


def no_sunday_in_a_mini_stage(proposal: Proposal) -> Refusal | None:
    """Sundays are worked in an immersion only."""
    checked = proposal.mini_stage and proposal.schedule_checked
    sundays = [day for day in by_day(proposal.terms.schedule) if day.isoweekday() == SUNDAY]
    return NoSundays(day=sundays[0]) if checked and sundays else None


def old_enough(proposal: Proposal) -> Refusal | None:
    """16 years for an immersion and ten for a mini-stage, on the first day."""
    youngest = YOUNGEST[proposal.terms.kind]
    return TooYoung(age=proposal.age, youngest=youngest) if proposal.age < youngest else None


def not_too_old(proposal: Proposal) -> Refusal | None:
    """Bounded for what was submitted after 30 April 2024."""
    bounded = proposal.submitted_on > AGE_BOUNDED_AFTER
    return TooOld(age=proposal.age, oldest=OLDEST) if bounded and proposal.age > OLDEST else None


def minors_are_represented(proposal: Proposal) -> Refusal | None:
    """Somebody under 18 on the first day has a legal representative who signs."""
    asked = proposal.submitted_on >= MINORS_REPRESENTED_FROM and proposal.age < MAJORITY
    return LegalRepresentativeNeeded() if asked and proposal.terms.legal_representative is None else None


def hours_suit_the_age(proposal: Proposal) -> Refusal | None:
    """Weekly and daily hours of a mini-stage, by age and by the day of submission."""
    if not proposal.mini_stage or not proposal.schedule_checked:
        return None
    allowance = allowance_of(proposal)
    if allowance is None:
        return TooOld(age=proposal.age, oldest=OLDEST)
    return _week_within(proposal, allowance.week) or _day_within(proposal, allowance.day)


def allowance_of(proposal: Proposal) -> Allowance | None:
    """What a mini-stage may be for somebody of that age; None if nothing is allowed."""
    allowances = next(held for until, held in MINI_STAGE_HOURS if proposal.submitted_on <= until)
    return next((one for one in allowances if one.from_age <= proposal.age < one.below), None)


def _week_within(proposal: Proposal, longest: int) -> Refusal | None:
    first = monday(proposal.terms.starts_on)
    for begins, minutes in minutes_by_week(proposal.terms.schedule).items():
        if minutes > longest:
            return WeekTooLong(week=(begins - first).days // DAYS_A_WEEK + 1, longest_minutes=longest)
    return None


def _day_within(proposal: Proposal, longest: int | None) -> Refusal | None:
    for day, minutes in minutes_by_day(proposal.terms.schedule).items():
        if longest is not None and minutes > longest:
            return DayTooLong(day=day, longest_minutes=longest)
    return None


LIMIT_RULES: Final[tuple[LimitRule, ...]] = (
    ends_after_it_starts,
    days_are_near,
    lasts_no_longer_than_allowed,
    old_enough,
    not_too_old,
    minors_are_represented,
    times_are_possible,
    days_are_within,
    weeks_are_possible,
    something_is_scheduled,
    few_days_are_worked,
    no_sunday_in_a_mini_stage,
    hours_suit_the_age,
)
