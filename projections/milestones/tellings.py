"""What an event tells of the facts that count."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from projections.milestones.kinds import Kind


class Trait(StrEnum):
    """What divides figures and is known of a candidate from a day on."""

    DEPARTMENT = "department"
    BIRTH_YEAR = "birth_year"
    TITLE = "title"
    #: The highest level of the administrative criteria of the person's diagnosis.
    CRITERIA = "criteria"


@dataclass(frozen=True, slots=True)
class Happened:
    """A fact that counts, on a calendar day in Paris."""

    kind: Kind
    on: date
    #: For a merge: the root that is kept.
    into: str | None = None
    #: What qualifies the fact: who sent, why it was refused, how somebody was invited. A code. What qualifies the
    #: journey if it is None.
    detail: str | None = None
    #: The organisation that the fact is addressed to, and its kinds on that day.
    receiver: str | None = None
    receiver_kinds: tuple[str, ...] = ()
    #: Another journey, if what qualifies that one qualifies the fact: a hire, by who made its diagnosis.
    qualified_by: str | None = None


@dataclass(frozen=True, slots=True)
class Voided:
    """The facts of that kind that this journey had told, of one day if it is given, do not hold."""

    kind: Kind
    on: date | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """The last fact of that kind that this journey had told, then voided, holds after all, on its own day."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Learned:
    """A trait has this value from a day on; None is unknown."""

    trait: Trait
    value: str | None
    on: date


@dataclass(frozen=True, slots=True)
class PartOf:
    """Whatever this journey tells is about the same thing as another one of the dossier: a hire, its application."""

    journey: str


@dataclass(frozen=True, slots=True)
class Qualified:
    """Whatever this journey tells is qualified so, unless it says something else itself."""

    detail: str


@dataclass(frozen=True, slots=True)
class With:
    """Whatever this journey tells from a day on is about this company: an organisation's id, or `siret:…`."""

    company: str
    since: date = date.min


Telling = Happened | Voided | Restored | Learned | PartOf | Qualified | With
