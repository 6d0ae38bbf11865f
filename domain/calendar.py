"""Legal days and months in France."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

PARIS: Final = ZoneInfo("Europe/Paris")


def paris_day(at: datetime) -> date:
    """The calendar day in Europe/Paris of an aware instant."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return at.astimezone(PARIS).date()


def paris_start(day: date) -> datetime:
    """The first instant (UTC) of a calendar day in Europe/Paris."""
    return datetime.combine(day, time.min, PARIS).astimezone(UTC)


def paris_time(day: date, at: time) -> datetime:
    """The instant (UTC) of a clock time on a calendar day in Europe/Paris."""
    return datetime.combine(day, at, PARIS).astimezone(UTC)


def paris_days_later(at: datetime, days: int) -> datetime:
    """The instant (UTC) so many days later that shows the same clock time in Paris, whatever the season."""
    return (at.astimezone(PARIS) + timedelta(days=days)).astimezone(UTC)


def add_days(day: date, days: int) -> date:
    """A day, so many calendar days later (or earlier)."""
    return day + timedelta(days=days)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day: 31 January + 1 month = 28 or 29 February."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_years(born: date, on: date) -> int:
    """Age in completed years; somebody born on 29 February is a year older on 1 March of a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
