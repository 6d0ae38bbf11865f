from datetime import date

import pytest

from domain.formats import nir


@pytest.mark.parametrize(
    ("first_13", "key"),
    [("1190502355595", "22"), ("123456782A123", "07"), ("1850278006084", "43"), ("1234567890123", "11")],
)
def test_the_key_is_that_of_the_checked_values(first_13: str, key: str) -> None:
    assert nir.key(first_13) == key


@pytest.mark.parametrize("number", ["119050235559522", "185027800608443", "190031398700953", "278071494782047"])
def test_a_valid_number_stays_as_it_is(number: str) -> None:
    assert nir.parse(number) == number


def test_e08_a_number_of_13_characters_gets_its_key() -> None:
    assert nir.parse("1850278006084") == "185027800608443"
    assert nir.parse("185022A004123") == "185022A00412308"


def test_spaces_and_small_letters_do_not_matter() -> None:
    assert nir.parse(" 1 85 02 2a 004 123 08 ") == "185022A00412308"


@pytest.mark.parametrize(
    ("corsica", "digits"), [("185022A004123", "1850219004123"), ("185022B004123", "1850218004123")]
)
def test_corsica_counts_as_19_and_18(corsica: str, digits: str) -> None:
    assert nir.key(corsica) == nir.key(digits)
    assert nir.parse(corsica) == corsica + nir.key(digits)


@pytest.mark.parametrize("first", "56" + "09")
def test_only_six_first_digits_exist(first: str) -> None:
    assert nir.parse(first + "850278006084") is None


@pytest.mark.parametrize("first", "123478")
def test_waiting_numbers_are_numbers_too(first: str) -> None:
    assert nir.parse(first + "850278006084") is not None


@pytest.mark.parametrize("month", ["13", "19", "43", "49"])
def test_some_months_are_never_given(month: str) -> None:
    assert nir.parse(f"185{month}78006084") is None


@pytest.mark.parametrize("month", ["01", "12", "20", "42", "50", "99"])
def test_the_other_months_are(month: str) -> None:
    assert nir.parse(f"185{month}78006084") is not None


def test_the_specimen_is_refused_with_or_without_its_key() -> None:
    assert nir.parse("2 69 05 49 588 157 80") is None
    assert nir.parse("2690549588157") is None


@pytest.mark.parametrize(
    "text",
    [
        "123456789012312",
        "123456782A12307",
        "185027800608444",
        "18502780060844",
        "1850278006084430",
        "1850278A06084",
        "١٨٥٠٢٧٨٠٠٦٠٨٤",
        "",
    ],
)
def test_anything_else_is_not_a_number(text: str) -> None:
    assert nir.parse(text) is None


@pytest.mark.parametrize(
    ("first", "man"), [("1", True), ("3", True), ("7", True), ("2", False), ("4", False), ("8", False)]
)
def test_the_first_digit_tells_men_from_women(first: str, man: bool) -> None:
    assert nir.is_mans(first + "85027800608443") is man


@pytest.mark.parametrize(
    ("number", "contradicts"),
    [
        ("185027800608443", False),
        ("185037800608443", True),
        ("186027800608443", True),
        ("185207800608443", False),
        ("186207800608443", True),
        ("786037800608443", False),
    ],
)
def test_year_and_month_agree_with_the_birth_where_they_tell_anything(
    number: str,
    contradicts: bool,
) -> None:
    assert nir.contradicts_birth(number, date(1985, 2, 28)) is contradicts
