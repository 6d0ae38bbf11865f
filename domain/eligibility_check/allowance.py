"""What the State pays a GEIQ for accompanying somebody (les-emplois §3.2)."""

from collections.abc import Collection
from typing import Final

from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.criteria import GEIQ, Annex
from domain.iae.diagnosis import AuthorKind

#: In euros.
FULL: Final = 1400
REDUCED: Final = 814
NOTHING: Final = 0
#: So many criteria of level 2 are worth one of level 1.
LEVEL_2_NEEDED: Final = 2
_REDUCING: Final = frozenset({Annex.ONE, Annex.ONE_AND_TWO})


def allowance(author_kind: AuthorKind, criteria: Collection[Criterion]) -> int:
    """In euros: all of it on a prescriber's word, else by annexes and levels."""
    if author_kind is AuthorKind.PRESCRIBER:
        return FULL
    terms = [GEIQ[each] for each in criteria]
    levels = [each.level for each in terms]
    if 1 in levels or levels.count(2) >= LEVEL_2_NEEDED:
        return FULL
    return REDUCED if any(each.annex in _REDUCING for each in terms) else NOTHING
