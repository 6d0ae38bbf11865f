"""Who is told what of RSA appointments, and of accompaniments."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final

import pytest

from application.notifications.notice import Channel, Recipient, Told
from application.notifications.templates import Template
from domain.accompaniment.events import Begun, Cancelled, Changed, Shortened
from domain.rsa.categories import Channel as Way
from domain.rsa.types import Casf
from domain.rsa_appointment.codes import (
    DeliveryReport,
    ExpiryCause,
    InvitationOrigin,
    MessageKind,
    NotificationKind,
    ParticipationStatus,
)
from domain.rsa_appointment.events import (
    AppointmentChanged,
    AppointmentReminded,
    Closed,
    DeliveryReported,
    InvitationClicked,
    InvitationReminded,
    InvitationsExpired,
    Notified,
    OutcomeDropped,
    OutcomeRecorded,
    ParticipationRemoved,
    Reopened,
    Withdrawn,
)
from domain.vocabulary import OrganisationId, Subject
from projections.notifications.rsa_appointment import SUMMONS
from tests.domain.rsa_appointment.cases import (
    CATEGORY,
    NOW,
    O1,
    O1_ID,
    O2,
    O2_ID,
    OPENED,
    added,
    invited,
    summoned,
    was_set,
)
from tests.projections.notifications.stories import CAMILLE, PARCOURS, STAFF, By, one, told

T = Template
COUNCIL: Final = By(CAMILLE, O1.profile)
TIME: Final = By(PARCOURS)


def of_follow_up(*history: Any) -> Sequence[Told]:
    return told(OPENED, *history, by=COUNCIL, journey="rsa-appointment-1")


def person(template: Template, channel: Channel = Channel.EMAIL, about: OrganisationId | None = O1_ID) -> Told:
    return Told(template=template, recipient=Recipient.CANDIDATE, channel=channel, about=about)


def mailbox(template: Template) -> Told:
    return Told(template=template, recipient=Recipient.MAILBOX, organisation=O1_ID, named=CATEGORY, about=O1_ID)


@pytest.mark.parametrize(
    ("way", "channel"), [(Way.SMS, Channel.SMS), (Way.EMAIL, Channel.EMAIL), (Way.POSTAL, Channel.POSTAL)]
)
def test_an_invitation_goes_to_the_person_by_its_own_way_in_the_name_of_the_first_organisation(
    way: Way, channel: Channel
) -> None:
    invitation = invited(1, "06-16 09:00", channel=way, organisations=(O2_ID, O1_ID))
    assert of_follow_up(invitation) == [person(T.RSA_INVITED, channel, O2_ID)]
    again = replace(invitation, origin=InvitationOrigin.REMINDER)
    assert of_follow_up(again) == [person(T.RSA_INVITATION_REMINDED, channel, O2_ID)]


def notified(kind: NotificationKind, channel: Way = Way.SMS) -> Notified:
    return Notified(number=1, participation=1, kind=kind, channel=channel, at=NOW)


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        (NotificationKind.CREATED, T.RSA_SUMMONED),
        (NotificationKind.UPDATED, T.RSA_SUMMONS_CHANGED),
        (NotificationKind.CANCELLED, T.RSA_SUMMONS_CANCELLED),
        (NotificationKind.REMINDER, T.RSA_SUMMONS_REMINDED),
    ],
)
def test_a_summons_is_told_as_it_was_decided(kind: NotificationKind, template: Template) -> None:
    seat = summoned(1, "06-16 09:00", "06-20 10:00")
    assert of_follow_up(seat, notified(kind)) == [person(template, Channel.SMS)]
    assert of_follow_up(seat, notified(kind, Way.POSTAL)) == [person(template, Channel.POSTAL)]


def test_every_kind_of_summons_has_a_template() -> None:
    assert SUMMONS.keys() == set(NotificationKind)


SEAT: Final = added(1, "06-16 09:00", "06-20 10:00")
MOVED: Final = AppointmentChanged(
    participation=1,
    status=ParticipationStatus.UNKNOWN,
    was_at=SEAT.starts_at,
    starts_at=SEAT.starts_at + timedelta(hours=1),
    duration_minutes=30,
    address=None,
    at=NOW,
)


def test_a_mailbox_is_told_of_appointments_to_come_whether_the_person_is_summoned_or_not() -> None:
    for seat in (SEAT, summoned(1, "06-16 09:00", "06-20 10:00")):
        assert of_follow_up(seat) == [mailbox(T.RSA_APPOINTMENT_ADDED_FOR_MAILBOX)]
        assert of_follow_up(seat, MOVED) == [mailbox(T.RSA_APPOINTMENT_CHANGED_FOR_MAILBOX)]


@pytest.mark.parametrize("status", [ParticipationStatus.EXCUSED, ParticipationStatus.REVOKED])
def test_a_mailbox_is_told_of_a_cancellation_whoever_cancelled_and_of_its_undoing(status: ParticipationStatus) -> None:
    cancelled, again = was_set(SEAT, status), was_set(SEAT, ParticipationStatus.UNKNOWN, before=status)
    assert of_follow_up(SEAT, cancelled) == [mailbox(T.RSA_APPOINTMENT_CANCELLED_FOR_MAILBOX)]
    assert of_follow_up(SEAT, cancelled, again) == [mailbox(T.RSA_APPOINTMENT_CHANGED_FOR_MAILBOX)]


def test_a_mailbox_is_told_nothing_of_an_appointment_that_has_begun() -> None:
    begun = replace(SEAT, starts_at=SEAT.at)
    assert of_follow_up(begun) == []
    assert of_follow_up(begun, was_set(begun, ParticipationStatus.SEEN, at=NOW)) == []
    ahead = replace(SEAT, starts_at=SEAT.at + timedelta(microseconds=1))
    assert of_follow_up(ahead) == [mailbox(T.RSA_APPOINTMENT_ADDED_FOR_MAILBOX)]


def test_what_another_service_tells_is_told_and_what_is_imported_is_not() -> None:
    seat = summoned(1, "06-16 09:00", "06-20 10:00")
    summons = (OPENED, seat, notified(NotificationKind.CREATED))

    def by(origin: str) -> Sequence[Told]:
        told_by = By(CAMILLE, source="rdv/1", origin=origin)
        return told(*summons, by=told_by, journey="rsa-appointment-1")

    assert by("hook:rdv-solidarites") == [person(T.RSA_SUMMONED, Channel.SMS)]
    assert by("import:rdv-insertion") == by("policy") == []  # what follows from an import has its source


SILENT: Final[Sequence[Sequence[Any]]] = [
    [],
    [invited(1, "06-16 09:00"), InvitationClicked(invitation=1, at=NOW)],
    [
        invited(1, "06-16 09:00"),
        DeliveryReported(message=MessageKind.INVITATION, number=1, report=DeliveryReport.HARD_BOUNCE, reported_at=NOW),
    ],
    [invited(1, "06-16 09:00"), InvitationReminded(invitation=1, at=NOW)],
    [invited(1, "06-16 09:00"), InvitationsExpired(invitations=(1,), cause=ExpiryCause.CLOSED, at=NOW)],
    [
        SEAT,
        ParticipationRemoved(participation=1, status=ParticipationStatus.UNKNOWN, starts_at=SEAT.starts_at, at=NOW),
    ],
    [SEAT, AppointmentReminded(participation=1, at=NOW)],
    [SEAT, OutcomeRecorded(participation=1, type="pro", casf=Casf.PRO, at=NOW)],
    [SEAT, OutcomeDropped(participation=1, at=NOW)],
    [Closed(at=NOW)],
    [Closed(at=NOW), Reopened(at=NOW)],
    [Withdrawn(at=NOW)],
]


@pytest.mark.parametrize("history", SILENT, ids=lambda history: type(history[-1]).__name__ if history else "Opened")
def test_everything_else_is_told_to_nobody(history: Sequence[Any]) -> None:
    assert of_follow_up(*history) == []


SACHA: Final = Subject("sacha")


def begun(**said: Any) -> Begun:
    usual: dict[str, Any] = {
        "type": "pro",
        "casf": Casf.PRO,
        "organisation": O2_ID,
        "starts_on": date(2025, 6, 1),
        "ends_on": None,
        "referent": None,
        "shortens": None,
    }
    return Begun(**{**usual, **said})


def changed(period: Begun) -> Changed:
    return Changed(**{name: getattr(period, name) for name in Begun.__dataclass_fields__})


def of_period(*history: Any, by: By = COUNCIL) -> Sequence[Told]:
    return told(*history, by=by, journey="accompaniment-1")


def test_an_organisation_is_told_whom_another_one_orients_towards_it_and_of_a_change() -> None:
    there = Told(template=T.ACCOMPANIMENT_BEGUN, recipient=Recipient.MEMBERS, organisation=O2_ID, about=O1_ID)
    assert of_period(begun()) == [there]
    assert of_period(begun(), changed(begun())) == [replace(there, template=T.ACCOMPANIMENT_CHANGED)]
    own = By(CAMILLE, O2.profile)
    assert of_period(begun(), by=own) == of_period(begun(), changed(begun()), by=own) == []
    assert of_period(begun(), by=By(STAFF)) == [replace(there, about=None)]


def test_a_referent_is_told_in_the_place_of_everybody_unless_they_said_it() -> None:
    theirs = begun(referent=SACHA)
    for by, about in ((COUNCIL, O1_ID), (By(CAMILLE, O2.profile), O2_ID)):
        assert of_period(theirs, by=by) == [one(T.ACCOMPANIMENT_BEGUN, SACHA, O2_ID, about)]
        assert of_period(theirs, changed(theirs), by=by) == [one(T.ACCOMPANIMENT_CHANGED, SACHA, O2_ID, about)]
    assert of_period(theirs, by=By(replace(CAMILLE, subject=SACHA), O2.profile)) == []


def test_the_end_of_a_period_is_told_to_nobody() -> None:
    assert of_period(begun(), Shortened(ends_on=date(2025, 6, 15)), by=TIME) == []
    assert of_period(begun(), Cancelled()) == []
