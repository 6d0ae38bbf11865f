"""The people, structures and histories of DORA's scenarios (dora §8)."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any, Final

from domain.calendar import paris_time
from domain.journey import Context, Dossier
from domain.orientation import (
    Accept,
    Accepted,
    Attachment,
    ContactPreference,
    DocumentAttached,
    Expired,
    HeldForModeration,
    Orientation,
    OrientationCommand,
    OrientationEvent,
    Origin,
    RefusalReason,
    Refuse,
    Refused,
    RejectedByModeration,
    Send,
    Sent,
    Stage,
    StartConfirmed,
    orientation_journey,
)
from domain.vocabulary import Family, OrganisationId, OrganisationProfile
from tests.spec import CAMILLE, Scenario
from tests.spec import given as given_by

MARCH_1: Final = date(2026, 3, 1)


def structure(name: str, *, authorised: bool = True, active: bool = True) -> OrganisationProfile:
    return OrganisationProfile(
        id=OrganisationId(name),
        kinds=("cd",),
        families=(Family.PRESCRIBER,),
        authorised=authorised,
        departments=("75",),
        active=active,
    )


A: Final = structure("a")
UNMODERATED_A: Final = structure("a", authorised=False)
B: Final = structure("b")


def at(instant: datetime, acting: OrganisationProfile | None = A, dossier: Dossier | None = None) -> Context:
    return Context(
        at=instant,
        actor=CAMILLE,
        acting=acting,
        journey="orientation-1",
        dossier=dossier or Dossier(),
        organisations={B.id: B},
        member_of=frozenset(),
    )


def on(day: date, acting: OrganisationProfile | None = A, dossier: Dossier | None = None) -> Context:
    return at(paris_time(day, time(9)), acting, dossier)


def day(month: int, number: int, year: int = 2026) -> date:
    return date(year, month, number)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


PDF: Final = Attachment(reference="0" * 32, name="cv.pdf", size=1)

SEND: Final = Send(
    origin=Origin.DORA,
    service_id="dora--s",
    service_name="Atelier vélo",
    receiver=B.id,
    receiver_name="Structure B",
    service_address="1 rue X, 75001 Paris",
    service_contact_name="Sacha Contact",
    service_contact_email="contact@b.fr",
    service_contact_phone="0100000000",
    weekly_hours=10,
    weeks=4,
    beneficiary_last_name="Beneficiary",
    beneficiary_first_name="Bao",
    contact_preferences=(ContactPreference.EMAIL,),
    beneficiary_email="b@x.fr",
    referent_last_name="Referent",
    referent_first_name="Robin",
    referent_email="r@a.fr",
    prescriber_last_name="Prescriber",
    prescriber_first_name="Pat",
    prescriber_email="p@a.fr",
    situation=("Jeunes", "Résidents QPV"),
    service_orientable=True,
    data_protection_commitment=True,
)


def sending(**changes: Any) -> Send:
    return replace(SEND, **changes)


def sent(day: date = MARCH_1, **changes: Any) -> Sent:
    values: dict[str, Any] = {
        "origin": Origin.DORA,
        "service_id": "dora--s",
        "service_name": "Atelier vélo",
        "receiver": B.id,
        "receiver_name": "Structure B",
        "service_address": "1 rue X, 75001 Paris",
        "service_contact_name": "Sacha Contact",
        "service_contact_email": "contact@b.fr",
        "service_contact_phone": "0100000000",
        "weekly_hours": 10,
        "weeks": 4,
        "beneficiary_last_name": "Beneficiary",
        "beneficiary_first_name": "Bao",
        "contact_preferences": (ContactPreference.EMAIL,),
        "beneficiary_email": "b@x.fr",
        "referent_last_name": "Referent",
        "referent_first_name": "Robin",
        "referent_email": "r@a.fr",
        "prescriber_last_name": "Prescriber",
        "prescriber_first_name": "Pat",
        "prescriber_email": "p@a.fr",
        "situation": "Jeunes\nRésidents QPV",
        "requirements": None,
        "sender": A.id,
        "on": day,
    }
    return Sent(**(values | changes))


ATTACHED: Final = DocumentAttached(reference=PDF.reference, name=PDF.name, size=PDF.size)
ACCEPT: Final = Accept(message_to_beneficiary="Bienvenue", message_to_prescriber="Merci")
REFUSE: Final = Refuse(reasons=(RefusalReason.SESSION_FULL,), message="La session est complète.")


def accepted(day: date) -> Accepted:
    return Accepted(on=day, message_to_beneficiary="Bienvenue", message_to_prescriber="Merci")


def refused(day: date) -> Refused:
    return Refused(on=day, reasons=(RefusalReason.SESSION_FULL,), message="La session est complète.")


HELD: Final = HeldForModeration()

#: One way to each stage.
REACHED: Final[dict[Stage, tuple[OrientationEvent, ...]]] = {
    Stage.NOT_SENT: (),
    Stage.HELD: (sent(), HELD),
    Stage.REJECTED_BY_MODERATION: (sent(), HELD, RejectedByModeration(on=day(3, 2))),
    Stage.OPEN: (sent(),),
    Stage.ACCEPTED: (sent(), ATTACHED, accepted(day(3, 2))),
    Stage.STARTED: (sent(), ATTACHED, accepted(day(3, 2)), StartConfirmed(on=day(3, 2))),
    Stage.REFUSED: (sent(), refused(day(3, 2))),
    Stage.EXPIRED: (sent(), Expired(on=day(3, 31))),
}


def given(*history: OrientationEvent) -> Scenario[OrientationCommand, Orientation, OrientationEvent]:
    return given_by(orientation_journey.decider, *history)


def standing(*history: OrientationEvent) -> Orientation:
    return orientation_journey.decider.fold(history)
