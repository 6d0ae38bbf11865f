import pytest

from application.imports.lists.columns import (
    HEADINGS,
    Column,
    ColumnsMissing,
    ColumnTwice,
    HeadingNotFound,
    folded,
    recognise,
)
from domain.journey import Refusal


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("N°\r\nTéléphones", "n telephones"),
        ("\ufeffCivilité", "civilite"),
        ("  E-mail ", "e mail"),
        ("Né(e) le", "ne e le"),
    ],
)
def test_headings_are_compared_without_accents_case_and_punctuation(heading: str, plain: str) -> None:
    assert folded(heading) == plain


def test_every_usual_heading_is_folded_and_means_one_thing() -> None:
    every = [heading for headings in HEADINGS.values() for heading in headings]
    assert [heading for heading in every if folded(heading) != heading] == []
    assert len(every) == len(set(every))


def test_columns_are_found_by_their_usual_headings_in_any_order() -> None:
    assert recognise(["Nom bénéficiaire", "Commentaires", "Prénom bénéficiaire", "N° CAF"], {}) == {
        Column.LAST_NAME: 0,
        Column.FIRST_NAME: 2,
        Column.CAF_NUMBER: 3,
    }


def test_a_heading_that_the_agent_names_counts_before_the_usual_one() -> None:
    headings = ["Nom", "Prénom", "Prénom usuel"]
    assert recognise(headings, {Column.FIRST_NAME: "PRENOM USUEL"}) == {Column.LAST_NAME: 0, Column.FIRST_NAME: 2}


@pytest.mark.parametrize(
    ("headings", "chosen", "refusal", "details"),
    [
        (["Durand", "0612345678"], {}, ColumnsMissing, {"columns": ["first_name", "last_name"]}),
        (["Nom", "Mail"], {}, ColumnsMissing, {"columns": ["first_name"]}),
        (["Nom", "Prénom"], {Column.EMAIL: "Adresse électronique"}, HeadingNotFound, {"columns": ["email"]}),
        (["Nom", "Prénom", "Tel", "Téléphone"], {}, ColumnTwice, {"columns": ["phone"]}),
    ],
)
def test_what_cannot_be_read_says_which_columns(
    headings: list[str], chosen: dict[Column, str], refusal: type[Refusal], details: dict[str, list[str]]
) -> None:
    with pytest.raises(refusal) as caught:
        recognise(headings, chosen)
    assert caught.value.details == details
