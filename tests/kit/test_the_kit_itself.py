"""A kit that cannot find fault proves nothing: here it has to."""

from datetime import UTC, datetime

import pytest

from tests.kit.audit import Findings, Promises, audit
from tests.kit.contract import Intent, Place, Seen
from tests.kit.schedules import COMMIT, Schedule, schedules
from tests.kit.stage import Stage, one_partition, one_stream

NOW = datetime(2026, 1, 5, tzinfo=UTC)
A1, A2 = Seen(0, 1, "a", 1, "first"), Seen(0, 2, "a", 2, "first")
B1 = Seen(0, 3, "b", 1, "second")
PROMISES = Promises(
    sent={"first": Intent("a", 0, "first", 2), "second": Intent("b", 0, "second"), "third": Intent("b", 0, "third")},
    acknowledged={"first": Place(0, 1, NOW), "second": Place(0, 3, NOW)},
    refused={"third"},
)


def test_a_log_that_keeps_every_promise_is_found_in_order() -> None:
    assert audit(PROMISES, [A1, A2, B1], [A1, A2, B1]) == Findings([], [], [], [])


def test_an_acknowledged_event_that_is_not_stored_is_lost() -> None:
    assert audit(PROMISES, [A1, A2], [A1, A2]) == Findings(lost=[B1], doubled=[], out_of_order=[], invented=[])


def test_an_event_that_the_follower_was_not_given_is_lost() -> None:
    assert audit(PROMISES, [A1, A2, B1], [A1, A2]) == Findings(lost=[B1], doubled=[], out_of_order=[], invented=[])


def test_an_append_stored_in_part_is_found() -> None:
    found = audit(Promises(PROMISES.sent), [A1], [A1])
    assert found == Findings(lost=[], doubled=[A1], out_of_order=[], invented=[])


def test_an_event_given_twice_is_found() -> None:
    again = Seen(0, 3, "a", 1, "first")
    promises = Promises({"first": Intent("a", 0, "first", 3)})
    assert audit(promises, [A1, A2, again], [A1, A2, again]).doubled == [A1, again, A1, again]


@pytest.mark.parametrize("log", [[A1, B1, A2], [A2], [B1]])
def test_positions_that_jump_are_found(log: list[Seen]) -> None:
    assert audit(PROMISES, log, log).out_of_order


def test_what_was_refused_or_read_but_not_stored_is_invented() -> None:
    refused, gone = Seen(0, 1, "b", 1, "third"), Seen(0, 2, "a", 2, "first")
    assert audit(PROMISES, [refused], [refused, gone]).invented == [gone, refused]


def overtaken(schedule: Schedule) -> bool:
    """Whether the transaction that took its number last committed first."""
    appends = [session for session in (0, 1) if schedule.ends[session] == COMMIT]
    return len(appends) == 2 and _order(schedule, 1) != _order(schedule, 2)


def _order(schedule: Schedule, step: int) -> list[int]:
    taken: dict[int, list[int]] = {0: [], 1: []}
    for place, session in enumerate(schedule.order):
        taken[session].append(place)
    return sorted(taken, key=lambda session: taken[session][step])


def test_a_store_that_numbers_without_waiting_loses_events_in_exactly_the_schedules_that_overtake(
    naive_stage: Stage,
) -> None:
    plays = list(schedules(2, 3))
    losing = [play for play in plays if naive_stage.play(play, one_partition).findings.lost]
    assert losing == [play for play in plays if overtaken(play)]
    assert len(losing) == 6


def test_a_store_that_numbers_without_waiting_leaves_gaps_where_a_transaction_gave_up(naive_stage: Stage) -> None:
    gaps = [play for play in schedules(2, 3) if naive_stage.play(play, one_stream).findings.out_of_order]
    assert gaps
