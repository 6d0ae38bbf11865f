"""Contracts that are known by themselves, from the declarations of companies to the ASP."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from application.dossiers import Standing
from application.imports.findings import Unfit, Why
from application.imports.les_emplois.dump import COMPANY
from application.imports.les_emplois.references import References
from application.imports.records import Record
from application.imports.steps import Expected, Step, Told
from domain.calendar import paris_start
from domain.hiring.commands import RecordContract
from domain.vocabulary import OrganisationId, Role


@dataclass(frozen=True, slots=True)
class Contracts:
    """Tells contracts, each as a hire of its own: which application led to it is not in the dump."""

    references: References

    def tell(self, record: Record, user: Record) -> Told:
        """The contract as it stands at the moment of the import: declared, started, or over."""
        root = f"candidate/{user.identity}"
        starts_on = record.day("start_date")
        if starts_on is None:
            raise Unfit("start_date", Why.MISSING)
        command = RecordContract(
            company=self._company(record, starts_on), starts_on=starts_on, ends_on=record.day("end_date")
        )
        step = Step(
            source=record.source,
            name="contract",
            root=root,
            command=command,
            role=Role.STAFF,
            # The dump does not say when it was declared.
            at=None,
        )
        state = "open_ended" if command.ends_on is None else "fixed_term"
        expected = Expected(source=record.source, root=root, state=state, look=partial(_as_told, command))
        return Told(steps=(step,), expected=(expected,))

    def _company(self, record: Record, starts_on: date) -> OrganisationId:
        key = record.key("company")
        if key is None:
            raise Unfit("company", Why.MISSING)
        return self.references.organisation(COMPANY, key, paris_start(starts_on), "company")


def _as_told(told: RecordContract, standing: Standing, journey: str | None) -> str:
    case = standing.cases[journey] if journey else None
    if case is None or (case.company, case.starts_on, case.ends_on) != (told.company, told.starts_on, told.ends_on):
        return "otherwise"
    return "open_ended" if case.ends_on is None else "fixed_term"
