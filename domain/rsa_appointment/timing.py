"""What time asks of a follow-up: the reminder of an invitation, and of an appointment (rdv-insertion §5.5, §6.5)."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from domain.calendar import add_days, paris_day, paris_days_later, paris_time
from domain.journey import Context, Deadline
from domain.rsa.categories import Channel
from domain.rsa.contact import REACHED_BY
from domain.rsa_appointment.codes import InvitationOrigin, NotificationKind, ParticipationStatus, Status
from domain.rsa_appointment.commands import RemindAppointment, RemindInvitation, RsaAppointmentCommand
from domain.rsa_appointment.events import AppointmentReminded, InvitationReminded, RsaAppointmentEvent
from domain.rsa_appointment.inviting import Sending, refusals
from domain.rsa_appointment.messages import invited
from domain.rsa_appointment.notifying import notify
from domain.rsa_appointment.opening import followed
from domain.rsa_appointment.refusals import NotDue, UnknownParticipation
from domain.rsa_appointment.state import Invitation, Participation, RsaAppointment
from domain.rsa_appointment.status import status

#: Calendar days in Paris after the last invitation that somebody sent, and the clock time.
REMINDER_DAYS: Final = 3
REMINDER_TIME: Final = time(11)
#: What is about to end is not recalled: strictly more than so many days must be left.
DAYS_LEFT: Final = 2
#: Calendar days in Paris before a summons, and the clock time.
SUMMONS_DAYS: Final = 2
SUMMONS_TIME: Final = time(10)
#: By which ways a reminder goes, whichever way the invitation went (quirk 10: kept).
WAYS: Final = (Channel.EMAIL, Channel.SMS)


def deadlines(follow_up: RsaAppointment) -> Sequence[Deadline[RsaAppointmentCommand]]:
    """The reminder of the last invitation, and those of the appointments that the person is summoned to."""
    asked: list[Deadline[RsaAppointmentCommand]] = []
    invitation = reminder_due(follow_up)
    if invitation is not None:
        asked.append(Deadline(due=reminder_at(invitation), command=RemindInvitation()))
    for participation in follow_up.participations:
        if awaits_reminder(participation):
            due = summons_at(participation)
            asked.append(Deadline(due=due, command=RemindAppointment(participation=participation.number)))
    return asked


def reminder_at(invitation: Invitation) -> datetime:
    """When an invitation is recalled: at eleven, three calendar days after it was sent."""
    return paris_time(add_days(paris_day(invitation.at), REMINDER_DAYS), REMINDER_TIME)


def reminder_due(follow_up: RsaAppointment) -> Invitation | None:
    """The last invitation that somebody sent, if it will be recalled unless something happens first."""
    sent = [each for each in follow_up.invitations if each.by_agent]
    last = max(sent, key=lambda each: (each.at, each.number), default=None)
    if last is None or last.reminded:
        return None
    due = reminder_at(last)
    same_day = [each for each in sent if paris_day(each.at) == paris_day(last.at)]
    recalled = any(each.channel in WAYS and _lasts(each, due) for each in same_day) and _lasts(last, due)
    return last if recalled and status(follow_up, due) is Status.INVITATION_PENDING else None


def _lasts(invitation: Invitation, due: datetime) -> bool:
    return invitation.expires_at is not None and invitation.expires_at > paris_days_later(due, DAYS_LEFT)


def summons_at(participation: Participation) -> datetime:
    """When a person who is summoned is reminded: at ten, two calendar days before."""
    return paris_time(add_days(paris_day(participation.starts_at), -SUMMONS_DAYS), SUMMONS_TIME)


def awaits_reminder(participation: Participation) -> bool:
    """Whether the reminder is still to come: not if the appointment was taken, or moved, after its time."""
    expected = participation.convocable and participation.status is ParticipationStatus.UNKNOWN
    return expected and not participation.reminded and summons_at(participation) > participation.told_at


def remind(
    command: RemindInvitation | RemindAppointment, follow_up: RsaAppointment, context: Context
) -> Sequence[RsaAppointmentEvent]:
    """Write again, once: the reminder is over even if nobody could be written to."""
    if isinstance(command, RemindInvitation):
        return _remind_invitation(follow_up, context)
    return _remind_appointment(command, follow_up, context)


def _remind_invitation(follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """A new invitation by every way that reaches the person, with the expiry of the one that it recalls."""
    invitation = reminder_due(follow_up)
    if invitation is None or not _now(reminder_at(invitation), context):
        raise NotDue
    person = followed(context)
    sendings = [_recalling(invitation, way, follow_up, context) for way in WAYS if REACHED_BY[way](person)]
    possible = [sending for sending in sendings if not refusals(sending)]
    first = len(follow_up.invitations) + 1
    again = [
        invited(sending, InvitationOrigin.REMINDER, invitation.place, number)
        for number, sending in enumerate(possible, first)
    ]
    return [InvitationReminded(invitation=invitation.number, at=context.at), *again]


def _now(due: datetime, context: Context) -> bool:
    """Whether it is due: from its time on, until the day is over."""
    return context.at >= due and context.today == paris_day(due)


def _recalling(invitation: Invitation, way: Channel, follow_up: RsaAppointment, context: Context) -> Sending:
    """The same again; slots are not looked for (rdv-insertion §5.5)."""
    return Sending(
        channel=way,
        organisations=invitation.organisations,
        help_phone=invitation.help_phone,
        expires_at=invitation.expires_at,
        with_referents=bool(invitation.referents),
        follow_up=follow_up,
        context=context,
    )


def _remind_appointment(
    command: RemindAppointment, follow_up: RsaAppointment, context: Context
) -> Sequence[RsaAppointmentEvent]:
    participation = follow_up.participation(command.participation)
    if participation is None:
        raise UnknownParticipation
    if not awaits_reminder(participation) or not _now(summons_at(participation), context):
        raise NotDue
    told = notify(NotificationKind.REMINDER, participation, follow_up, context)
    return [AppointmentReminded(participation=participation.number, at=context.at), *told]
