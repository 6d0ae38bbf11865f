"""What qualifies a fact, what belongs together, and what is told before its day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.events import Diagnosed
from domain.hiring.codes import EndReason, ExitCategory
from domain.hiring.events import Cancelled, Declared, Ended, Started
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.iae.right import SuspensionReason
from domain.job_application.codes import RefusalReason
from domain.job_application.events import Refused
from domain.pass_iae.events import SuspensionDeclared
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import DEFINITIONS
from projections.indicators.figures import Figure, Share
from projections.indicators.measuring import measured
from projections.projection import Connection as Writer
from tests.domain.job_application import samples
from tests.domain.orientation import cases
from tests.domain.pass_iae.cases import issued
from tests.projections.indicators.ask import stock_dossiers
from tests.projections.indicators.test_milestones import NOON, project, registered, rows, told
from tests.spec import CAMILLE

MARCH_1: Final = date(2026, 3, 1)
VERSIONS: Final = [DEFINITIONS["without-solution-30-days", version] for version in (1, 2)]


def day(days: int) -> date:
    return MARCH_1 + timedelta(days=days)


def diagnosed(author: AuthorKind, *criteria: Criterion) -> Diagnosed:
    return Diagnosed(
        author_kind=author,
        author=CAMILLE.subject,
        organisation=cases.A.id,
        organisation_kinds=("aci",),
        criteria=criteria,
        on=MARCH_1,
        expires_on=day(92),
        allowance=None,
        scheme=Scheme.IAE,
    )


def declared(application: str = "job-application-1") -> Declared:
    return Declared(
        at=NOON, application=application, company=cases.A.id, company_kinds=("aci",), agreed_at=NOON, starts_on=day(5)
    )


def accepted(diagnosis: str | None, days: int = 0) -> Any:
    return replace(samples.hired(NOON + timedelta(days=days)), diagnosis=diagnosis)


def details(connection: Writer, kind: str) -> Sequence[str]:
    found = connection.execute("select detail from milestone where kind = %s order by root, root_version", [kind])
    return [detail for (detail,) in found.fetchall()]


def the(connection: Writer, name: str, at: datetime = NOON + timedelta(days=60)) -> Figure:
    definition = DEFINITIONS[name, 1]
    months = None if definition.measures == ("stock",) else Months(MARCH_1, MARCH_1)
    (figure,) = measured(connection, Question(definition=definition, known=Knowledge(at), months=months))
    return figure


def counts(figure: Figure) -> tuple[int, int]:
    assert isinstance(figure.result, Share)
    return figure.result.numerator, figure.result.denominator


def test_a_submission_says_who_sent_it_and_to_whom_a_refusal_why(milestones: Writer) -> None:
    submitted = samples.sent(at=NOON)
    refused = Refused(at=NOON, reason=RefusalReason.NO_POSITION, shared=True)
    project(milestones, told(("job-application-1", submitted, 0), ("job-application-1", refused, 3)))
    found = milestones.execute(
        "select kind, detail, receiver, receiver_kinds from milestone order by 1 desc"
    ).fetchall()
    company = ("+".join(sorted(submitted.company_kinds)), submitted.company)
    assert found == [
        ("application_submitted", submitted.sender_kind.value, company[1], company[0]),
        ("application_refused", "no_position", "unknown", "unknown"),
    ]


@pytest.mark.parametrize(
    ("criteria", "level"),
    [((), "none"), ((Criterion.RSA,), "level_1"), ((Criterion.QPV, Criterion.TH), "level_2"),
     ((Criterion.QPV, Criterion.AAH), "level_1")],
)  # fmt: skip
def test_a_diagnosis_says_the_highest_level_of_its_criteria(
    milestones: Writer, criteria: tuple[Criterion, ...], level: str
) -> None:
    events = told(
        ("eligibility-check-1", diagnosed(AuthorKind.PRESCRIBER, *criteria), 0),
        ("orientation-1", cases.sent(day(1)), 1),
    )
    project(milestones, events)
    found = milestones.execute("select kind, detail, criteria from milestone order by kind").fetchall()
    assert found == [("diagnosed", "prescriber", level), ("oriented", "unknown", level)]


def test_trap_9_a_hire_is_self_prescribed_by_the_diagnosis_it_was_accepted_on_not_by_the_latest(
    milestones: Writer,
) -> None:
    events = told(
        ("eligibility-check-1", diagnosed(AuthorKind.EMPLOYER), 0),
        ("job-application-1", accepted("eligibility-check-1", 1), 1),
        ("eligibility-check-2", diagnosed(AuthorKind.PRESCRIBER), 2),
        ("job-application-2", accepted("eligibility-check-2", 3), 3),
        ("job-application-3", accepted("eligibility-check-1", 4), 4),
        ("job-application-4", accepted(None, 5), 5),
    )
    project(milestones, events)
    assert details(milestones, "hire_accepted") == ["employer", "prescriber", "employer", "unknown"]
    figure = the(milestones, "self-prescription")
    assert counts(figure) == (2, 3)


@pytest.mark.parametrize("definition", VERSIONS, ids=["version 1", "version 2"])
def test_the_end_of_a_contract_ends_the_hire_that_led_to_it(milestones: Writer, definition: Any) -> None:
    ended = Ended(at=NOON, on=day(20), reason=EndReason.TERM_REACHED, category=ExitCategory.UNKNOWN)
    events = told(
        ("candidate", registered(), 0),
        ("job-application-1", accepted(None, 2), 2),
        ("hiring-1", declared(), 2),
        ("hiring-1", Started(at=NOON, on=day(5)), 5),
        ("hiring-1", ended, 20),
    )
    project(milestones, events)
    standings = []
    for days in (19, 20, 50, 51):
        (person,) = stock_dossiers(milestones, definition, Knowledge(NOON + timedelta(days=days)))
        standings.append((person.standing, (person.since - MARCH_1).days))
    assert standings == [("with_solution", 0), ("waiting", 20), ("waiting", 20), ("without_solution", 20)]


def test_a_contract_that_no_application_of_the_dossier_told_stands_for_itself(milestones: Writer) -> None:
    events = told(
        ("candidate", registered(), 0),
        ("job-application-1", accepted(None, 1), 1),
        ("hiring-1", declared("job-application-2"), 2),
        ("hiring-1", Started(at=NOON, on=day(5)), 5),
        ("hiring-1", Cancelled(at=NOON), 6),
    )
    project(milestones, events)
    (person,) = stock_dossiers(milestones, VERSIONS[1], Knowledge(NOON + timedelta(days=40)))
    assert (person.standing, person.solutions) == ("with_solution", ("hire_accepted",))


def test_trap_14_an_exit_that_nobody_qualified_is_published_beside_the_rate(milestones: Writer) -> None:
    for number, category in enumerate((ExitCategory.LASTING_JOB, ExitCategory.OTHER_EXIT, ExitCategory.UNKNOWN,
                                       ExitCategory.WITHDRAWN)):  # fmt: skip
        ended = Ended(at=NOON, on=day(number), reason=EndReason.TERM_REACHED, category=category)
        project(milestones, told(("hiring-1", ended, number), root=f"candidate/{number}"))
    figure = the(milestones, "positive-exits")
    assert counts(figure) == (1, 2)
    assert figure.exclusions == {"contract_ended": 1, "contract_ended:withdrawn": 1}


@pytest.mark.parametrize(("days", "standing"), [(-91, (0, 1)), (-90, (1, 1)), (-1, (1, 1)), (0, (1, 1)), (1, None)])
def test_trap_21_a_pass_is_valid_on_its_last_day_and_over_on_the_next(
    milestones: Writer, days: int, standing: tuple[int, int] | None
) -> None:
    last_day = date(2026, 12, 31)
    project(milestones, told(("pass-iae-1", issued(MARCH_1, last_day), 0)))
    at = datetime(2026, 12, 31, 12, tzinfo=UTC) + timedelta(days=days)
    figure = the(milestones, "pass-iae-valid", at)
    assert (counts(figure) if isinstance(figure.result, Share) else None) == standing


def test_a_suspension_moves_the_end_of_the_pass_from_the_day_it_is_told(milestones: Writer) -> None:
    paused = SuspensionDeclared(
        number=1,
        declared_on=day(10),
        reason=SuspensionReason.CONTRACT_SUSPENDED,
        starts_on=day(10),
        ends_on=day(40),
        pass_ends_on=day(130),
    )
    project(milestones, told(("pass-iae-1", issued(MARCH_1, day(100)), 0), ("pass-iae-1", paused, 10)))
    assert [row for row in rows(milestones) if row[0] == "pass_iae_over"] == [
        ("pass_iae_over", 101, 0, 10),
        ("pass_iae_over", 131, 10, None),
    ]
    assert details(milestones, "pass_iae_suspended") == ["contract_suspended"]
