import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest

from application.ports import Journal, Recorded, RootErased
from domain.vocabulary import ERASED, SEALED
from infrastructure.codec import Codec, UnknownEvent
from infrastructure.event_store import Appended, EventStore, Order
from infrastructure.journal import LogReader, SealingJournal
from infrastructure.keyring import Keyring
from infrastructure.postgres import Access, Connection, Pool, connect
from infrastructure.sealing import Tampered
from infrastructure.vault import FRESHNESS, KeyMissing, Vault
from tests.infrastructure.samples import (
    COMPANY,
    METADATA,
    PERSON,
    STORY,
    Closed,
    FamilyDescribed,
    Relative,
    Told,
    change,
)
from tests.infrastructure.strategies import masked
from tests.journal_contract import CLOSED, DESCRIBED, NIR, TOLD, JournalContract, events, take

CODEC = Codec([STORY])


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keys.json")


@pytest.fixture
def vault(pool: Pool, keyring: Keyring) -> Vault:
    return Vault(pool, keyring)


@pytest.fixture
def journal(store: EventStore, vault: Vault) -> SealingJournal:
    return SealingJournal(store, CODEC, vault)


@pytest.fixture
def log(store: EventStore) -> LogReader:
    return LogReader(store, CODEC)


class TestSealingJournal(JournalContract):
    """The journal of the service keeps every promise of the port."""


class LosesTheFirstAnswer(EventStore):
    """A store whose connection is lost after the append was committed, before its answer came."""

    def call(self, connection: Connection, order: Order) -> Appended:
        answer = super().call(connection, order)
        if len(self.load(order.root)) == order.expected_version + 1 and order.root not in _lost:
            _lost.add(order.root)
            raise psycopg.OperationalError("the connection is lost")
        return answer


_lost: set[str] = set()


def test_an_append_whose_answer_was_lost_is_recorded_once_and_answered(pool: Pool, vault: Vault) -> None:
    journal = SealingJournal(LosesTheFirstAnswer(pool), CODEC, vault)
    answered = journal.append(PERSON, 0, [TOLD], take(NIR))
    assert PERSON in _lost
    assert list(journal.load(PERSON)) == list(answered)
    assert journal.holders([NIR]) == {NIR: PERSON}


def everything(log: LogReader) -> list[Recorded]:
    return [recorded for partition in log.heads() for recorded in log.read(partition, 0, 1000)]


def test_the_log_is_read_sealed_even_by_a_process_without_keys(journal: Journal, log: LogReader) -> None:
    recorded = journal.append(PERSON, 0, [TOLD, DESCRIBED, CLOSED])
    assert everything(log) == [replace(each, event=masked(each.event, SEALED)) for each in recorded]


def test_the_log_is_read_in_order_after_an_offset_and_up_to_a_limit(journal: Journal, log: LogReader) -> None:
    journal.append(PERSON, 0, [TOLD, DESCRIBED, CLOSED])
    [partition] = {each.partition for each in journal.load(PERSON)}
    assert [each.offset for each in log.read(partition, 1, 10)] == [2, 3]
    assert [each.offset for each in log.read(partition, 0, 2)] == [1, 2]
    assert [each.offset for each in log.read(partition, 3, 2)] == []


def test_once_the_key_is_destroyed_every_reader_sees_that(
    pool: Pool, keyring: Keyring, journal: SealingJournal, vault: Vault
) -> None:
    recorded = journal.append(PERSON, 0, [TOLD, DESCRIBED, CLOSED])
    vault.destroy(PERSON)
    erased = [replace(each, event=masked(each.event, ERASED)) for each in recorded]
    assert list(journal.load(PERSON)) == erased
    assert list(SealingJournal(EventStore(pool), CODEC, Vault(pool, keyring)).load(PERSON)) == erased


def test_a_process_that_remembers_the_key_sees_it_within_a_minute(
    pool: Pool, keyring: Keyring, journal: SealingJournal, vault: Vault
) -> None:
    seconds = [0.0]
    other = SealingJournal(EventStore(pool), CODEC, Vault(pool, keyring, lambda: seconds[0]))
    journal.append(PERSON, 0, [TOLD])
    assert events(other, PERSON) == [TOLD.event]
    vault.destroy(PERSON)
    seconds[0] = FRESHNESS
    assert events(other, PERSON) == [masked(TOLD.event, ERASED)]
    with pytest.raises(RootErased):
        other.append(PERSON, 1, [CLOSED])


@pytest.mark.parametrize("more", [TOLD, CLOSED], ids=["personal", "not personal"])
def test_nothing_more_is_recorded_about_a_person_who_was_erased(
    journal: SealingJournal, vault: Vault, more: Any
) -> None:
    journal.append(PERSON, 0, [TOLD])
    vault.destroy(PERSON)
    with pytest.raises(RootErased):
        journal.append(PERSON, 1, [more])
    assert len(journal.load(PERSON)) == 1


