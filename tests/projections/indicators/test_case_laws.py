"""What holds of every history, for the shapes that look at cases: the SQL is the naive replay, figures add up."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from psycopg import Connection

from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.cases import Case
from projections.indicators.definition import DEFINITIONS, Definition, Shape
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Count, Figure, NotAvailable, Share, Why
from projections.indicators.measuring import awaited, behind, measured, revised
from projections.indicators.publication import discreetly
from projections.indicators.terms import Attempts, CohortOfCases, MonthlyCount, StockOfCases, WithoutSolution
from projections.milestones.kinds import Kind
from tests.projections.indicators.ask import waiting
from tests.projections.indicators.case_oracle import CaseOracle, Standing
from tests.projections.indicators.facts import Fact, noon, store
from tests.projections.indicators.histories import case_histories, instants
from tests.projections.indicators.oracle import Oracle
from tests.reaching import draw_until

ALWAYS = Months(date(2025, 1, 1), date(2029, 12, 31))
laws = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def invented(shape: Shape, name: str = "", **terms: Any) -> Definition:
    """A definition for one test: what it says does not matter, only what it computes."""
    any_one = next(iter(DEFINITIONS.values())).model_dump()
    return Definition.model_validate({**any_one, "id": name or f"invented-{shape}", "shape": shape, "terms": terms})


APPLICATION_CODES = ["hire_accepted", "application_refused:auto", "application_refused"]
SHAPES = [
    DEFINITIONS["application-unanswered-30-days", 1],
    DEFINITIONS["application-opened-30-days", 1],
    DEFINITIONS["recruitment-30-days", 1],
    invented(
        Shape.COHORT,
        "counted-from",
        unit="person",
        window_days=30,
        entries=["application_submitted"],
        counted_from=["application_opened"],
        outcomes=["hire_accepted"],
        numerator=["hire_accepted"],
        denominator=["hire_accepted", "none"],
        reached_by=["hire_accepted"],
    ),
    invented(
        Shape.COHORT,
        "elsewhere",
        unit="person",
        window_days=30,
        entries=["contract_ended", "application_refused"],
        elsewhere=True,
        outcomes=["contract_started", "hire_accepted"],
        numerator=["none"],
        denominator=["contract_started", "hire_accepted", "none"],
        reached_by=["contract_started", "hire_accepted"],
    ),
    DEFINITIONS["applications-waiting-30-days", 1],
    invented(Shape.STOCK, starts=["application_submitted"], ends=["application_refused"], ending_within_days=30),
    invented(
        Shape.STOCK,
        "without",
        starts=["application_submitted"],
        ends=["application_refused"],
        without=["contract_started"],
        without_ends=["contract_ended"],
    ),
    invented(Shape.ATTEMPTS, tried=["application_submitted"], until=["hire_accepted"]),
    invented(Shape.COUNT, counted=APPLICATION_CODES),
    invented(Shape.COUNT, "late", counted=APPLICATION_CODES, late_after_days=7),
    invented(Shape.COUNT, counted=APPLICATION_CODES, numerator=["hire_accepted"], beside=["application_opened"]),
]
MONTHLY = [definition for definition in SHAPES if definition.shape is not Shape.STOCK]
every_shape = pytest.mark.parametrize("definition", SHAPES, ids=[definition.id for definition in SHAPES])


@contextmanager
def holding(connection: Connection[Any], history: Sequence[Fact]) -> Iterator[None]:
    with connection.transaction(force_rollback=True):
        store(connection, history)
        yield


def question(definition: Definition, known: Knowledge, by: Dimension = Dimension.NONE) -> Question:
    months = None if definition.shape is Shape.STOCK else ALWAYS
    return Question(definition=definition, known=known, by=by, months=months)


def naive(history: Sequence[Fact], known: Knowledge, definition: Definition) -> Sequence[Standing]:
    oracle = CaseOracle(Oracle(history, known.at, known.day, waiting(DEFINITIONS["without-solution-30-days", 2])))
    match definition.terms:
        case CohortOfCases() as terms:
            return oracle.cohort(terms)
        case StockOfCases() as terms:
            return oracle.stock(terms)
        case MonthlyCount() as terms:
            return oracle.counted(terms)
        case Attempts() as terms:
            return oracle.attempted(terms)
        case WithoutSolution():
            raise AssertionError


def listed(connection: Connection[Any], asked: Question) -> Sequence[Standing]:
    return sorted(
        Standing(
            f"candidate/{case.candidate}", case.journey, case.since, case.standing, case.detail, case.company or ""
        )
        for case in behind(connection, asked)
    )


@every_shape
@laws
@given(data=st.data())
def test_every_case_stands_where_the_naive_replay_puts_it(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(case_histories())
    known = Knowledge(data.draw(instants(history)))
    later = Knowledge(known.at + timedelta(days=data.draw(st.integers(0, 100))), on=known.day)
    with holding(shared, history):
        for at in (known, later):
            assert listed(shared, question(definition, at)) == naive(history, at, definition)


@every_shape
@laws
@given(data=st.data(), by=st.sampled_from(sorted(Dimension)))
def test_modalities_add_up_to_the_total_and_the_total_is_made_of_its_cases(
    shared: Connection[Any], definition: Definition, data: st.DataObject, by: Dimension
) -> None:
    history = data.draw(case_histories())
    known = Knowledge(data.draw(instants(history)))
    with holding(shared, history):
        total = added_up(measured(shared, question(definition, known)))
        assert added_up(measured(shared, question(definition, known, by))) == total
        cases = behind(shared, question(definition, known))
    assert total == Counter(by_hand(definition, cases))


def by_hand(definition: Definition, cases: Sequence[Case]) -> Mapping[str, int]:
    """The counts of a figure, from its cases."""
    numerator, denominator, patient = parts(definition)
    count = Counter(f"company {case.company}" for case in cases if case.company and case.standing in denominator)
    count.update(f"apart {case.standing}" for case in cases if case.standing not in {*denominator, patient})
    for name, codes in (("numerator", numerator), ("denominator", denominator), ("waiting", (patient,))):
        count[name] = sum(case.standing in codes for case in cases)
    return +count


def parts(definition: Definition) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """The standings of the numerator and of the denominator, and the one that waits."""
    terms = definition.terms
    if isinstance(terms, CohortOfCases):
        return terms.numerator, terms.denominator, "immature"
    if isinstance(terms, MonthlyCount | Attempts):
        return terms.part, terms.standings, ""
    return ("counted",), ("counted", "open"), "open"


def added_up(figures: Sequence[Figure]) -> Counter[str]:
    count: Counter[str] = Counter()
    for figure in figures:
        count["waiting"] += figure.waiting
        count.update({f"company {name}": number for name, number in figure.companies.items()})
        count.update({f"apart {name}": number for name, number in figure.exclusions.items()})
        match figure.result:
            case Share(numerator=numerator, denominator=denominator):
                assert 0 <= numerator <= denominator
                count.update({"numerator": numerator, "denominator": denominator})
            case Count(number=number):
                count.update({"denominator": number})
            case NotAvailable():
                pass
    return +count


@pytest.mark.parametrize("definition", MONTHLY, ids=[each.id for each in MONTHLY])
@laws
@given(data=st.data())
def test_a_month_is_the_same_asked_alone_or_among_others(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(case_histories())
    known = Knowledge(data.draw(instants(history)))
    asked = question(definition, known)
    with holding(shared, history):
        for figure in measured(shared, asked):
            if figure.month is not None and figure.result != NotAvailable(Why.NOBODY):
                alone = replace(asked, months=Months(figure.month, figure.month))
                assert measured(shared, alone) == [figure]


@every_shape
@laws
@given(data=st.data())
def test_what_nothing_revises_is_the_same_then_and_now(
    shared: Connection[Any], definition: Definition, data: st.DataObject
) -> None:
    history = data.draw(case_histories())
    known = Knowledge(data.draw(instants(history)))
    told = [at for fact in history for at in (fact.recorded_at, fact.voided_at) if at is not None]
    with holding(shared, history):
        revisions = revised(shared, question(definition, known), known.at + timedelta(days=400))
    if all(at <= known.at for at in told):
        assert all(revision.then == revision.now for revision in revisions)
        assert {revision.points for revision in revisions} <= {0, None}


def test_the_histories_reach_every_standing_of_every_shape() -> None:
    reached: dict[str, Counter[str]] = {definition.id: Counter() for definition in SHAPES}

    def look(data: st.DataObject) -> None:
        history = data.draw(case_histories())
        known = Knowledge(data.draw(instants(history)))
        for definition in SHAPES:
            reached[definition.id].update({case.standing for case in naive(history, known, definition)})

    answered = {"opposed", "immature", "application_obsolete", "none", *APPLICATION_CODES}
    wanted = {
        "application-unanswered-30-days": answered,
        "application-opened-30-days": {*answered, "application_opened"},
        "counted-from": {"opposed", "immature", "none", "hire_accepted"},
        "elsewhere": {"opposed", "immature", "none", "hire_accepted", "contract_started"},
        "recruitment-30-days": {"opposed", "immature", "none", "hire_accepted"},
        "applications-waiting-30-days": {"opposed", "open", "counted"},
        "invented-stock": {"opposed", "open", "counted"},
        "without": {"opposed", "open", "counted"},
        "invented-attempts": {"opposed", "at_most_1", "2"},
        "late": {"opposed", "late", "in_time"},
        "invented-count": {"opposed", "application_opened", *APPLICATION_CODES},
    }

    def rare() -> Mapping[str, set[str]]:
        seldom = {name: {each for each in wanted[name] if found[each] < 4} for name, found in reached.items()}
        return {name: missing for name, missing in seldom.items() if missing}

    draw_until(st.data(), look, lambda: not rare())
    assert rare() == {}


@pytest.mark.parametrize(
    ("definition", "result"),
    [
        (DEFINITIONS["application-acceptance", 1], NotAvailable(Why.NOBODY)),
        (DEFINITIONS["applications-waiting-30-days", 1], NotAvailable(Why.NOBODY)),
        (DEFINITIONS["hires-accepted", 1], Count(number=0, lines={Kind.HIRE_ACCEPTED.value: 0})),
    ],
)
def test_nothing_at_all_is_no_share_and_a_count_of_nothing(
    milestones: Connection[Any], definition: Definition, result: object
) -> None:
    known = Knowledge(noon(date(2026, 6, 30)))
    month = None if definition.shape is Shape.STOCK else Months(date(2026, 1, 1), date(2026, 1, 31))
    (figure,) = measured(milestones, Question(definition=definition, known=known, months=month))
    assert figure.result == result


def test_a_month_that_has_not_begun_has_no_count(milestones: Connection[Any]) -> None:
    months = Months(date(2026, 6, 1), date(2026, 7, 1))
    asked = Question(
        definition=DEFINITIONS["hires-accepted", 1], known=Knowledge(noon(date(2026, 6, 30))), months=months
    )
    june, july = measured(milestones, asked)
    assert (june.result, july.result) == (
        Count(number=0, lines={"hire_accepted": 0}),
        NotAvailable(Why.IMMATURE),
    )


def test_an_indicator_that_waits_for_a_journey_has_no_figure_and_says_why(milestones: Connection[Any]) -> None:
    """No journey tells of training."""
    definition = invented(Shape.COUNT, counted=["hire_accepted", "training_started"])
    assert awaited(definition) == [Kind.TRAINING_STARTED]
    months = Months(date(2026, 1, 1), date(2026, 1, 1))
    asked = Question(definition=definition, known=Knowledge(noon(date(2026, 6, 30))), months=months)
    (figure,) = measured(milestones, asked)
    assert figure.result == NotAvailable(Why.NOT_RECORDED)
    (shown,) = discreetly(asked, [figure])
    assert (shown.result, shown.lines) == (NotAvailable(Why.NOT_RECORDED), {})
