"""NIR: the French social security number (les-emplois §2.1, rdv-insertion §2.2)."""

import re
from datetime import date
from typing import Final

#: Sex, year, month, département, commune and order, key. Sexes 7 and 8 are waiting numbers.
_SHAPE: Final = re.compile(r"[123478][0-9]{4}(?:[0-9]{2}|2[AB])[0-9]{8}")
_WITHOUT_KEY: Final = 13
_MODULUS: Final = 97
#: Months from 20 on stand for incomplete civil status; these two ranges are never given.
_NO_MONTHS: Final = frozenset({*range(13, 20), *range(43, 50)})
#: The specimen printed on documents, typed in by people who do not have the real one.
_SPECIMEN: Final = "269054958815780"
_MEN: Final = frozenset("137")
_MONTHS: Final = 12


def key(first_13: str) -> str:
    """The two-digit key of the first 13 characters; 2A counts as 19 and 2B as 18. Raises ValueError if not digits."""
    digits = first_13.replace("2A", "19", 1).replace("2B", "18", 1)
    return f"{_MODULUS - int(digits) % _MODULUS:02d}"


def parse(text: str) -> str | None:
    """The 15 characters, in capitals and without spaces, with the key added to 13 characters; None if not a NIR."""
    compact = "".join(text.split()).upper()
    if not re.fullmatch(r"[0-9AB]{13}(?:[0-9]{2})?", compact) or not _SHAPE.fullmatch(compact.ljust(15, "0")):
        return None
    expected = compact[:_WITHOUT_KEY] + key(compact[:_WITHOUT_KEY])
    if not expected.startswith(compact) or expected == _SPECIMEN or int(expected[3:5]) in _NO_MONTHS:
        return None
    return expected


def is_mans(nir: str) -> bool:
    """Whether the first digit is that of a man (1, 3, 7) rather than that of a woman (2, 4, 8)."""
    return nir[0] in _MEN


def contradicts_birth(nir: str, born: date) -> bool:
    """Whether year or month differ. Only numbers beginning with 1 or 2 tell; months beyond 12 tell nothing."""
    if nir[0] not in "12":
        return False
    month = int(nir[3:5])
    return nir[1:3] != f"{born:%y}" or (1 <= month <= _MONTHS and month != born.month)
