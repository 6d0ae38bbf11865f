"""What a person who is summoned is told, and how often (rdv-insertion §6.5, §12.C)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.followed import Followed
from domain.journey import Refusal
from domain.rsa.categories import Channel
from domain.rsa_appointment.codes import Location, NotificationKind, ParticipationStatus
from domain.rsa_appointment.commands import ChangeAppointment, SetStatus, SummonByLetter
from domain.rsa_appointment.events import AppointmentChanged, Notified
from domain.rsa_appointment.refusals import (
    AddressIncomplete,
    NobodyToTell,
    NoMobilePhone,
    NotItsOrganisation,
    StatusNotPossible,
)
from tests.domain.rsa_appointment.cases import (
    NOW,
    O2,
    U,
    around,
    configured,
    given,
    paris,
    reception,
    summoned,
    taking,
    was_set,
)

UNKNOWN, SEEN = ParticipationStatus.UNKNOWN, ParticipationStatus.SEEN
REVOKED, EXCUSED = ParticipationStatus.REVOKED, ParticipationStatus.EXCUSED
CREATED, UPDATED, CANCELLED = NotificationKind.CREATED, NotificationKind.UPDATED, NotificationKind.CANCELLED
SUMMONED = summoned(1, "06-16 09:00", "06-20 10:00")
SUMMON = taking("06-20 10:00", motif="RSA orientation : Convocation")
REVOKE, EXCUSE = (SetStatus(participation=1, status=each) for each in (REVOKED, EXCUSED))


def told(number: int, kind: NotificationKind, channel: Channel = Channel.SMS, at: datetime = NOW) -> Notified:
    return Notified(number=number, participation=1, kind=kind, channel=channel, at=at)


def both(kind: NotificationKind, first: int = 1, at: datetime = NOW) -> tuple[Notified, Notified]:
    return told(first, kind, Channel.SMS, at), told(first + 1, kind, Channel.EMAIL, at)


def test_whoever_is_summoned_is_told_by_every_way_that_reaches_them() -> None:
    given().when(SUMMON).then(SUMMONED, *both(CREATED))
    given().within(around(NOW, replace(U, phone="+33475000000"))).when(SUMMON).then(
        SUMMONED, told(1, CREATED, Channel.EMAIL)
    )
    given().within(around(NOW, replace(U, email=None))).when(SUMMON).then(SUMMONED, told(1, CREATED))


def test_whoever_is_not_summoned_is_told_by_the_agenda() -> None:
    assert len(given().when(taking("06-20 10:00"))._decide()) == 1
    there = around(NOW, U, configured(convene_user=False))
    given().within(there).when(SUMMON).then(replace(SUMMONED, convocable=False))


@pytest.mark.parametrize(("starts", "ahead"), [("06-16 09:01", True), ("06-16 09:00", False)])
def test_only_appointments_strictly_ahead_are_told_of(starts: str, ahead: bool) -> None:
    events = given().when(taking(starts, motif="convocation"))._decide()
    assert len(events) == (3 if ahead else 1)


def test_what_was_cancelled_when_it_was_recorded_is_not_told_of() -> None:
    given().when(replace(SUMMON, status=REVOKED)).then(replace(SUMMONED, status=REVOKED))


def test_nothing_is_told_without_a_number_to_call_nor_of_a_visit_at_home() -> None:
    there = around(NOW, U, reception("o1", phone=None))
    given().within(there).when(SUMMON).then(replace(SUMMONED, phone=None))
    given().when(replace(SUMMON, location=Location.HOME)).then(replace(SUMMONED, location=Location.HOME))


def test_c11_only_what_the_service_cancels_is_told() -> None:
    given(SUMMONED).when(REVOKE).then(was_set(SUMMONED, REVOKED), *both(CANCELLED))
    given(SUMMONED).when(EXCUSE).then(was_set(SUMMONED, EXCUSED))


def test_from_one_cancellation_to_another_nothing_is_told() -> None:
    excused = was_set(SUMMONED, EXCUSED)
    given(SUMMONED, excused).when(REVOKE).then(was_set(SUMMONED, REVOKED, before=EXCUSED))


def test_c13_another_time_or_place_is_told_another_duration_is_not() -> None:
    later = paris("06-21 10:00")
    moved = AppointmentChanged(
        participation=1,
        status=UNKNOWN,
        was_at=SUMMONED.starts_at,
        starts_at=later,
        duration_minutes=30,
        address=None,
        at=NOW,
    )
    given(SUMMONED).when(ChangeAppointment(participation=1, starts_at=later)).then(moved, *both(UPDATED))
    elsewhere = replace(moved, starts_at=SUMMONED.starts_at, address="2 rue Basse")
    given(SUMMONED).when(ChangeAppointment(participation=1, address="2 rue Basse")).then(elsewhere, *both(UPDATED))
    longer = replace(moved, starts_at=SUMMONED.starts_at, duration_minutes=60)
    given(SUMMONED).when(ChangeAppointment(participation=1, duration_minutes=60)).then(longer)


def test_whoever_was_told_not_to_come_is_not_told_that_it_moved() -> None:
    later = paris("06-21 10:00")
    moved = AppointmentChanged(
        participation=1,
        status=REVOKED,
        was_at=SUMMONED.starts_at,
        starts_at=later,
        duration_minutes=30,
        address=None,
        at=NOW,
    )
    given(SUMMONED, was_set(SUMMONED, REVOKED)).when(ChangeAppointment(participation=1, starts_at=later)).then(moved)


def test_c15_what_was_announced_is_announced_once() -> None:
    revoked = was_set(SUMMONED, REVOKED)
    again = SetStatus(participation=1, status=UNKNOWN)
    back = was_set(SUMMONED, UNKNOWN, before=REVOKED)
    by_sms = (SUMMONED, told(1, CREATED), revoked)
    given(*by_sms).when(again).then(back, told(2, CREATED, Channel.EMAIL))
    given(SUMMONED, *both(CREATED), revoked).when(again).then(back)
    given(SUMMONED, revoked).when(again).then(back, *both(CREATED))


def test_a_cancellation_is_told_once() -> None:
    history = (SUMMONED, was_set(SUMMONED, REVOKED), *both(CANCELLED), was_set(SUMMONED, UNKNOWN, before=REVOKED))
    given(*history).when(REVOKE).then(was_set(SUMMONED, REVOKED))


@pytest.mark.parametrize(("minutes", "sent"), [((59, 30), False), ((60, 30), True), ((30,), True)])
def test_changes_are_told_twice_an_hour_at_most(minutes: tuple[int, ...], sent: bool) -> None:
    earlier = [told(number, UPDATED, at=NOW - timedelta(minutes=ago)) for number, ago in enumerate(minutes, 1)]
    by_sms = around(NOW, replace(U, email=None))
    events = (
        given(summoned(1, "06-15 09:00", "06-20 10:00"), *earlier)
        .within(by_sms)
        .when(ChangeAppointment(participation=1, address="Salle 3"))
        ._decide()
    )
    assert [event for event in events if isinstance(event, Notified)] == (
        [told(len(minutes) + 1, UPDATED)] if sent else []
    )


LETTER = SummonByLetter(participation=1)


def test_a_letter_is_made_on_demand_as_often_as_somebody_asks() -> None:
    letter = told(1, CREATED, Channel.POSTAL)
    given(SUMMONED).when(LETTER).then(letter)
    given(SUMMONED, letter).when(LETTER).then(replace(letter, number=2))
    given(SUMMONED, was_set(SUMMONED, REVOKED)).when(LETTER).then(told(1, CANCELLED, Channel.POSTAL))


NO_MOBILE = replace(U, phone=None)


@pytest.mark.parametrize(
    ("location", "person", "refusal"),
    [
        (Location.PUBLIC_OFFICE, replace(U, address=None), AddressIncomplete),
        (Location.PHONE, NO_MOBILE, NoMobilePhone),
        (Location.PUBLIC_OFFICE, NO_MOBILE, None),
        (Location.PHONE, U, None),
    ],
)
def test_a_letter_needs_an_address_and_one_about_a_call_a_mobile(
    location: Location, person: Followed, refusal: type[Refusal] | None
) -> None:
    scenario = given(replace(SUMMONED, location=location)).within(around(NOW, person)).when(LETTER)
    if refusal is None:
        scenario.then(told(1, CREATED, Channel.POSTAL))
    else:
        scenario.refused(refusal)


def test_no_letter_where_there_is_nothing_to_tell() -> None:
    given(SUMMONED, was_set(SUMMONED, EXCUSED)).when(LETTER).refused(NobodyToTell)
    given(replace(SUMMONED, convocable=False)).when(LETTER).refused(NobodyToTell)
    given(SUMMONED).within(around(paris("06-20 10:00"))).when(LETTER).refused(NobodyToTell)
    given(SUMMONED).within(around(NOW, U, acting=O2)).when(LETTER).refused(NotItsOrganisation)


def test_whoever_was_said_to_have_come_too_early_is_not_summoned_again() -> None:
    seen = replace(SUMMONED, status=SEEN)
    back = was_set(SUMMONED, UNKNOWN, before=SEEN)
    given(seen).when(SetStatus(participation=1, status=UNKNOWN)).then(back)


def test_an_import_that_says_early_that_somebody_came_tells_them_nothing() -> None:
    waived = replace(around(acting=None), waived=frozenset({StatusNotPossible}))
    given(SUMMONED).within(waived).when(SetStatus(participation=1, status=SEEN)).then(was_set(SUMMONED, SEEN))


@pytest.mark.parametrize("said", [SEEN, EXCUSED, ParticipationStatus.NOSHOW])
def test_whoever_is_said_to_have_come_or_not_to_is_sent_no_letter(said: ParticipationStatus) -> None:
    given(replace(SUMMONED, status=said)).when(SummonByLetter(participation=1)).refused(NobodyToTell)


def test_whoever_was_said_not_to_have_come_is_told_only_that_they_are_expected() -> None:
    noshow = ParticipationStatus.NOSHOW
    missed = replace(SUMMONED, status=noshow)
    expect = SetStatus(participation=1, status=UNKNOWN)
    given(missed).when(expect).then(was_set(SUMMONED, UNKNOWN, before=noshow), *both(CREATED))
    given(missed).when(REVOKE).then(was_set(SUMMONED, REVOKED, before=noshow))
