"""Enough people, in several départements, for figures to be shown: statistical secrecy hides what tells of a few."""

from collections.abc import Iterator, Sequence
from typing import Final

from api.demo.cast import House
from api.demo.crowd_paths import MONTH, path, towards_an_accompaniment, with_an_immersion
from api.demo.services import check_up
from api.demo.steps import Story
from api.demo.towns import One, Town
from domain.organisation import Kind

#: The last ones by number, of each région and of all, are hidden with those where nobody lives; those of the north are
#: enough for what changes their figures to be told.
TOWNS: Final[Sequence[Town]] = (
    Town("35", "Rennes", "35200", 18, 0),
    Town("56", "Vannes", "56000", 15, 2),
    Town("33", "Bordeaux", "33000", 14, 4),
    Town("59", "Lille", "59000", 46, 9),
    Town("62", "Arras", "62000", 36, 12),
)
#: How many times thirty days ago the first ones came.
MONTHS: Final = 13
#: Those whom the council of Ille-et-Vilaine follows up, and those who go to an establishment: how many come in thirty
#: days, and for how many days some have: as long as their indicators look ahead, and two months.
FOLLOWED: Final = (30, 90 + 62)
IMMERSED: Final = (20, 30 + 183 + 62)


def houses() -> Iterator[tuple[str, House]]:
    """An agency, four companies and a mobility service in each town."""
    for town in TOWNS:
        where = (town.department,)
        person, house = town.agency
        yield house, House(name=f"France Travail {town.name}", kinds=(Kind.FT,), departments=where, people=(person,))
        for (person, house), (name, kind) in zip(town.workshops, WORKSHOPS, strict=True):
            yield house, House(name=f"{name} de {town.name}", kinds=(kind,), departments=where, people=(person,))
        person, house = town.mobility
        yield (
            house,
            House(
                name=f"Mobilité {town.name}",
                kinds=(Kind.SERVICE_STRUCTURE,),
                departments=where,
                people=(person,),
                typology="asso",
                configured=(check_up(house, town.department),),
            ),
        )


#: So many that none makes most of what tells of companies.
WORKSHOPS: Final = (
    ("Atelier", Kind.ACI),
    ("Jardins", Kind.ACI),
    ("Recyclerie", Kind.EI),
    ("Régie de quartier", Kind.EI),
)


def crowd() -> Iterator[tuple[Story, int]]:
    """Everybody, and how many days ago their story began."""
    for place, town in enumerate(TOWNS):
        by, house = town.agency
        for number in range(MONTHS * town.people):
            one = One(town=town, number=number, month=number // town.people, place=place)
            story = Story(title="one of many", by=by, house=house, steps=tuple(path(one)), address=town.address)
            yield story, MONTHS * MONTH - MONTH * number // town.people
    for number, ago in _coming(*FOLLOWED):
        yield Story(title="one of many", by="odile", house="council", steps=towards_an_accompaniment(number)), ago
    for number, ago in _coming(*IMMERSED):
        yield Story(title="one of many", by="leila", house="mission", steps=with_an_immersion(number)), ago


def _coming(of_a_month: int, days: int) -> Iterator[tuple[int, int]]:
    """Their numbers, and how many days ago they came."""
    return ((number, days - MONTH * number // of_a_month) for number in range(of_a_month * days // MONTH))
