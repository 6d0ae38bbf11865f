"""Delivering notifications: which carrier, whose addresses, what texts; by hand or beside the rest of the work."""

import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from api.letters import Letters
from api.settings import NotConfigured, Settings
from api.wiring import Core
from api.words import LANGUAGES
from application.notifications.notice import State
from application.notifications.ports import AddressBook, Carrier, CarrierAway
from application.notifications.post import Post
from application.notifications.reaching import Reach
from infrastructure.address_book import AddressFile, BookRefused, NoAddresses
from infrastructure.carriers.console import Console
from infrastructure.carriers.smtp import Relay, RelayRefused, Smtp, sender
from infrastructure.outbox import PostgresOutbox
from infrastructure.preferences import PostgresPreferences

#: How many deliveries one turn of the job attempts: whoever stops the process does not wait for a long backlog.
AT_ONCE: Final = 200

#: How far back each turn looks for what was not taken up, and how often one looks as far back as anything is told: for
#: dossiers that waited to be told, and after a pause. A look over an hour is cheap, one over a week is not.
USUALLY: Final = timedelta(hours=1)

_log = structlog.get_logger(__name__)


def post(settings: Settings, core: Core, carrier: Carrier) -> Post:
    """The post of an installation. Raises `NotConfigured`."""
    return Post(
        outbox=PostgresOutbox(core.pool),
        desk=core.desk,
        clock=core.clock,
        reach=Reach(
            addresses=_addresses(settings),
            preferences=PostgresPreferences(core.pool),
            support=settings.support,
        ),
        writer=_writer(settings),
        carrier=carrier,
    )


def carrier(settings: Settings, via: str) -> Carrier:
    """`console` or `smtp`. Raises `NotConfigured`."""
    if via == "console":
        return Console(sys.stdout)
    if settings.relay is None or settings.mail_from is None:
        raise NotConfigured("set PARCOURS_SMTP to the relay of mail, and PARCOURS_MAIL_FROM to whom mail comes from")
    try:
        return Smtp(relay=Relay.parse(settings.relay), sender=sender(settings.mail_from))
    except RelayRefused as error:
        raise NotConfigured(str(error)) from None


def notify(
    settings: Settings, via: str, *, again: bool
) -> tuple[Mapping[State, int], Mapping[State, Mapping[str, int]]]:
    """Deliver what is due; answers what came of it, and how many deliveries are in each state, by reason.

    Raises `NotConfigured`, also if the relay takes no mail now.
    """
    by = carrier(settings, via)
    with Core.opened(settings) as core:
        office = post(settings, core, by)
        if again:
            office.outbox.again(core.clock.now())
        try:
            return office.deliver(), office.outbox.counts()
        except CarrierAway as why:
            raise NotConfigured(f"no mail can be sent now ({why}): what is due waits") from None


def notifying(settings: Settings) -> Callable[[Core], int]:
    """The job that sends mail, for an installation that has a relay. Raises `NotConfigured`."""
    by, looked = carrier(settings, "smtp"), datetime.min.replace(tzinfo=UTC)

    def send_notifications(core: Core) -> int:
        nonlocal looked
        now = core.clock.now()
        far = now - looked >= USUALLY
        try:
            came = post(settings, core, by).deliver(AT_ONCE, None if far else 2 * USUALLY)
            looked = now if far else looked
        except CarrierAway as why:
            _log.warning("no mail can be sent now", reason=str(why))
            return 0
        if came:
            _log.info("notifications", **{state.value: count for state, count in came.items()})
        return came.get(State.SENT, 0)

    return send_notifications


def _addresses(settings: Settings) -> AddressBook:
    if settings.addresses_file is None:
        return NoAddresses()
    try:
        return AddressFile(settings.addresses_file)
    except BookRefused as error:
        raise NotConfigured(f"PARCOURS_ADDRESSES_FILE: {error}") from None


def _writer(settings: Settings) -> Letters:
    if settings.mail_language not in LANGUAGES:
        raise NotConfigured(f"PARCOURS_MAIL_LANGUAGE is one of {', '.join(LANGUAGES)}")
    try:
        (settings.mail_link or "").format(root="", journey="")
    except (LookupError, ValueError):
        raise NotConfigured("PARCOURS_MAIL_LINK is as https://example.org/{root}/{journey}") from None
    return Letters(language=settings.mail_language, link=settings.mail_link, invitation=settings.invitation_link)
