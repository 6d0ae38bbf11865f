"""Tokens verified a moment ago: verifying a signature costs more than most requests."""

from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import sha256
from threading import Lock
from typing import Final

from application.ports import Clock
from infrastructure.identity.principal import Principal

#: How long a token is believed without being verified again: the longest that a withdrawn key goes unnoticed.
LONGEST: Final = timedelta(seconds=30)


def digest_of(token: str) -> str:
    """What a token is known by in memory and in logs. Not a replay key: a token has several spellings."""
    return sha256(token.encode(errors="backslashreplace")).hexdigest()


class RememberedTokens:
    """Only good tokens, never beyond their expiry, never more than `limit`. Safe for any number of threads."""

    def __init__(self, clock: Clock, limit: int = 4096) -> None:
        """Remember nothing yet."""
        self._clock = clock
        self._limit = limit
        self._tokens: OrderedDict[str, tuple[datetime, Principal]] = OrderedDict()
        self._lock = Lock()

    def get(self, digest: str) -> Principal | None:
        """Who a token speaks for, if that was verified a moment ago."""
        until, principal = self._tokens.get(digest, (None, None))
        return principal if until is not None and self._clock.now() < until else None

    def add(self, digest: str, principal: Principal) -> None:
        """Remember a token that has just been verified; the oldest makes room."""
        until = min(principal.expires_at, self._clock.now() + LONGEST)
        with self._lock:
            self._tokens[digest] = (until, principal)
            self._tokens.move_to_end(digest)
            while len(self._tokens) > self._limit:
                self._tokens.popitem(last=False)
