"""The outbox in PostgreSQL: which notices were taken up, and how far the deliveries of each are."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from application.notifications.notice import Channel, Delivery, Ending, Notice, Recipient, State, Told
from application.notifications.templates import Template
from domain.vocabulary import Subject
from infrastructure.postgres import Connection, Pool, sql

#: Of a notice that is for nobody.
NOBODY: Final = "nobody"
#: While a newer version runs beside this one, what only that one knows is left to it.
KNOWN: Final = [template.value for template in Template]
#: Whom nothing here reaches is left to the services that read the notices themselves.
REACHED: Final = [each.value for each in Recipient if each is not Recipient.ESTABLISHMENT]


@dataclass(frozen=True, slots=True)
class PostgresOutbox:
    """`application.notifications.ports.Outbox`, on connections that find the projection's table."""

    pool: Pool

    def take_up(self, since: datetime, most: int, whom: Callable[[Notice], Sequence[Delivery]], now: datetime) -> int:
        """As the port says."""
        with self.pool.connection() as connection, connection.transaction():
            parameters = {"since": since, "most": most, "templates": KNOWN, "recipients": REACHED}
            found = connection.execute(sql("outbox/untaken"), parameters).fetchall()
            for row in found:
                root, version, key, journey, *told, recorded_at = row
                notice = _notice(root, version, journey, told, recorded_at)
                _keep(connection, {**_row(notice), "key": key, "now": now}, whom(notice))
        return len(found)

    def attempt(
        self, channels: Collection[Channel], now: datetime, attempt: Callable[[Delivery], Ending]
    ) -> tuple[Delivery, Ending] | None:
        """As the port says: the row stays locked until the attempt has ended, or its process has."""
        with self.pool.connection() as connection, connection.transaction():
            parameters = {"now": now, "templates": KNOWN, "channels": [each.value for each in channels]}
            row = connection.execute(sql("outbox/claim"), parameters).fetchone()
            if row is None:
                return None
            root, version, key, to, journey, *told, recorded_at, attempts = row
            notice = _notice(root, version, journey, told, recorded_at)
            delivery = Delivery(notice=notice, to=Subject(to) if to else None, attempts=attempts)
            ending = attempt(delivery)
            which = {"root": root, "root_version": version, "key": key, "to": to}
            ended = {"state": ending.state.value, "reason": ending.reason, "due": ending.due, "now": now}
            connection.execute(sql("outbox/settle"), {**which, **ended})
        return delivery, ending

    def again(self, now: datetime) -> int:
        """As the port says."""
        with self.pool.connection() as connection:
            row = connection.execute(sql("outbox/again"), {"now": now}).fetchone()
        return int(row[0]) if row else 0

    def counts(self) -> Mapping[State, Mapping[str, int]]:
        """As the port says."""
        found: dict[State, dict[str, int]] = {}
        with self.pool.connection() as connection:
            for state, reason, count in connection.execute(sql("outbox/counts")):
                found.setdefault(State(state), {})[reason] = count
        return found


def _keep(connection: Connection, notice: Mapping[str, Any], made: Sequence[Delivery]) -> None:
    waiting: list[Mapping[str, Any]] = [
        {"state": State.WAITING.value, "reason": None, "to": each.to or ""} for each in made
    ]
    nobody = {"state": State.UNDELIVERABLE.value, "reason": NOBODY, "to": ""}
    for each in waiting or [nobody]:
        connection.execute(sql("outbox/take_up"), {**notice, **each})


def _row(notice: Notice) -> Mapping[str, Any]:
    told = notice.told
    return {
        "root": notice.root,
        "root_version": notice.root_version,
        "journey": notice.journey,
        "template": told.template.value,
        "channel": told.channel.value,
        "recipient": told.recipient.value,
        "organisation": told.organisation,
        "subject": told.subject,
        "named": told.named,
        "about": told.about,
        "recorded_at": notice.recorded_at,
    }


def _notice(root: str, version: int, journey: str, told: Sequence[Any], recorded_at: datetime) -> Notice:
    template, channel, recipient, organisation, subject, named, about = told
    return Notice(
        root=root,
        root_version=version,
        journey=journey,
        told=Told(
            template=Template(template),
            channel=Channel(channel),
            recipient=Recipient(recipient),
            organisation=organisation,
            subject=subject,
            named=named,
            about=about,
        ),
        recorded_at=recorded_at,
    )