def test_a_person_without_personal_texts_needs_no_key(journal: SealingJournal, vault: Vault) -> None:
    journal.append(PERSON, 0, [change(1, Closed()), change(2, FamilyDescribed(head=None, others=()))])
    assert events(journal, PERSON) == [Closed(), FamilyDescribed(head=None, others=())]
    assert vault.find(PERSON) is None


def test_an_organisation_never_has_a_key(journal: SealingJournal, vault: Vault) -> None:
    journal.append(COMPANY, 0, [change(1, Closed(), "club")])
    assert vault.find(COMPANY) is None


def test_a_root_is_a_candidate_or_an_organisation(journal: SealingJournal) -> None:
    with pytest.raises(ValueError, match="is not a valid RootKind"):
        journal.append("elsewhere/1", 0, [CLOSED])


def rewrite(access: Access, assignment: bytes) -> None:
    """What only somebody who owns the database and lifts its guards can do."""
    with connect(access.owner) as owner:
        owner.execute("alter table event disable trigger event_is_never_rewritten")
        owner.execute(b"update event set " + assignment)


def test_texts_moved_to_another_event_do_not_open(database: Access, journal: SealingJournal) -> None:
    journal.append(PERSON, 0, [TOLD, change(2, Told(subject="housing", text="I found a flat"))])
    rewrite(
        database,
        b"data = (select other.data from event as other where other.root_version = 3 - event.root_version)",
    )
    with pytest.raises(Tampered, match="do not open"):
        journal.load(PERSON)


def test_an_event_under_another_name_does_not_open(database: Access, journal: SealingJournal) -> None:
    journal.append(PERSON, 0, [TOLD])
    rewrite(database, b"journey = 'story-2'")
    with pytest.raises(Tampered):
        journal.load(PERSON)


def test_what_nobody_can_read_any_more_is_named(database: Access, journal: SealingJournal, log: LogReader) -> None:
    journal.append(PERSON, 0, [CLOSED])
    rewrite(database, b"name = 'story.Forgotten'")
    with pytest.raises(UnknownEvent, match=r"'story\.Forgotten'"):
        journal.load(PERSON)
    with pytest.raises(UnknownEvent, match=r"'story\.Forgotten'"):
        everything(log)


def test_lost_keys_are_an_error_not_an_erasure(
    database: Access, pool: Pool, keyring: Keyring, journal: SealingJournal
) -> None:
    journal.append(PERSON, 0, [TOLD])
    with connect(database.owner) as owner:
        owner.execute("delete from keys.data_key")
    with pytest.raises(KeyMissing):
        SealingJournal(EventStore(pool), CODEC, Vault(pool, keyring)).load(PERSON)


def stored(access: Access) -> list[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    with connect(access.owner) as owner:
        rows = owner.execute("select data, metadata from event order by root_version").fetchall()
    return [(orjson.loads(data), orjson.loads(metadata)) for data, metadata in rows]


def test_the_stored_row_is_plain_but_for_what_is_personal(database: Access, journal: SealingJournal) -> None:
    journal.append(PERSON, 0, [change(1, Told(subject="housing", text="I live in my car"))])
    [(data, metadata)] = stored(database)
    assert {**data, "sealed": "…"} == {"subject": "housing", "text": SEALED, "nickname": None, "sealed": "…"}
    assert metadata.keys() == {
        "append",
        "actor",
        "organisation",
        "correlation_id",
        "causation_id",
        "idempotency_key",
        "request_digest",
        "origin",
        "source",
    }


def test_what_was_read_behaves_like_any_record(journal: Journal) -> None:
    [answered] = journal.append(PERSON, 0, [TOLD])
    [read] = journal.load(PERSON)
    assert read == answered
    assert answered == read
    assert hash(read) == hash(journal.load(PERSON)[0])
    assert read != replace(answered, offset=answered.offset + 1)
    assert replace(read, root_version=7) == replace(answered, root_version=7)
    assert pickle.loads(pickle.dumps(read)) == answered  # noqa: S301 - our own
    assert read.metadata is read.metadata
    assert read.metadata == METADATA
    with pytest.raises(AttributeError):
        _ = read.nothing  # type: ignore[attr-defined]  # the point of the test


def test_the_key_is_looked_up_once_for_a_whole_dossier(journal: SealingJournal, pool: Pool, keyring: Keyring) -> None:
    class CountingVault(Vault):
        looked_up = 0

        def opening(self, root: str) -> Any:
            self.looked_up += 1
            return super().opening(root)

    journal.append(PERSON, 0, [replace(TOLD, journey_version=version) for version in range(1, 11)])
    vault = CountingVault(pool, keyring)
    assert len(SealingJournal(journal.store, CODEC, vault).load(PERSON)) == 10
    assert vault.looked_up == 1


def test_relatives_in_a_dossier_are_read_by_those_who_may(journal: Journal) -> None:
    event = FamilyDescribed(head=None, others=(Relative(first_name="Zoé"),))
    journal.append(PERSON, 0, [change(1, event)])
    assert events(journal, PERSON) == [event]
