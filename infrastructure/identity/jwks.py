"""The keys that an issuer publishes, kept close: a request hardly ever waits for the issuer."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock, Thread
from time import monotonic
from typing import Final

import httpx
import structlog
from joserfc.jwk import Key
from prometheus_client import Counter

from application.ports import Clock
from infrastructure.identity.keys import read_key_set
from infrastructure.identity.refusals import KeysUnavailable

#: Keys older than this are asked for again, in the background (identity §9.4).
FRESH: Final = timedelta(minutes=5)
#: Keys older than this are no longer used, whatever happens to the issuer.
STALEST: Final = timedelta(hours=24)
#: An issuer is asked at most once in this time, however many unknown keys are named to us.
COOL_DOWN: Final = timedelta(seconds=30)
#: The same while there is no key to serve: every request is then a 503, so recovery must be quick.
RETRY: Final = timedelta(seconds=5)
#: How long a request may wait for an issuer, in seconds.
PATIENCE: Final = 3.0
TIMEOUT: Final = httpx.Timeout(2.0)
LONGEST_DOCUMENT: Final = 256 * 1024

log = structlog.get_logger()
REFRESHES: Final = Counter("parcours_jwks_refreshes", "How often an issuer was asked for its keys.", ["outcome"])


@dataclass(frozen=True, slots=True)
class KeySet:
    """The keys, and when they were read."""

    keys: Mapping[str, Key]
    read_at: datetime


class KeysOfAnAddress:
    """The keys of one issuer, as last published. Safe for any number of threads; one request at a time goes out."""

    def __init__(self, url: str, clock: Clock, client: httpx.Client) -> None:
        """Ask nothing yet: the service starts while an issuer is down."""
        self._url = url
        self._clock = clock
        self._client = client
        self._known: KeySet | None = None
        self._asked_at: datetime | None = None
        self._failed = False
        self._pending: Future[None] | None = None
        self._lock = Lock()

    def get(self, kid: str) -> Key | None:
        """The key of that name, asking the issuer if it is not known and was not asked just now.

        Raises `KeysUnavailable` if there are no keys recent enough, or if the name is unknown and the issuer is down.
        """
        key = self._current().get(kid)
        if key is None:
            self._ask(COOL_DOWN, patience=PATIENCE)
            key = self._current().get(kid)
        if key is None and self._failed:
            raise KeysUnavailable
        return key

    def ready(self) -> bool:
        """Whether there are keys to verify with, asking for them if there are none."""
        try:
            self._current()
        except KeysUnavailable:
            return False
        return True

    def _current(self) -> Mapping[str, Key]:
        age = self._age()
        if age is None:
            self._ask(RETRY, patience=PATIENCE)
        elif age >= FRESH:
            self._ask(COOL_DOWN, patience=0)
        if self._known is None or self._age() is None:
            raise KeysUnavailable
        return self._known.keys

    def _age(self) -> timedelta | None:
        """How old the keys are; None if there are none that may still be used."""
        if self._known is None:
            return None
        age = self._clock.now() - self._known.read_at
        return age if age < STALEST else None

    def _ask(self, interval: timedelta, *, patience: float) -> None:
        """Have the keys read again, unless that was done just now; wait for it at most `patience` seconds."""
        pending = self._start(interval)
        if pending is not None and patience:
            try:
                pending.result(timeout=patience)
            except NotInTime:
                raise KeysUnavailable from None

    def _start(self, interval: timedelta) -> Future[None] | None:
        with self._lock:
            if self._pending is not None and not self._pending.done():
                return self._pending
            now = self._clock.now()
            if self._asked_at is not None and now - self._asked_at < interval:
                return None
            self._asked_at, self._pending = now, Future()
            # Not a pool: its threads would be waited for when the service stops, however slow the issuer.
            Thread(target=self._refresh, args=(now, self._pending.set_result), daemon=True).start()
            return self._pending

    def _refresh(self, now: datetime, done: Callable[[None], None]) -> None:
        try:
            self._known, self._failed = KeySet(read_key_set(fetch(self._client, self._url)), now), False
            REFRESHES.labels("read").inc()
        except (httpx.HTTPError, ValueError) as problem:
            self._failed = True
            REFRESHES.labels("failed").inc()
            log.warning("issuer_keys_not_read", url=self._url, problem=type(problem).__name__)
        finally:
            done(None)


def fetch(client: httpx.Client, url: str) -> bytes:
    """Read a small document, as it is sent: no redirect, nothing unpacked, bounded in size and time.

    Raises `httpx.HTTPError` or `ValueError`.
    """
    deadline = monotonic() + PATIENCE
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    document = bytearray()
    with client.stream("GET", url, headers=headers, follow_redirects=False, timeout=TIMEOUT) as answer:
        if answer.status_code != httpx.codes.OK:
            raise ValueError("not a document")
        for piece in answer.iter_raw():
            document += piece
            if len(document) > LONGEST_DOCUMENT or monotonic() > deadline:
                raise ValueError("too long")
    return bytes(document)
