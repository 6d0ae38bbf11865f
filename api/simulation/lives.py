"""What happens to somebody: which paths, how they end, and what is corrected of what was said."""

from collections.abc import Iterator, Sequence
from typing import Final

from api.simulation.chance import Chance
from api.simulation.people import Person
from api.simulation.steps import Life, Step, by
from api.simulation.support import immersion_in_a_company, rsa_follow_up, to_a_service
from api.simulation.town import House, Place
from api.simulation.work import found_alone, into_work
from domain.candidate.codes import ClosingReason, Title
from domain.candidate.commands import ChangeContactData, ClosePath, CorrectIdentity, JoinOrganisation, ReopenPath

#: Who registers young people (missions locales are for those under 26), and the others.
OF_YOUNG: Final = {"agency": 0.25, "mission": 0.7, "council": 0.05}
OF_OTHERS: Final = {"agency": 0.68, "council": 0.32}
ADULT: Final = 26
#: Shares of the paths that people are on, several at once. Whoever the council registers is followed for the RSA.
ORIENTED: Final = 0.42
APPLIES: Final = 0.5
RSA: Final = 0.9
IN_IMMERSION: Final = 0.07
WORKS: Final = 0.13
CORRECTED: Final = 0.06
CONTACT_CHANGED: Final = 0.1
CLOSED: Final = 0.09
CLOSED_BECAUSE: Final = {
    ClosingReason.ADMINISTRATIVE: 0.5,
    ClosingReason.MOVED_AWAY: 0.38,
    ClosingReason.DECEASED: 0.07,
    ClosingReason.OPPOSITION_TO_PROCESSING: 0.05,
}
REOPENED: Final = 0.15


def life_of(draw: Chance, who: Person, place: Place) -> tuple[House, Sequence[Step]]:
    """Who registers the person, and everything that follows."""
    home = _home(draw, who, place)
    life = Life(draw=draw, who=who, place=place, home=home, agent=draw.choice(home.people))
    return home, tuple(_everything(life))


def _home(draw: Chance, who: Person, place: Place) -> House:
    match draw.one_of(OF_YOUNG if who.age < ADULT else OF_OTHERS):
        case "mission":
            return place.mission
        case "council":
            return place.council
        case _:
            return draw.choice(place.agencies)


def _everything(life: Life) -> Iterator[Step]:
    draw = life.draw
    if life.home is life.place.council:
        if draw.happens(RSA):
            yield rsa_follow_up(life)
        agency = draw.choice(life.place.agencies)
        paths = tuple(_paths(life, agency))
        yield by(draw, agency, draw.days(5), JoinOrganisation(organisation=agency.id), "candidate", then=paths)
    else:
        yield from _paths(life, life.home)
    yield from _said_again(life)
    yield from _ended(life)


def _paths(life: Life, prescriber: House) -> Iterator[Step]:
    draw = life.draw
    if draw.happens(ORIENTED):
        yield to_a_service(life)
    if draw.happens(APPLIES):
        yield into_work(life, prescriber)
    if draw.happens(IN_IMMERSION):
        yield immersion_in_a_company(life)
    if draw.happens(WORKS):
        yield found_alone(life)


def _said_again(life: Life) -> Iterator[Step]:
    draw, who = life.draw, life.who
    if draw.happens(CORRECTED):
        title = Title.MADAME if who.title is Title.MONSIEUR else Title.MONSIEUR
        correction = CorrectIdentity(
            first_name=who.first_name,
            last_name=who.last_name,
            birth_date=who.born.isoformat(),
            title=None if draw.happens(0.9) else title,
        )
        yield by(draw, life.home, draw.days(20), correction, "candidate")
    if draw.happens(CONTACT_CHANGED):
        moved = ChangeContactData(address=who.address, email=f"nouveau{who.number}@example.org")
        yield by(draw, life.home, draw.days(60), moved, "candidate")


def _ended(life: Life) -> Iterator[Step]:
    draw = life.draw
    if not draw.happens(CLOSED):
        return
    reason = draw.one_of(CLOSED_BECAUSE)
    again = [by(draw, life.home, draw.days(90), ReopenPath(), "candidate")] if draw.happens(REOPENED) else []
    late = draw.days(4, most=30)
    yield by(draw, life.home, draw.days(120, 0.9), ClosePath(reason=reason), "candidate", late=late, then=again)
