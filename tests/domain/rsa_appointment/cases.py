"""The people, organisations and moments of RDV-insertion's scenarios (rdv-insertion §12)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from domain.calendar import PARIS
from domain.followed import Followed, Referent
from domain.journey import Context, Dossier
from domain.rsa.categories import CategoryConfiguration, CategoryType, Channel
from domain.rsa.reception import Reception
from domain.rsa_appointment import RsaAppointment, RsaAppointmentCommand, RsaAppointmentEvent, rsa_appointment_journey
from domain.rsa_appointment.codes import BookedBy, InvitationOrigin, Location, ParticipationStatus
from domain.rsa_appointment.commands import Invite, RecordAppointment
from domain.rsa_appointment.events import Invited, Opened, ParticipationAdded, StatusSet
from domain.vocabulary import Family, OrganisationId, OrganisationProfile, Subject
from tests.spec import CAMILLE, Scenario
from tests.spec import given as given_by

CATEGORY: Final = "rsa_orientation"
PHONE: Final = "+33475000000"


def paris(text: str) -> datetime:
    """`06-16 09:00` of 2025 in Paris, or with its own year, as `2022-12-24 00:00`."""
    whole = text if len(text.split(maxsplit=1)[0]) > len("06-16") else f"2025-{text}"
    return datetime.fromisoformat(whole).replace(tzinfo=PARIS).astimezone(UTC)


NOW: Final = paris("06-16 09:00")


def configuration(**said: Any) -> CategoryConfiguration:
    return CategoryConfiguration(**{"category": CATEGORY, "type": CategoryType.RSA_ORIENTATION, **said})


def reception(name: str, *departments: str, phone: str | None = PHONE, **said: Any) -> Reception:
    profile = OrganisationProfile(
        id=OrganisationId(name),
        kinds=("conseil_departemental",),
        families=(Family.RSA,),
        authorised=True,
        departments=departments or ("26",),
    )
    return Reception(profile=profile, phone=phone, **{"categories": {CATEGORY: configuration()}, **said})


O1: Final = reception("o1")
O2: Final = reception("o2")
#: Handles nothing.
O3: Final = reception("o3", categories={})
O1_ID, O2_ID, O3_ID = (each.profile.id for each in (O1, O2, O3))
AROUND: Final = {each.profile.id: each for each in (O1, O2, O3)}
U: Final = Followed(
    email="nour@example.org",
    phone="+33612345678",
    address="1 rue Haute 26000 Valence",
    followers={O1_ID: ("26",)},
)
HER_REFERENT: Final = Referent(referent=Subject("sacha"), organisation=O1_ID)


def followed_by(*organisations: OrganisationId, archived: tuple[OrganisationId, ...] = ()) -> Followed:
    return replace(U, followers=dict.fromkeys(organisations, ("26",)), archived_by=archived)


def around(
    at: datetime = NOW, person: Followed = U, *known: Reception, acting: Reception | None = O1, **cases: RsaAppointment
) -> Context:
    """What is known when somebody of O1 acts; `known` replaces organisations, `cases` adds follow-ups."""
    others = {name.replace("_", "-"): case for name, case in cases.items()}
    return Context(
        at=at,
        actor=CAMILLE,
        acting=acting.profile if acting else None,
        journey="rsa-appointment-1",
        dossier=Dossier({"candidate": person, **others}),
        receptions={**AROUND, **{each.profile.id: each for each in known}},
    )


def configured(**said: Any) -> Reception:
    """O1, with the category configured otherwise."""
    return replace(O1, categories={CATEGORY: configuration(**said)})


OPENED: Final = Opened(
    category=CATEGORY, type=CategoryType.RSA_ORIENTATION, organisation=O1_ID, at=paris("05-01 09:00")
)
INVITE: Final = Invite(
    channel=Channel.SMS,
    origin=InvitationOrigin.USERS_INDEX_PAGE,
    organisations=(O1_ID,),
    bookable=True,
    slots_available=True,
)


def invited(number: int, at: str, expires: str | None = None, **said: Any) -> Invited:
    usual: dict[str, Any] = {
        "channel": Channel.SMS,
        "origin": InvitationOrigin.USERS_INDEX_PAGE,
        "organisations": (O1_ID,),
        "help_phone": PHONE,
        "referents": (),
        "place": None,
    }
    expiry = paris(expires) if expires else None
    return Invited(**{**usual, "number": number, "expires_at": expiry, "at": paris(at), **said})


def taking(starts: str, **said: Any) -> RecordAppointment:
    usual: dict[str, Any] = {
        "appointment": "rdv-1",
        "organisation": O1_ID,
        "motif": "RSA orientation",
        "location": Location.PUBLIC_OFFICE,
        "duration_minutes": 30,
        "booked_by": BookedBy.USER,
    }
    return RecordAppointment(**{**usual, "starts_at": paris(starts), **said})


def added(number: int, at: str, starts: str, **said: Any) -> ParticipationAdded:
    usual: dict[str, Any] = {
        "appointment": f"rdv-{number}",
        "organisation": O1_ID,
        "motif": "RSA orientation",
        "collective": False,
        "location": Location.PUBLIC_OFFICE,
        "duration_minutes": 30,
        "time_zone": "Europe/Paris",
        "address": None,
        "phone": PHONE,
        "booked_by": BookedBy.USER,
        "status": ParticipationStatus.UNKNOWN,
        "convocable": False,
        "seat": None,
    }
    return ParticipationAdded(**{**usual, "number": number, "starts_at": paris(starts), "at": paris(at), **said})


def summoned(number: int, at: str, starts: str, **said: Any) -> ParticipationAdded:
    return added(number, at, starts, **{"motif": "RSA orientation : Convocation", "convocable": True, **said})


def was_set(
    participation: ParticipationAdded,
    status: ParticipationStatus,
    at: datetime = NOW,
    before: ParticipationStatus = ParticipationStatus.UNKNOWN,
) -> StatusSet:
    return StatusSet(
        participation=participation.number, before=before, status=status, starts_at=participation.starts_at, at=at
    )


def given(*history: RsaAppointmentEvent) -> Scenario[RsaAppointmentCommand, RsaAppointment, RsaAppointmentEvent]:
    """A follow-up that O1 opened, and what happened then."""
    return given_by(rsa_appointment_journey.decider, OPENED, *history).within(around())


def standing(*history: RsaAppointmentEvent) -> RsaAppointment:
    return rsa_appointment_journey.decider.fold([OPENED, *history])
