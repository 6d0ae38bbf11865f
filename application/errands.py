"""What Parcours does by itself, once, from any number of processes; whatever comes of one keeps no other waiting."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from application.decision import PARCOURS
from application.desk import Desk
from application.ports import Conflict, RecordBroken
from application.requests import Request, UnknownJourney
from domain.journey import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A command for a journey that exists."""

    root: str
    journey: str
    command: Any
    #: What makes it one errand in its dossier, however often it is run.
    key: str
    origin: str = "policy"
    #: When it happened; now if not given.
    occurred_at: datetime | None = None


class Came(StrEnum):
    """What came of an errand."""

    RECORDED = "recorded"
    #: Run before, or nothing had to happen.
    SETTLED = "settled"
    #: A rule says no: something else has happened meanwhile.
    REFUSED = "refused"
    #: Somebody else was writing: it can be run again.
    BUSY = "busy"
    #: The dossier cannot be read: somebody has to look at it.
    BROKEN = "broken"


def run(desk: Desk, errand: Errand) -> Came:
    """Submit the command as Parcours itself."""
    request = Request(
        root=errand.root,
        journey=errand.journey,
        command=errand.command,
        actor=PARCOURS,
        occurred_at=errand.occurred_at,
        idempotency_key=errand.key,
        correlation_id=f"{errand.root}/{errand.key}",
        origin=errand.origin,
    )
    try:
        outcome = desk.submit(request)
    except (Refusal, UnknownJourney):
        return Came.REFUSED
    except Conflict:
        return Came.BUSY
    except RecordBroken:
        return Came.BROKEN
    return Came.RECORDED if outcome.recorded and not outcome.repeated else Came.SETTLED
