"""A small dump in the shape of Les emplois' own: fictitious people, and the fields that real files have."""

import json
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

Raw = dict[str, Any]

JOINED = "2024-05-13T08:00:00.000Z"
_SITUATION = {
    "has_rsa_allocation": "NON",
    "rsa_allocation_since": "",
    "education_level": "51",
    "resourceless": True,
    "unemployed_since": "04",
}


def raw(model: str, pk: int | str, fields: Raw) -> Raw:
    return {"model": model, "pk": pk, "fields": fields}


def uid(name: object) -> str:
    return str(uuid5(NAMESPACE_OID, str(name)))


def company(pk: int, kind: str = "EI", **fields: Any) -> Raw:
    usual = {"kind": kind, "department": "13", "name": f"Atelier {pk}", "siret": "", "post_code": "13103"}
    return raw("companies.company", pk, usual | {"source": "ASP", "created_at": "2020-04-09T13:36:57.328Z"} | fields)


def prescriber(pk: int, kind: str = "ML", status: str = "VALIDATED", **fields: Any) -> Raw:
    usual = {"kind": kind, "department": "90", "name": f"Mission {pk}", "siret": None, "uid": uid(f"prescriber {pk}")}
    dated = {"created_at": "2020-04-09T10:00:00Z", "authorization_status": status, "authorization_updated_at": None}
    return raw("prescribers.prescriberorganization", pk, usual | dated | fields)


def member(pk: int, user: int, organisation: int, of: str = "company", **fields: Any) -> Raw:
    model = {"company": "companies.companymembership", "organization": "prescribers.prescribermembership"}[of]
    usual = {"user": user, of: organisation, "is_admin": True, "is_active": True, "joined_at": "2020-12-01T10:00:00Z"}
    return raw(model, pk, usual | {"created_at": "2020-12-01T10:00:00Z"} | fields)


def professional(pk: int) -> Raw:
    return raw("users.user", pk, {"kind": "professional", "public_id": uid(pk), "email": f"pro{pk}@exemple.fr"})


def job_seeker(pk: int, **fields: Any) -> Raw:
    named = {"first_name": f"Awa{pk}", "last_name": "Diallo", "title": "MME", "email": f"awa{pk}@exemple.fr"}
    place = {"phone": "", "address_line_1": "2 rue du Port", "post_code": "13103", "city": "Saint-Étienne-du-Grès"}
    dated = {"date_joined": JOINED, "last_checked_at": JOINED, "created_by": None}
    return raw("users.user", pk, {"kind": "job_seeker", "public_id": uid(pk)} | named | place | dated | fields)


def profile(pk: int, **fields: Any) -> Raw:
    numbers = {"nir": "", "lack_of_nir_reason": "NO_NIR", "pole_emploi_id": "", "birthdate": "1990-03-13"}
    return raw("users.jobseekerprofile", pk, _SITUATION | numbers | fields)


def assignment(pk: int, person: int, professional: int, **fields: Any) -> Raw:
    usual = {"job_seeker": person, "professional": professional, "company": None, "prescriber_organization": None}
    dated = {"created_at": JOINED, "last_action_kind": "APPLY", "assigned_to_unknown_advisor": False}
    return raw("users.jobseekerassignment", pk, usual | dated | fields)


def application(key: str, person: int, company: int, state: str = "new", **fields: Any) -> Raw:
    sender = {"sender_kind": "prescriber", "sender": 3, "sender_prescriber_organization": 115, "sender_company": None}
    usual = {"job_seeker": person, "to_company": company, "state": state, "message": "Bonjour", "answer": ""}
    dated = {"created_at": "2024-05-14T08:00:00Z", "processed_at": None, "archived_at": None, "transferred_at": None}
    return raw("job_applications.jobapplication", uid(key), sender | usual | dated | fields)


def service(pk: int, structure: int, **fields: Any) -> Raw:
    usual = {"uid": f"dora--{pk}", "name": f"Service {pk}", "structure": structure, "is_orientable_with_form": True}
    return raw("insertion.service", pk, usual | {"credentials": "[]", "credentials_documents": "[]"} | fields)


