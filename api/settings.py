"""How one installation is configured: the environment, read once."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

from domain.references import System
from infrastructure.api_particulier import ApiParticulierAccess
from infrastructure.postgres import Access

DATA: Final = ".parcours"
#: Of what others sign with.
SHORTEST_SECRET: Final = 16
#: What opens the doors of other services in a demonstration, and nowhere else.
DEMONSTRATION_SECRET: Final = "demonstration-secret"  # noqa: S105 - it is published
#: What a booking service may be told in its address.
BOOKED_BY: Final = ("code", "category", "organisations", "place", "referents")


class NotConfigured(RuntimeError):
    """Something that the installation must say is missing or wrong; the message says what to set."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Settings:
    """What the environment says. Every command-line verb starts from here."""

    #: PARCOURS_DATA: the folder of the embedded database and of what a demonstration makes; `.parcours` if not set.
    data: Path
    #: DATABASE_URL: the login that owns the schema, on any PostgreSQL 16+; the embedded server if not set.
    database: str | None = None
    #: DATABASE_SERVICE_URL: the login of the service; the owner's, in the role of the service, if not set.
    database_service: str | None = None
    #: PARCOURS_KEYS_FILE: the key-encryption keys, readable by nobody else; `keys.json` in the data folder if not set.
    keys_file: Path
    #: PARCOURS_KEYS: the same, in the variable itself.
    keys: str | None = None
    #: PARCOURS_CONNECTIONS: how many connections to the database a process may hold.
    connections: int = 16
    #: PARCOURS_ISSUERS_FILE: the trusted issuers of access tokens (TOML).
    issuers_file: Path | None = None
    #: PARCOURS_API_PARTICULIER_URL, _TOKEN and _RECIPIENT (a SIRET): all three, or nothing is certified.
    api_particulier: ApiParticulierAccess | None = None
    #: PARCOURS_PRIVATE_WEBHOOKS: `yes` to let webhooks be told to addresses of one's own network.
    private_webhooks: bool = False
    #: PARCOURS_HOOK_RDV_SOLIDARITES, PARCOURS_HOOK_IMMERSION_FACILITEE: by which secret each is known; by two, with a
    #: space between them, while one replaces the other. A door without any is closed.
    hook_secrets: Mapping[System, tuple[str, ...]] = field(default_factory=dict)
    #: PARCOURS_OPEN_FIGURES: `yes` to show the pages of figures to everybody, without a token.
    open_figures: bool = False
    #: PARCOURS_LOG: `json` or `text`.
    json_logs: bool = True
    #: PARCOURS_SMTP: the relay of mail, as `smtp+starttls://user:password@host:587`; no mail is sent if not set.
    relay: str | None = None
    #: PARCOURS_MAIL_FROM: the address that mail comes from.
    mail_from: str | None = None
    #: PARCOURS_ADDRESSES_FILE: where professionals are written to (JSON, subject to address).
    addresses_file: Path | None = None
    #: PARCOURS_SUPPORT: where those who keep the platform are written to.
    support: str | None = None
    #: PARCOURS_MAIL_LANGUAGE: `fr` or `en`.
    mail_language: str = "fr"
    #: PARCOURS_MAIL_LINK: where a journey is read by people, as `https://example.org/{root}/{journey}`.
    mail_link: str | None = None
    #: PARCOURS_INVITATION_LINK: where an invited person comes back, as `https://example.org/rendez-vous#{code}`.
    invitation_link: str | None = None
    #: PARCOURS_BOOKING_LINK: where appointments are taken; it may hold `{code}`, `{category}`, `{organisations}`,
    #: `{place}` and `{referents}`.
    booking_link: str | None = None
    #: Set by the verb `demo` alone: no variable turns it on.
    demo: bool = False

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Self:
        """Read the variables. Raises `NotConfigured`."""
        data = Path(environment.get("PARCOURS_DATA", DATA)).resolve()
        issuers, addresses = environment.get("PARCOURS_ISSUERS_FILE"), environment.get("PARCOURS_ADDRESSES_FILE")
        return cls(
            data=data,
            database=environment.get("DATABASE_URL") or None,
            database_service=environment.get("DATABASE_SERVICE_URL") or None,
            keys_file=Path(environment.get("PARCOURS_KEYS_FILE", data / "keys.json")),
            keys=environment.get("PARCOURS_KEYS") or None,
            connections=_count(environment.get("PARCOURS_CONNECTIONS", "16")),
            issuers_file=Path(issuers) if issuers else None,
            api_particulier=_api_particulier(environment),
            private_webhooks=environment.get("PARCOURS_PRIVATE_WEBHOOKS") == "yes",
            hook_secrets=_hook_secrets(environment),
            open_figures=environment.get("PARCOURS_OPEN_FIGURES") == "yes",
            json_logs=environment.get("PARCOURS_LOG", "json") != "text",
            relay=environment.get("PARCOURS_SMTP") or None,
            mail_from=environment.get("PARCOURS_MAIL_FROM") or None,
            addresses_file=Path(addresses) if addresses else None,
            support=environment.get("PARCOURS_SUPPORT") or None,
            mail_language=environment.get("PARCOURS_MAIL_LANGUAGE", "fr"),
            mail_link=environment.get("PARCOURS_MAIL_LINK") or None,
            invitation_link=_link(environment, "PARCOURS_INVITATION_LINK", ("code",)),
            booking_link=_link(environment, "PARCOURS_BOOKING_LINK", BOOKED_BY),
        )

    def reaching(self, where: Access) -> Self:
        """The same, on a database that is reached already."""
        return replace(self, database=where.owner, database_service=where.service)

    def in_demo_mode(self) -> Self:
        """The same, trusting the development issuer alone."""
        known = {**dict.fromkeys(System, (DEMONSTRATION_SECRET,)), **self.hook_secrets}
        return replace(self, demo=True, json_logs=False, private_webhooks=True, hook_secrets=known)


def _api_particulier(environment: Mapping[str, str]) -> ApiParticulierAccess | None:
    names = {each: f"PARCOURS_API_PARTICULIER_{each.upper()}" for each in ("url", "token", "recipient")}
    said = {each: value for each, name in names.items() if (value := environment.get(name))}
    if not said:
        return None
    if missing := [name for each, name in names.items() if each not in said]:
        raise NotConfigured(f"to certify criteria, set {' and '.join(missing)} too")
    return ApiParticulierAccess(**said)


def _hook_secrets(environment: Mapping[str, str]) -> Mapping[System, tuple[str, ...]]:
    said = {system: f"PARCOURS_HOOK_{system.upper()}" for system in System}
    found = {system: tuple(environment.get(name, "").split()) for system, name in said.items()}
    for system, secrets in found.items():
        if any(len(each) < SHORTEST_SECRET for each in secrets):
            raise NotConfigured(f"{said[system]}: a secret has {SHORTEST_SECRET} characters or more")
    return {system: secrets for system, secrets in found.items() if secrets}


def _link(environment: Mapping[str, str], name: str, known: Sequence[str]) -> str | None:
    found = environment.get(name) or None
    try:
        (found or "").format(**dict.fromkeys(known, ""))
    except (KeyError, ValueError, IndexError):
        raise NotConfigured(
            f"{name} may hold {', '.join(f'{{{each}}}' for each in known)} and no other braces"
        ) from None
    return found


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise NotConfigured("PARCOURS_CONNECTIONS is a number of connections, at least 1")
    return int(text)
