"""Keeping an installation: its schema, its keys, how far everything is, and what waits to be mended."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.progress import Progress

from api.settings import Settings
from api.wiring import PROJECTIONS, Core, keyring, prepare, reached, worker
from infrastructure.keyring import Keyring, KeysRefused, Secrets
from infrastructure.outbox import PostgresOutbox
from infrastructure.postgres import connect
from projections.parking import Parked, parked
from projections.positions import lag, outdated


def migrate(settings: Settings) -> Sequence[str]:
    """Bring the database up to date, as its owner; answers the names of the migrations applied."""
    with reached(settings) as where:
        return prepare(where)


def create(settings: Settings) -> None:
    """Make a first key file. Raises `KeysRefused` where there are keys already."""
    if settings.keys is not None:
        raise KeysRefused("PARCOURS_KEYS holds keys already: unset it to make a file")
    settings.keys_file.parent.mkdir(parents=True, exist_ok=True)
    Keyring.create(settings.keys_file)


def rotate(settings: Settings, progress: Progress) -> int:
    """Make a new key-encryption key, wrap every key under it, retire the old ones; answers how many were wrapped.

    If a key already waits for its rotation to end (killed half-way), no further one is made.
    """
    keys = keyring(settings)
    with Core.opened(settings) as core:
        if not keys.older():
            keys.change(Secrets.renewed)
        task = progress.add_task("keys", total=None)
        wrapped = core.vault.rotate(lambda done, left: progress.update(task, completed=done, total=done + left))
        for name in keys.older():
            core.vault.retire(name)
    return wrapped


def status_of(settings: Settings) -> Mapping[str, Any]:
    """How many events there are, how late every projection is, how many dossiers wait, how deliveries ended.

    `outdated` names the projections whose tables are of another version of the code: they wait for a rebuild.
    """
    with Core.opened(settings) as core, connect(core.access.service) as connection:
        late: dict[str, dict[str, float]] = {each.name: {"behind": 0, "oldest_seconds": 0.0} for each in PROJECTIONS}
        for each in lag(connection):
            known = late.setdefault(each.projection, {"behind": 0, "oldest_seconds": 0.0})
            known["behind"] += each.behind
            known["oldest_seconds"] = max(known["oldest_seconds"], each.age.total_seconds())
        return {
            "events": sum(core.store.heads().values()),
            "projections": late,
            "outdated": list(outdated(connection, PROJECTIONS)),
            "parked": len(parked(connection)),
            "deliveries": PostgresOutbox(core.pool).counts(),
            "inbox": core.inbox.counts(),
        }


def waiting(settings: Settings) -> Sequence[Parked]:
    """The dossiers that wait for a projection to be mended, the longest first, at most a hundred."""
    with Core.opened(settings) as core, connect(core.access.service) as connection:
        return parked(connection)


def retry(settings: Settings) -> tuple[int, int]:
    """Tell the dossiers that wait to their projections again; answers how many wait no more, and how many still do."""
    known = {projection.name: projection for projection in PROJECTIONS}
    with Core.opened(settings) as core, connect(core.access.service) as connection, worker(core) as runner:
        found = [each for each in parked(connection) if each.projection in known]
        told = sum(runner.retry(known[each.projection], each.root) for each in found)
    return told, len(found) - told
