"""What the library keeps in no sequence but the originator's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from eventsourcing.persistence import AggregateRecorder, StoredEvent

from infrastructure.event_store import LAST_VERSION, EventStore
from infrastructure.postgres import Connection, sql
from infrastructure.recorder.rows import cut, translated


class LogAggregateRecorder(AggregateRecorder):
    """Snapshots and the like: events that are in no sequence but their originator's."""

    def __init__(self, store: EventStore, purpose: str) -> None:
        """`purpose` keeps apart what would otherwise collide."""
        self.store = store
        self.purpose = purpose

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> None:
        """Write all or none; raises the library's `IntegrityError` if one of the versions is taken."""

        def insert(connection: Connection) -> None:
            with connection.transaction():
                for event in stored_events:
                    given = [self.purpose, str(event.originator_id), event.originator_version, event.topic, event.state]
                    connection.execute(sql("library/insert_snapshot"), given, prepare=True)

        with translated():
            self.store.patiently(insert)

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """As the library says."""
        bounds = [-1 if gt is None else gt, LAST_VERSION if lte is None else lte]
        given = [self.purpose, str(originator_id), *bounds]
        with translated():
            found = self.store.patiently(
                lambda connection: connection.execute(sql("library/snapshots"), given, prepare=True).fetchall()
            )
        return cut([StoredEvent(originator_id, *columns) for columns in found], desc=desc, limit=limit)
