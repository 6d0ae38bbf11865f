"""Who is registered. Everybody is invented: names, numbers and addresses follow from a number and from chance."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from api.demo.cast import FIRST_NAMES, LAST_NAMES
from api.simulation.chance import Chance
from api.simulation.territory import postcode
from domain.calendar import whole_years
from domain.candidate.codes import Title
from domain.candidate.commands import Register
from domain.formats import nir

#: Ages on the day of registration, in years: the youngest of each band, and how many are in it.
AGES: Final = {16: 0.05, 18: 0.13, 21: 0.14, 26: 0.22, 35: 0.19, 45: 0.14, 55: 0.10, 61: 0.03}
WIDTH: Final = 5
#: Shares of those of whom something is known.
WITH_NIR: Final = 0.6
WITH_NUMBER: Final = 0.85
WITH_ADDRESS: Final = 0.9
WITHOUT_BIRTH_DATE: Final = 0.02
WITHOUT_TITLE: Final = 0.05
#: Communes and orders of a NIR.
_COMMUNES: Final = 990
_ORDERS: Final = 999


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, as whoever registers them knows them."""

    number: int
    department: str
    first_name: str
    last_name: str
    born: date
    title: Title
    #: In full years, when they are registered.
    age: int

    @property
    def email(self) -> str:
        """An address that nobody else has."""
        return f"personne{self.number}@example.org"

    @property
    def phone(self) -> str:
        """A mobile number that nobody else has, as long as there are fewer than ten million people."""
        return f"06{self.number % 10**8:08d}"

    @property
    def address(self) -> str:
        """In the département."""
        return f"{1 + self.number % 120} rue de la Gare {postcode(self.department)} Villeneuve"


def person(draw: Chance, number: int, department: str, on: date) -> Person:
    """Somebody of a département, who is registered on a day."""
    age = draw.one_of(AGES) + draw.randrange(WIDTH)
    born = on - timedelta(days=round(365.25 * (age + draw.random())))
    first_name = draw.choice(FIRST_NAMES)
    return Person(
        number=number,
        department=department,
        first_name=first_name,
        last_name=draw.choice(LAST_NAMES),
        born=born,
        age=whole_years(born, on),
        title=Title.MADAME if first_name[-1] in "aeé" else Title.MONSIEUR,
    )


def registration(draw: Chance, who: Person) -> Register:
    """What is said when the person is registered: now and then something is missing."""
    known = not draw.happens(WITHOUT_BIRTH_DATE)
    titled = not draw.happens(WITHOUT_TITLE)
    return Register(
        first_name=who.first_name,
        last_name=who.last_name,
        birth_date=who.born.isoformat() if known else None,
        title=who.title if titled else None,
        email=who.email,
        phone=who.phone,
        address=who.address if draw.happens(WITH_ADDRESS) else None,
        nir=_nir(who) if draw.happens(WITH_NIR) else None,
        france_travail_id=_france_travail_id(who.number) if draw.happens(WITH_NUMBER) else None,
    )


def registered_again(who: Person) -> Register:
    """The same person, whom another organisation did not find: by another number, under a shorter name."""
    return Register(
        first_name=who.first_name,
        last_name=who.last_name,
        birth_date=who.born.isoformat(),
        title=who.title,
        phone=f"07{who.number % 10**8:08d}",
        address=who.address,
    )


def _nir(who: Person) -> str:
    sex = "1" if who.title is Title.MONSIEUR else "2"
    place = who.department if len(who.department) == len("00") else "99"
    commune, order = 1 + who.number // _ORDERS % _COMMUNES, 1 + who.number % _ORDERS
    first = f"{sex}{who.born:%y%m}{place}{commune:03d}{order:03d}"
    return first + nir.key(first)


def _france_travail_id(number: int) -> str:
    return f"{number % 10**7:07d}{chr(ord('A') + number // 10**7 % 26)}"
