"""Companies, prescribers, institutions and structures: what they are, and what was decided of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from application.dossiers import Standing
from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois import codes
from application.imports.les_emplois.dump import COMPANY, INSTITUTION, PRESCRIBER, STRUCTURE
from application.imports.les_emplois.references import KNOWN_BY_REFERENCE, References
from application.imports.records import Lenient, Record
from application.imports.steps import Expected, Step, Told
from domain.calendar import paris_day, paris_start
from domain.formats import department, siret
from domain.organisation import Authorisation, Organisation, Stage
from domain.organisation.commands import (
    ChangeKinds,
    ChangeSiret,
    ChangeTerritory,
    Close,
    Create,
    GrantAuthorisation,
    Rename,
    WithdrawalReason,
    WithdrawAuthorisation,
)
from domain.organisation.kinds import NEEDING_AUTHORISATION, WITH_SAFIR, Kind
from domain.organisation.refusals import InvalidSiret, TypologyOnlyForStructures, UnknownDepartment
from domain.vocabulary import Role

_KINDS: Final[Mapping[str, Mapping[str, Kind]]] = {
    COMPANY: codes.COMPANY_KINDS,
    PRESCRIBER: codes.PRESCRIBER_KINDS,
    INSTITUTION: codes.INSTITUTION_KINDS,
}
_DECIDED: Final = {Authorisation.VALIDATED.name, Authorisation.REFUSED.name}
#: What a prescriber that is never authorised may be said to be.
_UNDECIDED: Final = {None, Authorisation.NOT_REQUIRED.name}


@dataclass(frozen=True, slots=True)
class Organisations:
    """Tells organisations, each record on its own."""

    references: References
    findings: Findings

    def tell(self, record: Record) -> Told:
        """An organisation, as it was created and authorised. Raises `Unfit`."""
        created = record.when("created_at")
        description = self._description(record)
        creation = self._step(record, "create", description, created)
        steps = [replace(creation, instead=tuple(self._completion(record, description)))]
        if decision := self._decision(record, description.kinds, created):
            steps.append(decision)
        if record.source.model == STRUCTURE and not record.flag("is_active"):
            steps.append(self._closing(record, created))
        return Told(steps=tuple(steps), expected=(self._expected(record, steps),))

    def _description(self, record: Record) -> Create:
        lenient = Lenient(record, self.findings)
        kinds = (self._kind(record, lenient),)
        return Create(
            name=record.needed("name"),
            kinds=kinds,
            departments=_territory(record, lenient),
            siret=lenient(lambda: _siret(record), "siret"),
            safir=record.text("code_safir_pole_emploi") if not WITH_SAFIR.isdisjoint(kinds) else None,
        )

    def _completion(self, record: Record, description: Create) -> Iterator[Step]:
        """What makes an organisation that was known by reference only what it is, as of the import."""
        if description.departments:
            yield self._step(record, "complete-territory", ChangeTerritory(departments=description.departments), None)
        yield self._step(record, "complete-kinds", ChangeKinds(kinds=description.kinds), None)
        yield self._step(record, "complete-name", Rename(name=description.name), None)
        if description.siret:
            yield self._step(record, "complete-siret", ChangeSiret(siret=description.siret), None)

    def _kind(self, record: Record, lenient: Lenient) -> Kind:
        model = record.source.model
        if model == STRUCTURE:
            return Kind.SERVICE_STRUCTURE
        if model not in KNOWN_BY_REFERENCE:
            return record.coded("kind", _KINDS[model])
        return lenient(lambda: record.coded("kind", _KINDS[model]), "kind") or KNOWN_BY_REFERENCE[model]

    def _decision(self, record: Record, kinds: tuple[Kind, ...], created: datetime) -> Step | None:
        """Validated or refused since the last decision, or since it exists if none is dated (les-emplois §1.3)."""
        status = record.text("authorization_status")
        if NEEDING_AUTHORISATION.isdisjoint(kinds) and status not in _UNDECIDED:
            self.findings.note(Nature.STATE_NOT_REACHED, record.source, Why.NEVER_AUTHORISED, "authorization_status")
            return None
        if status not in _DECIDED:
            return None
        at = record.instant("authorization_updated_at") or created
        day = paris_day(at)
        granted = status == Authorisation.VALIDATED.name
        command = (
            GrantAuthorisation(from_day=day)
            if granted
            else WithdrawAuthorisation(from_day=day, reason=WithdrawalReason.OTHER)
        )
        return self._step(record, "authorise" if granted else "refuse", command, at, by="authorization_updated_by")

    def _closing(self, record: Record, created: datetime) -> Step:
        day = record.day("updated_on")
        self.findings.note(Nature.SUPPOSED, record.source, Why.DATE_UNKNOWN, "is_active")
        return self._step(record, "close", Close(), max(created, paris_start(day)) if day else created)

    def _step(self, record: Record, name: str, command: object, at: datetime | None, *, by: str = "created_by") -> Step:
        return Step(
            source=record.source,
            name=name,
            root=f"organisation/{record.identity}",
            command=command,
            subject=self.references.subject(record.key(by)),
            role=Role.STAFF,
            at=at,
            opens_root=isinstance(command, Create),
            # DORA's typology is not in this dump: the structure is recorded without one.
            may_break=frozenset({TypologyOnlyForStructures}),
        )

    def _expected(self, record: Record, steps: list[Step]) -> Expected:
        closed = any(isinstance(step.command, Close) for step in steps)
        written = (record.text("authorization_status") or "recorded").lower()
        decided = record.source.model == PRESCRIBER
        return Expected(
            source=record.source,
            root=steps[0].root,
            state="closed" if closed else written if decided else "recorded",
            look=_authorisation if decided else _stage,
        )


def _look(of: Callable[[Organisation], str]) -> Callable[[Standing, str | None], str]:
    return lambda standing, _: of(standing.cases["organisation"])


_authorisation: Final = _look(lambda organisation: organisation.authorisations[-1].status.value)
_stage: Final = _look(lambda organisation: "closed" if organisation.stage is Stage.CLOSED else "recorded")


def _territory(record: Record, lenient: Lenient) -> tuple[str, ...]:
    """The département, or the one of the postcode."""
    written = lenient(lambda: _department(record), "department")
    postcode = lenient(lambda: record.text("post_code"), "post_code")
    found = written or (department.of_address(postcode) if postcode else None)
    return (found,) if found else ()


def _department(record: Record) -> str | None:
    written = record.text("department")
    if written is not None and written not in department.DEPARTMENTS:
        raise UnknownDepartment(departments=[])
    return written


def _siret(record: Record) -> str | None:
    written = record.text("siret")
    if written is not None and siret.parse(written) is None:
        raise InvalidSiret
    return written


def each_fit(
    records: Mapping[str, Record], tell: Callable[[Record], Told], findings: Findings
) -> Iterator[tuple[Record, Told]]:
    """The records that can be told; the others are listed."""
    for record in records.values():
        try:
            yield record, tell(record)
        except Unfit as error:
            findings.unfit(Nature.NOT_IMPORTED, record.source, error)
