"""What agencies decide, and the assessment (immersion §2.4, §4; scenarios 7 to 11, 27 and 29)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.immersion.codes import Attendance, Channel, ContractKind, Person, Reminder, Stage
from domain.immersion.commands import (
    Cancel,
    DeleteAssessment,
    Deprecate,
    FindEligible,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
    Reject,
    SignAssessment,
    Validate,
)
from domain.immersion.events import (
    AssessmentDeleted,
    AssessmentLinkSent,
    AssessmentSignatureLinkSent,
    AssessmentSigned,
    Cancelled,
    Deprecated,
    FoundEligible,
    Modified,
    Rejected,
    Reminded,
    SignatureLinkSent,
    Validated,
)
from domain.immersion.refusals import (
    AlreadyAssessed,
    AlreadySigned,
    AssessmentTooEarly,
    ContractIncoherent,
    ContractTooEarly,
    EligibilityFirst,
    FieldMissing,
    HasAnAssessment,
    HistoricAttendance,
    MissedTooMuch,
    NoAssessment,
    NotAMobile,
    NotForThisPerson,
    NotInTheConvention,
    OneStepOnly,
    OnlyForPartialPresence,
    OutsideTheImmersion,
    SayForWhom,
    SentRecently,
    SignatureNotNeeded,
    TextTooLong,
    TwoPeople,
    WrongStage,
)
from domain.immersion.state import closed
from domain.immersion.terms import terms_of
from domain.journey import Refusal
from domain.vocabulary import Role, Subject
from tests.domain.immersion.cases import (
    CANDIDATE,
    ENDS,
    INSTANT,
    NOW,
    ONE,
    SIGNED,
    STAFF,
    STARTS,
    TERMS,
    TUTOR,
    TWO,
    VALIDATED,
    WITNESS,
    A,
    B,
    assess,
    assessed,
    by,
    given,
    history,
    mini_stage,
    role,
    standing,
    submitted,
    terms,
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
    assert case.stage is Stage.VALIDATED
    assert case.validated is not None
    assert (case.validated.at, case.validated.last_name, case.validated.first_name) == (NOW, "Dupont", "Jean")
    given(*reviewed).within(by(ONE)).when(FindEligible()).refused(OneStepOnly)


@pytest.mark.parametrize("agency", [TWO, A])
def test_two_steps_are_taken_by_two_people(agency: object) -> None:
    known = TWO if agency is TWO else A
    last = TWO if agency is TWO else B
    reviewed = history(Stage.IN_REVIEW, known)
    found = FoundEligible(at=NOW, by=Subject("counsellor"), counsellor_last_name="Durand")
    given(*reviewed).within(by(last, name="validator")).when(Validate()).refused(EligibilityFirst)
    given(*reviewed).within(by(known, name="counsellor")).when(FindEligible(counsellor_last_name="Durand")).then(found)
    eligible = standing(*reviewed, found)
    assert (eligible.stage, eligible.eligible_by) == (Stage.ELIGIBLE, "counsellor")
    assert eligible.eligible is not None
    assert eligible.eligible.last_name == "Durand"
    given(*reviewed, found).within(by(last, name="counsellor")).when(Validate()).refused(TwoPeople)
    given(*reviewed, found).within(by(last, name="validator")).when(Validate()).then(VALIDATED)


def test_what_was_found_eligible_stays_so_once_validated_and_is_forgotten_once_undone() -> None:
    validated = standing(*history(Stage.ELIGIBLE, TWO), VALIDATED)
    assert validated.eligible is not None
    undone = standing(*history(Stage.ELIGIBLE, TWO), VALIDATED, Cancelled(at=NOW, justification=WHY))
    assert (undone.eligible, undone.eligible_by, undone.validated, undone.justification) == (None, None, None, WHY)


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
    assert (case.stage, case.validated, case.assessment) == (Stage.CANCELLED, None, None)


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
    assert (signed_one.assessment.agreed, signed_one.assessment.signed_at) == (True, NOW)
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


# --- Links sent by hand ------------------------------------------------------

BY_EMAIL = RecordSignatureLink(recipient=REPRESENTS, channel=Channel.EMAIL)
BY_SMS = RecordSignatureLink(recipient=REPRESENTS, channel=Channel.SMS)


def sent(channel: Channel, instant: datetime = NOW, recipient: Person = REPRESENTS) -> SignatureLinkSent:
    return SignatureLinkSent(at=instant, recipient=recipient, channel=channel)


def test_a_link_by_email_waits_24_hours_after_the_submission_and_after_a_modification() -> None:
    given(submitted()).within(by(ONE, NOW + DAY - INSTANT)).when(BY_EMAIL).refused(SentRecently)
    given(submitted()).within(by(ONE, NOW + DAY)).when(BY_EMAIL).then(sent(Channel.EMAIL, NOW + DAY))
    modified = Modified(**terms_of(TERMS), at=NOW + DAY, by=None)
    given(submitted(), modified).within(by(ONE, NOW + 2 * DAY - INSTANT)).when(BY_EMAIL).refused(SentRecently)
    given(submitted(), modified).within(by(ONE, NOW + 2 * DAY)).when(BY_EMAIL).then(sent(Channel.EMAIL, NOW + 2 * DAY))


def test_a_link_waits_24_hours_after_the_last_one_by_the_same_way_to_the_same_person() -> None:
    given(submitted()).within(by(ONE)).when(BY_SMS).then(sent(Channel.SMS))
    given(submitted(), sent(Channel.SMS)).within(by(ONE, NOW + DAY - INSTANT)).when(BY_SMS).refused(SentRecently)
    given(submitted(), sent(Channel.SMS)).within(by(ONE, NOW + DAY)).when(BY_SMS).then(sent(Channel.SMS, NOW + DAY))
    other = sent(Channel.SMS, NOW, Person.BENEFICIARY)
    given(submitted(), other, sent(Channel.EMAIL)).within(by(ONE)).when(BY_SMS).then(sent(Channel.SMS))
    late = (submitted(), sent(Channel.EMAIL, NOW + 3 * DAY))
    given(*late).within(by(ONE, NOW + 4 * DAY - INSTANT)).when(BY_EMAIL).refused(SentRecently)


def test_a_reminder_by_time_counts_as_a_text_message_to_whoever_has_not_signed() -> None:
    reminded = (submitted(), SIGNED[0], Reminded(at=NOW, of=Reminder.SIGNATURE))
    given(*reminded).within(by(ONE, NOW + DAY - INSTANT)).when(BY_SMS).refused(SentRecently)
    given(*reminded).within(by(ONE, NOW + DAY)).when(BY_SMS).then(sent(Channel.SMS, NOW + DAY))
    assert set(standing(*reminded).links) == {"sms/establishment_representative"}
    other = standing(submitted(), Reminded(at=NOW, of=Reminder.FIRST_REVIEW))
    assert other.links == {}


def test_a_link_goes_to_a_signatory_who_has_not_signed() -> None:
    for recipient, reason in (
        (Person.TUTOR, NotForThisPerson),
        (Person.CURRENT_EMPLOYER, NotInTheConvention),
        (Person.BENEFICIARY, AlreadySigned),
    ):
        asked = RecordSignatureLink(recipient=recipient, channel=Channel.SMS)
        given(submitted(), SIGNED[0]).within(by(ONE)).when(asked).refused(reason)
    given(*history(Stage.IN_REVIEW)).within(by(ONE)).when(BY_SMS).refused(WrongStage)
    asked = RecordSignatureLink(recipient=REPRESENTS, channel=Channel.SMS, person=Person.LEGAL_REPRESENTATIVE)
    given(submitted(mini_stage())).within(WITNESS).when(asked).then(sent(Channel.SMS))


@pytest.mark.parametrize(
    ("phone", "mobile"),
    [
        ("+33612345699", True),
        ("+33712345699", True),
        ("+262692123456", True),
        ("+590690123456", True),
        ("+32470123456", True),
        ("+33212345699", False),
        ("+262262123456", False),
        ("+33600000000", False),
    ],
)
def test_a_text_message_goes_to_a_mobile(phone: str, mobile: bool) -> None:
    said = terms(establishment_representative=type(TERMS.establishment_representative)(
        last_name="Morel", first_name="Jeanne", email="jeanne@boulangerie.example", phone=phone
    ))  # fmt: skip
    scenario = given(submitted(said)).within(by(ONE)).when(BY_SMS)
    if mobile:
        scenario.then(sent(Channel.SMS))
    else:
        scenario.refused(NotAMobile)


def test_the_link_to_the_assessment_is_sent_from_the_day_before_the_end() -> None:
    command = RecordAssessmentLink(channel=Channel.EMAIL)
    evening = datetime(2026, 5, 6, 21, 59, 59, tzinfo=UTC)
    given(*VALID).within(by(ONE, evening)).when(command).refused(AssessmentTooEarly)
    midnight = evening + timedelta(seconds=1)
    told = AssessmentLinkSent(at=midnight, channel=Channel.EMAIL)
    given(*VALID).within(by(ONE, midnight)).when(command).then(told)
    given(*VALID, told).within(by(ONE, midnight + DAY - INSTANT)).when(command).refused(SentRecently)
    given(*VALID, told).within(by(ONE, midnight + DAY)).when(command).then(
        AssessmentLinkSent(at=midnight + DAY, channel=Channel.EMAIL)
    )
    by_sms = RecordAssessmentLink(channel=Channel.SMS)
    given(*VALID, told).within(by(ONE, midnight)).when(by_sms).then(
        AssessmentLinkSent(at=midnight, channel=Channel.SMS)
    )
    given(*VALID, assessed()).within(by(ONE, midnight)).when(command).refused(AlreadyAssessed)


def test_the_link_to_sign_the_assessment_is_sent_while_a_signature_is_awaited() -> None:
    command = RecordAssessmentSignatureLink(channel=Channel.EMAIL)
    told = AssessmentSignatureLinkSent(at=NOW, channel=Channel.EMAIL)
    past = (*VALID, assessed())
    given(*past).within(by(ONE)).when(command).then(told)
    given(*past, told).within(by(ONE, NOW + DAY - INSTANT)).when(command).refused(SentRecently)
    assert given(*past, told).within(by(ONE, NOW + DAY)).when(command)._decide()
    given(*VALID).within(by(ONE)).when(command).refused(NoAssessment)
    given(*past, AGREED).within(by(ONE)).when(command).refused(AlreadySigned)
    absent = assessed(attendance=Attendance.DID_NOT_SHOW)
    given(*VALID, absent).within(by(ONE)).when(command).refused(SignatureNotNeeded)
    for person in (Person.TUTOR, REPRESENTS):
        asked = RecordAssessmentSignatureLink(channel=Channel.SMS, person=person)
        assert given(*past).within(WITNESS).when(asked)._decide()
    asked = RecordAssessmentSignatureLink(channel=Channel.EMAIL, person=Person.LEGAL_REPRESENTATIVE)
    given(*past).within(WITNESS).when(asked).refused(NotForThisPerson)


def test_what_is_validated_is_cancelled_and_what_is_not_is_rejected() -> None:
    given(*VALID).within(by(ONE)).when(Reject(justification=WHY)).refused(WrongStage)
    given(*history(Stage.IN_REVIEW)).within(by(ONE)).when(Cancel(justification=WHY)).refused(WrongStage)
