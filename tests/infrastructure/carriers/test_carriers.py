"""Every carrier carries letters; SMTP against a real server, in all the ways in which one says no."""

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from io import StringIO
from pathlib import Path
from typing import Final

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from application.notifications.notice import Channel, Letter
from application.notifications.ports import Carrier, CarrierAway, Rejected, TryLater
from infrastructure.carriers.console import Console
from infrastructure.carriers.smtp import Relay as Address
from infrastructure.carriers.smtp import RelayRefused, Security, Smtp, sender
from tests.application.notifications.office import Pigeon
from tests.infrastructure.carriers.relay import Relay, free_port, relaying

LETTER: Final = Letter(
    id="candidate/awa#3:job-application-accepted-for-candidate:email:candidate:",
    channel=Channel.EMAIL,
    address="awa.diallo@example.org",
    addressee="candidate",
    subject="Votre candidature est acceptée par la Fabrique",
    body="Bonjour,\n\nLa Fabrique a accepté votre candidature.\n",
    language="fr",
    at=datetime(2026, 3, 1, 11, tzinfo=UTC),
)
FROM: Final = sender("no-reply@parcours.example")


def smtp(relay: Relay) -> Smtp:
    return Smtp(relay=Address.parse(relay.url), sender=FROM, patience=5)


def text(mail: EmailMessage) -> str:
    """Its subject and what it says, with the ends of lines that it was written with."""
    return f"{mail['Subject']}\n\n{mail.get_content()}".replace("\r\n", "\n")


@pytest.fixture(params=["console", "smtp", "memory"])
def carried(request: pytest.FixtureRequest, relay: Relay) -> tuple[Carrier, Callable[[], str]]:
    """Each carrier, and the subjects and texts of what it carried."""
    output = StringIO()
    if request.param == "console":
        return Console(output), output.getvalue
    if request.param == "memory":
        pigeon = Pigeon()
        return pigeon, lambda: "".join(f"{each.subject}\n\n{each.body}" for each in pigeon.taken)
    return smtp(relay), lambda: "".join(map(text, relay.taken))


def test_what_is_carried_says_what_was_written(carried: tuple[Carrier, Callable[[], str]]) -> None:
    carrier, said = carried
    carrier.carry(LETTER)
    carrier.carry(replace(LETTER, id="another", subject="Autre sujet"))
    carrier.close()
    assert f"{LETTER.subject}\n\n{LETTER.body}" in said()
    assert f"Autre sujet\n\n{LETTER.body}" in said()


@pytest.mark.parametrize("length", [10, 40, 56, 70, 77, 200])
def test_a_subject_arrives_as_it_was_written_whatever_its_length(relay: Relay, length: int) -> None:
    subject = f"{'x' * length} vous convoque à un rendez-vous, {'é' * length} à la fin"
    carrier = smtp(relay)
    carrier.carry(replace(LETTER, subject=subject))
    carrier.close()
    assert [mail["Subject"] for mail in relay.taken] == [subject]


def test_every_carrier_carries_mail_and_may_be_closed_twice(carried: tuple[Carrier, Callable[[], str]]) -> None:
    carrier, said = carried
    assert Channel.EMAIL in carrier.channels
    carrier.close()
    carrier.close()
    carrier.carry(LETTER)
    carrier.close()
    assert LETTER.body in said()


def test_the_console_says_who_it_is_for_and_never_where_they_are() -> None:
    output = StringIO()
    Console(output).carry(LETTER)
    assert "email → candidate\n" in output.getvalue()
    assert "example.org" not in output.getvalue()


def test_a_letter_sent_is_a_mail_that_nobody_answers_by_itself(relay: Relay) -> None:
    carrier = smtp(relay)
    carrier.carry(LETTER)
    carrier.close()
    (mail,) = relay.taken
    assert dict(mail.items()) == {
        "To": "awa.diallo@example.org",
        "From": "no-reply@parcours.example",
        "Subject": LETTER.subject,
        "Date": "Sun, 01 Mar 2026 11:00:00 +0000",
        "Message-ID": mail["Message-ID"],
        "Content-Language": "fr",
        "Auto-Submitted": "auto-generated",
        "Content-Type": 'text/plain; charset="utf-8"',
        "Content-Transfer-Encoding": mail["Content-Transfer-Encoding"],
        "MIME-Version": "1.0",
    }


