"""When a person may be invited, and what an invitation says (rdv-insertion §5.2, §5.3, §12.B)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from domain.followed import Followed
from domain.journey import Context, Refusal
from domain.rsa.categories import Channel
from domain.rsa.reception import Reception
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment.codes import DeliveryReport, InvitationOrigin, MessageKind, ParticipationStatus
from domain.rsa_appointment.commands import Invite
from domain.rsa_appointment.events import Closed, DeliveryReported, Invited, Reopened
from domain.rsa_appointment.inviting import INVITATION_RULES, Sending, refusals
from domain.rsa_appointment.refusals import (
    AddressIncomplete,
    AppointmentAhead,
    ArchivedEverywhere,
    CategoryNotHandled,
    ChannelNotConfigured,
    ExpiresTooSoonForALetter,
    FollowUpClosed,
    InvitedRecently,
    NobodyToInviteTo,
    NoEmail,
    NoHelpPhone,
    NoMobilePhone,
    NoReferent,
    NoSlot,
    NotFollowing,
    NotForReminders,
    NothingToBook,
    NothingToBookWithReferents,
    SeveralDepartments,
    SlotsNotChecked,
)
from domain.vocabulary import Subject
from tests.domain.rsa_appointment.cases import (
    HER_REFERENT,
    INVITE,
    NOW,
    O1_ID,
    O2,
    O2_ID,
    O3,
    O3_ID,
    PHONE,
    U,
    added,
    around,
    configured,
    followed_by,
    given,
    invited,
    paris,
    reception,
    standing,
)

BY_LETTER = replace(INVITE, channel=Channel.POSTAL)
BY_EMAIL = replace(INVITE, channel=Channel.EMAIL)
IN_TEN_DAYS = invited(1, "06-16 09:00", "06-26 09:00")


def inviting(command: Invite = INVITE, *known: Reception, person: Followed = U, **said: Any) -> Invited:
    """What `command` records in a new follow-up."""
    (event,) = given().within(around(NOW, person, *known)).when(replace(command, **said))._decide()
    assert isinstance(event, Invited)
    return event


def test_an_invitation_is_recorded_with_its_expiry_and_the_number_to_call() -> None:
    given().when(INVITE).then(IN_TEN_DAYS)


def test_the_only_place_that_is_offered_is_recorded() -> None:
    given().when(replace(INVITE, place="lieu-4")).then(replace(IN_TEN_DAYS, place="lieu-4"))


def test_b01_it_expires_so_many_days_later_and_help_is_the_category_s_or_the_organisation_s() -> None:
    midnight = paris("2022-12-24 00:00")
    five_days = configured(days_before_invitations_expire=5, phone="3949")
    sent = invited(1, "2022-12-24 00:00", "2022-12-29 00:00", help_phone="3949")
    given().within(around(midnight, U, five_days)).when(INVITE).then(sent)
    without = configured(days_before_invitations_expire=5)
    given().within(around(midnight, U, without)).when(INVITE).then(replace(sent, help_phone=PHONE))


def test_days_keep_the_clock_time_when_summer_time_ends() -> None:
    before = paris("10-20 09:00")
    sent = invited(1, "10-20 09:00", "10-30 09:00")
    assert sent.expires_at == before + timedelta(days=10, hours=1)
    given().within(around(before)).when(INVITE).then(sent)


def test_an_invitation_to_an_offer_never_expires() -> None:
    assert inviting(INVITE, configured(days_before_invitations_expire=None)).expires_at is None


FAILED = (DeliveryReport.HARD_BOUNCE, DeliveryReport.SOFT_BOUNCE, DeliveryReport.BLOCKED, DeliveryReport.INVALID_EMAIL)


def reported(report: DeliveryReport) -> DeliveryReported:
    return DeliveryReported(message=MessageKind.INVITATION, number=1, report=report, reported_at=NOW)


def test_the_same_way_is_free_again_after_24_hours_exactly() -> None:
    within = given(invited(1, "06-15 09:01", "06-25 09:00"))
    within.when(INVITE).refused(InvitedRecently)
    given(invited(1, "06-15 09:00", "06-25 09:00")).when(INVITE).then(replace(IN_TEN_DAYS, number=2))


@pytest.mark.parametrize("report", [*FAILED, DeliveryReport.ERROR])
def test_b05_what_failed_on_its_way_does_not_count(report: DeliveryReport) -> None:
    recent = (invited(1, "06-16 05:00", "06-26 05:00"), reported(report))
    given(*recent).when(INVITE).then(replace(IN_TEN_DAYS, number=2))


@pytest.mark.parametrize("report", [DeliveryReport.DELIVERED, DeliveryReport.OTHER])
def test_what_arrived_or_is_on_its_way_counts(report: DeliveryReport) -> None:
    given(invited(1, "06-16 05:00", "06-26 05:00"), reported(report)).when(INVITE).refused(InvitedRecently)


def test_b07_another_category_does_not_count() -> None:
    other = standing(invited(1, "06-16 08:00", "06-26 08:00"))
    given().within(around(rsa_appointment_2=other)).when(INVITE).then(IN_TEN_DAYS)


def test_another_way_does_not_count_and_letters_never_do() -> None:
    by_sms = invited(1, "06-16 08:00", "06-26 08:00")
    given(by_sms).when(BY_EMAIL).then(replace(IN_TEN_DAYS, number=2, channel=Channel.EMAIL))
    letter = replace(IN_TEN_DAYS, channel=Channel.POSTAL)
    given(replace(by_sms, channel=Channel.POSTAL)).when(BY_LETTER).then(replace(letter, number=2))


def test_a_number_to_call_is_needed() -> None:
    given().within(around(NOW, U, reception("o1", phone=None))).when(INVITE).refused(NoHelpPhone)


def test_b09_whoever_is_archived_where_the_category_is_handled_is_not_invited() -> None:
    archived = around(NOW, followed_by(O1_ID, O3_ID, archived=(O1_ID,)))
    given().within(archived).when(INVITE).refused(ArchivedEverywhere)


def test_archived_in_one_is_invited_to_the_other() -> None:
    there = around(NOW, followed_by(O1_ID, O2_ID, archived=(O1_ID,)))
    both = replace(INVITE, organisations=(O1_ID, O2_ID))
    given().within(there).when(both).then(replace(IN_TEN_DAYS, organisations=(O2_ID,)))


def test_b11_only_organisations_of_the_person_or_all_that_are_asked_for() -> None:
    both = replace(INVITE, organisations=(O1_ID, O2_ID))
    assert inviting(both).organisations == (O1_ID,)
    anywhere = configured(invite_to_user_organisations_only=False)
    assert inviting(both, anywhere).organisations == (O1_ID, O2_ID)


def test_nobody_is_invited_nowhere_nor_to_two_departements_at_once() -> None:
    set_aside = around(NOW, followed_by(O1_ID, O2_ID, archived=(O1_ID,)))
    given().within(set_aside).when(INVITE).refused(NobodyToInviteTo)
    anywhere, elsewhere = configured(invite_to_user_organisations_only=False), reception("o2", "38")
    both = replace(INVITE, organisations=(O1_ID, O2_ID))
    given().within(around(NOW, U, anywhere, elsewhere)).when(both).refused(SeveralDepartments)
    shared = reception("o2", "38", "26")
    assert inviting(both, anywhere, shared).organisations == (O1_ID, O2_ID)


def test_the_configuration_is_that_of_an_organisation_asked_for_that_follows_the_person() -> None:
    given().when(replace(INVITE, organisations=(O2_ID,))).refused(CategoryNotHandled)
    given().within(around(NOW, followed_by(O1_ID, O3_ID))).when(replace(INVITE, organisations=(O3_ID,))).refused(
        CategoryNotHandled
    )
    given().when(replace(INVITE, organisations=())).refused(CategoryNotHandled)


@pytest.mark.parametrize(("starts", "refused"), [("06-16 09:01", True), ("06-16 09:00", False)])
def test_whoever_has_an_appointment_strictly_ahead_is_not_invited(starts: str, refused: bool) -> None:
    scenario = given(added(1, "06-10 09:00", starts)).when(INVITE)
    if refused:
        scenario.refused(AppointmentAhead)
    else:
        scenario.then(IN_TEN_DAYS)


@pytest.mark.parametrize(("days", "refused"), [(4, True), (5, True), (6, False), (None, False)])
def test_a_letter_needs_more_than_five_days(days: int | None, refused: bool) -> None:
    there = around(NOW, U, configured(days_before_invitations_expire=days))
    scenario = given().within(there).when(BY_LETTER)
    if refused:
        scenario.refused(ExpiresTooSoonForALetter)
    else:
        assert len(scenario._decide()) == 1
    assert len(given().within(there).when(INVITE)._decide()) == 1


def test_b13_a_page_invites_only_where_a_slot_is_free_and_the_api_may_not_have_looked() -> None:
    given().when(replace(INVITE, slots_available=False)).refused(NoSlot)
    given().when(replace(INVITE, slots_available=None)).refused(SlotsNotChecked)
    by_api = replace(INVITE, slots_available=None, origin=InvitationOrigin.API)
    given().when(by_api).then(replace(IN_TEN_DAYS, origin=InvitationOrigin.API))
    given().when(replace(by_api, slots_available=False)).refused(NoSlot)


def test_b15_with_referents_a_referent_and_a_reason_for_it_are_needed() -> None:
    with_referents = configured(rdv_with_referents=True)
    has_one = replace(U, referents=(HER_REFERENT, replace(HER_REFERENT, organisation=O2_ID)))
    bookable = replace(INVITE, bookable_with_referents=True)
    given().within(around(NOW, U, with_referents)).when(bookable).refused(NoReferent)
    given().within(around(NOW, has_one, with_referents)).when(INVITE).refused(NothingToBookWithReferents)
    assert inviting(bookable, with_referents, person=has_one).referents == (Subject("sacha"),)
    assert inviting(bookable, person=has_one).referents == ()


def test_agendas_have_a_reason_for_the_category() -> None:
    given().when(replace(INVITE, bookable=False)).refused(NothingToBook)


@pytest.mark.parametrize(
    ("command", "person", "refusal"),
    [
        (INVITE, replace(U, phone=None), NoMobilePhone),
        (INVITE, replace(U, phone="+33475000000"), NoMobilePhone),
        (BY_EMAIL, replace(U, email=None), NoEmail),
        (BY_EMAIL, replace(U, email="nour@"), NoEmail),
        (BY_LETTER, replace(U, address=None), AddressIncomplete),
        (BY_LETTER, replace(U, address="26000 Valence"), AddressIncomplete),
        (BY_LETTER, replace(U, address="1 rue Haute Valence"), AddressIncomplete),
        (BY_LETTER, replace(U, address="1 rue Haute 26000"), AddressIncomplete),
    ],
)
def test_each_way_of_writing_needs_what_it_needs(command: Invite, person: Followed, refusal: type[Refusal]) -> None:
    given().within(around(NOW, person)).when(command).refused(refusal)


def test_only_ways_that_are_configured_are_used() -> None:
    by_sms = configured(invitation_channels=(Channel.SMS,))
    given().within(around(NOW, U, by_sms)).when(BY_EMAIL).refused(ChannelNotConfigured)
    assert inviting(INVITE, by_sms).channel is Channel.SMS


def test_a_closed_follow_up_is_taken_up_again_on_purpose_only() -> None:
    given(Closed(at=NOW)).when(INVITE).refused(FollowUpClosed)
    given(Closed(at=NOW)).when(replace(INVITE, reopen=True)).then(Reopened(at=NOW), IN_TEN_DAYS)
    given().when(replace(INVITE, reopen=True)).then(IN_TEN_DAYS)


def test_a_refused_invitation_reopens_nothing() -> None:
    given(Closed(at=NOW)).when(replace(INVITE, reopen=True, bookable=False)).refused(NothingToBook)


def test_whoever_invites_follows_the_person_and_is_not_parcours() -> None:
    given().within(around(NOW, U, acting=O2)).when(INVITE).refused(NotFollowing)
    given().within(around(NOW, U, acting=O3)).when(INVITE).refused(NotFollowing)
    given().when(replace(INVITE, origin=InvitationOrigin.REMINDER)).refused(NotForReminders)


def test_an_organisation_that_follows_the_person_invites_to_another_one_that_handles_the_category() -> None:
    there = around(NOW, followed_by(O1_ID, O3_ID), acting=O3)
    given().within(there).when(INVITE).then(IN_TEN_DAYS)


def wrong(context: Context, follow_up: RsaAppointment) -> Sending:
    """Everything is against it."""
    return Sending(
        channel=Channel.SMS,
        organisations=(),
        help_phone=None,
        expires_at=NOW,
        with_referents=True,
        bookable=False,
        bookable_with_referents=False,
        slots_available=False,
        follow_up=follow_up,
        context=context,
    )


NOBODY = around(NOW, Followed())
BUSY = standing(
    invited(1, "06-16 08:00", "06-26 08:00"),
    added(1, "06-15 09:00", "06-20 09:00"),
    added(2, "06-15 09:00", "06-21 09:00", status=ParticipationStatus.REVOKED),
)


def test_every_rule_is_evaluated_and_all_that_failed_are_told() -> None:
    everything = [
        InvitedRecently,
        NoHelpPhone,
        ArchivedEverywhere,
        NobodyToInviteTo,
        AppointmentAhead,
        NothingToBook,
        NoReferent,
        NothingToBookWithReferents,
        NoSlot,
        NoMobilePhone,
    ]
    assert [type(each) for each in refusals(wrong(NOBODY, BUSY))] == everything
    assert len(INVITATION_RULES) == len(everything) + 1
    with pytest.raises(NothingToBook) as caught:
        given().when(replace(INVITE, bookable=False, slots_available=False))._decide()
    assert caught.value.details == {"refusals": ["NothingToBook", "NoSlot"]}


def test_an_import_waives_what_it_names() -> None:
    waived = replace(around(), waived=frozenset({NothingToBook, SlotsNotChecked, FollowUpClosed}))
    known = replace(INVITE, bookable=False, slots_available=None)
    given().within(waived).when(known).then(IN_TEN_DAYS)
    given(Closed(at=NOW)).within(waived).when(known).then(IN_TEN_DAYS)
    silent = replace(around(NOW, U, reception("o1", phone=None)), waived=frozenset({NoHelpPhone}))
    given().within(silent).when(INVITE).then(replace(IN_TEN_DAYS, help_phone=""))
