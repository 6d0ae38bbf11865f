"""SIRET: the number of a French establishment."""

import re
from typing import Final

_LA_POSTE: Final = "356000000"
_LA_POSTE_HEAD_OFFICE: Final = "35600000000048"


def parse(text: str) -> str | None:
    """The 14 digits without separators; None if they are not a SIRET.

    The last digit is a Luhn key, but for the establishments of La Poste other than its head office: the sum of their
    digits is a multiple of 5.
    """
    digits = re.sub(r"[\s.\u00a0]", "", text)
    if not re.fullmatch(r"[0-9]{14}", digits) or not _luhn(digits[:9]):
        return None
    if digits.startswith(_LA_POSTE) and digits != _LA_POSTE_HEAD_OFFICE:
        return digits if sum(map(int, digits)) % 5 == 0 else None
    return digits if _luhn(digits) else None


def _luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0  # noqa: PLR2004 - the sum of two digits
