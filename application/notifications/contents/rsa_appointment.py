"""What messages about appointments say, and when they say nothing any more (rdv-insertion §5, §6.5)."""

from datetime import datetime
from typing import Any, Final, assert_never

from application.codes import code_of, shown
from application.directory import Directory, UnknownOrganisation
from application.notifications.contents.matter import Facts, Matter, Needless, Private
from domain.calendar import PARIS
from domain.rsa.categories import CategoryConfiguration
from domain.rsa_appointment.clock import local_start
from domain.rsa_appointment.codes import Location, NotificationKind, ParticipationStatus
from domain.rsa_appointment.events import AppointmentChanged, Invited, Notified, ParticipationAdded, StatusSet
from domain.rsa_appointment.state import Participation, RsaAppointment
from domain.vocabulary import OrganisationId

Told = Invited | Notified | ParticipationAdded | AppointmentChanged | StatusSet

#: What must still be said of the appointment for a message about it to be true.
STILL: Final = {
    NotificationKind.CREATED: ParticipationStatus.UNKNOWN,
    NotificationKind.UPDATED: ParticipationStatus.UNKNOWN,
    NotificationKind.REMINDER: ParticipationStatus.UNKNOWN,
    NotificationKind.CANCELLED: ParticipationStatus.REVOKED,
}


def rsa_appointment(matter: Matter, directory: Directory, now: datetime) -> Facts:
    """The facts of an invitation, of a summons or of an appointment. Raises `Needless`."""
    event: Told = matter.event
    match event:
        case Invited():
            return _invitation(event, matter, directory, now)
        case Notified():
            ahead = _ahead(event.participation, matter.case, now)
            if ahead.status is not STILL[event.kind]:
                raise Needless("overtaken")
            return _appointment(ahead, matter.case, directory)
        case ParticipationAdded():
            return _appointment(_ahead(event.number, matter.case, now), matter.case, directory)
        case AppointmentChanged() | StatusSet():
            return _appointment(_ahead(event.participation, matter.case, now), matter.case, directory)
        case _:
            assert_never(event)


def _invitation(event: Invited, matter: Matter, directory: Directory, now: datetime) -> Facts:
    """Until its true expiry (quirk 7 is not kept), which booking, closing or archiving may have brought forward."""
    case: RsaAppointment = matter.case
    invitation = case.invitation(event.number)
    if invitation is None or invitation.expired(now):
        raise Needless("overtaken")
    until = invitation.expires_at
    return {
        **_words(case, next(iter(event.organisations), None), directory),
        "until": until.astimezone(PARIS) if until else None,
        "phone": invitation.help_phone or None,
        "code": Private(shown(code_of(matter.digests, matter.notice.root, matter.notice.journey, event.number))),
    }


def _ahead(number: int, case: RsaAppointment, now: datetime) -> Participation:
    """The seat as it is now: nothing is said of an appointment that has begun, or that is no longer the person's."""
    participation = case.participation(number)
    if participation is None or participation.starts_at <= now:
        raise Needless("overtaken")
    return participation


def _appointment(participation: Participation, case: RsaAppointment, directory: Directory) -> Facts:
    """The day and the hour are those of the place (rdv-insertion §0)."""
    start, words = local_start(participation), _words(case, participation.organisation, directory)
    by_phone = participation.location is Location.PHONE
    on_site = participation.location is Location.PUBLIC_OFFICE and participation.address
    return {
        **words,
        "title": (words["title_by_phone"] if by_phone else None) or words["title"],
        "day": start.date(),
        "time": start.time(),
        "way": participation.location,
        "place": Private(participation.address) if on_site else None,
        "phone": participation.phone,
    }


def _words(case: RsaAppointment, organisation: OrganisationId | None, directory: Directory) -> Facts:
    """The organisation's own words for the category, or what its type is called (rdv-insertion §3.3)."""
    own: Any = _configuration(case, organisation, directory)
    return {
        "title": (own and own.rdv_title) or case.type,
        "title_by_phone": own and own.rdv_title_by_phone,
        "designation": own and own.user_designation,
        "purpose": own and own.rdv_purpose,
    }


def _configuration(
    case: RsaAppointment, organisation: OrganisationId | None, directory: Directory
) -> CategoryConfiguration | None:
    try:
        return directory.category(organisation, case.category) if organisation else None
    except UnknownOrganisation:
        return None
