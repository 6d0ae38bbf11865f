"""Moderation, acceptance, refusal, messages and the beginning of the service."""

from datetime import date
from enum import StrEnum

import pytest

from domain.orientation import (
    Accept,
    Accepted,
    Addressee,
    AttachmentsPurged,
    CancelStart,
    ConfirmStart,
    CorrectStart,
    MessageSent,
    RecordMessage,
    RefusalReason,
    Refuse,
    Refused,
    RejectByModeration,
    RejectedByModeration,
    ReleasedFromModeration,
    ReleaseFromModeration,
    StartCancelled,
    StartConfirmed,
    StartCorrected,
    parties,
)
from domain.orientation.dora import DORA_ADDRESSEES, DORA_CONTACT_PREFERENCES, DORA_REASONS, DORA_STATUSES
from domain.orientation.refusals import (
    AlreadyDecided,
    BeforeItWasOpened,
    FieldMissing,
    NoEmailAddress,
    NoRefusalReason,
    ReferentIsOnlyCopied,
    ServiceAddressUnknown,
    StartInTheFuture,
    TextTooLong,
    WrongStage,
)
from domain.vocabulary import Party
from tests.domain.orientation.cases import (
    ACCEPT,
    ATTACHED,
    HELD,
    MARCH_1,
    PDF,
    REFUSE,
    A,
    B,
    accepted,
    day,
    given,
    on,
    refused,
    sent,
    standing,
)

NOON = on(day(3, 5))
PURGED = AttachmentsPurged(references=(PDF.reference,))


def test_s7_nothing_is_answered_while_the_structure_is_moderated() -> None:
    given(sent(), HELD).within(NOON).when(ACCEPT).refused(WrongStage)
    given(sent(), HELD).within(NOON).when(REFUSE).refused(WrongStage)
    writing = RecordMessage(recipient=Addressee.BENEFICIARY)
    given(sent(), HELD).within(NOON).when(writing).refused(WrongStage)


def test_a_released_orientation_reaches_the_structure_that_day() -> None:
    released = ReleasedFromModeration(on=day(3, 5))
    given(sent(), HELD).within(NOON).when(ReleaseFromModeration()).then(released)
    after = standing(sent(), HELD, released)
    assert (after.stage, after.opened_on, after.decided_on) == ("open", day(3, 5), None)
    assert parties(after) == {Party.SENDER: {A.id}, Party.RECEIVER: {B.id}}


def test_s9_a_rejection_deletes_the_documents_and_never_reaches_the_structure() -> None:
    rejected = RejectedByModeration(on=day(3, 5))
    given(sent(), HELD, ATTACHED).within(NOON).when(RejectByModeration()).then(rejected, PURGED)
    given(sent(), HELD).within(NOON).when(RejectByModeration()).then(rejected)
    assert parties(standing(sent(), HELD, rejected)) == {Party.SENDER: {A.id}}


def test_an_acceptance_keeps_the_documents() -> None:
    given(sent(), ATTACHED).within(NOON).when(ACCEPT).then(accepted(day(3, 5)))


def test_s11_the_placeholder_is_the_address_of_the_service() -> None:
    meet = Accept(message_to_beneficiary="RDV au #SERVICE_ADDRESS#.", message_to_prescriber="Au #SERVICE_ADDRESS#")
    told = Accepted(
        on=day(3, 5),
        message_to_beneficiary="RDV au 1 rue X, 75001 Paris.",
        message_to_prescriber="Au 1 rue X, 75001 Paris",
    )
    given(sent()).within(NOON).when(meet).then(told)
    given(sent(service_address=None)).within(NOON).when(meet).refused(ServiceAddressUnknown)
    given(sent(service_address=None)).within(NOON).when(ACCEPT).then(accepted(day(3, 5)))


