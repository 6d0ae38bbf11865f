"""From a list straight to follow-ups and invitations, through the real desk (rdv-insertion §2.5, §5.2)."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest

from application.directory import Directory
from application.imports.lists.following import Following, FollowUpCame
from application.imports.lists.refusals import AlreadyReceived, AppointmentUnsettled
from application.imports.lists.saving import Came, Told
from application.imports.lists.ways import Way
from domain.organisation.commands import ChangePhone, ConfigureCategory
from domain.organisation.kinds import Kind
from domain.rsa.categories import CategoryType, Channel
from domain.rsa.reception import Reception
from domain.rsa_appointment.codes import DeliveryReport, InvitationOrigin, Location, MessageKind, ParticipationStatus
from domain.rsa_appointment.commands import Close, RecordAppointment, Reopen, ReportDelivery, SetStatus
from domain.rsa_appointment.refusals import (
    AppointmentAhead,
    CategoryNotHandled,
    ChannelNotConfigured,
    InvitedRecently,
    NoMobilePhone,
    NotYourCategory,
    SlotsNotChecked,
)
from domain.rsa_appointment.state import RsaAppointment
from tests.application.imports.lists.test_saving import Office, paul
from tests.application.town import NOON, STAFF, Town, at_once, professional

ORIENTATION = "rsa_orientation"
CATEGORY = ConfigureCategory(category=ORIENTATION, type=CategoryType.RSA_ORIENTATION)
BY_BOTH = Following(category=ORIENTATION, ways=(Way.SMS, Way.EMAIL), slots_available=True)
MOBILE = "0663603510"


@pytest.fixture
def office(town: Town) -> Office:
    made = Office(town, town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "odile"))
    for command in (ChangePhone(phone="3949"), CATEGORY):
        town.ask(f"organisation/{made.council}", command, STAFF)
    return made


def case(office: Office, told: Told) -> RsaAppointment:
    found = office.town.standing(f"candidate/{told.candidate}").cases["rsa-appointment-1"]
    assert isinstance(found, RsaAppointment)
    return found


def say(office: Office, told: Told, command: Any) -> None:
    office.town.ask(
        f"candidate/{told.candidate}", command, professional("odile"), office.council, journey="rsa-appointment-1"
    )


def invitations(told: Told) -> Sequence[tuple[str, str]]:
    assert told.follow_up is not None
    return [(each.channel.value, each.came.value) for each in told.follow_up.invitations]


def refused(told: Told) -> Sequence[type[Any]]:
    assert told.follow_up is not None
    return [type(each.refusal) for each in told.follow_up.invitations if each.refusal]


def follow_up(told: Told) -> FollowUpCame:
    assert told.follow_up is not None
    return told.follow_up.came


def test_whoever_is_in_the_list_is_followed_up_and_invited_by_each_way(office: Office) -> None:
    (told,) = office.save(paul(phone=MOBILE), following=BY_BOTH)
    assert (told.came, follow_up(told)) == (Came.CREATED, FollowUpCame.OPENED)
    assert invitations(told) == [("sms", "invited"), ("email", "invited")]
    assert [(each.channel, each.origin) for each in case(office, told).invitations] == [
        (Channel.SMS, InvitationOrigin.USER_LIST_UPLOAD),
        (Channel.EMAIL, InvitationOrigin.USER_LIST_UPLOAD),
    ]


def test_without_being_asked_nobody_is_followed_up(office: Office) -> None:
    (told,) = office.save(paul())
    assert told.follow_up is None
    assert list(office.town.standing(f"candidate/{told.candidate}").cases) == ["candidate"]


def test_a_follow_up_alone_invites_nobody(office: Office) -> None:
    (told,) = office.save(paul(), following=Following(category=ORIENTATION))
    assert (follow_up(told), case(office, told).invitations) == (FollowUpCame.OPENED, ())


@pytest.mark.parametrize("later", [timedelta(0), timedelta(days=1), timedelta(days=9, hours=23)])
def test_a_list_sent_again_invites_nobody_twice(office: Office, later: timedelta) -> None:
    (first,) = office.save(paul(phone=MOBILE), following=BY_BOTH)
    office.town.at(NOON + later)
    before = office.town.told(f"candidate/{first.candidate}")
    (again,) = office.save(paul(phone=MOBILE), following=BY_BOTH)
    assert (again.came, follow_up(again)) == (Came.UP_TO_DATE, FollowUpCame.GOES_ON)
    assert invitations(again) == [("sms", "already_invited"), ("email", "already_invited")]
    assert office.town.told(f"candidate/{first.candidate}") == before


def test_whoever_has_not_answered_in_time_is_invited_again_by_another_list(office: Office) -> None:
    office.save(paul(), following=BY_BOTH)
    office.town.at(NOON + timedelta(days=10))
    (told,) = office.save(paul(), following=BY_BOTH)
    assert invitations(told) == [("sms", "refused"), ("email", "invited")]


def test_what_was_interrupted_goes_on_where_it_was(office: Office) -> None:
    (saved,) = office.save(paul(phone=MOBILE))
    (opened,) = office.save(paul(phone=MOBILE), following=Following(category=ORIENTATION))
    (half,) = office.save(paul(), following=Following(category=ORIENTATION, ways=(Way.EMAIL,), slots_available=True))
    (rest,) = office.save(paul(), following=BY_BOTH)
    assert {saved.candidate} == {opened.candidate, half.candidate, rest.candidate}
    assert [follow_up(each) for each in (opened, half, rest)] == [
        FollowUpCame.OPENED,
        FollowUpCame.GOES_ON,
        FollowUpCame.GOES_ON,
    ]
    assert invitations(rest) == [("sms", "invited"), ("email", "already_invited")]


def test_a_list_that_two_send_at_once_invites_once(office: Office) -> None:
    office.save(paul())
    told = [each for each in at_once(lambda _: office.save(paul(), following=BY_BOTH)[0]) if isinstance(each, Told)]
    assert Counter(follow_up(each) for each in told) == {FollowUpCame.OPENED: 1, FollowUpCame.GOES_ON: 7}
    assert Counter(invitations(each)[1] for each in told) == {("email", "invited"): 1, ("email", "already_invited"): 7}


def test_the_same_person_in_two_rows_is_invited_once(office: Office) -> None:
    _, second = office.save(paul(), paul(3), following=BY_BOTH)
    assert invitations(second) == [("sms", "refused"), ("email", "already_invited")]


def test_a_way_that_does_not_reach_the_person_says_so_and_the_other_one_goes(office: Office) -> None:
    (told,) = office.save(paul(), following=BY_BOTH)
    assert (invitations(told), refused(told)) == ([("sms", "refused"), ("email", "invited")], [NoMobilePhone])


def test_what_failed_on_its_way_is_sent_again(office: Office) -> None:
    by_mail = Following(category=ORIENTATION, ways=(Way.EMAIL,), slots_available=True)
    (told,) = office.save(paul(), following=by_mail)
    bounced = ReportDelivery(
        message=MessageKind.INVITATION, number=1, report=DeliveryReport.HARD_BOUNCE, reported_at=NOON
    )
    office.town.ask(f"candidate/{told.candidate}", bounced, STAFF, journey="rsa-appointment-1")
    (again,) = office.save(paul(), following=by_mail)
    assert invitations(again) == [("email", "invited")]


def test_g04_a_follow_up_that_is_dealt_with_is_left_alone_by_a_list_until_a_hand_reopens_it(office: Office) -> None:
    """RDV-insertion reopens it for a row chosen by hand; here the hand says so (decision 162)."""
    (told,) = office.save(paul(), following=Following(category=ORIENTATION))
    say(office, told, Close())
    (again,) = office.save(paul(), following=BY_BOTH)
    assert (follow_up(again), invitations(again)) == (FollowUpCame.CLOSED, [])
    assert case(office, told).invitations == ()
    say(office, told, Reopen())
    by_mail = Following(category=ORIENTATION, ways=(Way.EMAIL,), slots_available=True)
    (reopened,) = office.save(paul(), following=by_mail)
    assert invitations(reopened) == [("email", "invited")]


@pytest.mark.parametrize(
    ("passed", "became", "why"),
    [
        (timedelta(days=2), None, AppointmentAhead),
        (timedelta(days=4), None, AppointmentUnsettled),
        (timedelta(days=4), ParticipationStatus.SEEN, AlreadyReceived),
    ],
)
def test_whoever_is_expected_or_came_is_not_invited(
    office: Office, passed: timedelta, became: ParticipationStatus | None, why: type[Any]
) -> None:
    (told,) = office.save(paul(), following=Following(category=ORIENTATION))
    say(office, told, appointment(office))
    office.town.at(NOON + passed)
    if became is not None:
        say(office, told, SetStatus(participation=1, status=became))
    (again,) = office.save(paul(), following=Following(category=ORIENTATION, ways=(Way.EMAIL,), slots_available=True))
    assert (follow_up(again), refused(again)) == (FollowUpCame.GOES_ON, [why])


def test_whoever_excused_themself_today_is_not_written_to_in_the_same_way_twice_a_day(office: Office) -> None:
    by_mail = Following(category=ORIENTATION, ways=(Way.EMAIL,), slots_available=True)
    (told,) = office.save(paul(), following=by_mail)
    say(office, told, appointment(office))
    say(office, told, SetStatus(participation=1, status=ParticipationStatus.EXCUSED))
    (again,) = office.save(paul(), following=by_mail)
    assert (invitations(again), refused(again)) == ([("email", "refused")], [InvitedRecently])
    office.town.at(NOON + timedelta(days=1))
    (next_day,) = office.save(paul(), following=by_mail)
    assert invitations(next_day) == [("email", "invited")]


def test_whoever_did_not_come_is_invited_again(office: Office) -> None:
    (told,) = office.save(paul(), following=Following(category=ORIENTATION))
    say(office, told, appointment(office))
    office.town.at(NOON + timedelta(days=4))
    say(office, told, SetStatus(participation=1, status=ParticipationStatus.NOSHOW))
    (again,) = office.save(paul(), following=BY_BOTH)
    assert invitations(again) == [("sms", "refused"), ("email", "invited")]


def appointment(office: Office) -> RecordAppointment:
    return RecordAppointment(
        appointment="rdv-1",
        organisation=office.council,
        motif="RSA orientation",
        location=Location.PUBLIC_OFFICE,
        starts_at=NOON + timedelta(days=3),
        duration_minutes=30,
    )


def test_a_preview_says_the_same_and_records_nothing(office: Office) -> None:
    (known,) = office.save(paul())
    before = office.town.told(f"candidate/{known.candidate}")
    new = paul(3, first_name="Zoé", email="zoe@example.com")
    previewed = office.save(paul(phone=MOBILE), new, following=BY_BOTH, preview=True)
    assert [(each.came, each.candidate) for each in previewed] == [
        (Came.UPDATED, known.candidate),
        (Came.CREATED, None),
    ]
    assert [follow_up(each) for each in previewed] == [FollowUpCame.OPENED] * 2
    assert [invitations(each) for each in previewed] == [
        [("sms", "invited"), ("email", "invited")],
        [("sms", "refused"), ("email", "invited")],
    ]
    assert office.town.told(f"candidate/{known.candidate}") == before
    assert [each.came for each in office.save(new)] == [Came.CREATED]


def test_a_row_that_is_refused_is_not_followed_up(office: Office) -> None:
    (told,) = office.save(paul(phone="12"), following=BY_BOTH)
    assert (told.came, told.follow_up) == (Came.REFUSED, None)


def test_a_follow_up_that_the_rules_refuse_keeps_the_person(office: Office) -> None:
    (told,) = office.save(
        paul(), following=Following(category="siae_interview", ways=(Way.EMAIL,), slots_available=True)
    )
    assert told.came is Came.CREATED
    assert told.follow_up is not None
    assert (told.follow_up.came, type(told.follow_up.refusal)) == (FollowUpCame.REFUSED, CategoryNotHandled)


def test_what_would_be_refused_to_everybody_is_refused_at_once(town: Town) -> None:
    by_mail = ConfigureCategory(
        category=ORIENTATION, type=CategoryType.RSA_ORIENTATION, invitation_channels=(Channel.EMAIL,)
    )
    council = town.organisation(Kind.CONSEIL_DEPARTEMENTAL)
    profile = Directory(organisations=town.desk.organisations, on=NOON.date()).profile(council)
    handling = Reception(profile=profile, categories={ORIENTATION: by_mail})
    Following(category=ORIENTATION, ways=(Way.EMAIL,), slots_available=False).check(handling)
    with pytest.raises(NotYourCategory):
        Following(category=ORIENTATION).check(Reception(profile=profile))
    with pytest.raises(ChannelNotConfigured):
        BY_BOTH.check(handling)
    with pytest.raises(SlotsNotChecked):
        Following(category=ORIENTATION, ways=(Way.EMAIL,)).check(handling)
    Following(category=ORIENTATION).check(handling)
