"""The convention, the people and the agencies of the scenarios (immersion §12)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from domain.immersion import Immersion, ImmersionEvent
from domain.immersion.agreeing import AGREEMENT_RULES
from domain.immersion.codes import Attendance, ConventionKind, Objective, Person, SchoolLevel, Stage
from domain.immersion.commands import CreateAssessment, Modify, Renew, Submit
from domain.immersion.events import (
    AssessmentCreated,
    AssessmentRequested,
    Cancelled,
    Deprecated,
    FoundEligible,
    Rejected,
    Signed,
    Submitted,
    Validated,
)
from domain.immersion.proposal import Proposal
from domain.immersion.rules import decider
from domain.immersion.terms import (
    Beneficiary,
    Contact,
    ConventionTerms,
    Employer,
    Schooling,
    Slot,
    Tutor,
    WorkDay,
    terms_of,
)
from domain.journey import Context, Dossier, Refusal
from domain.vocabulary import Actor, Family, OrganisationId, OrganisationProfile, Role, Subject
from tests.spec import Scenario
from tests.spec import given as given_by

#: Submitted on 1 April 2026, for five days of seven hours from Monday 4 to Friday 8 May.
NOW: Final = datetime(2026, 4, 1, 10, tzinfo=UTC)
TODAY: Final = date(2026, 4, 1)
STARTS: Final = date(2026, 5, 4)
ENDS: Final = date(2026, 5, 8)
HOUR: Final = timedelta(hours=1)
INSTANT: Final = timedelta(microseconds=1)


def agency(name: str, **said: Any) -> OrganisationProfile:
    usual: dict[str, Any] = {"kinds": ("agency_mission_locale",), "families": (Family.IMMERSION_AGENCY,)}
    known: dict[str, Any] = {"id": OrganisationId(name), "authorised": True, "departments": ("35",)}
    return OrganisationProfile(**(usual | known | said))


#: One step; two steps; and two steps, the second of which A's B takes.
ONE: Final = agency("one")
TWO: Final = agency("two", two_steps=True)
B: Final = agency("b")
A: Final = agency("a", two_steps=True, refers_to=B.id)
PRESCRIBER: Final = agency("prescriber", kinds=("ml",), families=(Family.PRESCRIBER,))
KNOWN: Final = {profile.id: profile for profile in (ONE, TWO, A, B, PRESCRIBER)}


def actor(name: str, role: Role = Role.MEMBER) -> Actor:
    return Actor(subject=Subject(name), client="immersion-facilitee", role=role)


def by(acting: OrganisationProfile | None, at: datetime = NOW, name: str = "camille") -> Context:
    """Somebody acting for an agency."""
    return Context(
        at=at,
        actor=actor(name),
        acting=acting,
        journey="immersion-1",
        organisations=KNOWN,
        member_of=frozenset({acting.id}) if acting else frozenset(),
    )


def role(of: Role, at: datetime = NOW) -> Context:
    """Somebody who acts for no organisation: a witness, the candidate, staff, time."""
    return replace(by(None, at), actor=actor("somebody", of))


WITNESS: Final = role(Role.WITNESS)
CANDIDATE: Final = role(Role.CANDIDATE)
STAFF: Final = role(Role.STAFF)


def at(instant: datetime) -> Context:
    return role(Role.SYSTEM, instant)


def beside(context: Context, *history: ImmersionEvent) -> Context:
    """The same, in a dossier in which that has happened to `immersion-1`."""
    return replace(context, journey="immersion-2", dossier=Dossier({"immersion-1": decider.fold(history)}))


def days(first: date, number: int, minutes: int = 420, start: int = 540) -> tuple[WorkDay, ...]:
    """So many days in a row, of so many minutes from nine o'clock."""
    slots = (Slot(starts=start, ends=start + minutes),)
    return tuple(WorkDay(on=first + timedelta(days=day), slots=slots) for day in range(number))


MORGAN: Final = Beneficiary(
    last_name="Haddad",
    first_name="Morgan",
    email="morgan@courriel.example",
    phone="+33612345601",
    birth_date="1990-01-01",
)
REPRESENTATIVE: Final = Contact(
    last_name="Morel", first_name="Jeanne", email="jeanne@boulangerie.example", phone="+33612345602"
)
TUTOR: Final = Tutor(
    last_name="Petit", first_name="Luc", email="luc@boulangerie.example", phone="+33612345603", job="Boulanger"
)
PARENT: Final = Contact(last_name="Haddad", first_name="Nour", email="nour@courriel.example", phone="+33612345604")
EMPLOYER: Final = Employer(
    last_name="Roy",
    first_name="Alix",
    email="alix@garage.example",
    phone="+33612345605",
    job="Gérante",
    siret="73282932000074",
    business_name="Garage Roy",
)
SCHOOL: Final = Schooling(
    level=SchoolLevel.SECONDE, school="Lycée Bréquigny", school_postcode="35200", address="2 rue Haute, 35000 Rennes"
)

