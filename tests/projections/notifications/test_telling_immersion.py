"""Who is told what of conventions of immersion, of their assessment, and of discussions."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

import pytest

from application.notifications.notice import Channel, Recipient, Told
from application.notifications.templates import Template
from domain.discussion.codes import ContactMode, RejectionKind, Side
from domain.discussion.codes import Reminder as DiscussionReminder
from domain.discussion.events import Accepted, BecameObsolete, ConventionLinked, MessagesRedacted
from domain.discussion.events import Rejected as Declined
from domain.discussion.events import Reminded as Recalled
from domain.immersion.codes import Attendance, Person, Reminder, Stage
from domain.immersion.codes import Channel as Way
from domain.immersion.events import (
    AssessmentDeleted,
    AssessmentLinkSent,
    AssessmentSignatureLinkSent,
    AssessmentSigned,
    BeneficiaryCorrected,
    Cancelled,
    Deprecated,
    Modified,
    ReferentNamed,
    Rejected,
    Reminded,
    SignatureLinkSent,
    TransferredToAgency,
    TutorCorrected,
)
from domain.immersion.terms import ConventionTerms, terms_of
from domain.vocabulary import OrganisationId
from projections.notifications.discussion import OPENED
from projections.notifications.immersion import DECIDED
from tests.domain.discussion.cases import ASKED, opened, written
from tests.domain.discussion.cases import NOW as THEN
from tests.domain.immersion.cases import (
    ELIGIBLE,
    EMPLOYER,
    NOW,
    ONE,
    PARENT,
    REQUESTED,
    SIGNED,
    TERMS,
    TUTOR,
    TWO,
    VALIDATED,
    A,
    B,
    assessed,
    history,
    mini_stage,
    signed,
    submitted,
)
from tests.projections.notifications.stories import PARCOURS, PERSON, By, members, told

T = Template
BY: Final = By(PERSON)
TIME: Final = By(PARCOURS)
#: The assessments of today are signed.
TODAY: Final = NOW

ADDRESSES: Final = {
    Person.BENEFICIARY: "terms.beneficiary.email",
    Person.LEGAL_REPRESENTATIVE: "terms.legal_representative.email",
    Person.CURRENT_EMPLOYER: "terms.current_employer.email",
    Person.ESTABLISHMENT_REPRESENTATIVE: "terms.establishment_representative.email",
    Person.TUTOR: "terms.tutor.email",
}
BOTH: Final = (Person.BENEFICIARY, Person.ESTABLISHMENT_REPRESENTATIVE)
ALL: Final = (*BOTH, Person.TUTOR)


def of_convention(*events: Any) -> Sequence[Told]:
    return told(*events, by=BY, earlier=BY, journey="immersion-1")


def people(template: Template, *whom: Person, about: OrganisationId = ONE.id) -> list[Told]:
    return [Told(template=template, recipient=Recipient.NAMED, named=ADDRESSES[each], about=about) for each in whom]


def texts(template: Template, *whom: Person) -> list[Told]:
    return [
        replace(each, channel=Channel.SMS, named=(each.named or "").replace("email", "phone"))
        for each in people(template, *whom)
    ]


def agencies(template: Template, *which: OrganisationId, about: OrganisationId = ONE.id) -> list[Told]:
    return [members(template, each, about) for each in which]


def test_whoever_has_to_sign_is_asked_and_the_agency_is_told() -> None:
    assert of_convention(submitted()) == [
        *people(T.IMMERSION_TO_SIGN, *BOTH),
        *agencies(T.IMMERSION_NEW_FOR_AGENCY, ONE.id),
    ]


def test_a_minor_s_representative_and_an_employer_of_today_are_asked_too() -> None:
    of_a_minor = submitted(mini_stage(current_employer=EMPLOYER))
    assert of_convention(of_a_minor)[:-1] == people(
        T.IMMERSION_TO_SIGN,
        Person.BENEFICIARY,
        Person.LEGAL_REPRESENTATIVE,
        Person.CURRENT_EMPLOYER,
        Person.ESTABLISHMENT_REPRESENTATIVE,
    )


def test_a_signature_is_confirmed_and_with_the_last_one_the_agency_reviews() -> None:
    first, last = SIGNED
    assert of_convention(submitted(), first) == people(T.IMMERSION_SIGNED, Person.BENEFICIARY)
    assert of_convention(submitted(), first, last) == [
        *people(T.IMMERSION_SIGNED, Person.ESTABLISHMENT_REPRESENTATIVE),
        *agencies(T.IMMERSION_TO_REVIEW_FOR_AGENCY, ONE.id),
    ]
    four = submitted(mini_stage(current_employer=EMPLOYER))
    three = [first, last, signed(Person.LEGAL_REPRESENTATIVE)]
    assert of_convention(four, *three) == people(T.IMMERSION_SIGNED, Person.LEGAL_REPRESENTATIVE)
    assert of_convention(four, *three, signed(Person.CURRENT_EMPLOYER))[1:] == agencies(
        T.IMMERSION_TO_REVIEW_FOR_AGENCY, ONE.id
    )


def modified(by: Person | None, agreed: ConventionTerms = TERMS) -> Modified:
    return Modified(**terms_of(agreed), at=NOW, by=by)


def test_a_modification_asks_everybody_anew_but_the_signatory_who_made_it() -> None:
    asked = submitted()
    assert of_convention(asked, *SIGNED, modified(None)) == people(T.IMMERSION_TO_SIGN_ANEW, *BOTH)
    assert of_convention(asked, *SIGNED, modified(Person.BENEFICIARY)) == people(
        T.IMMERSION_TO_SIGN_ANEW, Person.ESTABLISHMENT_REPRESENTATIVE
    )
    with_parent = replace(TERMS, legal_representative=PARENT)
    assert of_convention(asked, modified(Person.ESTABLISHMENT_REPRESENTATIVE, with_parent)) == people(
        T.IMMERSION_TO_SIGN_ANEW, Person.BENEFICIARY, Person.LEGAL_REPRESENTATIVE
    )


def test_what_is_found_eligible_waits_for_whoever_validates() -> None:
    for agency, validates in ((TWO, TWO.id), (A, B.id)):
        assert of_convention(submitted(agency=agency), *SIGNED, ELIGIBLE) == agencies(
            T.IMMERSION_TO_VALIDATE_FOR_AGENCY, validates, about=agency.id
        )


DECISIONS: Final = [
    (VALIDATED, T.IMMERSION_VALIDATED, T.IMMERSION_VALIDATED_FOR_AGENCY),
    (Rejected(at=NOW, justification="Non."), T.IMMERSION_REJECTED, T.IMMERSION_REJECTED_FOR_AGENCY),
    (Cancelled(at=NOW, justification="Fermeture."), T.IMMERSION_CANCELLED, T.IMMERSION_CANCELLED_FOR_AGENCY),
    (
        Deprecated(at=NOW, justification=None, was=Stage.IN_REVIEW),
        T.IMMERSION_DEPRECATED,
        T.IMMERSION_DEPRECATED_FOR_AGENCY,
    ),
]


@pytest.mark.parametrize(("decision", "for_people", "for_agency"), DECISIONS)
def test_a_decision_is_told_to_everybody_who_takes_part_and_to_both_agencies(
    decision: Any, for_people: Template, for_agency: Template
) -> None:
    assert of_convention(submitted(), *SIGNED, decision) == [
        *people(for_people, *ALL),
        *agencies(for_agency, ONE.id),
    ]
    referring = of_convention(submitted(agency=A), *SIGNED, decision)
    assert referring == [*people(for_people, *ALL, about=A.id), *agencies(for_agency, A.id, B.id, about=A.id)]


def test_every_decision_has_templates() -> None:
    assert set(DECIDED) == {type(decision) for decision, _, _ in DECISIONS}


def transferred(to: OrganisationId, validator: OrganisationId) -> TransferredToAgency:
    return TransferredToAgency(
        at=NOW, from_agency=ONE.id, to=to, two_steps=True, validator=validator, justification="Secteur."
    )


def test_a_transfer_is_told_to_everybody_and_to_the_new_agencies() -> None:
    assert of_convention(submitted(), transferred(A.id, B.id)) == [
        *people(T.IMMERSION_TRANSFERRED, *ALL, about=A.id),
        *agencies(T.IMMERSION_TRANSFERRED_FOR_AGENCY, A.id, B.id),
    ]
    assert of_convention(submitted(), transferred(TWO.id, TWO.id))[3:] == agencies(
        T.IMMERSION_TRANSFERRED_FOR_AGENCY, TWO.id
    )


def test_an_agency_that_goes_on_in_other_steps_tells_nobody() -> None:
    assert of_convention(submitted(), transferred(ONE.id, ONE.id)) == []


def test_everybody_is_reminded_of_missing_signatures_and_whoever_has_not_signed_by_text_message_too() -> None:
    reminded = Reminded(at=NOW, of=Reminder.SIGNATURE)
    template = T.IMMERSION_SIGNATURE_REMINDED
    assert of_convention(submitted(), reminded) == [*people(template, *ALL), *texts(template, *BOTH)]
    assert of_convention(submitted(), SIGNED[0], reminded) == [
        *people(template, *ALL),
        *texts(template, Person.ESTABLISHMENT_REPRESENTATIVE),
    ]


@pytest.mark.parametrize("of", [Reminder.FIRST_REVIEW, Reminder.LAST_REVIEW])
def test_agencies_are_reminded_to_answer(of: Reminder) -> None:
    assert of_convention(submitted(agency=A), *SIGNED, Reminded(at=NOW, of=of)) == agencies(
        T.IMMERSION_REVIEW_REMINDED_FOR_AGENCY, A.id, B.id, about=A.id
    )


def test_the_tutor_is_asked_for_the_assessment_and_the_person_told_so() -> None:
    assert of_convention(*history(Stage.VALIDATED), REQUESTED) == [
        *people(T.ASSESSMENT_TO_MAKE, Person.TUTOR),
        *people(T.ASSESSMENT_ANNOUNCED, Person.BENEFICIARY),
    ]


@pytest.mark.parametrize("of", [Reminder.FIRST_ASSESSMENT, Reminder.LAST_ASSESSMENT])
def test_the_tutor_is_reminded_and_the_agency_told_for_an_immersion_only(of: Reminder) -> None:
    reminded, tutor = Reminded(at=NOW, of=of), people(T.ASSESSMENT_REMINDED, Person.TUTOR)
    assert of_convention(*history(Stage.VALIDATED), REQUESTED, reminded) == [
        *tutor,
        *agencies(T.ASSESSMENT_REMINDED_FOR_AGENCY, ONE.id),
    ]
    pupil = history(Stage.VALIDATED, agreed=mini_stage())
    assert of_convention(*pupil, REQUESTED, reminded) == tutor


def test_the_person_is_asked_to_sign_the_assessment_unless_nobody_came_or_none_is_asked_for() -> None:
    validated = history(Stage.VALIDATED)
    assert of_convention(*validated, assessed()) == people(T.ASSESSMENT_TO_SIGN, Person.BENEFICIARY)
    assert of_convention(*validated, assessed(attendance=Attendance.DID_NOT_SHOW)) == agencies(
        T.ASSESSMENT_NO_SHOW_FOR_AGENCY, ONE.id
    )
    assert of_convention(*validated, assessed(at=NOW - timedelta(days=60))) == []


def test_the_answer_to_an_assessment_and_its_deletion_are_told() -> None:
    made = [*history(Stage.VALIDATED), assessed()]
    assert of_convention(*made, AssessmentSigned(at=NOW, agrees=True, feedback=None)) == [
        *agencies(T.ASSESSMENT_SIGNED_FOR_AGENCY, ONE.id),
        *people(T.ASSESSMENT_SIGNED_FOR_ESTABLISHMENT, Person.ESTABLISHMENT_REPRESENTATIVE, Person.TUTOR),
        *people(T.ASSESSMENT_SIGNED_FOR_BENEFICIARY, Person.BENEFICIARY),
    ]
    first, last = TERMS.starts_on, TERMS.ends_on
    assert of_convention(*made, AssessmentDeleted(at=NOW, justification="Erreur.", starts_on=first, ends_on=last)) == [
        *people(T.ASSESSMENT_DELETED_FOR_TUTOR, Person.TUTOR),
        *people(T.ASSESSMENT_DELETED_FOR_BENEFICIARY, Person.BENEFICIARY),
    ]


SILENT: Final[Sequence[Sequence[Any]]] = [
    [TutorCorrected(tutor=TUTOR)],
    [BeneficiaryCorrected(last_name="Haddad", first_name="Morgane", birth_date="1990-01-01")],
    [ReferentNamed(last_name="Roy", first_name=None)],
    [SignatureLinkSent(at=NOW, recipient=Person.BENEFICIARY, channel=Way.SMS)],
    [AssessmentLinkSent(at=NOW, channel=Way.EMAIL)],
    [assessed(), AssessmentSignatureLinkSent(at=NOW, channel=Way.EMAIL)],
]


@pytest.mark.parametrize("events", SILENT, ids=lambda events: type(events[-1]).__name__)
def test_what_was_sent_by_hand_or_corrected_is_told_to_nobody(events: Sequence[Any]) -> None:
    assert of_convention(*history(Stage.VALIDATED), *events) == []


def of_discussion(*events: Any) -> Sequence[Told]:
    return told(*events, by=BY, earlier=BY, journey="discussion-1")


def asker(template: Template) -> Told:
    return Told(template=template, recipient=Recipient.NAMED, named="request.email")


def establishment(template: Template) -> Told:
    return Told(template=template, recipient=Recipient.ESTABLISHMENT)


def test_a_request_by_e_mail_is_told_to_both_and_its_first_message_is_the_request_itself() -> None:
    asked, first = ASKED
    assert of_discussion(asked) == [asker(T.DISCUSSION_SENT), establishment(T.DISCUSSION_NEW_FOR_ESTABLISHMENT)]
    assert of_discussion(asked, first) == []


@pytest.mark.parametrize(
    ("mode", "template"),
    [(ContactMode.PHONE, T.DISCUSSION_BY_PHONE), (ContactMode.IN_PERSON, T.DISCUSSION_IN_PERSON)],
)
def test_otherwise_the_person_is_told_how_to_go_on(mode: ContactMode, template: Template) -> None:
    asked = opened(contact_mode=mode)
    assert of_discussion(asked) == [asker(template)]
    assert of_discussion(asked, written(1)) == [establishment(T.DISCUSSION_MESSAGE_FOR_ESTABLISHMENT)]
    assert OPENED.keys() == set(ContactMode)


def test_each_side_is_told_what_the_other_writes() -> None:
    answer, question = written(2, Side.ESTABLISHMENT), written(3)
    assert of_discussion(*ASKED, answer) == [asker(T.DISCUSSION_MESSAGE)]
    assert of_discussion(*ASKED, answer, question) == [establishment(T.DISCUSSION_MESSAGE_FOR_ESTABLISHMENT)]


@pytest.mark.parametrize(
    ("of", "whom"),
    [
        (DiscussionReminder.ESTABLISHMENT_3_DAYS, establishment(T.DISCUSSION_REMINDED_FOR_ESTABLISHMENT)),
        (DiscussionReminder.ESTABLISHMENT_7_DAYS, establishment(T.DISCUSSION_REMINDED_FOR_ESTABLISHMENT)),
        (DiscussionReminder.BENEFICIARY_15_DAYS, asker(T.DISCUSSION_FOLLOW_UP)),
    ],
)
def test_whoever_is_awaited_is_reminded(of: DiscussionReminder, whom: Told) -> None:
    assert of_discussion(*ASKED, Recalled(at=THEN, of=of)) == [whom]


def test_both_sides_are_told_that_nobody_ever_answered() -> None:
    assert of_discussion(*ASKED, BecameObsolete(at=THEN)) == [
        asker(T.DISCUSSION_OBSOLETE),
        establishment(T.DISCUSSION_OBSOLETE_FOR_ESTABLISHMENT),
    ]


ANSWERS: Final = [
    Accepted(at=THEN, warned_by=None, convention=None),
    Declined(at=THEN, kind=RejectionKind.NO_TIME),
    ConventionLinked(at=THEN, convention="immersion-1"),
    MessagesRedacted(at=THEN, numbers=(1,), references=()),
]


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: type(answer).__name__)
def test_an_answer_is_told_by_the_message_that_says_it_or_by_nobody(answer: Any) -> None:
    assert of_discussion(*ASKED, answer) == []


def test_the_notices_of_an_event_have_keys_of_their_own() -> None:
    def keys(lines: Iterable[Told]) -> list[str]:
        return [each.key for each in lines]

    for events in (
        [submitted(mini_stage(current_employer=EMPLOYER))],
        [*history(Stage.READY_TO_SIGN, A), Reminded(at=NOW, of=Reminder.SIGNATURE)],
        history(Stage.VALIDATED, A),
    ):
        found = keys(of_convention(*events))
        assert len(set(found)) == len(found)
    [text] = texts(T.IMMERSION_SIGNATURE_REMINDED, Person.TUTOR)
    assert text.key == "immersion-signature-reminder:sms:named:terms.tutor.phone"
