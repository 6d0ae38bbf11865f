"""What records say of other records: organisations by key, professionals by an opaque subject."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from application.imports.findings import Findings, Nature, Source, Unfit, Why
from application.imports.les_emplois.dump import COMPANY, PRESCRIBER, USER, Dump
from application.imports.records import derived
from application.imports.steps import NOBODY_KNOWN, Step
from domain.organisation.commands import Create
from domain.organisation.kinds import Kind
from domain.vocabulary import OrganisationId, Role, Subject

#: Organisations that others may name without the dump holding them: what is certain of them is that they exist.
KNOWN_BY_REFERENCE: Final = {COMPANY: Kind.COMPANY_UNKNOWN, PRESCRIBER: Kind.PRESCRIBER_UNKNOWN}


@dataclass(frozen=True, slots=True)
class References:
    """Who and what the keys stand for. `named` is since when somebody named what the dump does not hold."""

    dump: Dump
    findings: Findings
    #: Kind and key of the organisations that the dump holds and that can be imported.
    held: set[tuple[str, str]] = field(default_factory=set)
    named: dict[tuple[str, str], datetime] = field(default_factory=dict)

    def organisation(self, model: str, key: str, at: datetime, name: str) -> OrganisationId:
        """An organisation that a field names as of an instant. Raises `Unfit` if nothing can stand for it."""
        if (model, key) not in self.held:
            if model not in KNOWN_BY_REFERENCE:
                raise Unfit(name, Why.NOT_IN_THE_DUMP)
            self.named[model, key] = min(at, self.named.get((model, key), at))
        return self.identity(model, key)

    def identity(self, model: str, key: str) -> OrganisationId:
        """The organisation's identifier, whether the dump holds it or not."""
        record = self.dump.of(model).get(key)
        return OrganisationId(record.identity if record else derived(model, key))

    def subject(self, key: str | None) -> Subject:
        """A professional: the user's public identifier, the key if the dump does not hold the user."""
        if key is None:
            return NOBODY_KNOWN
        record = self.dump.of(USER).get(key)
        return Subject(record.identity) if record else Subject(f"les-emplois/user/{key}")

    def placeholders(self) -> Iterator[Step]:
        """Record the organisations of which only the reference is known, each since somebody named it."""
        for (model, key), at in sorted(self.named.items()):
            source = Source("", model, key)
            self.findings.note(Nature.KNOWN_BY_REFERENCE, source, Why.NOT_IN_THE_DUMP)
            yield Step(
                source=source,
                name="refer",
                root=f"organisation/{self.identity(model, key)}",
                command=Create(name=f"{model} {key}", kinds=(KNOWN_BY_REFERENCE[model],)),
                role=Role.STAFF,
                at=at,
                opens_root=True,
            )
