"""Dossiers as they stood after a batch of events, for projections that tell where journeys stand."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from application.dossiers import Catalogue, kind_of
from application.ports import Metadata, Recorded
from domain.journey import Journey
from projections.ports import Log

#: How many dossiers are kept folded in memory, so that the next event costs one step and no query.
KEPT: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Where one journey of a dossier stands."""

    #: In the dossier: `job-application-3`.
    name: str
    kind: Journey[Any, Any, Any]
    version: int
    state: Any
    stage: StrEnum
    #: When it happened (`occurred_at`) that it came to this stage, and what is known of who brought it there.
    since: datetime
    by: Metadata


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A dossier folded up to one of its versions. Personal text in the states reads as `SEALED` or `ERASED`."""

    root: str
    version: int
    cases: Mapping[str, Case]


@dataclass
class Dossiers:
    """Folds dossiers up to the events of a batch, and remembers them: a version of a dossier never changes."""

    log: Log
    catalogue: Catalogue
    kept: int = KEPT
    _known: OrderedDict[str, Folded] = field(default_factory=OrderedDict)

    def after(self, events: Iterable[Recorded]) -> Iterator[Folded]:
        """Each root among the events, once, folded up to its last one."""
        touched: dict[str, list[Recorded]] = {}
        for recorded in events:
            touched.setdefault(recorded.root, []).append(recorded)
        for root, added in touched.items():
            yield self._fold(root, added)

    def steps(self, events: Iterable[Recorded]) -> Iterator[tuple[Recorded, Folded]]:
        """Each event, in order, with its dossier folded up to it."""
        for recorded in events:
            yield recorded, self._fold(recorded.root, [recorded])

    def _fold(self, root: str, added: Sequence[Recorded]) -> Folded:
        known = self._known.pop(root, Folded(root=root, version=0, cases={}))
        if known.version == added[-1].root_version:
            added = ()  # another projection has been told these events a moment ago
        elif known.version != added[0].root_version - 1:
            known = Folded(root=root, version=0, cases={})
            added = self.log.load(root, up_to=added[-1].root_version)
        folded = fold(self.catalogue, known, added) if added else known
        self._remember(folded)
        return folded

    def _remember(self, folded: Folded) -> None:
        self._known[folded.root] = folded
        if len(self._known) > self.kept:
            self._known.popitem(last=False)


def fold(catalogue: Catalogue, before: Folded, added: Sequence[Recorded]) -> Folded:
    """A dossier after the events that follow it directly."""
    cases = dict(before.cases)
    for recorded in added:
        cases[recorded.journey] = _advance(catalogue, cases.get(recorded.journey), recorded)
    return Folded(root=before.root, version=added[-1].root_version, cases=cases)


def _advance(catalogue: Catalogue, case: Case | None, recorded: Recorded) -> Case:
    kind = case.kind if case else catalogue[kind_of(recorded.journey)]
    state = kind.decider.evolve(case.state if case else kind.decider.initial, recorded.event)
    stage = kind.stage(state)
    stays = case is not None and case.stage is stage
    return Case(
        name=recorded.journey,
        kind=kind,
        version=recorded.journey_version,
        state=state,
        stage=stage,
        since=case.since if case and stays else recorded.occurred_at,
        by=case.by if case and stays else recorded.metadata,
    )
