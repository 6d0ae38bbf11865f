"""What holds of every diagnosis, whatever is asked of it and in whatever order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_days, paris_day
from domain.eligibility_check import (
    EligibilityCheck,
    EligibilityCheckCommand,
    EligibilityCheckEvent,
    eligibility_check_journey,
)
from domain.eligibility_check.allowance import FULL, NOTHING, REDUCED, allowance
from domain.eligibility_check.certifying import CERTIFIED_BY, question_due
from domain.eligibility_check.codes import Answer, Criterion, Finding, Stage
from domain.eligibility_check.commands import (
    DiagnoseForGeiq,
    DiagnoseForIae,
    Expire,
    RecordAnswer,
    RecordDiagnosis,
    RecordHire,
    RecordPass,
    ReleaseFromHire,
    RenewForIae,
    RequestCertification,
    Supersede,
    UpdateForGeiq,
)
from domain.eligibility_check.criteria import EXCLUSIVE, LISTS, excluded, selected
from domain.eligibility_check.events import (
    CertificationAnswered,
    CertificationRequested,
    Expired,
    HireRecorded,
    HireReleased,
    PassRecorded,
    Superseded,
    Updated,
)
from domain.eligibility_check.refusals import WrongStage
from domain.eligibility_check.rules import decider
from domain.eligibility_check.table import deadlines
from domain.iae.diagnosis import AuthorKind, Scheme, is_current
from domain.journey import Refusal
from domain.vocabulary import ERASED, SEALED, OrganisationProfile
from tests.domain.eligibility_check.samples import (
    ACI,
    AI,
    GEIQ,
    NOW,
    OTHER_GEIQ,
    PRESCRIBER,
    TODAY,
    acting_for,
    diagnosed,
    requested,
    standing,
)

C = Criterion
MOST = ("rsa", "aah", "senior", "qpv", "pm", "fle", "jeune_sq", "minima", "th")
APPLICATIONS = ("job-application-1", "job-application-2")


def some(draw: Random) -> tuple[Criterion, ...]:
    return tuple(Criterion(each) for each in draw.sample(MOST, draw.randint(0, 3)))


def answer(draw: Random) -> RecordAnswer:
    drawn = draw.choice([*Answer, *[Answer.FAILED] * 8])
    return RecordAnswer(
        criterion=draw.choice([C.RSA, C.RSA, C.TH]),
        answer=drawn,
        since="2024-08-01" if drawn is Answer.BENEFICIARY else None,
        retry_after=30 if drawn is Answer.RATE_LIMITED else None,
    )


DRAWN: Mapping[type[EligibilityCheckCommand], Callable[[Random, date], EligibilityCheckCommand]] = {
    DiagnoseForIae: lambda draw, _: DiagnoseForIae(criteria=some(draw)),
    RenewForIae: lambda draw, _: RenewForIae(diagnosis="eligibility-check-1", criteria=some(draw)),
    DiagnoseForGeiq: lambda draw, _: DiagnoseForGeiq(criteria=some(draw)),
    RecordDiagnosis: lambda draw, day: RecordDiagnosis(
        scheme=draw.choice(list(Scheme)),
        author_kind=AuthorKind.PRESCRIBER,
        made_on=day,
        expires_on=add_days(day, draw.randint(0, 200)),
        criteria=(C.RSA,),
    ),
    UpdateForGeiq: lambda draw, _: UpdateForGeiq(criteria=some(draw)),
    Supersede: lambda _, __: Supersede(by="eligibility-check-9"),
    Expire: lambda _, __: Expire(),
    RecordHire: lambda draw, day: RecordHire(application=draw.choice(APPLICATIONS), starts_on=add_days(day, 3)),
    ReleaseFromHire: lambda draw, _: ReleaseFromHire(application=draw.choice(APPLICATIONS)),
    RecordPass: lambda _, __: RecordPass(pass_iae="pass-iae-1"),
    RequestCertification: lambda _, __: RequestCertification(),
    RecordAnswer: lambda draw, _: answer(draw),
}
STEPS = (timedelta(seconds=60), timedelta(hours=12), timedelta(days=1), timedelta(days=7), timedelta(days=95))


@dataclass(frozen=True)
class Walk:
    at: Sequence[datetime]
    events: Sequence[EligibilityCheckEvent]
    states: Sequence[EligibilityCheck]


def walk(draw: Random, steps: int = 15) -> Walk:
    """What may happen to a diagnosis when people and time choose among what it offers."""
    at, case = NOW, decider.initial
    instants: list[datetime] = []
    events: list[EligibilityCheckEvent] = []
    states = [case]
    for _ in range(steps):
        at += draw.choice(STEPS)
        author: OrganisationProfile = draw.choice([ACI, AI, GEIQ, GEIQ, OTHER_GEIQ, PRESCRIBER])
        former: dict[str, Any] = {"check_1": standing(diagnosed(PRESCRIBER))} if draw.random() < 0.3 else {}
        command = DRAWN[draw.choice(list(decider.offers(case)))](draw, paris_day(at))
        try:
            decided = decider.decide(command, case, replace(acting_for(author, **former), at=at))
        except WrongStage:
            raise
        except Refusal:
            continue
        for event in decided:
            case = decider.evolve(case, event)
            instants.append(at)
            events.append(event)
            states.append(case)
    return Walk(instants, events, states)


walks = st.randoms(use_true_random=False).map(walk)


@given(walks)
def test_whoever_says_it_says_it_of_one_scheme_alone(walked: Walk) -> None:
    own = {Scheme.IAE: AuthorKind.EMPLOYER, Scheme.GEIQ: AuthorKind.GEIQ}
    for state in walked.states:
        assert state.author_kind in {AuthorKind.PRESCRIBER, own[state.scheme]}
        assert (state.allowance is not None) is (state.scheme is Scheme.GEIQ)


@given(walks)
def test_criteria_are_of_the_list_and_go_together(walked: Walk) -> None:
    for state in walked.states:
        assert set(state.criteria) <= set(LISTS[state.scheme])
        assert list(excluded(state.scheme, state.criteria)) == []
        assert list(state.criteria) == [each for each in Criterion if each in state.criteria]


@given(walks)
def test_what_has_ended_counts_no_longer_on_the_day_it_did(walked: Walk) -> None:
    for at, event, state in zip(walked.at, walked.events, walked.states[1:], strict=True):
        if isinstance(event, Expired | Superseded):
            assert not is_current(state, paris_day(at))


@given(walks)
def test_time_asks_once_and_only_of_what_stands(walked: Walk) -> None:
    for state in walked.states:
        asked = deadlines(state)
        assert len(asked) == (state.stage is Stage.IN_FORCE)
        assert all(type(each.command) in decider.offers(state) for each in asked)


@given(walks)
def test_only_criteria_of_the_diagnosis_are_certified_and_only_the_certified_say_since_when(walked: Walk) -> None:
    for state in walked.states:
        assert state.certifications.keys() <= set(state.criteria) & CERTIFIED_BY.keys()
        for said in state.certifications.values():
            assert (said.since is not None) is (said.finding is Finding.CERTIFIED)
            assert said.finding is Finding.UNKNOWN or not said.periodic
            assert said.failures <= 2


@given(walks)
def test_nothing_is_asked_of_what_no_longer_counts(walked: Walk) -> None:
    for state in walked.states:
        for criterion in state.certifications:
            due = question_due(state, criterion)
            assert due is None or is_current(state, paris_day(due))


@given(walks)
def test_a_history_tells_the_same_state_again(walked: Walk) -> None:
    assert list(decider.replay(walked.events)) == list(walked.states)


def test_walks_reach_every_stage_every_event_every_answer_and_every_author() -> None:
    walked = [walk(Random(seed)) for seed in range(400)]
    states = [state for one in walked for state in one.states]
    events = [event for one in walked for event in one.events]
    assert {state.stage for state in states} == set(Stage)
    assert {state.author_kind for state in states} == set(AuthorKind)
    assert {type(event) for event in events} == set(eligibility_check_journey.events)
    assert {event.answer for event in events if isinstance(event, CertificationAnswered)} == set(Answer)
    assert {said.finding for state in states for said in state.certifications.values()} == set(Finding)
    assert {said.failures for state in states for said in state.certifications.values()} == {0, 1, 2}


subsets = st.frozensets(st.sampled_from(Criterion))


@given(subsets, subsets)
def test_more_criteria_never_lower_the_allowance(some: frozenset[Criterion], more: frozenset[Criterion]) -> None:
    assert allowance(AuthorKind.GEIQ, some) <= allowance(AuthorKind.GEIQ, some | more)
    assert allowance(AuthorKind.GEIQ, some) in {NOTHING, REDUCED, FULL}
    assert allowance(AuthorKind.PRESCRIBER, some) == FULL


@given(st.sampled_from(Scheme), st.lists(st.sampled_from(Criterion)))
def test_choosing_again_what_was_chosen_changes_nothing(scheme: Scheme, criteria: list[Criterion]) -> None:
    once = selected(scheme, criteria)
    assert selected(scheme, once) == once
    assert set(criteria) <= set(once)
    assert bool(excluded(scheme, once)) is any(pair <= set(once) for pair in EXCLUSIVE[scheme])


ANYTHING: Sequence[EligibilityCheckEvent] = (
    diagnosed(PRESCRIBER, C.RSA),
    diagnosed(GEIQ, C.JEUNE, scheme=Scheme.GEIQ),
    Updated(
        author_kind=AuthorKind.GEIQ,
        author=None,
        organisation=None,
        organisation_kinds=(),
        criteria=(C.PI,),
        on=TODAY,
        expires_on=TODAY,
        allowance=0,
    ),
    Superseded(by="eligibility-check-7", on=TODAY),
    Expired(on=TODAY),
    HireRecorded(application="job-application-7", starts_on=TODAY),
    HireReleased(application="job-application-8"),
    PassRecorded(pass_iae="pass-iae-7"),
    requested(C.RSA, C.QPV),
    CertificationRequested(at=NOW, criteria=()),
    CertificationAnswered(at=NOW, criterion=C.FLE, answer=Answer.BENEFICIARY, since=ERASED),
    CertificationAnswered(at=NOW, criterion=C.RSA, answer=Answer.BENEFICIARY, since=SEALED),
    CertificationAnswered(at=NOW, criterion=C.RSA, answer=Answer.RATE_LIMITED, retry_after=None),
    CertificationAnswered(at=NOW, criterion=C.RSA, answer=Answer.FAILED),
)


def test_anything_holds_every_kind_of_event() -> None:
    assert {type(event) for event in ANYTHING} == set(eligibility_check_journey.events)


@given(st.lists(st.sampled_from(ANYTHING)))
def test_any_history_can_be_read_even_one_that_no_rule_would_allow(events: list[EligibilityCheckEvent]) -> None:
    assert len(decider.replay(events)) == len(events) + 1
