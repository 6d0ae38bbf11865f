"""Who is told what of a follow-up: the person, and a mailbox for what changes in an agenda (rdv-insertion §5, §6.5)."""

from collections.abc import Mapping, Sequence
from typing import Final, assert_never

from application.notifications.notice import Channel, Told
from application.notifications.templates import Template
from domain.rsa_appointment.codes import InvitationOrigin, NotificationKind
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
from domain.rsa_appointment.state import CANCELLED, Participation, RsaAppointment
from projections.notifications.tellings import to_candidate, to_mailbox

_InTheAgenda = ParticipationAdded | AppointmentChanged | StatusSet

SUMMONS: Final[Mapping[NotificationKind, Template]] = {
    NotificationKind.CREATED: Template.RSA_SUMMONED,
    NotificationKind.UPDATED: Template.RSA_SUMMONS_CHANGED,
    NotificationKind.CANCELLED: Template.RSA_SUMMONS_CANCELLED,
    NotificationKind.REMINDER: Template.RSA_SUMMONS_REMINDED,
}


def rsa_appointment(event: RsaAppointmentEvent, case: RsaAppointment) -> Sequence[Told]:
    """What is told of an event, given the follow-up right after it.

    Reminders are told as the invitation, or the message, that they lead to.
    """
    match event:
        case Invited():
            return [_invited(event)]
        case Notified():
            return [_summoned(event, each) for each in _seats(case, event.participation)]
        case ParticipationAdded():
            return [told for each in _seats(case, event.number) for told in _in_the_agenda(event, each, case)]
        case AppointmentChanged() | StatusSet():
            return [told for each in _seats(case, event.participation) for told in _in_the_agenda(event, each, case)]
        case (
            Opened()
            | InvitationClicked()
            | DeliveryReported()
            | InvitationReminded()
            | InvitationsExpired()
            | ParticipationRemoved()
            | AppointmentReminded()
            | OutcomeRecorded()
            | OutcomeDropped()
            | Closed()
            | Reopened()
            | Withdrawn()
        ):
            return []
        case _:
            assert_never(event)


def _seats(case: RsaAppointment, number: int) -> Sequence[Participation]:
    return [each for each in case.participations if each.number == number]


def _invited(event: Invited) -> Told:
    recalled = event.origin is InvitationOrigin.REMINDER
    template = Template.RSA_INVITATION_REMINDED if recalled else Template.RSA_INVITED
    return to_candidate(template, next(iter(event.organisations), None), Channel(event.channel.value))


def _summoned(event: Notified, seat: Participation) -> Told:
    return to_candidate(SUMMONS[event.kind], seat.organisation, Channel(event.channel.value))


def _in_the_agenda(event: _InTheAgenda, seat: Participation, case: RsaAppointment) -> Sequence[Told]:
    """Told of what is ahead, whether the person is summoned or not; the mailbox exists if the organisation says so."""
    if event.starts_at <= event.at:
        return []
    return [to_mailbox(_template(event), seat.organisation, case.category)]


def _template(event: _InTheAgenda) -> Template:
    if event.status in CANCELLED:
        return Template.RSA_APPOINTMENT_CANCELLED_FOR_MAILBOX
    match event:
        case ParticipationAdded():
            return Template.RSA_APPOINTMENT_ADDED_FOR_MAILBOX
        case AppointmentChanged() | StatusSet():
            return Template.RSA_APPOINTMENT_CHANGED_FOR_MAILBOX
        case _:
            assert_never(event)
