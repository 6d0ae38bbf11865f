"""Where a dossier stands. Personal text reads as `SEALED` or `ERASED` where nobody holds the key."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.candidate.codes import (
    ClosingReason,
    EmploymentKind,
    HouseholdRole,
    Origin,
    Stage,
    Title,
)
from domain.candidate.situation import SocialSituation
from domain.followed import Followed
from domain.iae.certification import Certifier
from domain.iae.person import Person
from domain.references import Reference
from domain.vocabulary import CandidateId, Parties, Party, Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Employment:
    """A job found outside the platform."""

    on: date
    kind: EmploymentKind


@dataclass(frozen=True, kw_only=True)
class Candidate(Person, Followed):
    """A person on their path, and who follows them. Fields of the same name as an event's are what it last said."""

    stage: Stage = Stage.NOT_REGISTERED
    first_name: Annotated[str, Personal] = ""
    last_name: Annotated[str, Personal] = ""
    birth_name: Annotated[str | None, Personal] = None
    birth_date: Annotated[str | None, Personal] = None
    birth_year: int | None = None
    birth_country: Annotated[str | None, Personal] = None
    birth_place: Annotated[str | None, Personal] = None
    #: The services of the State that found the person by their identity.
    certified_by: tuple[Certifier, ...] = ()
    title: Title | None = None
    household_role: HouseholdRole | None = None
    #: Where the person lives, for statistics; None if unknown.
    department: str | None = None
    caf_number: Annotated[str | None, Personal] = None
    department_internal_id: Annotated[str | None, Personal] = None
    internal_id_department: str | None = None
    homonym_of: CandidateId | None = None
    origin: Origin = Origin.API
    #: None only before registration.
    entered_on: date | None = None
    #: None as long as nobody asked.
    situation: SocialSituation | None = None
    #: What organisations noted about the person, in words of theirs.
    tags: tuple[Annotated[str, Personal], ...] = ()
    #: What other systems call the person.
    references: tuple[Reference, ...] = ()
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


def parties(candidate: Candidate) -> Parties:
    """The organisations that follow the person."""
    return {Party.FOLLOWER: frozenset(candidate.followers)}
