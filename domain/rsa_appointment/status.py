"""What people see of a follow-up: a function of its facts and of *now*, never recorded (rdv-insertion §4.3)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.rsa.categories import CategoryConfiguration
from domain.rsa_appointment.codes import ParticipationStatus, Stage, Status
from domain.rsa_appointment.state import Invitation, Participation, RsaAppointment

#: Somebody has to do something (rdv-insertion §4.6).
ACTION_REQUIRED: Final = frozenset(
    {
        Status.INVITATION_EXPIRED,
        Status.RDV_NEEDS_STATUS_UPDATE,
        Status.RDV_NOSHOW,
        Status.RDV_REVOKED,
        Status.RDV_EXCUSED,
    }
)
#: The person may be summoned. Whom the service put off, or nobody knows of, is not (rdv-insertion §4.6).
CONVOCABLE: Final = frozenset({Status.INVITATION_EXPIRED, Status.RDV_NOSHOW, Status.RDV_EXCUSED})
_SAID: Final = {
    ParticipationStatus.EXCUSED: Status.RDV_EXCUSED,
    ParticipationStatus.REVOKED: Status.RDV_REVOKED,
    ParticipationStatus.NOSHOW: Status.RDV_NOSHOW,
}


def status(follow_up: RsaAppointment, now: datetime) -> Status:
    """The status at an instant: the first rule that applies."""
    if follow_up.stage in {Stage.CLOSED, Stage.WITHDRAWN}:
        return Status.CLOSED
    last = last_participation(follow_up)
    if last is None:
        return _of_invitations(follow_up, now) if follow_up.invitations else Status.NOT_INVITED
    return _of_invitations(follow_up, now) if _invited_since(follow_up, last, now) else _of(follow_up, last, now)


def last_participation(follow_up: RsaAppointment) -> Participation | None:
    """The participation that was added last, whatever the day of its appointment (quirk 2: kept)."""
    return max(follow_up.participations, key=lambda each: (each.at, each.number), default=None)


def last_invitation(follow_up: RsaAppointment) -> Invitation | None:
    """The invitation sent last: of any format, reminders and undelivered ones too."""
    return max(follow_up.invitations, key=lambda each: (each.at, each.number), default=None)


def _invited_since(follow_up: RsaAppointment, last: Participation, now: datetime) -> bool:
    """Whether the last invitation came strictly after the last participation speaks: at its start if it is ahead."""
    invitation = last_invitation(follow_up)
    reference = last.starts_at if last.pending(now) else last.at
    return invitation is not None and invitation.at > reference


def _of_invitations(follow_up: RsaAppointment, now: datetime) -> Status:
    """One invitation that never expires keeps it pending for ever (quirk 3: kept)."""
    expired = all(each.expired(now) for each in follow_up.invitations)
    return Status.INVITATION_EXPIRED if expired else Status.INVITATION_PENDING


def _of(follow_up: RsaAppointment, last: Participation, now: datetime) -> Status:
    if any(each.pending(now) for each in follow_up.participations):
        return Status.RDV_PENDING
    seen = [each.starts_at for each in follow_up.participations if each.status is ParticipationStatus.SEEN]
    if last.status is ParticipationStatus.SEEN or (seen and max(seen) > last.at):
        return Status.RDV_SEEN
    return _SAID.get(last.status, Status.RDV_NEEDS_STATUS_UPDATE)


def action_required(follow_up: RsaAppointment, now: datetime) -> bool:
    """Whether somebody has to do something."""
    return status(follow_up, now) in ACTION_REQUIRED


def convocable(follow_up: RsaAppointment, now: datetime, configuration: CategoryConfiguration) -> bool:
    """Whether the person may be summoned, by an organisation that handles the category so."""
    return configuration.convene_user and status(follow_up, now) in CONVOCABLE


def shown_appointment(follow_up: RsaAppointment, now: datetime) -> Participation | None:
    """The appointment that "to come" is about: the next one; if none is ahead any more, the last nobody told of."""
    unknown = [each for each in follow_up.participations if each.status is ParticipationStatus.UNKNOWN]
    ahead = [each for each in unknown if each.pending(now)]
    if ahead:
        return min(ahead, key=lambda each: each.starts_at)
    return max(unknown, key=lambda each: each.starts_at, default=None)


def turns(follow_up: RsaAppointment) -> Sequence[datetime]:
    """The instants from which the status may be another one: an expiry, or the start of an appointment."""
    expiries = {each.expires_at for each in follow_up.invitations if each.expires_at is not None}
    starts = {each.starts_at for each in follow_up.participations if each.status is ParticipationStatus.UNKNOWN}
    return sorted(expiries | starts)
