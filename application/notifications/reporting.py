"""What became of a message is told to the follow-up that it is about, by its own command (rdv-insertion §5.6)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from application.desk import Desk
from application.dossiers import kind_of
from application.errands import Errand, run
from application.notifications.contents.matter import Matter
from application.notifications.notice import Ending, State
from application.ports import RecordBroken
from domain.rsa_appointment import rsa_appointment_journey
from domain.rsa_appointment.codes import DeliveryReport, MessageKind
from domain.rsa_appointment.commands import ReportDelivery
from domain.rsa_appointment.events import Invited, Notified

#: How a delivery failed, in the words of providers. That a server took a letter does not say that it arrived.
FAILED: Final[Mapping[State, DeliveryReport]] = {
    State.UNDELIVERABLE: DeliveryReport.ERROR,
    State.REJECTED: DeliveryReport.HARD_BOUNCE,
    State.GIVEN_UP: DeliveryReport.SOFT_BOUNCE,
}


def report(desk: Desk, matter: Matter, ending: Ending, at: datetime) -> None:
    """Tell a failure, once, if the journey keeps what becomes of its messages."""
    failed, notice = FAILED.get(ending.state), matter.notice
    if failed is None or kind_of(notice.journey) != rsa_appointment_journey.name:
        return
    for message, number in _messages(matter):
        command = ReportDelivery(message=message, number=number, report=failed, reported_at=at)
        key = f"{notice.id}/{ending.state}/{at.isoformat()}"
        run(desk, Errand(root=notice.root, journey=notice.journey, command=command, key=key))


def _messages(matter: Matter) -> Sequence[tuple[MessageKind, int]]:
    """Which message of the follow-up it was; none where a mailbox was told, or where nobody can read the dossier."""
    try:
        event = matter.event
    except RecordBroken:
        return []
    if isinstance(event, Invited):
        return [(MessageKind.INVITATION, event.number)]
    return [(MessageKind.NOTIFICATION, event.number)] if isinstance(event, Notified) else []
