"""What agencies decide, in one step or in two (immersion §2.4; scenarios 7 and 11)."""

from datetime import timedelta

import pytest

from domain.immersion.codes import Person, Stage
from domain.immersion.commands import (
    Cancel,
    DeleteAssessment,
    Deprecate,
    FindEligible,
    Reject,
    Validate,
)
from domain.immersion.events import (
    AssessmentDeleted,
    Cancelled,
    Deprecated,
    FoundEligible,
    Rejected,
    Validated,
)
from domain.immersion.refusals import (
    EligibilityFirst,
    FieldMissing,
    HasAnAssessment,
    NoAssessment,
    OneStepOnly,
    TextTooLong,
    TwoPeople,
    WrongStage,
)
from domain.vocabulary import Subject
from tests.domain.immersion.cases import (
    ENDS,
    NOW,
    ONE,
    STAFF,
    STARTS,
    TWO,
    VALIDATED,
    A,
    B,
    assessed,
    by,
    given,
    history,
    standing,
)

WHY = "Le projet a changé."
DAY = timedelta(days=1)
VALID = history(Stage.VALIDATED)
REPRESENTS = Person.ESTABLISHMENT_REPRESENTATIVE


def test_s7_an_agency_of_one_step_validates() -> None:
    validated = Validated(
        at=NOW, starts_on=STARTS, ends_on=ENDS, validator_last_name="Dupont", validator_first_name="Jean"
    )
    reviewed = history(Stage.IN_REVIEW)
    command = Validate(validator_last_name="Dupont", validator_first_name="Jean")
    given(*reviewed).within(by(ONE)).when(command).then(validated)
    case = standing(*reviewed, validated)
    assert (case.stage, case.validated_at) == (Stage.VALIDATED, NOW)
    given(*reviewed).within(by(ONE)).when(FindEligible()).refused(OneStepOnly)


@pytest.mark.parametrize("agency", [TWO, A])
def test_two_steps_are_taken_by_two_people(agency: object) -> None:
    known = TWO if agency is TWO else A
    last = TWO if agency is TWO else B
    reviewed = history(Stage.IN_REVIEW, known)
    found = FoundEligible(at=NOW, by=Subject("counsellor"), counsellor_last_name="Durand", counsellor_first_name="Anna")
    find = FindEligible(counsellor_last_name="Durand", counsellor_first_name="Anna")
    given(*reviewed).within(by(last, name="validator")).when(Validate()).refused(EligibilityFirst)
    given(*reviewed).within(by(known, name="counsellor")).when(find).then(found)
    eligible = standing(*reviewed, found)
    assert (eligible.stage, eligible.eligible_at, eligible.eligible_by) == (Stage.ELIGIBLE, NOW, "counsellor")
    given(*reviewed, found).within(by(last, name="counsellor")).when(Validate()).refused(TwoPeople)
    given(*reviewed, found).within(by(last, name="validator")).when(Validate()).then(VALIDATED)


def test_what_was_found_eligible_stays_so_once_validated_and_is_forgotten_once_undone() -> None:
    validated = standing(*history(Stage.ELIGIBLE, TWO), VALIDATED)
    assert validated.eligible_at == NOW
    undone = standing(*history(Stage.ELIGIBLE, TWO), VALIDATED, Cancelled(at=NOW, justification=WHY))
    assert (undone.eligible_at, undone.eligible_by, undone.validated_at) == (None, None, None)


@pytest.mark.parametrize("stage", [Stage.READY_TO_SIGN, Stage.PARTIALLY_SIGNED, Stage.IN_REVIEW, Stage.ELIGIBLE])
def test_what_is_pending_is_rejected_or_put_away_with_a_reason(stage: Stage) -> None:
    past = history(stage, TWO)
    given(*past).within(by(TWO)).when(Reject(justification=f" {WHY} ")).then(Rejected(at=NOW, justification=WHY))
    away = Deprecated(at=NOW, justification=WHY, was=stage)
    given(*past).within(STAFF).when(Deprecate(justification=WHY)).then(away)
    for command in (Reject(justification=" "), Deprecate(justification="")):
        given(*past).within(by(TWO)).when(command).refused(FieldMissing)
    for command in (Reject(justification="a" * 6001), Deprecate(justification="a" * 6001)):
        given(*past).within(by(TWO)).when(command).refused(TextTooLong)
    assert given(*past).within(by(TWO)).when(Reject(justification="a" * 6000))._decide()


def test_s11_a_cancellation_is_blocked_by_an_assessment() -> None:
    cancelled = Cancelled(at=NOW, justification=WHY)
    given(*VALID, assessed()).within(by(ONE)).when(Cancel(justification=WHY)).refused(HasAnAssessment)
    deleted = AssessmentDeleted(at=NOW, justification="Erreur.", starts_on=STARTS, ends_on=ENDS)
    given(*VALID, assessed()).within(STAFF).when(DeleteAssessment(justification="Erreur.")).then(deleted)
    given(*VALID, assessed(), deleted).within(by(ONE)).when(Cancel(justification=WHY)).then(cancelled)
    case = standing(*VALID, assessed(), deleted, cancelled)
    assert (case.stage, case.validated_at, case.assessment) == (Stage.CANCELLED, None, None)


def test_a_cancellation_comes_at_any_time_and_says_why() -> None:
    later = by(ONE, NOW + 400 * DAY)
    given(*VALID).within(later).when(Cancel(justification=WHY)).then(Cancelled(at=later.at, justification=WHY))
    given(*VALID).within(by(ONE)).when(Cancel(justification="")).refused(FieldMissing)


def test_an_assessment_deleted_says_why() -> None:
    past = (*VALID, assessed())
    given(*past).within(STAFF).when(DeleteAssessment(justification="")).refused(FieldMissing)
    given(*past).within(STAFF).when(DeleteAssessment(justification="a" * 1025)).refused(TextTooLong)
    assert given(*past).within(STAFF).when(DeleteAssessment(justification="a" * 1024))._decide()
    given(*VALID).within(STAFF).when(DeleteAssessment(justification="Erreur.")).refused(NoAssessment)


def test_what_is_validated_is_cancelled_and_what_is_not_is_rejected() -> None:
    given(*VALID).within(by(ONE)).when(Reject(justification=WHY)).refused(WrongStage)
    given(*history(Stage.IN_REVIEW)).within(by(ONE)).when(Cancel(justification=WHY)).refused(WrongStage)
