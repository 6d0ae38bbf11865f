"""What a hire was agreed on (les-emplois §4.1)."""

from datetime import date
from typing import Final

from application.imports.findings import Findings
from application.imports.les_emplois import codes
from application.imports.records import Lenient, Record
from domain.job_application.commands import Accept
from domain.job_application.refusals import (
    ContractIncoherent,
    DiagnosisNeeded,
    EndsBeforeItStarts,
    HiredJobNeeded,
    HoursOutOfBounds,
    InvertedVaeMisplaced,
    InWaitingPeriod,
    LevelNeeded,
    OnlyForGeiq,
    StartsAfterThePass,
    StartsInThePast,
    StartsTooLate,
)

#: A hire that was agreed on was agreed on, whatever its terms, and whatever is known of its grounds.
HIRE_RULES: Final = frozenset(
    {
        ContractIncoherent,
        DiagnosisNeeded,
        EndsBeforeItStarts,
        HiredJobNeeded,
        HoursOutOfBounds,
        InWaitingPeriod,
        InvertedVaeMisplaced,
        LevelNeeded,
        OnlyForGeiq,
        StartsAfterThePass,
        StartsInThePast,
        StartsTooLate,
    }
)


def job_description(key: object) -> str:
    """The opaque reference of a job description."""
    return f"les-emplois/jobdescription/{key}"


def accept(record: Record, starts_on: date, findings: Findings) -> Accept:
    """The acceptance of an application, without the terms that cannot be read."""
    lenient = Lenient(record, findings)
    job = lenient(lambda: record.key("hired_job"), "hired_job")
    return Accept(
        starts_on=starts_on,
        ends_on=lenient(lambda: record.day("hiring_end_at"), "hiring_end_at"),
        hired_job=job_description(job) if job else None,
        contract_type=lenient(lambda: record.code("contract_type", codes.CONTRACT_TYPES), "contract_type"),
        contract_details=lenient(lambda: record.text("contract_type_details"), "contract_type_details"),
        weekly_hours=lenient(lambda: record.number("nb_hours_per_week"), "nb_hours_per_week"),
        training_hours=lenient(lambda: record.number("planned_training_hours"), "planned_training_hours"),
        inverted_vae=lenient(lambda: record.flag("inverted_vae_contract"), "inverted_vae_contract") or False,
        qualification_type=lenient(
            lambda: record.code("qualification_type", codes.QUALIFICATION_TYPES), "qualification_type"
        ),
        qualification_level=lenient(
            lambda: record.code("qualification_level", codes.QUALIFICATION_LEVELS), "qualification_level"
        ),
        answer=lenient(lambda: record.text("answer"), "answer"),
    )
