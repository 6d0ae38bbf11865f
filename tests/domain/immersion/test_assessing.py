"""How an immersion went (immersion §4; scenarios 27 and 29)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.immersion.codes import Attendance, Channel, ContractKind, Person, Stage
from domain.immersion.commands import (
    RecordAssessmentLink,
    SignAssessment,
)
from domain.immersion.events import (
    AssessmentSigned,
)
from domain.immersion.refusals import (
    AlreadyAssessed,
    AlreadySigned,
    AssessmentTooEarly,
    ContractIncoherent,
    ContractTooEarly,
    FieldMissing,
    HistoricAttendance,
    MissedTooMuch,
    NoAssessment,
    NotForThisPerson,
    OnlyForPartialPresence,
    OutsideTheImmersion,
    SayForWhom,
    SignatureNotNeeded,
    TextTooLong,
    WrongStage,
)
from domain.immersion.state import closed
from domain.journey import Refusal
from domain.vocabulary import Role
from tests.domain.immersion.cases import (
    CANDIDATE,
    ENDS,
    NOW,
    ONE,
    SIGNED,
    STARTS,
    TERMS,
    TUTOR,
    TWO,
    VALIDATED,
    WITNESS,
    assess,
    assessed,
    by,
    given,
    history,
    role,
    standing,
    submitted,
    terms,
)

WHY = "Le projet a changé."
DAY = timedelta(days=1)
VALID = history(Stage.VALIDATED)
REPRESENTS = Person.ESTABLISHMENT_REPRESENTATIVE

WEDNESDAY = date(2026, 5, 6)


def test_s27_a_partial_presence() -> None:
    partial = assess(attendance=Attendance.PARTIALLY_COMPLETED, last_day=WEDNESDAY, missed_minutes=120)
    told = assessed(
        attendance=Attendance.PARTIALLY_COMPLETED, ends_on=WEDNESDAY, missed_minutes=120, minutes_made=19 * 60
    )
    given(*VALID).within(WITNESS).when(partial).then(told)
    too_much = assess(attendance=Attendance.PARTIALLY_COMPLETED, last_day=WEDNESDAY, missed_minutes=22 * 60)
    given(*VALID).within(WITNESS).when(too_much).refused(MissedTooMuch)
    given(*VALID, told).within(WITNESS).when(assess()).refused(AlreadyAssessed)
    assert not closed(standing(*VALID, told))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"last_day": STARTS, "missed_minutes": 7 * 60}, None),
        ({"last_day": STARTS, "missed_minutes": 7 * 60 + 1}, MissedTooMuch),
        ({"last_day": STARTS, "missed_minutes": -1}, MissedTooMuch),
        ({"last_day": ENDS}, None),
        ({"last_day": STARTS - DAY}, OutsideTheImmersion),
        ({"last_day": ENDS + DAY}, OutsideTheImmersion),
        ({"missed_minutes": 1}, None),
        ({}, OnlyForPartialPresence),
    ],
)
def test_what_a_partial_presence_may_be(said: dict[str, object], reason: type[Refusal] | None) -> None:
    scenario = given(*VALID).within(WITNESS).when(assess(attendance=Attendance.PARTIALLY_COMPLETED, **said))
    if reason is None:
        assert scenario._decide()
    else:
        scenario.refused(reason)


def test_a_presence_without_a_last_day_ends_with_the_convention() -> None:
    partial = assess(attendance=Attendance.PARTIALLY_COMPLETED, missed_minutes=60)
    told = assessed(attendance=Attendance.PARTIALLY_COMPLETED, missed_minutes=60, minutes_made=34 * 60)
    given(*VALID).within(WITNESS).when(partial).then(told)


@pytest.mark.parametrize("attendance", [Attendance.COMPLETED, Attendance.DID_NOT_SHOW])
def test_only_a_partial_presence_has_details(attendance: Attendance) -> None:
    for said in ({"last_day": WEDNESDAY}, {"missed_minutes": 60}):
        given(*VALID).within(WITNESS).when(assess(attendance=attendance, **said)).refused(OnlyForPartialPresence)


def test_the_hours_made_follow_from_the_attendance() -> None:
    given(*VALID).within(WITNESS).when(assess()).then(assessed(minutes_made=35 * 60))
    absent = assess(attendance=Attendance.DID_NOT_SHOW)
    given(*VALID).within(WITNESS).when(absent).then(assessed(attendance=Attendance.DID_NOT_SHOW, minutes_made=0))


@pytest.mark.parametrize("attendance", [Attendance.FINISHED, Attendance.ABANDONED])
def test_a_historic_attendance_is_no_longer_given(attendance: Attendance) -> None:
    given(*VALID).within(WITNESS).when(assess(attendance=attendance)).refused(HistoricAttendance)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"ended_with_a_job": True}, ContractIncoherent),
        ({"ended_with_a_job": True, "contract": ContractKind.CDI}, ContractIncoherent),
        ({"ended_with_a_job": True, "contract_starts_on": ENDS}, ContractIncoherent),
        ({"contract": ContractKind.CDI}, ContractIncoherent),
        ({"contract": ContractKind.CDI, "contract_starts_on": ENDS}, ContractIncoherent),
        (
            {"ended_with_a_job": True, "contract": ContractKind.CDI, "contract_starts_on": STARTS - DAY},
            ContractTooEarly,
        ),
    ],
)
def test_a_job_has_a_contract_and_nothing_else_has(said: dict[str, object], reason: type[Refusal]) -> None:
    given(*VALID).within(WITNESS).when(assess(**said)).refused(reason)


def test_a_contract_starts_with_the_immersion_at_the_earliest() -> None:
    hired = {"ended_with_a_job": True, "contract": ContractKind.CDI, "contract_starts_on": STARTS}
    given(*VALID).within(WITNESS).when(assess(**hired)).then(assessed(**hired))
    assert standing(*VALID, assessed(**hired)).assessment is not None


@pytest.mark.parametrize(("field", "limit"), [("feedback", 9200), ("advice", 6000)])
def test_an_assessment_says_something_and_not_too_much(field: str, limit: int) -> None:
    given(*VALID).within(WITNESS).when(assess(**{field: " "})).refused(FieldMissing)
    given(*VALID).within(WITNESS).when(assess(**{field: "a" * (limit + 1)})).refused(TextTooLong)
    given(*VALID).within(WITNESS).when(assess(**{field: "a" * limit})).then(assessed(**{field: "a" * limit}))


def test_s29_an_early_end_is_told_before_the_last_day_but_no_link_is_sent_before() -> None:
    absent = assess(attendance=Attendance.DID_NOT_SHOW)
    ten_days_before = role(Role.WITNESS, datetime(2026, 4, 28, 10, tzinfo=UTC))
    told = assessed(at=ten_days_before.at, attendance=Attendance.DID_NOT_SHOW, minutes_made=0)
    given(*VALID).within(ten_days_before).when(absent).then(told)
    link = RecordAssessmentLink(channel=Channel.EMAIL, person=REPRESENTS)
    given(*VALID).within(ten_days_before).when(link).refused(AssessmentTooEarly)
    assert closed(standing(*VALID, told))


def test_the_tutor_assesses_and_the_representative_only_as_the_tutor() -> None:
    given(*VALID).within(WITNESS).when(assess(person=REPRESENTS)).refused(NotForThisPerson)
    same = {
        name: getattr(TERMS.establishment_representative, name)
        for name in ("last_name", "first_name", "email", "phone")
    }
    alone = terms(tutor=type(TUTOR)(**same, job="Boulangère"))
    past = history(Stage.VALIDATED, agreed=alone)
    given(*past).within(WITNESS).when(assess(person=REPRESENTS)).then(assessed(by=REPRESENTS))
    given(*VALID).within(WITNESS).when(assess(person=Person.BENEFICIARY)).refused(NotForThisPerson)
    given(*VALID).within(by(ONE)).when(assess(person=None)).then(assessed(by=None))
    given(*VALID).within(WITNESS).when(assess(person=None)).refused(SayForWhom)


def test_only_a_validated_immersion_is_assessed() -> None:
    for stage in set(Stage) - {Stage.VALIDATED}:
        given(*history(stage, TWO)).within(WITNESS).when(assess()).refused(WrongStage)


AGREED = AssessmentSigned(at=NOW, agrees=True, feedback=None)


def test_the_beneficiary_signs_the_assessment_once() -> None:
    past = (*VALID, assessed())
    given(*past).within(CANDIDATE).when(SignAssessment(agrees=True)).then(AGREED)
    given(*past).within(WITNESS).when(SignAssessment(agrees=True, person=Person.BENEFICIARY)).then(AGREED)
    given(*past).within(WITNESS).when(SignAssessment(agrees=True, person=Person.TUTOR)).refused(NotForThisPerson)
    given(*past, AGREED).within(CANDIDATE).when(SignAssessment(agrees=True)).refused(AlreadySigned)
    given(*VALID).within(CANDIDATE).when(SignAssessment(agrees=True)).refused(NoAssessment)
    signed_one = standing(*past, AGREED)
    assert signed_one.assessment is not None
    assert signed_one.assessment.signed_at == NOW
    assert closed(signed_one)
    assert not closed(standing(*past))


def test_a_disagreement_says_why() -> None:
    past = (*VALID, assessed())
    given(*past).within(CANDIDATE).when(SignAssessment(agrees=False)).refused(FieldMissing)
    given(*past).within(CANDIDATE).when(SignAssessment(agrees=False, feedback=" ")).refused(FieldMissing)
    said = AssessmentSigned(at=NOW, agrees=False, feedback="J'étais là.")
    given(*past).within(CANDIDATE).when(SignAssessment(agrees=False, feedback="J'étais là. ")).then(said)
    given(*past).within(CANDIDATE).when(SignAssessment(agrees=True, feedback=" ")).then(AGREED)
    content = AssessmentSigned(at=NOW, agrees=True, feedback="Merci.")
    given(*past).within(CANDIDATE).when(SignAssessment(agrees=True, feedback="Merci.")).then(content)
    given(*past).within(CANDIDATE).when(SignAssessment(agrees=True, feedback="a" * 3001)).refused(TextTooLong)
    assert given(*past).within(CANDIDATE).when(SignAssessment(agrees=True, feedback="a" * 3000))._decide()


@pytest.mark.parametrize(
    ("instant", "needed"),
    [
        (datetime(2026, 3, 10, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 3, 10, 23, tzinfo=UTC), True),
    ],
)
def test_an_assessment_older_than_11_march_2026_needs_no_signature(instant: datetime, needed: bool) -> None:
    old = (submitted(at=datetime(2026, 2, 1, tzinfo=UTC)), *SIGNED, VALIDATED, assessed(at=instant))
    scenario = given(*old).within(CANDIDATE).when(SignAssessment(agrees=True))
    if needed:
        scenario.then(AGREED)
    else:
        scenario.refused(SignatureNotNeeded)
    assert closed(standing(*old)) is not needed


def test_nobody_signs_that_they_never_came() -> None:
    absent = assessed(attendance=Attendance.DID_NOT_SHOW, minutes_made=0)
    given(*VALID, absent).within(CANDIDATE).when(SignAssessment(agrees=True)).refused(SignatureNotNeeded)
