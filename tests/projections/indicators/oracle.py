"""The indicator again, as slowly and plainly as possible: one person, one day after another."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from projections.indicators.terms import WithoutSolution
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact


@dataclass(frozen=True, order=True)
class Stands:
    root: str
    since: date
    standing: str
    solutions: tuple[str, ...]
    #: Empty where it tells of none.
    company: str


@dataclass(frozen=True)
class Oracle:
    """What the record knew at `known_at` of what had happened by the end of `today`."""

    facts: Sequence[Fact]
    known_at: datetime
    today: date
    terms: WithoutSolution

    def cohort(self) -> Sequence[Stands]:
        """Every entry ever."""
        return sorted(self._as_entry(person, path) for person, path in self._paths())

    def stock(self) -> Sequence[Stands]:
        """Every person, by their last path."""
        kept: dict[str, list[Fact]] = {}
        for person, path in self._paths():
            if self._is_kept(person, *path):
                kept.setdefault(person, []).append(path[1])
        return sorted(
            self._on_day(person, max(entries, key=lambda entry: entry.occurred_on)) for person, entries in kept.items()
        )

    def known(self) -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if fact.recorded_at <= self.known_at
            and not (fact.voided_at is not None and fact.voided_at <= self.known_at)
        ]

    def person_of(self, root: str) -> str:
        into = {fact.root: fact.into_root for fact in self.known() if fact.kind is Kind.MERGED}
        followed = [root]
        while (kept := into.get(followed[-1])) is not None:
            if kept in followed:
                return min(followed[followed.index(kept) :])
            followed.append(kept)
        return followed[-1]

    def _of(self, person: str) -> list[Fact]:
        return [fact for fact in self.known() if fact.occurred_on <= self.today and self.person_of(fact.root) == person]

    def _paths(self) -> list[tuple[str, tuple[int, Fact]]]:
        """Each root's entry in each path of a person, with the path's number."""
        found = []
        for person in {self.person_of(fact.root) for fact in self.facts}:
            facts = self._of(person)
            for root in {fact.root for fact in facts}:
                by_path: dict[int, list[Fact]] = {}
                for fact in facts:
                    if fact.root == root and fact.kind in self.terms.entries:
                        by_path.setdefault(self._path_number(facts, fact), []).append(fact)
                found += [(person, (number, self._first(entries))) for number, entries in by_path.items()]
        return found

    def _path_number(self, facts: Iterable[Fact], entry: Fact) -> int:
        return sum(1 for fact in facts if fact.kind in self.terms.endings and fact.occurred_on < entry.occurred_on)

    def _first(self, entries: Sequence[Fact]) -> Fact:
        for kind in self.terms.entries:
            if of_kind := [fact for fact in entries if fact.kind is kind]:
                return min(of_kind, key=lambda fact: (fact.occurred_on, fact.journey, fact.root_version))
        raise AssertionError

    def _is_kept(self, person: str, number: int, entry: Fact) -> bool:
        rivals = [path[1] for whose, path in self._paths() if whose == person and path[0] == number]
        return entry is min(rivals, key=lambda fact: (fact.occurred_on, fact.root))

    def _as_entry(self, person: str, path: tuple[int, Fact]) -> Stands:
        entry = path[1]
        window = {entry.occurred_on + timedelta(days=day) for day in range(self.terms.window_days + 1)}
        facts = self._of(person)
        found = tuple(
            sorted({f.kind.value for f in facts if f.kind in self.terms.solutions and f.occurred_on in window})
        )
        standing = self._cohort_standing(person, path, window, bool(found))
        return Stands(entry.root, entry.occurred_on, standing, found, entry.company or "")

    def _cohort_standing(self, person: str, path: tuple[int, Fact], window: set[date], found: bool) -> str:
        if not self._is_kept(person, *path):
            return "merged"
        if objection := self._objection(person):
            return objection
        if (ending := self._ending(person, path[1])) and ending.occurred_on in window:
            return ending.kind.value
        if max(window) > self.today:
            return "immature"
        return "with_solution" if found else "without_solution"

    def _objection(self, person: str) -> str | None:
        return min((fact.kind.value for fact in self._of(person) if fact.kind in self.terms.objections), default=None)

    def _ending(self, person: str, entry: Fact) -> Fact | None:
        endings = self.terms.endings
        after = [f for f in self._of(person) if f.kind in endings and f.occurred_on >= entry.occurred_on]
        return min(after, key=lambda fact: (fact.occurred_on, endings.index(fact.kind)), default=None)

    def _on_day(self, person: str, entry: Fact) -> Stands:
        spans = [(f, self._end_of(person, f)) for f in self._of(person) if f.kind in self.terms.solutions]
        holding = tuple(sorted({fact.kind.value for fact, end in spans if end is None}))
        since = max([entry.occurred_on, *(end for _, end in spans if end is not None)])
        standing = self._stock_standing(person, entry, since, bool(holding))
        return Stands(entry.root, since, standing, holding, entry.company or "")

    def _stock_standing(self, person: str, entry: Fact, since: date, holding: bool) -> str:
        if standing := self._objection(person):
            return standing
        if ending := self._ending(person, entry):
            return ending.kind.value
        if holding:
            return "with_solution"
        return "without_solution" if (self.today - since).days > self.terms.window_days else "waiting"

    def _end_of(self, person: str, solution: Fact) -> date | None:
        ends = [
            fact.occurred_on
            for fact in self._of(person)
            if fact.kind in self.terms.solution_ends
            and (fact.root, self.case_of(fact)) == (solution.root, self.case_of(solution))
            and fact.occurred_on >= solution.occurred_on
        ]
        return min(ends, default=None)

    def case_of(self, fact: Fact) -> str:
        """The journey that it belongs to: a hire belongs to its application."""
        wholes = (other.whole for other in self.facts if (other.root, other.journey) == (fact.root, fact.journey))
        return next((whole for whole in wholes if whole), fact.journey)


def counts(stands: Iterable[Stands]) -> Mapping[str, int]:
    return Counter(stand.standing for stand in stands)
