"""RDV-Solidarités as its webhooks show it: what it sends, in the shapes that it has (rdv-insertion §6.2, §10.5)."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from tests.application.town import NOON

Json = dict[str, Any]

#: The organisation, as the agenda calls it.
COUNCIL: Final = 52
CATEGORY: Final = "rsa_orientation"


def rails(at: datetime) -> str:
    """An instant as the agenda writes it."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")[:-3] + " UTC"


def user(key: int, **said: Any) -> Json:
    usual = {
        "id": key,
        "first_name": "James",
        "last_name": "Cameron",
        "birth_name": None,
        "birth_date": None,
        "email": f"james{key}@example.org",
        "phone_number": f"0655{key:06}",
        "phone_number_formatted": f"+33655{key:06}",
        "address": "50 rue Victor Hugo 35000 Rennes",
        "affiliation_number": None,
        "created_at": "2021-05-29 14:50:22 +0200",
        "responsible": None,
    }
    return usual | said


def seat(key: int, status: str = "unknown", by: str = "user") -> Json:
    return {
        "id": 900 + key,
        "status": status,
        "created_by": by,
        "send_lifecycle_notifications": True,
        "send_reminder_notification": True,
        "user": user(key),
    }


def rdv(key: int, *seats: Json, created: datetime = NOON - timedelta(days=1), **said: Any) -> Json:
    starts = said.pop("starts", NOON + timedelta(days=3))
    motif = {
        "id": 53,
        "name": "RSA orientation",
        "collectif": False,
        "location_type": "public_office",
        "follow_up": False,
        "motif_category": {"id": 7, "short_name": CATEGORY, "name": "RSA orientation"},
    } | said.pop("motif", {})
    usual = {
        "id": key,
        "uuid": "2f0e4c1a-1c52-4a1f-9b1d-5a4f5a1e3c11",
        "status": "unknown",
        "starts_at": rails(starts),
        "ends_at": rails(starts + timedelta(minutes=30)),
        "duration_in_min": 30,
        "address": "DINUM, 20 avenue de Ségur, Paris, 75007",
        "context": "all good",
        "cancelled_at": None,
        "collectif": motif["collectif"],
        "created_at": rails(created),
        "created_by": "user",
        "max_participants_count": None,
        "users_count": len(seats),
        "lieu": {"id": 43, "name": "DINUM", "address": "20 avenue de Ségur", "phone_number": "0140000000"},
        "motif": motif,
        "organisation": {"id": COUNCIL, "name": "Département", "phone_number": None, "email": None},
        "agents": [{"id": 12, "email": "agent@departement.fr", "first_name": "Odile", "last_name": "B"}],
        "users": [each["user"] for each in seats],
        "participations": list(seats),
    }
    return usual | said


def message(model: str, data: Json, at: datetime, event: str = "updated", reason: str | None = None) -> bytes:
    meta = {"model": model, "event": event, "webhook_reason": reason, "timestamp": rails(at)}
    return json.dumps({"data": data, "meta": meta}).encode()


def story(*told: tuple[Json, datetime]) -> Sequence[bytes]:
    """An appointment as it was told, moment by moment: the first time it is created."""
    return [message("Rdv", data, at, "created" if number == 0 else "updated") for number, (data, at) in enumerate(told)]
