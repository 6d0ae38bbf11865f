"""Follow-ups and accompaniments before the desk: what crosses journeys, dossiers and organisations."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from application.decision import PARCOURS
from application.desk import Outcome
from application.ports import Conflict
from domain.accompaniment.commands import Begin, Cancel
from domain.accompaniment.refusals import ConfirmShortening
from domain.candidate import Candidate
from domain.candidate.codes import Origin
from domain.candidate.commands import Archive, AssignTags, JoinOrganisation, LeaveOrganisation
from domain.organisation.commands import AddTag, ChangePhone, ConfigureCategory
from domain.organisation.kinds import Kind
from domain.rsa.categories import CategoryType, Channel
from domain.rsa_appointment import RsaAppointment, Status, deadlines, status
from domain.rsa_appointment.codes import BookedBy, InvitationOrigin, Location, ParticipationStatus
from domain.rsa_appointment.commands import Invite, Open, RecordAppointment, SetStatus
from domain.rsa_appointment.refusals import (
    CategoryNotHandled,
    NoSeatLeft,
    NotYourCategory,
    SeatTaken,
)
from domain.vocabulary import OrganisationId
from tests.application.town import NOON, Town, at_once, professional, told

ODILE, KARIM = professional("odile", "rdv-insertion"), professional("karim", "rdv-insertion")
CATEGORY = "rsa_orientation"
FOLLOW_UP = "rsa-appointment-1"


@dataclass(frozen=True)
class Council:
    """Odile's departmental council handles a category of orientation; Karim's delegate handles nothing."""

    town: Town
    council: OrganisationId
    delegate: OrganisationId
    nour: str

    def invite(self, **said: Any) -> Invite:
        usual: dict[str, Any] = {
            "channel": Channel.EMAIL,
            "origin": InvitationOrigin.USERS_INDEX_PAGE,
            "organisations": (self.council,),
            "bookable": True,
            "slots_available": True,
        }
        return Invite(**{**usual, **said})

    def ask(self, command: Any, root: str | None = None, **more: Any) -> Outcome:
        """Odile asks, for the council."""
        return self.town.ask(root or self.nour, command, ODILE, self.council, **more)

    def taking(self, **said: Any) -> RecordAppointment:
        usual: dict[str, Any] = {
            "appointment": "rdv-1",
            "organisation": self.council,
            "motif": "Information collective",
            "collective": True,
            "capacity": 2,
            "location": Location.PUBLIC_OFFICE,
            "starts_at": NOON + timedelta(days=3),
            "duration_minutes": 60,
            "booked_by": BookedBy.AGENT,
        }
        return RecordAppointment(**{**usual, **said})

    def followed_up(self, number: int) -> Sequence[str]:
        """So many people, each with a follow-up."""
        roots = [self.town.candidate("odile", self.council) for _ in range(number)]
        for root in roots:
            self.ask(Open(category=CATEGORY), root)
        return roots

    def case(self, root: str) -> RsaAppointment:
        case = self.town.standing(root).cases[FOLLOW_UP]
        assert isinstance(case, RsaAppointment)
        return case


@pytest.fixture
def rsa(town: Town) -> Council:
    return receiving(town)


def receiving(town: Town) -> Council:
    council = town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "odile")
    delegate = town.organisation(Kind.DELEGATAIRE_RSA, "karim")
    configure = ConfigureCategory(category=CATEGORY, type=CategoryType.RSA_ORIENTATION)
    for command in (ChangePhone(phone="0475000000"), configure, AddTag(tag="Permis B")):
        town.ask(f"organisation/{council}", command, ODILE, council)
    return Council(town, council, delegate, town.candidate("odile", council))


def test_a_person_is_followed_up_and_invited_by_what_the_organisation_configured(rsa: Council) -> None:
    rsa.ask(Open(category=CATEGORY))
    rsa.ask(rsa.invite(), journey=FOLLOW_UP)
    (invitation,) = rsa.case(rsa.nour).invitations
    assert (invitation.expires_at, invitation.help_phone) == (NOON + timedelta(days=10), "+33475000000")
    assert status(rsa.case(rsa.nour), NOON) is Status.INVITATION_PENDING


def test_c03_whoever_the_appointment_service_announces_needs_no_identifier(rsa: Council) -> None:
    known = rsa.town.register(origin=Origin.RDV_SOLIDARITES, email=None, phone="06 12 34 56 78", address="1 rue Haute")
    root = rsa.town.ask(
        "candidate/01920000-0000-7000-8000-0000000000c3", known, ODILE, rsa.council, opens_root=True
    ).root
    rsa.ask(Open(category=CATEGORY), root)
    person = rsa.town.standing(root).cases["candidate"]
    assert isinstance(person, Candidate)
    assert (person.origin, person.phone) == (Origin.RDV_SOLIDARITES, "+33612345678")
    assert rsa.case(root).category == CATEGORY


def test_an_organisation_that_does_not_handle_the_category_opens_nothing(rsa: Council) -> None:
    theirs = rsa.town.candidate("karim", rsa.delegate)
    with pytest.raises(CategoryNotHandled):
        rsa.town.ask(theirs, Open(category=CATEGORY), KARIM, rsa.delegate)
    rsa.town.ask(rsa.nour, JoinOrganisation(organisation=rsa.delegate), KARIM, rsa.delegate)
    with pytest.raises(NotYourCategory):
        rsa.town.ask(rsa.nour, Open(category=CATEGORY), KARIM, rsa.delegate)


def test_seats_are_exact_across_dossiers(rsa: Council) -> None:
    first, second, third = rsa.followed_up(3)
    for root in (first, second):
        rsa.ask(rsa.taking(), root, journey=FOLLOW_UP)
    assert [rsa.case(root).participations[0].seat for root in (first, second)] == [1, 2]
    with pytest.raises(NoSeatLeft):
        rsa.ask(rsa.taking(), third, journey=FOLLOW_UP)
    rsa.ask(rsa.taking(appointment="rdv-2"), third, journey=FOLLOW_UP)
    rsa.ask(SetStatus(participation=1, status=ParticipationStatus.EXCUSED), first, journey=FOLLOW_UP)
    rsa.ask(rsa.taking(), third, journey=FOLLOW_UP)
    assert [each.seat for each in rsa.case(third).participations] == [1, 1]


def test_whoever_comes_back_has_their_seat_again_unless_somebody_has_it(rsa: Council) -> None:
    first, second, third = rsa.followed_up(3)
    excused, expected = (
        SetStatus(participation=1, status=each) for each in (ParticipationStatus.EXCUSED, ParticipationStatus.UNKNOWN)
    )
    for command in (rsa.taking(), excused, expected, excused):
        rsa.ask(command, first, journey=FOLLOW_UP)
    rsa.ask(rsa.taking(), second, journey=FOLLOW_UP)
    assert rsa.case(second).participations[0].seat == 1
    with pytest.raises(SeatTaken):
        rsa.ask(expected, first, journey=FOLLOW_UP)
    rsa.ask(rsa.taking(), third, journey=FOLLOW_UP)
    assert rsa.case(third).participations[0].seat == 2


def test_nobody_takes_a_seat_too_many_at_the_same_moment(rsa: Council) -> None:
    roots = rsa.followed_up(6)
    answers = at_once(lambda number: rsa.ask(rsa.taking(capacity=3), roots[number], journey=FOLLOW_UP), threads=6)
    seats = [rsa.case(root).participations[0].seat for root in roots if rsa.case(root).participations]
    assert sorted(seat for seat in seats if seat is not None) == [1, 2, 3]
    refused = Counter(type(answer) for answer in answers if isinstance(answer, Exception))
    assert refused.total() == 3
    assert refused.keys() <= {NoSeatLeft, Conflict}


def test_e12_archiving_ends_the_invitation_in_the_same_decision(rsa: Council) -> None:
    rsa.ask(Open(category=CATEGORY))
    rsa.ask(rsa.invite(), journey=FOLLOW_UP)
    outcome = rsa.ask(Archive(organisation=rsa.council))
    assert told(outcome.recorded) == [("candidate", "Archived"), (FOLLOW_UP, "InvitationsExpired")]
    assert status(rsa.case(rsa.nour), NOON) is Status.INVITATION_EXPIRED


def test_a23_leaving_withdraws_what_nobody_began(rsa: Council) -> None:
    began, idle = rsa.followed_up(2)
    rsa.ask(rsa.invite(), began, journey=FOLLOW_UP)
    answers = [rsa.ask(LeaveOrganisation(organisation=rsa.council), root) for root in (began, idle)]
    assert [told(each.recorded) for each in answers] == [
        [("candidate", "OrganisationLeft")],
        [("candidate", "OrganisationLeft"), (FOLLOW_UP, "Withdrawn")],
    ]


def test_a23_leaving_keeps_what_another_organisation_of_the_person_handles(rsa: Council) -> None:
    rsa.ask(Open(category=CATEGORY))
    rsa.town.ask(rsa.nour, JoinOrganisation(organisation=rsa.delegate), KARIM, rsa.delegate)
    left = rsa.town.ask(rsa.nour, LeaveOrganisation(organisation=rsa.delegate), KARIM, rsa.delegate)
    assert told(left.recorded) == [("candidate", "OrganisationLeft")]


def test_time_recalls_an_invitation_through_the_desk(rsa: Council) -> None:
    rsa.ask(Open(category=CATEGORY))
    rsa.ask(rsa.invite(), journey=FOLLOW_UP)
    (deadline,) = deadlines(rsa.case(rsa.nour))
    assert deadline.due == datetime(2026, 3, 5, 10, tzinfo=UTC)
    rsa.town.at(deadline.due)
    rsa.town.ask(rsa.nour, deadline.command, PARCOURS, journey=FOLLOW_UP, origin="deadline")
    assert [each.origin for each in rsa.case(rsa.nour).invitations] == [
        InvitationOrigin.USERS_INDEX_PAGE,
        InvitationOrigin.REMINDER,
    ]


def beginning(organisation: OrganisationId, starts_on: date, *, shorten: bool = False) -> Begin:
    return Begin(type="pro", organisation=organisation, starts_on=starts_on, shorten=shorten)


def test_d02_an_accompaniment_shortens_the_one_before_and_its_organisation_follows_the_person(rsa: Council) -> None:
    rsa.ask(beginning(rsa.council, date(2026, 2, 1)))
    after = beginning(rsa.delegate, date(2026, 3, 1))
    with pytest.raises(ConfirmShortening):
        rsa.ask(after)
    outcome = rsa.ask(replace(after, shorten=True))
    assert told(outcome.recorded) == [
        ("accompaniment-2", "Begun"),
        ("accompaniment-1", "Shortened"),
        ("candidate", "OrganisationJoined"),
    ]
    standing = rsa.town.standing(rsa.nour)
    assert standing.cases["accompaniment-1"].ends_on == date(2026, 2, 28)
    assert rsa.delegate in standing.cases["candidate"].followers


def test_an_accompaniment_recorded_by_mistake_is_cancelled(rsa: Council) -> None:
    rsa.ask(beginning(rsa.council, date(2026, 2, 1)))
    rsa.ask(Cancel(), journey="accompaniment-1")
    assert rsa.ask(beginning(rsa.council, date(2026, 2, 1))).journey == "accompaniment-2"


def test_tags_are_those_that_the_organisation_offers(rsa: Council) -> None:
    rsa.ask(AssignTags(organisation=rsa.council, tags=("Permis B",)))
    assert rsa.town.standing(rsa.nour).cases["candidate"].tags == ("Permis B",)
