"""Messages of Immersion facilitée: `{"subscribedEvent", "payload": {"convention": …}}` (immersion §2.2, §10.4)."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, Literal

import orjson
from pydantic import Field

from application.incoming.conventions import MAY_BREAK, Conventions, ConventionTold, Name, last_word_counts
from application.incoming.inbox import Envelope, Malformed, Message, Noted, Words
from application.incoming.receiving import Source
from application.incoming.speaking import Speaker
from domain.immersion.codes import ConventionKind, Objective, Person, RemoteWork, SchoolLevel, Stage
from domain.immersion.terms import (
    Beneficiary,
    Contact,
    ConventionTerms,
    Employer,
    Schooling,
    Slot,
    Tutor,
    WorkDay,
)
from domain.immersion.wording import tidy
from domain.references import System
from infrastructure.incoming.reading import CamelShape, Day, Instant, Key, Needed, Text, document, shaped

#: The only event that is told, and what it is about.
UPDATED: Final = "convention.updated"
MODEL: Final = "Convention"

_STAGES: Final[Mapping[str, Stage]] = {
    "READY_TO_SIGN": Stage.READY_TO_SIGN,
    "PARTIALLY_SIGNED": Stage.PARTIALLY_SIGNED,
    "IN_REVIEW": Stage.IN_REVIEW,
    "ACCEPTED_BY_COUNSELLOR": Stage.ELIGIBLE,
    "ACCEPTED_BY_VALIDATOR": Stage.VALIDATED,
    "REJECTED": Stage.REJECTED,
    "CANCELLED": Stage.CANCELLED,
    "DEPRECATED": Stage.DEPRECATED,
}
_KINDS: Final = {"immersion": ConventionKind.IMMERSION, "mini-stage-cci": ConventionKind.MINI_STAGE}
_OBJECTIVES: Final = {
    "Confirmer un projet professionnel": Objective.CONFIRM_PROJECT,
    "Initier une démarche de recrutement": Objective.RECRUITMENT,
    "Découvrir un métier ou un secteur d'activité": Objective.DISCOVER,
}
_PLACES: Final = {"ON_SITE": RemoteWork.ON_SITE, "HYBRID": RemoteWork.HYBRID, "FULL_REMOTE": RemoteWork.FULL_REMOTE}
_LEVELS: Final = {
    "4ème": SchoolLevel.QUATRIEME,
    "3ème": SchoolLevel.TROISIEME,
    "2nde": SchoolLevel.SECONDE,
    "1ère": SchoolLevel.PREMIERE,
    "Terminale": SchoolLevel.TERMINALE,
}
_HIGHER: Final = re.compile(r"[EÉ]tudes? supérieures? ([1-8])")
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


class Period(CamelShape):
    """A time at work."""

    start: str
    end: str


class Worked(CamelShape):
    """A day."""

    date: Day
    time_periods: tuple[Period, ...]


class Schedule(CamelShape):
    """The times at work; what they add up to is counted here."""

    complex_schedule: tuple[Worked, ...]


class Appellation(CamelShape):
    """The job."""

    rome_code: Needed
    appellation_code: Needed
    appellation_label: Needed


class Actor(CamelShape):
    """Somebody who takes part."""

    first_name: Text
    last_name: Text
    email: Text
    phone: Text
    signed_at: Instant | None = None


class Address(CamelShape):
    """Where somebody lives."""

    street_number_and_address: Text = ""
    postcode: Text = ""
    city: Text = ""


class BeneficiaryShape(Actor):
    """The person."""

    birthdate: Day
    emergency_contact: Text | None = None
    emergency_contact_phone: Text | None = None
    emergency_contact_email: Text | None = None
    financiary_help: Text | None = None
    level_of_education: str | None = None
    school_name: Text | None = None
    school_postcode: Text | None = None
    address: Address | None = None


class EmployerShape(Actor):
    """Who employs the person meanwhile."""

    job: Text | None = None
    business_siret: Text
    business_name: Text
    business_address: Text | None = None


class TutorShape(Actor):
    """Who accompanies the person there."""

    job: Text


class Signatories(CamelShape):
    """Who signs."""

    beneficiary: BeneficiaryShape
    establishment_representative: Actor
    beneficiary_representative: Actor | None = None
    beneficiary_current_employer: EmployerShape | None = None


class Called(CamelShape):
    """Somebody of the agency."""

    firstname: Text | None = None
    lastname: Text | None = None


class Validators(CamelShape):
    """Who decided."""

    agency_counsellor: Called | None = None
    agency_validator: Called | None = None


class Renewed(CamelShape):
    """What it goes on with."""

    origin: Key = Field(alias="from")
    justification: Text | None = None


class ConventionShape(CamelShape):
    """The convention as it is read there."""

    id: Key
    status: Literal[
        "READY_TO_SIGN",
        "PARTIALLY_SIGNED",
        "IN_REVIEW",
        "ACCEPTED_BY_COUNSELLOR",
        "ACCEPTED_BY_VALIDATOR",
        "REJECTED",
        "CANCELLED",
        "DEPRECATED",
    ]
    status_justification: Text | None = None
    agency_id: Key
    internship_kind: Literal["immersion", "mini-stage-cci"]
    date_submission: Instant
    date_approval: Instant | None = None
    date_validation: Instant | None = None
    updated_at: Instant
    date_start: Day
    date_end: Day
    siret: Text
    business_name: Text
    schedule: Schedule
    work_conditions: Text | None = None
    business_advantages: Text | None = None
    individual_protection: bool = False
    individual_protection_description: Text | None = None
    sanitary_prevention: bool = False
    sanitary_prevention_description: Text | None = None
    remote_work_mode: Literal["ON_SITE", "HYBRID", "FULL_REMOTE"] = "ON_SITE"
    immersion_address: Text
    immersion_objective: str
    immersion_appellation: Appellation
    immersion_activities: Text
    immersion_skills: Text | None = None
    signatories: Signatories
    establishment_tutor: TutorShape
    validators: Validators | None = None
    agency_referent: Called | None = None
    renewed: Renewed | None = None


class Version(CamelShape):
    """Which convention, and as of when."""

    id: Key
    updated_at: Instant


class Payload(CamelShape):
    """What is told."""

    convention: Any = None


class Told(CamelShape):
    """A message."""

    subscribed_event: str
    payload: Payload | None = None


def envelope(raw: bytes) -> Envelope | None:
    """What a message is about; None for an event that is not recorded here. Raises `Malformed`."""
    told = shaped(Told, document(raw))
    if told.subscribed_event != UPDATED:
        return None
    version = shaped(Version, told.payload and told.payload.convention)
    return Envelope(thing=f"convention/{version.id}", model=MODEL, at=version.updated_at)


def understand(raw: bytes) -> ConventionTold:
    """What a message says, in our words. Raises `Malformed`."""
    told = shaped(Told, document(raw))
    found = shaped(ConventionShape, told.payload and told.payload.convention)
    validators = found.validators or Validators()
    renewed = found.renewed
    return ConventionTold(
        key=found.id,
        agency=found.agency_id,
        stage=_STAGES[found.status],
        terms=tidy(_terms(found)),
        submitted_at=found.date_submission,
        approved_at=found.date_approval,
        validated_at=found.date_validation,
        updated_at=found.updated_at,
        signed=_signed(found.signatories),
        counsellor=_name(validators.agency_counsellor),
        validator=_name(validators.agency_validator),
        referent=_name(found.agency_referent),
        justification=found.status_justification or None,
        renewed_from=renewed.origin if renewed else None,
        renewal_justification=(renewed and renewed.justification) or None,
    )


def _terms(found: ConventionShape) -> ConventionTerms:
    who = found.signatories
    employer = who.beneficiary_current_employer
    representative = who.beneficiary_representative
    return ConventionTerms(
        kind=_KINDS[found.internship_kind],
        siret=found.siret,
        business_name=found.business_name,
        starts_on=found.date_start,
        ends_on=found.date_end,
        schedule=_schedule(found.schedule),
        objective=_objective(found.immersion_objective),
        appellation_code=found.immersion_appellation.appellation_code,
        appellation_label=found.immersion_appellation.appellation_label,
        rome_code=found.immersion_appellation.rome_code,
        activities=found.immersion_activities,
        skills=found.immersion_skills or None,
        address=found.immersion_address,
        remote_work=_PLACES[found.remote_work_mode],
        work_conditions=found.work_conditions or None,
        business_advantages=found.business_advantages or None,
        individual_protection=found.individual_protection,
        individual_protection_description=found.individual_protection_description or None,
        sanitary_prevention=found.sanitary_prevention,
        sanitary_prevention_description=found.sanitary_prevention_description or None,
        beneficiary=_beneficiary(who.beneficiary, mini_stage=found.internship_kind != "immersion"),
        establishment_representative=Contact(**_contact(who.establishment_representative)),
        tutor=Tutor(**_contact(found.establishment_tutor), job=found.establishment_tutor.job),
        legal_representative=Contact(**_contact(representative)) if representative else None,
        current_employer=_employer(employer) if employer else None,
    )


def _beneficiary(found: BeneficiaryShape, *, mini_stage: bool) -> Beneficiary:
    return Beneficiary(
        **_contact(found),
        birth_date=found.birthdate.isoformat(),
        emergency_contact=found.emergency_contact or None,
        emergency_phone=found.emergency_contact_phone or None,
        emergency_email=found.emergency_contact_email or None,
        financial_help=found.financiary_help or None,
        schooling=_schooling(found) if mini_stage else None,
    )


def _schooling(found: BeneficiaryShape) -> Schooling:
    lives = found.address
    town = f"{lives.postcode} {lives.city}".strip() if lives else ""
    return Schooling(
        level=_level(found.level_of_education or ""),
        school=found.school_name or "",
        school_postcode=found.school_postcode or "",
        address=", ".join(filter(None, (lives.street_number_and_address, town))) or None if lives else None,
    )


def _employer(found: EmployerShape) -> Employer:
    return Employer(
        **_contact(found),
        job=found.job or None,
        siret=found.business_siret,
        business_name=found.business_name,
        business_address=found.business_address or None,
    )


def _contact(found: Actor) -> dict[str, Any]:
    return {
        "last_name": found.last_name,
        "first_name": found.first_name,
        "email": found.email,
        "phone": found.phone,
    }


def _signed(who: Signatories) -> Mapping[Person, datetime]:
    found = {
        Person.BENEFICIARY: who.beneficiary,
        Person.ESTABLISHMENT_REPRESENTATIVE: who.establishment_representative,
        Person.LEGAL_REPRESENTATIVE: who.beneficiary_representative,
        Person.CURRENT_EMPLOYER: who.beneficiary_current_employer,
    }
    return {person: each.signed_at for person, each in found.items() if each is not None and each.signed_at is not None}


def _name(called: Called | None) -> Name:
    return Name(last_name=(called and called.lastname) or None, first_name=(called and called.firstname) or None)


def _schedule(found: Schedule) -> tuple[WorkDay, ...]:
    """In order, so that the same days are the same terms; a day without any time is not worked."""
    worked = [
        WorkDay(on=each.date, slots=tuple(sorted(map(_slot, each.time_periods), key=lambda slot: slot.starts)))
        for each in found.complex_schedule
        if each.time_periods
    ]
    return tuple(sorted(worked, key=lambda each: each.on))


def _slot(period: Period) -> Slot:
    return Slot(starts=_minutes(period.start), ends=_minutes(period.end))


def _minutes(clock: str) -> int:
    found = _CLOCK.fullmatch(clock)
    if found is None:
        raise Malformed("schedule.complex_schedule.time_periods")
    return 60 * int(found[1]) + int(found[2])


def _objective(label: str) -> Objective:
    try:
        return _OBJECTIVES[label.replace("’", "'").strip()]
    except KeyError:
        raise Malformed("immersionObjective") from None


def _level(label: str) -> SchoolLevel:
    if label in _LEVELS:
        return _LEVELS[label]
    if found := _HIGHER.match(label):
        return SchoolLevel(f"higher_{found[1]}")
    raise Malformed("signatories.beneficiary.level_of_education")


def reread(listed: bytes, _: datetime) -> Iterator[bytes]:
    """The messages that a list of its API amounts to: `GET /v2/conventions`, or one convention.

    Each says itself as of when it is. Raises `Malformed`.
    """
    try:
        read = orjson.loads(listed)
    except orjson.JSONDecodeError:
        raise Malformed("(body)") from None
    for each in read if isinstance(read, list) else [read]:
        yield orjson.dumps({"subscribedEvent": UPDATED, "payload": {"convention": each}})


def _record(speaker: Speaker, message: Message, words: Words, told: ConventionTold) -> Mapping[str, Noted]:
    return Conventions(speaker=speaker, message=message, words=words).record(told)


SOURCE: Final = Source(
    system=System.IMMERSION_FACILITEE,
    understand=understand,
    record=_record,
    last_word_counts=last_word_counts,
    may_break=MAY_BREAK,
)
