from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.job_application import JobApplicationCommand, JobApplicationEvent
from domain.job_application.answering import AUTOMATIC_ANSWER
from domain.job_application.codes import RefusalReason, SenderKind, Stage, selectable
from domain.job_application.commands import AddToPool, ArchiveAutomatically, Postpone, Refuse, RefuseAutomatically
from domain.job_application.events import (
    AddedToPool,
    Archived,
    CommentDeleted,
    Commented,
    Postponed,
    PriorActionChanged,
    ProcessingStarted,
    Refused,
    TransferredExternally,
    Unarchived,
)
from domain.job_application.refusals import AnswerNeeded, AnswerToPrescriberNeeded, NotDue, ReasonNotSelectable
from domain.job_application.rules import decider
from domain.job_application.table import deadlines
from domain.journey import Deadline
from domain.vocabulary import OrganisationProfile
from tests.domain.job_application.samples import (
    ACI,
    EI,
    GEIQ,
    NOUR,
    NOW,
    TODAY,
    acting_for,
    history,
    prior_action,
    refused,
    sent,
    standing,
)
from tests.spec import given

SYSTEM = acting_for(None)
NO = Refuse(reason=RefusalReason.NO_POSITION, shared=True, answer="Non")
BY_TIME = Refused(at=NOW, reason=RefusalReason.AUTO, shared=True, answer=AUTOMATIC_ANSWER)

SELECTABLE = {
    "did_not_come",
    "did_not_come_to_interview",
    "hired_elsewhere",
    "training",
    "non_eligible",
    "not_mobile",
    "not_interested",
    "lacking_skills",
    "incompatible",
    "prevent_objectives",
    "no_position",
    "duplicate",
    "other",
}


@pytest.mark.parametrize("reason", RefusalReason)
@pytest.mark.parametrize(
    ("company", "reasons"), [(ACI, SELECTABLE), (GEIQ, SELECTABLE - {"non_eligible", "prevent_objectives"})]
)
def test_a_company_gives_the_reasons_that_are_its_own(
    company: OrganisationProfile, reasons: set[str], reason: RefusalReason
) -> None:
    scenario = given(decider, sent(company)).within(acting_for(company)).when(replace(NO, reason=reason))
    if reason in reasons:
        scenario.then(Refused(at=NOW, reason=reason, shared=True, answer="Non"))
    else:
        scenario.refused(ReasonNotSelectable)


def test_there_are_thirteen_selectable_reasons() -> None:
    assert selectable(("aci",)) == SELECTABLE


@pytest.mark.parametrize("answer", ["", " \n"])
def test_the_person_is_answered(answer: str) -> None:
    given(decider, sent(ACI)).within(acting_for(ACI)).when(replace(NO, answer=answer)).refused(AnswerNeeded)


@pytest.mark.parametrize("answer", [None, "", "  "])
def test_the_prescriber_who_sent_the_person_is_answered(answer: str | None) -> None:
    prescribed = sent(ACI, sender_kind=SenderKind.PRESCRIBER)
    given(decider, prescribed).within(acting_for(ACI)).when(replace(NO, answer_to_prescriber=answer)).refused(
        AnswerToPrescriberNeeded
    )


def test_an_answer_to_the_prescriber_is_kept_only_if_there_is_one() -> None:
    command = replace(NO, answer_to_prescriber="Voir avec lui")
    answered = Refused(at=NOW, reason=NO.reason, shared=True, answer="Non", answer_to_prescriber="Voir avec lui")
    given(decider, sent(ACI, sender_kind=SenderKind.PRESCRIBER)).within(acting_for(ACI)).when(command).then(answered)
    given(decider, sent(ACI)).within(acting_for(ACI)).when(command).then(replace(answered, answer_to_prescriber=None))


def test_a_refusal_is_known_as_it_was_said() -> None:
    told = Refused(
        at=NOW,
        reason=RefusalReason.NOT_MOBILE,
        shared=True,
        answer="Non",
        answer_to_prescriber="Voir avec lui",
    )
    prescribed = sent(ACI, sender_kind=SenderKind.PRESCRIBER)
    assert decider.fold([prescribed, told]) == replace(
        decider.fold([prescribed]),
        stage=Stage.REFUSED,
        processed_at=NOW,
        refusal_reason=RefusalReason.NOT_MOBILE,
        refusal_shared=True,
        answer="Non",
        answer_to_prescriber="Voir avec lui",
    )


def test_the_answers_given_on_the_way_are_optional_and_the_last_one_stands() -> None:
    given(decider, sent(ACI)).within(acting_for(ACI)).when(Postpone()).then(Postponed(at=NOW))
    given(decider, sent(ACI)).within(acting_for(ACI)).when(Postpone(answer="Plus tard")).then(
        Postponed(at=NOW, answer="Plus tard")
    )
    given(decider, sent(ACI)).within(acting_for(ACI)).when(AddToPool(answer="Un jour")).then(
        AddedToPool(at=NOW, answer="Un jour")
    )
    assert decider.fold([sent(ACI), Postponed(at=NOW, answer="Plus tard"), AddedToPool(at=NOW)]).answer == "Plus tard"


