"""Where a follow-up stands, at any instant (rdv-insertion §12.A)."""

from datetime import datetime, timedelta

import pytest

from domain.rsa_appointment import (
    RsaAppointment,
    Stage,
    Status,
    action_required,
    convocable,
    rsa_appointment_journey,
    status,
    turns,
)
from domain.rsa_appointment.codes import ExpiryCause, ParticipationStatus
from domain.rsa_appointment.commands import Close, Reopen
from domain.rsa_appointment.events import Closed, InvitationsExpired, ParticipationRemoved, Reopened
from domain.rsa_appointment.status import ACTION_REQUIRED, CONVOCABLE, shown_appointment
from tests.domain.rsa_appointment.cases import (
    NOW,
    OPENED,
    added,
    around,
    configuration,
    given,
    invited,
    paris,
    standing,
    taking,
    was_set,
)

INSTANT = timedelta(microseconds=1)
SEEN, NOSHOW = ParticipationStatus.SEEN, ParticipationStatus.NOSHOW
REVOKED, EXCUSED = ParticipationStatus.REVOKED, ParticipationStatus.EXCUSED


def test_a01_nothing_yet_is_not_invited() -> None:
    assert status(standing(), NOW) is Status.NOT_INVITED


def test_a03_an_invitation_is_expired_at_the_very_instant() -> None:
    follow_up = standing(invited(1, "06-14 10:00", "06-24 10:00"))
    assert status(follow_up, paris("06-24 09:59")) is Status.INVITATION_PENDING
    assert status(follow_up, paris("06-24 10:00") - INSTANT) is Status.INVITATION_PENDING
    assert status(follow_up, paris("06-24 10:00")) is Status.INVITATION_EXPIRED


def test_a05_an_invitation_that_never_expires_keeps_it_pending_for_ever() -> None:
    follow_up = standing(invited(1, "05-01 09:00"), invited(2, "06-02 09:00", "06-12 09:00"))
    assert status(follow_up, paris("2026-01-01 09:00")) is Status.INVITATION_PENDING


def reinvited(expires: str) -> RsaAppointment:
    return standing(added(1, "06-01 09:00", "06-02 09:00", status=NOSHOW), invited(1, "06-05 09:00", expires))


def test_a07_whoever_was_invited_again_and_did_not_answer_has_an_expired_invitation() -> None:
    assert status(reinvited("06-26 09:00"), NOW) is Status.INVITATION_PENDING
    assert status(reinvited("06-15 09:00"), NOW) is Status.INVITATION_EXPIRED


def test_a09_a_participation_after_the_invitation_speaks() -> None:
    follow_up = standing(
        invited(1, "06-12 09:00", "06-22 09:00"), added(1, "06-13 09:00", "06-15 16:00", status=NOSHOW)
    )
    assert status(follow_up, NOW) is Status.RDV_NOSHOW


def test_a11_an_appointment_ahead_is_compared_by_its_start() -> None:
    follow_up = standing(added(1, "06-12 09:00", "06-18 10:00"), invited(1, "06-14 09:00", "06-24 09:00"))
    assert status(follow_up, NOW) is Status.RDV_PENDING
    # Once it has begun, it is compared by the day it was taken: the invitation came later.
    assert status(follow_up, paris("06-18 10:00")) is Status.INVITATION_PENDING


@pytest.mark.parametrize(
    ("sent", "expected"), [("06-12 09:00", Status.RDV_EXCUSED), ("06-12 09:01", Status.INVITATION_PENDING)]
)
def test_an_invitation_speaks_only_if_it_is_strictly_later(sent: str, expected: Status) -> None:
    follow_up = standing(added(1, "06-12 09:00", "06-18 10:00", status=EXCUSED), invited(1, sent, "06-30 09:00"))
    assert status(follow_up, NOW) is expected


BEFORE = (
    invited(1, "06-10 09:00", "06-20 09:00"),
    added(1, "06-11 09:00", "06-12 09:00", status=SEEN),
    added(2, "06-14 09:00", "06-19 09:00", status=REVOKED),
)


def test_a13_the_last_participation_is_the_one_that_was_added_last() -> None:
    assert status(standing(*BEFORE), NOW) is Status.RDV_REVOKED


