"""An organisation and the people who act for it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from domain.organisation import Kind, Organisation, OrganisationEvent, organisation_journey
from domain.organisation.commands import Create
from domain.organisation.events import Created, MemberAdded
from domain.vocabulary import Role, Subject
from tests.spec import NOON, Scenario
from tests.spec import given as _given

NOW = NOON.at
TODAY = date(2026, 1, 5)
SIRET = "73282932000074"
ADA, BEN, CLEO = Subject("ada"), Subject("ben"), Subject("cleo")


def create(*kinds: Kind, **said: Any) -> Create:
    return Create(**{"name": "Mission locale", "kinds": kinds or (Kind.ML,), "departments": ("26",), **said})


def created(*kinds: Kind, **said: Any) -> Created:
    usual = {"name": "Mission locale", "kinds": kinds or (Kind.ML,), "departments": ("26",), "at": NOW}
    return Created(**{**usual, **said})


def added(subject: Subject, role: Role = Role.MEMBER) -> MemberAdded:
    return MemberAdded(subject=subject, role=role)


def given(*history: OrganisationEvent) -> Scenario[Any, Organisation, Any]:
    return _given(organisation_journey.decider, *history)


def standing(*history: OrganisationEvent) -> Organisation:
    return organisation_journey.decider.fold(history)


def later(days: int, *, but: timedelta = timedelta()) -> Any:
    return replace(NOON, at=NOW + timedelta(days=days) - but)
