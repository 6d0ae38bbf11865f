"""What a hire is agreed on, shared by the commands and the event that say so."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from domain.job_application.codes import ContractType, QualificationLevel, QualificationType
from domain.journey import message
from domain.vocabulary import Personal


@message
class HireTerms:
    """Days are inclusive; no end means an open-ended contract. All but the first three concern GEIQ only."""

    starts_on: date
    ends_on: date | None = None
    #: The job description hired for: an opaque reference.
    hired_job: str | None = None
    contract_type: ContractType | None = None
    contract_details: Annotated[str | None, Personal] = None
    weekly_hours: int | None = None
    training_hours: int | None = None
    inverted_vae: bool = False
    qualification_type: QualificationType | None = None
    qualification_level: QualificationLevel | None = None


def terms_of(message: HireTerms) -> dict[str, Any]:
    """The terms alone, to be said again by another message."""
    return {field.name: getattr(message, field.name) for field in fields(HireTerms)}
