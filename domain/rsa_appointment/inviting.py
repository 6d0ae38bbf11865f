"""When a person may be invited: every rule is evaluated, and the refusal tells all that failed (rdv-insertion §5.3)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.calendar import paris_days_later
from domain.followed import archived
from domain.journey import Context, Refusal
from domain.rsa.categories import Channel
from domain.rsa.contact import REACHED_BY
from domain.rsa_appointment.opening import followed
from domain.rsa_appointment.refusals import (
    AddressIncomplete,
    AppointmentAhead,
    ArchivedEverywhere,
    ExpiresTooSoonForALetter,
    InvitedRecently,
    NobodyToInviteTo,
    NoEmail,
    NoHelpPhone,
    NoMobilePhone,
    NoReferent,
    NoSlot,
    NothingToBook,
    NothingToBookWithReferents,
    SeveralDepartments,
)
from domain.rsa_appointment.state import FAILED, RsaAppointment
from domain.vocabulary import OrganisationId

#: A duration, not a day (rdv-insertion §0).
TOO_SOON: Final = timedelta(hours=24)
#: A letter takes its time: more than so many days must be left (rdv-insertion §5.3, rule 6).
LETTER_DAYS: Final = 5
UNREACHABLE: Final = {
    Channel.SMS: NoMobilePhone,
    Channel.EMAIL: NoEmail,
    Channel.POSTAL: AddressIncomplete,
}


@dataclass(frozen=True, kw_only=True)
class Sending:
    """An invitation about to be sent."""

    channel: Channel
    #: Where the person is invited.
    organisations: tuple[OrganisationId, ...]
    help_phone: str | None
    expires_at: datetime | None
    with_referents: bool
    bookable: bool = True
    bookable_with_referents: bool = True
    slots_available: bool | None = None
    follow_up: RsaAppointment
    context: Context


InvitationRule = Callable[[Sending], Refusal | None]


def not_just_invited(sending: Sending) -> Refusal | None:
    """Once in 24 hours by each way but by letter; what failed on its way does not count (rule 1)."""
    since = sending.context.at - TOO_SOON
    recent = [
        each.number
        for each in sending.follow_up.invitations
        if each.channel is sending.channel and each.at > since and each.delivery.status not in FAILED
    ]
    counts = bool(recent) and sending.channel is not Channel.POSTAL
    return InvitedRecently(invitation=recent[-1]) if counts else None


def help_can_be_called(sending: Sending) -> Refusal | None:
    """There is a number to call, the category's or the organisation's (rule 2)."""
    return None if sending.help_phone else NoHelpPhone()


def handled_where_not_archived(sending: Sending) -> Refusal | None:
    """An organisation of the person that has not archived them handles the category (rule 3)."""
    person, receptions = followed(sending.context), sending.context.receptions
    handling = [
        name
        for name in person.followers
        if name in receptions and sending.follow_up.category in receptions[name].categories
    ]
    return None if handling and not archived(person, handling) else ArchivedEverywhere()


def within_one_department(sending: Sending) -> Refusal | None:
    """The person is invited somewhere, and all of it is in one département (rule 4)."""
    if not sending.organisations:
        return NobodyToInviteTo()
    receptions = sending.context.receptions
    places = [set(receptions[name].profile.departments) for name in sending.organisations if name in receptions]
    return None if not places or set.intersection(*places) else SeveralDepartments()


def no_appointment_ahead(sending: Sending) -> Refusal | None:
    """Whoever has an appointment to come is not invited to take one (rule 5)."""
    ahead = any(each.pending(sending.context.at) for each in sending.follow_up.participations)
    return AppointmentAhead() if ahead else None


def letter_has_time(sending: Sending) -> Refusal | None:
    """A letter is valid for strictly more than five days, or for ever (rule 6)."""
    if sending.channel is not Channel.POSTAL or sending.expires_at is None:
        return None
    return ExpiresTooSoonForALetter() if sending.expires_at <= _in_days(sending, LETTER_DAYS) else None


def _in_days(sending: Sending, days: int) -> datetime:
    return paris_days_later(sending.context.at, days)


def something_to_book(sending: Sending) -> Refusal | None:
    """The agendas have a reason for appointments of the category (rule 7)."""
    return None if sending.bookable else NothingToBook()


def has_a_referent(sending: Sending) -> Refusal | None:
    """With referents only: the person has one (rule 8)."""
    missing = sending.with_referents and not followed(sending.context).referents
    return NoReferent() if missing else None


def bookable_with_a_referent(sending: Sending) -> Refusal | None:
    """With referents only: the agendas have a reason for it (rule 9)."""
    missing = sending.with_referents and not sending.bookable_with_referents
    return NothingToBookWithReferents() if missing else None


def slot_is_free(sending: Sending) -> Refusal | None:
    """A slot is free, where somebody looked (rdv-insertion §5.2)."""
    return NoSlot() if sending.slots_available is False else None


def person_is_reached(sending: Sending) -> Refusal | None:
    """The person has what this way of writing needs."""
    reached = REACHED_BY[sending.channel](followed(sending.context))
    return None if reached else UNREACHABLE[sending.channel]()


INVITATION_RULES: Final[tuple[InvitationRule, ...]] = (
    not_just_invited,
    help_can_be_called,
    handled_where_not_archived,
    within_one_department,
    no_appointment_ahead,
    letter_has_time,
    something_to_book,
    has_a_referent,
    bookable_with_a_referent,
    slot_is_free,
    person_is_reached,
)


def refusals(sending: Sending) -> Sequence[Refusal]:
    """Everything that is against the invitation, but for what an import waives."""
    found = [refusal for rule in INVITATION_RULES if (refusal := rule(sending)) is not None]
    return [refusal for refusal in found if type(refusal) not in sending.context.waived]


def check(sending: Sending) -> None:
    """Raise the first refusal, with the names of all of them."""
    against = refusals(sending)
    if against:
        names = [type(refusal).__name__ for refusal in against]
        raise type(against[0])(**against[0].details, refusals=names)