def test_a15_an_appointment_in_the_past_that_nobody_told_of_needs_its_status() -> None:
    follow_up = standing(*BEFORE, added(3, "06-15 09:00", "06-15 14:00"))
    assert status(follow_up, NOW) is Status.RDV_NEEDS_STATUS_UPDATE


def test_an_older_appointment_ahead_is_pending_whatever_came_of_the_last_one() -> None:
    follow_up = standing(added(1, "06-10 09:00", "06-20 09:00"), added(2, "06-11 09:00", "06-12 09:00", status=NOSHOW))
    assert status(follow_up, NOW) is Status.RDV_PENDING
    assert status(follow_up, paris("06-20 09:00")) is Status.RDV_NOSHOW


@pytest.mark.parametrize(
    ("seen_at", "expected"), [("06-14 09:00", Status.RDV_REVOKED), ("06-14 09:01", Status.RDV_SEEN)]
)
def test_an_appointment_honoured_after_the_last_one_was_taken_counts(seen_at: str, expected: Status) -> None:
    follow_up = standing(
        added(1, "06-11 09:00", seen_at, status=SEEN), added(2, "06-14 09:00", "06-19 09:00", status=REVOKED)
    )
    assert status(follow_up, NOW) is expected


def test_a17_an_appointment_cancelled_by_the_person_shows_at_once() -> None:
    taken = added(1, "06-12 09:00", "06-18 10:00")
    follow_up = standing(taken, was_set(taken, EXCUSED))
    assert status(follow_up, NOW) is Status.RDV_EXCUSED
    assert action_required(follow_up, NOW)
    assert convocable(follow_up, NOW, configuration())
    assert not convocable(follow_up, NOW, configuration(convene_user=False))


def test_whoever_did_not_answer_needs_something_and_may_be_summoned_once_the_invitation_has_expired() -> None:
    follow_up = standing(invited(1, "06-06 09:00", "06-16 09:00"))
    before = NOW - INSTANT
    assert (action_required(follow_up, before), action_required(follow_up, NOW)) == (False, True)
    assert [convocable(follow_up, at, configuration()) for at in (before, NOW)] == [False, True]


def test_a19_closing_ends_every_invitation_even_one_that_never_expires() -> None:
    at = paris("06-16 12:30")
    sent = (invited(1, "06-10 09:00", "06-20 09:00"), invited(2, "06-11 09:00"))
    ended = InvitationsExpired(invitations=(1, 2), cause=ExpiryCause.CLOSED, at=at)
    given(*sent).within(around(at)).when(Close()).then(Closed(at=at), ended)
    follow_up = standing(*sent, Closed(at=at), ended)
    assert status(follow_up, at) is Status.CLOSED
    assert [each.expires_at for each in follow_up.invitations] == [at, at]


def test_closing_leaves_what_has_expired_already_as_it_was() -> None:
    given(invited(1, "06-01 09:00", "06-11 09:00")).when(Close()).then(Closed(at=NOW))


def test_what_is_taken_up_again_comes_back_with_its_invitations_expired() -> None:
    closing = (Closed(at=NOW), InvitationsExpired(invitations=(1,), cause=ExpiryCause.CLOSED, at=NOW))
    history = (invited(1, "06-10 09:00", "06-20 09:00"), *closing)
    later = paris("06-17 09:00")
    given(*history).within(around(later)).when(Reopen()).then(Reopened(at=later))
    follow_up = standing(*history, Reopened(at=later))
    assert (follow_up.stage, status(follow_up, later)) == (Stage.OPEN, Status.INVITATION_EXPIRED)


def test_a21_an_appointment_does_not_take_a_closed_follow_up_up_again() -> None:
    taken = added(1, "06-16 09:00", "06-20 10:00")
    given(Closed(at=NOW)).when(taking("06-20 10:00")).then(taken)
    follow_up = standing(Closed(at=NOW), taken)
    assert (follow_up.stage, status(follow_up, NOW)) == (Stage.CLOSED, Status.CLOSED)


