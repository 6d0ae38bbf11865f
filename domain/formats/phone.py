"""Telephone numbers of France and its overseas départements, in E.164 (rdv-insertion §2.1)."""

import re
from typing import Final

#: What the nine national digits begin with, where it is not the mainland: the numbering plan, not which ranges are
#: open, because ranges open every year. +262 is both La Réunion and Mayotte.
_OVERSEAS: Final = {
    "590": ("590", "690", "691"),
    "594": ("594", "694"),
    "596": ("596", "696", "697"),
    "262": ("262", "263", "269", "639", "692", "693"),
}
_MAINLAND: Final = "33"
_INTERNATIONAL: Final = re.compile(r"(?:\+|00)(33|590|594|596|262)0?([1-9][0-9]{8})")
#: Overseas numbers that begin with 69 are mobile too.
_MOBILE: Final = re.compile(r"\+33[67]\d{8}|\+(?:262|590|594|596)6\d{8}|\+(?!33|262|590|594|596)\d{8,15}")
#: Written where no number is known (immersion §2.5).
_UNKNOWN: Final = "+33600000000"
_NATIONAL: Final = re.compile(r"0([1-9][0-9]{8})")


def parse(text: str) -> str | None:
    """A number of FR, GP, GF, MQ, RE or YT as `+33612345678`; None for anything else, short numbers included."""
    compact = re.sub(r"[\s.\-/\u00a0]|\(0\)", "", text)
    if local := _NATIONAL.fullmatch(compact):
        return f"+{_country(local[1])}{local[1]}"
    if not (international := _INTERNATIONAL.fullmatch(compact)):
        return None
    country, digits = international.groups()
    # Overseas numbers are often written with the mainland's +33, never the other way round.
    return f"+{_country(digits)}{digits}" if country in (_country(digits), _MAINLAND) else None


def called(text: str) -> str | None:
    """The number of an organisation: a French one in E.164, or a short one of four digits (rdv-insertion §1.1)."""
    short = text.strip()
    return short if re.fullmatch(r"[0-9]{4}", short) else parse(text)


def spoken(number: str) -> str:
    """A number in E.164 as people read it aloud: `02 61 91 00 35`. Short numbers, and others, stay as they are."""
    found = _INTERNATIONAL.fullmatch(number)
    digits = f"0{found[2]}" if found else ""
    return " ".join(digits[start : start + 2] for start in range(0, len(digits), 2)) or number


def receives_texts(number: str) -> bool:
    """Whether a text message reaches a number in E.164, of France or of another country (immersion §2.5)."""
    return number != _UNKNOWN and _MOBILE.fullmatch(number) is not None


def _country(digits: str) -> str:
    return next((country for country, begins in _OVERSEAS.items() if digits.startswith(begins)), _MAINLAND)
