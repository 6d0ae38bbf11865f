"""The post: takes notices up, writes each to whom it is for, and tries again until it is carried (les-emplois §9.2)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from application.desk import Desk
from application.directory import Directory, UnknownOrganisation
from application.notifications.addressing import deliveries
from application.notifications.contents.matter import Facts, Matter, Needless, Private
from application.notifications.contents.table import contents
from application.notifications.notice import Channel, Delivery, Ending, Letter, Recipient, State
from application.notifications.ports import Carrier, CarrierAway, Outbox, Rejected, TryLater, Writer
from application.notifications.reaching import Reach, Unreachable, Unwanted
from application.notifications.reporting import report
from application.organisations import Organisations
from application.ports import Clock
from domain.calendar import PARIS, paris_day
from domain.vocabulary import SEALED, OrganisationId

#: How long after each failure it is tried again: about three days in all.
PAUSES: Final = tuple(timedelta(minutes=each) for each in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60, 48 * 60))
#: What was recorded longer ago and was never taken up is told no more: a first installation on an old record, or one
#: that was down for a week, does not write to everybody of years ago.
FRESH: Final = timedelta(days=7)
#: Notices taken up at once.
AT_ONCE: Final = 100
#: Why a letter is not sent, and what its delivery then is.
OVER: Final[Mapping[type[Exception], State]] = {
    Needless: State.NEEDLESS,
    Unwanted: State.DISABLED,
    Unreachable: State.UNDELIVERABLE,
    Rejected: State.REJECTED,
}
#: Text messages wake people: they are sent from this hour in Paris (inclusive) to that one (exclusive).
AWAKE: Final = range(8, 20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Delivers through one carrier. Several processes with their own deliver each notice once between them.

    Once, and again only if a process dies between the moment the letter is taken and the moment that is recorded: the
    letter then has the same identifier.
    """

    outbox: Outbox
    #: Where the dossiers are read, and told what did not arrive.
    desk: Desk
    clock: Clock
    reach: Reach
    writer: Writer
    carrier: Carrier
    pauses: tuple[timedelta, ...] = PAUSES
    fresh: timedelta = FRESH

    def deliver(self, most: int | None = None, looking_back: timedelta | None = None) -> Mapping[State, int]:
        """Deliver what is due, at most so much; answers how many deliveries came to which state.

        Takes up what was recorded since so long, or as long as anything is told.

        Raises `CarrierAway`: what is due then waits as it did.
        """
        organisations = Organisations(self.desk.journal, self.desk.catalogue)
        directory = Directory(organisations=organisations, on=paris_day(self.clock.now()))
        came: Counter[State] = Counter()
        try:
            while self._take_up(directory, looking_back or self.fresh):
                pass
            while came.total() != most and (ending := self._attempt(directory)):
                came[ending.state] += 1
        finally:
            self.carrier.close()
        return came

    def _take_up(self, directory: Directory, looking_back: timedelta) -> int:
        now = self.clock.now()
        return self.outbox.take_up(now - looking_back, AT_ONCE, partial(deliveries, directory=directory), now)

    def _attempt(self, directory: Directory) -> Ending | None:
        """What failed is reported once it is kept: a lost report says no less than a provider that sends none."""
        now = self.clock.now()
        ended = self.outbox.attempt(self._channels(now), now, lambda delivery: self._carry(delivery, directory, now))
        if ended is None:
            return None
        delivery, ending = ended
        report(self.desk, self._matter(delivery), ending, now)
        return ending

    def _matter(self, delivery: Delivery) -> Matter:
        desk = self.desk
        return Matter(notice=delivery.notice, journal=desk.journal, catalogue=desk.catalogue, digests=desk.digests)

    def _channels(self, now: datetime) -> frozenset[Channel]:
        """Those of the carrier; at night no text messages, unless it only shows them."""
        night = now.astimezone(PARIS).hour not in AWAKE
        return self.carrier.channels - ({Channel.SMS} if night and self.carrier.needs_address else set())

    def _carry(self, delivery: Delivery, directory: Directory, now: datetime) -> Ending:
        try:
            self.carrier.carry(self._letter(delivery, directory, now))
        except (Needless, Unwanted, Unreachable, Rejected) as why:
            return Ending(state=OVER[type(why)], reason=str(why) or None)
        except TryLater as why:
            return self._later(delivery, str(why), now)
        except CarrierAway:
            raise
        except Exception as why:  # noqa: BLE001 - one that cannot be written keeps no other waiting, and shows
            return self._later(delivery, type(why).__name__, now)
        return Ending(state=State.SENT)

    def _later(self, delivery: Delivery, reason: str, now: datetime) -> Ending:
        if delivery.attempts >= len(self.pauses):
            return Ending(state=State.GIVEN_UP, reason=reason)
        return Ending(state=State.WAITING, reason=reason, due=now + self.pauses[delivery.attempts])

    def _letter(self, delivery: Delivery, directory: Directory, now: datetime) -> Letter:
        told = delivery.notice.told
        matter = self._matter(delivery)
        facts = self._shown(contents(matter, directory, now))
        address = self._address(delivery, matter, directory)
        subject, body, language = self.writer.write(delivery, _name(told.about, directory), facts)
        return Letter(
            id=f"{delivery.notice.id}:{delivery.to or ''}",
            channel=told.channel,
            address=address,
            addressee=_addressee(delivery),
            subject=subject,
            body=body,
            language=language,
            at=now,
        )

    def _shown(self, facts: Facts) -> Facts:
        """A carrier that needs no address keeps what it carries for developers: it is shown nothing personal."""
        if self.carrier.needs_address:
            return facts
        return {name: SEALED if isinstance(fact, Private) else fact for name, fact in facts.items()}

    def _address(self, delivery: Delivery, matter: Matter, directory: Directory) -> str | None:
        """A carrier that needs none still writes to nobody who is erased, gone, or asked for nothing."""
        try:
            return self.reach.address(delivery, matter, directory)
        except Unreachable as why:
            if self.carrier.needs_address or str(why) != "no_address":
                raise
            return None


def _addressee(delivery: Delivery) -> str:
    told = delivery.notice.told
    if delivery.to is not None:
        return f"professional/{delivery.to}"
    if told.recipient is Recipient.NAMED:
        return f"named/{told.named}"
    return f"mailbox/{told.organisation}" if told.recipient is Recipient.MAILBOX else told.recipient.value


def _name(organisation: OrganisationId | None, directory: Directory) -> str | None:
    try:
        return directory.name(organisation) if organisation else None
    except UnknownOrganisation:
        return None
