"""A history, event by event, with where each journey stood before and after: read from the record alone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from application.dossiers import Catalogue, kind_of
from application.ports import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An event of a dossier and the state of its journey around it (`before` the first event: the initial one)."""

    recorded: Recorded
    before: Any
    after: Any


def replay(catalogue: Catalogue, history: Sequence[Recorded]) -> Iterator[Step]:
    """Every event in the order of the record. The rules' own `evolve` folds it, so this is what the rules saw."""
    states: dict[str, Any] = {}
    for recorded in history:
        decider = catalogue[kind_of(recorded.journey)].decider
        before = states.get(recorded.journey, decider.initial)
        states[recorded.journey] = after = decider.evolve(before, recorded.event)
        yield Step(recorded=recorded, before=before, after=after)


def as_of(history: Sequence[Recorded], instant: datetime) -> Sequence[Recorded]:
    """What was known at an instant: the events recorded until then (inclusive)."""
    return [recorded for recorded in history if recorded.recorded_at <= instant]


def at_version(history: Sequence[Recorded], journey: str, version: int) -> Sequence[Recorded]:
    """The history of one journey up to a version (inclusive). Shorter if it has not come that far."""
    return [each for each in history if each.journey == journey and each.journey_version <= version]
