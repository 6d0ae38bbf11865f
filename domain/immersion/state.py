"""Where a convention stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Annotated, Final

from domain.calendar import paris_start
from domain.immersion.codes import NEGATIVE, Attendance, Channel, Person, Reminder, Stage
from domain.immersion.terms import ConventionTerms
from domain.references import Reference, System
from domain.vocabulary import OrganisationId, Parties, Party, Personal, Subject

#: An assessment made before this day needs no signature of the beneficiary (immersion §4.3).
SIGNED_SINCE: Final = date(2026, 3, 11)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What the rules ask of the assessment. What it says is in the record, which everybody reads it from."""

    at: datetime
    attendance: Attendance
    signed_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Immersion:
    """One person's convention with one establishment, before one agency."""

    stage: Stage = Stage.NOT_SUBMITTED
    terms: ConventionTerms | None = None
    agency: OrganisationId | None = None
    #: Who has the last word: the agency itself, or the one that it refers to.
    validator: OrganisationId | None = None
    two_steps: bool = False
    sender: OrganisationId | None = None
    submitted_at: datetime | None = None
    #: When signatures were last asked for: the submission, or the last modification.
    asked_at: datetime | None = None
    signatures: Mapping[Person, datetime] = field(default_factory=dict)
    #: Since every signatory has signed.
    complete_since: datetime | None = None
    #: Who took the first step of two: somebody else takes the second.
    eligible_by: Subject | None = None
    eligible_at: datetime | None = None
    validated_at: datetime | None = None
    referent_last_name: Annotated[str | None, Personal] = None
    referent_first_name: Annotated[str | None, Personal] = None
    #: What Immersion facilitée calls it.
    reference: Annotated[str | None, Personal] = None
    renewed_from: str | None = None
    #: What time has reminded of, since the terms last changed.
    reminded: tuple[Reminder, ...] = ()
    #: When each signatory was last sent a link, by channel and person.
    links: Mapping[str, datetime] = field(default_factory=dict)
    assessment_requested_at: datetime | None = None
    #: When the tutor was last sent a link, and the beneficiary one to sign, by channel.
    assessment_links: Mapping[Channel, datetime] = field(default_factory=dict)
    assessment_signature_links: Mapping[Channel, datetime] = field(default_factory=dict)
    assessment: Assessment | None = None


def link(channel: Channel, recipient: Person) -> str:
    """What a cooldown is counted for."""
    return f"{channel}/{recipient}"


def signature_needed(assessment: Assessment) -> bool:
    """Whether the beneficiary has to sign at all: not what is older, and not that nobody came (immersion §4.3)."""
    recent = assessment.at >= paris_start(SIGNED_SINCE)
    return recent and assessment.attendance is not Attendance.DID_NOT_SHOW


def final(assessment: Assessment) -> bool:
    """Whether nothing more is awaited of the assessment."""
    return assessment.signed_at is not None or not signature_needed(assessment)


def named(case: Immersion) -> Reference | None:
    """What Immersion facilitée calls the convention, where it has told."""
    return Reference(system=System.IMMERSION_FACILITEE, key=case.reference) if case.reference else None


def closed(case: Immersion) -> bool:
    """It will not take place, or its assessment is final."""
    return case.stage in NEGATIVE or (case.assessment is not None and final(case.assessment))


def parties(case: Immersion) -> Parties:
    """Who prepared the convention, the agency, and who has the last word."""
    sides = {Party.SENDER: case.sender, Party.RECEIVER: case.agency, Party.VALIDATOR: case.validator}
    return {side: frozenset({organisation}) for side, organisation in sides.items() if organisation is not None}
