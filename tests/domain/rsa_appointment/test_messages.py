"""What becomes of messages, in whichever order the providers tell it (rdv-insertion §5.4, §5.6, §12.B)."""

from datetime import datetime

import pytest

from domain.rsa.categories import Channel
from domain.rsa_appointment import RsaAppointmentEvent
from domain.rsa_appointment.codes import DeliveryReport, MessageKind, NotificationKind
from domain.rsa_appointment.commands import RecordClick, ReportDelivery
from domain.rsa_appointment.events import DeliveryReported, InvitationClicked, Notified
from domain.rsa_appointment.refusals import InvitationExpired, UnknownInvitation, UnknownNotification
from domain.rsa_appointment.state import Delivery
from tests.domain.rsa_appointment.cases import NOW, around, given, invited, paris, standing, summoned

SENT = invited(1, "06-10 09:00", "06-20 09:00")
TOLD = Notified(number=1, participation=1, kind=NotificationKind.CREATED, channel=Channel.SMS, at=NOW)


def report(
    what: DeliveryReport, at: str, message: MessageKind = MessageKind.INVITATION, number: int = 1
) -> ReportDelivery:
    return ReportDelivery(message=message, number=number, report=what, reported_at=paris(at))


def reported(command: ReportDelivery) -> DeliveryReported:
    return DeliveryReported(
        message=command.message, number=command.number, report=command.report, reported_at=command.reported_at
    )


def status(*reports: ReportDelivery) -> Delivery:
    """What is known after reports that came in this order."""
    history: list[RsaAppointmentEvent] = [SENT]
    for each in reports:
        history += given(*history).when(each)._decide()
    invitation = standing(*history).invitation(1)
    assert invitation is not None
    return invitation.delivery


def known(what: DeliveryReport | None, at: datetime) -> Delivery:
    return Delivery(status=what, reported_at=at)


def test_b23_a_later_delivery_replaces_a_bounce() -> None:
    bounced = report(DeliveryReport.SOFT_BOUNCE, "2025-06-11 12:00")
    delivered = report(DeliveryReport.DELIVERED, "2025-06-11 12:34")
    given(SENT, reported(bounced)).when(delivered).then(reported(delivered))
    assert status(bounced, delivered) == known(DeliveryReport.DELIVERED, paris("06-11 12:34"))


def test_b25_what_is_older_than_the_last_report_says_nothing_new() -> None:
    blocked = report(DeliveryReport.BLOCKED, "2023-06-08 12:00")
    given(SENT, reported(blocked)).when(report(DeliveryReport.ERROR, "2022-06-07 12:00")).then()
    same_instant = report(DeliveryReport.ERROR, "2023-06-08 12:00")
    given(SENT, reported(blocked)).when(same_instant).then(reported(same_instant))


@pytest.mark.parametrize("later", DeliveryReport)
def test_what_was_delivered_stays_delivered(later: DeliveryReport) -> None:
    delivered = report(DeliveryReport.DELIVERED, "06-11 12:00")
    given(SENT, reported(delivered)).when(report(later, "06-12 12:00")).then()


def test_any_other_report_counts_by_its_date_alone() -> None:
    bounced, opened = report(DeliveryReport.HARD_BOUNCE, "06-11 12:00"), report(DeliveryReport.OTHER, "06-11 13:00")
    assert status(opened) == known(None, paris("06-11 13:00"))
    assert status(bounced, opened) == known(DeliveryReport.HARD_BOUNCE, paris("06-11 13:00"))
    assert status(opened, bounced) == known(None, paris("06-11 13:00"))


def test_a_notification_has_its_own_delivery() -> None:
    failed = report(DeliveryReport.ERROR, "06-16 10:00", MessageKind.NOTIFICATION)
    history = (SENT, summoned(1, "06-16 09:00", "06-20 09:00"), TOLD)
    given(*history).when(failed).then(reported(failed))
    follow_up = standing(*history, reported(failed))
    assert follow_up.notifications[0].delivery == known(DeliveryReport.ERROR, paris("06-16 10:00"))
    assert follow_up.invitations[0].delivery == Delivery()


def test_a_report_is_about_one_message_of_several() -> None:
    sent = (SENT, invited(2, "06-10 09:00", "06-20 09:00", channel=Channel.EMAIL))
    told = (TOLD, Notified(number=2, participation=1, kind=NotificationKind.CREATED, channel=Channel.EMAIL, at=NOW))
    bounced = reported(report(DeliveryReport.HARD_BOUNCE, "06-16 10:00", number=2))
    failed = reported(report(DeliveryReport.ERROR, "06-16 10:00", MessageKind.NOTIFICATION, number=2))
    opened = reported(report(DeliveryReport.OTHER, "06-16 11:00", MessageKind.NOTIFICATION, number=2))
    follow_up = standing(*sent, *told, bounced, failed, opened)
    assert [each.delivery for each in follow_up.invitations] == [
        Delivery(),
        known(DeliveryReport.HARD_BOUNCE, paris("06-16 10:00")),
    ]
    assert [each.delivery for each in follow_up.notifications] == [
        Delivery(),
        known(DeliveryReport.ERROR, paris("06-16 11:00")),
    ]


def test_what_was_never_sent_has_no_delivery() -> None:
    given(SENT).when(report(DeliveryReport.ERROR, "06-16 10:00", number=2)).refused(UnknownInvitation)
    given(SENT).when(report(DeliveryReport.ERROR, "06-16 10:00", MessageKind.NOTIFICATION)).refused(UnknownNotification)


def test_the_first_click_on_a_valid_invitation_counts() -> None:
    clicked = InvitationClicked(invitation=1, at=NOW)
    given(SENT).when(RecordClick(invitation=1)).then(clicked)
    given(SENT, clicked).when(RecordClick(invitation=1)).then()
    given(SENT).within(around(paris("06-20 09:00"))).when(RecordClick(invitation=1)).refused(InvitationExpired)
    given(SENT).when(RecordClick(invitation=2)).refused(UnknownInvitation)
    assert standing(SENT, clicked).invitations[0].clicked