def test_who_needs_something_and_who_may_be_summoned() -> None:
    assert {
        Status.INVITATION_EXPIRED,
        Status.RDV_NEEDS_STATUS_UPDATE,
        Status.RDV_NOSHOW,
        Status.RDV_REVOKED,
        Status.RDV_EXCUSED,
    } == ACTION_REQUIRED
    assert {Status.INVITATION_EXPIRED, Status.RDV_NOSHOW, Status.RDV_EXCUSED} == CONVOCABLE


def test_the_appointment_shown_is_the_next_one_or_the_last_that_nobody_told_of() -> None:
    follow_up = standing(
        added(1, "06-01 09:00", "06-17 09:00"),
        added(2, "06-02 09:00", "06-18 09:00"),
        added(3, "06-03 09:00", "06-15 09:00"),
        added(4, "06-04 09:00", "06-30 09:00", status=REVOKED),
    )
    shown = [shown_appointment(follow_up, paris(at)) for at in ("06-16 09:00", "06-17 09:00", "06-18 09:00")]
    assert [each and each.number for each in shown] == [1, 2, 2]
    assert shown_appointment(standing(), NOW) is None


def test_a_participation_that_is_removed_speaks_no_longer() -> None:
    taken = added(1, "06-12 09:00", "06-18 10:00")
    gone = ParticipationRemoved(participation=1, status=ParticipationStatus.UNKNOWN, starts_at=taken.starts_at, at=NOW)
    assert status(standing(taken, gone), NOW) is Status.NOT_INVITED


def test_the_status_turns_at_expiries_and_at_starts_and_nowhere_else() -> None:
    follow_up = standing(
        invited(1, "06-10 09:00", "06-20 09:00"),
        invited(2, "06-11 09:00"),
        added(1, "06-12 09:00", "06-18 10:00"),
        added(2, "06-12 09:00", "06-19 10:00", status=EXCUSED),
    )
    assert turns(follow_up) == [paris("06-18 10:00"), paris("06-20 09:00")]


def replayed(at: datetime, *history: object) -> list[Status]:
    states = rsa_appointment_journey.decider.replay([OPENED, *history])  # type: ignore[list-item]
    return [status(state, at) for state in states[1:]]


def test_a_replay_shows_at_each_version_the_status_of_the_instant_asked_about() -> None:
    taken = added(1, "06-12 09:00", "06-18 10:00")
    history = (invited(1, "06-10 09:00", "06-20 09:00"), taken, was_set(taken, SEEN, paris("06-18 11:00")))
    assert replayed(paris("06-12 10:00"), *history)[:3] == [
        Status.NOT_INVITED,
        Status.INVITATION_PENDING,
        Status.RDV_PENDING,
    ]
    assert replayed(paris("06-25 09:00"), *history) == [
        Status.NOT_INVITED,
        Status.INVITATION_EXPIRED,
        Status.RDV_NEEDS_STATUS_UPDATE,
        Status.RDV_SEEN,
    ]


def test_the_last_invitation_is_the_one_that_was_sent_last() -> None:
    follow_up = standing(
        invited(1, "06-05 09:00", "06-15 09:00"),
        added(1, "06-10 09:00", "06-11 09:00", status=NOSHOW),
        invited(2, "06-12 09:00", "06-22 09:00"),
    )
    assert status(follow_up, NOW) is Status.INVITATION_PENDING


def test_an_appointment_that_was_recorded_once_it_was_honoured_counts() -> None:
    assert status(standing(added(1, "06-15 09:00", "06-12 09:00", status=SEEN)), NOW) is Status.RDV_SEEN


def test_the_latest_appointment_honoured_is_compared_with_the_last_one_taken() -> None:
    follow_up = standing(
        added(1, "06-01 09:00", "06-12 09:00", status=SEEN),
        added(2, "06-02 09:00", "06-15 09:00", status=SEEN),
        added(3, "06-14 09:00", "06-19 09:00", status=REVOKED),
    )
    assert status(follow_up, NOW) is Status.RDV_SEEN


def test_whoever_the_service_put_off_is_not_summoned() -> None:
    follow_up = standing(added(1, "06-14 09:00", "06-19 09:00", status=REVOKED))
    assert not convocable(follow_up, NOW, configuration())
    assert action_required(follow_up, NOW)
