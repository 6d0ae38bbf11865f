"""A whole dump, as the commands that tell it: organisations first, then one dossier after the other."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Final, TypeVar

from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois.applications import Applications
from application.imports.les_emplois.assignments import Assignments
from application.imports.les_emplois.candidates import Candidates, check_profile
from application.imports.les_emplois.contracts import Contracts
from application.imports.les_emplois.diagnoses import Diagnoses
from application.imports.les_emplois.dump import (
    APPLICATION,
    APPROVAL,
    ASSIGNMENT,
    COMPANY,
    CONTRACT,
    DIAGNOSIS,
    GEIQ_DIAGNOSIS,
    INSTITUTION,
    ORIENTATION,
    PRESCRIBER,
    PROFILE,
    STRUCTURE,
    USER,
    Dump,
)
from application.imports.les_emplois.members import Members
from application.imports.les_emplois.organisations import Organisations
from application.imports.les_emplois.orientations import Orientations
from application.imports.les_emplois.references import References
from application.imports.les_emplois.rights import Rights, day_of
from application.imports.records import Record
from application.imports.steps import Expected, Step, Told

T = TypeVar("T")

#: The field that names the person, by kind of record.
_PERSON: Final = {
    ASSIGNMENT: "job_seeker",
    ORIENTATION: "beneficiary",
    DIAGNOSIS: "job_seeker",
    GEIQ_DIAGNOSIS: "job_seeker",
    APPLICATION: "job_seeker",
    APPROVAL: "user",
    CONTRACT: "job_seeker",
}
#: Whether a kind of user has a dossier; professionals and staff are told with what they do.
_USER_KINDS: Final = {"job_seeker": True, "professional": False, "itou_staff": False}
_BEGINNING: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Plan:
    """What to do, in order, and what should be found afterwards."""

    steps: list[Step] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """Do this next."""
        self.steps += told.steps
        self.expected += told.expected


def translate(dump: Dump, findings: Findings) -> Plan:
    """The commands that tell a dump. Nothing is decided here: rules are the desk's."""
    return Translation(dump, findings, References(dump, findings)).plan()


@dataclass(frozen=True, slots=True)
class Translation:
    """Puts the records of one dump in order."""

    dump: Dump
    findings: Findings
    references: References

    def plan(self) -> Plan:
        """Everything. What is known by reference only shows once the rest is read, and comes first all the same."""
        plan = Plan()
        for told in self._organisations():
            plan.add(told)
        for told in Members(self.dump, self.references, self.findings).tell():
            plan.add(told)
        for told in self._dossiers():
            plan.add(told)
        plan.steps[:0] = self.references.placeholders()
        return plan

    def _organisations(self) -> Iterator[Told]:
        organisations = Organisations(self.references, self.findings)
        for model in (COMPANY, PRESCRIBER, INSTITUTION, STRUCTURE):
            for record in self.dump.of(model).values():
                if told := self._fit(record, partial(organisations.tell, record)):
                    self.references.held.add((model, record.source.key))
                    yield told

    def _dossiers(self) -> Iterator[Told]:
        for profile in self.dump.of(PROFILE).values():
            self._fit(profile, partial(check_profile, profile, self.references))
        belonging = self._by_person()
        for user in self.dump.of(USER).values():
            if self._fit(user, partial(user.coded, "kind", _USER_KINDS)):
                yield from self._dossier(user, belonging.pop(user.source.key, {}))
        for records in belonging.values():
            for model, several in records.items():
                for record in several:
                    error = Unfit(_PERSON[model], Why.NOT_IN_THE_DUMP)
                    self.findings.unfit(Nature.NOT_IMPORTED, record.source, error)

    def _dossier(self, user: Record, belonging: dict[str, list[Record]]) -> Iterator[Told]:
        """A person, then everything that happened to them, in the order in which it happened."""
        profile = self.dump.of(PROFILE).get(user.source.key)
        candidate = self._fit(user, partial(Candidates(self.references, self.findings).tell, user, profile))
        if candidate is None:
            self._without_dossier(profile, belonging)
            return
        registration, *rest = candidate.steps
        told = [*self._told(user, belonging)]
        chains = [rest, *(each.steps for each in told)]
        expected = (*candidate.expected, *(one for each in told for one in each.expected))
        yield Told(steps=(registration, *in_order(chains)), expected=expected)

    def _told(self, user: Record, belonging: dict[str, list[Record]]) -> Iterator[Told]:
        """What stands on something else comes after it where both happened at the same instant."""
        diagnoses = Diagnoses(self.references, self.findings)
        alone: dict[str, Callable[[Record, Record], Told]] = {
            ASSIGNMENT: Assignments(self.references).tell,
            ORIENTATION: Orientations(self.references, self.findings).tell,
            DIAGNOSIS: diagnoses.tell,
            GEIQ_DIAGNOSIS: diagnoses.tell,
            CONTRACT: Contracts(self.references).tell,
        }
        for model, tell in alone.items():
            for record in belonging.get(model, ()):
                if told := self._fit(record, partial(tell, record, user)):
                    yield told
        applications = Applications(self.references, self.findings)
        read = applications.read(belonging.get(APPLICATION, ()), user)
        yield from applications.tell(read, user)
        yield from self._rights().tell(belonging.get(APPROVAL, ()), user, read)

    def _rights(self) -> Rights:
        held = [record for model in (DIAGNOSIS, GEIQ_DIAGNOSIS, APPROVAL) for record in self.dump.of(model).values()]
        return Rights(self.references, self.findings, day_of(held, _BEGINNING.date()))

    def _without_dossier(self, profile: Record | None, belonging: dict[str, list[Record]]) -> None:
        several = [record for records in belonging.values() for record in records]
        for record in (*several, *((profile,) if profile else ())):
            self.findings.note(Nature.NOT_IMPORTED, record.source, Why.DOSSIER_NOT_IMPORTED)

    def _by_person(self) -> dict[str, dict[str, list[Record]]]:
        found: dict[str, dict[str, list[Record]]] = {}
        for model, name in _PERSON.items():
            for record in self.dump.of(model).values():
                key = self._fit(record, partial(_person, record, name))
                if key is not None:
                    found.setdefault(key, {}).setdefault(model, []).append(record)
        return found

    def _fit(self, record: Record, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except Unfit as error:
            self.findings.unfit(Nature.NOT_IMPORTED, record.source, error)
            return None


def _person(record: Record, name: str) -> str:
    key = record.key(name)
    if key is None:
        raise Unfit(name, Why.MISSING)
    return key


def in_order(chains: Iterable[Sequence[Step]]) -> list[Step]:
    """All steps by time, those of each chain in its own order, whatever the dates say.

    At the same instant, what depends on what another chain made of it (`only_from`) comes last.
    """
    placed: list[tuple[tuple[datetime, bool, int, int], Step]] = []
    for rank, chain in enumerate(chains):
        latest, waits = _BEGINNING, False
        for place, step in enumerate(chain):
            at = max(latest, step.at or latest)
            waits = step.only_from is not None or (waits and at == latest)
            latest = at
            placed.append(((latest, waits, rank, place), step))
    return [step for _, step in sorted(placed, key=lambda each: each[0])]
