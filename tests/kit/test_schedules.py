"""Two and three sessions, in every order of their steps, with a follower that looks after each of them."""

from uuid import uuid4

import pytest

from tests.kit.audit import Findings, whole_log
from tests.kit.contract import Conflict, Intent
from tests.kit.schedules import COMMIT, schedules
from tests.kit.stage import Stage, Streams, new_stream, one_partition, one_stream, several_partitions
from tests.kit.totals import Count

NOTHING_WRONG = Findings([], [], [], [])
#: begin, append and end apart for two sessions; begin and append together for three.
PLAYS = [*schedules(2, 3), *schedules(3, 2)]


def test_every_order_is_tried() -> None:
    assert len(list(schedules(2, 3))) == 20 * 3
    assert len(list(schedules(3, 2))) == 90 * 4
    assert len({(tuple(play.order), play.ends) for play in PLAYS}) == 60 + 360


@pytest.mark.parametrize("streams", [one_partition, several_partitions])
def test_a_follower_skips_nothing_and_reads_in_the_order_of_commits(
    stage: Stage, streams: Streams, count: Count
) -> None:
    for schedule in PLAYS:
        played = stage.play(schedule, streams)
        assert played.findings == NOTHING_WRONG, schedule
        assert played.logged == played.committed, schedule
        assert len(played.committed) == schedule.ends.count(COMMIT), schedule
        assert not played.refused
    count(schedules=len(PLAYS))


def test_of_those_who_write_to_one_stream_exactly_one_wins_and_the_others_meet_a_conflict(
    stage: Stage, count: Count
) -> None:
    for schedule in PLAYS:
        played = stage.play(schedule, one_stream)
        assert played.findings == NOTHING_WRONG, schedule
        assert played.logged == played.committed, schedule
        assert len(played.committed) == min(1, schedule.ends.count(COMMIT)), schedule
        assert len(played.refused) >= schedule.ends.count(COMMIT) - 1, schedule
    count(schedules=len(PLAYS))


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_an_append_that_comes_again_while_its_first_try_is_open_waits_for_it(stage: Stage, end: str) -> None:
    intent = Intent(new_stream(), 0, str(uuid4()), 2)
    first, again = stage.connections[0], stage.threads[0]
    first.execute("begin")
    stage.store.attempt(first, intent)
    answer = again.submit(stage.store.append, intent)
    stage.monitor.until_somebody_waits(first)
    first.execute(end)
    place = answer.result(timeout=20)
    assert [(event.position, event.version) for event in whole_log(stage.store)] == [(1, 1), (2, 2)]
    assert place == stage.store.append(intent)
    with pytest.raises(Conflict):
        stage.store.append(Intent(intent.stream, 0, str(uuid4())))
