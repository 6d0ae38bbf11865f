"""What each command leads to, or the reason why not."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.job_application.acceptance import hired
from domain.job_application.admission import opened
from domain.job_application.answering import answered
from domain.job_application.commands import (
    AnsweringCommand,
    DeliveryCommand,
    HiringCommand,
    JobApplicationCommand,
    KeepingCommand,
    MovingCommand,
    OpeningCommand,
    PriorActionCommand,
)
from domain.job_application.delivering import delivered
from domain.job_application.events import JobApplicationEvent
from domain.job_application.evolution import evolve
from domain.job_application.keeping import kept
from domain.job_application.moving import moved
from domain.job_application.preparing import prepared
from domain.job_application.refusals import WrongStage
from domain.job_application.state import JobApplication
from domain.job_application.table import ACCEPTED_FROM, offers
from domain.journey import Context, Decider


def decide(command: JobApplicationCommand, case: JobApplication, context: Context) -> Sequence[JobApplicationEvent]:
    """What a command leads to; raises the `Refusal` of the first rule that it breaks."""
    if case.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=case.stage)
    if isinstance(command, OpeningCommand):
        return opened(command, context)
    if isinstance(command, AnsweringCommand):
        return [answered(command, case, context)]
    if isinstance(command, HiringCommand | DeliveryCommand):
        return _of_the_hire(command, case, context)
    if isinstance(command, PriorActionCommand):
        return prepared(command, case, context)
    if isinstance(command, MovingCommand):
        return [moved(command, case, context)]
    if isinstance(command, KeepingCommand):
        return [kept(command, case, context)]
    assert_never(command)


def _of_the_hire(
    command: HiringCommand | DeliveryCommand, case: JobApplication, context: Context
) -> Sequence[JobApplicationEvent]:
    if isinstance(command, DeliveryCommand):
        return delivered(command, case, context)
    return hired(command, case, context)


decider: Final = Decider(initial=JobApplication(), offers=offers, decide=decide, evolve=evolve)
