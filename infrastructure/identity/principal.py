"""Who a verified access token speaks for, and what the calling application may do."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum

from domain.vocabulary import Actor, Role, Subject


class Scope(StrEnum):
    """What a calling application may be granted. What a person may do comes from the organisations' own streams."""

    #: Issue commands, and read the dossiers one takes part in.
    COMMAND = "parcours.command"
    #: Replay any history.
    AUDIT = "parcours.audit"
    #: Read the indicators.
    INDICATORS = "parcours.indicators"
    #: Read the feed of events.
    FEED = "parcours.feed"
    #: Act as staff of the platform: moderation, authorisation of organisations.
    STAFF = "parcours.staff"
    #: Tell what people without an account here did: a service that collects signatures (immersion §1.2).
    WITNESS = "parcours.witness"


class Assurance(IntEnum):
    """How surely the person was recognised (`acr`), in order; a level nobody knows is the lowest (identity §9.2)."""

    UNKNOWN = 0
    EIDAS1 = 1
    EIDAS2 = 2
    EIDAS3 = 3

    @classmethod
    def of(cls, acr: str | None) -> "Assurance":
        """The level that a token's `acr` claim names."""
        return _LEVELS.get(acr or "", cls.UNKNOWN)

    @property
    def acr(self) -> str:
        """The level as issuers write it."""
        return self.name.lower()


_LEVELS = {level.acr: level for level in Assurance}
#: The role that a scope gives; of several, the first.
_ROLES = {Scope.STAFF: Role.STAFF, Scope.WITNESS: Role.WITNESS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """What a verified token says. It holds no name, no e-mail, and no role in an organisation."""

    issuer: str
    #: Unique over all the configured issuers (see `IssuerSettings.namespace`).
    subject: Subject
    client_id: str
    #: Those of ours only, each granted to the client by the configuration.
    scopes: frozenset[Scope]
    acr: Assurance
    token_id: str
    #: Aware, in UTC.
    expires_at: datetime

    @property
    def actor(self) -> Actor:
        """Who the record says acted, when acting for no organisation.

        Staff if the token carries `parcours.staff`, a witness if it carries `parcours.witness`, else a candidate, whose
        permissions reach their own dossier only. Acting for an organisation, the role is the one that the
        organisation's stream gives.
        """
        role = next((role for scope, role in _ROLES.items() if scope in self.scopes), Role.CANDIDATE)
        return Actor(subject=self.subject, client=self.client_id, role=role)
