"""From a list straight to each person's follow-up and invitation (rdv-insertion §2.5, §5.2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from application.desk import Desk, Outcome, Request
from application.dossiers import stand
from application.imports.lists.refusals import AlreadyReceived, AppointmentUnsettled, SomeoneWasFaster
from application.imports.lists.ways import Way
from application.ports import Conflict
from domain.journey import Refusal
from domain.rsa.categories import Channel
from domain.rsa.reception import Reception
from domain.rsa_appointment import RsaAppointment, Stage, Status, status
from domain.rsa_appointment.codes import InvitationOrigin
from domain.rsa_appointment.commands import Invite, Open
from domain.rsa_appointment.refusals import (
    AlreadyFollowedUp,
    ChannelNotConfigured,
    NotYourCategory,
    SlotsNotChecked,
)
from domain.rsa_appointment.state import FAILED
from domain.vocabulary import OrganisationId

#: Who came, or may have come, is not invited again because they are in a list.
_RECEIVED: Final = {Status.RDV_SEEN: AlreadyReceived, Status.RDV_NEEDS_STATUS_UPDATE: AppointmentUnsettled}


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What is asked for everybody in a list."""

    category: str
    #: Nobody is invited if empty.
    ways: tuple[Way, ...] = ()
    #: Whether a slot is free, once somebody looked.
    slots_available: bool | None = None
    #: The agendas have a reason for appointments with a referent.
    bookable_with_referents: bool = False

    @property
    def channels(self) -> Sequence[Channel]:
        """By which ways to invite, each once."""
        return [Channel(way.value) for way in dict.fromkeys(self.ways)]

    def check(self, reception: Reception) -> None:
        """Refuse, before any row is looked at, what would be refused for every row."""
        configuration = reception.categories.get(self.category)
        if configuration is None:
            raise NotYourCategory(category=self.category)
        if not set(self.channels) <= set(configuration.invitation_channels):
            raise ChannelNotConfigured(channels=[each.value for each in configuration.invitation_channels])
        if self.channels and self.slots_available is None:
            raise SlotsNotChecked


class FollowUpCame(StrEnum):
    """What came of somebody's follow-up."""

    OPENED = "opened"
    GOES_ON = "goes_on"
    #: It has been dealt with, and a list takes nothing up again.
    CLOSED = "closed"
    REFUSED = "refused"


class InvitationCame(StrEnum):
    """What came of an invitation by one way."""

    INVITED = "invited"
    #: By this way, and the invitation is still valid.
    ALREADY_INVITED = "already_invited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationTold:
    """What is said of an invitation by one way."""

    channel: Channel
    came: InvitationCame
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpTold:
    """What is said of somebody's follow-up."""

    came: FollowUpCame
    journey: str | None = None
    refusal: Refusal | None = None
    invitations: Sequence[InvitationTold] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingUp:
    """The work of one agent on one dossier of a list: what is there already is left as it is."""

    desk: Desk
    asked: Following
    organisation: OrganisationId
    #: The agent's request, for a command in a journey or for one that opens a journey.
    request: Callable[[Any, str | None], Request]
    root: str

    def follow(self) -> FollowUpTold:
        """Open the follow-up of the category if there is none, and invite by each way."""
        try:
            return self._invited(FollowUpCame.OPENED, self._submit(Open(category=self.asked.category), None).journey)
        except AlreadyFollowedUp as known:
            return self._going_on(str(known.details["follow_up"]))
        except Refusal as refusal:
            return FollowUpTold(came=FollowUpCame.REFUSED, refusal=refusal)
        except Conflict:
            return FollowUpTold(came=FollowUpCame.REFUSED, refusal=SomeoneWasFaster())

    def _going_on(self, journey: str) -> FollowUpTold:
        if self._case(journey).stage is Stage.CLOSED:
            return FollowUpTold(came=FollowUpCame.CLOSED, journey=journey)
        return self._invited(FollowUpCame.GOES_ON, journey)

    def _invited(self, came: FollowUpCame, journey: str) -> FollowUpTold:
        invitations = [self._invite(channel, journey) for channel in self.asked.channels]
        return FollowUpTold(came=came, journey=journey, invitations=invitations)

    def _invite(self, channel: Channel, journey: str) -> InvitationTold:
        if self._still_invited(channel, self._case(journey)):
            return InvitationTold(channel=channel, came=InvitationCame.ALREADY_INVITED)
        try:
            self._must_be_awaited(self._case(journey))
            self._submit(self._invitation(channel), journey)
        except Refusal as refusal:
            # Somebody else may have invited them at the same moment.
            if self._still_invited(channel, self._case(journey)):
                return InvitationTold(channel=channel, came=InvitationCame.ALREADY_INVITED)
            return InvitationTold(channel=channel, came=InvitationCame.REFUSED, refusal=refusal)
        except Conflict:
            return InvitationTold(channel=channel, came=InvitationCame.REFUSED, refusal=SomeoneWasFaster())
        return InvitationTold(channel=channel, came=InvitationCame.INVITED)

    def _still_invited(self, channel: Channel, case: RsaAppointment) -> bool:
        """So that a list sent again, however late, invites nobody twice."""
        now = self.desk.clock.now()
        arrived = [each for each in case.invitations if each.channel is channel and each.delivery.status not in FAILED]
        return any(not each.expired(now) for each in arrived)

    def _must_be_awaited(self, case: RsaAppointment) -> None:
        if refusal := _RECEIVED.get(status(case, self.desk.clock.now())):
            raise refusal

    def _invitation(self, channel: Channel) -> Invite:
        return Invite(
            channel=channel,
            origin=InvitationOrigin.USER_LIST_UPLOAD,
            organisations=(self.organisation,),
            bookable=True,
            bookable_with_referents=self.asked.bookable_with_referents,
            slots_available=self.asked.slots_available,
        )

    def _submit(self, command: Any, journey: str | None) -> Outcome:
        return self.desk.submit(self.request(command, journey))

    def _case(self, journey: str) -> RsaAppointment:
        found: RsaAppointment = stand(self.desk.catalogue, self.desk.journal.load(self.root)).cases[journey]
        return found
