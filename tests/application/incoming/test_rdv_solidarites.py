"""What RDV-Solidarités tells, and what is then recorded (rdv-insertion §6.2, §10.5, §12.C)."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any

import pytest

from application.incoming.inbox import Ending, Message, Recorded, Words
from application.notifications.notice import Channel as Way
from application.notifications.templates import Template
from domain.candidate.codes import Origin
from domain.candidate.commands import (
    ChangeContactData,
    JoinOrganisation,
    LeaveOrganisation,
    LinkReference,
    MergeInto,
    UnlinkReference,
)
from domain.catalogue import CATALOGUE
from domain.organisation.commands import AddMember, ChangeMemberRole
from domain.organisation.commands import LinkReference as LinkOrganisation
from domain.organisation.kinds import Kind
from domain.references import System
from domain.rsa.categories import Channel
from domain.rsa_appointment.codes import BookedBy, InvitationOrigin, Location, NotificationKind, ParticipationStatus
from domain.rsa_appointment.commands import Invite, Open, RemoveParticipation
from domain.vocabulary import CandidateId, OrganisationId, Role, RootKind
from infrastructure.erasure import Eraser
from projections.dossiers import Folded, fold
from projections.notifications.projection import told_of
from tests.application.incoming.agenda import COUNCIL, Json, message, rdv, seat, story, user
from tests.application.incoming.conftest import AGENDA, Office, configure, council_of
from tests.application.town import NOON, STAFF, professional

HOUR = timedelta(hours=1)
ODILE = professional("odile", "rdv-insertion")
STARTS = NOON + timedelta(days=3)


def statuses(agenda: Office, key: int) -> Sequence[tuple[str, ParticipationStatus]]:
    root = agenda.root(key)
    assert root is not None
    return [(each.appointment, each.status) for each in agenda.follow_up(root).participations]


def test_c03_an_unknown_person_is_registered_and_has_the_seat(agenda: Office, council: OrganisationId) -> None:
    created = NOON - timedelta(days=1)
    told = message("Rdv", rdv(22, seat(82821), created=created), NOON - HOUR, "created")
    assert agenda.told(told) == []
    person, root = agenda.person(82821), agenda.root(82821)
    assert (person.first_name, person.last_name, person.origin) == ("James", "Cameron", Origin.RDV_SOLIDARITES)
    assert (person.phone, person.email) == ("+33655082821", "james82821@example.org")
    assert list(person.followers) == [council]
    assert root is not None
    (taken,) = agenda.follow_up(root).participations
    assert (taken.appointment, taken.organisation, taken.at) == ("rdv-solidarites--22", council, created)
    assert (taken.starts_at, taken.duration_minutes, taken.booked_by) == (STARTS, 30, BookedBy.USER)
    assert (taken.location, taken.phone, taken.convocable) == (Location.PUBLIC_OFFICE, "+33140000000", False)
    assert taken.address == "DINUM, 20 avenue de Ségur, Paris, 75007"
    recorded = agenda.town.journal.load(root)
    assert {each.metadata.actor.subject for each in recorded} == {AGENDA}
    assert {each.metadata.origin for each in recorded} == {"hook:rdv-solidarites"}


def test_the_same_message_twice_says_it_once(agenda: Office, council: OrganisationId) -> None:
    told = message("Rdv", rdv(22, seat(82821)), NOON - HOUR, "created")
    agenda.told(told)
    root = agenda.root(82821)
    assert root is not None
    before = agenda.town.journal.load(root)
    agenda.keep(told, told)
    assert len(agenda.waiting()) == 1
    assert agenda.told(told) == []
    assert agenda.town.journal.load(root) == before


def test_somebody_known_here_is_found_by_what_identifies_them(agenda: Office, council: OrganisationId) -> None:
    root = agenda.town.candidate("odile", council, first_name="James", email="james82821@example.org")
    agenda.told(message("Rdv", rdv(22, seat(82821)), NOON - HOUR, "created"))
    assert agenda.root(82821) == root
    assert statuses(agenda, 82821) == [("rdv-solidarites--22", ParticipationStatus.UNKNOWN)]


def test_whoever_is_told_under_their_name_there_needs_nothing_else(agenda: Office, council: OrganisationId) -> None:
    root = agenda.town.candidate("odile", council)
    link = LinkReference(system=System.RDV_SOLIDARITES, key="82821")
    agenda.town.ask(root, link, ODILE, council)
    agenda.told(message("Rdv", rdv(22, seat(82821)), NOON - HOUR, "created"))
    assert statuses(agenda, 82821) == [("rdv-solidarites--22", ParticipationStatus.UNKNOWN)]
    assert agenda.person(82821).first_name == "Nour"


def test_c01_an_appointment_ends_what_can_end(agenda: Office, council: OrganisationId) -> None:
    town = agenda.town
    root = town.candidate("odile", council, first_name="James", email="james82821@example.org")
    town.ask(root, Open(category="rsa_orientation"), ODILE, council)
    invite = Invite(
        channel=Channel.EMAIL,
        origin=InvitationOrigin.USERS_INDEX_PAGE,
        organisations=(council,),
        bookable=True,
        slots_available=True,
    )
    town.ask(root, invite, ODILE, council, journey="rsa-appointment-1")
    town.at(NOON + HOUR)
    booked = NOON + HOUR / 2
    agenda.told(message("Rdv", rdv(22, seat(82821), created=booked), booked, "created"))
    assert [each.expires_at for each in agenda.follow_up(root).invitations] == [booked]


@pytest.mark.parametrize(
    ("motif", "by", "convocable"),
    [
        ({"name": "RSA orientation: Convocation"}, "user", True),
        ({"collectif": True}, "agent", True),
        ({"collectif": True}, "user", False),
        ({}, "agent", False),
    ],
)
def test_c05_who_is_summoned_is_decided_as_the_seat_is_taken(
    agenda: Office, council: OrganisationId, motif: Json, by: str, *, convocable: bool
) -> None:
    agenda.told(message("Rdv", rdv(22, seat(82821, by=by), motif=motif), NOON - HOUR, "created"))
    root = agenda.root(82821)
    assert root is not None
    assert [each.convocable for each in agenda.follow_up(root).participations] == [convocable]


def test_c07_whoever_is_listed_no_longer_has_no_seat_any_more(agenda: Office, council: OrganisationId) -> None:
    starts = NOON - HOUR
    both = rdv(22, seat(1), seat(2), starts=starts)
    one = rdv(22, seat(2, "seen"), starts=starts)
    assert agenda.told(*story((both, NOON - 3 * HOUR), (one, NOON - HOUR / 2))) == []
    assert statuses(agenda, 1) == []
    assert statuses(agenda, 2) == [("rdv-solidarites--22", ParticipationStatus.SEEN)]


def test_c09_an_older_word_than_the_last_changes_nothing(agenda: Office, council: OrganisationId) -> None:
    moved = rdv(22, seat(1), starts=STARTS + HOUR)
    first, last = story((rdv(22, seat(1)), NOON - 2 * HOUR), (moved, NOON - HOUR))
    agenda.told(last, first)
    root = agenda.root(1)
    assert root is not None
    assert [each.starts_at for each in agenda.follow_up(root).participations] == [STARTS + HOUR]


def test_whoever_is_told_late_to_have_been_there_had_a_seat_and_gave_it_up(
    agenda: Office, council: OrganisationId
) -> None:
    first, last = story((rdv(22, seat(1), seat(2)), NOON - 2 * HOUR), (rdv(22, seat(2)), NOON - HOUR))
    agenda.told(last, first, first)
    root = agenda.root(1)
    assert root is not None
    assert [name for _, name in agenda.town.told(root)] == [
        "Registered", "ReferenceLinked", "Opened", "ParticipationAdded", "ParticipationRemoved",
    ]  # fmt: skip


def test_an_appointment_that_is_no_more_is_nobody_s(agenda: Office, council: OrganisationId) -> None:
    told = rdv(22, seat(1), seat(2))
    gone = message("Rdv", told, NOON - HOUR, "destroyed")
    agenda.told(message("Rdv", told, NOON - 2 * HOUR, "created"), gone, gone)
    assert [statuses(agenda, 1), statuses(agenda, 2)] == [[], []]
    agenda.told(message("Rdv", rdv(23, seat(3)), NOON - HOUR, "destroyed"))
    assert agenda.root(3) is None


def test_what_is_destroyed_for_rgpd_is_unlinked_there_and_stays_here(agenda: Office, council: OrganisationId) -> None:
    told = rdv(22, seat(1))
    agenda.told(message("Rdv", told, NOON - 2 * HOUR, "created"), message("Rdv", told, NOON, "destroyed", "rgpd"))
    assert statuses(agenda, 1) == [("rdv-solidarites--22", ParticipationStatus.UNKNOWN)]
    agenda.told(message("UserProfile", profile(1), NOON, "destroyed", "rgpd"))
    assert list(agenda.person(1).followers) == [council]


def profile(key: int) -> Json:
    return {"user": user(key), "organisation": {"id": COUNCIL, "name": "Département"}}


def test_whom_the_agenda_has_forgotten_is_not_made_here(agenda: Office, council: OrganisationId) -> None:
    gone = seat(1)
    gone["user"]["email"] = "user@deleted.rdv-solidarites.fr"
    agenda.told(message("Rdv", rdv(22, gone, seat(2)), NOON - HOUR, "created"))
    agenda.told(message("User", user(3), NOON - HOUR / 2, "destroyed"))
    assert agenda.told(message("Rdv", rdv(23, seat(3)), NOON - HOUR, "created")) == []
    assert [agenda.root(key) is None for key in (1, 2, 3)] == [True, False, True]


def test_a_person_who_is_deleted_there_is_called_so_no_more(agenda: Office, council: OrganisationId) -> None:
    agenda.told(message("Rdv", rdv(22, seat(1)), NOON - HOUR, "created"))
    root = agenda.root(1)
    assert root is not None
    assert agenda.told(message("User", user(1), NOON, "destroyed")) == []
    assert agenda.root(1) is None
    assert [each.appointment for each in agenda.follow_up(root).participations] == ["rdv-solidarites--22"]
    assert agenda.told(message("Rdv", rdv(22, seat(1, "excused")), NOON, "updated")) == []


def test_an_appointment_of_no_category_is_none_of_ours(agenda: Office, council: OrganisationId) -> None:
    assert agenda.told(message("Rdv", rdv(22, seat(1), motif={"motif_category": None}), NOON, "created")) == []
    assert agenda.root(1) is None


def test_what_the_organisation_does_not_handle_waits_until_it_does(agenda: Office) -> None:
    council = council_of(agenda.town, category="rsa_follow_up")
    assert agenda.told(message("Rdv", rdv(22, seat(1)), NOON - HOUR, "created")) == ["CategoryNotHandled"]
    assert agenda.root(1) is None
    configure(agenda.town, council)
    assert agenda.work() == 0
    agenda.town.at(NOON + timedelta(seconds=30))
    assert agenda.work() == 1
    assert statuses(agenda, 1) == [("rdv-solidarites--22", ParticipationStatus.UNKNOWN)]


def test_what_an_unknown_organisation_is_told_of_waits_until_it_is_named(agenda: Office) -> None:
    town = agenda.town
    council = town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "odile")
    configure(town, council)
    told = message("Rdv", rdv(22, seat(1)), NOON - HOUR, "created")
    assert agenda.told(told) == ["unknown_organisation"]
    link = LinkOrganisation(system=System.RDV_SOLIDARITES, key=str(COUNCIL))
    town.ask(f"organisation/{council}", link, STAFF)
    assert agenda.inbox.again(town.clock.now()) == 1
    assert (agenda.work(), agenda.reasons()) == (1, ["NotAMember"])
    town.ask(f"organisation/{council}", AddMember(subject=AGENDA), STAFF)
    agenda.inbox.again(town.clock.now())
    assert (agenda.work(), agenda.reasons()) == (1, [])
    assert statuses(agenda, 1) == [("rdv-solidarites--22", ParticipationStatus.UNKNOWN)]


def test_one_message_that_waits_keeps_no_other_waiting(agenda: Office, council: OrganisationId) -> None:
    elsewhere = rdv(21, seat(9)) | {"organisation": {"id": 99}}
    agenda.keep(message("Rdv", elsewhere, NOON - 2 * HOUR), message("Rdv", rdv(22, seat(1)), NOON - HOUR))
    assert (agenda.work(), agenda.reasons()) == (2, ["unknown_organisation"])
    assert agenda.root(1) is not None


def test_what_is_new_goes_before_what_is_tried_again(agenda: Office, council: OrganisationId) -> None:
    elsewhere = rdv(21, seat(9)) | {"organisation": {"id": 99}}
    assert agenda.told(message("Rdv", elsewhere, NOON - 2 * HOUR)) == ["unknown_organisation"]
    agenda.town.at(NOON + timedelta(seconds=30))
    agenda.keep(message("Rdv", rdv(22, seat(1)), NOON - HOUR))
    assert (agenda.work(1), agenda.reasons()) == (1, ["unknown_organisation"])
    assert [each.attempts for each in agenda.waiting()] == [1]
    assert (agenda.work(1), [each.attempts for each in agenda.waiting()]) == (1, [2])


def test_what_is_being_recorded_is_not_left_out(agenda: Office, council: OrganisationId) -> None:
    elsewhere = rdv(21, seat(9)) | {"organisation": {"id": 99}}
    agenda.told(message("Rdv", elsewhere, NOON - 2 * HOUR))
    agenda.town.at(NOON + timedelta(seconds=30))
    system = agenda.source.system
    with ThreadPoolExecutor() as threads:
        asked: list[Future[bool]] = []

        def record(told: Message, _: Words) -> Ending:
            asked.append(threads.submit(agenda.inbox.leave_out, system, told.name))
            wait(asked, timeout=0.3)
            return Recorded()

        assert agenda.inbox.take(system, agenda.town.clock.now(), record) == Recorded()
        assert [each.result() for each in asked] == [False]


def test_a_message_is_recorded_as_a_whole_or_not_at_all(agenda: Office, council: OrganisationId) -> None:
    nameless = seat(2)
    nameless["user"] |= {"first_name": "", "last_name": ""}
    assert agenda.told(message("Rdv", rdv(22, seat(1), nameless), NOON - HOUR, "created")) == ["NameMissing"]
    assert [agenda.root(1), agenda.root(2)] == [None, None]


def test_of_whoever_is_unknown_nothing_is_kept_and_their_appointment_brings_them(
    agenda: Office, council: OrganisationId
) -> None:
    renamed = message("User", user(1, first_name="Jim"), NOON - 4 * HOUR)
    joins, leaves = (message("UserProfile", profile(1), NOON - 4 * HOUR, event) for event in ("created", "destroyed"))
    elsewhere = message("UserProfile", profile(1) | {"organisation": {"id": 99}}, NOON - 4 * HOUR, "created")
    assert agenda.told(renamed, joins, leaves, elsewhere) == []
    assert agenda.root(1) is None
    assert agenda.told(message("Rdv", rdv(22, seat(1)), NOON - 3 * HOUR, "created")) == []
    assert (agenda.person(1).first_name, list(agenda.person(1).followers)) == ("James", [council])


def test_what_changes_of_somebody_known_is_told(agenda: Office, council: OrganisationId) -> None:
    renamed = message("User", user(1, first_name="Jamie", email="jamie@example.org"), NOON - HOUR)
    stale = message("User", user(1, first_name="Jim"), NOON - 2 * HOUR)
    agenda.told(message("Rdv", rdv(22, seat(1)), NOON - 3 * HOUR, "created"))
    assert agenda.told(renamed, stale) == []
    person = agenda.person(1)
    assert (person.first_name, person.email, person.phone) == ("Jamie", "jamie@example.org", "+33655000001")


def test_who_follows_a_person_is_told_too(agenda: Office, council: OrganisationId) -> None:
    other = council_of(agenda.town, 53)
    joins = message("UserProfile", profile(1) | {"organisation": {"id": 53}}, NOON - HOUR, "created")
    leaves = message("UserProfile", profile(1), NOON - HOUR, "destroyed")
    agenda.told(message("Rdv", rdv(22, seat(1)), NOON - 3 * HOUR, "created"))
    assert agenda.told(joins, leaves) == []
    assert list(agenda.person(1).followers) == [other]


def test_an_organisation_is_renamed_where_the_agenda_administers_it(agenda: Office, council: OrganisationId) -> None:
    renamed = {"id": COUNCIL, "name": "Département 35", "phone_number": "02 99 00 00 01", "email": None}
    agenda.told(message("Organisation", renamed, NOON - HOUR))
    assert place(agenda, council).name == "Maison"
    town = agenda.town
    town.ask(f"organisation/{council}", ChangeMemberRole(subject=AGENDA, role=Role.ADMINISTRATOR), STAFF)
    agenda.told(message("Organisation", renamed, NOON))
    assert (place(agenda, council).name, place(agenda, council).phone) == ("Département 35", "+33299000001")


def place(agenda: Office, council: OrganisationId) -> Any:
    return agenda.town.standing(f"organisation/{council}").cases[RootKind.ORGANISATION]


@pytest.mark.parametrize("model", ["Motif", "Lieu", "Agent", "AgentRole", "ReferentAssignation", "AgentsRdv", "Autre"])
def test_what_has_no_place_here_is_not_kept(agenda: Office, model: str) -> None:
    agenda.keep(message(model, {"id": 1}, NOON))
    assert agenda.waiting() == []


def test_nobody_is_told_of_what_is_over(agenda: Office, council: OrganisationId) -> None:
    summons = {"name": "RSA orientation: Convocation"}
    told = rdv(22, seat(1, by="agent"), motif=summons, created=NOON - 3 * HOUR, starts=NOON - HOUR)
    agenda.told(message("Rdv", told, NOON - 2 * HOUR, "created"))
    ahead = rdv(23, seat(1, by="agent"), motif=summons, created=NOON - 3 * HOUR, starts=NOON + HOUR)
    agenda.told(message("Rdv", ahead, NOON - 2 * HOUR, "created"))
    root = agenda.root(1)
    assert root is not None
    told_of = {(each.participation, each.kind) for each in agenda.follow_up(root).notifications}
    assert told_of == {(2, NotificationKind.CREATED)}


def test_a_summons_that_the_agenda_makes_is_told_to_the_person_and_to_the_mailbox(
    agenda: Office, council: OrganisationId
) -> None:
    summons = {"name": "RSA orientation: Convocation"}
    ahead = rdv(22, seat(1, by="agent"), motif=summons)
    agenda.told(message("Rdv", ahead, NOON - HOUR, "created"))
    root = agenda.root(1)
    assert root is not None
    told, dossier = [], Folded(root=root, version=0, cases={})
    for recorded in agenda.town.journal.load(root):
        dossier = fold(CATALOGUE, dossier, [recorded])
        told += [(each.template, each.channel) for each in told_of(recorded, dossier.cases[recorded.journey])]
    assert [each for each in told if each[0].startswith("rsa-appointment")] == [
        (Template.RSA_APPOINTMENT_ADDED_FOR_MAILBOX, Way.EMAIL),
        (Template.RSA_SUMMONED, Way.SMS),
        (Template.RSA_SUMMONED, Way.EMAIL),
    ]


def test_the_agenda_s_status_counts_though_our_rules_would_not_have_it(agenda: Office, council: OrganisationId) -> None:
    ahead = rdv(22, seat(1))
    early = rdv(22, seat(1, "seen"))
    assert agenda.told(*story((ahead, NOON - 2 * HOUR), (early, NOON - HOUR))) == []
    root = agenda.root(1)
    assert root is not None
    assert statuses(agenda, 1) == [("rdv-solidarites--22", ParticipationStatus.SEEN)]
    source = agenda.town.journal.load(root)[-1].metadata.source
    assert source is not None
    assert source.endswith("!StatusNotPossible")


def test_a_duplicate_that_was_merged_leads_to_the_dossier_that_was_kept(
    agenda: Office, council: OrganisationId
) -> None:
    agenda.told(message("Rdv", rdv(22, seat(1)), NOON - 2 * HOUR, "created"))
    duplicate, town = agenda.root(1), agenda.town
    assert duplicate is not None
    kept = town.candidate("odile", council)
    town.ask(duplicate, MergeInto(target=CandidateId(kept.partition("/")[2])), STAFF)
    agenda.told(message("Rdv", rdv(22, seat(1, "excused")), NOON - HOUR), message("Rdv", rdv(23, seat(1)), NOON - HOUR))
    assert [each.status for each in agenda.follow_up(duplicate).participations] == [ParticipationStatus.EXCUSED]
    assert [each.appointment for each in agenda.follow_up(kept).participations] == ["rdv-solidarites--23"]


@pytest.mark.parametrize("followed", [True, False])
@pytest.mark.parametrize(
    ("model", "event"),
    [("User", "updated"), ("User", "destroyed"), ("UserProfile", "created"), ("UserProfile", "destroyed")],
)
def test_an_erased_person_is_told_of_no_more(
    agenda: Office, council: OrganisationId, model: str, event: str, followed: bool
) -> None:
    agenda.told(message("Rdv", rdv(22, seat(1)), NOON - 2 * HOUR, "created"))
    if not followed:
        left(agenda, 1, council)
    root = agenda.erase(1)
    before = agenda.town.journal.load(root)
    told = user(1, first_name="J") if model == "User" else profile(1)
    assert agenda.told(message(model, told, NOON - HOUR, event)) == []
    elsewhere = profile(1) | {"organisation": {"id": 99}}
    assert agenda.told(message("UserProfile", elsewhere, NOON - HOUR, event)) == []
    assert agenda.town.journal.load(root) == before


@pytest.mark.parametrize("followed", [True, False])
def test_of_an_appointment_the_seat_of_whoever_is_erased_is_left_out(
    agenda: Office, council: OrganisationId, followed: bool
) -> None:
    agenda.told(message("Rdv", rdv(22, seat(1), seat(2)), NOON - 3 * HOUR, "created"))
    if not followed:
        left(agenda, 1, council)
    root = agenda.erase(1)
    before = agenda.town.journal.load(root)
    both = seat(1, "excused"), seat(2, "excused")
    known, new = rdv(22, *both), rdv(23, *both)
    assert agenda.told(message("Rdv", known, NOON - 2 * HOUR), message("Rdv", new, NOON - 2 * HOUR, "created")) == []
    excused = ParticipationStatus.EXCUSED
    assert statuses(agenda, 2) == [("rdv-solidarites--22", excused), ("rdv-solidarites--23", excused)]
    assert agenda.told(*(message("Rdv", each, NOON - HOUR, "destroyed") for each in (known, new))) == []
    assert statuses(agenda, 2) == []
    assert agenda.town.journal.load(root) == before


def test_the_seat_of_whoever_was_erased_once_the_agenda_had_another_name_for_them_is_left_out(
    agenda: Office, council: OrganisationId
) -> None:
    agenda.told(message("Rdv", rdv(22, seat(1)), NOON - 3 * HOUR, "created"))
    root = str(agenda.root(1))
    eraser = Eraser(agenda.inbox.pool, agenda.town.vault)
    agenda.town.ask(root, UnlinkReference(system=System.RDV_SOLIDARITES, key="1"), ODILE, council)
    eraser.erase(root)
    assert agenda.told(message("Rdv", rdv(23, seat(1), seat(2)), NOON - HOUR, "created")) == []
    assert statuses(agenda, 2) == [("rdv-solidarites--23", ParticipationStatus.UNKNOWN)]


def left(agenda: Office, key: int, council: OrganisationId) -> None:
    agenda.town.ask(str(agenda.root(key)), LeaveOrganisation(organisation=council), ODILE, council)


def test_the_last_message_sent_again_undoes_nothing_that_was_done_here_since(
    agenda: Office, council: OrganisationId
) -> None:
    town, other = agenda.town, council_of(agenda.town, 53)
    told = [
        message("Rdv", rdv(22, seat(1)), NOON - 3 * HOUR, "created"),
        message("UserProfile", profile(1) | {"organisation": {"id": 53}}, NOON - 2 * HOUR, "created"),
        message("User", user(1, email="jamie@example.org"), NOON - 2 * HOUR),
    ]
    assert agenda.told(*told) == []
    root = str(agenda.root(1))
    left(agenda, 1, other)
    town.ask(root, ChangeContactData(email="james@example.org"), ODILE, council)
    town.ask(root, RemoveParticipation(participation=1), ODILE, council, journey="rsa-appointment-1")
    before = town.journal.load(root)
    assert agenda.told(*told) == []
    assert town.journal.load(root) == before


def test_group_appointments_have_as_many_seats_as_the_agenda_says(agenda: Office, council: OrganisationId) -> None:
    crowded = rdv(22, *(seat(key) for key in (1, 2, 3)), motif={"collectif": True}, max_participants_count=2)
    assert agenda.told(message("Rdv", crowded, NOON - HOUR, "created")) == []
    seats = [each.seat for key in (1, 2, 3) for each in agenda.follow_up(str(agenda.root(key))).participations]
    assert seats == [1, 2, None]


def test_another_organisation_of_the_agenda_joins_the_person(agenda: Office, council: OrganisationId) -> None:
    other = council_of(agenda.town, 53)
    agenda.told(message("Rdv", rdv(22, seat(1)), NOON - 2 * HOUR, "created"))
    agenda.told(message("Rdv", rdv(23, seat(1)) | {"organisation": {"id": 53}}, NOON - HOUR, "created"))
    assert list(agenda.person(1).followers) == [council, other]


def test_joining_by_hand_is_no_conflict(agenda: Office, council: OrganisationId) -> None:
    root = agenda.town.candidate("odile", council, first_name="James", email="james1@example.org")
    agenda.town.ask(root, JoinOrganisation(organisation=council), ODILE, council)
    assert agenda.told(message("Rdv", rdv(22, seat(1)), NOON - HOUR, "created")) == []
    assert agenda.root(1) == root


def test_two_names_of_one_person_there_are_one_dossier_here(agenda: Office, council: OrganisationId) -> None:
    twin = seat(2)
    twin["user"] |= {"email": "james1@example.org"}
    told = rdv(22, seat(1), twin)
    assert agenda.told(message("Rdv", told, NOON - HOUR, "created"), message("Rdv", told, NOON)) == []
    assert agenda.root(1) == agenda.root(2) is not None
    assert statuses(agenda, 1) == [("rdv-solidarites--22", ParticipationStatus.UNKNOWN)]
