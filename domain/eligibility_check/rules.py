"""What each command leads to, or the reason why not."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.eligibility_check.certifying import certified
from domain.eligibility_check.commands import (
    CertifyingCommand,
    EligibilityCheckCommand,
    LastingCommand,
    MakingCommand,
    UsingCommand,
)
from domain.eligibility_check.events import EligibilityCheckEvent
from domain.eligibility_check.evolution import evolve
from domain.eligibility_check.lasting import lasted, used
from domain.eligibility_check.making import made
from domain.eligibility_check.refusals import WrongStage
from domain.eligibility_check.state import EligibilityCheck
from domain.eligibility_check.table import ACCEPTED_FROM, offers
from domain.journey import Context, Decider


def decide(
    command: EligibilityCheckCommand, case: EligibilityCheck, context: Context
) -> Sequence[EligibilityCheckEvent]:
    """What a command leads to; raises the `Refusal` of the first rule that it breaks."""
    if case.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=case.stage)
    if isinstance(command, MakingCommand):
        return made(command, context)
    if isinstance(command, LastingCommand):
        return lasted(command, case, context)
    if isinstance(command, UsingCommand):
        return used(command, case)
    if isinstance(command, CertifyingCommand):
        return certified(command, case, context)
    assert_never(command)


decider: Final = Decider(initial=EligibilityCheck(), offers=offers, decide=decide, evolve=evolve)
