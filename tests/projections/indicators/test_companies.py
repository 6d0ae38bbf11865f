"""Which company a fact tells of: the one that the journey is with on that day, else the one that acted."""

from collections.abc import Sequence
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
from projections.projection import Connection as Writer
from tests.domain.hiring import samples as hirings
from tests.domain.immersion import cases as immersions
from tests.domain.job_application import samples
from tests.domain.orientation import cases as orientations
from tests.domain.pass_iae import cases as passes
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