@pytest.mark.parametrize("field", ["message_to_beneficiary", "message_to_prescriber"])
def test_both_messages_of_an_acceptance_have_one_to_1000_characters(field: str) -> None:
    def accept(text: str) -> Accept:
        return Accept(**({"message_to_beneficiary": "a", "message_to_prescriber": "a"} | {field: text}))

    for empty in ("", " \n"):
        given(sent()).within(NOON).when(accept(empty)).refused(FieldMissing)
    given(sent()).within(NOON).when(accept("x" * 1001)).refused(TextTooLong)
    longest = {"message_to_beneficiary": "a", "message_to_prescriber": "a"} | {field: "x" * 1000}
    given(sent()).within(NOON).when(accept("x" * 1000)).then(Accepted(on=day(3, 5), **longest))


def test_s13_a_refusal_has_reasons_and_deletes_the_documents() -> None:
    reasons = (RefusalReason.OTHER, RefusalReason.NOT_ELIGIBLE, RefusalReason.OTHER)
    command = Refuse(reasons=reasons, message="Voir la mission locale.")
    recorded = Refused(
        on=day(3, 5),
        reasons=(RefusalReason.NOT_ELIGIBLE, RefusalReason.OTHER),
        message="Voir la mission locale.",
    )
    given(sent(), ATTACHED).within(NOON).when(command).then(recorded, PURGED)
    given(sent()).within(NOON).when(command).then(recorded)
    assert standing(sent(), recorded).refusal_reasons == recorded.reasons


def test_a_refusal_says_why() -> None:
    given(sent()).within(NOON).when(Refuse(reasons=(), message="Non")).refused(NoRefusalReason)
    full = (RefusalReason.SESSION_FULL,)
    given(sent()).within(NOON).when(Refuse(reasons=full, message=" ")).refused(FieldMissing)
    given(sent()).within(NOON).when(Refuse(reasons=full, message="x" * 1001)).refused(TextTooLong)
    longest = Refused(on=day(3, 5), reasons=full, message="x" * 1000)
    given(sent()).within(NOON).when(Refuse(reasons=full, message="x" * 1000)).then(longest)


def test_a_decision_is_final() -> None:
    given(sent(), accepted(day(3, 2))).within(NOON).when(REFUSE).refused(AlreadyDecided)
    given(sent(), refused(day(3, 2))).within(NOON).when(ACCEPT).refused(AlreadyDecided)
    given(sent(), accepted(day(3, 2))).within(NOON).when(ACCEPT).refused(AlreadyDecided)


def test_nothing_is_answered_before_it_was_asked() -> None:
    given(sent()).within(on(day(2, 28))).when(ACCEPT).refused(BeforeItWasOpened)
    given(sent()).within(on(MARCH_1)).when(ACCEPT).then(accepted(MARCH_1))
    late = (sent(), HELD, ReleasedFromModeration(on=day(3, 5)))
    given(*late).within(on(day(3, 4))).when(ACCEPT).refused(BeforeItWasOpened)


BENEFICIARY, PRESCRIBER, REFERENT = Addressee


def test_a_message_to_the_beneficiary_may_be_copied_to_both_others() -> None:
    command = RecordMessage(recipient=BENEFICIARY, copies=(REFERENT, PRESCRIBER, PRESCRIBER, BENEFICIARY))
    copied = MessageSent(recipient=BENEFICIARY, copies=(PRESCRIBER, REFERENT))
    given(sent()).within(NOON).when(command).then(copied)


def test_s17_a_referent_who_is_the_prescriber_is_copied_once() -> None:
    same = sent(referent_email="P@a.fr")
    both = RecordMessage(recipient=BENEFICIARY, copies=(PRESCRIBER, REFERENT))
    given(same).within(NOON).when(both).then(MessageSent(recipient=BENEFICIARY, copies=(PRESCRIBER,)))
    to_prescriber = RecordMessage(recipient=PRESCRIBER, copies=(REFERENT,))
    given(same).within(NOON).when(to_prescriber).then(MessageSent(recipient=PRESCRIBER, copies=()))


