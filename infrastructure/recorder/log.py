"""The log as the library's application sequence, and a subscription to it."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from itertools import islice
from threading import Event
from typing import Any, Final, cast
from uuid import (
    UUID,
    uuid4,  # noqa: TID251 - names an append, not anything of the domain
)

import psycopg
from eventsourcing.persistence import (
    ApplicationRecorder,
    IntegrityError,
    Notification,
    ProgrammingError,
    StoredEvent,
    Subscription,
    Tracking,
)

from infrastructure.event_store import REFUSALS, Appended, EventStore, Order, Row
from infrastructure.postgres import Connection
from infrastructure.recorder.rows import cut, new, notification, runs, stored, translated
from infrastructure.recorder.tracking import track

PAGE: Final = 500
#: Between two looks at the log of a subscription that has nothing to give, in seconds.
QUICK: Final = 0.005
SLOW: Final = 0.1


class LogApplicationRecorder(ApplicationRecorder):
    """The log itself."""

    def __init__(self, store: EventStore) -> None:
        """Raises the library's `ProgrammingError` if the log has more than one partition."""
        if store.partitions != 1:
            raise ProgrammingError("the library's sequence of notifications needs a log with one partition")
        self.store = store

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int] | None:
        """Append all or none, in one transaction; answers the notification ids.

        Raises the library's `IntegrityError` if a version is taken or does not follow. Sent again after a lost answer,
        the first result stands.
        """
        together = runs(stored_events)
        orders = [self._order(run) for run in together]
        tracking: Tracking | None = kwargs.get("tracking")
        with translated():
            appended = self.store.patiently(lambda connection: self._insert(connection, orders, tracking))
        self.store.ring()
        return [one.first_offset + k for one, run in zip(appended, together, strict=True) for k in range(len(run))]

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
        with translated():
            rows = self.store.load(str(originator_id), up_to=lte)
        found = [stored(row) for row in rows if gt is None or row.root_version > gt]
        return cut(found, desc=desc, limit=limit)

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """As the library says."""
        after = (start or 0) - (1 if inclusive_of_start and start else 0)
        with translated():
            rows = (row for row in self._rows(after, stop) if not topics or row.name in topics)
            return [notification(row) for row in islice(rows, limit)]

    def max_notification_id(self) -> int | None:
        """As the library says."""
        with translated():
            return self.store.heads()[0] or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """Follow the log, for ever."""
        return cast("Subscription[ApplicationRecorder]", LogSubscription(self, gt, topics))

    def _rows(self, after: int, stop: int | None) -> Iterator[Row]:
        while page := self.store.read(0, after, PAGE):
            for row in page:
                if stop is not None and row.offset > stop:
                    return
                yield row
            after = page[-1].offset

    def _order(self, run: Sequence[StoredEvent]) -> Order:
        append_id, root = str(uuid4()), str(run[0].originator_id)
        return Order(0, root, run[0].originator_version - 1, append_id, [new(e) for e in run])

    def _insert(self, connection: Connection, orders: Sequence[Order], tracking: Tracking | None) -> Sequence[Appended]:
        alone = len(orders) == 1 and tracking is None
        try:
            with nullcontext() if alone else connection.transaction():
                if tracking is not None:
                    track(connection, tracking)
                return [self.store.call(connection, order) for order in orders]
        except (psycopg.DatabaseError, IntegrityError) as error:
            if isinstance(error, psycopg.DatabaseError) and error.sqlstate not in REFUSALS:
                raise
            found = [self.store.find(connection, order) for order in orders]
            if not found or None in found:
                raise IntegrityError("somebody else has written") from error
            return [one for one in found if one is not None]


class LogSubscription(Subscription[LogApplicationRecorder]):
    """The log from a notification on, for ever; a lost connection or a restarted server only means a delay."""

    def __init__(self, recorder: LogApplicationRecorder, gt: int | None = None, topics: Sequence[str] = ()) -> None:
        """`gt`: the last notification already received."""
        super().__init__(recorder, gt, topics)
        self._after = gt or 0
        self._page: Iterator[Row] = iter(())
        self._ended = Event()

    def stop(self) -> None:
        """End the iteration, from any thread."""
        super().stop()
        self._ended.set()

    def __next__(self) -> Notification:
        pause = QUICK
        while not self._ended.is_set():
            for row in self._page:
                self._after, pause = row.offset, QUICK
                if not self._topics or row.name in self._topics:
                    return notification(row)
            rows = self._read()
            self._page = iter(rows)
            if not rows:
                self._ended.wait(pause)
                pause = min(2 * pause, SLOW)
        raise StopIteration

    def _read(self) -> Sequence[Row]:
        try:
            return self._recorder.store.read(0, self._after, PAGE)
        except psycopg.OperationalError:  # the store has been patient already; a subscription has all the time there is
            return ()
