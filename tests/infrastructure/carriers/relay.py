"""A real SMTP server in a thread, which answers as the test says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from socket import socket
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

FINE = "250 OK"


def free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Relay:
    """What it answers, first come first served; then everything is fine. None hangs up without a word."""

    to_sender: list[str | None] = field(default_factory=list)
    to_recipient: list[str | None] = field(default_factory=list)
    to_data: list[str | None] = field(default_factory=list)
    #: The letters that it took, as text, in order, and those it took before it hung up.
    taken: list[EmailMessage] = field(default_factory=list)
    sessions: int = 0
    port: int = field(default_factory=free_port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802 - the library's name and its arguments
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer(server, self.to_sender)
        if answer == FINE:
            envelope.mail_from = address
        return answer

    async def handle_RCPT(  # noqa: N802 - the same
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = self._answer(server, self.to_recipient)
        if answer == FINE:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the same
        answer = self.to_data.pop(0) if self.to_data else FINE
        if answer is None or answer == FINE:
            read: Any = BytesParser(policy=default).parsebytes(envelope.original_content or b"")
            self.taken.append(read)
        return self._answer(server, [answer])

    def _answer(self, server: SMTP, answers: list[str | None]) -> str:
        answer = answers.pop(0) if answers else FINE
        if answer is None:
            transport: Any = server.transport
            transport.abort()
            return FINE
        return answer


@contextmanager
def relaying(relay: Relay, **options: Any) -> Iterator[Relay]:
    """The server, until the block ends."""
    controller = Controller(relay, hostname="127.0.0.1", port=relay.port, **options)
    controller.start()
    try:
        yield relay
    finally:
        controller.stop()
