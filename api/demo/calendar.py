"""Years of stories, told through the desk on a simulated calendar, deadlines included."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from uuid_utils.compat import uuid7

from api.agenda import Agenda
from api.demo.appointments import FOLLOW_UPS
from api.demo.cast import FIRST_NAMES, HOUSES, LAST_NAMES
from api.demo.crowd import crowd, houses
from api.demo.hires import DIAGNOSES, HIRES
from api.demo.immersions import IMMERSIONS
from api.demo.passes import PASSES
from api.demo.steps import Houses, Person, Step, Story
from api.demo.stories import STORIES
from application.decision import PARCOURS
from application.desk import Request
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
class Calendar:
    """The years that end now."""

    agenda: Agenda
    now: datetime
    told: Callable[[int, int], None]
    _houses: dict[str, OrganisationId] = field(default_factory=dict)

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
        for at in self.agenda.pass_until(self.now):
            self.told((at - self.now).days + FOUNDED, FOUNDED)
        return len(tellings)

    def _found(self) -> None:
        self.agenda.clock.at = self.now - timedelta(days=FOUNDED)
        for name, house in {**HOUSES, **dict(houses())}.items():
            root = f"organisation/{uuid7()}"
            self._houses[name] = OrganisationId(root.partition("/")[2])
            made = Create(name=house.name, kinds=house.kinds, departments=house.departments, typology=house.typology)
            self._as_staff(root, made, opens=True)
            if house.authorised and not NEEDING_AUTHORISATION.isdisjoint(house.kinds):
                self._as_staff(root, GrantAuthorisation(from_day=self.agenda.clock.at.date()))
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
            self.agenda.plan(at, partial(self._as_staff, company, OpenSpontaneous()))

    def _as_staff(self, root: str, command: Any, *, opens: bool = False) -> None:
        self.agenda.submit(
            Request(root=root, command=command, actor=STAFF, opens_root=opens, correlation_id=str(uuid7()))
        )

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
            self.agenda.plan(at, partial(self._act, root, step, at, person))

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
        self.agenda.submit(request)


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
