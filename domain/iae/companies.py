"""The kinds of company whose hires the State accompanies (les-emplois §1.2), by their codes."""

from collections.abc import Collection
from typing import Final

#: The five kinds that hire under the rules of the IAE: an eligibility diagnosis, then a PASS IAE.
SIAE_KINDS: Final = frozenset({"aci", "ai", "ei", "eiti", "etti"})
#: Hires through prior actions and qualifying contracts, with a diagnosis and an allowance of its own.
GEIQ: Final = "geiq"


def is_siae(kinds: Collection[str]) -> bool:
    """Whether a company of these kinds hires under the rules of the IAE."""
    return not SIAE_KINDS.isdisjoint(kinds)
