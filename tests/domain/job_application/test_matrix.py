from collections.abc import Sequence
from dataclasses import replace

import pytest

from domain.calendar import add_days
from domain.job_application import JobApplicationCommand, JobApplicationEvent, job_application_journey
from domain.job_application.codes import Delivery, PriorActionKind, RefusalReason, Stage
from domain.job_application.commands import (
    Accept,
    AddComment,
    AddPriorAction,
    AddToPool,
    Archive,
    ArchiveAutomatically,
    CancelHire,
    ChangeHiringDates,
    ChangePriorAction,
    DeclareHire,
    DeleteComment,
    DeletePriorAction,
    Postpone,
    RecordExternalTransfer,
    RecordPass,
    Refuse,
    RefuseAutomatically,
    RefuseDelivery,
    RenderObsolete,
    Reset,
    StartProcessing,
    Submit,
    Transfer,
    TransferExternally,
    Unarchive,
)
from domain.job_application.events import Accepted, Archived, Commented
from domain.job_application.refusals import WrongStage
from domain.job_application.rules import decider
from domain.journey import Context
from tests.domain.job_application.samples import (
    ACI,
    EI,
    GEIQ,
    LONG_AGO,
    NOUR,
    TODAY,
    acting_for,
    beside,
    history,
    prior_action,
    standing,
)

TOMORROW = add_days(TODAY, 1)
SAME = ""
SENT = "new processing postponed prior_to_hire pool accepted refused cancelled obsolete"
ALL_BUT_ACCEPTED = "new processing postponed prior_to_hire pool refused cancelled obsolete"

#: les-emplois §4.3, §4.5, §4.6: each command, from where, to where.
EXPECTED: Sequence[tuple[JobApplicationCommand, str, str]] = (
    (Submit(company=ACI.id, message="Bonjour"), "not_sent", "new"),
    (TransferExternally(application="job-application-1", company=EI.id), "not_sent", "new"),
    (DeclareHire(starts_on=TOMORROW, hired_job="job-1"), "not_sent", "accepted"),
    (StartProcessing(), "new pool", "processing"),
    (Postpone(), "new pool processing prior_to_hire", "postponed"),
    (AddToPool(), "new processing postponed cancelled obsolete", "pool"),
    (
        AddPriorAction(kind=PriorActionKind.POE, starts_on=TODAY, ends_on=TOMORROW),
        ALL_BUT_ACCEPTED,
        "prior_to_hire",
    ),
    (
        ChangePriorAction(number=1, kind=PriorActionKind.POE, starts_on=TODAY, ends_on=TOMORROW),
        ALL_BUT_ACCEPTED,
        SAME,
    ),
    (DeletePriorAction(number=1), ALL_BUT_ACCEPTED, "processing from prior_to_hire"),
    (
        Refuse(reason=RefusalReason.OTHER, shared=False, answer="Non", answer_to_prescriber="Non"),
        "new pool processing prior_to_hire postponed",
        "refused",
    ),
    (RefuseAutomatically(), "new processing", "refused"),
    (Accept(starts_on=TOMORROW, hired_job="job-1"), ALL_BUT_ACCEPTED, "accepted"),
    (ChangeHiringDates(starts_on=TOMORROW), "accepted", SAME),
    (CancelHire(), "accepted", "cancelled"),
    (RecordPass(pass_iae="pass-iae-1"), "accepted", SAME),
    (RefuseDelivery(), "accepted", SAME),
    (RenderObsolete(because_of="job-application-9"), "new processing postponed", "obsolete"),
    (Transfer(to=EI.id), ALL_BUT_ACCEPTED, "new"),
    (RecordExternalTransfer(application="job-application-9", to=EI.id), "refused", SAME),
    (Reset(), "obsolete", "new"),
    (Archive(), "refused cancelled obsolete", SAME),
    (ArchiveAutomatically(), "new processing postponed refused cancelled obsolete", SAME),
    (Unarchive(), ALL_BUT_ACCEPTED, SAME),
    (AddComment(text="Rappeler lundi"), SENT, SAME),
    (DeleteComment(number=1), SENT, SAME),
)


def context() -> Context:
    return beside(acting_for(GEIQ), standing(Stage.REFUSED, GEIQ, LONG_AGO))


def awaiting_delivery(event: JobApplicationEvent) -> JobApplicationEvent:
    return replace(event, delivery=Delivery.MANUAL) if isinstance(event, Accepted) else event


def ready_for(command: JobApplicationCommand, stage: Stage) -> Sequence[JobApplicationEvent]:
    """A stage reached long ago by an application to a GEIQ, with what else the command needs."""
    if isinstance(command, RecordPass | RefuseDelivery):
        return [awaiting_delivery(event) for event in history(stage, ACI, LONG_AGO)]
    past = history(stage, GEIQ, LONG_AGO)
    if isinstance(command, ChangePriorAction | DeletePriorAction) and stage is not Stage.PRIOR_TO_HIRE:
        return [*past, prior_action(at=LONG_AGO)]
    if isinstance(command, DeleteComment):
        return [*past, Commented(at=LONG_AGO, number=1, author=NOUR.subject, text="Rappeler lundi")]
    return [*past, Archived(at=LONG_AGO, by=None)] if isinstance(command, Unarchive) else past


def destination(to: str, stage: Stage) -> Stage:
    target, _, only_from = to.partition(" from ")
    return stage if not target or (only_from and stage != only_from) else Stage(target)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    ("command", "allowed", "to"), EXPECTED, ids=[type(command).__name__ for command, _, _ in EXPECTED]
)
def test_each_command_is_taken_where_the_table_says_and_nowhere_else(
    command: JobApplicationCommand, allowed: str, to: str, stage: Stage
) -> None:
    past = ready_for(command, stage)
    if stage not in allowed.split():
        with pytest.raises(WrongStage):
            decider.decide(command, decider.fold(past), context())
        return
    events = decider.decide(command, decider.fold(past), context())
    assert decider.fold([*past, *events]).stage is destination(to, stage)


def test_the_matrix_and_the_table_name_every_command() -> None:
    journey = job_application_journey
    assert {type(command) for command, _, _ in EXPECTED} == set(journey.commands) == set(journey.accepted_from)


def test_what_is_offered_is_what_the_table_takes_where_nothing_else_is_missing() -> None:
    for command, allowed, _ in EXPECTED:
        for stage in Stage:
            case = decider.fold(ready_for(command, stage))
            assert (type(command) in decider.offers(case)) == (stage in allowed.split())


def test_what_the_state_excludes_is_not_offered() -> None:
    fresh = set(decider.offers(standing(Stage.REFUSED)))
    assert fresh.isdisjoint({Unarchive, AddPriorAction, ChangePriorAction, DeletePriorAction, DeleteComment})
    archived = decider.fold([*history(Stage.REFUSED), Archived(at=LONG_AGO, by=None)])
    assert {Archive, ArchiveAutomatically}.isdisjoint(decider.offers(archived))


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.PROCESSING])
def test_an_archived_application_is_not_offered_the_automatic_refusal(stage: Stage) -> None:
    case = replace(standing(stage), archived_at=LONG_AGO)
    assert RefuseAutomatically not in decider.offers(case)
