"""The shapes of cases again, as slowly and plainly as possible: one case, one fact after another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import paris_day
from projections.indicators.terms import Attempts, CohortOfCases, MonthlyCount, StockOfCases
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact
from tests.projections.indicators.oracle import Oracle


@dataclass(frozen=True, order=True)
class Standing:
    root: str
    journey: str
    since: date
    standing: str
    detail: str
    #: Empty where it tells of none.
    company: str


def named(fact: Fact, codes: Iterable[str]) -> str | None:
    """The code of a list that names a fact, the most telling one first."""
    return next((code for code in (f"{fact.kind}:{fact.detail}", fact.kind.value) if code in tuple(codes)), None)


def earliest(facts: Iterable[Fact]) -> Fact:
    return min(facts, key=lambda fact: (fact.occurred_on, fact.root, fact.root_version))


@dataclass(frozen=True)
class CaseOracle:
    """What the record knew of what had happened by the end of a day."""

    known: Oracle

    def cohort(self, terms: CohortOfCases) -> Sequence[Standing]:
        """Every case that ever entered."""
        found = []
        for case in self._cases(by_person=terms.unit == "person"):
            entries = [fact for fact in case if named(fact, terms.entries) and fact.occurred_on <= self.known.today]
            if entries:
                found.append(self._standing(self._start(earliest(entries), case, terms), case, terms))
        return sorted(found)

    def stock(self, terms: StockOfCases) -> Sequence[Standing]:
        """Every case that is open on the day."""
        found = []
        for case in self._cases(by_person=False):
            opened: Fact | None = None
            for fact in sorted(case, key=lambda fact: (fact.occurred_on, fact.root_version)):
                if fact.occurred_on > self.known.today:
                    continue
                if named(fact, terms.ends):
                    opened = None
                elif named(fact, terms.starts) and opened is None:
                    opened = fact
            if opened is not None:
                found.append(self._told(opened, self._counted(opened, case, terms), "unknown"))
        return sorted(found)

    def counted(self, terms: MonthlyCount) -> Sequence[Standing]:
        """Every fact that counts, on whichever day."""
        facts = [fact for fact in self._facts() if fact.occurred_on <= self.known.today]
        return sorted(
            self._told(fact, "opposed" if self._objects(fact) else self._how(fact, code, terms), fact.detail)
            for fact in facts
            if (code := named(fact, (*terms.counted, *terms.beside)))
        )

    def attempted(self, terms: Attempts) -> Sequence[Standing]:
        """Every person who ever succeeded."""
        found = []
        for case in self._cases(by_person=True):
            known = [fact for fact in case if fact.occurred_on <= self.known.today]
            if succeeded := [fact for fact in known if named(fact, terms.until)]:
                success = earliest(succeeded)
                tries = {
                    self._case_of(fact)
                    for fact in known
                    if named(fact, terms.tried) and fact.occurred_on <= success.occurred_on
                }
                band = terms.bands[sum(bound <= len(tries) for bound in terms.bounds)]
                found.append(self._told(success, "opposed" if self._objects(success) else band, "unknown"))
        return sorted(found)

    def _how(self, fact: Fact, code: str, terms: MonthlyCount) -> str:
        if terms.late_after_days is None:
            return code
        late = paris_day(fact.recorded_at) > fact.occurred_on + timedelta(days=terms.late_after_days)
        return "late" if late else "in_time"

    def _facts(self) -> Sequence[Fact]:
        return self.known.known()

    def _cases(self, *, by_person: bool) -> Iterable[Sequence[Fact]]:
        """All facts, whenever they happen, person by person or journey by journey."""
        cases: dict[tuple[str, ...], list[Fact]] = {}
        for fact in self._facts():
            key = (self.known.person_of(fact.root),) if by_person else self._case_of(fact)
            cases.setdefault(key, []).append(fact)
        return cases.values()

    def _case_of(self, fact: Fact) -> tuple[str, str]:
        return fact.root, self.known.case_of(fact)

    def _start(self, entry: Fact, case: Sequence[Fact], terms: CohortOfCases) -> Fact:
        """Where the days are counted from."""
        known = [fact for fact in case if fact.occurred_on <= self.known.today]
        decided = [fact.occurred_on for fact in known if named(fact, terms.outcomes)]
        starts = [
            fact
            for fact in known
            if named(fact, terms.counted_from)
            and not any(entry.occurred_on <= day < fact.occurred_on for day in decided)
        ]
        return earliest(starts or [entry])

    def _standing(self, entry: Fact, case: Sequence[Fact], terms: CohortOfCases) -> Standing:
        until = entry.occurred_on + timedelta(days=terms.window_days)
        after = [fact for fact in case if entry.occurred_on <= fact.occurred_on <= self.known.today]
        other = [fact for fact in after if not (terms.elsewhere and self._case_of(fact) == self._case_of(entry))]
        outcome = self._first(other, terms.outcomes)
        left = self._first(after, terms.excluded_by)
        in_time = outcome is not None and outcome.occurred_on <= until
        detail = outcome.detail if outcome is not None and in_time else "unknown"
        if self._objects(entry):
            return self._told(entry, "opposed", detail)
        if left and left.occurred_on <= until and (outcome is None or left.occurred_on < outcome.occurred_on):
            return self._told(entry, str(named(left, terms.excluded_by)), detail)
        if until > self.known.today:
            return self._told(entry, "immature", detail)
        return self._told(entry, str(named(outcome, terms.outcomes)) if outcome and in_time else "none", detail)

    def _first(self, facts: Iterable[Fact], codes: tuple[str, ...]) -> Fact | None:
        listed = [(fact, code) for fact in facts if (code := named(fact, codes))]
        ranked = sorted(listed, key=lambda each: (each[0].occurred_on, codes.index(each[1]), each[0].detail))
        return ranked[0][0] if ranked else None

    def _counted(self, opened: Fact, case: Sequence[Fact], terms: StockOfCases) -> str:
        if self._objects(opened):
            return "opposed"
        if terms.longer_than_days is not None:
            late = (self.known.today - opened.occurred_on).days > terms.longer_than_days
            return "counted" if late else "open"
        if terms.without:
            return "open" if self._goes_on(opened, terms) else "counted"
        soon = self.known.today + timedelta(days=terms.ending_within_days or 0)
        ends = [fact for fact in case if named(fact, terms.ends) and self.known.today < fact.occurred_on <= soon]
        return "counted" if ends else "open"

    def _goes_on(self, opened: Fact, terms: StockOfCases) -> bool:
        person = self.known.person_of(opened.root)
        own = [fact for fact in self._facts() if self.known.person_of(fact.root) == person]
        begun = [fact for fact in own if named(fact, terms.without) and fact.occurred_on <= self.known.today]
        return any(
            not any(
                self._case_of(end) == self._case_of(start)
                and named(end, terms.without_ends)
                and start.occurred_on <= end.occurred_on < self.known.today
                for end in own
            )
            for start in begun
        )

    def _objects(self, fact: Fact) -> bool:
        person = self.known.person_of(fact.root)
        return any(
            other.kind is Kind.OPPOSED
            and other.occurred_on <= self.known.today
            and self.known.person_of(other.root) == person
            for other in self._facts()
        )

    def _told(self, fact: Fact, standing: str, detail: str) -> Standing:
        return Standing(fact.root, self.known.case_of(fact), fact.occurred_on, standing, detail, fact.company or "")
