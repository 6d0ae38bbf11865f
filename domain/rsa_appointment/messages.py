"""What is sent to invite a person, and what becomes of it (rdv-insertion §5.2, §5.4, §5.6)."""

from collections.abc import Sequence
from typing import assert_never

from domain.calendar import paris_days_later
from domain.journey import Context
from domain.rsa.categories import CategoryConfiguration
from domain.rsa.reception import Reception
from domain.rsa_appointment.codes import DeliveryReport, InvitationOrigin, MessageKind, Stage
from domain.rsa_appointment.commands import Invite, RecordClick, ReportDelivery
from domain.rsa_appointment.events import (
    DeliveryReported,
    InvitationClicked,
    Invited,
    Reopened,
    RsaAppointmentEvent,
)
from domain.rsa_appointment.inviting import Sending, check
from domain.rsa_appointment.opening import check_following, followed
from domain.rsa_appointment.refusals import (
    CategoryNotHandled,
    ChannelNotConfigured,
    FollowUpClosed,
    InvitationExpired,
    NotForReminders,
    SlotsNotChecked,
    UnknownInvitation,
    UnknownNotification,
)
from domain.rsa_appointment.state import Delivery, RsaAppointment
from domain.vocabulary import OrganisationId

Messages = Invite | RecordClick | ReportDelivery


def write(command: Messages, follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """Invite, or say what became of a message."""
    match command:
        case Invite():
            return invite(command, follow_up, context)
        case RecordClick():
            return _click(command, follow_up, context)
        case ReportDelivery():
            return _report(command, follow_up)
        case _:
            assert_never(command)


def invite(command: Invite, follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """Send an invitation. A closed follow-up is taken up again only on purpose (rdv-insertion §4.5, §13.3)."""
    if command.origin is InvitationOrigin.REMINDER:
        raise NotForReminders
    closed = follow_up.stage is Stage.CLOSED
    if closed and not command.reopen:
        context.insist(FollowUpClosed(stage=follow_up.stage.value))
    check_following(context)
    reception, configuration = _configured(command, follow_up, context)
    if command.channel not in configuration.invitation_channels:
        context.insist(ChannelNotConfigured(channels=[each.value for each in configuration.invitation_channels]))
    if command.slots_available is None and command.origin is not InvitationOrigin.API:
        context.insist(SlotsNotChecked())
    days = configuration.days_before_invitations_expire
    sending = Sending(
        channel=command.channel,
        organisations=_targets(command, configuration, context),
        help_phone=configuration.phone or reception.phone,
        expires_at=None if days is None else paris_days_later(context.at, days),
        with_referents=configuration.rdv_with_referents,
        bookable=command.bookable,
        bookable_with_referents=command.bookable_with_referents,
        slots_available=command.slots_available,
        follow_up=follow_up,
        context=context,
    )
    check(sending)
    reopened = [Reopened(at=context.at)] if closed and command.reopen else []
    return [*reopened, invited(sending, command.origin, command.place, len(follow_up.invitations) + 1)]


def _configured(
    command: Invite, follow_up: RsaAppointment, context: Context
) -> tuple[Reception, CategoryConfiguration]:
    """The first of the organisations asked for that follows the person and handles the category."""
    followers = followed(context).followers
    for name in command.organisations:
        reception = context.receptions.get(name)
        if name in followers and reception is not None and follow_up.category in reception.categories:
            return reception, reception.categories[follow_up.category]
    raise CategoryNotHandled(category=follow_up.category)


def _targets(command: Invite, configuration: CategoryConfiguration, context: Context) -> tuple[OrganisationId, ...]:
    """Where the person is invited: everywhere asked for, or there where they are followed and not archived."""
    asked = tuple(dict.fromkeys(command.organisations))
    if not configuration.invite_to_user_organisations_only:
        return asked
    person = followed(context)
    return tuple(name for name in asked if name in person.followers and name not in person.archived_by)


def invited(sending: Sending, origin: InvitationOrigin, place: str | None, number: int) -> Invited:
    """What is recorded of an invitation."""
    referents = followed(sending.context).referents if sending.with_referents else ()
    return Invited(
        number=number,
        channel=sending.channel,
        origin=origin,
        organisations=sending.organisations,
        expires_at=sending.expires_at,
        help_phone=sending.help_phone or "",
        referents=tuple(dict.fromkeys(each.referent for each in referents)),
        place=place,
        at=sending.context.at,
    )


def _click(command: RecordClick, follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """Only the first click counts, and only while the invitation is valid."""
    invitation = follow_up.invitation(command.invitation)
    if invitation is None:
        raise UnknownInvitation
    if invitation.expired(context.at):
        raise InvitationExpired(help_phone=invitation.help_phone)
    return [] if invitation.clicked else [InvitationClicked(invitation=command.invitation, at=context.at)]


def _report(command: ReportDelivery, follow_up: RsaAppointment) -> Sequence[RsaAppointmentEvent]:
    """What is older than the last report, or comes after the delivery, says nothing new (rdv-insertion §5.6)."""
    before = _delivery(command, follow_up)
    stale = before.reported_at is not None and command.reported_at < before.reported_at
    if stale or before.status is DeliveryReport.DELIVERED:
        return []
    return [
        DeliveryReported(
            message=command.message, number=command.number, report=command.report, reported_at=command.reported_at
        )
    ]


def _delivery(command: ReportDelivery, follow_up: RsaAppointment) -> Delivery:
    if command.message is MessageKind.INVITATION:
        invitation = follow_up.invitation(command.number)
        if invitation is None:
            raise UnknownInvitation
        return invitation.delivery
    notification = follow_up.notification(command.number)
    if notification is None:
        raise UnknownNotification
    return notification.delivery
