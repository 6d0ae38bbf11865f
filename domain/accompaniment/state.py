"""Where a period of accompaniment stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from domain.accompaniment.codes import Stage, Status
from domain.accompaniment.events import AccompanimentEvent, Begun, Cancelled, Changed, Period, Shortened
from domain.calendar import add_days, paris_day, paris_start
from domain.evolving import replace
from domain.vocabulary import OrganisationId, Parties, Party


@dataclass(frozen=True)
class Accompaniment:
    """One period in which an organisation accompanies the person (*orientation, période d'accompagnement*)."""

    stage: Stage = Stage.NOT_BEGUN
    organisation: OrganisationId | None = None
    #: None only before it is recorded.
    starts_on: date | None = None
    ends_on: date | None = None


def evolve(accompaniment: Accompaniment, event: AccompanimentEvent) -> Accompaniment:
    """The period after an event."""
    match event:
        case Begun() | Changed():
            return _recorded(event)
        case Shortened():
            return replace(accompaniment, ends_on=event.ends_on)
        case Cancelled():
            return replace(accompaniment, stage=Stage.CANCELLED)
        case _:
            assert_never(event)


def _recorded(event: Period) -> Accompaniment:
    return Accompaniment(
        stage=Stage.RECORDED, organisation=event.organisation, starts_on=event.starts_on, ends_on=event.ends_on
    )


def occupied(starts_on: date, ends_on: date | None, today: date) -> tuple[date, date]:
    """The days of a period, the last one excluded: without an end, it lasts to this day (rdv-insertion §7.2)."""
    return starts_on, ends_on or add_days(today, 1)


def status(accompaniment: Accompaniment, now: datetime) -> Status:
    """Whether the period is the current one; on its last day it is no longer (quirk 20: kept)."""
    if accompaniment.stage is Stage.CANCELLED:
        return Status.CANCELLED
    ended = accompaniment.ends_on is not None and accompaniment.ends_on <= paris_day(now)
    return Status.ENDED if ended else Status.CURRENT


def turns(accompaniment: Accompaniment) -> Sequence[datetime]:
    """The first instant after the period."""
    return [] if accompaniment.ends_on is None else [paris_start(accompaniment.ends_on)]


def parties(accompaniment: Accompaniment) -> Parties:
    """The organisation that accompanies; whoever follows the person reads it as well."""
    if accompaniment.organisation is None:
        return {}
    return {Party.RECEIVER: frozenset({accompaniment.organisation})}


def closed(accompaniment: Accompaniment) -> bool:
    """Recorded by mistake."""
    return accompaniment.stage is Stage.CANCELLED