def test_a_referent_who_is_the_prescriber_is_still_copied_when_alone() -> None:
    alone = RecordMessage(recipient=BENEFICIARY, copies=(REFERENT,))
    expected = MessageSent(recipient=BENEFICIARY, copies=(REFERENT,))
    given(sent(referent_email="p@a.fr")).within(NOON).when(alone).then(expected)


def test_s17_nobody_writes_to_somebody_without_an_address() -> None:
    mute = sent(beneficiary_email=None)
    given(mute).within(NOON).when(RecordMessage(recipient=BENEFICIARY)).refused(NoEmailAddress)
    copied = RecordMessage(recipient=PRESCRIBER, copies=(BENEFICIARY,))
    given(mute).within(NOON).when(copied).refused(NoEmailAddress)
    without_prescriber = sent(prescriber_email=None)
    given(without_prescriber).within(NOON).when(RecordMessage(recipient=PRESCRIBER)).refused(NoEmailAddress)


def test_the_referent_only_receives_copies() -> None:
    given(sent()).within(NOON).when(RecordMessage(recipient=REFERENT)).refused(ReferentIsOnlyCopied)


ACCEPTED = (sent(), accepted(day(3, 4)))


@pytest.mark.parametrize("began", [MARCH_1, day(3, 5)])
def test_a_service_began_between_the_opening_and_today(began: date) -> None:
    given(*ACCEPTED).within(NOON).when(ConfirmStart(on=began)).then(StartConfirmed(on=began))
    assert standing(*ACCEPTED, StartConfirmed(on=began)).started_on == began


def test_a_service_neither_began_before_the_opening_nor_will_tomorrow() -> None:
    given(*ACCEPTED).within(NOON).when(ConfirmStart(on=day(3, 6))).refused(StartInTheFuture)
    given(*ACCEPTED).within(NOON).when(ConfirmStart(on=day(2, 28))).refused(BeforeItWasOpened)
    started = (*ACCEPTED, StartConfirmed(on=day(3, 4)))
    given(*started).within(NOON).when(CorrectStart(on=day(3, 6))).refused(StartInTheFuture)
    given(*started).within(NOON).when(CorrectStart(on=day(2, 28))).refused(BeforeItWasOpened)


def test_a_beginning_is_corrected_or_cancelled() -> None:
    started = (*ACCEPTED, StartConfirmed(on=day(3, 4)))
    given(*started).within(NOON).when(CorrectStart(on=day(3, 5))).then(StartCorrected(on=day(3, 5)))
    given(*started).within(NOON).when(CorrectStart(on=day(3, 4))).then()
    given(*started).within(NOON).when(CancelStart()).then(StartCancelled())
    assert standing(*started, StartCorrected(on=day(3, 5))).started_on == day(3, 5)
    assert standing(*started, StartCancelled()) == standing(*ACCEPTED)


@pytest.mark.parametrize("table", [DORA_REASONS, DORA_ADDRESSEES, DORA_CONTACT_PREFERENCES])
def test_each_code_has_one_code_of_dora(table: dict[StrEnum, str]) -> None:
    kind = type(next(iter(table)))
    assert set(table) == set(kind)
    assert len(set(table.values())) == len(table)


def test_every_stage_but_the_first_has_a_status_of_dora() -> None:
    assert {stage.value: written for stage, written in DORA_STATUSES.items()} == {
        "held": "MODÉRATION_EN_COURS",
        "rejected_by_moderation": "MODÉRATION_REJETÉE",
        "open": "OUVERTE",
        "accepted": "VALIDÉE",
        "started": "VALIDÉE",
        "refused": "REFUSÉE",
        "expired": "EXPIRÉE",
    }


def test_the_ways_to_reach_somebody_are_written_as_dora_writes_them() -> None:
    assert {way.value: written for way, written in DORA_CONTACT_PREFERENCES.items()} == {
        "phone": "TELEPHONE",
        "email": "EMAIL",
        "referent": "REFERENT",
        "other": "AUTRE",
    }
