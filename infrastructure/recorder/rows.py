"""The library's events as rows of the log, and back; the driver's errors as the library's."""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from uuid import UUID

import orjson
import psycopg
from eventsourcing.persistence import IntegrityError, Notification, OperationalError, StoredEvent

from infrastructure.event_store import NewRow, Row


@contextmanager
def translated() -> Iterator[None]:
    """The driver's errors as the library's."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise OperationalError(str(error)) from error
    except psycopg.IntegrityError as error:
        raise IntegrityError(str(error)) from error


def runs(events: Sequence[StoredEvent]) -> Sequence[Sequence[StoredEvent]]:
    """The events cut where the originator changes or the versions do not follow: what one append each can record."""
    runs: list[list[StoredEvent]] = []
    for event in events:
        before = runs[-1][-1] if runs else None
        if before and (before.originator_id, before.originator_version + 1) == (
            event.originator_id,
            event.originator_version,
        ):
            runs[-1].append(event)
        else:
            runs.append([event])
    return runs


def cut(events: Sequence[StoredEvent], *, desc: bool, limit: int | None) -> list[StoredEvent]:
    """The first `limit` events, from the end if `desc`."""
    return list(islice(reversed(events) if desc else events, limit))


def new(event: StoredEvent) -> NewRow:
    """The library's states are bytes that must come back as they were, whatever they are."""
    data = orjson.dumps({"base64": base64.b64encode(event.state).decode()})
    metadata = orjson.dumps({"library": type(event.originator_id).__name__})
    root, version = str(event.originator_id), event.originator_version
    return NewRow(root, version, event.topic, data, metadata, datetime.now(UTC))  # noqa: TID251 - the library has no clock


def columns(row: Row) -> tuple[UUID | str, int, str, bytes]:
    """Originator, version, topic and state; the service's own events have their JSON as state."""
    library = orjson.loads(row.metadata).get("library")
    originator: UUID | str = UUID(row.root) if library == "UUID" else row.root
    state = base64.b64decode(orjson.loads(row.data)["base64"]) if library else row.data
    return originator, row.root_version, row.name, state


def stored(row: Row) -> StoredEvent:
    """A row as an event of its originator."""
    return StoredEvent(*columns(row))


def notification(row: Row) -> Notification:
    """A row as an event of the log."""
    return Notification(*columns(row), id=row.offset)
