from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Event

import psycopg
import pytest

from application.ports import RootErased
from infrastructure.keyring import Keyring, KeysRefused, Secrets
from infrastructure.postgres import Access, Connection, Pool, connect, open_pool
from infrastructure.sealing import DataKey, Position, seal, unseal
from infrastructure.vault import FRESHNESS, Destroyed, KeyMissing, Vault
from tests.infrastructure.samples import COMPANY, PERSON, SOMEBODY_ELSE

HERE = Position(PERSON, "story-1", 1, "story.Told")


class Ticks:
    """Seconds that pass when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def pool(database: Access) -> Iterator[Pool]:
    with open_pool(database.service) as pool:
        yield pool


@pytest.fixture
def owner(database: Access) -> Iterator[Connection]:
    with connect(database.owner) as connection:
        yield connection


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.create(tmp_path / "keys.json")


@pytest.fixture
def vault(pool: Pool, keyring: Keyring) -> Vault:
    return Vault(pool, keyring)


def quiet(_: int, __: int) -> None:
    """Nobody watches."""


def opens(key: DataKey | Destroyed | None, sealed: str) -> bool:
    return isinstance(key, DataKey) and unseal(key, HERE, sealed) == b"clear"


def test_a_root_keeps_the_key_that_was_made_for_it(pool: Pool, keyring: Keyring, vault: Vault) -> None:
    sealed = seal(vault.sealing(PERSON), HERE, b"clear")
    assert opens(vault.sealing(PERSON), sealed)
    assert opens(Vault(pool, keyring).opening(PERSON), sealed)


def test_every_root_has_its_own_key(vault: Vault) -> None:
    sealed = seal(vault.sealing(PERSON), HERE, b"clear")
    with pytest.raises(Exception, match="do not open"):
        unseal(vault.sealing(SOMEBODY_ELSE), HERE, sealed)


def test_a_key_is_stored_wrapped(owner: Connection, vault: Vault, keyring: Keyring) -> None:
    vault.sealing(PERSON)
    [(kek, wrapped)] = owner.execute("select kek, wrapped from keys.data_key").fetchall()
    assert (kek, len(wrapped)) == ("k1", 12 + 32 + 16)


def test_several_processes_that_make_a_key_at_once_end_with_one(pool: Pool, keyring: Keyring) -> None:
    start = Barrier(4)

    def make(vault: Vault) -> str:
        start.wait()
        return seal(vault.sealing(PERSON), HERE, b"clear")

    vaults = [Vault(pool, keyring) for _ in range(4)]
    with ThreadPoolExecutor(4) as threads:
        sealed = list(threads.map(make, vaults))
    assert [opens(vault.opening(PERSON), text) for vault in vaults for text in sealed] == [True] * 16


def test_a_destroyed_key_is_gone_and_says_when(owner: Connection, vault: Vault) -> None:
    vault.sealing(PERSON)
    at = vault.destroy(PERSON)
    assert owner.execute("select kek, wrapped, destroyed_at from keys.data_key").fetchall() == [(None, None, at)]
    assert vault.opening(PERSON) is None
    assert vault.find(PERSON) == Destroyed(at)


def test_destroying_twice_tells_the_first_time(vault: Vault) -> None:
    vault.sealing(PERSON)
    assert vault.destroy(PERSON) == vault.destroy(PERSON)


def test_nobody_gets_a_key_after_it_was_destroyed(pool: Pool, keyring: Keyring, vault: Vault) -> None:
    vault.sealing(PERSON)
    vault.destroy(PERSON)
    for anybody in (vault, Vault(pool, keyring)):
        with pytest.raises(RootErased):
            anybody.sealing(PERSON)
        with pytest.raises(RootErased):
            anybody.refuse_erased(PERSON)


def test_a_root_that_never_had_a_key_can_be_erased_too(vault: Vault) -> None:
    vault.destroy(PERSON)
    with pytest.raises(RootErased):
        vault.sealing(PERSON)


def test_a_destroyed_key_cannot_be_put_back(owner: Connection, pool: Pool, vault: Vault) -> None:
    vault.destroy(PERSON)
    revive = "update keys.data_key set kek = 'k1', wrapped = '\\x00', destroyed_at = null"
    for connection in (owner, pool.getconn()):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="a key that was destroyed stays so"):
            connection.execute(revive)
        if connection is not owner:
            pool.putconn(connection)
    with pytest.raises(psycopg.errors.InsufficientPrivilege), pool.connection() as service:
        service.execute("delete from keys.data_key")


def test_another_process_sees_the_destruction_within_a_minute(pool: Pool, keyring: Keyring, vault: Vault) -> None:
    ticks = Ticks()
    other = Vault(pool, keyring, ticks)
    other.sealing(PERSON)
    vault.destroy(PERSON)
    ticks.now = FRESHNESS - 0.001
    assert isinstance(other.find(PERSON), DataKey)
    ticks.now = FRESHNESS
    assert isinstance(other.find(PERSON), Destroyed)
    with pytest.raises(RootErased):
        other.sealing(PERSON)


def test_sealed_texts_without_any_key_are_an_error_not_an_erasure(vault: Vault) -> None:
    with pytest.raises(KeyMissing):
        vault.opening(PERSON)
    vault.refuse_erased(PERSON)


def test_a_wrapped_key_moved_to_another_root_does_not_open(owner: Connection, vault: Vault) -> None:
    vault.sealing(PERSON)
    owner.execute(
        "insert into keys.data_key (root, kek, wrapped) select %s, kek, wrapped from keys.data_key", [COMPANY]
    )
    with pytest.raises(KeysRefused, match="does not open"):
        vault.find(COMPANY)


def roots(count: int) -> list[str]:
    return [f"candidate/{number:04}" for number in range(count)]


def keks(owner: Connection) -> list[tuple[str | None, int]]:
    return owner.execute("select kek, count(*) from keys.data_key group by kek order by kek").fetchall()


def test_rotation_wraps_every_key_again_and_tells_how_far_it_is(
    owner: Connection, pool: Pool, keyring: Keyring, vault: Vault
) -> None:
    sealed = {root: seal(vault.sealing(root), HERE, b"clear") for root in roots(7)}
    told: list[tuple[int, int]] = []
    keyring.change(Secrets.renewed)
    assert vault.rotate(lambda *progress: told.append(progress), batch=3) == 7
    assert told == [(3, 4), (6, 1), (7, 0)]
    assert keks(owner) == [("k2", 7)]
    anew = Vault(pool, keyring)
    assert all(opens(anew.opening(root), text) for root, text in sealed.items())


def test_a_rotation_that_was_killed_goes_on_where_it_was(owner: Connection, keyring: Keyring, vault: Vault) -> None:
    class Killed(BaseException):
        """Like a signal: nothing handles it."""

    def die(done: int, left: int) -> None:
        raise Killed

    for root in roots(5):
        vault.sealing(root)
    keyring.change(Secrets.renewed)
    with pytest.raises(Killed):
        vault.rotate(die, batch=2)
    assert keks(owner) == [("k1", 3), ("k2", 2)]
    assert vault.rotate(quiet, batch=2) == 3
    assert keks(owner) == [("k2", 5)]


def test_keys_are_made_used_and_destroyed_during_a_rotation(
    owner: Connection, pool: Pool, keyring: Keyring, vault: Vault
) -> None:
    first, second, third = roots(3)
    old = {root: seal(vault.sealing(root), HERE, b"clear") for root in (first, second)}
    keyring.change(Secrets.renewed)

    def meanwhile(done: int, left: int) -> None:
        if done == 1:
            service = Vault(pool, keyring)
            assert [opens(service.opening(root), text) for root, text in old.items()] == [True, True]
            service.sealing(third)
            service.destroy(second)

    assert vault.rotate(meanwhile, batch=1) == 1
    assert keks(owner) == [("k2", 2), (None, 1)]


def test_a_service_that_runs_learns_of_new_keys_from_the_file(tmp_path: Path, pool: Pool, vault: Vault) -> None:
    running = Keyring(tmp_path / "keys.json")
    service = Vault(pool, running)
    service.sealing(PERSON)
    Keyring(tmp_path / "keys.json").change(Secrets.renewed)
    assert running.current()[0] == "k2"
    assert isinstance(service.sealing(SOMEBODY_ELSE), DataKey)


def test_only_a_key_that_wraps_nothing_is_retired(keyring: Keyring, vault: Vault) -> None:
    vault.sealing(PERSON)
    keyring.change(Secrets.renewed)
    with pytest.raises(KeysRefused, match="still wraps keys"):
        vault.retire("k1")
    vault.rotate(quiet)
    vault.retire("k1")
    with pytest.raises(KeysRefused, match="'k1' is not among the keys"):
        keyring.kek("k1")


def test_the_current_key_is_not_retired(vault: Vault) -> None:
    with pytest.raises(KeysRefused, match="current key cannot be retired"):
        vault.retire("k1")


def test_a_key_retired_too_early_is_asked_for_by_name(pool: Pool, keyring: Keyring, vault: Vault) -> None:
    vault.sealing(PERSON)
    keyring.change(Secrets.renewed)
    keyring.change(lambda secrets: secrets.without("k1"))
    with pytest.raises(KeysRefused, match="'k1' is not among the keys"):
        Vault(pool, keyring).opening(PERSON)


def test_the_vault_shares_nothing_between_threads_but_keys(pool: Pool, keyring: Keyring) -> None:
    vault = Vault(pool, keyring)
    go = Event()

    def use(root: str) -> bool:
        go.wait()
        return opens(vault.opening(root), seal(vault.sealing(root), HERE, b"clear"))

    for root in roots(20):
        vault.sealing(root)
    with ThreadPoolExecutor(8) as threads:
        answers = [threads.submit(use, root) for root in roots(20) * 5]
        go.set()
    assert [answer.result() for answer in answers] == [True] * 100
