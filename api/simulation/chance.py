"""What is left to chance, and nothing else is: the same seed draws the same lives."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import Any, TypeVar
from uuid import UUID

T = TypeVar("T")

_VERSION_7 = 0x7 << 76
_VARIANT = 0x2 << 62


class Chance(Random):
    """Draws for one life, or for the town."""

    def __init__(self, seed: int, what: str, number: int = 0) -> None:
        """Independent of every other draw of the seed."""
        super().__init__(f"{seed}/{what}/{number}")

    def happens(self, share: float) -> bool:
        """Whether something happens that happens to this share of people."""
        return self.random() < share

    def one_of(self, weights: Mapping[T, float]) -> T:
        """One of several, each as often as its weight says."""
        return self.choices(list(weights), list(weights.values()))[0]

    def days(self, median: float, spread: float = 0.7, most: int = 400) -> int:
        """A delay as people's delays are: rarely short, most often about the median, now and then very long."""
        return min(most, max(0, round(median * self.lognormvariate(0, spread))))

    def some(self, each: Iterable[Any], most: int) -> tuple[Any, ...]:
        """A few of several, at least one, in their order."""
        known = list(each)
        chosen = set(self.sample(range(len(known)), self.randint(1, min(most, len(known)))))
        return tuple(one for place, one in enumerate(known) if place in chosen)

    def uuid7(self, milliseconds: int) -> UUID:
        """An identifier as the service gives them, made at an instant."""
        random = self.getrandbits(74)
        return UUID(int=milliseconds << 80 | _VERSION_7 | (random >> 62) << 64 | _VARIANT | random & (2**62 - 1))

    def uuid4(self) -> UUID:
        """An identifier of nothing but chance."""
        return UUID(int=self.getrandbits(128), version=4)