@pytest.mark.parametrize(
    ("stage", "touched", "refuses"),
    [
        (Stage.NEW, datetime(2025, 4, 11, 10, tzinfo=UTC), True),
        (Stage.NEW, datetime(2025, 4, 11, 10, 1, tzinfo=UTC), False),
        (Stage.PROCESSING, datetime(2025, 4, 1, 10, tzinfo=UTC), True),
    ],
)
def test_a20_silence_refuses_after_sixty_days_to_the_minute(stage: Stage, touched: datetime, *, refuses: bool) -> None:
    scenario = given(decider, *history(stage, at=touched)).within(SYSTEM).when(RefuseAutomatically())
    if refuses:
        scenario.then(BY_TIME)
    else:
        scenario.refused(NotDue)


@pytest.mark.parametrize("stage", [Stage.POSTPONED, Stage.POOL, Stage.PRIOR_TO_HIRE])
def test_a20_silence_refuses_neither_postponed_nor_pool_nor_prior_actions(stage: Stage) -> None:
    asked = deadlines(standing(stage, at=datetime(2025, 1, 1, tzinfo=UTC)))
    assert RefuseAutomatically() not in [deadline.command for deadline in asked]


def test_a20_what_is_archived_is_left_alone() -> None:
    long_ago = NOW - timedelta(days=300)
    past = [*history(Stage.NEW, at=long_ago), Archived(at=long_ago, by=None)]
    given(decider, *past).within(SYSTEM).when(RefuseAutomatically()).refused(NotDue)
    given(decider, *past).within(SYSTEM).when(ArchiveAutomatically()).refused(NotDue)
    assert list(deadlines(decider.fold(past))) == []


@pytest.mark.parametrize(
    ("touched", "archives"),
    [
        (datetime(2024, 12, 12, 10, tzinfo=UTC), True),
        (datetime(2024, 12, 12, 10, 1, tzinfo=UTC), False),
        (datetime(2024, 12, 13, 10, tzinfo=UTC), False),
    ],
)
def test_a22_an_answer_is_archived_after_180_days(touched: datetime, *, archives: bool) -> None:
    scenario = given(decider, *history(Stage.REFUSED, at=touched)).within(SYSTEM).when(ArchiveAutomatically())
    if archives:
        scenario.then(Archived(at=NOW, by=None))
    else:
        scenario.refused(NotDue)


@pytest.mark.parametrize("stage", [Stage.NOT_SENT, Stage.POOL, Stage.ACCEPTED, Stage.PRIOR_TO_HIRE])
def test_a22_time_asks_nothing_of_the_pool_of_hires_and_of_prior_actions(stage: Stage) -> None:
    assert list(deadlines(standing(stage, at=datetime(2023, 1, 1, tzinfo=UTC)))) == []


REFUSED_LATER: Deadline[JobApplicationCommand] = Deadline(due=NOW + timedelta(days=60), command=RefuseAutomatically())
ARCHIVED_LATER: Deadline[JobApplicationCommand] = Deadline(
    due=NOW + timedelta(days=180), command=ArchiveAutomatically()
)


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.NEW, [REFUSED_LATER, ARCHIVED_LATER]),
        (Stage.PROCESSING, [REFUSED_LATER, ARCHIVED_LATER]),
        (Stage.POSTPONED, [ARCHIVED_LATER]),
        (Stage.REFUSED, [ARCHIVED_LATER]),
        (Stage.CANCELLED, [ARCHIVED_LATER]),
        (Stage.OBSOLETE, [ARCHIVED_LATER]),
    ],
)
def test_time_asks_for_what_the_stage_says(stage: Stage, expected: list[Deadline[JobApplicationCommand]]) -> None:
    assert list(deadlines(standing(stage))) == expected


AFTER = NOW + timedelta(days=10)


@pytest.mark.parametrize(
    "event",
    [
        ProcessingStarted(at=AFTER),
        Refused(at=AFTER, reason=RefusalReason.AUTO, shared=True),
        Unarchived(at=AFTER),
        TransferredExternally(at=AFTER, application="job-application-3", to=EI.id),
    ],
)
def test_what_concerns_the_person_starts_the_clock_again(event: JobApplicationEvent) -> None:
    assert decider.fold([sent(ACI), event]).touched_at == AFTER


@pytest.mark.parametrize(
    "event",
    [
        Commented(at=AFTER, number=1, author=NOUR.subject, text="Vu"),
        CommentDeleted(at=AFTER, number=1),
        Archived(at=AFTER, by=NOUR.subject),
        PriorActionChanged(at=AFTER, number=1, kind=prior_action().kind, starts_on=TODAY, ends_on=TODAY),
    ],
)
def test_what_the_company_keeps_to_itself_does_not(event: JobApplicationEvent) -> None:
    assert decider.fold([sent(ACI), refused(), event]).touched_at == NOW


def test_a_fact_told_late_does_not_turn_the_clock_back() -> None:
    assert decider.fold([sent(ACI), ProcessingStarted(at=NOW - timedelta(days=5))]).touched_at == NOW


def test_history_that_begins_in_the_middle_is_still_read() -> None:
    assert decider.fold([ProcessingStarted(at=NOW)]).touched_at == NOW


def test_the_automatic_answer_is_never_empty() -> None:
    assert AUTOMATIC_ANSWER.strip()
