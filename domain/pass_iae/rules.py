"""What each command leads to, or the reason why not."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.journey import Context, Decider
from domain.pass_iae.commands import (
    ClosingCommand,
    HireCommand,
    OpeningCommand,
    PassIaeCommand,
    ProlongationCommand,
    RequestCommand,
    StaffCommand,
    SuspensionCommand,
)
from domain.pass_iae.events import PassIaeEvent
from domain.pass_iae.evolution import evolve
from domain.pass_iae.issuing import issued
from domain.pass_iae.moving import closing, corrected, followed
from domain.pass_iae.prolonging import prolonged
from domain.pass_iae.refusals import WrongStage
from domain.pass_iae.requesting import requested
from domain.pass_iae.state import PassIae
from domain.pass_iae.suspending import suspended
from domain.pass_iae.table import ACCEPTED_FROM, offers


def decide(command: PassIaeCommand, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    """What a command leads to; raises the `Refusal` of the first rule that it breaks."""
    if case.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=case.stage)
    if isinstance(command, OpeningCommand):
        return [issued(command, context)]
    if isinstance(command, HireCommand):
        return followed(command, case, context)
    if isinstance(command, StaffCommand | ClosingCommand):
        return _by_staff_or_time(command, case, context)
    if isinstance(command, SuspensionCommand):
        return [suspended(command, case, context)]
    if isinstance(command, ProlongationCommand):
        return [prolonged(command, case, context)]
    if isinstance(command, RequestCommand):
        return requested(command, case, context)
    assert_never(command)


def _by_staff_or_time(
    command: StaffCommand | ClosingCommand, case: PassIae, context: Context
) -> Sequence[PassIaeEvent]:
    if isinstance(command, StaffCommand):
        return corrected(command, case, context)
    return closing(command, case, context)


decider: Final = Decider(initial=PassIae(), offers=offers, decide=decide, evolve=evolve)
