"""What a schedule adds up to, in minutes: hours and days worked are counted, never believed (immersion §3.1)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from domain.immersion.terms import Slot, WorkDay

#: Times go from 00:00 to 23:59.
LAST_MINUTE: Final = 1439
SUNDAY: Final = 7
DAYS_A_WEEK: Final = 7


def by_day(schedule: Iterable[WorkDay]) -> Mapping[date, Sequence[Slot]]:
    """The times at work of each day that has any, in order; a day that is named twice has both."""
    days: dict[date, list[Slot]] = defaultdict(list)
    for day in schedule:
        days[day.on] += day.slots
    return {day: sorted(slots, key=lambda slot: slot.starts) for day, slots in sorted(days.items()) if slots}


def minutes_by_day(schedule: Iterable[WorkDay]) -> Mapping[date, int]:
    """How long each day is."""
    return {day: sum(slot.ends - slot.starts for slot in slots) for day, slots in by_day(schedule).items()}


def minutes_by_week(schedule: Iterable[WorkDay]) -> Mapping[date, int]:
    """How long each week is, by its Monday."""
    weeks: dict[date, int] = defaultdict(int)
    for day, minutes in minutes_by_day(schedule).items():
        weeks[monday(day)] += minutes
    return weeks


def minutes_until(schedule: Iterable[WorkDay], last: date) -> int:
    """How long it is up to a day, that day included."""
    return sum(minutes for day, minutes in minutes_by_day(schedule).items() if day <= last)


def days_worked(schedule: Iterable[WorkDay]) -> int:
    """How many days have a time at work (jours de présence)."""
    return len(by_day(schedule))


def monday(day: date) -> date:
    """The first day of the week of a day."""
    return day - timedelta(days=day.weekday())


def possible(slot: Slot) -> bool:
    """Whether a time at work lies within a day and takes some time."""
    return 0 <= slot.starts < slot.ends <= LAST_MINUTE


def overlap(slots: Sequence[Slot]) -> bool:
    """Whether two times at work of a day have a moment in common; the end of one may be the start of the next."""
    return any(later.starts < earlier.ends for earlier, later in pairwise(slots))


def business_days_before(day: date, number: int) -> date:
    """The weekday so many weekdays before a day; public holidays are not known here (immersion §3.1)."""
    while number:
        day -= timedelta(days=1)
        number -= day.isoweekday() < SUNDAY - 1
    return day
