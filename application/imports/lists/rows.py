"""What a row of a list says of a person, in the words of a command."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from application.imports.lists.columns import Column
from domain.candidate.codes import HouseholdRole, Origin, Title
from domain.candidate.commands import Register
from domain.candidate.refusals import InvalidBirthDate
from domain.journey import Refusal

#: As lists write them, folded; what is written otherwise is left out, and said to be (rdv-insertion §2.5).
TITLES: Final[Mapping[str, Title]] = {
    **dict.fromkeys(("monsieur", "m", "m.", "mr"), Title.MONSIEUR),
    **dict.fromkeys(("madame", "mme", "mme."), Title.MADAME),
}
ROLES: Final[Mapping[str, HouseholdRole]] = {
    **dict.fromkeys(("demandeur", "demandeuse", "dem", "usager"), HouseholdRole.DEMANDEUR),
    **dict.fromkeys(("conjoint", "conjointe", "cjt"), HouseholdRole.CONJOINT),
}
#: Of one cell, in characters: more than any name, address or number has.
LONGEST: Final = 500
_FRENCH_DAY: Final = re.compile(r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})")


class CellUnreadable(Refusal):
    """A cell holds something that is no text, or more text than a person writes: correct it and send the row again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `number` counts as a spreadsheet does: the row of the headings is 1."""

    number: int
    values: Mapping[Column, str]

    def said(self, column: Column) -> str | None:
        """What the row says, on one line; None where it says nothing."""
        return " ".join(self.values.get(column, "").split()) or None

    def unread(self) -> Sequence[Column]:
        """The columns whose word is none of those that are known."""
        known = ((Column.TITLE, TITLES), (Column.ROLE, ROLES))
        return [column for column, words in known if (said := self.said(column)) and said.casefold() not in words]


def person_of(row: Row, department: str | None) -> Register:
    """The person of a row; `department` is the one whose internal identifiers the list holds.

    Raises `CellUnreadable`, `InvalidBirthDate`; everything else is looked at by the rules of the dossier.
    """
    if unreadable := [column for column in row.values if not _is_text(row.said(column) or "")]:
        raise CellUnreadable(columns=unreadable, longest=LONGEST)
    internal_id = row.said(Column.DEPARTMENT_INTERNAL_ID)
    return Register(
        first_name=row.said(Column.FIRST_NAME) or "",
        last_name=row.said(Column.LAST_NAME) or "",
        birth_name=row.said(Column.BIRTH_NAME),
        birth_date=day_of(row.said(Column.BIRTH_DATE)),
        title=TITLES.get((row.said(Column.TITLE) or "").casefold()),
        household_role=ROLES.get((row.said(Column.ROLE) or "").casefold()),
        email=row.said(Column.EMAIL),
        phone=row.said(Column.PHONE),
        address=_address_of(row),
        nir=row.said(Column.NIR),
        france_travail_id=row.said(Column.FRANCE_TRAVAIL_ID),
        caf_number=row.said(Column.CAF_NUMBER),
        department_internal_id=internal_id,
        internal_id_department=department if internal_id else None,
        origin=Origin.LIST_UPLOAD,
    )


def day_of(written: str | None) -> str | None:
    """A day as French lists write it (`16/02/1952`) or as spreadsheets do (`1952-02-16`), in ISO form.

    A year of two digits is refused: 52 may be 1952 or a mistake. Raises `InvalidBirthDate`.
    """
    if written is None:
        return None
    try:
        if found := _FRENCH_DAY.fullmatch(written):
            day, month, year = map(int, found.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(written[:10]).isoformat()
    except ValueError:
        raise InvalidBirthDate from None


def _is_text(said: str) -> bool:
    return len(said) <= LONGEST and said.isprintable()


def _address_of(row: Row) -> str | None:
    """On one line, the postcode before the town."""
    town = " ".join(said for column in (Column.POSTCODE, Column.CITY) if (said := row.said(column)))
    parts = (row.said(Column.ADDRESS), row.said(Column.ADDRESS_COMPLEMENT), row.said(Column.POSTCODE_AND_CITY), town)
    return ", ".join(part for part in parts if part) or None
