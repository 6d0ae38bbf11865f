"""The inbox in PostgreSQL: what was told, sealed until it is recorded, and the last word about each thing."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import psycopg
import structlog
from psycopg_pool import PoolTimeout

from application.incoming.inbox import (
    Ending,
    Envelope,
    Message,
    Noted,
    Parked,
    Recorded,
    Waiting,
    Word,
    Words,
    next_try,
)
from application.ports import Digests
from domain.references import System
from infrastructure.postgres import Connection, Pool, sql
from infrastructure.sealing import Position, seal, unseal
from infrastructure.vault import Vault

_log = structlog.get_logger(__name__)
#: What went wrong in us: it is told, and the message is tried again.
FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class PostgresInbox:
    """`application.incoming.inbox.Inbox`."""

    pool: Pool
    vault: Vault
    digests: Digests

    def keep(self, system: System, envelope: Envelope, body: bytes, now: datetime) -> None:
        """As the port says."""
        name = self.digests.digest("inbox-message", f"{envelope.at.isoformat()} {hashlib.sha256(body).hexdigest()}")
        sealed = seal(self.vault.sealing(_key(system)), _position(system, name, envelope.model), body)
        row = {
            "system": system,
            "name": name,
            "thing": self._thing(envelope.thing),
            "model": envelope.model,
            "told_at": envelope.at,
            "sealed": sealed,
            "now": now,
        }
        with self.pool.connection() as connection:
            connection.execute(sql("inbox/keep"), row)

    def take(self, system: System, now: datetime, record: Callable[[Message, Words], Ending]) -> Ending | None:
        """As the port says: the message stays locked until it is recorded, or its process has ended."""
        with self.pool.connection() as connection, connection.transaction():
            if connection.execute(sql("inbox/alone"), {"system": system}).fetchone() != (True,):
                return None
            row = connection.execute(sql("inbox/next"), {"system": system, "now": now}).fetchone()
            if row is None:
                return None
            message = self._message(system, row)
            ending = _safely(record, message, self._words(connection, system))
            self._settle(connection, message, ending, now)
        return ending

    def waiting(self, limit: int) -> Sequence[Waiting]:
        """As the port says."""
        with self.pool.connection() as connection:
            found = connection.execute(sql("inbox/waiting"), {"limit": limit}).fetchall()
        return [Waiting(**dict(zip(Waiting.__slots__, row, strict=True))) for row in found]

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many messages are not recorded yet, by system and by why."""
        found: dict[str, dict[str, int]] = {}
        with self.pool.connection() as connection:
            for system, reason, count in connection.execute(sql("inbox/counts")):
                found.setdefault(system, {})[reason] = count
        return found

    def again(self, now: datetime) -> int:
        """As the port says."""
        with self.pool.connection() as connection:
            return connection.execute(sql("inbox/again"), {"now": now}).rowcount

    def leave_out(self, system: System, name: str) -> bool:
        """As the port says."""
        with self.pool.connection() as connection:
            return connection.execute(sql("inbox/leave_out"), {"system": system, "name": name}).rowcount == 1

    def _message(self, system: System, row: Sequence[Any]) -> Message:
        name, model, told_at, sealed, attempts, superseded = row
        key = self.vault.sealing(_key(system))
        return Message(
            system=system,
            name=name,
            model=model,
            at=told_at,
            body=unseal(key, _position(system, name, model), sealed),
            attempts=attempts,
            superseded=superseded,
        )

    def _words(self, connection: Connection, system: System) -> Words:
        def words(things: Iterable[str]) -> Mapping[str, Word]:
            named = {self._thing(thing): thing for thing in things}
            found = connection.execute(sql("inbox/words"), {"system": system, "things": list(named)}).fetchall()
            return {
                named[thing]: Word(order=(told_at, name), gone=gone, roots=frozenset(roots))
                for thing, told_at, name, gone, roots in found
            }

        return words

    def _settle(self, connection: Connection, message: Message, ending: Ending, now: datetime) -> None:
        which = {"system": message.system, "name": message.name}
        match ending:
            case Parked():
                waits = {
                    "due": next_try(message.attempts, now),
                    "reason": ending.reason,
                    "needs": self._thing(ending.needs) if ending.needs else "",
                }
                connection.execute(sql("inbox/park"), {**which, **waits})
            case Recorded():
                connection.execute(sql("inbox/put_away"), which)
                for thing, noted in ending.things.items():
                    connection.execute(sql("inbox/note"), self._note(message, thing, noted))
                woken = [self._thing(thing) for thing in ending.things]
                connection.execute(sql("inbox/wake"), {"system": message.system, "things": woken, "now": now})

    def _note(self, message: Message, thing: str, noted: Noted) -> Mapping[str, Any]:
        return {
            "system": message.system,
            "thing": self._thing(thing),
            "told_at": message.at,
            "name": message.name,
            "gone": noted.gone,
            "roots": sorted(noted.roots),
        }

    def _thing(self, thing: str) -> str:
        """What a thing is called beside the record: nothing that somebody could find a person by."""
        return self.digests.digest("inbox-thing", thing)


def _key(system: System) -> str:
    """Whose key seals what a system told: one for all of it, wrapped and renewed like those of the dossiers."""
    return f"inbox/{system}"


def _position(system: System, name: str, model: str) -> Position:
    return Position(_key(system), name, 1, model)


def _safely(record: Callable[[Message, Words], Ending], message: Message, words: Words) -> Ending:
    try:
        return record(message, words)
    except (psycopg.OperationalError, PoolTimeout):
        raise
    except Exception as error:  # noqa: BLE001 - the others must not wait for what is wrong with this one
        _log.error("a message cannot be recorded", system=message.system, message=message.name, error=error)
        return Parked(reason=FAILED)
