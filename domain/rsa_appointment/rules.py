"""What a follow-up accepts at each stage, and what then happens."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, assert_never

from domain.journey import Context
from domain.rsa_appointment.attending import attend
from domain.rsa_appointment.booking import record
from domain.rsa_appointment.codes import Stage
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
    RsaAppointmentCommand,
    SetStatus,
    SummonByLetter,
    WithdrawUnused,
)
from domain.rsa_appointment.events import RsaAppointmentEvent
from domain.rsa_appointment.messages import write
from domain.rsa_appointment.opening import keep, open_follow_up
from domain.rsa_appointment.refusals import WrongStage
from domain.rsa_appointment.state import RsaAppointment
from domain.rsa_appointment.timing import remind

_OPEN: Final = frozenset({Stage.OPEN})
_CLOSED: Final = frozenset({Stage.CLOSED})
#: The agenda and the providers go on telling facts of a closed follow-up, which stays closed (quirk 6: kept).
_BEGUN: Final = _OPEN | _CLOSED

ACCEPTED_FROM: Final[Mapping[type[RsaAppointmentCommand], frozenset[Stage]]] = {
    Open: frozenset({Stage.NOT_OPENED}),
    Invite: _BEGUN,
    RecordClick: _BEGUN,
    ReportDelivery: _BEGUN,
    RemindInvitation: _OPEN,
    RecordAppointment: _BEGUN,
    ChangeAppointment: _BEGUN,
    SetStatus: _BEGUN,
    Excuse: _BEGUN,
    RemoveParticipation: _BEGUN,
    SummonByLetter: _BEGUN,
    RemindAppointment: _BEGUN,
    RecordOutcome: _BEGUN,
    Close: _OPEN,
    Reopen: _CLOSED,
    ExpireWhereArchived: _BEGUN,
    WithdrawUnused: _BEGUN,
}


def offers(follow_up: RsaAppointment) -> Collection[type[RsaAppointmentCommand]]:
    """The commands that the stage accepts."""
    return [kind for kind, stages in ACCEPTED_FROM.items() if follow_up.stage in stages]


def decide(
    command: RsaAppointmentCommand, follow_up: RsaAppointment, context: Context
) -> Sequence[RsaAppointmentEvent]:
    """What happens when this is asked; raises a `Refusal`."""
    if type(command) not in offers(follow_up):
        raise WrongStage(stage=follow_up.stage.value)
    match command:
        case Open():
            return open_follow_up(command, context)
        case Invite() | RecordClick() | ReportDelivery():
            return write(command, follow_up, context)
        case RecordAppointment():
            return record(command, follow_up, context)
        case ChangeAppointment() | SetStatus() | Excuse() | RemoveParticipation() | SummonByLetter() | RecordOutcome():
            return attend(command, follow_up, context)
        case RemindInvitation() | RemindAppointment():
            return remind(command, follow_up, context)
        case Close() | Reopen() | ExpireWhereArchived() | WithdrawUnused():
            return keep(command, follow_up, context)
        case _:
            assert_never(command)
