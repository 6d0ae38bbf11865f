"""What holds on every path through a follow-up, whatever is asked and whenever."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.followed import Followed
from domain.journey import Context, Refusal
from domain.rsa.categories import Channel
from domain.rsa.types import Casf
from domain.rsa_appointment import (
    RsaAppointmentCommand,
    RsaAppointmentEvent,
    Stage,
    Status,
    deadlines,
    decide,
    offers,
    possible_statuses,
    rsa_appointment_journey,
    seats,
    status,
    turns,
)
from domain.rsa_appointment.codes import BookedBy, DeliveryReport, InvitationOrigin, MessageKind, ParticipationStatus
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Close,
    Excuse,
    ExpireWhereArchived,
    Invite,
    Open,
    RecordAppointment,
    RecordClick,
    RecordOutcome,
    RemindAppointment,
    RemindInvitation,
    RemoveParticipation,
    Reopen,
    ReportDelivery,
    SetStatus,
    SummonByLetter,
    WithdrawUnused,
)
from domain.rsa_appointment.events import InvitationsExpired, Invited, Notified, OutcomeRecorded
from domain.rsa_appointment.refusals import NotDue
from domain.vocabulary import ERASED, SEALED, Personal
from tests.domain.rsa_appointment.cases import (
    CATEGORY,
    INVITE,
    NOW,
    O1_ID,
    O3_ID,
    OPENED,
    U,
    added,
    around,
    configured,
    followed_by,
    taking,
)
from tests.reaching import draw_until

Drawn = st.SearchStrategy[Any]
Fold = rsa_appointment_journey.decider.fold

LATER = NOW + timedelta(days=400)
NUMBERS = st.sampled_from([1, 2])
CHANNELS = st.sampled_from([Channel.SMS, Channel.EMAIL, Channel.POSTAL])
PEOPLE = st.sampled_from([U, followed_by(O1_ID, archived=(O1_ID,)), followed_by(O3_ID), replace(U, email=None)])


DAYS = st.sampled_from([-3, 1, 3, 20]).map(lambda days: NOW + timedelta(days=days))
#: Days are counted from NOW, and moved to the moment of the command.
DRAWN: Mapping[type[RsaAppointmentCommand], Drawn] = {
    Open: st.just(Open(category=CATEGORY)),
    Invite: st.builds(
        replace,
        st.just(INVITE),
        channel=CHANNELS,
        reopen=st.booleans(),
        origin=st.sampled_from(InvitationOrigin),
    ),
    RecordClick: st.builds(RecordClick, invitation=NUMBERS),
    ReportDelivery: st.builds(
        ReportDelivery,
        message=st.sampled_from(MessageKind),
        number=NUMBERS,
        report=st.sampled_from(DeliveryReport),
        reported_at=DAYS,
    ),
    RemindInvitation: st.just(RemindInvitation()),
    RecordAppointment: st.builds(
        replace,
        st.just(taking("06-20 10:00", motif="Convocation", collective=True, capacity=2)),
        appointment=st.sampled_from(["rdv-1", "rdv-2"]),
        starts_at=DAYS,
        booked_by=st.sampled_from(BookedBy),
    ),
    ChangeAppointment: st.builds(ChangeAppointment, participation=NUMBERS, starts_at=DAYS),
    SetStatus: st.builds(SetStatus, participation=NUMBERS, status=st.sampled_from(ParticipationStatus)),
    Excuse: st.builds(Excuse, participation=NUMBERS),
    RemoveParticipation: st.builds(RemoveParticipation, participation=NUMBERS),
    SummonByLetter: st.builds(SummonByLetter, participation=NUMBERS),
    RemindAppointment: st.builds(RemindAppointment, participation=NUMBERS),
    RecordOutcome: st.builds(RecordOutcome, participation=NUMBERS, type=st.just("pro")),
    Close: st.just(Close()),
    Reopen: st.just(Reopen()),
    ExpireWhereArchived: st.just(ExpireWhereArchived()),
    WithdrawUnused: st.just(WithdrawUnused()),
}


BEGUN: Sequence[RsaAppointmentEvent] = (
    OPENED,
    added(1, "06-10 09:00", "06-12 10:00", status=ParticipationStatus.SEEN),
    OutcomeRecorded(participation=1, type="pro", casf=Casf.PRO, at=NOW),
)


def moved(command: RsaAppointmentCommand, at: datetime) -> RsaAppointmentCommand:
    if isinstance(command, RecordAppointment | ChangeAppointment) and command.starts_at is not None:
        return replace(command, starts_at=at + (command.starts_at - NOW))
    return command


def within(at: datetime, person: Followed, command: RsaAppointmentCommand, days: int | None) -> Context:
    by_itself = isinstance(
        command, ExpireWhereArchived | WithdrawUnused | RemindInvitation | RemindAppointment | Excuse
    )
    known = configured(days_before_invitations_expire=days)
    return around(at, person, known, acting=None) if by_itself else around(at, person, known)


@st.composite
def histories(draw: st.DrawFn) -> Sequence[RsaAppointmentEvent]:
    history = list(BEGUN[: draw(st.sampled_from([0, 1, 1, 1, 2, 3]))])
    at = NOW
    for _ in range(draw(st.integers(0, 12))):
        follow_up = Fold(history)
        if draw(st.booleans()) and (due := deadlines(follow_up)):
            command, at = due[0].command, max(at, due[0].due)
        elif draw(st.booleans()) and follow_up.participations:
            told = draw(st.sampled_from(follow_up.participations))
            command = SetStatus(participation=told.number, status=draw(st.sampled_from(possible_statuses(told, at))))
        else:
            at += draw(st.sampled_from([timedelta(), timedelta(hours=3), timedelta(days=1), timedelta(days=6)]))
            kinds = (offers(follow_up) if draw(st.integers(0, 9)) else ()) or rsa_appointment_journey.commands
            command = moved(draw(DRAWN[draw(st.sampled_from(list(kinds)))]), at)
        person = U if draw(st.integers(0, 3)) else draw(PEOPLE)
        try:
            history += decide(command, follow_up, within(at, person, command, draw(st.sampled_from([10, None, 4]))))
        except Refusal:
            continue
    return history


def test_the_walks_draw_every_command_reach_every_stage_every_status_and_see_every_event() -> None:
    stages: set[Stage] = set()
    statuses: set[Status] = set()
    events: set[type[RsaAppointmentEvent]] = set()

    def walk(history: Sequence[RsaAppointmentEvent]) -> None:
        states = rsa_appointment_journey.decider.replay(history)
        stages.add(states[-1].stage)
        statuses.update(status(state, at) for state in states for at in (NOW, LATER, *turns(state)))
        events.update(map(type, history))

    def enough() -> bool:
        everything = (set(Stage), set(Status), set(rsa_appointment_journey.events))
        return (stages, statuses, events) == everything

    draw_until(histories(), walk, enough)
    assert set(DRAWN) == set(rsa_appointment_journey.commands)
    assert stages == set(Stage)
    assert statuses == set(Status)
    assert events == set(rsa_appointment_journey.events)


@given(histories(), st.lists(st.integers(-5, 60), min_size=1, max_size=4))
def test_the_status_changes_at_its_turns_and_nowhere_else(
    history: Sequence[RsaAppointmentEvent], days: list[int]
) -> None:
    follow_up = Fold(history)
    known = turns(follow_up)
    for at in (NOW + timedelta(days=each) for each in days):
        last = max((turn for turn in known if turn <= at), default=datetime.min.replace(tzinfo=at.tzinfo))
        assert status(follow_up, at) is status(follow_up, last)


@given(histories())
def test_numbers_are_used_once_and_say_what_there_is(history: Sequence[RsaAppointmentEvent]) -> None:
    follow_up = Fold(history)
    assert [each.number for each in follow_up.invitations] == list(range(1, len(follow_up.invitations) + 1))
    assert [each.number for each in follow_up.notifications] == list(range(1, len(follow_up.notifications) + 1))
    numbers = [each.number for each in follow_up.participations]
    assert numbers == sorted(set(numbers))
    assert all(number <= follow_up.added for number in numbers)


@given(histories())
def test_what_has_expired_stays_so(history: Sequence[RsaAppointmentEvent]) -> None:
    for before, after in pairwise(rsa_appointment_journey.decider.replay(history)):
        for invitation in before.invitations:
            kept = after.invitation(invitation.number)
            assert kept is not None
            ends, ended = kept.expires_at, invitation.expires_at
            assert ended is None or (ends is not None and ends <= ended)


@given(histories())
def test_no_way_is_used_twice_within_a_day_but_by_letter(history: Sequence[RsaAppointmentEvent]) -> None:
    for channel in (Channel.SMS, Channel.EMAIL):
        sent = [each for each in history if isinstance(each, Invited) and each.channel is channel]
        failed = {each.number for each in Fold(history).invitations if each.delivery.status is not None}
        close = [
            two for one, two in pairwise(sent) if two.at - one.at < timedelta(hours=24) and one.number not in failed
        ]
        assert close == []


@given(histories())
def test_only_what_is_summoned_is_told_and_each_thing_once(history: Sequence[RsaAppointmentEvent]) -> None:
    for state, event in zip(rsa_appointment_journey.decider.replay(history), history, strict=False):
        if isinstance(event, Notified):
            participation = state.participation(event.participation)
            assert participation is None or participation.convocable
    told = [
        (each.participation, each.kind, each.channel)
        for each in history
        if isinstance(each, Notified) and each.kind != "updated" and each.channel is not Channel.POSTAL
    ]
    assert len(set(told)) == len(told)


@given(histories())
def test_whether_somebody_is_summoned_never_changes_and_an_outcome_is_of_what_was_seen(
    history: Sequence[RsaAppointmentEvent],
) -> None:
    states = rsa_appointment_journey.decider.replay(history)
    for before, after in pairwise(states):
        for each in before.participations:
            kept = after.participation(each.number)
            assert kept is None or kept.convocable is each.convocable
    settled = Fold(history)
    assert all(each.outcome is None or each.status is ParticipationStatus.SEEN for each in settled.participations)


@given(histories())
def test_a_seat_is_one_person_s_and_of_an_appointment_that_they_have(history: Sequence[RsaAppointmentEvent]) -> None:
    follow_up = Fold(history)
    counted = [each for each in follow_up.participations if each.seat is not None]
    assert len(seats(follow_up)) <= len(counted)
    assert len({each.appointment for each in follow_up.participations}) == len(follow_up.participations)


@given(histories())
def test_what_time_asks_is_accepted_when_due_refused_before_and_done_once(
    history: Sequence[RsaAppointmentEvent],
) -> None:
    follow_up = Fold(history)
    for deadline in deadlines(follow_up):
        with pytest.raises(NotDue):
            decide(deadline.command, follow_up, around(deadline.due - timedelta(microseconds=1), acting=None))
        events = decide(deadline.command, follow_up, around(deadline.due, acting=None))
        assert deadline not in deadlines(Fold([*history, *events]))


@given(histories())
def test_what_can_be_said_is_accepted_and_nothing_else(history: Sequence[RsaAppointmentEvent]) -> None:
    follow_up = Fold(history)
    for participation in follow_up.participations:
        at = participation.told_at
        for asked in possible_statuses(participation, at):
            events = decide(SetStatus(participation=participation.number, status=asked), follow_up, around(at))
            after = Fold([*history, *events]).participation(participation.number)
            assert after is not None
            assert after.status is asked


@given(histories())
def test_closing_ends_every_invitation(history: Sequence[RsaAppointmentEvent]) -> None:
    states = rsa_appointment_journey.decider.replay(history)
    for index, event in enumerate(history):
        if isinstance(event, InvitationsExpired):
            assert all(
                each.expired(event.at) for each in states[index + 1].invitations if each.number in event.invitations
            )


def personal(kind: type[Any]) -> set[str]:
    hints = get_type_hints(kind, include_extras=True)
    return {name for name, hint in hints.items() if get_origin(hint) is Annotated and Personal in get_args(hint)}


def without_the_person(event: RsaAppointmentEvent, instead: str) -> RsaAppointmentEvent:
    hidden: dict[str, Any] = {name: instead for name in personal(type(event)) if getattr(event, name) is not None}
    return replace(event, **hidden)


@pytest.mark.parametrize("instead", [ERASED, SEALED])
@given(history=histories())
def test_the_history_stands_when_the_person_is_forgotten(instead: str, history: Sequence[RsaAppointmentEvent]) -> None:
    known, forgotten = Fold(history), Fold([without_the_person(event, instead) for event in history])
    assert (deadlines(forgotten), turns(forgotten)) == (deadlines(known), turns(known))
    assert status(forgotten, NOW) is status(known, NOW)
    assert replace(forgotten, participations=known.participations) == known
