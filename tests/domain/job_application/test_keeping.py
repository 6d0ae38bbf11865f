from dataclasses import replace
from datetime import timedelta

import pytest

from domain.job_application import JobApplicationEvent, job_application_journey, shown_to_receiver
from domain.job_application.codes import Stage
from domain.job_application.commands import AddComment, Archive, DeleteComment, Unarchive
from domain.job_application.events import Archived, CommentDeleted, Commented, ProcessingStarted, Unarchived
from domain.job_application.refusals import (
    AlreadyArchived,
    CommentEmpty,
    CommentTooLong,
    NoSuchComment,
    NotArchived,
    NotYourComment,
    WrongStage,
)
from domain.job_application.rules import decider
from domain.job_application.state import Comment
from domain.vocabulary import Subject
from tests.domain.job_application.samples import ACI, NOUR, NOW, acting_for, history, sent, standing
from tests.spec import given

BY_ACI = acting_for(ACI)
SEEN = Commented(at=NOW, number=1, author=NOUR.subject, text="Vu")
BY_NOUR = Archived(at=NOW, by=NOUR.subject)


@pytest.mark.parametrize("stage", [Stage.NEW, Stage.PROCESSING, Stage.POSTPONED, Stage.POOL, Stage.ACCEPTED])
def test_a24_an_open_or_accepted_application_is_not_archived_by_hand(stage: Stage) -> None:
    given(decider, *history(stage)).within(BY_ACI).when(Archive()).refused(WrongStage)


@pytest.mark.parametrize("stage", [Stage.REFUSED, Stage.CANCELLED, Stage.OBSOLETE])
def test_a24_a_closed_application_is_archived_by_hand(stage: Stage) -> None:
    given(decider, *history(stage)).within(BY_ACI).when(Archive()).then(BY_NOUR)
    case = decider.fold([*history(stage), BY_NOUR])
    assert (case.stage, case.archived_at, case.archived_by) == (stage, NOW, NOUR.subject)


def test_nothing_is_archived_twice_nor_unarchived_unless_archived() -> None:
    past = history(Stage.REFUSED)
    given(decider, *past, BY_NOUR).within(BY_ACI).when(Archive()).refused(AlreadyArchived)
    given(decider, *past).within(BY_ACI).when(Unarchive()).refused(NotArchived)
    given(decider, *past, BY_NOUR).within(BY_ACI).when(Unarchive()).then(Unarchived(at=NOW))
    taken_out = decider.fold([*past, BY_NOUR, Unarchived(at=NOW)])
    assert (taken_out.archived_at, taken_out.archived_by) == (None, None)


def test_what_happens_next_takes_an_application_out_of_the_archive() -> None:
    assert decider.fold([sent(ACI), BY_NOUR, ProcessingStarted(at=NOW)]).archived_at is None


def test_a_comment_is_written_and_withdrawn_by_its_author() -> None:
    given(decider, sent(ACI)).within(BY_ACI).when(AddComment(text="Vu")).then(SEEN)
    assert decider.fold([sent(ACI), SEEN]).comments == {1: Comment(author=NOUR.subject, at=NOW, text="Vu")}
    given(decider, sent(ACI), SEEN).within(BY_ACI).when(DeleteComment(number=1)).then(CommentDeleted(at=NOW, number=1))


def test_the_number_of_a_withdrawn_comment_is_not_used_again() -> None:
    past: list[JobApplicationEvent] = [sent(ACI), SEEN, CommentDeleted(at=NOW, number=1)]
    assert decider.fold(past).comments == {}
    given(decider, *past).within(BY_ACI).when(AddComment(text="Vu")).then(replace(SEEN, number=2))


def test_a_colleague_does_not_withdraw_a_comment() -> None:
    other = replace(SEEN, author=Subject("sacha"))
    given(decider, sent(ACI), other).within(BY_ACI).when(DeleteComment(number=1)).refused(NotYourComment)
    given(decider, sent(ACI), other).within(BY_ACI).when(DeleteComment(number=2)).refused(NoSuchComment)


def test_a_comment_has_from_1_to_2000_characters() -> None:
    scenario = given(decider, sent(ACI)).within(BY_ACI)
    scenario.when(AddComment(text=" ")).refused(CommentEmpty)
    scenario.when(AddComment(text="a" * 2001)).refused(CommentTooLong)
    scenario.when(AddComment(text="a" * 2000)).then(replace(SEEN, text="a" * 2000))


@pytest.mark.parametrize(
    ("stage", "age", "shown"),
    [
        (Stage.REFUSED, timedelta(days=731), False),
        (Stage.REFUSED, timedelta(days=730), False),
        (Stage.REFUSED, timedelta(days=730) - timedelta(minutes=1), True),
        (Stage.ACCEPTED, timedelta(days=731), True),
        (Stage.NOT_SENT, timedelta(0), False),
    ],
)
def test_a30_a_company_sees_applications_for_two_years_and_hires_for_ever(
    stage: Stage, age: timedelta, *, shown: bool
) -> None:
    assert shown_to_receiver(standing(stage, at=NOW - age), NOW) is shown


@pytest.mark.parametrize(("stage", "answered"), [(Stage.NEW, False), (Stage.POOL, False), (Stage.REFUSED, True)])
def test_nobody_is_awaited_once_it_is_answered_or_put_away(stage: Stage, *, answered: bool) -> None:
    case = standing(stage)
    assert job_application_journey.closed(case) == answered
    assert job_application_journey.closed(replace(case, archived_at=NOW))
