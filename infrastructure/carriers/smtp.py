"""Letters sent by e-mail, over SMTP (RFC 5321)."""

import hashlib
import smtplib
import ssl
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as FORM
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, Self
from urllib.parse import unquote, urlsplit

from application.notifications.notice import Channel, Letter
from application.notifications.ports import CarrierAway, Rejected, TryLater

#: Python folds a long subject with letters of several alphabets into one that has a space too many. A line may have 998
#: characters (RFC 5322 §2.1.1).
UNFOLDED: Final = FORM.clone(max_line_length=998)
#: Seconds that a server may take to answer.
PATIENCE: Final = 30.0
FINE: Final = 250
PERMANENT: Final = 500


class RelayRefused(RuntimeError):
    """The address of the relay, or of the sender, cannot be used. Says why, never the password."""


class Security(StrEnum):
    """How what is said to the relay is protected, by the scheme of its address."""

    #: Not at all: a relay on this machine, or on a network of its own.
    NONE = "smtp"
    STARTTLS = "smtp+starttls"
    TLS = "smtps"


_PORTS: Final = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Relay:
    """Where mail is handed over: `smtp+starttls://user:password@relay.example:587`."""

    security: Security
    host: str
    port: int
    user: str | None = None
    password: str | None = None

    @classmethod
    def parse(cls, url: str) -> Self:
        """Raises `RelayRefused`; a password is only ever said under TLS, or to this machine."""
        try:
            parts = urlsplit(url)
            security, port = Security(parts.scheme), parts.port
        except ValueError:
            raise RelayRefused("the relay is an address as smtp+starttls://user:password@host:587") from None
        if not parts.hostname or (parts.username is None) is not (parts.password is None):
            raise RelayRefused("the relay has a host, and a user with a password or neither")
        if parts.password and security is Security.NONE and not _is_here(parts.hostname):
            raise RelayRefused("a password is not said in the clear: use smtp+starttls:// or smtps://")
        return cls(
            security=security,
            host=parts.hostname,
            port=port or _PORTS[security],
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
        )

    def connect(self, tls: ssl.SSLContext, patience: float) -> smtplib.SMTP:
        """A session that is ready for letters. Raises `OSError` or `smtplib.SMTPException`."""
        if self.security is Security.TLS:
            session: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=patience, context=tls)
        else:
            session = smtplib.SMTP(self.host, self.port, timeout=patience)
        try:
            session.ehlo_or_helo_if_needed()
            if self.security is Security.STARTTLS:
                session.starttls(context=tls)
            if self.user is not None and self.password is not None:
                session.login(self.user, self.password)
        except BaseException:
            session.close()
            raise
        return session


@dataclass
class Smtp:
    """`application.notifications.ports.Carrier`. Keeps one session open from letter to letter."""

    relay: Relay
    #: Who writes: an address that somebody reads, or none.
    sender: Address
    patience: float = PATIENCE
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    _session: smtplib.SMTP | None = None

    @property
    def channels(self) -> frozenset[Channel]:
        """E-mail alone."""
        return frozenset({Channel.EMAIL})

    @property
    def needs_address(self) -> bool:
        """Yes."""
        return True

    def carry(self, letter: Letter) -> None:
        """Taken by the relay once this returns; a letter whose answer is lost goes again, under the same identifier."""
        message = self._written(letter)
        session = self._ready()
        try:
            session.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            code, _ = next(iter(refused.recipients.values()))
            raise _by_code(code) from None
        except smtplib.SMTPSenderRefused as refused:
            raise CarrierAway(f"smtp_{refused.smtp_code}") from None
        except smtplib.SMTPResponseException as refused:
            self.close()
            raise _by_code(refused.smtp_code) from None
        except smtplib.SMTPNotSupportedError:
            raise Rejected("not_supported") from None
        except (smtplib.SMTPException, OSError):
            self.close()
            raise TryLater("connection_lost") from None

    def close(self) -> None:
        """Say goodbye, if somebody is still there."""
        session, self._session = self._session, None
        if session is not None:
            try:
                session.quit()
            except (smtplib.SMTPException, OSError):
                session.close()

    def _ready(self) -> smtplib.SMTP:
        """The session, another one if the relay has ended it meanwhile."""
        if self._session is not None and not _alive(self._session):
            self.close()
        if self._session is None:
            try:
                self._session = self.relay.connect(self.tls, self.patience)
            except smtplib.SMTPResponseException as refused:
                raise CarrierAway(f"smtp_{refused.smtp_code}") from None
            except (smtplib.SMTPException, OSError) as lost:
                raise CarrierAway(type(lost).__name__) from None
        return self._session

    def _written(self, letter: Letter) -> EmailMessage:
        message = EmailMessage(FORM)
        try:
            message["To"] = Address(addr_spec=letter.address or "")
        except (MessageError, ValueError, IndexError):
            raise Rejected("not_an_address") from None
        message["From"] = self.sender
        message["Subject"] = letter.subject
        message["Date"] = letter.at
        message["Message-ID"] = f"<{hashlib.sha256(letter.id.encode()).hexdigest()[:40]}@{self.sender.domain}>"
        # Nobody's absence answers it (RFC 3834).
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        message["Content-Language"] = letter.language
        message.policy = UNFOLDED
        return message


def sender(address: str) -> Address:
    """The address that letters come from. Raises `RelayRefused`."""
    try:
        return Address(addr_spec=address)
    except (MessageError, ValueError, IndexError):
        raise RelayRefused("letters come from an address as no-reply@example.org") from None


def _alive(session: smtplib.SMTP) -> bool:
    try:
        return session.noop()[0] == FINE
    except (smtplib.SMTPException, OSError):
        return False


def _by_code(code: int) -> Exception:
    """What a relay answered: 5yz is for ever, 4yz is for now (RFC 5321 §4.2.1). Its text may hold the address."""
    return Rejected(f"smtp_{code}") if code >= PERMANENT else TryLater(f"smtp_{code}")


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
