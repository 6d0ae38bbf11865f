"""When a follow-up begins, is dealt with, is taken up again, and comes to nothing (rdv-insertion §4.1, §4.5)."""

from collections.abc import Sequence
from typing import assert_never

from domain.followed import Followed, archived, person_of
from domain.journey import Context
from domain.rsa.categories import CategoryConfiguration
from domain.rsa_appointment.codes import ExpiryCause, Stage, Status
from domain.rsa_appointment.commands import Close, ExpireWhereArchived, Open, Reopen, WithdrawUnused
from domain.rsa_appointment.events import (
    Closed,
    InvitationsExpired,
    Opened,
    Reopened,
    RsaAppointmentEvent,
    Withdrawn,
)
from domain.rsa_appointment.refusals import (
    AlreadyFollowedUp,
    CategoryNotHandled,
    InvalidCategory,
    NotFollowing,
    NotYourCategory,
)
from domain.rsa_appointment.state import Invitation, RsaAppointment
from domain.rsa_appointment.status import status

Keeping = Close | Reopen | ExpireWhereArchived | WithdrawUnused


def followed(context: Context) -> Followed:
    """The person, as the organisations around them know them."""
    return person_of(context.dossier)


def handling(category: str, context: Context) -> Sequence[CategoryConfiguration]:
    """How the organisations that follow the person, archived there or not, handle a category."""
    receptions = [context.receptions[name] for name in followed(context).followers if name in context.receptions]
    return [each.categories[category] for each in receptions if category in each.categories]


def open_follow_up(command: Open, context: Context) -> Sequence[RsaAppointmentEvent]:
    """One follow-up per person and category."""
    if not command.category:
        raise InvalidCategory
    for name, other in context.dossier.of(RsaAppointment).items():
        if other.category == command.category and other.stage is not Stage.WITHDRAWN:
            raise AlreadyFollowedUp(follow_up=name)
    configured = handling(command.category, context)
    if not configured:
        raise CategoryNotHandled(category=command.category)
    check_acting(command.category, context)
    by = context.acting.id if context.acting else None
    return [Opened(category=command.category, type=configured[0].type, organisation=by, at=context.at)]


def check_acting(category: str, context: Context) -> None:
    """Whoever acts follows the person, for an organisation that handles the category (rdv-insertion §1.4)."""
    check_following(context)
    acting = context.acting
    if acting is not None and category not in context.receptions[acting.id].categories:
        context.insist(NotYourCategory(category=category))


def check_following(context: Context) -> None:
    """Whoever acts for an organisation acts for one that follows the person."""
    if context.acting is not None and context.acting.id not in followed(context).followers:
        context.insist(NotFollowing())


def keep(command: Keeping, follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """Deal with the case, take it up again, or let go what others have left."""
    match command:
        case Close():
            check_acting(follow_up.category, context)
            return [Closed(at=context.at), *_expire(_valid(follow_up, context), ExpiryCause.CLOSED, context)]
        case Reopen():
            check_acting(follow_up.category, context)
            return [Reopened(at=context.at)]
        case ExpireWhereArchived():
            person = followed(context)
            set_aside = [each for each in _valid(follow_up, context) if archived(person, each.organisations)]
            return _expire(set_aside, ExpiryCause.ARCHIVED, context)
        case WithdrawUnused():
            began = status(follow_up, context.at) is not Status.NOT_INVITED
            used = began or handling(follow_up.category, context)
            return [] if used else [Withdrawn(at=context.at)]
        case _:
            assert_never(command)


def expire_booked(follow_up: RsaAppointment, context: Context) -> Sequence[RsaAppointmentEvent]:
    """An appointment ends what could still end; an invitation that never expires is an offer and stays (quirk 4)."""
    ending = [each for each in _valid(follow_up, context) if each.expires_at is not None]
    return _expire(ending, ExpiryCause.BOOKED, context)


def _valid(follow_up: RsaAppointment, context: Context) -> Sequence[Invitation]:
    return [each for each in follow_up.invitations if not each.expired(context.at)]


def _expire(ending: Sequence[Invitation], cause: ExpiryCause, context: Context) -> Sequence[RsaAppointmentEvent]:
    numbers = tuple(each.number for each in ending)
    return [InvitationsExpired(invitations=numbers, cause=cause, at=context.at)] if numbers else []
