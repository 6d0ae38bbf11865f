"""A timeline made with the stock `ProjectionRunner` of `eventsourcing`: its own recorder, mapper and tracking."""

import time
from typing import Any, Final

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.conninfo import conninfo_to_dict

TABLE: Final = b"""
    create table stock_line (
        id uuid, version integer, name text, by text, role text, client text, said text, at timestamptz,
        primary key (id, version)
    )
"""
INSERT: Final = "insert into stock_line values (%s, %s, %s, %s, %s, %s, %s, %s)"


class Dossier(Aggregate):
    """One journey of one person."""

    class Told(Aggregate.Event):
        """One event, with the same facts as ours."""

        name: str
        by: str
        role: str
        client: str
        said: str

    @event(Told)
    def tell(self, name: str, by: str, role: str, client: str, said: str) -> None:
        """Record it; the aggregate itself remembers nothing."""


class Dossiers(Application[Any]):
    """The record."""

    name = "dossiers"


class Lines(PostgresTrackingRecorder):
    """The rows, and how far they have come."""

    def add(self, told: Any, tracking: Tracking) -> None:
        """One row and the position, in one transaction."""
        values = [told.originator_id, told.originator_version, told.name, told.by, told.role, told.client, told.said]
        with self.datastore.transaction(commit=True) as cursor:
            cursor.execute(INSERT, [*values, told.timestamp])
            self._insert_tracking(cursor, tracking)


class Timeline(Projection[Lines]):
    """Told one event at a time."""

    name = "stock_timeline"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """A row for everything that was told; the first event of an aggregate says nothing."""
        if isinstance(domain_event, Dossier.Told):
            self.view.add(domain_event, tracking)


def record(conninfo: str, events: int, said: str) -> int:
    """So many events in the library's own record, made by its own aggregate; answers the last position."""
    application: Dossiers = Dossiers(env=environment(conninfo))
    for _ in range(events // 20):
        dossier = Dossier()
        for _ in range(20):
            dossier.tell("job-application.Submitted", "organisation-1", "member", "les-emplois", said)
        application.save(dossier)
    last = application.recorder.max_notification_id() or 0
    application.close()
    return last


def pace(conninfo: str, last: int, events: int) -> float:
    """Events told per second, from the first to the last."""
    began = time.perf_counter()
    with ProjectionRunner(
        application_class=Dossiers, projection_class=Timeline, view_class=Lines, env=environment(conninfo)
    ) as runner:
        runner.wait(last, timeout=300)
        return events / (time.perf_counter() - began)


def environment(conninfo: str) -> dict[str, str]:
    """How the library connects."""
    to = conninfo_to_dict(conninfo)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(to["dbname"]),
        "POSTGRES_HOST": str(to["host"]),
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": str(to["user"]),
        "POSTGRES_PASSWORD": "",
    }
