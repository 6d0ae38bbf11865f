"""Messages of RDV-Solidarités: `{"data": …, "meta": {"model", "event", "timestamp"}}` (rdv-insertion §6.2, §10.5)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final, assert_never

import orjson

from application.incoming.agenda import (
    MAY_BREAK,
    Agenda,
    AppointmentTold,
    FollowingTold,
    NothingTold,
    OrganisationTold,
    Person,
    PersonTold,
    Seat,
    Told,
    last_word_counts,
)
from application.incoming.inbox import Envelope, Message, Noted, Words
from application.incoming.receiving import Source
from application.incoming.speaking import Speaker
from domain.calendar import paris_day
from domain.candidate import values
from domain.formats import phone
from domain.references import System
from domain.rsa_appointment.booking import LONGEST_MINUTES, TIME_ZONES
from domain.rsa_appointment.codes import BookedBy, Location, ParticipationStatus
from domain.seats import MOST_SEATS
from infrastructure.incoming.reading import Instant, Key, Needed, Shape, Text, document, shaped, usable

#: The e-mail domain of whoever the agenda has made nobody in particular.
ANONYMOUS: Final = "@deleted.rdv-solidarites.fr"
#: What was destroyed for this reason is forgotten there, and stays what it was for everybody else.
RGPD: Final = "rgpd"


class Model(StrEnum):
    """What is recorded of what it tells. Motifs and places come with each appointment; members are known by login."""

    RDV = "Rdv"
    USER = "User"
    USER_PROFILE = "UserProfile"
    ORGANISATION = "Organisation"


class Event(StrEnum):
    """What happened."""

    CREATED = "created"
    UPDATED = "updated"
    DESTROYED = "destroyed"


class Meta(Shape):
    """What a message says of itself."""

    model: str
    event: Event
    timestamp: Instant
    webhook_reason: str | None = None


class Named(Shape):
    """A thing of which only the name is looked at."""

    id: Key


class Profile(Shape):
    """That an organisation follows a person."""

    user: Named
    organisation: Named


class Category(Shape):
    """A category of motifs."""

    short_name: Needed


class Motif(Shape):
    """Why one comes."""

    name: Needed
    collectif: bool = False
    location_type: Location
    motif_category: Category | None = None


class Lieu(Shape):
    """Where one comes."""

    address: Text | None = None
    phone_number: Text | None = None


class User(Shape):
    """A person."""

    id: Key
    first_name: Text | None = None
    last_name: Text | None = None
    birth_name: Text | None = None
    birth_date: Text | None = None
    email: Text | None = None
    phone_number: Text | None = None
    address: Text | None = None
    affiliation_number: Text | None = None


class Participation(Shape):
    """A person's seat."""

    status: ParticipationStatus
    created_by: str | None = None
    user: User


class Rdv(Shape):
    """An appointment."""

    id: Key
    starts_at: Instant
    duration_in_min: int
    time_zone: str | None = None
    address: Text | None = None
    created_at: Instant | None = None
    max_participants_count: int | None = None
    organisation: Named
    motif: Motif
    lieu: Lieu | None = None
    users: tuple[User, ...] = ()
    participations: tuple[Participation, ...]


class Organisation(Shape):
    """An organisation."""

    id: Key
    name: Needed
    phone_number: Text | None = None


_BOOKED_BY: Final = {
    "agent": BookedBy.AGENT,
    "user": BookedBy.USER,
    "prescripteur": BookedBy.PRESCRIBER,
    # Whoever waited for a slot to be free took it by themself.
    "file_attente": BookedBy.USER,
}
_SHAPES: Final[Mapping[Model, type[Shape]]] = {
    Model.RDV: Named,
    Model.USER: Named,
    Model.USER_PROFILE: Profile,
    Model.ORGANISATION: Named,
}


def envelope(raw: bytes) -> Envelope | None:
    """What a message is about; None for what is not recorded here (§10.5). Raises `Malformed`."""
    read = document(raw)
    meta = shaped(Meta, read.get("meta"))
    if meta.model not in set(Model):
        return None
    model = Model(meta.model)
    about = shaped(_SHAPES[model], read.get("data"))
    return Envelope(thing=_thing(model, about), model=model, at=meta.timestamp)


