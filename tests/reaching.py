"""Whether a generator reaches what it should: it draws in rounds until it has, or has had every chance."""

from collections.abc import Callable
from typing import Final, TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

#: A generator that needs all of them reaches something once in ten thousand draws: the laws never see it.
ROUNDS: Final = 40
IN_EACH: Final = 250


def draw_until(strategy: SearchStrategy[T], look: Callable[[T], None], enough: Callable[[], bool]) -> None:
    """Look at what is drawn until it is enough. The seeds are fixed; what they draw changes with the code."""
    for number in range(ROUNDS):

        @seed(number)
        @settings(
            database=None,
            max_examples=IN_EACH,
            phases=[Phase.generate],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(strategy)
        def draw(value: T) -> None:
            look(value)

        draw()
        if enough():
            return
