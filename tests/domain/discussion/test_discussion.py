"""Asking, writing, answering, and what time asks (immersion §5; scenarios 31 and 33)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from domain.calendar import paris_start
from domain.discussion import DiscussionCommand, DiscussionEvent, discussion_journey
from domain.discussion.codes import (
    Aim,
    Audience,
    ContactMode,
    PupilLevel,
    RejectionKind,
    Reminder,
    Side,
    Stage,
    WarnedBy,
)
from domain.discussion.commands import (
    Accept,
    Attached,
    LinkConvention,
    RedactMessages,
    Reject,
    Remind,
    RenderObsolete,
    Write,
)
from domain.discussion.events import (
    Accepted,
    BecameObsolete,
    ConventionLinked,
    MessagesRedacted,
    Rejected,
    Reminded,
)
from domain.discussion.opening import LIMITS, REQUIRED
from domain.discussion.refusals import (
    AskedRecently,
    EstablishmentUnavailable,
    FieldMissing,
    InvalidSiret,
    KindNotSelectable,
    MessageMisplaced,
    NoSuchConvention,
    NotDue,
    PupilIncoherent,
    ReasonMisplaced,
    SayForWhom,
    SpeaksForAnother,
    TextTooLong,
    WarningMisplaced,
    WrongStage,
)
from domain.discussion.rules import REJECTION_SUBJECT, REJECTION_TEXT, decider
from domain.discussion.state import closed, parties
from domain.discussion.table import deadlines
from domain.journey import Refusal
from domain.vocabulary import Party
from tests.domain.discussion.cases import (
    ASKED,
    CANDIDATE,
    DAY,
    INSTANT,
    NOW,
    WITNESS,
    ask,
    at,
    beside,
    given,
    opened,
    standing,
    written,
)
from tests.domain.immersion.cases import PRESCRIBER, by

ACCEPTED = Accepted(at=NOW, warned_by=None, convention=None)
REJECTED = Rejected(at=NOW, kind=RejectionKind.NO_TIME)


def test_an_establishment_reached_by_email_gets_a_first_message() -> None:
    given().within(CANDIDATE).when(ask(" Bonjour. ")).then(*ASKED)
    case = standing(*ASKED)
    assert (case.stage, case.written, case.answered) == (Stage.PENDING, 1, False)
    assert not closed(case)
    assert parties(case) == {}


@pytest.mark.parametrize("mode", [ContactMode.PHONE, ContactMode.IN_PERSON])
def test_by_telephone_or_in_person_nothing_is_written(mode: ContactMode) -> None:
    given().within(WITNESS).when(ask(None, contact_mode=mode)).then(opened(contact_mode=mode))
    given().within(WITNESS).when(ask("Bonjour.", contact_mode=mode)).refused(MessageMisplaced)
    given().within(WITNESS).when(ask(" ")).refused(MessageMisplaced)


def test_an_import_waives_where_the_message_is_and_nothing_is_written_that_was_not_sent() -> None:
    waived = replace(WITNESS, waived=frozenset({MessageMisplaced}))
    given().within(waived).when(ask(None)).then(opened())
    by_telephone = ask("Bonjour.", contact_mode=ContactMode.PHONE)
    given().within(waived).when(by_telephone).then(opened(contact_mode=ContactMode.PHONE))


def test_an_organisation_may_ask_with_the_person() -> None:
    context = by(PRESCRIBER, NOW)
    asked = replace(ASKED[0], sender=PRESCRIBER.id)
    given().within(context).when(ask()).then(asked, ASKED[1])
    assert parties(standing(asked)) == {Party.SENDER: frozenset({PRESCRIBER.id})}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"siret": "13000548100011"}, InvalidSiret),
        ({"available": False}, EstablishmentUnavailable),
        ({"dates": "a" * 6001}, TextTooLong),
        ({"experience": "a" * 1025}, TextTooLong),
        ({"audience": Audience.PUPIL}, PupilIncoherent),
        ({"audience": Audience.PUPIL, "pupil_level": PupilLevel.SECONDE}, PupilIncoherent),
        ({"pupil_level": PupilLevel.SECONDE}, PupilIncoherent),
    ],
)
def test_what_cannot_be_asked(changes: dict[str, Any], reason: type[Refusal]) -> None:
    given().within(WITNESS).when(ask(**changes)).refused(reason)


#: immersion §5.2: what has to be said, and the longest texts.
NEEDED = {"business_name", "appellation_code", "last_name", "first_name", "email", "phone", "dates"}
LONGEST = {
    "business_name": 255,
    "appellation_label": 255,
    "address": 500,
    "last_name": 255,
    "first_name": 255,
    "email": 254,
    "phone": 30,
    "dates": 6000,
    "experience": 1024,
    "resume": 2000,
    "message": 6000,
}


def test_texts_are_there_and_within_their_limits() -> None:
    assert (set(REQUIRED), LIMITS) == (NEEDED, LONGEST)
    for name in REQUIRED:
        missing: Mapping[str, Any] = {name: " "}
        given().within(WITNESS).when(ask(**missing)).refused(FieldMissing)
    for name, limit in LIMITS.items():
        longest: Mapping[str, Any] = {name: "a" * limit}
        longer: Mapping[str, Any] = {name: "a" * (limit + 1)}
        assert given().within(WITNESS).when(ask(**longest))._decide()
        given().within(WITNESS).when(ask(**longer)).refused(TextTooLong)


@pytest.mark.parametrize("aim", [None, Aim.DISCOVER])
def test_a_pupil_discovers_a_job(aim: Aim | None) -> None:
    asked = ask(audience=Audience.PUPIL, pupil_level=PupilLevel.TROISIEME, aim=aim)
    pupil = opened(audience=Audience.PUPIL, pupil_level=PupilLevel.TROISIEME, aim=Aim.DISCOVER)
    given().within(WITNESS).when(asked).then(pupil, ASKED[1])


def test_a_siret_is_stored_in_one_way() -> None:
    given().within(CANDIDATE).when(ask(siret="130 005 481 00010")).then(*ASKED)


def test_s31_the_same_establishment_is_not_asked_for_the_same_job_within_seven_days() -> None:
    for days, refused in ((6, True), (8, False)):
        later = beside(replace(CANDIDATE, at=NOW + days * DAY), discussion_1=standing(*ASKED))
        scenario = given().within(later).when(ask())
        if refused:
            scenario.refused(AskedRecently)
        else:
            assert scenario._decide()


def test_seven_days_exactly_are_enough_and_another_job_or_establishment_needs_none() -> None:
    earlier = standing(*ASKED)
    given().within(beside(replace(CANDIDATE, at=NOW + 7 * DAY - INSTANT), discussion_1=earlier)).when(ask()).refused(
        AskedRecently
    )
    assert given().within(beside(replace(CANDIDATE, at=NOW + 7 * DAY), discussion_1=earlier)).when(ask())._decide()
    soon = beside(CANDIDATE, discussion_1=earlier)
    assert given().within(soon).when(ask(appellation_code="11574"))._decide()
    assert given().within(soon).when(ask(siret="73282932000074"))._decide()
    given().within(soon).when(ask(siret="130 005 481 00010")).refused(AskedRecently)


REPLY = Write(subject="Re", text="Venez mardi.", side=Side.ESTABLISHMENT)
REPLIED = written(2, Side.ESTABLISHMENT, subject="Re", text="Venez mardi.")


@pytest.mark.parametrize("past", [ASKED, (*ASKED, ACCEPTED)])
def test_both_sides_write_until_the_establishment_says_no(past: Sequence[DiscussionEvent]) -> None:
    given(*past).within(WITNESS).when(REPLY).then(REPLIED)
    own = Write(subject=" Re ", text=" D'accord. ")
    given(*past).within(CANDIDATE).when(own).then(written(2, subject="Re", text="D'accord."))
    papers = (Attached(reference="0" * 32, name="cv.pdf"),)
    given(*past).within(WITNESS).when(replace(REPLY, attachments=papers)).then(replace(REPLIED, attachments=papers))
    assert standing(*ASKED, REPLIED).answered


def test_the_first_message_is_number_one_whenever_it_is_written() -> None:
    by_telephone = opened(contact_mode=ContactMode.PHONE)
    given(by_telephone).within(WITNESS).when(REPLY).then(replace(REPLIED, number=1))


def test_whoever_writes_says_something_for_themselves() -> None:
    given(*ASKED, REJECTED).within(WITNESS).when(REPLY).refused(WrongStage)
    given(*ASKED).within(CANDIDATE).when(REPLY).refused(SpeaksForAnother)
    given(*ASKED).within(WITNESS).when(Write(subject="Re", text="Oui.")).refused(SayForWhom)
    given(*ASKED).within(WITNESS).when(replace(REPLY, text=" ")).refused(FieldMissing)
    given(*ASKED).within(WITNESS).when(replace(REPLY, subject=" ")).refused(FieldMissing)
    given(*ASKED).within(WITNESS).when(replace(REPLY, subject="a" * 256)).refused(TextTooLong)
    given(*ASKED).within(WITNESS).when(replace(REPLY, text="a" * 700_001)).refused(TextTooLong)
    assert given(*ASKED).within(WITNESS).when(replace(REPLY, subject="a" * 255, text="a" * 700_000))._decide()


@pytest.mark.parametrize("past", [ASKED, (*ASKED, ACCEPTED)])
def test_the_establishment_accepts(past: Sequence[DiscussionEvent]) -> None:
    accepted = Accepted(at=NOW, warned_by=WarnedBy.PHONE, convention=None)
    given(*past).within(WITNESS).when(Accept(warned_by=WarnedBy.PHONE)).then(accepted)
    case = standing(*past, accepted)
    assert case.stage is Stage.ACCEPTED
    assert closed(case)


def test_an_acceptance_names_a_convention_of_the_dossier() -> None:
    known = beside(WITNESS, immersion_1=object(), discussion_1=standing(*ASKED))
    named = Accepted(at=NOW, warned_by=None, convention="immersion-1")
    given(*ASKED).within(known).when(Accept(convention="immersion-1")).then(named)
    given(*ASKED).within(known).when(Accept(convention="immersion-2")).refused(NoSuchConvention)
    given(*ASKED).within(known).when(Accept(convention="discussion-1")).refused(NoSuchConvention)
    assert standing(*ASKED, named, ACCEPTED).convention == "immersion-1"


def test_the_establishment_says_no_and_the_person_is_told() -> None:
    told = written(2, Side.ESTABLISHMENT, subject=REJECTION_SUBJECT, text=REJECTION_TEXT)
    given(*ASKED).within(WITNESS).when(Reject(kind=RejectionKind.NO_TIME)).then(told, REJECTED)
    given(*ASKED, ACCEPTED).within(WITNESS).when(Reject(kind=RejectionKind.NO_TIME)).then(told, REJECTED)
    case = standing(*ASKED, told, REJECTED)
    assert case.stage is Stage.REJECTED
    given(*ASKED, REJECTED).within(WITNESS).when(Reject(kind=RejectionKind.NO_TIME)).refused(WrongStage)
    given(*ASKED, REJECTED).within(WITNESS).when(Accept()).refused(WrongStage)


def test_a_person_already_told_is_not_told_again() -> None:
    warned = Reject(kind=RejectionKind.CANDIDATE_ALREADY_WARNED, warned_by=WarnedBy.IN_PERSON)
    rejected = Rejected(at=NOW, kind=warned.kind, warned_by=WarnedBy.IN_PERSON)
    given(*ASKED).within(WITNESS).when(warned).then(rejected)
    given(*ASKED).within(WITNESS).when(replace(warned, warned_by=None)).refused(WarningMisplaced)
    told = Reject(kind=RejectionKind.NO_TIME, warned_by=WarnedBy.PHONE)
    given(*ASKED).within(WITNESS).when(told).refused(WarningMisplaced)


def test_another_reason_is_said_and_time_alone_gives_its_own() -> None:
    other = Reject(kind=RejectionKind.OTHER, reason=" Travaux. ")
    said = Rejected(at=NOW, kind=RejectionKind.OTHER, reason="Travaux.")
    assert list(given(*ASKED).within(WITNESS).when(other)._decide())[1:] == [said]
    given(*ASKED).within(WITNESS).when(replace(other, reason=None)).refused(ReasonMisplaced)
    given(*ASKED).within(WITNESS).when(replace(other, reason=" ")).refused(FieldMissing)
    given(*ASKED).within(WITNESS).when(replace(other, reason="a" * 1025)).refused(TextTooLong)
    assert given(*ASKED).within(WITNESS).when(replace(other, reason="a" * 1024))._decide()
    misplaced = Reject(kind=RejectionKind.UNABLE_TO_HELP, reason="Travaux.")
    given(*ASKED).within(WITNESS).when(misplaced).refused(ReasonMisplaced)
    given(*ASKED).within(WITNESS).when(Reject(kind=RejectionKind.DEPRECATED)).refused(KindNotSelectable)


@pytest.mark.parametrize("past", [ASKED, (*ASKED, ACCEPTED), (*ASKED, REJECTED), (*ASKED, BecameObsolete(at=NOW))])
def test_a_convention_answers_whatever_was_answered_before(past: Sequence[DiscussionEvent]) -> None:
    known = beside(at(NOW), immersion_1=object())
    linked = ConventionLinked(at=NOW, convention="immersion-1")
    given(*past).within(known).when(LinkConvention(convention="immersion-1")).then(linked)
    given(*past).within(known).when(LinkConvention(convention="immersion-2")).refused(NoSuchConvention)
    case = standing(*past, linked)
    assert (case.stage, case.convention) == (Stage.ACCEPTED, "immersion-1")


# --- Time --------------------------------------------------------------------


def due(*events: DiscussionEvent) -> dict[DiscussionCommand, datetime]:
    return {deadline.command: deadline.due for deadline in deadlines(standing(*events))}


THREE, SEVEN, FIFTEEN = (
    Remind(of=of) for of in (Reminder.ESTABLISHMENT_3_DAYS, Reminder.ESTABLISHMENT_7_DAYS, Reminder.BENEFICIARY_15_DAYS)
)
FORGET = RedactMessages()
JULY_1 = datetime(2026, 6, 30, 22, tzinfo=UTC)


def test_what_time_asks_of_a_discussion_that_nobody_answers() -> None:
    assert due(*ASKED) == {
        THREE: NOW + 3 * DAY,
        SEVEN: NOW + 7 * DAY,
        FIFTEEN: NOW + 15 * DAY,
        RenderObsolete(): datetime(2026, 3, 31, 22, tzinfo=UTC),
        FORGET: JULY_1,
    }


def test_an_establishment_that_wrote_is_not_reminded_and_nobody_is_of_what_is_answered() -> None:
    assert set(due(*ASKED, REPLIED)) == {FIFTEEN, FORGET}
    assert set(due(*ASKED, ACCEPTED)) == {FORGET}
    assert set(due(*ASKED, REJECTED)) == {FORGET}
    assert due() == {}


def test_an_establishment_is_not_reminded_of_what_was_not_written() -> None:
    assert set(due(opened(contact_mode=ContactMode.PHONE))) == {FIFTEEN}


@pytest.mark.parametrize("command", [THREE, SEVEN, FIFTEEN])
def test_a_reminder_is_given_once_and_when_it_is_due(command: Remind) -> None:
    when = due(*ASKED)[command]
    reminded = Reminded(at=when, of=command.of)
    given(*ASKED).within(at(when)).when(command).then(reminded)
    given(*ASKED).within(at(when - INSTANT)).when(command).refused(NotDue)
    given(*ASKED, reminded).within(at(when)).when(command).refused(NotDue)


def test_s33_what_nobody_answered_for_three_months_is_obsolete() -> None:
    night = paris_start(datetime(2026, 4, 1, tzinfo=UTC).date())
    obsolete = BecameObsolete(at=night)
    given(*ASKED).within(at(night)).when(RenderObsolete()).then(obsolete)
    given(*ASKED).within(at(night - INSTANT)).when(RenderObsolete()).refused(NotDue)
    case = standing(*ASKED, obsolete)
    assert case.stage is Stage.REJECTED
    for second in (REPLIED, written(2)):
        given(*ASKED, second).within(at(night)).when(RenderObsolete()).refused(NotDue)
    assert RenderObsolete() not in due(opened(contact_mode=ContactMode.PHONE))


def test_messages_are_forgotten_six_months_after_they_were_written() -> None:
    paper = Attached(reference="0" * 32, name="cv.pdf")
    late = written(2, at=NOW + 10 * DAY, attachments=(paper,))
    past = (opened(), written(attachments=(paper,)), late)
    assert due(*past)[FORGET] == JULY_1
    given(*past).within(at(JULY_1 - INSTANT)).when(FORGET).refused(NotDue)
    forgotten = MessagesRedacted(at=JULY_1, numbers=(1,), references=("0" * 32,))
    given(*past).within(at(JULY_1)).when(FORGET).then(forgotten)
    case = standing(*past, forgotten)
    assert (case.exchanges[1].text, case.exchanges[1].attachments) == (None, ())
    assert case.exchanges[2].text == "Bonjour."
    assert due(*past, forgotten)[FORGET] == JULY_1 + 10 * DAY
    both = MessagesRedacted(at=JULY_1 + 10 * DAY, numbers=(1, 2), references=("0" * 32, "0" * 32))
    given(*past).within(at(JULY_1 + 10 * DAY)).when(FORGET).then(both)
    assert FORGET not in due(*past, forgotten, replace(both, numbers=(2,)))
    assert standing(*past, both).written == 2


EXPECTED: Sequence[tuple[DiscussionCommand, str]] = (
    (ask(), "not_opened"),
    (REPLY, "pending accepted"),
    (Accept(), "pending accepted"),
    (Reject(kind=RejectionKind.NO_TIME), "pending accepted"),
    (LinkConvention(convention="immersion-1"), "pending accepted rejected"),
    (THREE, "pending"),
    (RenderObsolete(), "pending"),
    (FORGET, "pending accepted rejected"),
)
REACHED = {
    Stage.NOT_OPENED: (),
    Stage.PENDING: ASKED,
    Stage.ACCEPTED: (*ASKED, ACCEPTED),
    Stage.REJECTED: (*ASKED, REJECTED),
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(("command", "allowed"), EXPECTED, ids=[type(command).__name__ for command, _ in EXPECTED])
def test_each_command_is_taken_where_the_table_says_and_nowhere_else(
    command: DiscussionCommand, allowed: str, stage: Stage
) -> None:
    case = standing(*REACHED[stage])
    context = beside(replace(WITNESS, at=NOW + 300 * DAY), immersion_1=object())
    assert (type(command) in decider.offers(case)) is (stage in allowed.split())
    if stage in allowed.split():
        assert decider.decide(command, case, context)
    else:
        with pytest.raises(WrongStage):
            decider.decide(command, case, context)


def test_the_matrix_and_the_table_name_every_command() -> None:
    journey = discussion_journey
    assert {type(command) for command, _ in EXPECTED} == set(journey.commands) == set(journey.accepted_from)