def test_the_same_letter_has_the_same_identifier_and_another_one_another(relay: Relay) -> None:
    carrier = smtp(relay)
    for letter in (LETTER, LETTER, replace(LETTER, id="another")):
        carrier.carry(letter)
    carrier.close()
    first, again, other = (each["Message-ID"] for each in relay.taken)
    assert first == again != other
    assert "awa" not in first
    assert first.endswith("@parcours.example>")


def test_letters_share_a_session_until_the_relay_ends_it(relay: Relay) -> None:
    carrier = smtp(relay)
    for number in range(5):
        carrier.carry(replace(LETTER, id=str(number)))
    assert relay.sessions == 1
    carrier.close()
    carrier.carry(LETTER)
    carrier.close()
    assert (relay.sessions, len(relay.taken)) == (2, 6)


def test_a_relay_that_restarts_between_two_letters_is_found_again(relay: Relay) -> None:
    again = Relay()
    with relaying(again):
        carrier = smtp(again)
        carrier.carry(LETTER)
    with relaying(again):
        carrier.carry(replace(LETTER, id="another"))
        carrier.close()
    assert len(again.taken) == 2


@pytest.mark.parametrize("code", [550, 552, 553])
def test_a_recipient_that_the_relay_will_never_know_is_final(relay: Relay, code: int) -> None:
    relay.to_recipient = [f"{code} awa.diallo@example.org is unknown"]
    carrier = smtp(relay)
    with pytest.raises(Rejected) as refused:
        carrier.carry(LETTER)
    carrier.carry(LETTER)
    carrier.close()
    assert (str(refused.value), len(relay.taken)) == (f"smtp_{code}", 1)


@pytest.mark.parametrize("code", [421, 450, 451])
def test_a_recipient_that_the_relay_does_not_take_now_may_be_taken_later(relay: Relay, code: int) -> None:
    relay.to_recipient = [f"{code} greylisted awa.diallo@example.org"]
    carrier = smtp(relay)
    with pytest.raises(TryLater) as refused:
        carrier.carry(LETTER)
    carrier.carry(LETTER)
    carrier.close()
    assert (str(refused.value), len(relay.taken)) == (f"smtp_{code}", 1)


@pytest.mark.parametrize(("answer", "kind"), [("554 spam", Rejected), ("452 full", TryLater)])
def test_what_is_said_of_the_text_is_said_of_the_letter(relay: Relay, answer: str, kind: type[Exception]) -> None:
    relay.to_data = [answer]
    carrier = smtp(relay)
    with pytest.raises(kind) as refused:
        carrier.carry(LETTER)
    carrier.carry(LETTER)
    carrier.close()
    assert (str(refused.value), len(relay.taken)) == (f"smtp_{answer[:3]}", 1)


@pytest.mark.parametrize("code", [450, 550])
def test_a_sender_that_the_relay_refuses_is_no_letters_fault(relay: Relay, code: int) -> None:
    relay.to_sender = [f"{code} who are you"]
    carrier = smtp(relay)
    with pytest.raises(CarrierAway) as refused:
        carrier.carry(LETTER)
    carrier.close()
    assert (str(refused.value), relay.taken) == (f"smtp_{code}", [])


def test_a_connection_dropped_before_the_letter_was_taken_is_to_be_tried_again(relay: Relay) -> None:
    relay.to_recipient = [None]
    carrier = smtp(relay)
    with pytest.raises(TryLater) as lost:
        carrier.carry(LETTER)
    assert (str(lost.value), relay.taken) == ("connection_lost", [])
    carrier.carry(LETTER)
    carrier.close()
    assert len(relay.taken) == 1


