"""Départements and overseas collectivities, by their official codes (`01`, `2A`, `974`)."""

import re
from typing import Final

DEPARTMENTS: Final = frozenset(
    {f"{number:02d}" for number in range(1, 96) if number != 20}  # noqa: PLR2004 - Corsica has been two since 1976
    | {"2A", "2B"}
    | {"971", "972", "973", "974", "975", "976", "977", "978", "984", "986", "987", "988", "989"}
)
_POSTCODE: Final = re.compile(r"\b[0-9]{5}\b")


def of_address(address: str) -> str | None:
    """The département that the last postcode of an address points to; None if there is none.

    Postcodes follow post offices, so a few communes are counted in the neighbouring département.
    """
    postcodes = _POSTCODE.findall(address)
    return _of_postcode(postcodes[-1]) if postcodes else None


def _of_postcode(postcode: str) -> str | None:
    code = postcode[:3] if postcode[:2] in {"97", "98"} else postcode[:2]
    if code == "20":
        code = "2A" if postcode[2] in "01" else "2B"
    return code if code in DEPARTMENTS else None
