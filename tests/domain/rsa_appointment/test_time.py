"""What time asks of a follow-up (rdv-insertion §5.5, §6.5, §12.B)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.journey import Deadline
from domain.rsa.categories import Channel
from domain.rsa_appointment import deadlines
from domain.rsa_appointment.codes import InvitationOrigin, NotificationKind, ParticipationStatus
from domain.rsa_appointment.commands import RemindAppointment, RemindInvitation
from domain.rsa_appointment.events import (
    AppointmentChanged,
    AppointmentReminded,
    Closed,
    InvitationReminded,
    Invited,
    Notified,
    RsaAppointmentEvent,
)
from domain.rsa_appointment.refusals import NotDue, UnknownParticipation, WrongStage
from domain.vocabulary import OrganisationId
from tests.domain.rsa_appointment.cases import (
    HER_REFERENT,
    O1_ID,
    U,
    added,
    around,
    configured,
    followed_by,
    given,
    invited,
    paris,
    standing,
    summoned,
    was_set,
)

INSTANT = timedelta(microseconds=1)
SENT = invited(1, "2022-05-01 14:01", "2022-05-11 14:01")
DUE = paris("2022-05-04 11:00")
REMIND = RemindInvitation()
DONE = InvitationReminded(invitation=1, at=DUE)


def again(number: int, channel: Channel, of: Invited = SENT) -> Invited:
    """The reminder: the same, with the expiry of the one that it recalls."""
    return replace(of, number=number, channel=channel, origin=InvitationOrigin.REMINDER, at=DUE)


BOTH = (again(2, Channel.EMAIL), again(3, Channel.SMS))


def test_an_invitation_is_recalled_at_eleven_three_calendar_days_later_by_every_way_that_reaches_the_person() -> None:
    assert deadlines(standing(SENT)) == [Deadline(due=DUE, command=REMIND)]
    given(SENT).within(around(DUE - INSTANT, acting=None)).when(REMIND).refused(NotDue)
    given(SENT).within(around(DUE, acting=None)).when(REMIND).then(DONE, *BOTH)
    late = paris("2022-05-04 23:59")
    assert len(given(SENT).within(around(late, acting=None)).when(REMIND)._decide()) == 3
    given(SENT).within(around(paris("2022-05-05 00:00"), acting=None)).when(REMIND).refused(NotDue)


def test_the_hour_is_that_of_paris_in_winter_too() -> None:
    before = invited(1, "10-24 14:00", "11-03 14:00")
    assert deadlines(standing(before))[0].due == paris("10-27 11:00")


STILL = "2022-05-11 14:01"


@pytest.mark.parametrize(
    "history",
    [
        (replace(SENT, at=paris("2022-05-02 14:01")),),
        (replace(SENT, expires_at=paris("2022-05-05 14:01")),),
        (SENT, added(1, "2022-05-02 09:00", "2022-05-10 09:00")),
        (replace(SENT, expires_at=None),),
        (replace(SENT, origin=InvitationOrigin.REMINDER),),
        (replace(SENT, channel=Channel.POSTAL),),
        (SENT, invited(2, "2022-05-03 09:00", STILL)),
    ],
    ids=["sent later", "ends soon", "appointment", "never ends", "a reminder", "a letter", "not the last"],
)
def test_b17_nothing_is_recalled(history: tuple[RsaAppointmentEvent, ...]) -> None:
    given(*history).within(around(DUE, acting=None)).when(REMIND).refused(NotDue)


@pytest.mark.parametrize(("expires", "recalled"), [("2022-05-06 11:00", False), ("2022-05-06 11:01", True)])
def test_strictly_more_than_two_days_are_left(expires: str, recalled: bool) -> None:
    scenario = given(replace(SENT, expires_at=paris(expires))).within(around(DUE, acting=None)).when(REMIND)
    if recalled:
        assert len(scenario._decide()) == 3
    else:
        scenario.refused(NotDue)
        assert deadlines(standing(replace(SENT, expires_at=paris(expires)))) == []


def test_a_closed_follow_up_recalls_no_invitation() -> None:
    history = (SENT, Closed(at=paris("2022-05-02 09:00")))
    given(*history).within(around(DUE, acting=None)).when(REMIND).refused(WrongStage)
    assert deadlines(standing(*history)) == []


def test_a_letter_of_the_same_day_recalls_what_was_sent_beside_it() -> None:
    letter = invited(2, "2022-05-01 15:00", STILL, channel=Channel.POSTAL)
    recalled = [again(number, channel, letter) for number, channel in ((3, Channel.EMAIL), (4, Channel.SMS))]
    given(SENT, letter).within(around(DUE, acting=None)).when(REMIND).then(
        InvitationReminded(invitation=2, at=DUE), *recalled
    )


@pytest.mark.parametrize(("sms", "letter"), [("2022-05-06 11:00", STILL), (STILL, "2022-05-06 11:00")])
def test_both_what_was_sent_and_the_last_of_that_day_have_time_left(sms: str, letter: str) -> None:
    by_letter = invited(2, "2022-05-01 15:00", letter, channel=Channel.POSTAL)
    assert deadlines(standing(replace(SENT, expires_at=paris(sms)), by_letter)) == []


def test_b19_an_invitation_is_recalled_once() -> None:
    for hour in ("2022-05-04 15:00", "2022-05-05 11:00"):
        given(SENT, DONE, *BOTH).within(around(paris(hour), acting=None)).when(REMIND).refused(NotDue)
    assert deadlines(standing(SENT, DONE, *BOTH)) == []


def test_b21_whoever_has_neither_mobile_nor_email_is_sent_nothing() -> None:
    landline = replace(U, phone="+33475000000", email=None)
    given(SENT).within(around(DUE, landline, acting=None)).when(REMIND).then(DONE)
    assert deadlines(standing(SENT, DONE)) == []


def test_b13_slots_are_not_looked_for_and_the_other_rules_hold() -> None:
    archived = around(DUE, followed_by(O1_ID, archived=(O1_ID,)), acting=None)
    given(SENT).within(archived).when(REMIND).then(DONE)
    by_sms = configured(invitation_channels=(Channel.SMS,))
    given(SENT).within(around(DUE, U, by_sms, acting=None)).when(REMIND).then(DONE, *BOTH)


def test_a_reminder_keeps_to_the_place_that_was_offered() -> None:
    sent = replace(SENT, place="lieu-4")
    expected = [again(number, channel, sent) for number, channel in ((2, Channel.EMAIL), (3, Channel.SMS))]
    given(sent).within(around(DUE, acting=None)).when(REMIND).then(DONE, *expected)


def test_a_reminder_keeps_to_referents() -> None:
    sent = replace(SENT, referents=(HER_REFERENT.referent,))
    without = around(DUE, U, acting=None)
    given(sent).within(without).when(REMIND).then(DONE)
    accompanied = around(DUE, replace(U, referents=(HER_REFERENT,)), acting=None)
    expected = [again(number, channel, sent) for number, channel in ((2, Channel.EMAIL), (3, Channel.SMS))]
    given(sent).within(accompanied).when(REMIND).then(DONE, *expected)


SUMMONED = summoned(1, "06-10 09:00", "06-20 16:00")
EVE = paris("06-18 10:00")
RECALL = RemindAppointment(participation=1)
RECALLED = AppointmentReminded(participation=1, at=EVE)


def told(number: int, channel: Channel) -> Notified:
    return Notified(number=number, participation=1, kind=NotificationKind.REMINDER, channel=channel, at=EVE)


def test_whoever_is_summoned_is_reminded_at_ten_two_calendar_days_before() -> None:
    assert deadlines(standing(SUMMONED)) == [Deadline(due=EVE, command=RECALL)]
    given(SUMMONED).within(around(EVE - INSTANT, acting=None)).when(RECALL).refused(NotDue)
    given(SUMMONED).within(around(EVE, acting=None)).when(RECALL).then(
        RECALLED, told(1, Channel.SMS), told(2, Channel.EMAIL)
    )
    given(SUMMONED).within(around(paris("06-19 00:00"), acting=None)).when(RECALL).refused(NotDue)


@pytest.mark.parametrize("starts", ["06-20 00:00", "06-20 23:59"])
def test_any_hour_of_the_day_counts(starts: str) -> None:
    assert deadlines(standing(summoned(1, "06-10 09:00", starts)))[0].due == EVE


@pytest.mark.parametrize(
    "history",
    [
        (replace(SUMMONED, convocable=False),),
        (SUMMONED, was_set(SUMMONED, ParticipationStatus.EXCUSED)),
        (SUMMONED, was_set(SUMMONED, ParticipationStatus.REVOKED)),
        (SUMMONED, RECALLED),
        (summoned(1, "06-18 10:00", "06-20 16:00"),),
    ],
    ids=["not summoned", "excused", "revoked", "reminded", "taken too late"],
)
def test_nobody_else_is_reminded(history: tuple[RsaAppointmentEvent, ...]) -> None:
    assert deadlines(standing(*history)) == []
    given(*history).within(around(EVE, acting=None)).when(RECALL).refused(NotDue)


def test_what_is_taken_the_same_morning_is_reminded() -> None:
    assert deadlines(standing(summoned(1, "06-18 09:59", "06-20 16:00")))[0].due == EVE


def test_what_is_moved_is_reminded_before_its_new_day_unless_that_has_passed() -> None:
    def moved(told_at: str, starts: str) -> AppointmentChanged:
        day = paris(starts)
        return AppointmentChanged(
            participation=1,
            status=ParticipationStatus.UNKNOWN,
            was_at=SUMMONED.starts_at,
            starts_at=day,
            duration_minutes=30,
            address=None,
            at=paris(told_at),
        )

    assert deadlines(standing(SUMMONED, moved("06-12 09:00", "06-25 16:00")))[0].due == paris("06-23 10:00")
    assert deadlines(standing(SUMMONED, moved("06-12 11:00", "06-14 16:00"))) == []


def test_a_reminder_that_reaches_nobody_is_over_too() -> None:
    nobody = around(EVE, replace(U, phone=None, email=None), acting=None)
    given(SUMMONED).within(nobody).when(RECALL).then(RECALLED)
    given().within(nobody).when(RECALL).refused(UnknownParticipation)


def test_a_closed_follow_up_still_reminds_of_its_appointments() -> None:
    assert deadlines(standing(SUMMONED, Closed(at=paris("06-12 09:00")))) == [Deadline(due=EVE, command=RECALL)]


def test_an_invitation_to_an_organisation_that_does_not_follow_the_person_is_recalled_too() -> None:
    sent = replace(SENT, organisations=(OrganisationId("elsewhere"),))
    recalled = [again(number, channel, sent) for number, channel in ((2, Channel.EMAIL), (3, Channel.SMS))]
    person = followed_by(O1_ID, OrganisationId("nobody-read"))
    given(sent).within(around(DUE, person, acting=None)).when(REMIND).then(DONE, *recalled)
