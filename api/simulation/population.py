"""Who there is: every dossier of a simulation by its number, when it begins, where, and in which partition."""

import zlib
from array import array
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import Final

from api.simulation.chance import Chance
from domain.calendar import add_days, paris_time

YEARS: Final = 3
#: How much more often people are registered at the end than at the beginning.
GROWTH: Final = 0.3
#: By month: little in August, much in September.
SEASON: Final = (1.1, 1.0, 1.05, 0.95, 0.9, 1.0, 0.85, 0.55, 1.3, 1.2, 1.05, 0.75)
WEEKEND: Final = 0.03
SATURDAY: Final = 5
#: The organisations are recorded so many days before the first registration.
BEFORE: Final = 30


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier to simulate."""

    number: int
    draw: Chance
    begins: datetime
    root: str


@dataclass(frozen=True, kw_only=True)
class Population:
    """Everybody, over the years that end at an instant."""

    dossiers: int
    seed: int
    until: datetime
    partitions: int

    @property
    def founded(self) -> datetime:
        """When the organisations are recorded."""
        return self.until - timedelta(days=365 * YEARS + BEFORE)

    def dossier(self, number: int) -> Dossier:
        """The same for every run with the same seed."""
        draw = Chance(self.seed, "dossier", number)
        day = add_days(self._first, bisect(self._weights, draw.random() * self._weights[-1]))
        begins = paris_time(day, time(draw.randint(8, 17), draw.randrange(60), draw.randrange(60)))
        root = f"candidate/{draw.uuid7(int(begins.timestamp() * 1000))}"
        return Dossier(number, draw, begins, root)

    def by_partition(self) -> Sequence["array[int]"]:
        """The numbers of the dossiers of each partition."""
        found: Sequence[array[int]] = [array("L") for _ in range(self.partitions)]
        for number in range(self.dossiers):
            found[self.partition(self.dossier(number).root)].append(number)
        return found

    def partition(self, root: str) -> int:
        """Where a root lives, as the log says."""
        return zlib.crc32(root.encode()) % self.partitions

    @cached_property
    def _first(self) -> date:
        return (self.until - timedelta(days=365 * YEARS)).date()

    @cached_property
    def _weights(self) -> Sequence[float]:
        days = 365 * YEARS
        return list(accumulate(self._weight(place / days, add_days(self._first, place)) for place in range(days)))

    @staticmethod
    def _weight(past: float, day: date) -> float:
        week = WEEKEND if day.weekday() >= SATURDAY else 1.0
        return (1 + GROWTH * past) * SEASON[day.month - 1] * week
