"""What a dump holds: records of several kinds by their keys, whichever files they come in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from application.imports.findings import Findings, Nature, Source, Why
from application.imports.records import Record

COMPANY: Final = "companies.company"
COMPANY_MEMBER: Final = "companies.companymembership"
PRESCRIBER: Final = "prescribers.prescriberorganization"
PRESCRIBER_MEMBER: Final = "prescribers.prescribermembership"
INSTITUTION: Final = "institutions.institution"
INSTITUTION_MEMBER: Final = "institutions.institutionmembership"
STRUCTURE: Final = "insertion.structure"
SERVICE: Final = "insertion.service"
USER: Final = "users.user"
PROFILE: Final = "users.jobseekerprofile"
ASSIGNMENT: Final = "users.jobseekerassignment"
ORIENTATION: Final = "insertion.orientation"
APPLICATION: Final = "job_applications.jobapplication"
DIAGNOSIS: Final = "eligibility.eligibilitydiagnosis"
IAE_CRITERION: Final = "eligibility.selectedadministrativecriteria"
GEIQ_DIAGNOSIS: Final = "eligibility.geiqeligibilitydiagnosis"
GEIQ_CRITERION: Final = "eligibility.geiqselectedadministrativecriteria"
APPROVAL: Final = "approvals.approval"
CONTRACT: Final = "companies.contract"

#: What is imported, in the order of the report.
IMPORTED: Final = (
    COMPANY,
    PRESCRIBER,
    INSTITUTION,
    STRUCTURE,
    COMPANY_MEMBER,
    PRESCRIBER_MEMBER,
    INSTITUTION_MEMBER,
    USER,
    PROFILE,
    ASSIGNMENT,
    ORIENTATION,
    DIAGNOSIS,
    GEIQ_DIAGNOSIS,
    APPLICATION,
    APPROVAL,
    CONTRACT,
)
#: What other records refer to, and that is told with them.
REFERRED_TO: Final = frozenset(
    {
        SERVICE,
        IAE_CRITERION,
        GEIQ_CRITERION,
        "insertion.genericreferenceitem",
        "companies.jobdescription",
        "asp.department",
    }
)


@dataclass(frozen=True, slots=True)
class Dump:
    """The records that could be read. `counts` says how many there were of each kind in each file, read or not."""

    findings: Findings
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    looked_at: dict[str, set[str]] = field(default_factory=dict)

    def add(self, file: str, items: Iterable[Any]) -> None:
        """Take the records of one file."""
        for position, item in enumerate(items, start=1):
            self._add(file, position, item)

    def unreadable(self, file: str) -> None:
        """Say that a file cannot be read."""
        self.counts[file, ""] = 0
        self.findings.note(Nature.NOT_IMPORTED, Source(file, "", ""), Why.UNREADABLE_FILE)

    def check_complete(self) -> None:
        """Say which kinds of record no file holds."""
        for model in (*IMPORTED, SERVICE):
            if model not in self.records:
                self.findings.note(Nature.NOT_IMPORTED, Source("", model, ""), Why.NO_FILE)

    def of(self, model: str) -> Mapping[str, Record]:
        """The records of a kind, by key, in the order of the files."""
        return self.records.get(model, {})

    def left_unread(self) -> Mapping[str, Mapping[str, int]]:
        """By kind, the fields that say something and have no place in Parcours, with the number of records."""
        return {model: found for model in IMPORTED if (found := self._left_unread(model))}

    def _left_unread(self, model: str) -> Mapping[str, int]:
        filled: dict[str, int] = {}
        for record in self.of(model).values():
            for name in record.fields.keys() - self.looked_at[model]:
                filled[name] = filled.get(name, 0) + _says_something(record.fields[name])
        return {name: filled[name] for name in sorted(filled) if filled[name]}

    def _add(self, file: str, position: int, item: Any) -> None:
        model, key, fields = _parts(item)
        self.counts[file, model] = self.counts.get((file, model), 0) + 1
        source = Source(file, model, key or f"#{position}")
        if not model or not key or fields is None:
            self.findings.note(Nature.NOT_IMPORTED, source, Why.NOT_A_RECORD)
        elif key in self.of(model):
            # A source of its own: the first record of that key has the other.
            again = Source(file, model, f"{key}#{position}")
            self.findings.note(Nature.NOT_IMPORTED, again, Why.DUPLICATE_KEY)
        else:
            looked_at = self.looked_at.setdefault(model, set())
            self.records.setdefault(model, {})[key] = Record(source, fields, looked_at)


def _parts(item: Any) -> tuple[str, str, Mapping[str, Any] | None]:
    if not isinstance(item, dict):
        return "", "", None
    model, key, fields = item.get("model"), item.get("pk"), item.get("fields")
    written = str(key) if isinstance(key, int | str) and not isinstance(key, bool) else ""
    return (model.lower() if isinstance(model, str) else ""), written, fields if isinstance(fields, dict) else None


def _says_something(value: Any) -> bool:
    return value not in (None, "", "[]", [], {}, False)
