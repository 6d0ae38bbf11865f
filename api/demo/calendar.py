"""Years of stories, told through the desk on a simulated calendar, deadlines included."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any, Final

from uuid_utils.compat import uuid7

from api.demo.appointments import FOLLOW_UPS
from api.demo.cast import FIRST_NAMES, HOUSES, LAST_NAMES
from api.demo.crowd import crowd, houses
from api.demo.hires import DIAGNOSES, HIRES
from api.demo.immersions import IMMERSIONS
from api.demo.passes import PASSES
from api.demo.steps import Houses, Person, Step, Story
from api.demo.stories import STORIES
from application.deadlines import Due, pass_deadlines
from application.decision import PARCOURS
from application.desk import Desk, Request
from application.dossiers import kind_of, stand
from application.errands import Came
from domain.calendar import PARIS
from domain.candidate.codes import Title
from domain.candidate.commands import Register
from domain.organisation.commands import AddMember, Create, GrantAuthorisation, OpenSpontaneous
from domain.organisation.kinds import COMPANIES, NEEDING_AUTHORISATION
from domain.vocabulary import Actor, OrganisationId, Role, Subject

#: How many days ago the first story that does not say so begins, each time; the next ones every three days before.
BEGUN: Final = (300, 185, 75, 2)
#: How many days ago the organisations were recorded: before the first story.
FOUNDED: Final = 1095
STAFF: Final = Actor(subject=Subject("staff"), client="back-office", role=Role.STAFF)
#: The service that made sure who signs a convention.
WITNESS: Final = Actor(subject=Subject("immersion-facilitee"), client="immersion-facilitee", role=Role.WITNESS)
#: Who acts for no organisation.
BY_THEMSELVES: Final[Mapping[str, Actor]] = {each.subject: each for each in (STAFF, PARCOURS, WITNESS)}


@dataclass
class SimulatedClock:
    """`application.ports.Clock` that is set by hand."""

    at: datetime

    def now(self) -> datetime:
        """The instant that it was set to."""
        return self.at


@dataclass(order=True)
class _Moment:
    at: datetime
    rank: int
    act: Callable[[], None] = field(compare=False)


@dataclass
class Calendar:
    """The years that end now."""

    desk: Desk
    clock: SimulatedClock
    now: datetime
    told: Callable[[int, int], None]
    _moments: list[_Moment] = field(default_factory=list)
    _ranks: Iterator[int] = field(default_factory=count)
    _houses: dict[str, OrganisationId] = field(default_factory=dict)
    _awaited: set[Due] = field(default_factory=set)

    def tell(self) -> int:
        """Tell every story up to now, each thing at its instant; answers how many people there are."""
        self._found()
        tellings = [(story, ago + 3 * place) for ago in BEGUN for place, story in enumerate(STORIES)]
        tellings += [
            (story, ago) for story in (*DIAGNOSES, *HIRES, *PASSES, *FOLLOW_UPS, *IMMERSIONS) for ago in story.began
        ]
        tellings += crowd()
        for number, (story, days_ago) in enumerate(tellings):
            self._plan(story, number, days_ago)
        while self._moments and self._moments[0].at <= self.now:
            moment = heappop(self._moments)
            self.clock.at = max(self.clock.at, moment.at)
            moment.act()
            self.told((self.clock.at - self.now).days + FOUNDED, FOUNDED)
        return len(tellings)

    def _found(self) -> None:
        self.clock.at = self.now - timedelta(days=FOUNDED)
        for name, house in {**HOUSES, **dict(houses())}.items():
            root = f"organisation/{uuid7()}"
            self._houses[name] = OrganisationId(root.partition("/")[2])
            made = Create(name=house.name, kinds=house.kinds, departments=house.departments, typology=house.typology)
            self._as_staff(root, made, opens=True)
            if house.authorised and not NEEDING_AUTHORISATION.isdisjoint(house.kinds):
                self._as_staff(root, GrantAuthorisation(from_day=self.clock.at.date()))
            for person in house.people:
                role = Role.ADMINISTRATOR if person == house.people[0] else Role.MEMBER
                self._as_staff(root, AddMember(subject=Subject(person), role=role))
            for command in house.configured:
                self._as_staff(root, command)
            if not COMPANIES.isdisjoint(house.kinds):
                self._keep_open(root)

    def _keep_open(self, company: str) -> None:
        """Say again that applications without a job are welcome, before the 90 days are over."""
        for days in range(0, FOUNDED, 80):
            at = self.now - timedelta(days=FOUNDED - days)
            self._at(at, partial(self._as_staff, company, OpenSpontaneous()))

    def _as_staff(self, root: str, command: Any, *, opens: bool = False) -> None:
        self._submit(Request(root=root, command=command, actor=STAFF, opens_root=opens, correlation_id=str(uuid7())))

    def _plan(self, story: Story, number: int, days_ago: int) -> None:
        root, person = f"candidate/{uuid7()}", _person(number, known=story.known)
        opening = Register(
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
            phone=person.phone,
            france_travail_id=person.france_travail_id,
            address=story.address,
            birth_date=person.birth_date,
            title=Title.MADAME if person.first_name[-1] in "aeé" else Title.MONSIEUR,
        )
        start = (self.now - timedelta(days=days_ago)).astimezone(PARIS).date()
        registers = Step(0, story.by, story.house, lambda *_: opening, hour=9, opens=True)
        for step in (registers, *story.steps):
            at = datetime.combine(start + timedelta(days=step.day), time(step.hour), PARIS).astimezone(UTC)
            self._at(at, partial(self._act, root, step, at, person))

    def _act(self, root: str, step: Step, at: datetime, person: Person) -> None:
        houses: Houses = self._houses
        request = Request(
            root=root,
            journey=step.journey,
            command=step.make(at.astimezone(PARIS).date(), houses, person),
            actor=BY_THEMSELVES.get(step.by) or Actor(subject=Subject(step.by), client="demo", role=Role.MEMBER),
            acting=houses.get(step.house),
            opens_root=step.opens,
            correlation_id=str(uuid7()),
        )
        self._submit(request)

    def _submit(self, request: Request) -> None:
        self._wait_for_deadlines(self.desk.submit(request).root)

    def _wait_for_deadlines(self, root: str) -> None:
        standing = stand(self.desk.catalogue, self.desk.journal.load(root))
        for journey, state in standing.cases.items():
            for deadline in self.desk.catalogue[kind_of(journey)].deadlines(state):
                due = Due(root=root, journey=journey, due=deadline.due, command=deadline.command)
                if due not in self._awaited:
                    self._awaited.add(due)
                    self._at(deadline.due, partial(self._pass, due))

    def _pass(self, due: Due) -> None:
        # What a rule refuses now may be due again, from the same instant on.
        self._awaited.discard(due)
        if pass_deadlines(self.desk, [due])[Came.RECORDED]:
            self._wait_for_deadlines(due.root)

    def _at(self, at: datetime, act: Callable[[], None]) -> None:
        heappush(self._moments, _Moment(at, next(self._ranks), act))


def _person(number: int, *, known: bool) -> Person:
    first, last = FIRST_NAMES[number % len(FIRST_NAMES)], LAST_NAMES[number * 5 % len(LAST_NAMES)]
    return Person(
        first_name=first,
        last_name=last,
        email=f"personne{number}@example.org",
        # Nobody has such a number: they are kept for stories.
        phone=f"063998{number:04}",
        birth_date=f"{1962 + number * 7 % 44}-0{1 + number % 9}-14",
        france_travail_id=f"{number:07}A" if known else None,
    )
