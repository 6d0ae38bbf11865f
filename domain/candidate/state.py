"""Where a dossier stands. Personal text reads as `SEALED` or `ERASED` where nobody holds the key."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated

from domain.candidate.codes import (
    ClosingReason,
    EmploymentKind,
    HouseholdRole,
    LackOfFranceTravailId,
    LackOfNir,
    Origin,
    Stage,
    Title,
)
from domain.candidate.situation import SocialSituation
from domain.vocabulary import CandidateId, OrganisationId, Parties, Party, Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """A professional who accompanies the person, for an organisation."""

    referent: Subject
    organisation: OrganisationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """A job found outside the platform."""

    on: date
    kind: EmploymentKind


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A person on their path, and who follows them. Fields of the same name as an event's are what it last said."""

    stage: Stage = Stage.NOT_REGISTERED
    first_name: Annotated[str, Personal] = ""
    last_name: Annotated[str, Personal] = ""
    birth_name: Annotated[str | None, Personal] = None
    birth_date: Annotated[str | None, Personal] = None
    birth_year: int | None = None
    title: Title | None = None
    household_role: HouseholdRole | None = None
    email: Annotated[str | None, Personal] = None
    phone: Annotated[str | None, Personal] = None
    address: Annotated[str | None, Personal] = None
    #: Where the person lives, for statistics; None if unknown.
    department: str | None = None
    nir: Annotated[str | None, Personal] = None
    lack_of_nir: LackOfNir | None = None
    france_travail_id: Annotated[str | None, Personal] = None
    lack_of_france_travail_id: LackOfFranceTravailId | None = None
    caf_number: Annotated[str | None, Personal] = None
    department_internal_id: Annotated[str | None, Personal] = None
    internal_id_department: str | None = None
    homonym_of: CandidateId | None = None
    origin: Origin = Origin.API
    #: None only before registration.
    entered_on: date | None = None
    #: None as long as nobody asked.
    situation: SocialSituation | None = None
    #: Who follows the person, each with its départements on the day it began to.
    followers: Mapping[OrganisationId, tuple[str, ...]] = field(default_factory=dict)
    archived_by: tuple[OrganisationId, ...] = ()
    referents: tuple[Referent, ...] = ()
    account: Subject | None = None
    employments: tuple[Employment, ...] = ()
    closing_reason: ClosingReason | None = None
    absorbed: tuple[CandidateId, ...] = ()
    merged_into: CandidateId | None = None

    @property
    def departments(self) -> tuple[str, ...]:
        """The départements of everybody who follows the person, in order."""
        return tuple(sorted({department for covered in self.followers.values() for department in covered}))

    @property
    def has_identifier(self) -> bool:
        """Whether something identifies the person; names, CAF number and France Travail identifier do not."""
        return any((self.nir, self.email, self.phone, self.department_internal_id))


def archived(candidate: Candidate, among: Collection[OrganisationId]) -> bool:
    """Whether all organisations among these that follow the person have archived the dossier (rdv-insertion §8.3)."""
    following = candidate.followers.keys() & set(among)
    return bool(following) and following <= set(candidate.archived_by)


def parties(candidate: Candidate) -> Parties:
    """The organisations that follow the person."""
    return {Party.FOLLOWER: frozenset(candidate.followers)}