def _thing(model: Model, about: Any) -> str:
    match model:
        case Model.RDV:
            return f"appointment/{about.id}"
        case Model.USER:
            return f"person/{about.id}"
        case Model.USER_PROFILE:
            return f"following/{about.user.id}/{about.organisation.id}"
        case Model.ORGANISATION:
            return f"organisation/{about.id}"
        case _:
            assert_never(model)


def understand(raw: bytes) -> Told:
    """What a message says, in our words. Raises `Malformed`."""
    read = document(raw)
    meta, data = shaped(Meta, read.get("meta")), read.get("data")
    gone = meta.event is Event.DESTROYED
    forgotten = gone and meta.webhook_reason == RGPD
    match Model(meta.model):
        case Model.RDV:
            return NothingTold() if forgotten else _appointment(shaped(Rdv, data), gone=gone)
        case Model.USER:
            return PersonTold(person=_person(shaped(User, data), meta.timestamp), gone=gone)
        case Model.USER_PROFILE:
            profile = shaped(Profile, data)
            told = FollowingTold(person=profile.user.id, organisation=profile.organisation.id, gone=gone)
            return NothingTold() if forgotten else told
        case Model.ORGANISATION:
            place = shaped(Organisation, data)
            number = place.phone_number and phone.parse(place.phone_number)
            told_of = OrganisationTold(key=place.id, name=place.name, phone=number or None)
            return NothingTold() if gone else told_of


def _appointment(rdv: Rdv, *, gone: bool) -> AppointmentTold:
    at = rdv.created_at or rdv.starts_at
    fuller = {user.id: user for user in rdv.users}
    capacity = rdv.max_participants_count if rdv.motif.collectif else None
    return AppointmentTold(
        key=rdv.id,
        organisation=rdv.organisation.id,
        category=rdv.motif.motif_category.short_name if rdv.motif.motif_category else None,
        motif=rdv.motif.name,
        collective=rdv.motif.collectif,
        capacity=capacity if capacity is not None and 0 < capacity <= MOST_SEATS else None,
        location=rdv.motif.location_type,
        starts_at=rdv.starts_at,
        duration_minutes=min(max(rdv.duration_in_min, 1), LONGEST_MINUTES),
        time_zone=rdv.time_zone if rdv.time_zone in TIME_ZONES else "Europe/Paris",
        address=rdv.address or (rdv.lieu and rdv.lieu.address) or None,
        phone=(rdv.lieu and rdv.lieu.phone_number and phone.parse(rdv.lieu.phone_number)) or None,
        created_at=rdv.created_at,
        seats=tuple(
            Seat(
                person=_person(fuller.get(each.user.id, each.user), at),
                status=each.status,
                booked_by=_BOOKED_BY.get(each.created_by or ""),
            )
            for each in rdv.participations
        ),
        gone=gone,
    )


def _person(user: User, at: datetime) -> Person:
    return Person(
        key=user.id,
        first_name=user.first_name or "",
        last_name=user.last_name or "",
        birth_name=user.birth_name or None,
        birth_date=usable(partial(values.birth_date_of, today=paris_day(at)), user.birth_date),
        email=usable(values.email_of, user.email),
        phone=usable(values.phone_of, user.phone_number),
        address=user.address or None,
        caf_number=usable(values.caf_number_of, user.affiliation_number),
        anonymous=(user.email or "").endswith(ANONYMOUS),
    )


def reread(listed: bytes, at: datetime) -> Iterator[bytes]:
    """The messages that a list of its API amounts to, read at an instant: `{"rdvs": […]}` or `{"users": […]}`.

    Raises `Malformed`.
    """
    read = document(listed)
    for name, model in (("rdvs", Model.RDV), ("users", Model.USER)):
        for each in _listed(read, name):
            meta = {"model": model, "event": Event.UPDATED, "timestamp": at.isoformat()}
            yield orjson.dumps({"data": each, "meta": meta})


def _listed(read: Mapping[str, Any], name: str) -> Sequence[Any]:
    found = read.get(name, [])
    return found if isinstance(found, list) else []


def _record(speaker: Speaker, message: Message, words: Words, told: Told) -> Mapping[str, Noted]:
    return Agenda(speaker=speaker, message=message, words=words).record(told)


SOURCE: Final = Source(
    system=System.RDV_SOLIDARITES,
    understand=understand,
    record=_record,
    last_word_counts=last_word_counts,
    may_break=MAY_BREAK,
)
