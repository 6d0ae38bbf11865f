"""The log as the `eventsourcing` library's recorders; the only package that imports the library.

An originator is a root, its version the root's version, a topic an event's name, a state the event's data. The library
wants one sequence of notifications: its application recorder needs a log with one partition. With more, read the log
by `infrastructure.follower`. `POSTGRES_ENABLE_DB_FUNCTIONS` means nothing here: there is one way to append, a safe one.
"""

from functools import cached_property
from typing import cast

from eventsourcing.persistence import AggregateRecorder, ApplicationRecorder, InfrastructureFactory, ProcessRecorder
from eventsourcing.utils import resolve_topic

from infrastructure.event_store import EventStore
from infrastructure.postgres import Pool, open_pool
from infrastructure.recorder.log import LogApplicationRecorder
from infrastructure.recorder.snapshots import LogAggregateRecorder
from infrastructure.recorder.tracking import LogTrackingRecorder

__all__ = [
    "LogAggregateRecorder",
    "LogApplicationRecorder",
    "LogFactory",
    "LogProcessRecorder",
    "LogTrackingRecorder",
]


class LogProcessRecorder(LogTrackingRecorder, LogApplicationRecorder, ProcessRecorder):
    """Events and the position that they come from, in one transaction."""

    def __init__(self, store: EventStore) -> None:
        """Raises the library's `ProgrammingError` if the log has more than one partition."""
        LogApplicationRecorder.__init__(self, store)


class LogFactory(InfrastructureFactory[LogTrackingRecorder]):
    """`PERSISTENCE_MODULE=infrastructure.recorder`, and `DATABASE_URL` as a conninfo of the service."""

    @cached_property
    def pool(self) -> Pool:
        """Opened at first use."""
        return open_pool(self.env.get("DATABASE_URL") or "")

    @cached_property
    def store(self) -> EventStore:
        """The log that every recorder is about."""
        return EventStore(self.pool)

    def close(self) -> None:
        """Close the pool."""
        if "pool" in self.__dict__:
            self.pool.close()

    def aggregate_recorder(self, purpose: str = "events") -> AggregateRecorder:
        """For snapshots."""
        return LogAggregateRecorder(self.store, purpose)

    def application_recorder(self) -> ApplicationRecorder:
        """For the log."""
        return LogApplicationRecorder(self.store)

    def tracking_recorder(
        self, tracking_recorder_class: type[LogTrackingRecorder] | None = None
    ) -> LogTrackingRecorder:
        """For a position; of the class given, else of the one that `TRACKING_RECORDER_TOPIC` names."""
        topic = self.env.get(self.TRACKING_RECORDER_TOPIC)
        named = resolve_topic(topic) if topic else LogTrackingRecorder
        return cast("LogTrackingRecorder", (tracking_recorder_class or named)(self.store))

    def process_recorder(self) -> ProcessRecorder:
        """For both."""
        return LogProcessRecorder(self.store)
