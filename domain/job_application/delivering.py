"""How a hire gets its PASS IAE, and loses it (les-emplois §4.7, §5.8)."""

from collections.abc import Sequence
from typing import assert_never

from domain.iae.companies import is_siae
from domain.job_application.commands import DeliveryCommand, RecordPass, RefuseDelivery
from domain.job_application.events import DeliveryRefused, JobApplicationEvent, PassLost, PassRecorded
from domain.job_application.refusals import DeliveryAlreadyRefused, NotASiae, NothingToDeliver, PassAlreadyRecorded
from domain.job_application.state import JobApplication
from domain.job_application.table import awaits_delivery
from domain.journey import Context


def delivered(command: DeliveryCommand, case: JobApplication, context: Context) -> Sequence[JobApplicationEvent]:
    """What a PASS, or the decision that there is none, records."""
    match command:
        case RecordPass():
            return _recorded(command, case, context)
        case RefuseDelivery():
            if not awaits_delivery(case):
                raise NothingToDeliver
            return [DeliveryRefused(at=context.at, by=context.actor.subject)]
        case _:
            assert_never(command)


def _recorded(command: RecordPass, case: JobApplication, context: Context) -> Sequence[JobApplicationEvent]:
    if command.pass_iae == case.pass_iae:
        return []
    if command.pass_iae is None:
        return [PassLost(at=context.at)]
    if not is_siae(case.company_kinds):
        context.insist(NotASiae())
    if case.pass_iae is not None:
        raise PassAlreadyRecorded(pass_iae=case.pass_iae)
    if case.delivery_refused_at is not None:
        raise DeliveryAlreadyRefused
    return [PassRecorded(at=context.at, pass_iae=command.pass_iae)]
