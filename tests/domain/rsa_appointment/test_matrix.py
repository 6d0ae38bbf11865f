"""What a follow-up accepts at each stage: nothing but what is written here."""

from collections.abc import Sequence

import pytest

from domain.rsa_appointment import RsaAppointmentCommand, RsaAppointmentEvent, Stage, rsa_appointment_journey
from domain.rsa_appointment.codes import DeliveryReport, MessageKind, ParticipationStatus
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Close,
    Excuse,
    ExpireWhereArchived,
    Open,
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
from domain.rsa_appointment.events import Closed, Withdrawn
from domain.rsa_appointment.refusals import WrongStage
from tests.domain.rsa_appointment.cases import CATEGORY, INVITE, NOW, OPENED, around, taking

REPORT = ReportDelivery(message=MessageKind.INVITATION, number=1, report=DeliveryReport.DELIVERED, reported_at=NOW)
EXPECTED: Sequence[tuple[RsaAppointmentCommand, str]] = (
    (Open(category=CATEGORY), "not_opened"),
    (INVITE, "open closed"),
    (RecordClick(invitation=1), "open closed"),
    (REPORT, "open closed"),
    (RemindInvitation(), "open"),
    (taking("06-20 10:00"), "open closed"),
    (ChangeAppointment(participation=1), "open closed"),
    (SetStatus(participation=1, status=ParticipationStatus.SEEN), "open closed"),
    (Excuse(participation=1), "open closed"),
    (RemoveParticipation(participation=1), "open closed"),
    (SummonByLetter(participation=1), "open closed"),
    (RemindAppointment(participation=1), "open closed"),
    (RecordOutcome(participation=1, type="social"), "open closed"),
    (Close(), "open"),
    (Reopen(), "closed"),
    (ExpireWhereArchived(), "open closed"),
    (WithdrawUnused(), "open closed"),
)
REACHED: dict[Stage, Sequence[RsaAppointmentEvent]] = {
    Stage.NOT_OPENED: (),
    Stage.OPEN: (OPENED,),
    Stage.CLOSED: (OPENED, Closed(at=NOW)),
    Stage.WITHDRAWN: (OPENED, Withdrawn(at=NOW)),
}


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(("command", "allowed"), EXPECTED, ids=[type(command).__name__ for command, _ in EXPECTED])
def test_each_command_is_taken_where_the_table_says_and_nowhere_else(
    command: RsaAppointmentCommand, allowed: str, stage: Stage
) -> None:
    decider = rsa_appointment_journey.decider
    follow_up = decider.fold(REACHED[stage])
    assert follow_up.stage is stage
    assert (type(command) in decider.offers(follow_up)) is (stage in allowed.split())
    if stage not in allowed.split():
        with pytest.raises(WrongStage):
            decider.decide(command, follow_up, around())


def test_the_matrix_names_every_command() -> None:
    assert {type(command) for command, _ in EXPECTED} == set(rsa_appointment_journey.commands)
