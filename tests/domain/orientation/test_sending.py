"""Sending a person to a service: what is required, and what is recorded."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from domain.journey import Dossier, Refusal
from domain.orientation import (
    Attachment,
    ContactPreference,
    DocumentAttached,
    Orientation,
    Stage,
    decide,
    parties,
)
from domain.orientation.refusals import (
    AlreadyOrientedThere,
    AttachmentKindNotAllowed,
    AttachmentMissing,
    AttachmentNameTooLong,
    AttachmentReferenceNotOpaque,
    AttachmentTooBig,
    CommitmentMissing,
    ContactDetailMissing,
    DurationNotPositive,
    FieldMissing,
    NoContactPreference,
    NoSendingStructure,
    NotAFranceTravailNumber,
    ReferentIsTheBeneficiary,
    ServiceNotOrientable,
    StructureInactive,
    TextTooLong,
    TooManyAttachments,
)
from domain.orientation.sending import CONTACT_DETAILS, EXTENSIONS, LIMITS, REQUIRED
from domain.vocabulary import Party
from tests.domain.orientation.cases import (
    ATTACHED,
    HELD,
    MARCH_1,
    PDF,
    REACHED,
    SEND,
    A,
    B,
    day,
    given,
    on,
    sending,
    sent,
    standing,
    structure,
    utc,
)

OK = on(MARCH_1)


def accepts(**changes: Any) -> None:
    assert decide(sending(**changes), Orientation(), OK)


def refuses(reason: type[Refusal], **changes: Any) -> Mapping[str, object]:
    with pytest.raises(Refusal) as caught:
        decide(sending(**changes), Orientation(), OK)
    assert caught.type is reason
    return caught.value.details


def document(**changes: Any) -> tuple[Attachment, ...]:
    return (replace(PDF, **changes),)


def test_s1_an_authorised_structure_opens_the_orientation_at_once() -> None:
    given().within(OK).when(SEND).then(sent())
    assert standing(sent()).opened_on == MARCH_1


def test_s3_a_person_without_an_email_is_reached_by_phone() -> None:
    by_phone: dict[str, Any] = {
        "contact_preferences": (ContactPreference.PHONE,),
        "beneficiary_phone": "0600000000",
        "beneficiary_email": None,
    }
    given().within(OK).when(sending(**by_phone)).then(sent(**by_phone))


def test_s5_a_service_that_asks_for_a_document_gets_one() -> None:
    given().within(OK).when(sending(attachment_required=True)).refused(AttachmentMissing)
    with_one = sending(attachment_required=True, attachments=(PDF,))
    given().within(OK).when(with_one).then(sent(attachment_required=True), ATTACHED)


def test_the_day_is_the_one_in_paris() -> None:
    late_in_february = given().within(OK).at(utc("2026-02-28T23:00"))
    late_in_february.when(SEND).then(sent(MARCH_1))
    given().within(OK).at(utc("2026-02-28T22:59:59")).when(SEND).then(sent(day(2, 28)))


def test_the_sender_and_the_receiver_take_part() -> None:
    assert parties(Orientation()) == {}
    assert parties(standing(sent())) == {Party.SENDER: {A.id}, Party.RECEIVER: {B.id}}


def test_what_was_ticked_is_kept_one_label_per_line() -> None:
    ticked = sending(situation=(), requirements=("Savoir  lire\net écrire", "Permis B"))
    given().within(OK).when(ticked).then(sent(situation=None, requirements="Savoir lire et écrire\nPermis B"))


def test_an_orientation_is_sent_for_a_structure() -> None:
    given().within(on(MARCH_1, acting=None)).when(SEND).refused(NoSendingStructure)


def test_the_commitment_is_not_optional() -> None:
    refuses(CommitmentMissing, data_protection_commitment=False)


def test_neither_structure_is_closed() -> None:
    given().within(on(MARCH_1, structure("a", active=False))).when(SEND).refused(StructureInactive)
    b_is_closed = replace(OK, organisations={B.id: structure("b", active=False)})
    given().within(b_is_closed).when(SEND).refused(StructureInactive)


def test_a_structure_may_send_to_its_own_service() -> None:
    given().within(on(MARCH_1, B)).when(SEND).then(sent(sender=B.id))


def test_the_service_takes_orientations() -> None:
    refuses(ServiceNotOrientable, service_orientable=False)


@pytest.mark.parametrize("field", ["weekly_hours", "weeks"])
def test_a_duration_is_unknown_or_positive(field: str) -> None:
    accepts(**{field: None})
    accepts(**{field: 1})
    refuses(DurationNotPositive, **{field: 0})


@pytest.mark.parametrize("stage", REACHED)
def test_nobody_waits_twice_for_the_same_service(stage: Stage) -> None:
    earlier = standing(*REACHED[stage])
    context = on(day(4, 1), dossier=Dossier({"orientation-2": earlier}))
    if stage in {Stage.HELD, Stage.OPEN}:
        given().within(context).when(SEND).refused(AlreadyOrientedThere)
    else:
        given().within(context).when(SEND).then(sent(day(4, 1)))


def test_one_may_wait_for_another_service_meanwhile() -> None:
    dossier = Dossier({"orientation-2": standing(sent(service_id="dora--t")), "orientation-1": standing(sent())})
    given().within(on(MARCH_1, dossier=dossier)).when(SEND).then(sent())


@pytest.mark.parametrize("field", REQUIRED)
@pytest.mark.parametrize("empty", ["", " \n"])
def test_a_required_field_is_filled_in(field: str, empty: str) -> None:
    assert refuses(FieldMissing, **{field: empty}) == {"field": field}


@pytest.mark.parametrize(("field", "limit"), LIMITS.items())
def test_a_text_may_be_as_long_as_its_limit_and_no_longer(field: str, limit: int) -> None:
    accepts(**{field: "x" * limit})
    assert refuses(TextTooLong, **{field: "x" * (limit + 1)}) == {"field": field, "limit": limit}


@pytest.mark.parametrize("field", ["situation", "requirements"])
def test_a_ticked_label_has_at_most_480_characters(field: str) -> None:
    accepts(**{field: ("x" * 480,)})
    refuses(TextTooLong, **{field: ("short", "x" * 481)})


def test_the_limits_are_those_of_dora() -> None:
    people = ("beneficiary", "referent", "prescriber")
    names = [f"{who}_{name}" for who in people for name in ("last_name", "first_name")]
    emails = [f"{who}_email" for who in ("service_contact", *people)]
    phones = [f"{who}_phone" for who in ("service_contact", *people)]
    assert {
        "service_id": 255,
        "service_name": 140,
        "service_address": 280,
        "service_contact_name": 140,
        "receiver_name": 255,
        "beneficiary_other_contact": 280,
        "situation_other": 480,
        "reasons": 600,
        **dict.fromkeys(names, 140),
        **dict.fromkeys(emails, 254),
        **dict.fromkeys(phones, 10),
    } == LIMITS


def test_what_is_needed_is_the_service_the_structure_the_person_and_the_referent() -> None:
    assert set(REQUIRED) == {
        "service_id",
        "service_name",
        "receiver_name",
        "beneficiary_last_name",
        "beneficiary_first_name",
        "referent_last_name",
        "referent_first_name",
        "referent_email",
    }


def test_there_is_a_way_to_reach_the_person() -> None:
    refuses(NoContactPreference, contact_preferences=())


@pytest.mark.parametrize(("preference", "field"), CONTACT_DETAILS.items())
@pytest.mark.parametrize("nothing", [None, "", " "])
def test_the_way_chosen_comes_with_its_contact_detail(
    preference: ContactPreference, field: str, nothing: str | None
) -> None:
    chosen = (ContactPreference.REFERENT, preference)
    missing = refuses(ContactDetailMissing, **{"contact_preferences": chosen, field: nothing})
    assert missing == {"preference": preference.value, "field": field}
    accepts(**{"contact_preferences": chosen, field: "0600000000"})


def test_the_referent_is_reached_by_the_email_that_is_required_anyway() -> None:
    accepts(contact_preferences=(ContactPreference.REFERENT,), beneficiary_email=None)


@pytest.mark.parametrize("number", ["", "1234567890", "123456789012", "1234567890a", "١٢٣٤٥٦٧٨٩٠١", "12345678901\n"])
def test_a_france_travail_number_has_eleven_digits(number: str) -> None:
    refuses(NotAFranceTravailNumber, france_travail_number=number)


@pytest.mark.parametrize("number", [None, "00000000000"])
def test_a_france_travail_number_may_be_absent(number: str | None) -> None:
    accepts(france_travail_number=number)


@pytest.mark.parametrize("address", ["r@a.fr", "R@A.fr", " r@a.fr "])
def test_nobody_is_their_own_referent(address: str) -> None:
    refuses(ReferentIsTheBeneficiary, beneficiary_email=address)


def test_at_most_twenty_documents_are_attached() -> None:
    accepts(attachments=document() * 20)
    assert refuses(TooManyAttachments, attachments=document() * 21) == {"limit": 20}


def test_every_document_is_recorded() -> None:
    two = (*document(), *document(reference="f" * 64, name="Lettre.PDF", size=2))
    other = DocumentAttached(reference="f" * 64, name="Lettre.PDF", size=2)
    given().within(OK).when(sending(attachments=two)).then(sent(), ATTACHED, other)
    assert standing(sent(), ATTACHED, other).attachments == (PDF.reference, "f" * 64)


def test_a_document_weighs_at_most_six_megabytes() -> None:
    accepts(attachments=document(size=6 * 1024 * 1024))
    assert refuses(AttachmentTooBig, attachments=document(size=6 * 1024 * 1024 + 1)) == {"position": 0}
    refuses(AttachmentTooBig, attachments=document(size=0))


def test_the_name_of_a_document_has_at_most_64_characters() -> None:
    accepts(attachments=document(name="x" * 60 + ".pdf"))
    refuses(AttachmentNameTooLong, attachments=document(name="x" * 61 + ".pdf"))


def test_ten_extensions_are_those_of_usual_documents() -> None:
    assert sorted(EXTENSIONS) == ["doc", "docx", "jpeg", "jpg", "ods", "odt", "pdf", "png", "xls", "xlsx"]


@pytest.mark.parametrize("extension", sorted(EXTENSIONS))
def test_usual_documents_are_allowed(extension: str) -> None:
    accepts(attachments=document(name=f"a.b.{extension.upper()}"))


@pytest.mark.parametrize("name", ["cv", "pdf", ".pdf", "cv.exe", "cv.pdf.exe", "cv.", "cv.pdf "])
def test_other_documents_are_not(name: str) -> None:
    refuses(AttachmentKindNotAllowed, attachments=document(name=name))


@pytest.mark.parametrize("reference", ["0" * 31, "0" * 65, "", "local/#orientations/x/cv-bao.pdf", "BAO" + "0" * 32])
def test_a_document_is_named_by_nothing_that_says_whose_it_is(reference: str) -> None:
    refuses(AttachmentReferenceNotOpaque, attachments=document(reference=reference))


def test_s7_an_orientation_of_an_unmoderated_structure_is_held() -> None:
    with_a_document = sending(attachments=(PDF,))
    given().within(on(MARCH_1, structure("a", authorised=False))).when(with_a_document).then(sent(), HELD, ATTACHED)
    held = standing(sent(), HELD, ATTACHED)
    assert (held.stage, held.opened_on, held.attachments) == ("held", None, (PDF.reference,))
    assert parties(held) == {Party.SENDER: {A.id}}
