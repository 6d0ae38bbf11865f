"""What each command leads to, or the reason why not."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.journey import Context, Decider
from domain.pass_iae.commands import (
    MovingCommand,
    OpeningCommand,
    PassIaeCommand,
    ProlongationCommand,
    RequestCommand,
    SuspensionCommand,
)
from domain.pass_iae.events import Ended, EndMoved, PassIaeEvent
from domain.pass_iae.evolution import evolve
from domain.pass_iae.issuing import issued
from domain.pass_iae.moving import moved
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
    events = _decided(command, case, context)
    ends = [event.pass_ends_on for event in events if isinstance(event, EndMoved)]
    back = ends and ends[-1] == case.ended_on != case.ends_on
    # Time asks once for each last day: one that was told before is told again at once.
    return [*events, Ended(on=ends[-1])] if back else events


def _decided(command: PassIaeCommand, case: PassIae, context: Context) -> Sequence[PassIaeEvent]:
    if isinstance(command, OpeningCommand):
        return [issued(command, context)]
    if isinstance(command, MovingCommand):
        return moved(command, case, context)
    if isinstance(command, SuspensionCommand):
        return [suspended(command, case, context)]
    if isinstance(command, ProlongationCommand):
        return [prolonged(command, case, context)]
    if isinstance(command, RequestCommand):
        return requested(command, case, context)
    assert_never(command)


decider: Final = Decider(initial=PassIae(), offers=offers, decide=decide, evolve=evolve)
