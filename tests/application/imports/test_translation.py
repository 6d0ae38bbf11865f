"""What records become, without a database: the commands, their order and their dates, and what is said of the rest."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from application.imports.findings import Findings, Nature
from application.imports.les_emplois.dump import Dump
from application.imports.les_emplois.translation import translate
from application.imports.steps import Step
from domain.job_application.codes import Stage
from tests.application.imports.dumps import (
    HOUSES,
    Raw,
    application,
    assignment,
    company,
    job_seeker,
    member,
    orientation,
    people,
    prescriber,
    profile,
    uid,
)

MAY_20 = "2024-05-20T08:00:00Z"


def told(*records: Any) -> tuple[Sequence[Step], Findings]:
    findings = Findings()
    dump = Dump(findings)
    dump.add("dump.json", records)
    return translate(dump, findings).steps, findings


def steps_of(key: str, *records: Any) -> list[tuple[str, datetime | None]]:
    steps, _ = told(*HOUSES, *people(1), *records)
    return [(step.name, step.at) for step in steps if step.source.key == key]


def said(findings: Findings, nature: Nature) -> list[tuple[str, str, str]]:
    return sorted(
        (each.source.key, each.field, each.reason)
        for each in findings.found
        if each.nature is nature and each.reason != "no_file"
    )


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


SENT = ("submit", at("2024-05-14T08:00:00Z"))
HIRED = {"processed_at": MAY_20, "hiring_start_at": "2024-06-03"}


@pytest.mark.parametrize(
    ("state", "fields", "steps"),
    [
        ("new", {}, [SENT]),
        ("processing", {}, [SENT, ("processing", SENT[1])]),
        ("postponed", {"answer": "Plus tard"}, [SENT, ("postponed", SENT[1])]),
        ("pool", {}, [SENT, ("pool", SENT[1])]),
        ("accepted", HIRED, [SENT, ("accept", at(MAY_20))]),
        ("cancelled", HIRED, [SENT, ("accept", SENT[1]), ("cancel", at(MAY_20))]),
        ("refused", {"processed_at": MAY_20, "refusal_reason": "training"}, [SENT, ("refuse", at(MAY_20))]),
        ("obsolete", {"processed_at": MAY_20}, [SENT, ("obsolete", at(MAY_20))]),
        ("prior_to_hire", {}, [SENT]),
    ],
)
def test_an_application_goes_the_shortest_way_to_its_state(state: str, fields: Raw, steps: list[Any]) -> None:
    assert steps_of(uid("a"), application("a", 100, 7, state, **fields)) == steps


def test_a_cancelled_hire_was_agreed_on_when_it_made_another_application_obsolete() -> None:
    cancelled = application("a", 100, 7, "cancelled", **HIRED | {"processed_at": "2024-05-30T08:00:00Z"})
    obsolete = application("b", 100, 8, "obsolete", processed_at=MAY_20)
    steps = steps_of(uid("a"), cancelled, obsolete)
    assert steps == [SENT, ("accept", at(MAY_20)), ("cancel", at("2024-05-30T08:00:00Z"))]


def test_what_a_hire_would_have_made_obsolete_and_did_not_is_taken_up_again_after_the_hire() -> None:
    hire, pending = application("a", 100, 7, "accepted", **HIRED), application("b", 100, 8, "postponed")
    steps, _ = told(*HOUSES, *people(1), pending, hire)
    after = [step for step in steps if step.source.model == "job_applications.jobapplication"]
    assert [(step.source.key, step.name) for step in after] == [
        (uid("b"), "submit"),
        (uid("a"), "submit"),
        (uid("a"), "accept"),
        (uid("b"), f"reset-{uid('a')}"),
        (uid("b"), "postponed"),
    ]
    assert after[3].only_from is Stage.OBSOLETE


def test_a_transferred_application_was_sent_to_the_first_company() -> None:
    moved = application("a", 100, 7, transferred_at=MAY_20, transferred_from=8, transferred_by=4)
    steps, _ = told(*HOUSES, company(8), *people(1), moved)
    submit, transfer = [step for step in steps if step.source.key == uid("a")]
    assert (submit.name, transfer.name, transfer.at) == ("submit", "transfer", at(MAY_20))
    assert submit.command.company == transfer.acting != transfer.command.to


def test_an_archived_application_is_archived_by_whoever_did_it_or_by_time() -> None:
    refused = {"processed_at": MAY_20, "refusal_reason": "other", "archived_at": "2024-06-01T08:00:00Z"}
    steps, _ = told(
        *HOUSES,
        *people(1),
        application("a", 100, 7, "refused", **refused, archived_by=4),
        application("b", 100, 7, "refused", **refused),
    )
    archived = [step for step in steps if step.name == "archive"]
    assert [(type(step.command).__name__, step.subject) for step in archived] == [
        ("Archive", uid(4)),
        ("ArchiveAutomatically", "les-emplois/unknown"),
    ]


def test_a_dossier_is_told_in_the_order_in_which_it_happened() -> None:
    steps, _ = told(
        *HOUSES,
        *people(1),
        application("late", 100, 7, created_at="2024-07-01T08:00:00Z"),
        orientation("o", 100, 1, "REFUSÉE", processing_date=MAY_20),
        application("early", 100, 7),
        assignment(1, 100, 3, prescriber_organization=115),
    )
    assert [step.name for step in steps if step.root == f"candidate/{uid(100)}"] == [
        "register",
        "describe",
        "join",
        "assign",
        "submit",
        "send",
        "release",
        "refused",
        "submit",
    ]


def test_dates_that_contradict_each_other_are_kept_in_the_order_of_causes() -> None:
    key = uid("a")
    record = application("a", 100, 7, "accepted", **HIRED | {"processed_at": "2024-05-01T08:00:00Z"})
    assert steps_of(key, record) == [SENT, ("accept", at("2024-05-01T08:00:00Z"))]
    _, findings = told(*HOUSES, *people(1), record)
    assert said(findings, Nature.CONTRADICTION) == [(key, "processed_at", "before_creation")]


def test_organisations_that_are_only_named_are_recorded_as_such_before_everything_else() -> None:
    steps, findings = told(*HOUSES, *people(1), application("a", 100, 2653), member(9, 4, 2653))
    first = steps[0]
    assert (first.name, first.command.kinds, first.command.name) == (
        "refer",
        ("company_unknown",),
        "companies.company 2653",
    )
    assert first.at == at("2020-12-01T10:00:00Z")
    assert said(findings, Nature.KNOWN_BY_REFERENCE) == [("2653", "", "not_in_the_dump")]


def test_the_first_member_administers_until_the_first_administrator_comes() -> None:
    steps, _ = told(
        company(7),
        member(1, 4, 7, is_admin=False, joined_at="2021-01-01T00:00:00Z"),
        member(2, 5, 7, joined_at="2022-01-01T00:00:00Z"),
        member(3, 6, 7, is_active=False, is_admin=False, joined_at="2020-01-01T00:00:00Z"),
    )
    assert [(step.name, step.source.key) for step in steps] == [
        ("create", "7"),
        ("join", "3"),
        ("join", "1"),
        ("join", "2"),
        ("step-back", "3"),
        ("leave", "3"),
    ]


def test_a_prescriber_is_authorised_since_the_last_decision_or_since_it_exists() -> None:
    steps, _ = told(
        prescriber(1), prescriber(2, authorization_updated_at="2023-02-01T23:30:00Z"), prescriber(3, "Autre")
    )
    days = {step.source.key: step.command.from_day.isoformat() for step in steps if step.name == "authorise"}
    assert days == {"1": "2020-04-09", "2": "2023-02-02"}


def test_a_person_is_imported_without_the_fields_that_break_a_rule() -> None:
    steps, findings = told(
        job_seeker(100, phone="066665444", title="DR"),
        profile(100, nir="123", lack_of_nir_reason="", birthdate="13/03/1990", has_rsa_allocation="OUI-M"),
    )
    register, describe = steps
    assert (register.command.phone, register.command.nir, register.command.birth_date) == (None, None, None)
    assert (describe.command.rsa, describe.command.unemployed_since) == (None, "04")
    assert said(findings, Nature.FIELD_LEFT_OUT) == [
        ("100", "birthdate", "InvalidBirthDate"),
        ("100", "nir", "InvalidNir"),
        ("100", "phone", "InvalidPhone"),
        ("100", "rsa_allocation_since", "RsaDurationMismatch"),
        ("100", "title", "unknown_code"),
    ]


def test_an_assignment_that_only_says_who_registered_the_person_is_told_by_the_registration() -> None:
    steps, findings = told(*people(1), assignment(1, 100, 3, last_action_kind="CREATE"), assignment(2, 100, 3))
    assert {step.source.model for step in steps} == {"users.user", "users.jobseekerprofile"}
    assert said(findings, Nature.NOT_IMPORTED) == [("2", "prescriber_organization", "no_organisation")]


def test_what_cannot_be_read_is_listed_with_its_key_field_and_reason() -> None:
    _, findings = told(
        *HOUSES,
        *people(1),
        "not a record",
        {"model": "companies.company", "pk": 9},
        company(7, name="Another one"),
        application("state", 100, 7, "shipped"),
        application("date", 100, 7, created_at="yesterday"),
        application("type", 100, 7, to_company={"id": 7}),
        application("nobody", 404, 7),
        orientation("service", 100, 99),
        profile(404),
    )
    assert said(findings, Nature.NOT_IMPORTED) == sorted(
        [
            ("#11", "", "not_a_record"),
            ("9", "", "not_a_record"),
            ("7#13", "", "duplicate_key"),
            (uid("state"), "state", "unknown_code"),
            (uid("date"), "created_at", "wrong_type"),
            (uid("type"), "to_company", "wrong_type"),
            (uid("nobody"), "job_seeker", "not_in_the_dump"),
            (uid("service"), "service", "not_in_the_dump"),
            ("404", "pk", "not_in_the_dump"),
        ]
    )


def test_kinds_of_record_that_no_file_holds_are_listed() -> None:
    findings = Findings()
    dump = Dump(findings)
    dump.add("companies.json", [company(7)])
    dump.check_complete()
    missing = {each.source.model for each in findings.found if each.reason == "no_file"}
    assert "users.user" in missing
    assert "companies.company" not in missing


def test_the_same_dump_is_told_the_same_way_twice() -> None:
    records = (*HOUSES, *people(2), application("a", 100, 7, "accepted", **HIRED))
    assert told(*records)[0] == told(*records)[0]


def test_times_are_aware() -> None:
    steps, _ = told(*HOUSES, *people(1), application("a", 100, 7))
    assert all(step.at and step.at.astimezone(UTC) == step.at for step in steps)
