from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import orjson
import pytest

from application.ports import Claim, Claims, ClaimTaken, Conflict
from infrastructure.event_store import EventStore, NewRow
from infrastructure.postgres import open_pool
from tests.conftest import DatabaseFactory
from tests.infrastructure.events import NOON, new_id, new_root, row, rows, versions, whole_log


def test_what_was_recorded_is_read_back_as_it_was(store: EventStore) -> None:
    root, append_id = new_root(), new_id()
    before = datetime.now(UTC)
    new = NewRow(
        "orientation-1", 1, "orientation.Sent", '{"why": "é\\"'.encode() + b'"}', b'{"origin": "command"}', NOON
    )
    appended = store.append(root, 0, append_id, [new])
    [found] = store.load(root)
    assert orjson.loads(found.data) == {"why": 'é"'}
    assert orjson.loads(found.metadata) == {"origin": "command", "append": append_id}
    assert (found.partition, found.offset, found.recorded_at) == (appended.partition, 1, appended.recorded_at)
    assert (found.root, found.root_version, found.journey, found.journey_version) == (root, 1, "orientation-1", 1)
    assert (found.name, found.occurred_at) == ("orientation.Sent", NOON)
    assert before <= found.recorded_at <= datetime.now(UTC)


def test_a_root_lives_where_its_crc_says(store: EventStore) -> None:
    assert store.partitions == 8
    assert store.partition_of("candidate/01890a5d-ac96-774b-bcce-b302099a8057") == 481596304 % 8


def test_a_dossier_is_read_up_to_a_version_inclusive(store: EventStore) -> None:
    root = new_root()
    store.append(root, 0, new_id(), rows(3))
    store.append(root, 3, new_id(), [row(4)])
    assert versions(store.load(root)) == [1, 2, 3, 4]
    assert versions(store.load(root, up_to=3)) == [1, 2, 3]
    assert versions(store.load(root, up_to=0)) == []
    assert versions(store.load(new_root())) == []


@pytest.mark.parametrize("expected", [0, 1, 3, 7])
def test_an_append_after_another_version_is_a_conflict_and_leaves_no_trace(store: EventStore, expected: int) -> None:
    root = new_root()
    store.append(root, 0, new_id(), rows(2))
    with pytest.raises(Conflict):
        store.append(root, expected, new_id(), rows(2))
    assert versions(store.load(root)) == [1, 2]
    assert store.heads()[store.partition_of(root)] == 2


def test_an_append_records_something_after_a_version_that_exists(store: EventStore) -> None:
    with pytest.raises(ValueError, match="records something"):
        store.append(new_root(), 0, new_id(), [])
    with pytest.raises(ValueError, match="counts from 0"):
        store.append(new_root(), -1, new_id(), rows(1))


def test_the_same_append_again_answers_the_first_result(store: EventStore) -> None:
    root, append_id = new_root(), new_id()
    first = store.append(root, 0, append_id, rows(2))
    store.append(root, 2, new_id(), rows(1))
    assert store.append(root, 0, append_id, rows(2)) == first
    assert versions(store.load(root)) == [1, 2, 3]
    assert store.heads()[first.partition] == 3


def test_offsets_have_no_gap_and_follow_the_order_of_commits(make_database: DatabaseFactory) -> None:
    with open_pool(make_database(2).service) as pool:
        store = EventStore(pool)
        with ThreadPoolExecutor(8) as threads:
            roots = [new_root() for _ in range(40)]
            list(threads.map(lambda root: [store.append(root, v, new_id(), rows(2)) for v in (0, 2, 4)], roots))
        for partition, head in store.heads().items():
            log = store.read(partition, 0, 1000)
            assert [event.offset for event in log] == list(range(1, head + 1))
            assert [event.recorded_at for event in log] == sorted(event.recorded_at for event in log)
        assert sum(store.heads().values()) == 240


def test_a_refused_append_burns_no_offset(store: EventStore) -> None:
    root = new_root()
    first = store.append(root, 0, new_id(), rows(1))
    for _ in range(3):
        with pytest.raises(Conflict):
            store.append(root, 0, new_id(), rows(5))
    assert store.append(root, 1, new_id(), rows(1)).first_offset == first.first_offset + 1


def test_a_partition_is_read_by_pages(store: EventStore) -> None:
    root = new_root()
    partition = store.append(root, 0, new_id(), rows(5)).partition
    assert [event.offset for event in store.read(partition, 0, 2)] == [1, 2]
    assert [event.offset for event in store.read(partition, 2, 2)] == [3, 4]
    assert [event.offset for event in store.read(partition, 5, 2)] == []


def test_of_many_writers_at_the_same_version_one_wins(store: EventStore) -> None:
    root, together = new_root(), Barrier(6)

    def write(_: int) -> bool:
        together.wait()
        try:
            store.append(root, 0, new_id(), rows(2))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(6) as threads:
        assert sorted(threads.map(write, range(6))) == [False] * 5 + [True]
    assert versions(store.load(root)) == [1, 2]


