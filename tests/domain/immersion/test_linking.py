"""Links sent by hand (immersion §2.5, §4.5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.immersion.codes import Attendance, Channel, Person, Reminder, Stage
from domain.immersion.commands import (
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
)
from domain.immersion.events import (
    AssessmentLinkSent,
    AssessmentSignatureLinkSent,
    AssessmentSigned,
    Modified,
    Reminded,
    SignatureLinkSent,
)
from domain.immersion.refusals import (
    AlreadyAssessed,
    AlreadySigned,
    AssessmentTooEarly,
    NoAssessment,
    NotAMobile,
    NotForThisPerson,
    NotInTheConvention,
    SentRecently,
    SignatureNotNeeded,
    WrongStage,
)
from domain.immersion.terms import terms_of
from tests.domain.immersion.cases import (
    INSTANT,
    MORGAN,
    NOW,
    ONE,
    SIGNED,
    TERMS,
    TUTOR,
    WITNESS,
    assessed,
    by,
    given,
    history,
    mini_stage,
    standing,
    submitted,
    terms,
)

WHY = "Le projet a changé."
DAY = timedelta(days=1)
VALID = history(Stage.VALIDATED)
REPRESENTS = Person.ESTABLISHMENT_REPRESENTATIVE
AGREED = AssessmentSigned(at=NOW, agrees=True, feedback=None)


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


def test_a_text_message_about_the_assessment_goes_to_a_mobile_too() -> None:
    fixed = terms(tutor=replace(TUTOR, phone="+33299000000"), beneficiary=replace(MORGAN, phone="+33299000001"))
    past = history(Stage.VALIDATED, agreed=fixed)
    ended = by(ONE, NOW + 40 * DAY)
    given(*past).within(ended).when(RecordAssessmentLink(channel=Channel.SMS)).refused(NotAMobile)
    to_sign = RecordAssessmentSignatureLink(channel=Channel.SMS)
    given(*past, assessed()).within(ended).when(to_sign).refused(NotAMobile)


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
