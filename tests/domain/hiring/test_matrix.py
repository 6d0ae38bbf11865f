from collections.abc import Sequence

import pytest

from domain.hiring import HiringCommand, hiring_journey
from domain.hiring.codes import EndReason, ExitCategory, Stage
from domain.hiring.commands import (
    AnswerUpdateNotification,
    ArchiveEmployeeRecord,
    Cancel,
    ChangeDates,
    ChangeEnd,
    CompleteEmployeeRecord,
    CorrectEnd,
    CreateEmployeeRecord,
    Declare,
    DisableEmployeeRecord,
    EnableEmployeeRecord,
    EndAsPlanned,
    EndContract,
    FollowPass,
    ProcessEmployeeRecord,
    RecordPass,
    RejectEmployeeRecord,
    Renew,
    RetractEnd,
    SendEmployeeRecord,
    SendUpdateNotification,
    StartContract,
    UnarchiveEmployeeRecord,
)
from domain.hiring.refusals import WrongStage
from domain.hiring.rules import decider
from domain.hiring.table import ACCEPTED_FROM
from domain.journey import Refusal
from tests.domain.hiring.samples import ACI, NOW, SIRET, SYSTEM, TODAY, at, history

STANDING = "declared started ended"

#: Each command, and from where.
EXPECTED: Sequence[tuple[HiringCommand, str]] = (
    (
        Declare(application="job-application-1", company=ACI, company_kinds=("aci",), agreed_at=NOW, starts_on=TODAY),
        "not_declared",
    ),
    (ChangeDates(starts_on=TODAY), "declared started"),
    (Cancel(), STANDING),
    (RecordPass(pass_iae=None), STANDING),
    (FollowPass(), STANDING),
    (StartContract(), "declared"),
    (ChangeEnd(), "declared started"),
    (Renew(), "started ended"),
    (EndContract(on=TODAY, reason=EndReason.OTHER, category=ExitCategory.UNKNOWN), "started"),
    (EndAsPlanned(), "started"),
    (CorrectEnd(on=TODAY, reason=EndReason.OTHER, category=ExitCategory.UNKNOWN), "ended"),
    (RetractEnd(), "ended"),
    (CreateEmployeeRecord(siret=SIRET), STANDING),
    (CompleteEmployeeRecord(), STANDING),
    (SendEmployeeRecord(file="f", line=1), STANDING),
    (RejectEmployeeRecord(code="3308"), STANDING),
    (ProcessEmployeeRecord(code="0000"), STANDING),
    (DisableEmployeeRecord(), STANDING),
    (EnableEmployeeRecord(), STANDING),
    (ArchiveEmployeeRecord(), STANDING),
    (UnarchiveEmployeeRecord(), STANDING),
    (SendUpdateNotification(), STANDING),
    (AnswerUpdateNotification(accepted=True), STANDING),
)


def refusal_of(command: HiringCommand, stage: Stage) -> type[Refusal] | None:
    try:
        decider.decide(command, decider.fold(history(stage)), at(actor=SYSTEM))
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(("command", "allowed"), EXPECTED)
def test_each_command_is_taken_at_the_stages_that_the_table_says_and_at_no_other(
    command: HiringCommand, allowed: str, stage: Stage
) -> None:
    assert (refusal_of(command, stage) is WrongStage) == (stage not in allowed.split())


def test_the_matrix_and_the_table_name_every_command() -> None:
    assert {type(command) for command, _ in EXPECTED} == set(hiring_journey.commands) == set(ACCEPTED_FROM)


@pytest.mark.parametrize("stage", Stage)
def test_what_is_offered_is_taken_at_that_stage(stage: Stage) -> None:
    offered = decider.offers(decider.fold(history(stage)))
    assert all(stage in ACCEPTED_FROM[kind] for kind in offered)
    assert bool(offered) == (stage is not Stage.CANCELLED)


def test_a_hire_that_has_just_started_offers_this() -> None:
    offered = {kind.__name__ for kind in decider.offers(decider.fold(history(Stage.STARTED)))}
    assert offered == {
        "Cancel",
        "ChangeDates",
        "ChangeEnd",
        "CreateEmployeeRecord",
        "EndAsPlanned",
        "EndContract",
        "FollowPass",
        "RecordPass",
        "Renew",
    }
