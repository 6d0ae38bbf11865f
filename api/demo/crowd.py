"""Enough people, in several départements, for figures to be shown: statistical secrecy hides what tells of a few."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from api.demo.cast import House
from api.demo.services import check_up
from api.demo.steps import (
    FIRST_APPLICATION,
    Step,
    Story,
    applies,
    dated,
    finds_work,
    is_sent,
    qualifies,
    refuses,
    says,
)
from domain.candidate import commands as candidate
from domain.candidate.codes import ClosingReason
from domain.job_application import commands as apply
from domain.job_application.codes import RefusalReason
from domain.organisation import Kind


@dataclass(frozen=True, slots=True)
class Town:
    """Where some of them live: how many people come in thirty days, and by how many days things take longer there."""

    department: str
    name: str
    postcode: str
    people: int
    slower: int

    @property
    def agency(self) -> tuple[str, str]:
        """Who registers and sends people, and for which house."""
        return f"agent-{self.department}", f"agency-{self.department}"

    @property
    def workshop(self) -> tuple[str, str]:
        """Who hires."""
        return f"chef-{self.department}", f"workshop-{self.department}"

    @property
    def mobility(self) -> tuple[str, str]:
        """Who welcomes."""
        return f"accueil-{self.department}", f"mobility-{self.department}"


#: The last ones by number, of each région and of all, are hidden with those where nobody lives.
TOWNS: Final[Sequence[Town]] = (
    Town("35", "Rennes", "35200", 22, 0),
    Town("56", "Vannes", "56000", 18, 2),
    Town("33", "Bordeaux", "33000", 13, 4),
    Town("59", "Lille", "59000", 26, 9),
    Town("62", "Arras", "62000", 18, 12),
)
#: How many times thirty days ago the first ones came.
MONTHS: Final = 13
#: Some is told so many days after it happened: figures change when it is.
LATE: Final = 70


def houses() -> Iterator[tuple[str, House]]:
    """An agency, a workshop and a mobility service in each town."""
    for town in TOWNS:
        for (person, house), name, kind in (
            (town.agency, f"France Travail {town.name}", Kind.FT),
            (town.workshop, f"Atelier de {town.name}", Kind.ACI),
            (town.mobility, f"Mobilité {town.name}", Kind.SERVICE_STRUCTURE),
        ):
            offers = kind is Kind.SERVICE_STRUCTURE
            yield (
                house,
                House(
                    name=name,
                    kinds=(kind,),
                    departments=(town.department,),
                    people=(person,),
                    typology="asso" if offers else None,
                    configured=(check_up(house, town.department),) if offers else (),
                ),
            )


def crowd() -> Iterator[tuple[Story, int]]:
    """Everybody, and how many days ago their story began."""
    for place, town in enumerate(TOWNS):
        by, house = town.agency
        address = f"1 rue de la Gare, {town.postcode} {town.name}"
        for number in range(MONTHS * town.people):
            steps = tuple(_path(town, 7 * number + 3 * place, number // town.people))
            story = Story(title="one of many", by=by, house=house, steps=steps, address=address)
            yield story, 30 * MONTHS - 30 * number // town.people


def _path(town: Town, number: int, month: int) -> Iterator[Step]:
    """What becomes of somebody: their number and the month decide, so that every demonstration is alike."""
    if number % 4:
        yield is_sent(1, *town.agency, town.mobility[1])
    yield from OUTCOMES[(number * 5 + month * 3) % len(OUTCOMES)](town, town.slower + number % 5)


def _works(town: Town, later: int) -> Sequence[Step]:
    return (finds_work(6 + later, *town.agency),)


def _works_and_tells_it_late(town: Town, later: int) -> Sequence[Step]:
    return (finds_work(9 + later, *town.agency, told=LATE),)


def _does_not_work_after_all(town: Town, later: int) -> Sequence[Step]:
    def retracted(on: date) -> candidate.RetractEmploymentFound:
        return candidate.RetractEmploymentFound(on=on - timedelta(days=LATE))

    undone = dated(9 + later + LATE, *town.agency, retracted, "candidate")
    return finds_work(9 + later, *town.agency), undone


def _is_hired(town: Town, later: int) -> Sequence[Step]:
    accepted = dated(12 + later, *town.workshop, lambda on: apply.Accept(starts_on=on), FIRST_APPLICATION)
    return qualifies(1, *town.agency), _asks(town), accepted


def _is_refused(town: Town, later: int) -> Sequence[Step]:
    return _asks(town), refuses(14 + later, *town.workshop, RefusalReason.LACKING_SKILLS)


def _is_not_answered(town: Town, _: int) -> Sequence[Step]:
    return (_asks(town),)


def _moves_away(town: Town, later: int) -> Sequence[Step]:
    gone = candidate.ClosePath(reason=ClosingReason.MOVED_AWAY)
    return (says(14 + later, *town.agency, gone, "candidate"),)


def _waits(_: Town, __: int) -> Sequence[Step]:
    return ()


def _asks(town: Town) -> Step:
    return applies(2, town.workshop[1], *town.agency)


OUTCOMES: Final[Sequence[Callable[[Town, int], Sequence[Step]]]] = (
    *(_works, _works, _works_and_tells_it_late, _works_and_tells_it_late, _works_and_tells_it_late),
    _does_not_work_after_all,
    *(_is_hired, _is_hired, _is_refused, _is_not_answered, _moves_away),
    *(_waits, _waits, _waits, _waits, _waits),
)
