"""The connection is cut around an append: it answers its first result, never a false conflict, never a second event."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from uuid import uuid4

import pytest

from tests.kit.audit import whole_log
from tests.kit.contract import Conflict, Intent, Place, Store, Subject
from tests.kit.proxy import Cut, CuttingProxy, boundaries, cutting
from tests.kit.stage import new_stream
from tests.kit.totals import Count

NOTHING_SENT, HALF_SENT, NOTHING_HEARD, HALF_HEARD = Cut(request=0), Cut(request=40), Cut(), Cut(answer=40)


@dataclass(frozen=True)
class Line:
    """A store behind the proxy, and the same one in front of it."""

    store: Store
    direct: Store
    proxy: CuttingProxy


@pytest.fixture
def line(subject: Subject) -> Iterator[Line]:
    with cutting(subject.conninfo) as proxy:
        through = subject.reached_by(proxy.address)
        with closing(through.open()) as store, closing(subject.open()) as direct:
            yield Line(store, direct, proxy)


def append_cut(line: Line, intent: Intent, cuts: Sequence[Cut]) -> Place:
    line.proxy.cut(intent.append_id, cuts)
    place = line.store.append(intent)
    assert not line.proxy.cuts, "the append came through before every cut was made"
    return place


def new_intent(claim: str | None) -> Intent:
    return Intent(new_stream(), 0, str(uuid4()), 2, claim)


def is_recorded_once(line: Line, intent: Intent, place: Place) -> bool:
    found = [event for event in whole_log(line.direct) if event.append_id == intent.append_id]
    expected = [(place.partition, place.first, 1), (place.partition, place.first + 1, 2)]
    holds = intent.claim is None or line.direct.holder(intent.claim) == intent.stream
    return holds and [(event.partition, event.position, event.version) for event in found] == expected


@pytest.mark.parametrize("claim", [None, "c"])
@pytest.mark.parametrize("cut", [NOTHING_SENT, HALF_SENT, NOTHING_HEARD, HALF_HEARD])
def test_the_same_cut_several_times(line: Line, count: Count, cut: Cut, claim: str | None) -> None:
    for times in (1, 2, 3):
        intent = new_intent(claim and f"{claim}{times}")
        place = append_cut(line, intent, [cut] * times)
        assert is_recorded_once(line, intent, place)
        assert line.direct.append(intent) == place
        count(cuts=times, acknowledged=1)


@pytest.mark.parametrize("claim", [None, "c"])
def test_the_answer_is_cut_in_every_message_and_between_them(line: Line, count: Count, claim: str | None) -> None:
    first = new_intent(claim)
    append_cut(line, first, [Cut()])
    ends = list(boundaries(line.proxy.answers[0]))
    places = sorted({place for end in ends for place in (end - 1, end, end + 1, end + 3) if 0 <= place < ends[-1]})
    assert len(places) > 12
    for place in places:
        intent = new_intent(claim and f"{claim}{place}")
        assert is_recorded_once(line, intent, append_cut(line, intent, [Cut(answer=place)])), place
    count(cuts=len(places) + 1, acknowledged=len(places) + 1)


def test_everything_fails_one_after_the_other(line: Line, count: Count) -> None:
    cuts = [NOTHING_SENT, HALF_SENT, NOTHING_HEARD, HALF_HEARD]
    for claim, order in (("a", cuts), ("b", cuts[::-1])):
        intent = new_intent(claim)
        assert is_recorded_once(line, intent, append_cut(line, intent, order))
        count(cuts=4, acknowledged=1)


def test_a_true_conflict_stays_one_when_its_answer_is_lost(line: Line, count: Count) -> None:
    first = new_intent(None)
    line.direct.append(first)
    late = replace(first, append_id=str(uuid4()))
    with pytest.raises(Conflict):
        append_cut(line, late, [NOTHING_HEARD, HALF_HEARD])
    assert [event.append_id for event in whole_log(line.direct)] == [first.append_id] * 2
    count(cuts=2)


def test_what_others_wrote_meanwhile_does_not_turn_a_lost_answer_into_a_conflict(line: Line) -> None:
    intent = new_intent("c")
    place = line.store.append(intent)
    line.direct.append(Intent(intent.stream, 2, str(uuid4())))
    assert append_cut(line, intent, [NOTHING_HEARD]) == place


def test_a_store_that_only_sends_again_reports_a_conflict_that_nobody_caused(naive: Subject) -> None:
    with cutting(naive.conninfo) as proxy, closing(naive.reached_by(proxy.address).open()) as store:
        intent = new_intent(None)
        proxy.cut(intent.append_id, [NOTHING_HEARD])
        with pytest.raises(Conflict):
            store.append(intent)
