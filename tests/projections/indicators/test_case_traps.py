"""The traps of impact, Appendix B, on the figures of cases: delays, shares of what was decided, counts of a month."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import pytest
from psycopg import Connection

from domain.formats.department import DEPARTMENTS
from domain.formats.region import REGIONS, region_of
from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Figure, NotAvailable, NotReached, Share, Times, Why
from projections.indicators.measuring import measured, revised
from projections.milestones.kinds import Kind
from tests.projections.indicators.facts import Fact, noon, on, store
from tests.projections.indicators.test_traps import fact

JANUARY_5: Final = date(2026, 1, 5)
LATER: Final = Knowledge(noon(date(2026, 12, 31)))


def application(number: int, *told: tuple[Kind, int, str], sent: str = "prescriber", **more: Any) -> Sequence[Fact]:
    """An application of one person, sent on 5 January, and what came of it after so many days."""
    root = f"candidate/{number}"
    submitted = fact(Kind.APPLICATION_SUBMITTED, JANUARY_5, root, root_version=1, detail=sent, **more)
    answers = [
        fact(kind, on(JANUARY_5, days), root, root_version=rank, detail=detail)
        for rank, (kind, days, detail) in enumerate(told, 2)
    ]
    return [submitted, *answers]


REFUSED, HIRED, OPENED = Kind.APPLICATION_REFUSED, Kind.HIRE_ACCEPTED, Kind.APPLICATION_OPENED


def asked(name: str, known: Knowledge = LATER, by: Dimension = Dimension.NONE) -> Question:
    return Question(definition=DEFINITIONS[name, 1], known=known, by=by, months=Months(JANUARY_5, JANUARY_5))


def the(connection: Connection[Any], name: str, known: Knowledge = LATER) -> Figure:
    (figure,) = measured(connection, asked(name, known))
    return figure


def counts(figure: Figure) -> tuple[int, int]:
    assert isinstance(figure.result, Share)
    return figure.result.numerator, figure.result.denominator


def test_trap_2_a_reason_is_compared_as_the_code_that_it_is(milestones: Connection[Any]) -> None:
    store(milestones, application(1, (REFUSED, 3, "no_position")))
    store(milestones, application(2, (REFUSED, 60, "auto")))
    store(milestones, application(3, (HIRED, 5, "unknown")))
    figure = the(milestones, "application-refusal")
    assert counts(figure) == (1, 2)
    assert isinstance(figure.result, Share)
    assert figure.result.lines == {
        "hire_accepted": 1,
        "application_refused": 1,
        "application_refused:no_position": 1,
    }
    assert figure.exclusions == {"application_refused:auto": 1}


def test_trap_3_a_refusal_without_a_reason_is_a_refusal_and_no_other_one(milestones: Connection[Any]) -> None:
    store(milestones, application(1, (REFUSED, 3, "unknown")))
    figure = the(milestones, "application-unanswered-60-days")
    assert counts(figure) == (0, 1)


@pytest.mark.parametrize(("days", "expected"), [(29, (0, 1)), (30, (0, 1)), (31, (1, 1))])
def test_traps_6_and_7_an_answer_on_the_thirtieth_day_is_in_time(
    milestones: Connection[Any], days: int, expected: tuple[int, int]
) -> None:
    store(milestones, application(1, (REFUSED, days, "other")))
    assert counts(the(milestones, "application-unanswered-30-days")) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(30, (0, 1)), (31, (1, 1)), (210, (1, 1)), (211, (1, 1)), (212, (1, 1))]
)
def test_trap_8_no_day_falls_between_two_classes_of_waiting(
    milestones: Connection[Any], days: int, expected: tuple[int, int]
) -> None:
    store(milestones, application(1))
    definition = DEFINITIONS["applications-waiting-30-days", 1]
    known = Knowledge(noon(on(JANUARY_5, days)))
    (figure,) = measured(milestones, Question(definition=definition, known=known))
    assert counts(figure) == expected


def test_trap_10_a_cancelled_hire_leaves_what_was_published_and_a_revision(milestones: Connection[Any]) -> None:
    cancelled = noon(date(2026, 6, 1))
    hired = fact(HIRED, on(JANUARY_5, 5), "candidate/1", root_version=2, voided_at=cancelled)
    store(milestones, [application(1)[0], hired])
    store(milestones, application(2, (REFUSED, 9, "other")))
    (revision,) = revised(milestones, asked("application-acceptance", Knowledge(noon(date(2026, 5, 1)))), LATER.at)
    assert (counts(revision.then), counts(revision.now)) == ((1, 2), (0, 1))
    assert revision.points == -50
    assert revision.now.exclusions == {"none": 1}


def test_trap_12_an_unanswered_application_makes_the_delay_longer_and_a_refusal_by_time_ends_it(
    milestones: Connection[Any],
) -> None:
    for number, told in enumerate([(HIRED, 10, "unknown"), (REFUSED, 20, "other"), (REFUSED, 60, "auto")]):
        store(milestones, application(number, told))
    store(milestones, application(9))
    figure = the(milestones, "application-unanswered-60-days")
    # 4 wait: 1 - 1/4 after day 10, then 3/4 x 2/3 = 1/2 after day 20; nobody answers after day 60.
    assert figure.times == Times(median=20, p80=NotReached.NOT_REACHED)


def test_trap_13_a_month_of_applications_is_immature_until_its_last_window_ends(milestones: Connection[Any]) -> None:
    store(milestones, application(1, (HIRED, 1, "unknown")))
    young = the(milestones, "application-acceptance", Knowledge(noon(on(JANUARY_5, 59))))
    assert (young.result, young.waiting) == (NotAvailable(Why.IMMATURE), 1)
    assert counts(the(milestones, "application-acceptance", Knowledge(noon(on(JANUARY_5, 60))))) == (1, 1)


def test_trap_14_what_nobody_decided_is_published_beside_what_was(milestones: Connection[Any]) -> None:
    store(milestones, application(1, (HIRED, 1, "unknown")))
    store(milestones, application(2))
    figure = the(milestones, "application-acceptance")
    assert (counts(figure), figure.exclusions) == ((1, 1), {"none": 1})


def test_trap_15_a_region_is_made_of_its_departements_as_they_are_coded(milestones: Connection[Any]) -> None:
    for number, department in enumerate(["01", "69", "2A", "974", "978", "unknown"]):
        store(milestones, application(number, (HIRED, 1, "unknown"), department=department))
    found = measured(milestones, asked("application-acceptance", by=Dimension.REGION))
    assert [(figure.modality, counts(figure)) for figure in found] == [
        ("04", (1, 1)),
        ("84", (2, 2)),
        ("94", (1, 1)),
        ("978", (1, 1)),
        ("unknown", (1, 1)),
    ]


def test_trap_15_every_departement_of_a_region_is_one_and_in_no_other() -> None:
    of_regions = [department for departments in REGIONS.values() for department in departments]
    assert len(of_regions) == len(set(of_regions)) == 101
    assert set(of_regions) < DEPARTMENTS
    assert {department for department in DEPARTMENTS if region_of(department) == department} == {
        "975", "977", "978", "984", "986", "987", "988", "989",
    }  # fmt: skip


def test_trap_16_every_indicator_bands_ages_alike() -> None:
    bands = {definition.terms.age_bands for definition in DEFINITIONS.values()}
    assert bands == {("under_26", "26_to_54", "55_and_over")}


def test_trap_18_nothing_over_nothing_is_not_a_good_figure(milestones: Connection[Any]) -> None:
    assert the(milestones, "application-refusal").result == NotAvailable(Why.NOBODY)
    assert the(milestones, "self-prescription").result == NotAvailable(Why.NOBODY)


@pytest.mark.parametrize(("sent", "expected"), [("candidate", (1, 1)), ("prescriber", (1, 1)), ("employer", None)])
def test_an_application_that_an_employer_sent_starts_no_delay(
    milestones: Connection[Any], sent: str, expected: tuple[int, int] | None
) -> None:
    store(milestones, application(1, (HIRED, 30, "unknown"), sent=sent))
    figure = the(milestones, "recruitment-30-days")
    assert (counts(figure) if isinstance(figure.result, Share) else None) == expected


def test_a_person_is_counted_once_for_the_first_application_whatever_became_of_that_one(
    milestones: Connection[Any],
) -> None:
    first = [*application(1, (REFUSED, 2, "other"))]
    second = fact(Kind.APPLICATION_SUBMITTED, on(JANUARY_5, 10), "candidate/1", journey="journey-2", detail="candidate")
    hired = fact(HIRED, on(JANUARY_5, 30), "candidate/1", journey="journey-2")
    store(milestones, [*first, second, hired])
    figure = the(milestones, "recruitment-30-days")
    assert (counts(figure), figure.times) == ((1, 1), Times(median=30, p80=30))
    assert counts(the(milestones, "application-acceptance")) == (1, 2)


@pytest.mark.parametrize(("days", "apart"), [(2, {}), (3, {}), (4, {"application_obsolete": 1})])
def test_an_obsolete_application_is_left_out_unless_it_was_decided_by_that_day(
    milestones: Connection[Any], days: int, apart: dict[str, int]
) -> None:
    """Decided on the third day, or else made obsolete on it."""
    decided = (REFUSED, days, "other")
    store(milestones, application(1, decided, (Kind.APPLICATION_OBSOLETE, 3, "unknown")))
    assert the(milestones, "application-unanswered-30-days").exclusions == apart


def test_an_application_decided_without_being_studied_is_taken_into_account_then(milestones: Connection[Any]) -> None:
    store(milestones, application(1, (OPENED, 4, "unknown"), (REFUSED, 9, "other")))
    store(milestones, application(2, (HIRED, 8, "unknown")))
    store(milestones, application(3, (REFUSED, 30, "auto")))
    figure = the(milestones, "application-opened-30-days")
    assert (counts(figure), figure.times) == ((2, 3), Times(median=8, p80=NotReached.NOT_REACHED))


def test_an_application_of_february_is_in_no_figure_of_january(milestones: Connection[Any]) -> None:
    february = fact(Kind.APPLICATION_SUBMITTED, date(2026, 2, 5), "candidate/1", journey="job-application-2")
    store(milestones, [*application(1, (HIRED, 1, "unknown")), february])
    assert [figure.month for figure in measured(milestones, asked("application-acceptance"))] == [date(2026, 1, 1)]
