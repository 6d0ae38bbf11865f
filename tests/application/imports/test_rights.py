"""Diagnoses, PASS IAE and contracts of a dump: what each becomes, when, and what it names."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pytest

from application.imports.findings import Findings, Nature, Source
from application.imports.les_emplois.rights import day_of
from application.imports.records import Record
from application.imports.steps import Step
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import RecordDiagnosis
from domain.hiring.commands import RecordContract
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.pass_iae.codes import Origin
from domain.pass_iae.commands import RecordRight
from tests.application.imports.dumps import (
    HOUSES,
    application,
    approval,
    contract,
    criterion,
    diagnosis,
    people,
    uid,
)
from tests.application.imports.test_translation import said, told

MAY_20 = "2024-05-20T08:00:00Z"
HIRED = {"processed_at": MAY_20, "hiring_start_at": "2024-06-03"}


def steps(*records: Any) -> tuple[Mapping[str, Step], Findings]:
    """The steps of these records about the first person, by their names."""
    found, findings = told(*HOUSES, *people(1), *records)
    return {step.name: step for step in found if step.root == f"candidate/{uid(100)}"}, findings


def order(*records: Any) -> Sequence[str]:
    found, _ = told(*HOUSES, *people(1), *records)
    return [step.name for step in found if step.root == f"candidate/{uid(100)}"][2:]


def test_a_diagnosis_is_told_with_its_criteria_and_the_day_on_which_it_no_longer_counts() -> None:
    found, findings = steps(
        diagnosis(1, 100, by="employer", expires_at="2024-08-15"),
        diagnosis(2, 100, expires_at="2024-11-15"),
        criterion(1, 1, 1),
        criterion(2, 1, 18),
        criterion(3, 9, 2),
    )
    step = found["diagnose"]
    assert step.command.author_kind is AuthorKind.PRESCRIBER
    assert step.at == datetime.fromisoformat("2024-05-15T08:00:00Z")
    several, _ = told(*HOUSES, *people(1), diagnosis(1, 100, by="employer"), criterion(1, 1, 1), criterion(2, 1, 18))
    made = next(each.command for each in several if each.name == "diagnose")
    assert isinstance(made, RecordDiagnosis)
    assert (made.scheme, made.author_kind, made.author, made.criteria) == (
        Scheme.IAE,
        AuthorKind.EMPLOYER,
        uid(4),
        (Criterion.RSA, Criterion.PM),
    )
    assert (made.made_on, made.expires_on) == (date(2024, 5, 15), date(2024, 11, 15))
    assert said(findings, Nature.NOT_IMPORTED) == []


def test_the_criteria_of_a_geiq_are_those_of_its_own_list() -> None:
    found, findings = steps(
        diagnosis(1, 100, by="geiq", geiq=True), criterion(1, 1, 24, geiq=True), criterion(2, 1, 77, geiq=True)
    )
    assert found["diagnose"].command.criteria == (Criterion.SIAE_CUI,)
    assert said(findings, Nature.FIELD_LEFT_OUT) == [("2", "administrative_criteria", "unknown_code")]


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"expires_at": None}, "expires_at", "missing"),
        ({"author_prescriber_organization": None}, "author_prescriber_organization", "missing"),
        ({"author_kind": "wizard"}, "author_kind", "unknown_code"),
        ({"created_at": "yesterday"}, "created_at", "wrong_type"),
    ],
)
def test_a_diagnosis_that_cannot_be_read_is_listed(fields: dict[str, Any], field: str, reason: str) -> None:
    found, findings = steps(diagnosis(1, 100, **fields))
    assert "diagnose" not in found
    assert said(findings, Nature.NOT_IMPORTED) == [("1", field, reason)]


def test_a_pass_is_told_after_the_hire_that_it_was_issued_for_and_names_it() -> None:
    records = (
        approval(1, 100, eligibility_diagnosis=5, created_at="2024-05-20T07:59:59Z"),
        application("a", 100, 7, "accepted", **HIRED, approval=1),
        diagnosis(5, 100),
    )
    assert order(*records) == ["submit", "diagnose", "accept", "issue"]
    found, _ = steps(*records)
    assert found["issue"].command == RecordRight(
        number="999990000001",
        starts_on=date(2024, 6, 3),
        ends_on=date(2026, 6, 2),
        origin=Origin.DEFAULT,
        company_kinds=("ei",),
        sender_kind="prescriber",
        sender_kinds=("ml",),
    )
    named = {name: (source.model, source.key) for name, source in found["issue"].naming.items()}
    assert named == {
        "diagnosis": ("eligibility.eligibilitydiagnosis", "5"),
        "application": ("job_applications.jobapplication", uid("a")),
    }


@pytest.mark.parametrize(
    ("created", "names", "where"),
    [
        ("2024-05-19T08:00:00Z", {"application"}, ["submit", "accept", "issue"]),
        ("2024-05-19T07:59:59Z", set(), ["submit", "issue", "accept"]),
        ("2025-01-01T08:00:00Z", {"application"}, ["submit", "accept", "issue"]),
    ],
)
def test_a_pass_that_was_there_a_day_before_the_hire_was_used_again_by_it(
    created: str, names: set[str], where: list[str]
) -> None:
    records = (approval(1, 100, created_at=created), application("a", 100, 7, "accepted", **HIRED, approval=1))
    assert order(*records) == where
    assert set(steps(*records)[0]["issue"].naming) == names


def test_a_hire_that_was_agreed_on_before_its_pass_was_issued_for_another_one_is_listed() -> None:
    later = {"processed_at": "2024-05-22T08:00:00Z", "hiring_start_at": "2024-06-03"}
    _, findings = steps(
        approval(1, 100, created_at="2024-06-20T08:00:00Z"),
        application("a", 100, 7, "accepted", **HIRED, approval=1),
        application("b", 100, 7, "accepted", **later, approval=1),
        application("c", 100, 7, "refused", **HIRED, approval=1, refusal_reason="other"),
    )
    left_out = [each for each in said(findings, Nature.FIELD_LEFT_OUT) if each[1] == "approval"]
    assert left_out == [(uid("b"), "approval", "hired_before")]


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"number": ""}, "number", "missing"),
        ({"start_at": None}, "start_at", "missing"),
        ({"end_at": "soon"}, "end_at", "wrong_type"),
        ({"origin": "moon"}, "origin", "unknown_code"),
    ],
)
def test_a_pass_that_cannot_be_read_is_listed(fields: dict[str, Any], field: str, reason: str) -> None:
    found, findings = steps(approval(1, 100, **fields))
    assert "issue" not in found
    assert said(findings, Nature.NOT_IMPORTED) == [("1", field, reason)]


def test_the_dumps_day_is_that_of_its_last_diagnosis_or_pass() -> None:
    written = ("2024-05-15T21:59:00Z", None, "bad", "2024-05-15T22:00:00Z")
    days = [Record(Source("dump.json", "approvals.approval", "1"), {"created_at": at}) for at in written]
    assert day_of(days, date(2020, 1, 1)) == date(2024, 5, 16)
    assert day_of([], date(2020, 1, 1)) == date(2020, 1, 1)


def test_a_contract_is_a_hire_of_its_own_told_at_the_moment_of_the_import() -> None:
    found, _ = steps(contract(2, 100), contract(3, 100, end_date=None))
    step = found["contract"]
    assert step.at is None
    assert isinstance(step.command, RecordContract)
    assert (step.command.starts_on, step.command.ends_on) in {
        (date(2024, 1, 1), date(2024, 6, 1)),
        (date(2024, 1, 1), None),
    }


def test_a_contract_without_a_first_day_or_a_company_is_listed() -> None:
    _, findings = steps(contract(2, 100, start_date=None), contract(3, 100, company=None))
    assert said(findings, Nature.NOT_IMPORTED) == [("2", "start_date", "missing"), ("3", "company", "missing")]
