"""The organisations of every département, recorded before anybody is registered. All of them are invented."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from api.agenda import Agenda
from api.simulation.chance import Chance
from api.simulation.population import Population
from api.simulation.territory import POPULATION
from application.desk import Request
from domain.organisation.commands import AddMember, ChangePhone, ConfigureCategory, Create, GrantAuthorisation
from domain.organisation.kinds import NEEDING_AUTHORISATION, Kind
from domain.rsa.categories import CategoryType
from domain.vocabulary import Actor, OrganisationId, Role, Subject

STAFF: Final = Actor(subject=Subject("staff"), client="back-office", role=Role.STAFF)
#: How people are oriented who receive the RSA.
CATEGORY: Final = "rsa_orientation"
#: One house more for so many thousand people.
PER_AGENCY: Final = 400
PER_COMPANY: Final = 120
#: What companies are, most often first.
COMPANIES: Final = (Kind.ACI, Kind.EI, Kind.AI, Kind.ETTI, Kind.GEIQ)
CALLED: Final[Mapping[Kind, str]] = {
    Kind.FT: "France Travail",
    Kind.ML: "Mission locale",
    Kind.CONSEIL_DEPARTEMENTAL: "Conseil départemental",
    Kind.ACI: "Les Jardins",
    Kind.EI: "Les Ateliers",
    Kind.AI: "Entraide",
    Kind.ETTI: "Intérim solidaire",
    Kind.GEIQ: "GEIQ",
    Kind.SERVICE_STRUCTURE: "Mobilité pour tous",
    Kind.AGENCY_FRANCE_TRAVAIL: "Agence des immersions",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An organisation and its people, the first of whom administers it."""

    id: OrganisationId
    kind: Kind
    name: str
    department: str
    people: tuple[Actor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The organisations of a département."""

    department: str
    agencies: Sequence[House]
    mission: House
    council: House
    companies: Sequence[House]
    services: Sequence[House]
    immersions: House

    def houses(self) -> Iterator[House]:
        """All of them."""
        yield from (*self.agencies, self.mission, self.council, *self.companies, *self.services, self.immersions)


def places(population: Population) -> Mapping[str, Place]:
    """What there is in each département."""
    draw = Chance(population.seed, "town", population.dossiers)
    milliseconds = int(population.founded.timestamp() * 1000)

    def house(department: str, kind: Kind, number: int = 1) -> House:
        identifier = OrganisationId(str(draw.uuid7(milliseconds)))
        people = tuple(_professional(f"{kind}-{department}-{number}-{place}") for place in range(1, 4))
        name = f"{CALLED[kind]} {department}-{number}"
        return House(id=identifier, kind=kind, name=name, department=department, people=people)

    found = {}
    for department, people in POPULATION.items():
        again = range(1, 2 + people // PER_AGENCY)
        found[department] = Place(
            department=department,
            agencies=[house(department, Kind.FT, number) for number in again],
            mission=house(department, Kind.ML),
            council=house(department, Kind.CONSEIL_DEPARTEMENTAL),
            companies=[
                house(department, COMPANIES[number % len(COMPANIES)], 1 + number)
                for number in range(2 + people // PER_COMPANY)
            ],
            services=[house(department, Kind.SERVICE_STRUCTURE, number) for number in again],
            immersions=house(department, Kind.AGENCY_FRANCE_TRAVAIL),
        )
    return found


def found(agenda: Agenda, houses: Iterable[House], seed: int) -> None:
    """Record them, as staff of the platform."""
    for house in houses:
        draw = Chance(seed, house.id)
        for place, command in enumerate(_begun(house, agenda.clock.at)):
            agenda.submit(
                Request(
                    root=f"organisation/{house.id}",
                    command=command,
                    actor=STAFF,
                    opens_root=not place,
                    correlation_id=str(draw.uuid4()),
                )
            )


def _begun(house: House, at: datetime) -> Iterator[Any]:
    typology = "asso" if house.kind is Kind.SERVICE_STRUCTURE else None
    yield Create(name=house.name, kinds=(house.kind,), departments=(house.department,), typology=typology)
    if house.kind in NEEDING_AUTHORISATION:
        yield GrantAuthorisation(from_day=at.date())
    for person in house.people:
        role = Role.ADMINISTRATOR if person == house.people[0] else Role.MEMBER
        yield AddMember(subject=person.subject, role=role)
    if house.kind is Kind.CONSEIL_DEPARTEMENTAL:
        yield ChangePhone(phone="0123456789")
        yield ConfigureCategory(category=CATEGORY, type=CategoryType.RSA_ORIENTATION)


def _professional(subject: str) -> Actor:
    return Actor(subject=Subject(subject), client="simulation", role=Role.MEMBER)
