"""A life told through the desk, in memory: nothing is recorded that the rules or the permissions refuse."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from itertools import count
from typing import Final

from api.agenda import Agenda, SimulatedClock
from api.simulation.chance import Chance
from api.simulation.lives import life_of
from api.simulation.people import Person, person, registered_again, registration
from api.simulation.population import Dossier, Population
from api.simulation.steps import Step, by
from api.simulation.territory import POPULATION
from api.simulation.town import STAFF, House, Place, found, places
from application.decision import Decision
from application.desk import Desk, Outcome, Request, UnknownJourney
from application.dossiers import Standing, kind_of, root_kind
from application.merging import finish
from application.permissions import PERMISSIONS
from application.ports import Claim, Digests, Recorded
from application.requests import Asked
from domain.calendar import add_days, paris_day, paris_time
from domain.candidate.commands import MergeInto
from domain.catalogue import CATALOGUE
from domain.journey import Refusal
from domain.vocabulary import CandidateId, RootKind
from infrastructure.memory import MemoryJournal

#: Shares of the dossiers that somebody opened twice, and of those whose person was erased.
DUPLICATES: Final = 0.012
ERASED: Final = 0.002


@dataclass
class Numbers:
    """`application.ports.Numbers` of one partition after the other: no two of them draw the same."""

    partitions: int
    partition: int = 0
    last: dict[str, int] = field(default_factory=dict)

    def begin(self, partition: int) -> None:
        """Draw the numbers of a partition, from its first one on."""
        self.partition = partition
        self.last.clear()

    def draw(self, series: str) -> int:
        """As the port says."""
        before = self.last.get(series, self.partition + 1 - self.partitions)
        self.last[series] = before + self.partitions
        return self.last[series]

    def pass_over(self, series: str, number: int) -> None:
        """As the port says: nothing that is simulated chooses a number."""


@dataclass(frozen=True, kw_only=True)
class QuickDesk(Desk):
    """The desk, which remembers where the dossier that it was just asked about stands instead of folding it again."""

    known: dict[str, Standing] = field(default_factory=dict)

    def _standing(self, root: str, history: Sequence[Recorded]) -> Standing:
        known = self.known.get(root)
        return known if known and known.version == len(history) else super()._standing(root, history)

    def _record(self, asked: Asked, before: Standing, decision: Decision) -> Outcome:
        outcome = super()._record(asked, before, decision)
        self.known[decision.root] = outcome.standing
        return outcome


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that happened to a root; whether its person was erased since."""

    root: str
    history: Sequence[Recorded]
    erased: bool


