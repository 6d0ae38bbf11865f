"""Where an organisation stands, and what others need to know of it on a given day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.identifiers import Identifier
from domain.journey import Deadline
from domain.organisation.commands import ExpireSpontaneous, OrganisationCommand
from domain.organisation.kinds import COMPANIES, KINDS_OF, NEEDING_AUTHORISATION, Kind, families
from domain.organisation.services import Service
from domain.references import Named, Reference, identifier
from domain.rsa.categories import CategoryConfiguration
from domain.rsa.reception import Reception
from domain.rsa.types import OrientationType
from domain.vocabulary import Family, OrganisationId, OrganisationProfile, Role, Subject

#: How long spontaneous applications stay open unless they are opened again (les-emplois §1.2).
SPONTANEOUS_OPEN: Final = timedelta(days=90)
#: The kind of claim on a service, which one organisation describes.
SERVICE: Final = "service"


class Stage(StrEnum):
    """Whether an organisation takes part."""

    NOT_CREATED = "not_created"
    ACTIVE = "active"
    CLOSED = "closed"


class Authorisation(StrEnum):
    """What has been decided of an organisation: habilitation, moderation and activation in one vocabulary."""

    NOT_SET = "not_set"
    VALIDATED = "validated"
    REFUSED = "refused"
    NOT_REQUIRED = "not_required"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """What holds from a day on (inclusive), until the next period begins."""

    from_day: date
    status: Authorisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    """Days (inclusive) on which a SIAE does not prescribe for itself; no last day is definitive."""

    from_day: date
    until_day: date | None


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """A company, a prescriber, an institution, an RSA service, a structure, an agency; or several of these."""

    stage: Stage = Stage.NOT_CREATED
    name: str = ""
    kinds: tuple[Kind, ...] = ()
    departments: tuple[str, ...] = ()
    siret: str | None = None
    safir: str | None = None
    typology: str | None = None
    #: Oldest first. The last one of a day counts.
    authorisations: tuple[Period, ...] = ()
    #: After controls, in the order in which they were decided.
    sanctions: tuple[Sanction, ...] = ()
    blocks_applications: bool = False
    #: None while the company accepts none, and for what is no company.
    spontaneous_since: datetime | None = None
    #: How an immersion agency validates conventions (immersion §7.1, §7.2).
    two_steps: bool = False
    refers_to: OrganisationId | None = None
    #: `MEMBER` or `ADMINISTRATOR`, by professional.
    roles: Mapping[Subject, Role] = field(default_factory=dict)
    phone: str | None = None
    #: None where nobody has said it: `RETENTION_MONTHS` for what follows RSA beneficiaries, for ever for the others.
    retention_months: int | None = None
    #: What the organisation handles, by category of appointments.
    categories: Mapping[str, CategoryConfiguration] = field(default_factory=dict)
    #: What the département has added to the types of the law.
    orientation_types: tuple[OrientationType, ...] = ()
    tags: tuple[str, ...] = ()
    #: What a structure offers, by what orientations call it.
    services: Mapping[str, Service] = field(default_factory=dict)
    #: What other systems call the organisation.
    references: tuple[Reference, ...] = ()

    @property
    def is_company(self) -> bool:
        """Whether applications can be sent to it."""
        return not COMPANIES.isdisjoint(self.kinds)

    @property
    def is_immersion_agency(self) -> bool:
        """Whether it validates conventions of immersion."""
        return not KINDS_OF[Family.IMMERSION_AGENCY].isdisjoint(self.kinds)

    @property
    def administrators(self) -> frozenset[Subject]:
        """Who manages its members."""
        return frozenset(subject for subject, role in self.roles.items() if role is Role.ADMINISTRATOR)


def authorisation(organisation: Organisation, on: date) -> Authorisation:
    """What holds on a day. Before anything was decided nothing is set, unless nothing was required then."""
    begun = [period.status for period in organisation.authorisations if period.from_day <= on]
    earliest = organisation.authorisations[:1]
    return begun[-1] if begun else next((period.status for period in earliest), Authorisation.NOT_SET)


def authorised(organisation: Organisation, on: date) -> bool:
    """Whether the organisation may do what needs an authorisation.

    What needs none counts as authorised, except prescribers: only validated ones are (les-emplois §1.3).
    """
    status = authorisation(organisation, on)
    if status is Authorisation.NOT_REQUIRED:
        return Family.PRESCRIBER not in families(organisation.kinds)
    return status is Authorisation.VALIDATED


def sanctioned(organisation: Organisation, on: date) -> bool:
    """Whether the company may not prescribe for itself on a day."""
    return any(
        each.from_day <= on and (each.until_day is None or on <= each.until_day) for each in organisation.sanctions
    )


def initial_status(kinds: tuple[Kind, ...]) -> Authorisation:
    """What holds of an organisation of these kinds until somebody decides."""
    return Authorisation.NOT_REQUIRED if NEEDING_AUTHORISATION.isdisjoint(kinds) else Authorisation.NOT_SET


def members(organisation: Organisation) -> Mapping[Subject, Role]:
    """Who can act for the organisation, in which role."""
    return organisation.roles


def profile(organisation: Organisation, identity: OrganisationId, on: date) -> OrganisationProfile:
    """What rules and statistics need of the organisation on a day."""
    return OrganisationProfile(
        id=identity,
        kinds=organisation.kinds,
        families=families(organisation.kinds),
        authorised=authorised(organisation, on),
        departments=organisation.departments,
        active=organisation.stage is Stage.ACTIVE,
        has_members=bool(organisation.roles),
        blocks_applications=organisation.blocks_applications,
        accepts_spontaneous=organisation.spontaneous_since is not None,
        sanctioned=sanctioned(organisation, on),
        two_steps=organisation.two_steps,
        refers_to=organisation.refers_to,
    )


def reception(organisation: Organisation, identity: OrganisationId, on: date) -> Reception:
    """How the organisation receives people."""
    return Reception(
        profile=profile(organisation, identity, on),
        phone=organisation.phone,
        categories=organisation.categories,
        orientation_types=organisation.orientation_types,
        tags=frozenset(organisation.tags),
        members=frozenset(organisation.roles),
    )


def identifiers(organisation: Organisation) -> frozenset[Identifier]:
    """One organisation of each kind per establishment (les-emplois §1.2, §1.3), and one for each service.

    A closed one leaves its place. What other systems call it stays its own.
    """
    called = frozenset(identifier(Named.ORGANISATION, each) for each in organisation.references)
    if organisation.stage is Stage.CLOSED:
        return called
    told = {SERVICE: list(organisation.services)}
    if organisation.siret is not None:
        told |= {f"siret_of_{kind}": [organisation.siret] for kind in organisation.kinds}
    return called.union(
        Identifier(scope="organisation", kind=kind, value=value) for kind, values in told.items() for value in values
    )


def deadlines(organisation: Organisation) -> Sequence[Deadline[OrganisationCommand]]:
    """When spontaneous applications close by themselves."""
    if organisation.spontaneous_since is None or organisation.stage is not Stage.ACTIVE:
        return ()
    return (Deadline(due=organisation.spontaneous_since + SPONTANEOUS_OPEN, command=ExpireSpontaneous()),)
