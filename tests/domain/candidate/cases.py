"""A person called Nour, the organisations around her, and her dossier."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from domain.candidate import Candidate, CandidateEvent, candidate_journey
from domain.candidate.codes import Origin
from domain.candidate.commands import Register
from domain.candidate.events import OrganisationJoined, Registered
from domain.journey import Context
from domain.rsa.reception import Reception
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Role, Subject
from tests.spec import Scenario
from tests.spec import given as _given

NOW = datetime(2026, 1, 5, 11, tzinfo=UTC)
TODAY = date(2026, 1, 5)
NIR = "285027800608490"
OTHER_NIR = "285037800608409"


def organisation(name: str, *departments: str, kind: str = "conseil_departemental") -> OrganisationProfile:
    return OrganisationProfile(
        id=OrganisationId(name), kinds=(kind,), families=(Family.RSA,), authorised=True, departments=departments
    )


DROME = organisation("drome", "26")
ISERE = organisation("isere", "38")
BOTH = organisation("both", "26", "38")
NATIONAL = organisation("national")

AGENT = Actor(subject=Subject("camille"), client="rdv-insertion", role=Role.MEMBER)
NOUR = Actor(subject=Subject("nour"), client="les-emplois", role=Role.CANDIDATE)
AROUND = (DROME, ISERE, BOTH, NATIONAL)
IN_DROME = Context(
    at=NOW,
    actor=AGENT,
    acting=DROME,
    organisations={each.id: each for each in AROUND},
    receptions={each.id: Reception(profile=each, tags=frozenset({"Permis B", "RQTH"})) for each in AROUND},
)


def acting_for(profile: OrganisationProfile | None) -> Context:
    return replace(IN_DROME, acting=profile)


def on(day: date) -> Context:
    return replace(IN_DROME, at=datetime(day.year, day.month, day.day, 11, tzinfo=UTC))


def register(**said: Any) -> Register:
    return Register(**{"first_name": "Nour", "last_name": "Haddad", "phone": "0612345678", **said})


def registered(**said: Any) -> Registered:
    usual: dict[str, Any] = {
        "first_name": "Nour",
        "last_name": "Haddad",
        "phone": "+33612345678",
        "origin": Origin.API,
        "entered_on": TODAY,
        "birth_year": None,
        "department": "26",
        "organisation": DROME.id,
        "organisation_departments": ("26",),
        "account": None,
    }
    return Registered(**{**usual, **said})


def joined(profile: OrganisationProfile) -> OrganisationJoined:
    return OrganisationJoined(organisation=profile.id, departments=profile.departments)


def given(*history: CandidateEvent) -> Scenario[Any, Candidate, Any]:
    return _given(candidate_journey.decider, *history).within(IN_DROME)


def standing(*history: CandidateEvent) -> Candidate:
    return candidate_journey.decider.fold(history)
