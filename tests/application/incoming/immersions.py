"""Immersion facilitée as its webhooks show it: what it sends, in the shapes that it has (immersion §2.2, §10.4)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

Json = dict[str, Any]

KEY: Final = "aaaaac99-9c0b-1aaa-aa6d-6bb9bd38aaaa"
AGENCY: Final = "40400c99-9c0b-4bbb-bb6d-6bb9bd300404"
#: Submitted on 1 April 2026, for five days of seven hours from Monday 4 to Friday 8 May.
SUBMITTED: Final = datetime(2026, 4, 1, 8, tzinfo=UTC)
SIGNERS: Final = ("beneficiary", "establishmentRepresentative")


def iso(at: datetime) -> str:
    """An instant as JavaScript writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def after(minutes: int) -> datetime:
    return SUBMITTED + timedelta(minutes=minutes)


def actor(role: str, number: int, first: str, last: str, **more: Any) -> Json:
    mail = f"{first.lower()}{more.pop('mail', '')}@courriel.example"
    usual = {"role": role, "firstName": first, "lastName": last, "email": mail, "phone": f"+3361234560{number}"}
    return usual | more


def convention(status: str, updated: int, signed: Mapping[str, int] = {}, **said: Any) -> Json:
    """The convention as it is so many minutes after its submission; who has signed, and when."""
    mail = said.pop("mail", "")
    people = {
        "beneficiary": actor(
            "beneficiary", 1, "Morgan", "Haddad", birthdate="1990-01-01T00:00:00.000Z", isRqth=False, mail=mail
        ),
        "establishmentRepresentative": actor("establishment-representative", 2, "Jeanne", "Morel"),
    }
    for who, at in signed.items():
        people[who]["signedAt"] = iso(after(at))
    days = [f"2026-05-0{day}T00:00:00.000Z" for day in range(4, 9)]
    usual = {
        "id": KEY,
        "status": status,
        "agencyId": AGENCY,
        "agencyName": "Mission locale de Rennes",
        "agencyDepartment": "35",
        "agencyKind": "mission-locale",
        "agencySiret": "11112222000033",
        "agencyCounsellorEmails": [],
        "agencyValidatorEmails": ["valideur@mission.example"],
        "internshipKind": "immersion",
        "dateSubmission": iso(SUBMITTED),
        "updatedAt": iso(after(updated)),
        "dateStart": "2026-05-04T00:00:00.000Z",
        "dateEnd": "2026-05-08T00:00:00.000Z",
        "siret": "13000548100010",
        "businessName": "Boulangerie du Blosne",
        "schedule": {
            "totalHours": 35,
            "workedDays": 5,
            "isSimple": True,
            "complexSchedule": [
                {"date": day, "timePeriods": [{"start": "09:00", "end": "12:00"}, {"start": "13:00", "end": "17:00"}]}
                for day in days
            ],
        },
        "individualProtection": False,
        "individualProtectionDescription": "",
        "sanitaryPrevention": True,
        "sanitaryPreventionDescription": "Charlotte",
        "remoteWorkMode": "ON_SITE",
        "immersionAddress": "1 rue du Four, 35200 Rennes",
        "immersionObjective": "Découvrir un métier ou un secteur d'activité",
        "immersionAppellation": {
            "romeCode": "D1102",
            "romeLabel": "Boulangerie - viennoiserie",
            "appellationCode": "11573",
            "appellationLabel": "Boulanger / Boulangère",
        },
        "immersionActivities": "Pétrir, façonner, cuire.",
        "immersionSkills": "",
        "signatories": people,
        "establishmentTutor": actor("establishment-tutor", 3, "Luc", "Petit", job="Boulanger"),
        "assessment": None,
        "lastReminders": {},
        "isEstablishmentBanned": False,
    }
    return usual | said


def updated(told: Json) -> bytes:
    return json.dumps({"subscribedEvent": "convention.updated", "payload": {"convention": told}}).encode()
