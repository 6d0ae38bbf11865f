"""Periods do not overlap: where a new one begins, the one before may end earlier (rdv-insertion §7.2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.accompaniment.codes import Stage
from domain.accompaniment.commands import Asked
from domain.accompaniment.refusals import ConfirmShortening, Overlaps, SameStart, StartInTheFuture, TooShort
from domain.accompaniment.state import Accompaniment, occupied
from domain.calendar import add_days
from domain.journey import Context

#: A period lasts so many days at least.
SHORTEST: Final = 7
#: A period may be shortened if it began so many days before the new one: it still lasts seven days.
SHRINKABLE: Final = SHORTEST + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """When a period ends, and which one it shortens."""

    ends_on: date | None
    shortens: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Other:
    """Another period of the dossier."""

    name: str
    starts_on: date
    ends_on: date | None


def plan(command: Asked, context: Context) -> Planned:
    """Where the period fits among the others; raises a `Refusal` if it does not."""
    others = _others(context)
    ends_on = command.ends_on or _until_the_next(command.starts_on, others)
    _check(command.starts_on, ends_on, others, context.today)
    shrinkable = [each for each in others.values() if _shrinkable(each, command.starts_on)]
    blocking = [
        name
        for name, each in others.items()
        if each not in shrinkable and _meet(each, command.starts_on, ends_on, context.today)
    ]
    if blocking:
        raise Overlaps(accompaniments=blocking)
    if not shrinkable:
        return Planned(ends_on=ends_on)
    shortened = shrinkable[0]
    if not command.shorten:
        raise ConfirmShortening(accompaniment=shortened.name, ends_on=eve(command.starts_on))
    return Planned(ends_on=ends_on, shortens=shortened.name)


def eve(day: date) -> date:
    """The day before."""
    return add_days(day, -1)


def _others(context: Context) -> Mapping[str, _Other]:
    return {
        name: _Other(name=name, starts_on=each.starts_on, ends_on=each.ends_on)
        for name, each in context.dossier.of(Accompaniment).items()
        if name != context.journey and each.stage is Stage.RECORDED and each.starts_on is not None
    }


def _until_the_next(starts_on: date, others: Mapping[str, _Other]) -> date | None:
    """A period without an end that comes before another one ends on its eve."""
    later = [each.starts_on for each in others.values() if each.starts_on > starts_on]
    return eve(min(later)) if later else None


def _check(starts_on: date, ends_on: date | None, others: Mapping[str, _Other], today: date) -> None:
    if starts_on > today:
        raise StartInTheFuture(today=today)
    if any(each.starts_on == starts_on for each in others.values()):
        raise SameStart(starts_on=starts_on)
    if ends_on is not None and ends_on < add_days(starts_on, SHORTEST):
        raise TooShort(earliest_end=add_days(starts_on, SHORTEST))


def _shrinkable(other: _Other, starts_on: date) -> bool:
    lasts = other.ends_on is None or other.ends_on > starts_on
    return lasts and other.starts_on <= add_days(starts_on, -SHRINKABLE)


def _meet(other: _Other, starts_on: date, ends_on: date | None, today: date) -> bool:
    (one, one_end), (two, two_end) = (
        occupied(other.starts_on, other.ends_on, today),
        occupied(starts_on, ends_on, today),
    )
    return one < two_end and two < one_end
