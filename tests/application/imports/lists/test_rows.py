import pytest

from application.imports.lists.columns import Column
from application.imports.lists.rows import CellUnreadable, Row, day_of, person_of
from domain.candidate.codes import HouseholdRole, Origin, Title
from domain.candidate.commands import Register
from domain.candidate.refusals import InvalidBirthDate


def row(**values: str) -> Row:
    return Row(number=2, values={Column(name): value for name, value in values.items()})


def test_a_row_says_what_a_person_is() -> None:
    said = row(
        title="Monsieur",
        first_name=" Paul ",
        last_name="Durand",
        birth_date="16/02/1952",
        email="paul.durand369@example.com",
        phone="0663603510",
        postcode_and_city="59402 Nice",
        caf_number="CAF0027004992",
        department_internal_id="IODAS822920",
        role="",
    )
    assert person_of(said, "26") == Register(
        title=Title.MONSIEUR,
        first_name="Paul",
        last_name="Durand",
        birth_date="1952-02-16",
        email="paul.durand369@example.com",
        phone="0663603510",
        address="59402 Nice",
        caf_number="CAF0027004992",
        department_internal_id="IODAS822920",
        internal_id_department="26",
        origin=Origin.LIST_UPLOAD,
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("M", Title.MONSIEUR),
        ("m.", Title.MONSIEUR),
        ("Mr", Title.MONSIEUR),
        ("MME", Title.MADAME),
        ("Dr", None),
        ("", None),
    ],
)
def test_titles_come_in_several_spellings(written: str, title: Title | None) -> None:
    assert person_of(row(title=written), None).title is title


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("dem", HouseholdRole.DEMANDEUR),
        ("Usager", HouseholdRole.DEMANDEUR),
        ("CJT", HouseholdRole.CONJOINT),
        ("fils", None),
    ],
)
def test_roles_come_in_several_spellings(written: str, role: HouseholdRole | None) -> None:
    assert person_of(row(role=written), None).household_role is role


def test_a_word_that_nobody_knows_is_said_to_be_left_out() -> None:
    assert row(title="Dr", role="fils").unread() == [Column.TITLE, Column.ROLE]
    assert row(title="Mme", role="").unread() == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("16/02/1952", "1952-02-16"),
        ("6-2-1952", "1952-02-06"),
        ("16.02.1952", "1952-02-16"),
        ("1952-02-16", "1952-02-16"),
        ("29/02/2000", "2000-02-29"),
        (None, None),
    ],
)
def test_days_come_in_several_spellings(written: str | None, day: str | None) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize("written", ["16/02/52", "29/02/1999", "31/04/1980", "02/16/1952", "hier", "16/02/19520"])
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(InvalidBirthDate):
        day_of(written)


@pytest.mark.parametrize("written", ["Pa\0ul", "Pa\x1bul", "P" * 501])
def test_what_is_no_text_is_refused_and_never_repeated(written: str) -> None:
    with pytest.raises(CellUnreadable) as caught:
        person_of(row(first_name=written, last_name="Durand"), None)
    assert caught.value.details == {"columns": ["first_name"], "longest": 500}


def test_line_breaks_in_a_cell_are_spaces() -> None:
    assert person_of(row(first_name="Jean\r\n Paul", last_name="D" * 500), None).first_name == "Jean Paul"


def test_an_address_is_on_one_line_with_the_postcode_before_the_town() -> None:
    said = row(address="60 avenue de Chabeuil", address_complement="Bât. B", postcode="26000", city="Valence")
    assert person_of(said, None).address == "60 avenue de Chabeuil, Bât. B, 26000 Valence"