def structure(pk: int, **fields: Any) -> Raw:
    usual = {"uid": f"dora--{uid(pk)}", "name": f"Structure {pk}", "siret": "", "post_code": "13150"}
    return raw("insertion.structure", pk, usual | {"is_active": True, "created_at": "2024-01-01T00:00:00Z"} | fields)


def orientation(key: str, person: int, service: int, status: str = "OUVERTE", **fields: Any) -> Raw:
    sender = {"sender_kind": "prescriber", "sender": 3, "sender_prescriber_organization": 115}
    referent = {"referent_first_name": "Inès", "referent_last_name": "Roche", "referent_email": "ines@exemple.fr"}
    usual = {
        "beneficiary": person,
        "service": service,
        "status": status,
        "beneficiary_contact_preferences": '["EMAIL"]',
    }
    dated = {"created_at": "2024-05-15T08:00:00Z", "processing_date": None, "data_protection_commitment": True}
    return raw("insertion.orientation", uid(key), sender | referent | usual | dated | {"attachments": "[]"} | fields)


def diagnosis(pk: int, person: int, by: str = "prescriber", *, geiq: bool = False, **fields: Any) -> Raw:
    """By the mission, or by the company 7."""
    model, company = ("geiqeligibilitydiagnosis", "author_geiq") if geiq else ("eligibilitydiagnosis", "author_siae")
    author = {"author": 3, "author_prescriber_organization": 115, company: None}
    if by != "prescriber":
        author = {"author": 4, "author_prescriber_organization": None, company: 7}
    dated = {"created_at": "2024-05-15T08:00:00Z", "expires_at": "2024-11-15", "author_kind": by}
    return raw(f"eligibility.{model}", pk, {"job_seeker": person} | author | dated | fields)


def criterion(pk: int, diagnosis: int, number: int, *, geiq: bool = False) -> Raw:
    """One of the criteria that were selected for a diagnosis."""
    model = "geiqselectedadministrativecriteria" if geiq else "selectedadministrativecriteria"
    return raw(f"eligibility.{model}", pk, {"eligibility_diagnosis": diagnosis, "administrative_criteria": number})


def approval(pk: int, person: int, **fields: Any) -> Raw:
    """A PASS IAE."""
    usual = {"user": person, "number": f"99999{pk:07}", "origin": "default", "eligibility_diagnosis": None}
    origin = {"origin_siae_kind": "EI", "origin_sender_kind": "prescriber", "origin_prescriber_organization_kind": "ML"}
    dated = {"created_at": "2024-05-20T08:00:00Z", "start_at": "2024-06-03", "end_at": "2026-06-02"}
    return raw("approvals.approval", pk, usual | origin | dated | fields)


def contract(pk: int, person: int, **fields: Any) -> Raw:
    """A contract that the ASP knows."""
    usual = {"job_seeker": person, "company": 7, "start_date": "2024-01-01", "end_date": "2024-06-01"}
    return raw("companies.contract", pk, usual | fields)


def people(number: int, first: int = 100) -> list[Raw]:
    """Job seekers with their profiles."""
    keys = range(first, first + number)
    return [job_seeker(key, created_by=3) for key in keys] + [profile(key) for key in keys]


#: A company that hires, the prescriber who sends people there, and who acts for each.
HOUSES: Sequence[Raw] = (
    company(7),
    prescriber(115),
    structure(1),
    service(1, 1),
    professional(3),
    professional(4),
    member(1, 4, 7),
    member(2, 3, 115, of="organization"),
)


def write(folder: Path, records: Sequence[Any]) -> Path:
    """A folder with one file per kind of record, as the dump has."""
    numbers = count(1)
    files: dict[str, list[Any]] = {}
    for record in records:
        model = record.get("model") if isinstance(record, dict) else None
        files.setdefault(str(model or f"other{next(numbers)}").replace(".", "__"), []).append(record)
    folder.mkdir(exist_ok=True)
    for name, several in files.items():
        (folder / f"{name}.json").write_text(json.dumps(several, ensure_ascii=False), encoding="utf-8")
    return folder
