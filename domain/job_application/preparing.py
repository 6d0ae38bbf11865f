"""What a GEIQ does with a person before hiring them (les-emplois §4.5)."""

from collections.abc import Sequence
from typing import assert_never

from domain.job_application.codes import Stage
from domain.job_application.commands import (
    AddPriorAction,
    ChangePriorAction,
    DeletePriorAction,
    PriorActionCommand,
)
from domain.job_application.events import (
    JobApplicationEvent,
    MovedToPriorToHire,
    PriorActionAdded,
    PriorActionChanged,
    PriorActionDeleted,
    PriorToHireCancelled,
)
from domain.job_application.refusals import EndsBeforeItStarts, NoSuchPriorAction, OnlyForGeiq
from domain.job_application.state import JobApplication
from domain.journey import Context


def prepared(command: PriorActionCommand, case: JobApplication, context: Context) -> Sequence[JobApplicationEvent]:
    """What planning, correcting or giving up a prior action records."""
    if not case.to_geiq:
        raise OnlyForGeiq
    match command:
        case AddPriorAction():
            return _added(command, case, context)
        case ChangePriorAction():
            return [_changed(command, case, context)]
        case DeletePriorAction():
            return _deleted(command, case, context)
        case _:
            assert_never(command)


def _check_days(command: AddPriorAction | ChangePriorAction) -> None:
    if command.ends_on < command.starts_on:
        raise EndsBeforeItStarts


def _check_number(number: int, case: JobApplication) -> None:
    if number not in case.prior_actions:
        raise NoSuchPriorAction(number=number)


def _added(command: AddPriorAction, case: JobApplication, context: Context) -> Sequence[JobApplicationEvent]:
    _check_days(command)
    added = PriorActionAdded(
        at=context.at,
        number=case.last_prior_action + 1,
        kind=command.kind,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
    )
    return [added] if case.stage is Stage.PRIOR_TO_HIRE else [added, MovedToPriorToHire(at=context.at)]


def _changed(command: ChangePriorAction, case: JobApplication, context: Context) -> PriorActionChanged:
    _check_number(command.number, case)
    _check_days(command)
    return PriorActionChanged(
        at=context.at,
        number=command.number,
        kind=command.kind,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
    )


def _deleted(command: DeletePriorAction, case: JobApplication, context: Context) -> Sequence[JobApplicationEvent]:
    _check_number(command.number, case)
    deleted = PriorActionDeleted(at=context.at, number=command.number)
    last_one = case.stage is Stage.PRIOR_TO_HIRE and len(case.prior_actions) == 1
    return [deleted, PriorToHireCancelled(at=context.at)] if last_one else [deleted]
