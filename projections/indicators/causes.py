"""Why a figure became another one: what was told since of the same entries and the same days."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any, Final, assert_never

from psycopg import Connection

from projections.indicators.asking import Months, Question
from projections.indicators.cases import COUNTED, OPEN, Case
from projections.indicators.measuring import behind
from projections.indicators.statements import text
from projections.indicators.terms import (
    UNDECIDED,
    Attempts,
    CohortOfCases,
    MonthlyCount,
    StockOfCases,
    Terms,
    WithoutSolution,
)
from projections.indicators.without_solution import Slice, Standing
from projections.milestones.kinds import Kind

#: Where an entry stands that nothing has decided.
_UNDECIDED: Final = frozenset({Standing.WITHOUT_SOLUTION.value, UNDECIDED})


class Cause(StrEnum):
    """What was told since, as it changes one figure: that of a month and a modality."""

    OUTCOME_LEARNED = "outcome_learned"
    OUTCOME_UNDONE = "outcome_undone"
    #: Another outcome, or another number of attempts.
    OUTCOME_CHANGED = "outcome_changed"
    ENTRY_LEARNED = "entry_learned"
    ENTRY_WITHDRAWN = "entry_withdrawn"
    #: Counted in another figure before: that of another month or of another modality.
    MOVED_IN = "moved_in"
    #: Counted in another figure now.
    MOVED_OUT = "moved_out"
    MERGED = "merged"
    #: Another reason to be counted apart.
    LEFT_OUT = "left_out"
    #: Counted apart before.
    TAKEN_IN = "taken_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """Where an entry stands, and whether in the figure that is looked at."""

    standing: str
    here: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What a figure counts, and what its numerator counts: where entries stand."""

    counted: frozenset[str]
    numerator: frozenset[str]

    def counting(self, entry: Stood | None) -> Stood | None:
        """An entry, if the figure counts it."""
        return entry if entry is not None and entry.here and entry.standing in self.counted else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """An entry as it stood and as it stands; None where it is not known."""

    before: Case | None
    after: Case | None


#: What makes two entries of one subject the same, the most telling first; in the end the earliest ones are.
_ALIKE: Final[Sequence[Callable[[Case], object]]] = (
    attrgetter("since", "modality", "standing"),
    attrgetter("since"),
    lambda _: None,
)


def changes(connection: Connection[Any], then: Question, now: Question) -> Sequence[Change]:
    """Every entry of the months of a question that another knowledge puts elsewhere, wherever that is."""
    differing = _differing(*(behind(connection, asked) for asked in (then, now)))
    person_of = _persons(connection, now, {case.root for case in differing})
    of_person = _is_of_person(now.definition.terms)
    persons = [_persons(connection, asked, person_of).values() for asked in (then, now)]
    before, after = (
        _by_subject(behind(connection, _ever(asked, of)), person_of, of_person=of_person)
        for asked, of in zip((then, now), persons, strict=True)
    )
    found = [
        change
        for subject in sorted(before.keys() | after.keys())
        for change in paired(before.get(subject, ()), after.get(subject, ()), of_person=of_person)
    ]
    return [each for each in found if _asked(then, each.before) or _asked(now, each.after)]


def paired(before: Iterable[Case], after: Sequence[Case], *, of_person: bool) -> Iterator[Change]:
    """The entries of one subject, each with what it became.

    Of a person who enters once, an entry that another one remains of was that of a duplicate.
    """
    order = attrgetter("since", "standing", "modality")
    left, right = sorted(before, key=order), sorted(after, key=order)
    for alike in _ALIKE:
        for one in tuple(left):
            same = next((each for each in right if alike(each) == alike(one)), None)
            if same is not None:
                left.remove(one)
                right.remove(same)
                yield Change(before=one, after=same)
    for one in left:
        yield Change(before=one, after=replace(one, standing=Kind.MERGED.value) if of_person and after else None)
    for one in right:
        yield Change(before=None, after=one)


def causes(
    found: Iterable[Change], parts: Parts, modality: Callable[[str], str] = str
) -> Mapping[Slice, Mapping[Cause, Sequence[Case]]]:
    """The entries that changed the figure of each month and modality, by cause; modalities may be grouped."""
    told: dict[Slice, dict[Cause, list[Case]]] = defaultdict(lambda: defaultdict(list))

    def where(case: Case) -> Slice:
        return case.since.replace(day=1), modality(case.modality)

    def stood(case: Case | None, place: Slice) -> Stood | None:
        return None if case is None else Stood(standing=case.standing, here=where(case) == place)

    for change in found:
        known = [case for case in (change.before, change.after) if case is not None]
        for place in {where(case) for case in known}:
            cause = cause_of(stood(change.before, place), stood(change.after, place), parts)
            if cause is not None:
                told[place][cause].append(known[-1])
    return told


