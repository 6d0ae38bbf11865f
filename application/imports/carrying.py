"""Carrying out an import: step after step through the desk, so that what was interrupted goes on where it was."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Final

from application.desk import Desk, Outcome
from application.dossiers import Standing, stand
from application.imports.findings import Finding, Findings, Nature, Source, Why
from application.imports.steps import AGAINST, Expected, Step
from application.ports import Recorded
from application.receipts import KeyReused
from domain.journey import Refusal

#: What a record that is not in the state that the dump says must be explained by.
_EXPLAINS: Final = frozenset({Nature.NOT_IMPORTED, Nature.STATE_NOT_REACHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """In which state a record should be, and in which it is: None where it is not in Parcours."""

    expected: Expected
    state: str | None
    #: What there is to say about a difference.
    because: Sequence[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Submits the steps of one import. What is refused is listed, and what depends on it is left out."""

    desk: Desk
    origin: str
    findings: Findings
    journeys: dict[Source, str] = field(default_factory=dict)
    #: The records that something happened for now, and those that nothing more had to happen for.
    fresh: set[Source] = field(default_factory=set)
    settled: set[Source] = field(default_factory=set)
    _stopped: set[Source] = field(default_factory=set)
    _lost: set[str] = field(default_factory=set)

    def carry(self, step: Step) -> None:
        """Do one step."""
        if step.source in self._stopped:
            return
        if step.root in self._lost:
            self._stop(step, Why.DOSSIER_NOT_IMPORTED)
        elif step.only_from is None or self._stage(step) == step.only_from:
            self._submit(step)

    def found(self, expected: Sequence[Expected]) -> Iterator[Found]:
        """How everything stands, as the import left it: what has happened since to a dossier is left aside."""
        roots: dict[str, Standing] = {}
        because: dict[Source, list[Finding]] = {}
        for finding in sorted(self.findings.found):
            if finding.nature in _EXPLAINS:
                because.setdefault(finding.source, []).append(finding)
        for each in expected:
            if each.root not in roots:
                roots[each.root] = stand(self.desk.catalogue, self._left_by_import(each.root))
            known = each.source in self.fresh | self.settled
            state = each.look(roots[each.root], self.journeys.get(each.source)) if known else None
            yield Found(expected=each, state=state, because=because.get(each.source, ()))

    def _left_by_import(self, root: str) -> Sequence[Recorded]:
        """Of each journey, what happened before anything that is not of this import, consequences included."""
        history = self.desk.journal.load(root)
        kept = {
            recorded.root_version
            for journey in {recorded.journey for recorded in history}
            for recorded in takewhile(self._of_import, (each for each in history if each.journey == journey))
        }
        return [recorded for recorded in history if recorded.root_version in kept]

    def _of_import(self, recorded: Recorded) -> bool:
        return recorded.metadata.correlation_id.startswith(f"{self.origin}/")

    def _named(self, step: Step) -> Step:
        """The step, naming the journeys of other records; those that could not be told are not named, and listed."""
        for name in step.naming.keys() - {name for name, other in step.naming.items() if other in self.journeys}:
            self.findings.note(Nature.FIELD_LEFT_OUT, step.source, Why.OTHER_NOT_IMPORTED, name)
        names = {name: self.journeys[other] for name, other in step.naming.items() if other in self.journeys}
        return replace(step, command=replace(step.command, **names)) if names else step

    def _submit(self, unnamed: Step) -> None:
        step = self._named(unnamed)
        waived: frozenset[type[Refusal]] = frozenset()
        while True:
            request = step.request(self.origin, self.journeys.get(step.source), waived)
            try:
                outcome = self.desk.submit(request)
            except Refusal as refusal:
                if type(refusal) not in step.may_break - waived:
                    self._refused(step, refusal)
                    return
                waived |= {type(refusal)}
            else:
                self._done(step, outcome)
                return

    def _done(self, step: Step, outcome: Outcome) -> None:
        self.journeys.setdefault(step.source, outcome.journey)
        if outcome.recorded and not outcome.repeated:
            self.fresh.add(step.source)
        else:
            self.settled.add(step.source)
        names = (outcome.recorded[0].metadata.source or "").partition(AGAINST)[2] if outcome.recorded else ""
        for rule in step.may_break:
            if rule.__name__ in names.split(","):
                self.findings.refused(Nature.AGAINST_A_RULE, step.source, rule)

    def _refused(self, step: Step, refusal: Refusal) -> None:
        if isinstance(refusal, KeyReused):
            self._changed_since(step)
            return
        recorded = step.opens_root and bool(self.desk.journal.load(step.root))
        if recorded and step.instead:
            for other in step.instead:
                self.carry(other)
            return
        self._stopped.add(step.source)
        self.findings.refused(self._nature(step), step.source, type(refusal), step.name)
        if step.opens_root and not recorded:
            self._lost.add(step.root)

    def _changed_since(self, step: Step) -> None:
        """An earlier import told this step otherwise: what was recorded then stays, and the rest goes on."""
        key = step.request(self.origin, None, frozenset()).idempotency_key
        history = self.desk.journal.load(step.root)
        journey = next(each.journey for each in history if each.metadata.idempotency_key == key)
        self.journeys.setdefault(step.source, journey)
        self.settled.add(step.source)
        self.findings.refused(Nature.STATE_NOT_REACHED, step.source, KeyReused, step.name)

    def _stop(self, step: Step, why: Why) -> None:
        self._stopped.add(step.source)
        self.findings.note(self._nature(step), step.source, why, step.name)

    def _nature(self, step: Step) -> Nature:
        known = step.source in self.fresh | self.settled
        return Nature.STATE_NOT_REACHED if known else Nature.NOT_IMPORTED

    def _stage(self, step: Step) -> str | None:
        journey = self.journeys.get(step.source)
        case = stand(self.desk.catalogue, self.desk.journal.load(step.root)).cases.get(journey or "")
        return None if case is None else str(case.stage)
