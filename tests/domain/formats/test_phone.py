"""How telephone numbers are said."""

import pytest

from domain.formats.phone import spoken


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("+33261910035", "02 61 91 00 35"),
        ("+262692123456", "06 92 12 34 56"),
        ("3949", "3949"),
        ("+4915112345678", "+4915112345678"),
    ],
)
def test_a_number_is_said_as_people_read_it_aloud(number: str, said: str) -> None:
    assert spoken(number) == said
