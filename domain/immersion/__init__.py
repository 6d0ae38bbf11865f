"""The convention of immersion or mini-stage of Immersion facilitée: signed, validated, and assessed once it is over.

Establishments, their offers and their quotas are kept where they are searched (immersion §6); so are drafts, templates
and requests for archived conventions (§2.9), which are nobody's case yet, and whether a SIRET is open at INSEE.
"""

from typing import Final, get_args

from domain.immersion.commands import ImmersionCommand, Renew, Submit
from domain.immersion.events import ImmersionEvent
from domain.immersion.reminding import deadlines
from domain.immersion.rules import decider
from domain.immersion.state import Immersion, closed, parties
from domain.immersion.table import ACCEPTED_FROM
from domain.journey import Journey
from domain.vocabulary import RootKind

__all__ = ["Immersion", "ImmersionCommand", "ImmersionEvent", "immersion_journey"]

immersion_journey: Final[Journey[ImmersionCommand, Immersion, ImmersionEvent]] = Journey(
    name="immersion",
    plural="immersions",
    root=RootKind.CANDIDATE,
    opening=(Submit, Renew),
    commands=get_args(ImmersionCommand),
    events=get_args(ImmersionEvent),
    decider=decider,
    accepted_from=ACCEPTED_FROM,
    stage=lambda case: case.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
)
