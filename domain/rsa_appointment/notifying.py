"""What a person who is summoned is told of an appointment, each thing once (rdv-insertion §6.5)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from domain.journey import Context
from domain.rsa.categories import Channel
from domain.rsa.contact import BY_ITSELF, REACHED_BY
from domain.rsa_appointment.codes import Location, NotificationKind, ParticipationStatus
from domain.rsa_appointment.events import Notified
from domain.rsa_appointment.opening import followed
from domain.rsa_appointment.refusals import AddressIncomplete, NobodyToTell, NoMobilePhone
from domain.rsa_appointment.state import Participation, RsaAppointment

#: How many messages of one kind are sent by one way: once for ever, or so many within a while.
ONCE: Final = 1
UPDATES: Final = 2
WHILE: Final = timedelta(hours=1)
_TOLD_OF: Final = frozenset({ParticipationStatus.UNKNOWN, ParticipationStatus.REVOKED})


def notifiable(participation: Participation, context: Context) -> bool:
    """Whether Parcours tells the person: the agenda itself tells whoever was not summoned (rdv-insertion §6.5)."""
    ahead = participation.starts_at > max(context.at, context.now or context.at)
    return participation.convocable and ahead and participation.status in _TOLD_OF


def notify(
    kind: NotificationKind, participation: Participation, follow_up: RsaAppointment, context: Context
) -> Sequence[Notified]:
    """Tell the person by every way that reaches them and has not told it yet.

    Nothing is sent without a number to call, nor about an appointment at the person's home, which no message describes.
    """
    if not (notifiable(participation, context) and participation.phone) or participation.location is Location.HOME:
        return []
    person = followed(context)
    ways = [
        each
        for each in BY_ITSELF
        if REACHED_BY[each](person) and not _told(kind, each, participation, follow_up, context)
    ]
    first = len(follow_up.notifications) + 1
    return [_notified(kind, way, participation, number, context) for number, way in enumerate(ways, first)]


def _told(
    kind: NotificationKind,
    way: Channel,
    participation: Participation,
    follow_up: RsaAppointment,
    context: Context,
) -> bool:
    sent = [
        each.at
        for each in follow_up.notifications
        if (each.participation, each.kind, each.channel) == (participation.number, kind, way)
    ]
    if kind is not NotificationKind.UPDATED:
        return len(sent) >= ONCE
    return sum(at > context.at - WHILE for at in sent) >= UPDATES


def _notified(
    kind: NotificationKind, way: Channel, participation: Participation, number: int, context: Context
) -> Notified:
    return Notified(number=number, participation=participation.number, kind=kind, channel=way, at=context.at)


def summon_by_letter(participation: Participation, follow_up: RsaAppointment, context: Context) -> Sequence[Notified]:
    """A letter is made on demand, as often as somebody asks; about an appointment by telephone, it needs a mobile."""
    if not notifiable(participation, context):
        raise NobodyToTell
    person = followed(context)
    if not REACHED_BY[Channel.POSTAL](person):
        raise AddressIncomplete
    if participation.location is Location.PHONE and not REACHED_BY[Channel.SMS](person):
        raise NoMobilePhone
    revoked = participation.status is ParticipationStatus.REVOKED
    kind = NotificationKind.CANCELLED if revoked else NotificationKind.CREATED
    number = len(follow_up.notifications) + 1
    return [_notified(kind, Channel.POSTAL, participation, number, context)]
