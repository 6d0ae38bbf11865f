"""Words that every journey shares: identifiers, who acts, what is personal."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType

CandidateId = NewType("CandidateId", str)
OrganisationId = NewType("OrganisationId", str)
#: A professional: the opaque, stable subject of the identity provider. Never a name or an e-mail.
Subject = NewType("Subject", str)


class Personal:
    """Marks a field as personal data: `Annotated[str, Personal]`. Only text (or text or None) may be personal."""


#: What a personal field reads as once the person's key has been destroyed.
ERASED: Final = "[erased]"
#: What a personal field reads as where nobody needs to read it (projections never open one).
SEALED: Final = "[sealed]"


class RootKind(StrEnum):
    """What owns a dossier: the consistency boundary and the unit of placement."""

    CANDIDATE = "candidate"
    ORGANISATION = "organisation"


class Family(StrEnum):
    """What an organisation does, whatever the system it comes from: what permissions are given to."""

    SIAE = "siae"
    GEIQ = "geiq"
    EMPLOYER = "employer"
    PRESCRIBER = "prescriber"
    INSTITUTION = "institution"
    RSA = "rsa"
    SERVICE_PROVIDER = "service_provider"
    IMMERSION_AGENCY = "immersion_agency"
    OTHER = "other"


class Role(StrEnum):
    """What a person is in an organisation, or outside of any."""

    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    #: A beneficiary acting on their own dossier.
    CANDIDATE = "candidate"
    #: Staff of the platform (moderation, authorisation of organisations).
    STAFF = "staff"
    #: A service that tells what people without an account here did, once it has made sure who they are.
    WITNESS = "witness"
    #: Parcours itself: deadlines and consequences.
    SYSTEM = "system"


class Party(StrEnum):
    """On which side of a journey an organisation stands."""

    #: Sent the person: the prescribing structure of an orientation, the sender of an application.
    SENDER = "sender"
    #: Received the person: the service, the company.
    RECEIVER = "receiver"
    #: Follows the person: registered them, or joined their dossier.
    FOLLOWER = "follower"
    #: Vouches for the person: made the diagnosis.
    AUTHOR = "author"
    #: Says yes or no to what another side asks: the prescriber that a request for a prolongation names.
    ARBITER = "arbiter"
    #: Has the last word on what the receiver found right: the agency that an immersion agency refers to, or itself.
    VALIDATOR = "validator"
    #: The organisation whose own record it is.
    ITSELF = "itself"


Parties = Mapping[Party, frozenset[OrganisationId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who asks, through which application."""

    subject: Subject
    client: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationProfile:
    """What rules and statistics need of an organisation, on a given day. Snapshot in the metadata of every event.

    `kinds` are codes of `domain.organisation`, `families` follow from them. `departments` are French département codes
    as strings (`01`, `2A`, `974`).
    """

    id: OrganisationId
    kinds: tuple[str, ...]
    families: tuple[Family, ...]
    authorised: bool
    departments: tuple[str, ...]
    #: Neither closed nor archived.
    active: bool = True
    #: Has somebody who can act for it.
    has_members: bool = True
    #: Refuses every application but those of its own members (les-emplois §1.2).
    blocks_applications: bool = False
    #: Accepts applications that name no job (les-emplois §1.2).
    accepts_spontaneous: bool = True
    #: May not prescribe for itself on that day: a sanction after a control (les-emplois §3.1).
    sanctioned: bool = False
    #: An immersion agency in which somebody finds a convention eligible before another validates it (immersion §7.1).
    two_steps: bool = False
    #: The agency that validates what this immersion agency has found eligible (immersion §7.2).
    refers_to: OrganisationId | None = None
