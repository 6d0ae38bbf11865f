"""The caseload tells what time changes as of the instant that is asked about, without anything being told anew."""

from datetime import datetime, timedelta

import pytest

from domain.rsa_appointment.codes import ParticipationStatus
from domain.rsa_appointment.events import Closed
from projections.caseload import OpenCase, caseload
from tests.domain.orientation import cases
from tests.domain.rsa_appointment.cases import NOW, O1_ID, OPENED, added, invited, paris
from tests.projections.world import World, new_root

INSTANT = timedelta(microseconds=1)


def seen_at(world: World, at: datetime) -> list[OpenCase]:
    with world.reader() as connection:
        return list(caseload(connection, O1_ID, now=at).cases)


@pytest.mark.parametrize(
    ("at", "status"),
    [
        (paris("06-18 10:00") - INSTANT, "rdv_pending"),
        (paris("06-18 10:00"), "invitation_pending"),
        (paris("06-24 09:00") - INSTANT, "invitation_pending"),
        (paris("06-24 09:00"), "invitation_expired"),
    ],
)
def test_a_follow_up_shows_the_status_of_the_instant(world: World, at: datetime, status: str) -> None:
    history = (OPENED, added(1, "06-12 09:00", "06-18 10:00"), invited(1, "06-14 09:00", "06-24 09:00"))
    world.tell(new_root(), "rsa-appointment-1", *history)
    world.runner().catch_up()
    assert [(case.stage, case.status) for case in seen_at(world, at)] == [("open", status)]


def test_a_follow_up_that_only_events_change_has_its_status_too(world: World) -> None:
    seen = added(1, "06-10 09:00", "06-12 10:00", status=ParticipationStatus.SEEN)
    world.tell(new_root(), "rsa-appointment-1", OPENED, seen)
    world.runner().catch_up()
    assert [case.status for case in seen_at(world, NOW)] == ["rdv_seen"]


def test_a_closed_follow_up_leaves_the_caseload(world: World) -> None:
    world.tell(new_root(), "rsa-appointment-1", OPENED, Closed(at=NOW))
    world.runner().catch_up()
    assert seen_at(world, NOW) == []


def test_where_the_stage_says_it_all_there_is_no_status(world: World) -> None:
    world.tell(new_root(), "orientation-1", cases.sent())
    world.runner().catch_up()
    with world.reader() as connection:
        assert [case.status for case in caseload(connection, cases.B.id, now=NOW).cases] == [None]


def test_a_reminder_is_due_in_the_caseload(world: World) -> None:
    world.tell(new_root(), "rsa-appointment-1", OPENED, invited(1, "06-14 09:00", "06-24 09:00"))
    world.runner().catch_up()
    assert [(case.due, case.due_command) for case in seen_at(world, NOW)] == [
        (paris("06-17 11:00"), "RemindInvitation")
    ]
