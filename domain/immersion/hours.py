"""When a convention is worked: in its days, in a week, and in what the age allows (immersion §3.1, §3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.immersion.codes import ConventionKind
from domain.immersion.proposal import Proposal, Rule
from domain.immersion.refusals import (
    DayTooLong,
    NoSundays,
    NothingScheduled,
    ScheduledOutside,
    SlotOutOfBounds,
    SlotsOverlap,
    TooManyDaysWorked,
    TooOld,
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
from domain.journey import Refusal

HOUR: Final = 60
LONGEST_WEEK: Final = 48 * HOUR
#: Days of presence (jours de présence), for what was submitted from a day on.
MOST_DAYS_WORKED: Final = {ConventionKind.IMMERSION: 30, ConventionKind.MINI_STAGE: 5}
DAYS_WORKED_BOUNDED_FROM: Final = date(2025, 3, 27)
#: Nobody of this age or older does a mini-stage.
OLDEST: Final = 120


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


def few_days_are_worked(proposal: Proposal) -> Refusal | None:
    """Days of presence are bounded for what was submitted since 27 March 2025."""
    most = MOST_DAYS_WORKED[proposal.terms.kind]
    worked = days_worked(proposal.terms.schedule)
    bounded = proposal.submitted_on >= DAYS_WORKED_BOUNDED_FROM
    return TooManyDaysWorked(worked=worked, most=most) if bounded and worked > most else None


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


HOUR_RULES: Final[tuple[Rule, ...]] = (
    times_are_possible,
    days_are_within,
    weeks_are_possible,
    something_is_scheduled,
    few_days_are_worked,
    no_sunday_in_a_mini_stage,
    hours_suit_the_age,
)
