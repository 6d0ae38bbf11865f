"""Each notice reaches everybody whom it is for, once, whatever happens on the way."""

from collections import Counter
from datetime import timedelta
from threading import Barrier, Thread
from typing import Final

import psycopg
import pytest

from application.notifications.notice import State
from application.notifications.ports import CarrierAway, Rejected, TryLater
from application.notifications.post import FRESH, PAUSES
from domain.job_application.commands import AddToPool
from tests.application.notifications.office import AWA, Pigeon, Street
from tests.application.town import professional
from tests.conftest import TestServer

NEW: Final = [
    (AWA, "job-application-new-for-candidate"),
    ("camille@work.example", "job-application-new-for-proxy"),
    ("luc@work.example", "job-application-new-for-employer"),
    ("sacha@work.example", "job-application-new-for-employer"),
]
#: Ends whoever is in the middle of something in a database.
CUT: Final = """
    select pg_terminate_backend(pid) from pg_stat_activity where datname = %s and state = 'idle in transaction'
"""
MINUTE: Final = timedelta(minutes=1)


class Killed(BaseException):
    """The process ends here."""


def test_an_application_reaches_the_person_the_company_and_whoever_sent_them(scene: Street) -> None:
    scene.apply()
    assert scene.office.deliver() == {State.SENT: 4}
    assert scene.office.pigeon.carried() == NEW


def test_what_was_delivered_is_not_delivered_again(scene: Street) -> None:
    scene.apply()
    scene.office.deliver()
    assert scene.office.deliver() == {}
    scene.office.clock.at += timedelta(days=3)
    assert scene.office.deliver() == {}
    assert len(scene.office.pigeon.taken) == 4


def test_a_rebuild_sends_nothing_again_and_forgets_nothing_that_waits(scene: Street) -> None:
    office = scene.office
    scene.apply()
    office.pigeon.before = [TryLater("smtp_451")]
    assert office.deliver() == {State.WAITING: 1, State.SENT: 3}
    scene.office.town.ask(scene.awa, AddToPool(), professional("sacha"), scene.company, journey="job-application-1")
    office.rebuild()
    office.clock.at += MINUTE
    assert office.deliver() == {State.SENT: 3}
    assert Counter(office.pigeon.carried()) == Counter(
        [
            *NEW,
            (AWA, "job-application-added-to-pool-for-candidate"),
            ("camille@work.example", "job-application-added-to-pool-for-proxy"),
        ]
    )


def test_so_many_are_delivered_at_a_time_and_the_others_next_time(scene: Street) -> None:
    office = scene.office
    scene.apply()
    office.tell()
    assert [dict(office.post().deliver(3)) for _ in range(3)] == [{State.SENT: 3}, {State.SENT: 1}, {}]


def test_two_at_once_deliver_each_notice_once(scene: Street) -> None:
    office = scene.office
    people = [scene.awa, *(office.town.candidate("camille", scene.prescriber) for _ in range(5))]
    office.forget()
    for person in people:
        office.town.applied(person, "camille", scene.prescriber, scene.company)
    with pytest.raises(CarrierAway):
        office.deliver(Pigeon(before=[CarrierAway("smtp_421")]))
    barrier, pigeons = Barrier(4), [Pigeon() for _ in range(4)]

    def run(pigeon: Pigeon) -> None:
        barrier.wait()
        office.post(pigeon).deliver()

    threads = [Thread(target=run, args=(pigeon,)) for pigeon in pigeons]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = [letter.id for pigeon in pigeons for letter in pigeon.taken]
    assert len(taken) == len(set(taken)) == 24
    assert sum(1 for pigeon in pigeons if pigeon.taken) > 1
    assert office.deliver() == {}


def test_a_process_that_dies_after_the_letter_was_taken_sends_it_again_under_the_same_identifier(
    scene: Street,
) -> None:
    office = scene.office
    scene.apply()
    office.pigeon.afterwards = [Killed()]
    with pytest.raises(Killed):
        office.deliver()
    assert office.deliver() == {State.SENT: 4}
    often = Counter(letter.id for letter in office.pigeon.taken)
    assert sorted(often.values()) == [1, 1, 1, 2]


def test_a_connection_that_dies_with_its_process_leaves_the_delivery_to_others(
    scene: Street, server: TestServer
) -> None:
    office = scene.office
    scene.apply()
    [(database,)] = office.owner(b"select current_database()")

    def cut() -> None:
        with psycopg.connect(server.url, autocommit=True) as administrator:
            administrator.execute(CUT, [database])

    office.pigeon.afterwards = [cut]
    with pytest.raises(psycopg.OperationalError):
        office.deliver()
    assert office.deliver() == {State.SENT: 4}
    assert sorted(Counter(letter.id for letter in office.pigeon.taken).values()) == [1, 1, 1, 2]


