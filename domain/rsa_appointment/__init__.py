"""RSA appointment: a person is invited or summoned, comes or does not, in one category (rdv-insertion §4 to §6)."""

from typing import Final, get_args

from domain.journey import Decider, Journey
from domain.rsa_appointment.attending import possible_statuses
from domain.rsa_appointment.codes import Stage, Status
from domain.rsa_appointment.commands import (
    Close,
    Invite,
    Open,
    RecordAppointment,
    RecordOutcome,
    RemindInvitation,
    Reopen,
    RsaAppointmentCommand,
)
from domain.rsa_appointment.events import RsaAppointmentEvent
from domain.rsa_appointment.evolution import evolve
from domain.rsa_appointment.rules import ACCEPTED_FROM, decide, offers
from domain.rsa_appointment.state import RsaAppointment, closed, parties, seats
from domain.rsa_appointment.status import action_required, convocable, status, turns
from domain.rsa_appointment.timing import deadlines
from domain.vocabulary import RootKind

rsa_appointment_journey: Final[Journey[RsaAppointmentCommand, RsaAppointment, RsaAppointmentEvent]] = Journey(
    name="rsa-appointment",
    plural="rsa-appointments",
    root=RootKind.CANDIDATE,
    opening=(Open,),
    commands=get_args(RsaAppointmentCommand),
    events=get_args(RsaAppointmentEvent),
    decider=Decider(initial=RsaAppointment(), offers=offers, decide=decide, evolve=evolve),
    accepted_from=ACCEPTED_FROM,
    stage=lambda follow_up: follow_up.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
    status=status,
    turns=turns,
    consults=(Open, Invite, RemindInvitation, RecordAppointment, RecordOutcome, Close, Reopen),
)

__all__ = [
    "ACCEPTED_FROM",
    "RsaAppointment",
    "RsaAppointmentCommand",
    "RsaAppointmentEvent",
    "Stage",
    "Status",
    "action_required",
    "closed",
    "convocable",
    "deadlines",
    "decide",
    "evolve",
    "offers",
    "parties",
    "possible_statuses",
    "rsa_appointment_journey",
    "seats",
    "status",
    "turns",
]