def claim(digest: str = "d1", scope: str = "département-93") -> Claim:
    return Claim(scope=scope, kind="nir", digest=digest)


def test_a_claim_held_by_another_root_refuses_the_whole_append(store: EventStore) -> None:
    holder, other = new_root(), new_root()
    store.append(holder, 0, new_id(), rows(1), Claims(take=frozenset({claim("a")})))
    with pytest.raises(ClaimTaken) as refused:
        store.append(other, 0, new_id(), rows(1), Claims(take=frozenset({claim("a"), claim("b")})))
    assert refused.value.held == {claim("a"): holder}
    assert store.holders([claim("a"), claim("b")]) == {claim("a"): holder}
    assert versions(store.load(other)) == []


def test_a_claim_given_back_may_be_taken_by_another(store: EventStore) -> None:
    holder, other = new_root(), new_root()
    store.append(holder, 0, new_id(), rows(1), Claims(take=frozenset({claim()})))
    store.append(holder, 1, new_id(), rows(1), Claims(release=frozenset({claim()})))
    store.append(other, 0, new_id(), rows(1), Claims(take=frozenset({claim()})))
    assert store.holders([claim()]) == {claim(): other}


def test_nobody_gives_back_the_claim_of_another(store: EventStore) -> None:
    holder, other = new_root(), new_root()
    store.append(holder, 0, new_id(), rows(1), Claims(take=frozenset({claim()})))
    store.append(other, 0, new_id(), rows(1), Claims(release=frozenset({claim()})))
    assert store.holders([claim()]) == {claim(): holder}


def test_an_append_with_claims_comes_again_and_answers_the_first_result(store: EventStore) -> None:
    root, other, append_id = new_root(), new_root(), new_id()
    claims = Claims(take=frozenset({claim()}))
    first = store.append(root, 0, append_id, rows(1), claims)
    assert store.append(root, 0, append_id, rows(1), claims) == first
    store.append(root, 1, new_id(), rows(1), Claims(release=frozenset({claim()})))
    store.append(other, 0, new_id(), rows(1), claims)
    assert store.append(root, 0, append_id, rows(1), claims) == first
    assert store.holders([claim()]) == {claim(): other}


def test_a_conflict_takes_no_claim(store: EventStore) -> None:
    root = new_root()
    store.append(root, 0, new_id(), rows(1))
    with pytest.raises(Conflict):
        store.append(root, 0, new_id(), rows(1), Claims(take=frozenset({claim()})))
    assert store.holders([claim()]) == {}


def test_two_registrations_of_one_person_race_and_one_is_told_of_the_other(store: EventStore) -> None:
    claims = Claims(take=frozenset(claim(digest) for digest in "abc"))
    for _ in range(10):
        together, roots = Barrier(2), [new_root(), new_root()]

        def register(root: str, together: Barrier = together) -> str:
            together.wait()
            try:
                store.append(root, 0, new_id(), rows(1), claims)
            except ClaimTaken as taken:
                return next(iter(set(taken.held.values())))
            return root

        with ThreadPoolExecutor(2) as threads:
            [winner] = set(threads.map(register, roots))
        assert [versions(store.load(root)) for root in roots] == [[1] if root == winner else [] for root in roots]
        store.append(winner, 1, new_id(), rows(1), Claims(release=claims.take))


def test_two_appends_that_swap_claims_never_wait_for_each_other(store: EventStore) -> None:
    left, right = new_root(), new_root()
    store.append(left, 0, new_id(), rows(1), Claims(take=frozenset({claim("a")})))
    store.append(right, 0, new_id(), rows(1), Claims(take=frozenset({claim("b")})))

    def move(root: str, version: int, gives: str, takes: str) -> bool:
        try:
            store.append(
                root,
                version,
                new_id(),
                rows(1),
                Claims(take=frozenset({claim(takes)}), release=frozenset({claim(gives)})),
            )
        except ClaimTaken:
            return False
        return True

    with ThreadPoolExecutor(2) as threads:
        outcomes = [threads.submit(move, left, 1, "a", "b"), threads.submit(move, right, 1, "b", "a")]
        moved = [outcome.result(timeout=10) for outcome in outcomes]
    held = {root: digest for digest in "ab" if (root := store.holders([claim(digest)]).get(claim(digest)))}
    assert len(held) == len(set(held.values()))
    assert moved.count(True) <= 1


def test_the_metadata_of_every_event_names_its_append(store: EventStore) -> None:
    append_id = new_id()
    store.append(new_root(), 0, append_id, [row(1, metadata=b"{}"), row(2, metadata=b' { "actor": {} } ')])
    assert [orjson.loads(event.metadata) for event in whole_log(store)] == [
        {"append": append_id},
        {"append": append_id, "actor": {}},
    ]
