"""What each command leads to, or the reason why not."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.hiring.commands import (
    AgreementCommand,
    ContractCommand,
    HiringCommand,
    PassCommand,
    RecordCommand,
    UpdateCommand,
)
from domain.hiring.contract import agreed, contracted
from domain.hiring.events import HiringEvent
from domain.hiring.evolution import evolve
from domain.hiring.passes import under_pass
from domain.hiring.records import declared_to_asp, updated
from domain.hiring.refusals import WrongStage
from domain.hiring.state import Hiring
from domain.hiring.table import ACCEPTED_FROM, offers
from domain.journey import Context, Decider


def decide(command: HiringCommand, case: Hiring, context: Context) -> Sequence[HiringEvent]:
    """What a command leads to; raises the `Refusal` of the first rule that it breaks."""
    if case.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=case.stage)
    if isinstance(command, AgreementCommand):
        return agreed(command, case, context)
    if isinstance(command, ContractCommand):
        return contracted(command, case, context)
    if isinstance(command, PassCommand):
        return under_pass(command, case, context)
    if isinstance(command, RecordCommand):
        return declared_to_asp(command, case, context)
    if isinstance(command, UpdateCommand):
        return updated(command, case, context)
    assert_never(command)


decider: Final = Decider(initial=Hiring(), offers=offers, decide=decide, evolve=evolve)
