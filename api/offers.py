"""What the holder of an invitation's code is shown: what it offers, what to do, and no name."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from api.sentences import day_text
from api.service import Service
from api.words import words
from application.directory import Directory
from application.invitations import Found
from domain.calendar import PARIS, paris_day
from domain.formats.phone import spoken
from domain.rsa_appointment import Status, status
from domain.rsa_appointment.clock import local_start
from domain.rsa_appointment.codes import Location
from domain.rsa_appointment.state import Participation
from domain.vocabulary import OrganisationId


def offer(service: Service, found: Found, lang: str) -> Mapping[str, Any]:
    """Until when one may answer, with whom the appointment would be, and the appointments to come."""
    now, invitation, follow_up = service.clock.now(), found.invitation, found.follow_up
    ahead = sorted(
        (each for each in follow_up.participations if each.pending(now)), key=lambda each: (each.starts_at, each.number)
    )
    valid = not invitation.expired(now)
    bookable = valid and not ahead and service.booking_link is not None
    name = _standing(found, now, expected=bool(ahead), online=service.booking_link is not None)
    return {
        "category": follow_up.category,
        "valid": valid,
        "expires_at": invitation.expires_at,
        "sentence": _sentence(found, ahead[0] if ahead else None, name, lang),
        "help_phone": invitation.help_phone,
        "organisations": [_organisation(service, each, now) for each in invitation.organisations],
        "appointments": [_appointment(each) for each in ahead],
        "next": [*(["follow"] if bookable else []), *(["excuse"] if ahead else [])],
    }


def _sentence(found: Found, ahead: Participation | None, name: str, lang: str) -> str:
    """What to do now."""
    until = found.invitation.expires_at
    return _said(
        name,
        lang,
        phone=spoken((ahead and ahead.phone) or found.invitation.help_phone),
        until=until and _moment(until.astimezone(PARIS), lang),
        start=ahead and _moment(local_start(ahead), lang),
    )


def _standing(found: Found, now: datetime, *, expected: bool, online: bool) -> str:
    """The name of the sentence that says it."""
    if expected:
        return "expected"
    if found.invitation.expired(now):
        return "excused" if status(found.follow_up, now) is Status.RDV_EXCUSED else "expired"
    way = "book" if online else "call"
    return f"{way}_any_time" if found.invitation.expires_at is None else way


def _moment(at: datetime, lang: str) -> str:
    """A day and a time of it, on the clocks of the place: `12 mars 2026 à 9h30`."""
    return _said("at", lang, day=day_text(at.date(), lang), hour=at.hour, minute=at.minute)


def _said(name: str, lang: str, **told: Any) -> str:
    return words("invitation").of("sentences", name, lang).format(**told)


def _organisation(service: Service, organisation: OrganisationId, now: datetime) -> Mapping[str, Any]:
    directory = Directory(organisations=service.desk.organisations, on=paris_day(now))
    return {"name": directory.name(organisation), "phone": directory.receptions([organisation])[organisation].phone}


def _appointment(participation: Participation) -> Mapping[str, Any]:
    """The address of an office only: that of a visit is where the person lives, and a code may be in other hands."""
    at_an_office = participation.location is Location.PUBLIC_OFFICE
    return {
        "participation": participation.number,
        "starts_at": local_start(participation),
        "time_zone": participation.time_zone,
        "duration_minutes": participation.duration_minutes,
        "location": participation.location,
        "address": participation.address if at_an_office else None,
        "phone": participation.phone,
    }
