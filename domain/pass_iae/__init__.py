"""The PASS IAE: the right of a person to be hired by SIAE, for two years (les-emplois §5).

A right that outlives one hire, and so a journey of its own. What France Travail and the ASP are told of it is not here
(§5.10, §5.11); what a hire asks of it comes by the policies of the dossier.
"""

from typing import Final, get_args

from domain.journey import Journey
from domain.pass_iae.commands import DeliverByHand, Issue, PassIaeCommand, RecordRight
from domain.pass_iae.events import PassIaeEvent
from domain.pass_iae.issuing import draws, used
from domain.pass_iae.reckoning import reckoned
from domain.pass_iae.rules import decider
from domain.pass_iae.state import PassIae, closed, parties
from domain.pass_iae.table import ACCEPTED_FROM, deadlines
from domain.vocabulary import RootKind

__all__ = ["PassIae", "PassIaeCommand", "PassIaeEvent", "pass_iae_journey"]

pass_iae_journey: Final[Journey[PassIaeCommand, PassIae, PassIaeEvent]] = Journey(
    name="pass-iae",
    plural="pass-iae",
    root=RootKind.CANDIDATE,
    opening=(DeliverByHand, RecordRight, Issue),
    commands=get_args(PassIaeCommand),
    events=get_args(PassIaeEvent),
    decider=decider,
    accepted_from=ACCEPTED_FROM,
    stage=lambda case: case.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
    draws=draws,
    used=used,
    shown=reckoned,
)
