from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import sleep
from typing import Any

import httpx
import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from application.webhooks.letters import Came, Ending, Letter
from application.webhooks.subscription import Subscription
from domain.vocabulary import OrganisationId
from infrastructure import posting
from infrastructure.digests import KeyedDigests
from infrastructure.posting import Post, Signing, is_acceptable, is_public

SIGNING = Signing(KeyedDigests(b"k" * 32))


class Receiver(ThreadingHTTPServer):
    """A server of ours that receives letters, and answers as it is told."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status, self.slow = 204, 0.0
        self.got: list[tuple[dict[str, str], bytes]] = []


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.got.append((dict(self.headers.items()), body))
        sleep(self.server.slow)
        self.send_response(self.server.status)
        self.send_header("location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def letter(url: str, generation: int = 1) -> Letter:
    subscription = Subscription(
        id="s",
        organisation=OrganisationId("o"),
        client="les-emplois",
        url=url,
        events=("*",),
        generation=generation,
        created_at=datetime(2026, 3, 2, tzinfo=UTC),
    )
    return Letter(subscription=subscription, partition=3, offset=14, root="candidate/c", root_version=2, attempts=0)


def post(url: str, *, private: bool = True) -> Ending:
    with httpx.Client() as client:
        sender = Post(signing=SIGNING, client=client, now=lambda: datetime.now(UTC), private=private)
        return sender.send(letter(url), b'{"type":"job-application.Accepted"}')


def address(receiver: Receiver) -> str:
    return f"http://127.0.0.1:{receiver.server_port}/hook"


def test_a_letter_is_signed_as_standard_webhooks_are(receiver: Receiver) -> None:
    assert post(address(receiver)) == Ending(came=Came.TAKEN)
    ((headers, body),) = receiver.got
    own = Webhook(SIGNING.secret(letter("").subscription))
    assert own.verify(body, headers) == {"type": "job-application.Accepted"}
    assert headers["webhook-id"] == "evt_3_14"
    with pytest.raises(WebhookVerificationError):
        Webhook(SIGNING.secret(letter("", generation=2).subscription)).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        own.verify(body + b" ", headers)


@pytest.mark.parametrize(
    ("status", "ending"),
    [
        (200, Ending(came=Came.TAKEN)),
        (299, Ending(came=Came.TAKEN)),
        (302, Ending(came=Came.FAILED, reason="302")),
        (410, Ending(came=Came.GONE, reason="410")),
        (500, Ending(came=Came.FAILED, reason="500")),
    ],
)
def test_only_a_success_takes_a_letter(receiver: Receiver, status: int, ending: Ending) -> None:
    receiver.status = status
    assert post(address(receiver)) == ending
    assert len(receiver.got) == 1


def test_a_receiver_that_does_not_answer_has_not_taken_the_letter(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "PATIENCE", 0.2)
    receiver.slow = 0.5
    assert post(address(receiver)) == Ending(came=Came.FAILED, reason="timeout")


def test_a_receiver_that_is_not_there_has_not_taken_the_letter() -> None:
    assert post("http://127.0.0.1:9/hook") == Ending(came=Came.FAILED, reason="unreachable")


def test_addresses_of_our_own_network_are_not_called(receiver: Receiver) -> None:
    assert post(address(receiver), private=False) == Ending(came=Came.FAILED, reason="private-address")
    assert receiver.got == []


@pytest.mark.parametrize(
    ("host", "public"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("169.254.169.254", False),
        ("[::1]", False),
        ("[fd00::1]", False),
        ("[::ffff:127.0.0.1]", False),
        ("192.168.1.1", False),
        ("localhost", False),
        ("8.8.8.8", True),
        ("nowhere.invalid", False),
    ],
)
def test_only_public_addresses_are_public(host: str, public: bool) -> None:
    assert is_public(f"https://{host}/hook") is public


@pytest.mark.parametrize(
    ("url", "acceptable"),
    [
        ("https://hooks.example.org/a?b=c", True),
        ("http://hooks.example.org/", False),
        ("https://user:word@hooks.example.org/", False),
        ("https://hooks.example.org/#here", False),
        ("ftp://hooks.example.org/", False),
        ("https:///hook", False),
        ("https://hooks.example.org:99999/", False),
        ("hooks.example.org", False),
        ("", False),
    ],
)
def test_an_address_is_https_and_nothing_but_an_address(url: str, acceptable: bool) -> None:
    assert is_acceptable(url, private=False) is acceptable