@dataclass
class Country:
    """The organisations, and the lives of those in a partition, one after the other."""

    population: Population
    digests: Digests
    #: What the rules said no to.
    refused: Counter[type[Exception]] = field(default_factory=Counter)
    journal: MemoryJournal = field(init=False)
    desk: QuickDesk = field(init=False)
    numbers: Numbers = field(init=False)
    clock: SimulatedClock = field(init=False)
    places: Mapping[str, Place] = field(init=False)

    def __post_init__(self) -> None:
        self.clock = SimulatedClock(self.population.founded)
        self.journal = MemoryJournal(self.clock)
        self.numbers = Numbers(self.population.partitions)
        self.desk = QuickDesk(
            journal=self.journal,
            clock=self.clock,
            digests=self.digests,
            numbers=self.numbers,
            catalogue=CATALOGUE,
            permissions=PERMISSIONS,
        )
        self.places = places(self.population)
        found(Agenda(self.desk, self.clock), self.houses(), self.population.seed)

    def houses(self) -> Iterator[House]:
        """Every organisation."""
        for place in self.places.values():
            yield from place.houses()

    def organisations(self, partition: int | None = None) -> Iterator[str]:
        """The roots of all organisations, or of those of a partition."""
        for house in self.houses():
            root = f"organisation/{house.id}"
            if partition in {None, self.population.partition(root)}:
                yield root

    def roots(self, partition: int, numbers: Iterable[int]) -> Iterator[str]:
        """The roots of a partition: its organisations, and these dossiers."""
        yield from self.organisations(partition)
        for number in numbers:
            yield self.population.dossier(number).root

    def told(self, partition: int, numbers: Iterable[int]) -> Iterator[Told]:
        """Everything that happened in a partition: to its organisations, to these dossiers and to their duplicates."""
        self.numbers.begin(partition)
        for root in self.organisations(partition):
            yield Told(root, self.journal.load(root), erased=False)
        for number in numbers:
            yield from self._one(number)

    def claims(self, partition: int) -> Mapping[Claim, str]:
        """What the roots of a partition hold; what candidates hold is not known here any longer."""
        held = {each: root for each, root in self.journal.held.items() if self.population.partition(root) == partition}
        for each, root in held.items():
            if root_kind(root) is RootKind.CANDIDATE:
                del self.journal.held[each]
        return held

    def _one(self, number: int) -> Iterator[Told]:
        dossier = self.population.dossier(number)
        erased = dossier.draw.happens(ERASED)
        for root in self._live(dossier):
            if history := self.journal.let_go(root):
                yield Told(root, history, erased=erased)
        self.desk.known.clear()

    def _live(self, dossier: Dossier) -> Sequence[str]:
        draw = dossier.draw
        place = self.places[draw.one_of(POPULATION)]
        who = person(draw, dossier.number, place.department, paris_day(dossier.begins))
        home, steps = life_of(draw, who, place)
        self.clock.at = dossier.begins
        telling = Telling(self, Agenda(self.desk, self.clock), draw)
        opened = by(draw, home, 0, registration(draw, who), then=steps)
        telling.plan(dossier.root, opened, None, dossier.begins)
        roots = [dossier.root]
        if draw.happens(DUPLICATES):
            roots.append(self._twice(telling, dossier, who, place))
        for _ in telling.agenda.pass_until(self.population.until):
            pass
        return roots

    def _twice(self, telling: "Telling", dossier: Dossier, who: Person, place: Place) -> str:
        draw = dossier.draw
        begins = dossier.begins + timedelta(days=1 + draw.days(30))
        root = self._beside(dossier, int(begins.timestamp() * 1000))
        house, steps = life_of(draw, who, place)
        opened = by(draw, house, 0, registered_again(who), then=steps)
        telling.plan(root, opened, None, begins)
        merged = begins + timedelta(days=1 + draw.days(40), hours=1)
        telling.agenda.plan(merged, partial(telling.merge, root, dossier.root))
        return root

    def _beside(self, dossier: Dossier, milliseconds: int) -> str:
        """An identifier of the same partition, so that both dossiers are told together."""
        here = self.population.partition(dossier.root)
        for _ in count():
            root = f"candidate/{dossier.draw.uuid7(milliseconds)}"
            if self.population.partition(root) == here:
                return root
        raise AssertionError


@dataclass(frozen=True, slots=True)
class Telling:
    """What happens to one person, in one dossier or two."""

    country: Country
    agenda: Agenda
    draw: Chance

    def plan(self, root: str, step: Step, journey: str | None, after: datetime) -> None:
        """Have a step happen, at an hour of its day."""
        draw, day = self.draw, add_days(paris_day(after), step.days)
        at = max(paris_time(day, time(draw.randint(8, 18), draw.randrange(60), draw.randrange(60))), after)
        recorded = at + timedelta(days=step.late)
        self.agenda.plan(recorded, partial(self._act, root, step, journey, at))

    def merge(self, duplicate: str, kept: str) -> None:
        """One person, one dossier: the other one goes on in it."""
        name = CandidateId(kept.partition("/")[2])
        request = Request(
            root=duplicate,
            journey="candidate",
            command=MergeInto(target=name),
            actor=STAFF,
            correlation_id=str(self.draw.uuid4()),
        )
        if self._submit(request) is not None:
            finish(self.country.desk, [CandidateId(duplicate.partition("/")[2])])

    def _act(self, root: str, step: Step, journey: str | None, at: datetime) -> None:
        request = Request(
            root=root,
            journey=journey,
            command=step.make(paris_day(at)),
            actor=step.by,
            acting=step.house.id if step.house else None,
            opens_root=step.days == 0 and journey is None,
            occurred_at=at if step.late else None,
            correlation_id=str(self.draw.uuid4()),
        )
        outcome = self._submit(request)
        if outcome is not None:
            for each in step.then:
                self.plan(root, each, _addressed(each, outcome), at)

    def _submit(self, request: Request) -> Outcome | None:
        try:
            return self.agenda.submit(request)
        except (Refusal, UnknownJourney) as refused:
            self.country.refused[type(refused)] += 1
            return None


def _addressed(step: Step, outcome: Outcome) -> str | None:
    """The journey that a step goes on with: the same one, or the newest of its kind."""
    if step.of is None or kind_of(outcome.journey) == step.of:
        return outcome.journey if step.of else None
    newest = [name for name in outcome.standing.cases if kind_of(name) == step.of]
    return newest[-1] if newest else f"{step.of}-0"
