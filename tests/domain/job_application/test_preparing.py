from datetime import date

import pytest

from domain.calendar import add_days
from domain.job_application.codes import PriorActionKind, Stage
from domain.job_application.commands import AddPriorAction, ChangePriorAction, DeletePriorAction
from domain.job_application.events import (
    MovedToPriorToHire,
    Postponed,
    PriorActionAdded,
    PriorActionChanged,
    PriorActionDeleted,
    PriorToHireCancelled,
)
from domain.job_application.refusals import EndsBeforeItStarts, NoSuchPriorAction, OnlyForGeiq
from domain.job_application.rules import decider
from domain.job_application.state import PriorAction
from tests.domain.job_application.samples import (
    ACI,
    GEIQ,
    NOW,
    TODAY,
    acting_for,
    history,
    prior_action,
    sent,
)
from tests.spec import given

BY_GEIQ = acting_for(GEIQ)
PLANNED = AddPriorAction(kind=PriorActionKind.AFPR, starts_on=TODAY, ends_on=TODAY)
IN_PRIOR_TO_HIRE = history(Stage.PRIOR_TO_HIRE, GEIQ)


def added(number: int) -> PriorActionAdded:
    return PriorActionAdded(at=NOW, number=number, kind=PriorActionKind.AFPR, starts_on=TODAY, ends_on=TODAY)


def test_the_first_prior_action_moves_the_application() -> None:
    given(decider, sent(GEIQ)).within(BY_GEIQ).when(PLANNED).then(added(1), MovedToPriorToHire(at=NOW))


def test_the_next_one_does_not_move_it() -> None:
    given(decider, *IN_PRIOR_TO_HIRE).within(BY_GEIQ).when(PLANNED).then(added(2))


def test_a_number_is_never_used_twice() -> None:
    past = [*IN_PRIOR_TO_HIRE, prior_action(2), PriorActionDeleted(at=NOW, number=2)]
    given(decider, *past).within(BY_GEIQ).when(PLANNED).then(added(3))


def test_the_application_is_studied_again_when_the_last_prior_action_goes() -> None:
    given(decider, *IN_PRIOR_TO_HIRE).within(BY_GEIQ).when(DeletePriorAction(number=1)).then(
        PriorActionDeleted(at=NOW, number=1), PriorToHireCancelled(at=NOW)
    )
    two = [*IN_PRIOR_TO_HIRE, prior_action(2)]
    deleted = PriorActionDeleted(at=NOW, number=1)
    given(decider, *two).within(BY_GEIQ).when(DeletePriorAction(number=1)).then(deleted)
    assert list(decider.fold([*two, deleted]).prior_actions) == [2]


def test_deleting_the_last_prior_action_of_a_postponed_application_leaves_it_postponed() -> None:
    past = [*IN_PRIOR_TO_HIRE, Postponed(at=NOW)]
    given(decider, *past).within(BY_GEIQ).when(DeletePriorAction(number=1)).then(PriorActionDeleted(at=NOW, number=1))


def test_a_prior_action_is_corrected() -> None:
    command = ChangePriorAction(number=1, kind=PriorActionKind.POE, starts_on=TODAY, ends_on=date(2025, 7, 1))
    event = PriorActionChanged(at=NOW, number=1, kind=PriorActionKind.POE, starts_on=TODAY, ends_on=date(2025, 7, 1))
    given(decider, *IN_PRIOR_TO_HIRE).within(BY_GEIQ).when(command).then(event)
    assert decider.fold([*IN_PRIOR_TO_HIRE, event]).prior_actions == {
        1: PriorAction(kind=PriorActionKind.POE, starts_on=TODAY, ends_on=date(2025, 7, 1))
    }


@pytest.mark.parametrize(
    "command",
    [
        AddPriorAction(kind=PriorActionKind.MRS, starts_on=TODAY, ends_on=add_days(TODAY, -1)),
        ChangePriorAction(number=1, kind=PriorActionKind.MRS, starts_on=TODAY, ends_on=add_days(TODAY, -1)),
    ],
)
def test_a_prior_action_does_not_end_before_it_starts(command: AddPriorAction | ChangePriorAction) -> None:
    given(decider, *IN_PRIOR_TO_HIRE).within(BY_GEIQ).when(command).refused(EndsBeforeItStarts)


@pytest.mark.parametrize(
    "command",
    [
        DeletePriorAction(number=2),
        ChangePriorAction(number=2, kind=PriorActionKind.MRS, starts_on=TODAY, ends_on=TODAY),
    ],
)
def test_only_known_prior_actions_change(command: DeletePriorAction | ChangePriorAction) -> None:
    given(decider, *IN_PRIOR_TO_HIRE).within(BY_GEIQ).when(command).refused(NoSuchPriorAction)


def test_only_a_geiq_plans_prior_actions() -> None:
    given(decider, sent(ACI)).within(acting_for(ACI)).when(PLANNED).refused(OnlyForGeiq)