def cause_of(before: Stood | None, after: Stood | None, parts: Parts) -> Cause | None:
    """Why an entry changed a figure, if it did; None stands for an entry that is not known."""
    was, stands = parts.counting(before), parts.counting(after)
    if was and stands:
        return _decided_otherwise(was.standing, stands.standing, parts)
    if stands:
        return _came(before, parts)
    return _went(after, parts) if was else None


def _decided_otherwise(before: str, after: str, parts: Parts) -> Cause | None:
    if (before in parts.numerator) is (after in parts.numerator):
        return None
    if before in _UNDECIDED:
        return Cause.OUTCOME_LEARNED
    return Cause.OUTCOME_UNDONE if after in _UNDECIDED else Cause.OUTCOME_CHANGED


def _came(before: Stood | None, parts: Parts) -> Cause:
    if before is None:
        return Cause.ENTRY_LEARNED
    if before.standing in parts.counted:
        return Cause.MOVED_IN
    return Cause.OUTCOME_LEARNED if before.standing in _UNDECIDED else Cause.TAKEN_IN


def _went(after: Stood | None, parts: Parts) -> Cause:
    if after is None:
        return Cause.ENTRY_WITHDRAWN
    if after.standing in parts.counted:
        return Cause.MOVED_OUT
    if after.standing in _UNDECIDED:
        return Cause.OUTCOME_UNDONE
    return Cause.MERGED if after.standing == Kind.MERGED else Cause.LEFT_OUT


def parts_of(terms: Terms) -> Parts:
    """What the figure of a month counts."""
    match terms:
        case WithoutSolution():
            without = Standing.WITHOUT_SOLUTION.value
            return Parts(frozenset({Standing.WITH_SOLUTION.value, without}), frozenset({without}))
        case CohortOfCases():
            return Parts(frozenset(terms.denominator), frozenset(terms.numerator))
        case MonthlyCount() | Attempts():
            return Parts(frozenset(terms.standings), frozenset(terms.part))
        case StockOfCases():
            return Parts(frozenset({COUNTED, OPEN}), frozenset({COUNTED}))
        case _:
            assert_never(terms)


def possible(terms: Terms) -> Sequence[Cause]:
    """The causes that there may be, in order."""
    parts, never = parts_of(terms), set[Cause]()
    if not isinstance(terms, WithoutSolution | CohortOfCases):
        never |= {Cause.OUTCOME_LEARNED, Cause.OUTCOME_UNDONE}
    if not (parts.numerator - _UNDECIDED and parts.counted - parts.numerator - _UNDECIDED):
        never.add(Cause.OUTCOME_CHANGED)
    if not (isinstance(terms, WithoutSolution) or _is_of_person(terms)):
        never.add(Cause.MERGED)
    return [cause for cause in Cause if cause not in never]


def _is_of_person(terms: Terms) -> bool:
    """Whether a person enters once, whatever their journeys are."""
    return isinstance(terms, Attempts) or (isinstance(terms, CohortOfCases) and terms.unit == "person")


def _differing(before: Iterable[Case], after: Iterable[Case]) -> Iterable[Case]:
    one, other = Counter(before), Counter(after)
    return (one - other) + (other - one)


def _ever(asked: Question, persons: Iterable[str]) -> Question:
    return replace(asked, months=Months(date.min, asked.known.day), persons=sorted({*persons}))


def _asked(asked: Question, case: Case | None) -> bool:
    return case is not None and asked.months is not None and case.since.replace(day=1) in asked.months


def _persons(connection: Connection[Any], asked: Question, roots: Iterable[str]) -> Mapping[str, str]:
    parameters = {"roots": sorted(roots), "known_at": asked.known.at}
    return dict(connection.execute(text("persons_of"), parameters).fetchall())


def _by_subject(
    listed: Iterable[Case], person_of: Mapping[str, str], *, of_person: bool
) -> Mapping[tuple[str, str], Sequence[Case]]:
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for case in listed:
        if case.root in person_of:
            found[(person_of[case.root], "") if of_person else (case.root, case.journey)].append(case)
    return found
