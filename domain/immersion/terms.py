"""What a convention is agreed on, and between whom: the same in the commands and in the record (immersion §2.2)."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from typing import Annotated, Any, Final

from domain.immersion.codes import ConventionKind, Objective, Person, RemoteWork, SchoolLevel
from domain.journey import message
from domain.vocabulary import Personal


@message
class Slot:
    """A time at work, in minutes since midnight: from 0 (00:00) to 1439 (23:59)."""

    starts: int
    ends: int


@message
class WorkDay:
    """The times at work of one day; a day without any is not worked."""

    on: date
    slots: tuple[Slot, ...]


@message
class Contact:
    """Somebody who takes part in the convention."""

    last_name: Annotated[str, Personal]
    first_name: Annotated[str, Personal]
    email: Annotated[str, Personal]
    phone: Annotated[str, Personal]


@message
class Schooling:
    """Where somebody who does a mini-stage learns, and lives."""

    level: SchoolLevel
    school: Annotated[str, Personal]
    school_postcode: Annotated[str, Personal]
    address: Annotated[str | None, Personal] = None


@message
class Beneficiary(Contact):
    """The person who goes to the establishment."""

    #: As `1990-02-14`.
    birth_date: Annotated[str, Personal]
    emergency_contact: Annotated[str | None, Personal] = None
    emergency_phone: Annotated[str | None, Personal] = None
    emergency_email: Annotated[str | None, Personal] = None
    financial_help: Annotated[str | None, Personal] = None
    #: For a mini-stage, and only for it.
    schooling: Schooling | None = None


@message
class Tutor(Contact):
    """Who accompanies the person in the establishment."""

    job: Annotated[str, Personal]


@message
class Employer(Contact):
    """Who employs the person while the immersion lasts, and agrees to it."""

    job: Annotated[str | None, Personal] = None
    siret: Annotated[str, Personal]
    business_name: Annotated[str, Personal]
    business_address: Annotated[str | None, Personal] = None


@message
class ConventionTerms:
    """Who, where, when and for what. Hours and days worked are counted from the schedule, never given."""

    kind: ConventionKind
    siret: str
    business_name: str
    starts_on: date
    ends_on: date
    schedule: tuple[WorkDay, ...]
    objective: Objective
    #: The ROME appellation.
    appellation_code: str
    appellation_label: str
    rome_code: str
    activities: Annotated[str, Personal]
    skills: Annotated[str | None, Personal] = None
    address: Annotated[str, Personal]
    remote_work: RemoteWork = RemoteWork.ON_SITE
    work_conditions: Annotated[str | None, Personal] = None
    business_advantages: Annotated[str | None, Personal] = None
    individual_protection: bool = False
    individual_protection_description: Annotated[str | None, Personal] = None
    sanitary_prevention: bool = False
    sanitary_prevention_description: Annotated[str | None, Personal] = None
    beneficiary: Beneficiary
    establishment_representative: Contact
    tutor: Tutor
    legal_representative: Contact | None = None
    current_employer: Employer | None = None


#: Where each person stands in the terms.
FIELD_OF: Final[Mapping[Person, str]] = {
    Person.BENEFICIARY: "beneficiary",
    Person.LEGAL_REPRESENTATIVE: "legal_representative",
    Person.CURRENT_EMPLOYER: "current_employer",
    Person.ESTABLISHMENT_REPRESENTATIVE: "establishment_representative",
    Person.TUTOR: "tutor",
}
#: The tutor never signs (immersion §2.5).
MAY_SIGN: Final = frozenset(Person) - {Person.TUTOR}


def terms_of(message: ConventionTerms) -> dict[str, Any]:
    """The terms alone, to be said again by another message."""
    return {field.name: getattr(message, field.name) for field in fields(ConventionTerms)}


def contact(terms: ConventionTerms, person: Person) -> Contact | None:
    """Somebody who takes part, or None if nobody does in that place."""
    found: Contact | None = getattr(terms, FIELD_OF[person])
    return found


def signatories(terms: ConventionTerms) -> Mapping[Person, Contact]:
    """Everybody who must sign: two to four persons, in no order (immersion §2.5)."""
    found = {person: contact(terms, person) for person in Person if person in MAY_SIGN}
    return {person: who for person, who in found.items() if who is not None}


def tutor_represents(terms: ConventionTerms) -> bool:
    """Whether the tutor and the representative of the establishment are the same person (immersion §1.1)."""
    tutor, representative = terms.tutor, terms.establishment_representative
    return all(getattr(tutor, field.name) == getattr(representative, field.name) for field in fields(Contact))