def test_what_could_not_be_carried_is_tried_again_after_longer_and_longer(scene: Street) -> None:
    office = scene.office
    scene.apply()
    office.pigeon.before = [TryLater("smtp_451")]
    assert office.deliver() == {State.WAITING: 1, State.SENT: 3}
    assert office.counts()[State.WAITING] == {"smtp_451": 1}
    for pause in PAUSES[:-1]:
        office.clock.at += pause - timedelta(microseconds=1)
        assert office.deliver() == {}
        office.clock.at += timedelta(microseconds=1)
        office.pigeon.before = [TryLater("smtp_450")]
        assert office.deliver() == {State.WAITING: 1}
    office.clock.at += PAUSES[-1]
    assert office.deliver() == {State.SENT: 1}
    assert office.pigeon.carried() == NEW


def test_what_is_tried_often_enough_is_given_up_and_shows_until_somebody_tries_it_again(scene: Street) -> None:
    office = scene.office
    scene.apply()
    office.pigeon.before = [TryLater("smtp_451")]
    office.deliver()
    for pause in PAUSES[:-1]:
        office.clock.at += pause
        office.pigeon.before = [TryLater("smtp_451")]
        assert office.deliver() == {State.WAITING: 1}
    office.clock.at += PAUSES[-1]
    office.pigeon.before = [TryLater("smtp_451")]
    assert office.deliver() == {State.GIVEN_UP: 1}
    office.clock.at += timedelta(days=30)
    assert office.deliver() == {}
    assert office.counts()[State.GIVEN_UP] == {"smtp_451": 1}
    assert office.again() == 1
    assert office.deliver() == {State.SENT: 1}


def test_what_the_other_side_will_never_take_is_not_tried_again(scene: Street) -> None:
    office = scene.office
    scene.apply()
    office.pigeon.before = [Rejected("smtp_550")]
    assert office.deliver() == {State.REJECTED: 1, State.SENT: 3}
    office.clock.at += timedelta(days=3)
    assert (office.again(), office.deliver()) == (0, {})
    assert office.counts()[State.REJECTED] == {"smtp_550": 1}


def test_a_carrier_that_is_away_costs_no_letter_an_attempt(scene: Street) -> None:
    office = scene.office
    scene.apply()
    for _ in range(len(PAUSES) + 2):
        office.pigeon.before = [CarrierAway("smtp_535")]
        with pytest.raises(CarrierAway):
            office.deliver()
    assert office.counts()[State.WAITING] == {"": 4}
    assert office.deliver() == {State.SENT: 4}


def test_what_is_wrong_with_one_letter_keeps_no_other_waiting(scene: Street) -> None:
    office = scene.office
    scene.apply()
    office.pigeon.before = [ValueError(AWA)]
    assert office.deliver() == {State.WAITING: 1, State.SENT: 3}
    assert office.counts()[State.WAITING] == {"ValueError": 1}


def test_a_dossier_that_cannot_be_read_keeps_no_other_waiting(scene: Street) -> None:
    office = scene.office
    other = office.town.candidate("camille", scene.prescriber, email="other@example.org")
    office.forget()
    scene.apply()
    office.town.applied(other, "camille", scene.prescriber, scene.company)
    office.owner(b"alter table keys.data_key disable trigger all")
    office.owner(b"delete from keys.data_key where root = %s", scene.awa)
    office.core.vault._remembered.clear()
    assert office.deliver() == {State.WAITING: 1, State.SENT: 7}
    assert office.counts()[State.WAITING] == {"KeyMissing": 1}


def test_one_may_look_back_less_far_and_then_further(scene: Street) -> None:
    office = scene.office
    scene.apply()
    office.tell()
    [(recorded_at,)] = office.owner(b"select max(recorded_at) from notice")
    office.clock.at = recorded_at + timedelta(hours=1, seconds=1)
    assert dict(office.post().deliver(looking_back=timedelta(hours=1))) == {}
    assert dict(office.post().deliver()) == {State.SENT: 4}


@pytest.mark.parametrize(("late", "came"), [(timedelta(0), {State.SENT: 4}), (timedelta(microseconds=1), {})])
def test_what_nobody_took_up_for_a_week_is_told_no_more(scene: Street, late: timedelta, came: dict[State, int]) -> None:
    office = scene.office
    office.fresh = FRESH
    scene.apply()
    office.tell()
    [(recorded_at,)] = office.owner(b"select max(recorded_at) from notice")
    office.clock.at = recorded_at + FRESH + late
    assert office.deliver() == came
