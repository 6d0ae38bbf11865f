"""Diagnoses of the IAE and of GEIQ, with the criteria that were selected for each (les-emplois §3)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from application.dossiers import Standing
from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois import codes
from application.imports.les_emplois.dump import (
    COMPANY,
    DIAGNOSIS,
    GEIQ_CRITERION,
    GEIQ_DIAGNOSIS,
    IAE_CRITERION,
    PRESCRIBER,
    Dump,
)
from application.imports.les_emplois.references import References
from application.imports.records import Record
from application.imports.steps import Expected, Step, Told
from domain.calendar import paris_day
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import RecordDiagnosis
from domain.eligibility_check.refusals import ExpiresBeforeItIsMade
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.vocabulary import OrganisationId

#: What each kind of record opens, in whose list its criteria are, and the field of the company that may make it.
SCHEMES: Final = {
    DIAGNOSIS: (Scheme.IAE, IAE_CRITERION, "author_siae"),
    GEIQ_DIAGNOSIS: (Scheme.GEIQ, GEIQ_CRITERION, "author_geiq"),
}
_BREAKS: Final = frozenset({ExpiresBeforeItIsMade})


@dataclass(frozen=True, slots=True)
class Diagnoses:
    """Tells diagnoses, each on its own, as the dump holds them: with the day on which each no longer counts."""

    references: References
    findings: Findings

    def tell(self, record: Record, user: Record) -> Told:
        """The diagnosis as it was made; what was certified of it is not in the dump."""
        root = f"candidate/{user.identity}"
        scheme, criteria, company = SCHEMES[record.source.model]
        made = record.when("created_at")
        kind = record.coded("author_kind", codes.AUTHOR_KINDS)
        organisation = self._organisation(record, kind, company)
        author = record.key("author")
        expires_on = record.day("expires_at")
        if expires_on is None:
            raise Unfit("expires_at", Why.MISSING)
        command = RecordDiagnosis(
            scheme=scheme,
            author_kind=kind,
            organisation=organisation,
            author=self.references.subject(author) if author else None,
            made_on=paris_day(made),
            expires_on=expires_on,
            criteria=tuple(self._criteria(record, criteria)),
        )
        step = Step(
            source=record.source,
            name="diagnose",
            root=root,
            command=command,
            subject=self.references.subject(author),
            acting=organisation,
            at=made,
            may_break=_BREAKS,
        )
        expected = Expected(source=record.source, root=root, state=kind.value, look=_as_told(command))
        return Told(steps=(step,), expected=(expected,))

    def _organisation(self, record: Record, kind: AuthorKind, company: str) -> OrganisationId:
        by_prescriber = kind is AuthorKind.PRESCRIBER
        name, model = ("author_prescriber_organization", PRESCRIBER) if by_prescriber else (company, COMPANY)
        key = record.key(name)
        if key is None:
            raise Unfit(name, Why.MISSING)
        return self.references.organisation(model, key, record.when("created_at"), name)

    def _criteria(self, diagnosis: Record, model: str) -> Iterator[Criterion]:
        for record in selected(self.references.dump, model, diagnosis.source.key):
            try:
                yield _criterion(record)
            except Unfit as error:
                self.findings.unfit(Nature.FIELD_LEFT_OUT, record.source, error)


def selected(dump: Dump, model: str, diagnosis: str) -> Sequence[Record]:
    """The criteria that were selected for a diagnosis."""
    return [record for record in dump.of(model).values() if record.key("eligibility_diagnosis") == diagnosis]


def _criterion(record: Record) -> Criterion:
    number = record.key("administrative_criteria")
    if number not in codes.CRITERIA:
        raise Unfit("administrative_criteria", Why.UNKNOWN_CODE if number else Why.MISSING)
    return codes.CRITERIA[number]


def _as_told(told: RecordDiagnosis) -> Callable[[Standing, str | None], str]:
    def look(standing: Standing, journey: str | None) -> str:
        case = standing.cases[journey] if journey else None
        same = case is not None and (case.made_on, case.expires_on, case.organisation) == (
            told.made_on,
            told.expires_on,
            told.organisation,
        )
        return str(case.author_kind.value) if case is not None and same else "otherwise"

    return look
