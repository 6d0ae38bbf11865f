"""Scenarios: given a history, when a command comes, then exactly these events, or exactly this refusal."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Generic, TypeVar

import pytest

from domain.journey import Context, Decider, Refusal
from domain.vocabulary import Actor, Role, Subject

C = TypeVar("C")
S = TypeVar("S")
E = TypeVar("E")

CAMILLE = Actor(subject=Subject("camille"), client="les-emplois", role=Role.MEMBER)
NOON = Context(at=datetime(2026, 1, 5, 11, tzinfo=UTC), actor=CAMILLE)


@dataclass(frozen=True)
class Scenario(Generic[C, S, E]):
    decider: Decider[C, S, E]
    history: Sequence[E]
    context: Context = NOON
    command: C | None = None

    def at(self, instant: datetime) -> "Scenario[C, S, E]":
        return self.within(replace(self.context, at=instant))

    def within(self, context: Context) -> "Scenario[C, S, E]":
        return replace(self, context=context)

    def when(self, command: C) -> "Scenario[C, S, E]":
        return replace(self, command=command)

    def then(self, *expected: E) -> None:
        assert list(self._decide()) == list(expected)

    def refused(self, reason: type[Refusal]) -> None:
        with pytest.raises(Refusal) as caught:
            self._decide()
        assert caught.type is reason

    def _decide(self) -> Sequence[E]:
        assert self.command is not None
        return self.decider.decide(self.command, self.decider.fold(self.history), self.context)


def given(decider: Decider[C, S, E], *history: E) -> Scenario[C, S, E]:
    return Scenario(decider, history)
