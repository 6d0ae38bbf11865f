"""How far the library's applications have followed each other."""

from eventsourcing.persistence import IntegrityError, Tracking, TrackingRecorder

from infrastructure.event_store import EventStore
from infrastructure.postgres import Connection, sql
from infrastructure.recorder.rows import translated


class LogTrackingRecorder(TrackingRecorder):
    """How far other applications have been followed."""

    def __init__(self, store: EventStore) -> None:
        """Over the same database as the log."""
        self.store = store

    def insert_tracking(self, tracking: Tracking) -> None:
        """Move forward; raises the library's `IntegrityError` if that position or a later one is recorded."""
        with translated():
            self.store.patiently(lambda connection: track(connection, tracking))

    def max_tracking_id(self, application_name: str) -> int | None:
        """As the library says."""
        with translated():
            row = self.store.patiently(
                lambda connection: connection.execute(sql("library/tracked"), [application_name]).fetchone()
            )
        return None if row is None else int(row[0])


def track(connection: Connection, tracking: Tracking) -> None:
    """Move forward, in the caller's transaction if there is one."""
    given = [tracking.application_name, tracking.notification_id]
    if connection.execute(sql("library/track"), given, prepare=True).fetchone() is None:
        raise IntegrityError("that position has been passed")
