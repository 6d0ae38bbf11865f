"""The hire: what a person and a company agreed on, from the first day to the last, and its declaration to the ASP.

An accepted application opens it, moves it and cancels it (les-emplois §4.7, §4.8); the PASS IAE that it stands under is
a journey of its own. The employee record (fiche salarié, §6) is told as far as it constrains hires: its five steps, its
files and what the ASP is sent belong to the service that fills it in.
"""

from typing import Final, get_args

from domain.hiring.commands import Declare, HiringCommand
from domain.hiring.events import HiringEvent
from domain.hiring.rules import decider
from domain.hiring.state import Hiring, closed, parties
from domain.hiring.table import ACCEPTED_FROM, deadlines
from domain.journey import Journey
from domain.vocabulary import RootKind

__all__ = ["Hiring", "HiringCommand", "HiringEvent", "hiring_journey"]

hiring_journey: Final[Journey[HiringCommand, Hiring, HiringEvent]] = Journey(
    name="hiring",
    plural="hirings",
    root=RootKind.CANDIDATE,
    opening=(Declare,),
    commands=get_args(HiringCommand),
    events=get_args(HiringEvent),
    decider=decider,
    accepted_from=ACCEPTED_FROM,
    stage=lambda case: case.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
)
