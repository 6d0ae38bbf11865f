from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import add_days
from domain.job_application import JobApplication, JobApplicationCommand, JobApplicationEvent, job_application_journey
from domain.job_application.codes import PROCESSED, PriorActionKind, RefusalReason, Stage
from domain.job_application.commands import (
    Accept,
    AddComment,
    AddPriorAction,
    AddToPool,
    Archive,
    ArchiveAutomatically,
    CancelHire,
    ChangeHiringDates,
    ChangePriorAction,
    DeclareHire,
    DeleteComment,
    DeletePriorAction,
    Postpone,
    RecordExternalTransfer,
    RecordPass,
    Refuse,
    RefuseAutomatically,
    RefuseDelivery,
    RenderObsolete,
    Reset,
    StartProcessing,
    Submit,
    Transfer,
    TransferExternally,
    Unarchive,
)
from domain.job_application.events import (
    Archived,
    CommentDeleted,
    Commented,
    DeliveryRefused,
    HiringDatesChanged,
    PassLost,
    PassRecorded,
    PriorActionChanged,
    PriorActionDeleted,
    PriorToHireCancelled,
    Reopened,
    Transferred,
    TransferredExternally,
    Unarchived,
)
from domain.job_application.refusals import WrongStage
from domain.job_application.rules import decider
from domain.job_application.table import deadlines
from domain.journey import Dossier, Refusal
from domain.vocabulary import ERASED, SEALED
from tests.domain.job_application.samples import (
    ACI,
    EI,
    ELIGIBLE,
    GEIQ,
    NOUR,
    NOW,
    PERSON,
    TODAY,
    UNKNOWN_PERSON,
    acting_for,
    beside,
    history,
    prior_action,
    standing,
)

DRAWN: Mapping[type[JobApplicationCommand], Callable[[Random, datetime], JobApplicationCommand]] = {
    Submit: lambda draw, _: Submit(company=draw.choice([ACI.id, GEIQ.id, GEIQ.id]), message="Bonjour"),
    TransferExternally: lambda _, __: TransferExternally(application="job-application-1", company=EI.id),
    DeclareHire: lambda _, at: DeclareHire(starts_on=at.date(), hired_job="job-1"),
    StartProcessing: lambda _, __: StartProcessing(),
    Postpone: lambda _, __: Postpone(),
    AddToPool: lambda _, __: AddToPool(answer="Un jour"),
    AddPriorAction: lambda draw, at: AddPriorAction(
        kind=draw.choice(list(PriorActionKind)), starts_on=at.date(), ends_on=at.date()
    ),
    ChangePriorAction: lambda draw, at: ChangePriorAction(
        number=draw.randint(1, 2), kind=PriorActionKind.POE, starts_on=at.date(), ends_on=at.date()
    ),
    DeletePriorAction: lambda draw, _: DeletePriorAction(number=draw.randint(1, 2)),
    Refuse: lambda draw, _: Refuse(reason=draw.choice(list(RefusalReason)), shared=True, answer="Non"),
    RefuseAutomatically: lambda _, __: RefuseAutomatically(),
    Accept: lambda draw, at: Accept(starts_on=add_days(at.date(), draw.randint(-1, 30)), hired_job="job-1"),
    ChangeHiringDates: lambda draw, at: ChangeHiringDates(starts_on=add_days(at.date(), draw.randint(0, 31))),
    CancelHire: lambda _, __: CancelHire(),
    RecordPass: lambda draw, _: RecordPass(pass_iae=draw.choice(["pass-iae-1", None])),
    RefuseDelivery: lambda _, __: RefuseDelivery(),
    RenderObsolete: lambda _, __: RenderObsolete(because_of="job-application-9"),
    Transfer: lambda draw, _: Transfer(to=draw.choice([EI.id, GEIQ.id])),
    RecordExternalTransfer: lambda _, __: RecordExternalTransfer(application="job-application-9", to=EI.id),
    Reset: lambda _, __: Reset(),
    Archive: lambda _, __: Archive(),
    ArchiveAutomatically: lambda _, __: ArchiveAutomatically(),
    Unarchive: lambda _, __: Unarchive(),
    AddComment: lambda _, __: AddComment(text="Vu"),
    DeleteComment: lambda draw, _: DeleteComment(number=draw.randint(1, 3)),
}


@dataclass(frozen=True)
class Walk:
    events: Sequence[JobApplicationEvent]
    states: Sequence[JobApplication]


