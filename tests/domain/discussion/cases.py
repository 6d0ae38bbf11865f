"""A person asks an establishment (immersion §5)."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from domain.discussion import Discussion, DiscussionEvent
from domain.discussion.codes import Aim, Audience, ContactMode, Side
from domain.discussion.commands import Open, Request
from domain.discussion.events import Opened, Written
from domain.discussion.opening import FIRST_SUBJECT
from domain.discussion.rules import decider
from domain.journey import Context, Dossier
from domain.vocabulary import Role
from tests.domain.immersion.cases import role
from tests.spec import Scenario
from tests.spec import given as given_by

NOW: Final = datetime(2026, 1, 1, 10, tzinfo=UTC)
DAY: Final = timedelta(days=1)
INSTANT: Final = timedelta(microseconds=1)


def someone(of: Role, at: datetime = NOW) -> Context:
    return replace(role(of, at), journey="discussion-1")


WITNESS: Final = someone(Role.WITNESS)
CANDIDATE: Final = someone(Role.CANDIDATE)


def at(instant: datetime) -> Context:
    return someone(Role.SYSTEM, instant)


def beside(context: Context, **cases: Any) -> Context:
    """The same, in a dossier that holds these journeys."""
    return replace(context, dossier=Dossier({name.replace("_", "-"): case for name, case in cases.items()}))


REQUEST: Final = Request(
    audience=Audience.IMMERSION,
    siret="13000548100010",
    business_name="Boulangerie du Blosne",
    contact_mode=ContactMode.EMAIL,
    appellation_code="11573",
    appellation_label="Boulanger / Boulangère",
    aim=Aim.CONFIRM_PROJECT,
    last_name="Haddad",
    first_name="Morgan",
    email="morgan@courriel.example",
    phone="0612345601",
    dates="Tout le mois de mai.",
)


def said(**changes: Any) -> Mapping[str, Any]:
    asked = replace(REQUEST, **changes)
    return {field.name: getattr(asked, field.name) for field in fields(Request)}


def ask(message: str | None = "Bonjour.", *, available: bool = True, **changes: Any) -> Open:
    return Open(**said(**changes), message=message, establishment_available=available)


def opened(at: datetime = NOW, **changes: Any) -> Opened:
    return Opened(**said(**changes), at=at)


def written(number: int = 1, side: Side = Side.BENEFICIARY, at: datetime = NOW, **changes: Any) -> Written:
    usual: dict[str, Any] = {"subject": FIRST_SUBJECT, "text": "Bonjour."}
    return Written(**(usual | changes), at=at, number=number, side=side)


ASKED: Final = (opened(), written())


def given(*events: DiscussionEvent) -> Scenario[Any, Discussion, Any]:
    return given_by(decider, *events)


def standing(*events: DiscussionEvent) -> Discussion:
    return decider.fold(events)
