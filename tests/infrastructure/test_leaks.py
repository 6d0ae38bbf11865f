"""A person's words stand nowhere in the clear: not in the database, not in what was logged, not in what went wrong."""

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from psycopg.sql import SQL, Identifier

from application.ports import Claim, Claims, ClaimTaken, Conflict
from domain.catalogue import CATALOGUE
from domain.vocabulary import RootKind
from infrastructure.codec import Codec
from infrastructure.event_store import EventStore
from infrastructure.journal import SealingJournal
from infrastructure.keyring import Keyring
from infrastructure.postgres import Access, Connection, Pool, connect
from infrastructure.vault import Vault
from tests.conftest import TestServer
from tests.infrastructure.samples import PERSON, SOMEBODY_ELSE, STORY, change
from tests.infrastructure.strategies import Drawing, masked

MARK: Final = "Unmistakable-7f3a-Zoé"
JOURNEYS: Final = [STORY, *(journey for journey in CATALOGUE.values() if journey.root is RootKind.CANDIDATE)]
CODEC: Final = Codec(JOURNEYS)
#: One of every event of a candidate, every personal text of which is the mark.
PLANTED: Final = st.tuples(
    *(Drawing(personal=st.just(MARK), gaps=False).events(form.cls) for form in CODEC.forms.values())
)


@pytest.fixture
def journal(store: EventStore, pool: Pool, tmp_path: Path) -> SealingJournal:
    return SealingJournal(store, CODEC, Vault(pool, Keyring.create(tmp_path / "keys.json")))


def traces(owner: Connection) -> Iterator[str]:
    """Every place of the database where the mark stands, as text or as bytes."""
    tables = owner.execute(
        "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
    ).fetchall()
    assert {("public", "event"), ("keys", "data_key")} <= set(tables)
    for table in tables:
        whole = SQL("select count(*) from {} as own where own::text ~ any(%s)").format(Identifier(*table))
        escaped = MARK.encode("ascii", "backslashreplace").decode().replace("\\", "\\\\")
        [(count,)] = owner.execute(whole, [[MARK, "Unmistakable", MARK.encode().hex(), escaped]]).fetchall()
        if count:
            yield ".".join(table)


def record(journal: SealingJournal, events: Sequence[Any]) -> list[Any]:
    changes = [change(version, event) for version, event in enumerate(events, 1)]
    claim = Claim(scope="75", kind="nir", digest="d")
    journal.append(PERSON, 0, changes, Claims(take=frozenset({claim})))
    with pytest.raises(Conflict) as conflict:
        journal.append(PERSON, 0, changes)
    with pytest.raises(ClaimTaken) as taken:
        journal.append(SOMEBODY_ELSE, 0, changes, Claims(take=frozenset({claim})))
    return [conflict.value, taken.value]


@settings(max_examples=1, phases=[Phase.generate], suppress_health_check=list(HealthCheck), deadline=None)
@given(events=PLANTED)
def test_personal_texts_leave_no_trace_in_the_clear(
    database: Access,
    server: TestServer,
    journal: SealingJournal,
    caplog: pytest.LogCaptureFixture,
    events: Sequence[Any],
) -> None:
    marked = [event for event in events if masked(event, "") != event]
    assert {type(event) for event in marked} == {form.cls for form in CODEC.forms.values() if form.plan}
    with caplog.at_level(logging.DEBUG):
        errors = record(journal, events)
    assert [each.event for each in journal.load(PERSON)] == list(events)
    with connect(database.owner) as owner:
        assert list(traces(owner)) == []
    assert "Unmistakable" not in caplog.text
    assert "Unmistakable" not in "".join(f"{error!r} {error.__cause__!r} {error.__context__!r}" for error in errors)
    if server.embedded:
        assert "Unmistakable" not in (server.embedded.folder / "server.log").read_text()


def test_a_trace_would_be_found(database: Access) -> None:
    with connect(database.owner) as owner:
        owner.execute("create table careless (note jsonb, raw bytea)")
        owner.execute("insert into careless values (jsonb_build_object('a', %s::text), null)", [MARK])
        assert list(traces(owner)) == ["public.careless"]
        owner.execute("update careless set note = null, raw = %s", [MARK.encode()])
        assert list(traces(owner)) == ["public.careless"]
