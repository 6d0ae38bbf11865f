"""Why a figure of persons waiting became another one: what was told since of the same entries and the same days."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final

from psycopg import Connection

from projections.indicators.asking import Question
from projections.indicators.discretion import Lines, Secret
from projections.indicators.secrecy import POLICY, Policy, rounded
from projections.indicators.without_solution import Entry, Standing, dossiers
from projections.milestones.kinds import Kind

#: An entry of a root: its first one, its second one…
_Place = tuple[str, int]
_COUNTED: Final = frozenset({Standing.WITH_SOLUTION.value, Standing.WITHOUT_SOLUTION.value})


class Cause(StrEnum):
    """What was told since."""

    SOLUTION_LEARNED = "solution_learned"
    SOLUTION_UNDONE = "solution_undone"
    ENTRY_LEARNED = "entry_learned"
    #: Undone, or on a day of another month.
    ENTRY_WITHDRAWN = "entry_withdrawn"
    MERGED = "merged"
    #: Another reason to be counted apart.
    LEFT_OUT = "left_out"
    #: Counted apart before.
    TAKEN_IN = "taken_in"


def causes(connection: Connection[Any], then: Question, now: Question) -> Mapping[Cause, int]:
    """How many entries of a cohort stand elsewhere than they did, by cause; entries that never counted are left out."""
    before, after = (_standings(dossiers(connection, asked)) for asked in (then, now))
    found = Counter(cause_of(before.get(place), after.get(place)) for place in before.keys() | after.keys())
    return {cause: found[cause] for cause in Cause}


def cause_of(before: str | None, after: str | None) -> Cause | None:
    """Why an entry stands elsewhere, if that changes the figure; None stands for an entry that is not known."""
    if before == after or not {before, after} & _COUNTED:
        return None
    if before is None or after is None:
        return Cause.ENTRY_LEARNED if before is None else Cause.ENTRY_WITHDRAWN
    if after not in _COUNTED:
        return Cause.MERGED if after == Kind.MERGED else Cause.LEFT_OUT
    if before not in _COUNTED:
        return Cause.TAKEN_IN
    return Cause.SOLUTION_LEARNED if after == Standing.WITH_SOLUTION else Cause.SOLUTION_UNDONE


def causes_shown(counted: Mapping[Cause, int], policy: Policy = POLICY) -> Lines:
    """What analysts see: every cause, whether there is anybody in it or not, and no number of a few."""
    return {
        cause.value: rounded(number, policy) if number >= policy.persons else Secret.SECRET
        for cause, number in counted.items()
    }


def _standings(entries: Sequence[Entry]) -> Mapping[_Place, str]:
    of_root: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_root[entry.candidate].append(entry)
    return {
        (root, number): entry.standing
        for root, own in of_root.items()
        for number, entry in enumerate(sorted(own, key=lambda each: each.since))
    }
