"""By which ways a person can be written to (rdv-insertion §5.3)."""

import pytest

from domain.followed import Followed
from domain.rsa.contact import has_address, has_email, has_mobile


@pytest.mark.parametrize(
    ("phone", "reached"),
    [
        ("0612345678", True),
        ("0712345678", True),
        ("0690123456", True),
        ("0691123456", True),
        ("0694123456", True),
        ("0696123456", True),
        ("0697123456", True),
        ("0692123456", True),
        ("0693123456", True),
        ("0639123456", True),
        ("0112345678", False),
        ("0512345678", False),
        ("0812345678", False),
        ("0590123456", False),
        ("0594123456", False),
        ("0596123456", False),
        ("0262123456", False),
        ("0263123456", False),
        ("0269123456", False),
        ("+491701234567", False),
        ("3949", False),
        ("", False),
        (None, False),
    ],
)
def test_a_text_message_reaches_mobiles_of_the_mainland_and_of_five_departements_overseas(
    phone: str | None, reached: bool
) -> None:
    assert has_mobile(Followed(phone=phone)) is reached


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("1 rue Haute 26000 Valence", True),
        ("1 rue Haute, 26000, Valence", True),
        (" 1 rue Haute\n26000 Valence ", True),
        ("1 rue Haute, Valence", False),
        ("1 rue Haute 2600 Valence", False),
        ("1 rue Haute 260000 Valence", False),
        ("26000 Valence", False),
        ("1 rue Haute 26000", False),
        ("1 rue Haute 26000 ", False),
        (" ", False),
        (None, False),
    ],
)
def test_a_letter_needs_a_street_a_postcode_of_five_digits_and_a_town(address: str | None, reached: bool) -> None:
    assert has_address(Followed(address=address)) is reached


@pytest.mark.parametrize(("email", "reached"), [("nour@example.org", True), ("nour@", False), (None, False)])
def test_an_email_needs_an_address_that_is_one(email: str | None, reached: bool) -> None:
    assert has_email(Followed(email=email)) is reached
