"""What each command leads to, or the reason why not."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.immersion.assessing import assessed
from domain.immersion.commands import (
    AssessingCommand,
    CorrectingCommand,
    DecidingCommand,
    ImmersionCommand,
    LinkCommand,
    MovingCommand,
    OpeningCommand,
    Remind,
    SigningCommand,
    TimeCommand,
)
from domain.immersion.correcting import corrected
from domain.immersion.deciding import decided
from domain.immersion.events import AssessmentRequested, ImmersionEvent, Reminded
from domain.immersion.evolution import evolve
from domain.immersion.linking import linked
from domain.immersion.moving import moved
from domain.immersion.refusals import BeforeItWasSubmitted, NotDue, WrongStage
from domain.immersion.reminding import is_due
from domain.immersion.signing import signed
from domain.immersion.state import Immersion
from domain.immersion.submitting import opened
from domain.immersion.table import ACCEPTED_FROM, offers
from domain.journey import Context, Decider


def decide(command: ImmersionCommand, case: Immersion, context: Context) -> Sequence[ImmersionEvent]:
    """What a command leads to; raises the `Refusal` of the first rule that it breaks."""
    if case.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=case.stage)
    if case.submitted_at is not None and context.at < case.submitted_at:
        context.insist(BeforeItWasSubmitted())
    if isinstance(command, OpeningCommand):
        return [opened(command, context)]
    if isinstance(command, SigningCommand):
        return signed(command, case, context)
    if isinstance(command, DecidingCommand):
        return [decided(command, case, context)]
    if isinstance(command, CorrectingCommand):
        return corrected(command, case, context)
    return [_carried_on(command, case, context)]


def _carried_on(
    command: MovingCommand | LinkCommand | AssessingCommand | TimeCommand, case: Immersion, context: Context
) -> ImmersionEvent:
    if isinstance(command, MovingCommand):
        return moved(command, case, context)
    if isinstance(command, LinkCommand):
        return linked(command, case, context)
    if isinstance(command, AssessingCommand):
        return assessed(command, case, context)
    if isinstance(command, TimeCommand):
        return _time_has_come(command, case, context)
    assert_never(command)


def _time_has_come(command: TimeCommand, case: Immersion, context: Context) -> ImmersionEvent:
    if not is_due(command, case, context.at):
        context.insist(NotDue())
    return Reminded(at=context.at, of=command.of) if isinstance(command, Remind) else AssessmentRequested(at=context.at)


decider: Final = Decider(initial=Immersion(), offers=offers, decide=decide, evolve=evolve)