TERMS: Final = ConventionTerms(
    kind=ConventionKind.IMMERSION,
    siret="13000548100010",
    business_name="Boulangerie du Blosne",
    starts_on=STARTS,
    ends_on=ENDS,
    schedule=days(STARTS, 5),
    objective=Objective.DISCOVER,
    appellation_code="11573",
    appellation_label="Boulanger / Boulangère",
    rome_code="D1102",
    activities="Pétrir, façonner, cuire.",
    address="1 rue du Four, 35200 Rennes",
    beneficiary=MORGAN,
    establishment_representative=REPRESENTATIVE,
    tutor=TUTOR,
)


def terms(**changes: Any) -> ConventionTerms:
    return replace(TERMS, **changes)


def born(day: str, **more: Any) -> Beneficiary:
    return replace(MORGAN, birth_date=day, **more)


def mini_stage(**changes: Any) -> ConventionTerms:
    """The same days for a pupil of 17, with a legal representative."""
    usual: dict[str, Any] = {
        "kind": ConventionKind.MINI_STAGE,
        "beneficiary": born("2009-01-01", schooling=SCHOOL),
        "legal_representative": PARENT,
    }
    return replace(TERMS, **(usual | changes))


def submit(agreed: ConventionTerms = TERMS, agency: OrganisationProfile = ONE, discussion: str | None = None) -> Submit:
    return Submit(**terms_of(agreed), agency=agency.id, discussion=discussion)


def modify(agreed: ConventionTerms = TERMS, person: Person | None = None, justification: str | None = None) -> Modify:
    return Modify(**terms_of(agreed), person=person, justification=justification)


def submitted(
    agreed: ConventionTerms = TERMS, agency: OrganisationProfile = ONE, at: datetime = NOW, **more: Any
) -> Submitted:
    return Submitted(
        **terms_of(agreed),
        at=at,
        agency=agency.id,
        two_steps=agency.two_steps,
        validator=agency.refers_to or agency.id,
        **more,
    )


def signed(person: Person, at: datetime = NOW) -> Signed:
    return Signed(at=at, person=person)


SIGNED: Final = (signed(Person.BENEFICIARY), signed(Person.ESTABLISHMENT_REPRESENTATIVE))
VALIDATED: Final = Validated(at=NOW, starts_on=STARTS, ends_on=ENDS)
ELIGIBLE: Final = FoundEligible(at=NOW, by=Subject("counsellor"))
REQUESTED: Final = AssessmentRequested(at=NOW)


def renew(**changes: Any) -> Renew:
    first = date(2026, 5, 11)
    usual: dict[str, Any] = {
        "convention": "immersion-1",
        "starts_on": first,
        "ends_on": date(2026, 5, 15),
        "schedule": days(first, 5),
        "justification": "Voir une semaine entière.",
    }
    return Renew(**(usual | changes))


def assess(**changes: Any) -> CreateAssessment:
    usual: dict[str, Any] = {
        "attendance": Attendance.COMPLETED,
        "feedback": "Ponctuel.",
        "advice": "Un CAP.",
        "ended_with_a_job": False,
        "person": Person.TUTOR,
    }
    return CreateAssessment(**(usual | changes))


def assessed(**changes: Any) -> AssessmentCreated:
    usual: dict[str, Any] = {
        "at": NOW,
        "attendance": Attendance.COMPLETED,
        "by": Person.TUTOR,
        "starts_on": STARTS,
        "ends_on": ENDS,
        "minutes_made": 2100,
        "missed_minutes": 0,
        "feedback": "Ponctuel.",
        "advice": "Un CAP.",
        "ended_with_a_job": False,
    }
    return AssessmentCreated(**(usual | changes))


def history(stage: Stage, agency: OrganisationProfile = ONE, agreed: ConventionTerms = TERMS) -> list[ImmersionEvent]:
    """A short way to a stage; everything happens at the moment of the submission."""
    asked = submitted(agreed, agency)
    ways: Mapping[Stage, Sequence[ImmersionEvent]] = {
        Stage.NOT_SUBMITTED: [],
        Stage.READY_TO_SIGN: [asked],
        Stage.PARTIALLY_SIGNED: [asked, SIGNED[0]],
        Stage.IN_REVIEW: [asked, *SIGNED],
        Stage.ELIGIBLE: [asked, *SIGNED, ELIGIBLE],
        Stage.VALIDATED: [asked, *SIGNED, VALIDATED],
        Stage.REJECTED: [asked, Rejected(at=NOW, justification="Non.")],
        Stage.CANCELLED: [asked, *SIGNED, VALIDATED, Cancelled(at=NOW, justification="Fermeture.")],
        Stage.DEPRECATED: [asked, Deprecated(at=NOW, justification="Trop tard.", was=Stage.READY_TO_SIGN)],
    }
    return list(ways[stage])


def refusal(agreed: ConventionTerms, submitted_on: date = TODAY) -> type[Refusal] | None:
    """The reason of the first rule of agreement that the terms break."""
    proposal = Proposal(terms=agreed, submitted_on=submitted_on)
    found = next((why for rule in AGREEMENT_RULES if (why := rule(proposal)) is not None), None)
    return None if found is None else type(found)


def given(*events: ImmersionEvent) -> Scenario[Any, Immersion, Any]:
    return given_by(decider, *events)


def standing(*events: ImmersionEvent) -> Immersion:
    return decider.fold(events)
