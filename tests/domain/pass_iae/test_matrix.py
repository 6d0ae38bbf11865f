from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from domain.iae.right import SuspensionReason
from domain.pass_iae import PassIaeCommand, PassIaeEvent, pass_iae_journey
from domain.pass_iae.codes import DenialReason, Origin, ProlongationReason, Stage
from domain.pass_iae.commands import (
    AskForDeletion,
    Cancel,
    ChangeProlongation,
    ChangeSuspension,
    CorrectStart,
    DeleteProlongation,
    DeleteProlongationRequest,
    DeleteSuspension,
    DeliverByHand,
    DenyProlongation,
    GrantProlongation,
    Issue,
    MoveStart,
    Prolong,
    RecordEnd,
    RecordRight,
    RecordSuspensionEnd,
    RemindPrescriber,
    RequestProlongation,
    ReturnToWork,
    ServeHire,
    Suspend,
    Terminate,
)
from domain.pass_iae.events import (
    Cancelled,
    Ended,
    Issued,
    PrescriberReminded,
    ProlongationGranted,
    SuspensionEnded,
)
from domain.pass_iae.refusals import WrongStage
from domain.pass_iae.state import PassIae, closed, parties
from domain.pass_iae.table import deadlines
from domain.vocabulary import Party
from tests.domain.pass_iae.cases import (
    ACI,
    EI,
    END,
    PRESCRIBER,
    SAM,
    START,
    asked,
    decider,
    issued,
    on,
    paused,
    prolonged,
    standing,
)

DAY = date(2025, 6, 10)
WAYS: Mapping[Stage, Sequence[PassIaeEvent]] = {
    Stage.NOT_ISSUED: [],
    Stage.ISSUED: [issued()],
    Stage.ENDED: [issued(), Ended(on=END)],
    Stage.CANCELLED: [issued(), Cancelled()],
}
OPENING = {"not_issued"}
STANDING = {"issued", "ended"}
BEFORE_THE_END = {"issued"}

#: Each command, from where (les-emplois §5).
EXPECTED: Sequence[tuple[PassIaeCommand, set[str]]] = (
    (
        Issue(
            application="job-application-1",
            starts_on=START,
            diagnosis="eligibility-check-1",
            company=ACI.id,
            company_kinds=ACI.kinds,
            sender_kind="candidate",
            sender_kinds=(),
        ),
        OPENING,
    ),
    (
        DeliverByHand(
            application="job-application-1",
            starts_on=START,
            diagnosis="eligibility-check-1",
            company=ACI.id,
            company_kinds=ACI.kinds,
            sender_kind="candidate",
            sender_kinds=(),
        ),
        OPENING,
    ),
    (RecordRight(number="625741810182", starts_on=START, ends_on=END, origin=Origin.PE_APPROVAL), OPENING),
    (ServeHire(application="job-application-2", starts_on=DAY), STANDING),
    (MoveStart(starts_on=DAY), STANDING),
    (CorrectStart(starts_on=DAY), STANDING),
    (Terminate(), BEFORE_THE_END),
    (Cancel(), STANDING),
    (AskForDeletion(), BEFORE_THE_END),
    (RecordEnd(), BEFORE_THE_END),
    (Suspend(reason=SuspensionReason.CONTRACT_BROKEN, starts_on=DAY), BEFORE_THE_END),
    (ChangeSuspension(number=1, reason=SuspensionReason.CONTRACT_BROKEN, starts_on=DAY), BEFORE_THE_END),
    (DeleteSuspension(number=1), BEFORE_THE_END),
    (ReturnToWork(number=1, on=DAY), BEFORE_THE_END),
    (RecordSuspensionEnd(number=1), STANDING),
    (Prolong(reason=ProlongationReason.SENIOR_CDI, ends_on=END), STANDING),
    (ChangeProlongation(number=1, ends_on=END), STANDING),
    (DeleteProlongation(number=1), STANDING),
    (
        RequestProlongation(
            reason=ProlongationReason.RQTH, ends_on=END, organisation=PRESCRIBER.id, prescriber=SAM.subject
        ),
        STANDING,
    ),
    (GrantProlongation(number=1), STANDING),
    (DenyProlongation(number=1, reason=DenialReason.REASON, explanation="Non"), STANDING),
    (RemindPrescriber(number=1), STANDING),
    (DeleteProlongationRequest(number=1), STANDING),
)


def test_the_matrix_names_every_command() -> None:
    assert [type(command) for command, _ in EXPECTED] == list(pass_iae_journey.commands)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(("command", "stages"), EXPECTED)
def test_each_command_is_refused_from_every_other_stage(
    command: PassIaeCommand, stages: set[str], stage: Stage
) -> None:
    scenario = on(DAY, *WAYS[stage], acting=None).when(command)
    if stage.value in stages:
        assert stage in pass_iae_journey.accepted_from[type(command)]
    else:
        scenario.refused(WrongStage)


@pytest.mark.parametrize("stage", Stage)
def test_the_ways_lead_to_their_stages(stage: Stage) -> None:
    assert pass_iae_journey.stage(standing(*WAYS[stage])) is stage


