"""A root's history folded into where every one of its journeys stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from application.ports import Recorded
from domain.journey import Dossier, Journey
from domain.vocabulary import RootKind

Catalogue = Mapping[str, Journey[Any, Any, Any]]


@lru_cache(maxsize=65_536)
def kind_of(journey: str) -> str:
    """The kind of a journey, from its name in a dossier: `job-application-3` is a `job-application`."""
    kind, _, number = journey.rpartition("-")
    return kind if number.isdecimal() else journey


def root_kind(root: str) -> RootKind:
    """What a root is, from its name: `candidate/<uuid7>` is a candidate. Raises ValueError for anything else."""
    return RootKind(root.partition("/")[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A root as it stands: the state and the version of each of its journeys."""

    version: int
    cases: Mapping[str, Any]
    versions: Mapping[str, int]

    def dossier(self) -> Dossier:
        """The states alone, as decisions see them."""
        return Dossier(self.cases)

    def next_of(self, kind: str) -> str:
        """The name that the next journey of a kind takes: numbers count from 1 and are never used twice."""
        return f"{kind}-{1 + sum(kind_of(journey) == kind for journey in self.cases)}"

    def after(self, catalogue: Catalogue, journey: str, events: Sequence[Any]) -> "Standing":
        """The same, once more events have happened in one journey."""
        decider = catalogue[kind_of(journey)].decider
        state = self.cases.get(journey, decider.initial)
        for event in events:
            state = decider.evolve(state, event)
        return Standing(
            version=self.version + len(events),
            cases={**self.cases, journey: state},
            versions={**self.versions, journey: self.versions.get(journey, 0) + len(events)},
        )


def stand(catalogue: Catalogue, history: Sequence[Recorded]) -> Standing:
    """Fold a root's whole history, in order."""
    cases: dict[str, Any] = {}
    versions: dict[str, int] = {}
    for recorded in history:
        decider = catalogue[kind_of(recorded.journey)].decider
        cases[recorded.journey] = decider.evolve(cases.get(recorded.journey, decider.initial), recorded.event)
        versions[recorded.journey] = recorded.journey_version
    return Standing(version=history[-1].root_version if history else 0, cases=cases, versions=versions)
