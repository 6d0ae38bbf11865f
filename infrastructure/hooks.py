"""Webhooks in PostgreSQL: who asked for what, and the letters on their way."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from application.dossiers import kind_of
from application.ports import Recorded
from application.webhooks.letters import Came, Ending, Letter, next_attempt
from application.webhooks.subscription import Subscription
from domain.vocabulary import OrganisationId
from infrastructure.journal import LogReader
from infrastructure.postgres import Connection, Pool, sql

#: How many events of a partition are looked at at a time.
PAGE: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenUp:
    """A letter that nobody took, and how many wait behind it."""

    partition: int
    offset: int
    root: str
    root_version: int
    attempts: int
    reason: str
    behind: int


@dataclass(frozen=True, slots=True)
class Hooks:
    """`application.webhooks.letters.Letters`, and what subscribers do with their subscriptions."""

    pool: Pool
    log: LogReader
    #: The organisations that take part in a root, given its history so far: who may be told of its last event.
    concerned: Callable[[Sequence[Recorded]], frozenset[OrganisationId]]

    def subscribe(self, subscription: Subscription) -> None:
        """Keep a new subscription; from now on events are addressed to it."""
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(sql("webhooks/begin_positions"))
            wish = {
                "id": subscription.id,
                "organisation": subscription.organisation,
                "client": subscription.client,
                "url": subscription.url,
                "events": list(subscription.events),
                "created_at": subscription.created_at,
            }
            connection.execute(sql("webhooks/subscribe"), wish)

    def of(self, organisation: OrganisationId) -> Sequence[Subscription]:
        """The subscriptions of an organisation, the oldest first."""
        with self.pool.connection() as connection:
            return _subscriptions(connection, organisation)

    def unsubscribe(self, identity: str, organisation: OrganisationId) -> bool:
        """End a subscription, with all its letters; answers whether there was one."""
        with self.pool.connection() as connection:
            return connection.execute(sql("webhooks/unsubscribe"), [identity, organisation]).rowcount == 1

    def renew(self, identity: str, organisation: OrganisationId) -> int | None:
        """Sign with another secret from now on, and go on if the address had gone; answers the new generation."""
        with self.pool.connection() as connection:
            row = connection.execute(sql("webhooks/renew_secret"), [identity, organisation]).fetchone()
        return None if row is None else row[0]

    def address(self, most: int) -> int:
        """As the port says."""
        looked_at = 0
        while looked_at < most:
            with self.pool.connection() as connection, connection.transaction():
                claimed = connection.execute(sql("webhooks/claim_position")).fetchone()
                if claimed is None:
                    return looked_at
                looked_at += self._address(connection, *claimed)
        return looked_at

    def attempt(self, now: datetime, send: Callable[[Letter], Ending]) -> Ending | None:
        """As the port says: the letter stays locked until the attempt has ended, or its process has."""
        with self.pool.connection() as connection, connection.transaction():
            row = connection.execute(sql("webhooks/claim_letter"), {"now": now}).fetchone()
            if row is None:
                return None
            letter = _letter(row)
            ending = send(letter)
            _settle(connection, letter, ending, now)
        return ending

    def given_up(self, identity: str, after: tuple[int, int], limit: int) -> Sequence[GivenUp]:
        """The letters that a person has to look at, in the order of the log, after a place in it."""
        asked = {"subscription": identity, "partition": after[0], "offset": after[1], "limit": limit}
        names = GivenUp.__slots__
        with self.pool.connection() as connection:
            found = connection.execute(sql("webhooks/given_up"), asked).fetchall()
        return [GivenUp(**dict(zip(names, row, strict=True))) for row in found]

    def send_again(self, identity: str, place: tuple[int, int] | None, now: datetime) -> int:
        """Send again what was given up, all of it or one letter; answers how many letters are due."""
        partition, offset = place or (None, None)
        asked = {"subscription": identity, "partition": partition, "offset": offset, "now": now}
        with self.pool.connection() as connection:
            return connection.execute(sql("webhooks/send_again"), asked).rowcount

    def leave_out(self, identity: str, place: tuple[int, int]) -> bool:
        """Leave out a letter that was given up; answers whether there was one."""
        asked = {"subscription": identity, "partition": place[0], "offset": place[1]}
        with self.pool.connection() as connection:
            return connection.execute(sql("webhooks/leave_out"), asked).rowcount == 1

    def replay(self, subscription: Subscription, since: datetime, now: datetime) -> int:
        """Address to a subscription all that was recorded from an instant on (inclusive), once more.

        Answers how many letters that makes. Each partition is one transaction: interrupted, it can be asked again.
        """
        with self.pool.connection() as connection:
            places = connection.execute(sql("webhooks/recorded_since"), {"since": since}).fetchall()
            return sum(self._replay(connection, subscription, place, now) for place in places)

    def _replay(self, connection: Connection, wish: Subscription, place: tuple[int, int], now: datetime) -> int:
        partition, offset = place
        written = 0
        with connection.transaction():
            while events := self.log.read(partition, offset, PAGE):
                letters = [(wish.id, event) for event in events if self._is_for(wish, event)]
                written += _write(connection, letters, now)
                offset = events[-1].offset
        return written

    def _address(self, connection: Connection, partition: int, offset: int) -> int:
        wishes = [wish for wish in _subscriptions(connection, None) if wish.active]
        events = self.log.read(partition, offset, PAGE)
        for event in events:
            wanted = [wish for wish in wishes if event.recorded_at >= wish.created_at and self._is_for(wish, event)]
            _write(connection, [(wish.id, event) for wish in wanted], event.recorded_at)
        connection.execute(sql("webhooks/move_position"), [events[-1].offset if events else offset, partition])
        return len(events)

    def _is_for(self, wish: Subscription, event: Recorded) -> bool:
        if not wish.wants(f"{kind_of(event.journey)}.{type(event.event).__name__}"):
            return False
        return wish.organisation in self.concerned(self.log.load(event.root, up_to=event.root_version))


def _subscriptions(connection: Connection, organisation: OrganisationId | None) -> Sequence[Subscription]:
    found = connection.execute(sql("webhooks/subscriptions"), {"organisation": organisation}).fetchall()
    return [_subscription(row) for row in found]


def _subscription(row: Sequence[Any]) -> Subscription:
    identity, organisation, client, url, events, generation, created_at, active = row
    return Subscription(
        id=identity,
        organisation=OrganisationId(organisation),
        client=client,
        url=url,
        events=tuple(events),
        generation=generation,
        created_at=created_at,
        active=active,
    )


def _letter(row: Sequence[Any]) -> Letter:
    partition, offset, root, root_version, attempts, *subscription = row
    return Letter(
        subscription=_subscription(subscription),
        partition=partition,
        offset=offset,
        root=root,
        root_version=root_version,
        attempts=attempts,
    )


def _write(connection: Connection, letters: Sequence[tuple[str, Recorded]], due: datetime) -> int:
    if not letters:
        return 0
    rows = [(wish, each.root, each.root_version, each.partition, each.offset, due) for wish, each in letters]
    return connection.execute(
        sql("webhooks/write_letters"), [list(column) for column in zip(*rows, strict=True)]
    ).rowcount


def _settle(connection: Connection, letter: Letter, ending: Ending, now: datetime) -> None:
    which = [letter.subscription.id, letter.root, letter.root_version]
    match ending.came:
        case Came.TAKEN | Came.NOT_THEIRS:
            connection.execute(sql("webhooks/put_away"), which)
        case Came.FAILED:
            due = next_attempt(letter.attempts + 1, now)
            connection.execute(sql("webhooks/postpone"), [due, ending.reason, *which])
        case Came.GONE:
            connection.execute(sql("webhooks/end_subscription"), which[:1])
