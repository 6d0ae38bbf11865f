"""E-mail addresses (rdv-insertion §2.1, les-emplois §2.3)."""

import re
from typing import Final

#: The part before the @ has two characters or more and does not begin with a dot; the last label two letters or more.
_SHAPE: Final = re.compile(r"[^@\s.][^@\s]+@(?:[^@\s.]+\.)+[A-Za-z]{2,}")
#: A candidate is not reached at the address of an adviser.
_FRANCE_TRAVAIL: Final = ("francetravail.fr", "pole-emploi.fr")


def parse(text: str) -> str | None:
    """The address without surrounding space, in the case it was written in; None if it is not an address."""
    trimmed = text.strip()
    return trimmed if _SHAPE.fullmatch(trimmed) else None


def is_france_travail(email: str) -> bool:
    """Whether it is the professional address of a France Travail agent."""
    return email.rpartition("@")[2].lower() in _FRANCE_TRAVAIL