def test_a_connection_dropped_after_it_goes_again_under_the_same_identifier(relay: Relay) -> None:
    relay.to_data = [None]
    carrier = smtp(relay)
    with pytest.raises(TryLater):
        carrier.carry(LETTER)
    carrier.carry(LETTER)
    carrier.close()
    first, again = relay.taken
    assert first["Message-ID"] == again["Message-ID"]


def test_a_relay_that_is_not_there_is_no_letters_fault() -> None:
    with pytest.raises(CarrierAway, match="ConnectionRefusedError"):
        Smtp(relay=Address.parse(f"smtp://127.0.0.1:{free_port()}"), sender=FROM).carry(LETTER)


NO_ADDRESSES: Final = [
    "",
    "awa",
    "awa@",
    "@example.org",
    "awa@example.org, other@example.org",
    "Awa <awa@example.org>",
    "awa@example.org\r\nBcc: other@example.org",
    "awa@example.org\nSubject: x",
    "awa diallo@example.org",
]


@pytest.mark.parametrize("address", NO_ADDRESSES)
def test_what_is_no_address_is_rejected_before_anything_is_sent(relay: Relay, address: str) -> None:
    with pytest.raises(Rejected, match=r"^not_an_address$") as refused:
        smtp(relay).carry(replace(LETTER, address=address))
    assert refused.value.__cause__ is None
    assert (relay.sessions, relay.taken) == (0, [])


def test_no_refusal_repeats_an_address(relay: Relay) -> None:
    relay.to_recipient = ["550 awa.diallo@example.org is unknown", "451 awa.diallo@example.org"]
    carrier = smtp(relay)
    for _ in range(2):
        with pytest.raises((Rejected, TryLater)) as refused:
            carrier.carry(LETTER)
        assert refused.value.__suppress_context__
        assert "awa" not in repr(refused.value)
    carrier.close()
    assert "awa" not in repr(LETTER)


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The relay's side, and that of somebody who trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem, secret = folder / "relay.pem", folder / "relay.key"
    pem.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(pem, secret)
    return server, ssl.create_default_context(cafile=str(pem))


def test_with_starttls_nothing_is_said_in_the_clear(tmp_path: Path) -> None:
    server, trusting = certificate(tmp_path)
    with relaying(Relay(), tls_context=server, require_starttls=True) as relay:
        address = Address.parse(f"smtp+starttls://localhost:{relay.port}")
        carrier = Smtp(relay=address, sender=FROM, tls=trusting, patience=5)
        carrier.carry(LETTER)
        carrier.close()
        assert len(relay.taken) == 1


def test_a_relay_without_starttls_or_with_a_certificate_of_its_own_gets_nothing(tmp_path: Path) -> None:
    server, _ = certificate(tmp_path)
    for options in ({}, {"tls_context": server}):
        with relaying(Relay(), **options) as relay:
            address = Address.parse(f"smtp+starttls://localhost:{relay.port}")
            with pytest.raises(CarrierAway):
                Smtp(relay=address, sender=FROM, patience=5).carry(LETTER)
            assert relay.taken == []


def test_an_address_of_a_relay_says_everything() -> None:
    full = Address.parse("smtp+starttls://user%40x:p%3Aw@relay.example:2525")
    assert (full.security, full.host, full.port, full.user, full.password) == (
        Security.STARTTLS,
        "relay.example",
        2525,
        "user@x",
        "p:w",
    )
    assert [Address.parse(f"{each.value}://relay.example").port for each in Security] == [25, 587, 465]
    assert Address.parse("smtp://u:p@127.0.0.1").user == "u"
    assert "p:w" not in repr(full)


@pytest.mark.parametrize(
    "url",
    [
        "relay.example",
        "http://relay.example",
        "smtp://",
        "smtps://relay:x",
        "smtps://user@relay",
        "smtp://u:secret@relay",
    ],
)
def test_an_address_that_cannot_be_used_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(RelayRefused) as refused:
        Address.parse(url)
    assert "secret" not in str(refused.value)


def test_letters_come_from_an_address() -> None:
    with pytest.raises(RelayRefused):
        sender("Parcours")
