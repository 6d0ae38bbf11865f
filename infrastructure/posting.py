"""Posting letters: Standard Webhooks over HTTP, to addresses outside of our own network."""

import socket
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

import httpx
from standardwebhooks.webhooks import Webhook

from application.ports import Digests
from application.webhooks.letters import Came, Ending, Letter
from application.webhooks.subscription import Subscription

#: For the whole exchange, in seconds (Standard Webhooks: 15 to 30).
PATIENCE: Final = 15.0
_PREFIX: Final = "whsec_"


@dataclass(frozen=True, slots=True)
class Signing:
    """The secrets of subscriptions. They are derived, so none is stored; a new generation is another secret."""

    digests: Digests

    def secret(self, subscription: Subscription) -> str:
        """What the receiver is given once, to verify with: `whsec_…`."""
        drawn = self.digests.digest("webhook-secret", f"{subscription.id}/{subscription.generation}")
        return _PREFIX + b64encode(bytes.fromhex(drawn)).decode()

    def headers(self, letter: Letter, body: bytes, now: datetime) -> Mapping[str, str]:
        """The headers of Standard Webhooks 1.0: name, instant, and signature by HMAC-SHA-256."""
        signer = Webhook(self.secret(letter.subscription))
        return {
            "webhook-id": letter.name,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": signer.sign(letter.name, now, body.decode()),
            "content-type": "application/json",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Sends letters."""

    signing: Signing
    client: httpx.Client
    now: Callable[[], datetime]
    #: Whether addresses of our own network may be called: demonstrations and tests alone say so.
    private: bool = False

    def send(self, letter: Letter, body: bytes) -> Ending:
        """One attempt. Whatever the receiver writes is neither read nor kept."""
        if not self.private and not is_public(letter.subscription.url):
            return Ending(came=Came.FAILED, reason="private-address")
        headers = self.signing.headers(letter, body, self.now())
        try:
            with self.client.stream(
                "POST", letter.subscription.url, content=body, headers=headers, timeout=PATIENCE, follow_redirects=False
            ) as answer:
                return _ending(answer.status_code)
        except httpx.TimeoutException:
            return Ending(came=Came.FAILED, reason="timeout")
        except httpx.HTTPError:
            return Ending(came=Came.FAILED, reason="unreachable")


def is_acceptable(url: str, *, private: bool) -> bool:
    """Whether an address may be subscribed: HTTPS, without user, password or fragment; HTTP for private ones."""
    try:
        parts = urlsplit(url)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    plain = parts.username is None and parts.password is None and not parts.fragment
    return named and plain and (parts.scheme == "https" or (private and parts.scheme == "http"))


def is_public(url: str) -> bool:
    """Whether every address that the host has now is one of the public Internet."""
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return all(ip_address(address[4][0]).is_global for address in found)


def _ending(status: int) -> Ending:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Ending(came=Came.TAKEN)
    return Ending(came=Came.GONE if status == HTTPStatus.GONE else Came.FAILED, reason=str(status))
