"""What is shown of the inside of a figure: its lines, what it leaves out, its delays."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Final, assert_never

from projections.indicators.figures import ANY, Figure, NotAvailable, NotReached, Share, Times
from projections.indicators.secrecy import Cell, Policy, hidden, rounded
from projections.indicators.terms import (
    UNDECIDED,
    Attempts,
    CohortOfCases,
    MonthlyCount,
    StockOfCases,
    Terms,
    WithoutSolution,
)
from projections.milestones.kinds import Kind

#: Stands for every line of an open list that is not shown, and for those that do not occur.
OTHERS: Final = "others"


class Secret(StrEnum):
    """What is shown in the place of a figure that is hidden, whatever the reason: to tell it would narrow the guess."""

    SECRET = "secret"  # noqa: S105 - statistical secrecy


Lines = Mapping[str, int | NotAvailable | Secret]


def share_lines(share: Share, terms: Terms, policy: Policy) -> Lines:
    """The lines of a share. Those of the numerator and the others each add up to a count that is published."""
    match terms:
        case WithoutSolution():
            return _solutions(share, policy)
        case CohortOfCases():
            return _outcomes(share.lines, terms.denominator, terms.numerator, policy)
        case MonthlyCount() | Attempts():
            return _outcomes(share.lines, terms.standings, terms.part, policy)
        case StockOfCases():
            return {}
        case _:
            assert_never(terms)


def partition(lines: Mapping[str, int | NotAvailable], policy: Policy) -> Lines:
    """Lines that add up to a published count: enough of them are hidden together."""
    counts = {name: number for name, number in lines.items() if isinstance(number, int)}
    hiding = hidden({name: Cell(total=number) for name, number in counts.items()}, _of_parts(policy))
    return {name: Secret.SECRET if name in hiding else rounded(number, policy) for name, number in counts.items()}


def left_out(exclusions: Mapping[str, int], terms: Terms, policy: Policy) -> Lines:
    """A line for each reason there is, whether anybody is in it or not. They add up to nothing that is published."""
    counts = {name: exclusions.get(name, 0) for name in reasons(terms)}
    return {
        name: rounded(number, policy) if number >= policy.part else Secret.SECRET for name, number in counts.items()
    }


def reasons(terms: Terms) -> Sequence[str]:
    """Why an entry may be left out."""
    match terms:
        case WithoutSolution():
            return sorted({*map(str, terms.endings), *map(str, terms.objections), Kind.MERGED.value})
        case CohortOfCases():
            apart = {*terms.outcomes, UNDECIDED} - set(terms.denominator)
            return sorted({*terms.excluded_by, *map(str, terms.objections), *apart})
        case MonthlyCount():
            return sorted({*map(str, terms.objections), *terms.beside})
        case StockOfCases() | Attempts():
            return sorted(map(str, terms.objections))
        case _:
            assert_never(terms)


def quantiles(figure: Figure, policy: Policy) -> Times | NotAvailable | Secret | None:
    """The delays of a figure that is shown, each only if enough people are on both sides of it.

    Where many are followed no further before anybody finds a solution, a delay is that of a single person.
    """
    times = figure.times
    if not isinstance(times, Times) or not isinstance(figure.result, Share):
        return times
    return Times(
        median=_shown(times.median, times.beside_median, policy), p80=_shown(times.p80, times.beside_p80, policy)
    )


def _shown(delay: int | NotReached, beside: int, policy: Policy) -> int | NotReached:
    enough = isinstance(delay, NotReached) or beside >= policy.beside_quantile
    return delay if enough else NotReached.NOT_SHOWN


def _of_parts(policy: Policy) -> Policy:
    return replace(policy, persons=policy.part)


def _solutions(share: Share, policy: Policy) -> Lines:
    """Kinds of solution overlap and do not add up: each needs enough people inside and outside of it."""
    solved = share.denominator - share.numerator
    return {kind: _solution(kind, number, solved, policy) for kind, number in share.lines.items()}


def _solution(kind: str, number: int | NotAvailable, solved: int, policy: Policy) -> int | NotAvailable | Secret:
    if isinstance(number, NotAvailable):
        return number
    if kind == ANY or min(number, solved - number) >= policy.part:
        return rounded(number, policy)
    return Secret.SECRET


def _outcomes(
    lines: Mapping[str, int | NotAvailable], codes: Collection[str], numerator: Collection[str], policy: Policy
) -> Lines:
    inside = {code: lines[code] for code in codes if code in numerator}
    outside = {code: lines[code] for code in codes if code not in numerator}
    found = {**partition(inside, policy), **partition(outside, policy)}
    for code in codes:
        if not isinstance(found[code], Secret):
            found |= _qualified(code, {name: n for name, n in lines.items() if name not in codes}, lines[code], policy)
    return found


def _qualified(code: str, lines: Mapping[str, int | NotAvailable], total: int | NotAvailable, policy: Policy) -> Lines:
    """What qualifies an outcome, one line for whatever is hidden of it, does not occur, or was not told."""
    own = {name: n for name, n in lines.items() if name.startswith(f"{code}:") and isinstance(n, int)}
    if not own or not isinstance(total, int):
        return {}
    untold = f"{code}:{OTHERS}"
    found = partition({**own, untold: total - sum(own.values())}, policy)
    shown = {name: number for name, number in found.items() if name in own and not isinstance(number, Secret)}
    return {**shown, untold: Secret.SECRET}
