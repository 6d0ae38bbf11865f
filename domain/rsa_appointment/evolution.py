"""What each event makes of a follow-up."""

from collections.abc import Callable
from dataclasses import fields
from typing import Final, assert_never

from domain.evolving import replace
from domain.rsa_appointment.codes import DeliveryReport, MessageKind, Stage
from domain.rsa_appointment.events import (
    AppointmentChanged,
    AppointmentReminded,
    Closed,
    DeliveryReported,
    InvitationClicked,
    InvitationReminded,
    InvitationsExpired,
    Invited,
    Notified,
    Opened,
    OutcomeDropped,
    OutcomeRecorded,
    ParticipationAdded,
    ParticipationRemoved,
    Reopened,
    RsaAppointmentEvent,
    StatusSet,
    Withdrawn,
)
from domain.rsa_appointment.state import Delivery, Invitation, Notification, Outcome, Participation, RsaAppointment

_OfInvitations = Invited | InvitationClicked | InvitationReminded | InvitationsExpired
_INVITED: Final = tuple(each.name for each in fields(Invited))
_ADDED: Final = tuple(each.name for each in fields(ParticipationAdded))
_NOTIFIED: Final = tuple(each.name for each in fields(Notified))


def evolve(follow_up: RsaAppointment, event: RsaAppointmentEvent) -> RsaAppointment:
    """The follow-up after an event."""
    match event:
        case Opened() | Closed() | Reopened() | Withdrawn():
            return _staged(follow_up, event)
        case Invited() | InvitationClicked() | InvitationReminded() | InvitationsExpired():
            return replace(follow_up, invitations=_invitations(follow_up.invitations, event))
        case DeliveryReported():
            return _delivered(follow_up, event)
        case Notified():
            told = Notification(**{name: getattr(event, name) for name in _NOTIFIED})
            return replace(follow_up, notifications=(*follow_up.notifications, told))
        case ParticipationAdded():
            taken = participation_of(event)
            return replace(follow_up, participations=(*follow_up.participations, taken), added=event.number)
        case _:
            return replace(follow_up, participations=_participations(follow_up.participations, event))


def _staged(follow_up: RsaAppointment, event: Opened | Closed | Reopened | Withdrawn) -> RsaAppointment:
    match event:
        case Opened():
            return RsaAppointment(
                stage=Stage.OPEN, category=event.category, type=event.type, organisation=event.organisation
            )
        case Closed():
            return replace(follow_up, stage=Stage.CLOSED)
        case Reopened():
            return replace(follow_up, stage=Stage.OPEN)
        case Withdrawn():
            return replace(follow_up, stage=Stage.WITHDRAWN)
        case _:
            assert_never(event)


def _invitations(before: tuple[Invitation, ...], event: _OfInvitations) -> tuple[Invitation, ...]:
    match event:
        case Invited():
            return (*before, Invitation(**{name: getattr(event, name) for name in _INVITED}))
        case InvitationClicked():
            return _with(before, (event.invitation,), lambda each: replace(each, clicked=True))
        case InvitationReminded():
            return _with(before, (event.invitation,), lambda each: replace(each, reminded=True))
        case InvitationsExpired():
            return _with(before, event.invitations, lambda each: replace(each, expires_at=event.at))
        case _:
            assert_never(event)


def _with(
    before: tuple[Invitation, ...], numbers: tuple[int, ...], change: Callable[[Invitation], Invitation]
) -> tuple[Invitation, ...]:
    return tuple(change(each) if each.number in numbers else each for each in before)


def participation_of(event: ParticipationAdded) -> Participation:
    """What the person's seat is as it is taken."""
    return Participation(**{name: getattr(event, name) for name in _ADDED}, told_at=event.at)


def _participations(
    before: tuple[Participation, ...],
    event: AppointmentChanged
    | StatusSet
    | ParticipationRemoved
    | AppointmentReminded
    | OutcomeRecorded
    | OutcomeDropped,
) -> tuple[Participation, ...]:
    if isinstance(event, ParticipationRemoved):
        return tuple(each for each in before if each.number != event.participation)
    return tuple(_changed(each, event) if each.number == event.participation else each for each in before)


def _changed(
    before: Participation,
    event: AppointmentChanged | StatusSet | AppointmentReminded | OutcomeRecorded | OutcomeDropped,
) -> Participation:
    match event:
        case AppointmentChanged():
            return replace(
                before,
                starts_at=event.starts_at,
                duration_minutes=event.duration_minutes,
                address=event.address,
                told_at=event.at,
            )
        case StatusSet():
            return replace(before, status=event.status, told_at=event.at)
        case AppointmentReminded():
            return replace(before, reminded=True)
        case OutcomeRecorded():
            return replace(before, outcome=Outcome(type=event.type, casf=event.casf))
        case OutcomeDropped():
            return replace(before, outcome=None)
        case _:
            assert_never(event)


def _delivered(follow_up: RsaAppointment, event: DeliveryReported) -> RsaAppointment:
    if event.message is MessageKind.INVITATION:
        invitations = tuple(
            replace(each, delivery=_reported(each.delivery, event)) if each.number == event.number else each
            for each in follow_up.invitations
        )
        return replace(follow_up, invitations=invitations)
    notifications = tuple(
        replace(each, delivery=_reported(each.delivery, event)) if each.number == event.number else each
        for each in follow_up.notifications
    )
    return replace(follow_up, notifications=notifications)


def _reported(before: Delivery, event: DeliveryReported) -> Delivery:
    """A report that is none of the six codes counts by its date alone (rdv-insertion §5.6)."""
    status = before.status if event.report is DeliveryReport.OTHER else event.report
    return Delivery(status=status, reported_at=event.reported_at)
