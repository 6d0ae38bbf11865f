import dataclasses
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evolving import replace


@dataclass(frozen=True)
class State:
    first: int = 0
    second: str = ""
    third: tuple[int, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Slotted:
    first: int = 0
    second: str = ""


@dataclass(frozen=True)
class Counting:
    first: int

    @cached_property
    def twice(self) -> int:
        return 2 * self.first


@dataclass(frozen=True, slots=True)
class Completed:
    first: int
    twice: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.first)


STATES = st.builds(State, first=st.integers(), second=st.text(), third=st.just((1,)))
CHANGES = st.fixed_dictionaries({}, optional={"first": st.integers(), "second": st.text(), "third": st.just((2, 3))})


@given(state=STATES, changes=CHANGES)
def test_a_state_is_replaced_as_the_standard_library_does(state: State, changes: dict[str, Any]) -> None:
    before = dataclasses.astuple(state)
    assert replace(state, **changes) == dataclasses.replace(state, **changes)
    assert dataclasses.astuple(state) == before


def test_a_replaced_state_is_as_frozen_as_before() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        replace(State(), first=1).first = 2  # type: ignore[misc]  # the point of the test


def test_what_was_made_from_the_fields_is_made_again() -> None:
    counting = Counting(1)
    assert counting.twice == 2
    assert replace(counting, first=3).twice == 6
    assert replace(Completed(1), first=3) == Completed(3)


def test_states_with_slots_are_replaced_too() -> None:
    assert replace(Slotted(), second="x") == Slotted(second="x")


def test_a_field_that_there_is_not_is_a_mistake() -> None:
    with pytest.raises(TypeError, match="fourth"):
        replace(State(), fourth=1)  # type: ignore[call-arg]  # the point of the test
    with pytest.raises(TypeError, match="fourth"):
        replace(Slotted(), fourth=1)  # type: ignore[call-arg]  # the point of the test
