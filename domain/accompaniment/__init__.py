"""Accompaniment: which organisation accompanies a person, and how, one period after the other (rdv-insertion §7)."""

from typing import Final, get_args

from domain.accompaniment.codes import Stage, Status
from domain.accompaniment.commands import AccompanimentCommand, Begin, Change
from domain.accompaniment.events import AccompanimentEvent
from domain.accompaniment.planning import eve
from domain.accompaniment.rules import ACCEPTED_FROM, decide, offers
from domain.accompaniment.state import Accompaniment, closed, evolve, parties, status, turns
from domain.journey import Decider, Journey
from domain.vocabulary import RootKind

accompaniment_journey: Final[Journey[AccompanimentCommand, Accompaniment, AccompanimentEvent]] = Journey(
    name="accompaniment",
    plural="accompaniments",
    root=RootKind.CANDIDATE,
    opening=(Begin,),
    commands=get_args(AccompanimentCommand),
    events=get_args(AccompanimentEvent),
    decider=Decider(initial=Accompaniment(), offers=offers, decide=decide, evolve=evolve),
    accepted_from=ACCEPTED_FROM,
    stage=lambda accompaniment: accompaniment.stage,
    parties=parties,
    closed=closed,
    status=status,
    turns=turns,
    consults=(Begin, Change),
)

__all__ = [
    "ACCEPTED_FROM",
    "Accompaniment",
    "AccompanimentCommand",
    "AccompanimentEvent",
    "Stage",
    "Status",
    "accompaniment_journey",
    "closed",
    "decide",
    "eve",
    "evolve",
    "offers",
    "parties",
    "status",
    "turns",
]
