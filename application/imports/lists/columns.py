"""Which column of a list says what: by the usual headings, or as the agent says (rdv-insertion §2.5)."""

import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final

from domain.journey import Refusal


class Column(StrEnum):
    """What a column may say. What is not here has no place in Parcours, and is left out."""

    TITLE = "title"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    BIRTH_NAME = "birth_name"
    BIRTH_DATE = "birth_date"
    ROLE = "role"
    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"
    ADDRESS_COMPLEMENT = "address_complement"
    POSTCODE = "postcode"
    CITY = "city"
    POSTCODE_AND_CITY = "postcode_and_city"
    NIR = "nir"
    FRANCE_TRAVAIL_ID = "france_travail_id"
    CAF_NUMBER = "caf_number"
    DEPARTMENT_INTERNAL_ID = "department_internal_id"


#: Without them a list says nothing of anybody.
NEEDED: Final = (Column.FIRST_NAME, Column.LAST_NAME)
#: The usual headings, folded (`folded`).
HEADINGS: Final[Mapping[Column, frozenset[str]]] = {
    Column.TITLE: frozenset({"civilite", "titre"}),
    Column.FIRST_NAME: frozenset({"prenom", "prenom beneficiaire", "prenoms", "prenom usager"}),
    Column.LAST_NAME: frozenset({"nom", "nom beneficiaire", "nom de famille", "nom usage", "nom usager"}),
    Column.BIRTH_NAME: frozenset({"nom de naissance", "nom de jeune fille"}),
    Column.BIRTH_DATE: frozenset({"date de naissance", "ne le", "nee le"}),
    Column.ROLE: frozenset({"role", "role beneficiaire"}),
    Column.EMAIL: frozenset({"adresses mails", "adresse mail", "mail", "mails", "email", "e mail", "courriel"}),
    Column.PHONE: frozenset({"n telephones", "n telephone", "telephone", "telephones", "tel", "portable", "mobile"}),
    Column.ADDRESS: frozenset({"adresse", "adresse postale"}),
    Column.ADDRESS_COMPLEMENT: frozenset({"complement adresse", "complement d adresse"}),
    Column.POSTCODE: frozenset({"cp", "code postal"}),
    Column.CITY: frozenset({"ville", "commune"}),
    Column.POSTCODE_AND_CITY: frozenset({"cp ville", "code postal ville"}),
    Column.NIR: frozenset({"nir", "n secu", "numero de securite sociale", "numero securite sociale"}),
    Column.FRANCE_TRAVAIL_ID: frozenset({"id france travail", "identifiant france travail", "id pole emploi"}),
    Column.CAF_NUMBER: frozenset({"n caf", "numero caf", "matricule caf", "numero allocataire", "n allocataire"}),
    Column.DEPARTMENT_INTERNAL_ID: frozenset({"id iodas", "iodas", "id interne", "id interne au departement"}),
}


class ListRefused(Refusal):
    """This list cannot be read."""


class NotAList(ListRefused):
    """This is neither a CSV file nor a spreadsheet (.xlsx) that can be read."""


class ColumnsMissing(ListRefused):
    """The first row of the list names its columns, with at least the first name and the last name."""


class HeadingNotFound(ListRefused):
    """No column of the list has this heading."""


class ColumnTwice(ListRefused):
    """Two columns of the list say the same thing: say which one counts."""


def folded(heading: str) -> str:
    """A heading without accents, capitals, punctuation and line breaks: `N°` over `Téléphones` is `n telephones`."""
    letters = unicodedata.normalize("NFKD", heading.replace("°", " ").casefold())
    plain = "".join(letter if letter.isalnum() else " " for letter in letters if not unicodedata.combining(letter))
    return " ".join(plain.split())


def recognise(headings: Sequence[str], chosen: Mapping[Column, str]) -> Mapping[Column, int]:
    """Where each column is, from 0; `chosen` says it by heading, the usual headings say the rest.

    Raises `HeadingNotFound` or `ColumnTwice` with the columns concerned, `ColumnsMissing` with those that are needed.
    Headings are never repeated in an answer: a list without a first row of headings begins with a person.
    """
    written = [folded(heading) for heading in headings]
    wanted = {column: frozenset({folded(heading)}) for column, heading in chosen.items()}
    found = {
        column: [place for place, heading in enumerate(written) if heading in names]
        for column, names in {**HEADINGS, **wanted}.items()
    }
    if lost := [column for column in chosen if not found[column]]:
        raise HeadingNotFound(columns=lost)
    if twice := [column for column, places in found.items() if len(places) > 1]:
        raise ColumnTwice(columns=twice)
    if missing := [column for column in NEEDED if not found[column]]:
        raise ColumnsMissing(columns=missing)
    return {column: places[0] for column, places in found.items() if places}