def walk(draw: Random, steps: int = 15) -> Walk:
    """What may happen to an application when people and time choose among what it offers."""
    at, case = NOW, decider.initial
    events: list[JobApplicationEvent] = []
    states = [case]
    person = {**ELIGIBLE, "candidate": draw.choice([PERSON, UNKNOWN_PERSON])}
    for _ in range(steps):
        at += draw.choice([timedelta(minutes=1), timedelta(days=1), timedelta(days=61), timedelta(days=181)])
        known = replace(acting_for(GEIQ, at), dossier=Dossier(person))
        context = beside(known, standing(Stage.REFUSED, GEIQ, NOW - timedelta(days=2)))
        command = DRAWN[draw.choice(list(decider.offers(case)))](draw, at)
        if isinstance(command, Submit):
            command = replace(command, confirmed=True)
        try:
            decided = decider.decide(command, case, context)
        except WrongStage:
            raise
        except Refusal:
            continue
        for event in decided:
            case = decider.evolve(case, event)
            events.append(event)
            states.append(case)
    return Walk(events, states)


walks = st.randoms(use_true_random=False).map(walk)


@given(walks)
def test_an_answer_is_dated_in_the_stages_that_are_answers_and_only_there(walked: Walk) -> None:
    assert [state.processed_at is not None for state in walked.states] == [
        state.stage in PROCESSED for state in walked.states
    ]


@given(walks)
def test_neither_a_hire_nor_prior_actions_nor_the_pool_are_ever_archived(walked: Walk) -> None:
    kept = {Stage.ACCEPTED, Stage.PRIOR_TO_HIRE, Stage.POOL}
    assert [state for state in walked.states if state.archived_at and state.stage in kept] == []


@given(walks)
def test_a_reason_is_known_while_refused_and_only_then(walked: Walk) -> None:
    assert [state.refusal_reason is not None for state in walked.states] == [
        state.stage is Stage.REFUSED for state in walked.states
    ]


@given(walks)
def test_a_hire_has_terms_and_prior_actions_there_are(walked: Walk) -> None:
    assert [state for state in walked.states if state.stage is Stage.ACCEPTED and state.hire is None] == []
    settled = [state for state in walked.states if state.stage is Stage.PRIOR_TO_HIRE]
    assert all(state.last_prior_action for state in settled)


@given(walks)
def test_what_a_hire_is_attached_to_is_known_while_it_is_agreed_on_and_only_then(walked: Walk) -> None:
    attached = [
        (state.diagnosis, state.pass_iae, state.delivery, state.delivery_refused_at, state.delivery_refused_by)
        for state in walked.states
        if state.stage is not Stage.ACCEPTED
    ]
    assert set(attached) <= {(None,) * 5}


@given(walks)
def test_time_asks_only_for_what_is_offered_and_later_than_what_happened(walked: Walk) -> None:
    for state in walked.states:
        for deadline in deadlines(state):
            assert type(deadline.command) in decider.offers(state)
            assert state.touched_at is not None
            assert deadline.due > state.touched_at


@given(walks)
def test_a_history_tells_the_same_state_again(walked: Walk) -> None:
    assert list(decider.replay(walked.events)) == list(walked.states)


def test_walks_reach_every_stage_and_every_event() -> None:
    walked = [walk(Random(seed)) for seed in range(400)]
    assert {state.stage for one in walked for state in one.states} == set(Stage)
    assert {type(event) for one in walked for event in one.events} == set(job_application_journey.events)


ANYTHING: Sequence[JobApplicationEvent] = (
    *(event for stage in Stage for event in history(stage, GEIQ)),
    prior_action(2),
    PriorToHireCancelled(at=NOW),
    Transferred(at=NOW, from_company=ACI.id, to=EI.id, to_kinds=EI.kinds, by=NOUR.subject),
    Reopened(at=NOW),
    TransferredExternally(at=NOW, application="job-application-3", to=EI.id),
    PassRecorded(at=NOW, pass_iae="pass-iae-1"),
    PassLost(at=NOW),
    DeliveryRefused(at=NOW, by=NOUR.subject),
    HiringDatesChanged(at=NOW, starts_on=TODAY, ends_on=None),
    PriorActionChanged(at=NOW, number=7, kind=PriorActionKind.POE, starts_on=TODAY, ends_on=TODAY),
    PriorActionDeleted(at=NOW, number=7),
    Archived(at=NOW, by=None),
    Unarchived(at=NOW),
    Commented(at=NOW, number=1, author=NOUR.subject, text=ERASED),
    Commented(at=NOW, number=2, author=NOUR.subject, text=SEALED),
    CommentDeleted(at=NOW, number=7),
)


def test_anything_holds_every_kind_of_event() -> None:
    assert {type(event) for event in ANYTHING} == set(job_application_journey.events)


@given(st.lists(st.sampled_from(ANYTHING)))
def test_any_history_can_be_read_even_one_that_no_rule_would_allow(events: list[JobApplicationEvent]) -> None:
    assert len(decider.replay(events)) == len(events) + 1
