"""What lives are made of: commands, each some days after what it follows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from api.simulation.chance import Chance
from api.simulation.people import Person
from api.simulation.town import House, Place
from domain.vocabulary import Actor, Role, Subject

#: A service that tells what people without an account did (immersion §1.3).
WITNESS: Final = Actor(subject=Subject("signatures"), client="immersion-facilitee", role=Role.WITNESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One command, by somebody, for a house if they act for one."""

    days: int
    by: Actor
    house: House | None = None
    #: Told the day on which it happens.
    make: Callable[[date], Any]
    #: The kind of journey that it goes on with: that of the step it follows, or the newest one; None opens a journey.
    of: str | None = None
    #: Recorded so many days after it happened.
    late: int = 0
    then: Sequence["Step"] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """Whom something happens to, where, and how it is drawn."""

    draw: Chance
    who: Person
    place: Place
    #: Who registered the person, and follows them.
    home: House
    agent: Actor


def by(draw: Chance, house: House, days: int, command: Any, of: str | None = None, **more: Any) -> Step:
    """Something that somebody of a house says, whatever day it is."""
    return Step(days=days, by=draw.choice(house.people), house=house, make=lambda _: command, of=of, **more)
