"""Which company a fact tells of: the one that the journey is with on that day, else the one that acted."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from domain.candidate.codes import EmploymentKind
from domain.candidate.events import EmploymentFound
from domain.immersion.events import Modified
from domain.immersion.terms import terms_of
from domain.job_application.events import Transferred
from domain.pass_iae.events import HireServed
from domain.vocabulary import OrganisationProfile
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.discretion import OTHERS, Secret
from projections.indicators.publication import Published, shown
from projections.milestones.kinds import Kind
from projections.projection import Connection as Writer
from tests.domain.hiring import samples as hirings
from tests.domain.immersion import cases as immersions
from tests.domain.job_application import samples
from tests.domain.orientation import cases as orientations
from tests.domain.pass_iae import cases as passes
from tests.projections.indicators.facts import Fact, noon, store
from tests.projections.indicators.test_milestones import MARCH_1, NOON, project, told

MOVED = Transferred(
    at=NOON + timedelta(days=2),
    from_company=samples.ACI.id,
    to=samples.EI.id,
    to_kinds=samples.EI.kinds,
    by=samples.NOUR.subject,
)


def companies(connection: Writer) -> Sequence[tuple[str, str | None]]:
    told = connection.execute("select kind, company from milestone order by root_version, kind")
    return [(kind, company) for kind, company in told.fetchall()]


def test_an_application_tells_of_the_company_that_has_it_that_day(milestones: Writer) -> None:
    application = [
        ("job-application-1", samples.sent(at=NOON), 0),
        ("job-application-1", MOVED, 2),
        ("job-application-1", samples.hired(NOON + timedelta(days=3)), 3),
    ]
    other = ("job-application-2", samples.sent(samples.GEIQ, at=NOON), 4)
    project(milestones, told(*application, other, organisation=samples.PRESCRIBER))
    assert companies(milestones) == [
        ("application_submitted", "aci"),
        ("hire_accepted", "ei"),
        ("application_submitted", "geiq"),
    ]


def test_a_contract_tells_of_the_company_whoever_tells_it(milestones: Writer) -> None:
    project(milestones, told(("hiring-1", hirings.DECLARED, 0), ("hiring-1", hirings.STARTED, 1), organisation=None))
    assert companies(milestones) == [("contract_started", "aci")]


def test_an_immersion_tells_of_the_establishment_as_it_was_agreed_on(milestones: Writer) -> None:
    asked = immersions.submitted()
    elsewhere = Modified(**{**terms_of(asked), "siret": "73282932000074"}, at=NOON, by=None)
    project(milestones, told(*(("immersion-1", event, 0) for event in (asked, elsewhere, immersions.VALIDATED))))
    assert companies(milestones) == [
        (kind, "siret:73282932000074") for kind in ("immersion_agreed", "immersion_ended", "immersion_started")
    ]


def test_a_pass_tells_of_the_company_whose_hire_used_it_last(milestones: Writer) -> None:
    day = date(2026, 5, 1)
    project(
        milestones,
        told(
            ("pass-iae-1", passes.issued(), 0),
            ("pass-iae-1", HireServed(application="job-application-2", company=passes.EI.id), 10),
            ("pass-iae-1", passes.paused(day, day, day), 70),
        ),
    )
    found = [(kind, company) for kind, company in companies(milestones) if kind != "pass_iae_over"]
    assert found == [("pass_iae_issued", "aci"), ("pass_iae_suspended", "ei")]


@pytest.mark.parametrize(
    ("acting", "company"), [(samples.ACI, "aci"), (samples.GEIQ, "geiq"), (samples.PRESCRIBER, None), (None, None)]
)
def test_what_is_with_no_company_tells_of_the_one_that_acted(
    milestones: Writer, acting: OrganisationProfile | None, company: str | None
) -> None:
    found: Any = EmploymentFound(on=MARCH_1, kind=EmploymentKind.PERMANENT)
    project(milestones, told(("candidate", found, 0), ("orientation-1", orientations.sent(), 1), organisation=acting))
    assert companies(milestones) == [("employment_declared", company), ("oriented", company)]


@pytest.fixture
def by_organisation(milestones: Writer) -> Sequence[Published]:
    """Hires of March, by who told them: prescribers with many and with few, a company, one of two kinds."""
    hires = [
        *many(30, "ml-a", "ml"),
        *many(20, "ml-b", "ml"),
        *many(4, "ml-c", "ml"),
        *many(40, "aci-a", "aci"),
        *many(15, "ml-d", "ml"),
        *many(15, "ml-d", "chrs+ml"),
        *many(30, "council-a", "conseil_departemental"),
    ]
    store(milestones, (replace(fact, root=f"candidate/{place}") for place, fact in enumerate(hires)))
    asked = Question(
        definition=DEFINITIONS["hires-accepted", 1],
        known=Knowledge(noon(date(2026, 6, 1))),
        by=Dimension.ORGANISATION,
        months=Months(MARCH_1, MARCH_1),
    )
    return shown(milestones, asked)


def many(number: int, organisation: str, kinds: str) -> Sequence[Fact]:
    company = organisation if kinds == "aci" else None
    hire = Fact(
        root="",
        root_version=1,
        journey="job-application-1",
        kind=Kind.HIRE_ACCEPTED,
        occurred_on=MARCH_1,
        recorded_at=noon(MARCH_1),
        organisation=organisation,
        organisation_kinds=kinds,
        company=company,
    )
    return [hire] * number


def test_analysts_see_the_figures_of_no_company_and_of_nobody_by_subtraction(
    by_organisation: Sequence[Published],
) -> None:
    assert [(each.modality, getattr(each.result, "number", each.result)) for each in by_organisation] == [
        ("ml-a", 30),
        ("ml-b", 20),
        # The company, the council whose figure would give it away, four hires, and who had other kinds meanwhile.
        (OTHERS, Secret.SECRET),
    ]