def test_a_pass_is_open_again_once_it_is_prolonged() -> None:
    history = (*WAYS[Stage.ENDED], prolonged(END, date(2026, 6, 1)))
    assert standing(*history).stage is Stage.ISSUED
    assert standing(*history, Ended(on=date(2026, 6, 1))).stage is Stage.ENDED


SUSPENSIONS = {AskForDeletion, ChangeSuspension, DeleteSuspension, ReturnToWork, RecordSuspensionEnd}
PROLONGATIONS = {ChangeProlongation, DeleteProlongation}
ASKING = {Prolong, RequestProlongation}
ANSWERING = {GrantProlongation, DenyProlongation, RemindPrescriber, DeleteProlongationRequest}
ALWAYS = {ServeHire, MoveStart, CorrectStart, Cancel, RecordEnd, Terminate, Suspend}


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], ALWAYS | ASKING),
        ([paused(DAY, DAY, END)], ALWAYS | ASKING | SUSPENSIONS),
        ([prolonged(END, date(2026, 6, 1))], ALWAYS | ASKING | PROLONGATIONS),
        ([asked(DAY, END, date(2026, 6, 1))], ALWAYS | ANSWERING),
        ([asked(DAY, END, date(2026, 6, 1)), ProlongationGranted(number=1, on=DAY, by=SAM.subject)], ALWAYS | ASKING),
    ],
)
def test_a_pass_offers_what_it_does_not_exclude_by_itself(
    history: list[PassIaeEvent], expected: set[type[PassIaeCommand]]
) -> None:
    assert set(decider.offers(standing(issued(), *history))) == expected


def test_time_asks_for_the_end_of_the_pass_and_of_each_suspension_and_for_reminders() -> None:
    history = (
        issued(),
        paused(date(2024, 3, 1), date(2024, 3, 31), date(2026, 2, 12)),
        asked(DAY, END, date(2026, 6, 1)),
    )
    midnight = [
        ("2024-03-31T22:00:00+00:00", RecordSuspensionEnd(number=1)),
        ("2026-02-12T23:00:00+00:00", RecordEnd()),
        ("2025-06-19T22:00:00+00:00", RemindPrescriber(number=1)),
    ]
    assert [(each.due.isoformat(), each.command) for each in deadlines(standing(*history))] == midnight
    told = (SuspensionEnded(number=1, on=date(2024, 3, 31)), Ended(on=date(2026, 2, 12)))
    reminded = [PrescriberReminded(number=1, on=date(2025, 6, 20)), PrescriberReminded(number=1, on=date(2025, 6, 30))]
    assert [each.due.isoformat() for each in deadlines(standing(*history, *told, *reminded))] == [
        "2025-07-09T22:00:00+00:00"
    ]
    third = PrescriberReminded(number=1, on=date(2025, 7, 10))
    assert deadlines(standing(*history, *told, *reminded, third)) == []


def test_time_asks_nothing_before_a_pass_is_issued_or_once_it_was_cancelled() -> None:
    assert deadlines(PassIae()) == ()
    assert deadlines(standing(issued(), paused(DAY, DAY, END), Cancelled())) == ()


def test_a_last_day_that_moved_is_asked_for_again() -> None:
    history = (issued(), Ended(on=END), prolonged(END, date(2026, 6, 1)))
    assert [(each.due.isoformat(), each.command) for each in deadlines(standing(*history))] == [
        ("2026-06-01T22:00:00+00:00", RecordEnd())
    ]


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        (WAYS[Stage.ISSUED], False),
        (WAYS[Stage.ENDED], True),
        (WAYS[Stage.CANCELLED], True),
        ([*WAYS[Stage.ENDED], asked(DAY, END, date(2026, 6, 1))], False),
        ([*WAYS[Stage.CANCELLED], asked(DAY, END, date(2026, 6, 1))], True),
    ],
)
def test_a_pass_is_closed_once_it_is_over_and_nobody_waits(history: list[PassIaeEvent], *, expected: bool) -> None:
    assert closed(standing(*history)) is expected


def test_the_companies_that_hired_and_the_prescribers_that_were_asked_take_part() -> None:
    assert parties(PassIae()) == {}
    assert parties(standing(replace(issued(), company=None))) == {}
    assert parties(standing(issued())) == {Party.RECEIVER: {ACI.id}}
    served = ServeHire(application="job-application-2", starts_on=DAY, company=EI.id)
    events = decider.decide(served, standing(issued()), on(DAY, issued()).context)
    request = asked(DAY, END, date(2026, 6, 1))
    assert parties(standing(issued(), *events, request)) == {
        Party.RECEIVER: {ACI.id, EI.id},
        Party.ARBITER: {PRESCRIBER.id},
    }


def test_a_pass_keeps_what_it_was_issued_with() -> None:
    event = replace(issued(), origin=Origin.AI_STOCK)
    assert isinstance(event, Issued)
    state = standing(event)
    assert (state.number, state.starts_on, state.ends_on, state.origin) == (
        event.number, event.starts_on, event.ends_on, event.origin,
    )  # fmt: skip
    assert (state.issued_for, state.diagnosis, state.company, state.company_kinds) == (
        event.application, event.diagnosis, event.company, event.company_kinds,
    )  # fmt: skip
    assert (state.sender_kind, state.sender_kinds) == (event.sender_kind, event.sender_kinds)
