"""What an appointment of orientation leads to (rdv-insertion §6.6): unrelated to accompaniments (quirk 18: kept)."""

from collections.abc import Sequence

from domain.journey import Context
from domain.rsa.categories import CategoryType
from domain.rsa.reception import types_offered_by
from domain.rsa_appointment.codes import ParticipationStatus
from domain.rsa_appointment.commands import RecordOutcome
from domain.rsa_appointment.events import OutcomeRecorded
from domain.rsa_appointment.refusals import NotAnOrientation, NotSeen, OutcomeAlreadyRecorded, TypeNotOffered
from domain.rsa_appointment.state import Participation, RsaAppointment


def record_outcome(
    command: RecordOutcome, participation: Participation, follow_up: RsaAppointment, context: Context
) -> Sequence[OutcomeRecorded]:
    """One for each appointment that was honoured, in a category of orientation."""
    if follow_up.type is not CategoryType.RSA_ORIENTATION:
        raise NotAnOrientation
    if participation.status is not ParticipationStatus.SEEN:
        raise NotSeen
    if participation.outcome is not None:
        raise OutcomeAlreadyRecorded
    types = types_offered_by(participation.organisation, context.receptions)
    if command.type not in types:
        raise TypeNotOffered(offered=sorted(types))
    return [
        OutcomeRecorded(participation=participation.number, type=command.type, casf=types[command.type], at=context.at)
    ]
