"""What somebody works out who adds and subtracts everything that is published."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

#: The least and the most that something can be; no end if nothing says so.
Interval = tuple[float, float]


@dataclass(frozen=True)
class Sum:
    """Terms that add up to a whole, each of them published or not."""

    whole: str
    terms: tuple[str, ...]


def worked_out(published: Mapping[str, int | Interval], sums: Iterable[Sum]) -> Mapping[str, Interval]:
    """The interval of everything that is not published, given every sum, again and again until nothing is learned.

    What is published is exact or, where it is rounded, an interval itself. Counts are not negative. Where each term is
    in one sum as a term and in one as a whole, as départements, régions and the total are, the intervals are exact: no
    solver would find a narrower one.
    """
    equations = list(sums)
    names = {name for each in equations for name in (each.whole, *each.terms)}
    known: dict[str, Interval] = {name: (0, float("inf")) for name in names}
    known.update({name: (told, told) if isinstance(told, int) else told for name, told in published.items()})
    while (learned := _once(known, equations)) != known:
        known = learned
    return {name: interval for name, interval in known.items() if name not in published}


def _once(known: Mapping[str, Interval], equations: Iterable[Sum]) -> dict[str, Interval]:
    learned = dict(known)
    for each in equations:
        low, high = (sum(learned[term][end] for term in each.terms) for end in (0, 1))
        learned[each.whole] = _meet(learned[each.whole], (low, high))
        whole = learned[each.whole]
        for term in each.terms:
            others = [learned[other] for other in each.terms if other != term]
            least = whole[0] - sum(other[1] for other in others)
            most = whole[1] - sum(other[0] for other in others)
            learned[term] = _meet(learned[term], (max(0, least), most))
    return learned


def _meet(one: Interval, other: Interval) -> Interval:
    return max(one[0], other[0]), min(one[1], other[1])
