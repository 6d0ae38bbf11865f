"""Appointments, seats, and what becomes of them (rdv-insertion §6, §12.C)."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from domain.journey import Context, Refusal
from domain.rsa_appointment import RsaAppointment, closed, parties, possible_statuses, seats, status
from domain.rsa_appointment.clock import clock_text
from domain.rsa_appointment.codes import BookedBy, ExpiryCause, ParticipationStatus, Status
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Excuse,
    RecordAppointment,
    RemoveParticipation,
    SetStatus,
)
from domain.rsa_appointment.events import (
    AppointmentChanged,
    Closed,
    InvitationsExpired,
    ParticipationAdded,
    ParticipationRemoved,
    Reopened,
    Withdrawn,
)
from domain.rsa_appointment.evolution import participation_of
from domain.rsa_appointment.refusals import (
    AlreadyTakesPart,
    AppointmentReferenceMissing,
    CapacityNotUsable,
    CategoryNotConfigured,
    DurationNotPositive,
    NoSeatLeft,
    NotBookedByThePerson,
    NotItsOrganisation,
    NotOffered,
    NotToCome,
    StatusNotPossible,
    TookPlace,
    UnknownParticipation,
    UnknownTimeZone,
)
from domain.seats import seat
from domain.vocabulary import Actor, Party, Role, Subject
from tests.domain.rsa_appointment.cases import (
    NOW,
    O2,
    O2_ID,
    O3,
    O3_ID,
    OPENED,
    PHONE,
    U,
    added,
    around,
    configured,
    given,
    invited,
    paris,
    reception,
    standing,
    taking,
    was_set,
)

UNKNOWN, SEEN = ParticipationStatus.UNKNOWN, ParticipationStatus.SEEN
REVOKED, EXCUSED, NOSHOW = ParticipationStatus.REVOKED, ParticipationStatus.EXCUSED, ParticipationStatus.NOSHOW
TAKEN = added(1, "06-16 09:00", "06-20 10:00")
TAKING = taking("06-20 10:00")


def test_c01_an_appointment_ends_what_can_end_and_has_not() -> None:
    invitations = (
        invited(1, "06-09 09:00", "06-19 09:00"),
        invited(2, "06-03 09:00", "06-13 09:00"),
        invited(3, "06-10 09:00"),
    )
    ended = InvitationsExpired(invitations=(1,), cause=ExpiryCause.BOOKED, at=NOW)
    given(*invitations).when(TAKING).then(TAKEN, ended)
    follow_up = standing(*invitations, TAKEN, ended)
    assert [each.expires_at for each in follow_up.invitations] == [NOW, paris("06-13 09:00"), None]
    assert status(follow_up, NOW) is Status.RDV_PENDING


def summoned_by(convene_user: bool, **said: Any) -> bool:
    there = around(NOW, U, configured(convene_user=convene_user))
    event = given().within(there).when(replace(TAKING, **said))._decide()[0]
    assert isinstance(event, ParticipationAdded)
    return event.convocable


@pytest.mark.parametrize(
    ("said", "summons"),
    [
        ({"motif": "RSA orientation: Convocation"}, True),
        ({"motif": "CONVOCATION", "booked_by": None}, True),
        ({"collective": True, "booked_by": BookedBy.AGENT}, True),
        ({"collective": True, "booked_by": BookedBy.USER}, False),
        ({"collective": True, "booked_by": BookedBy.PRESCRIBER}, False),
        ({"booked_by": BookedBy.AGENT}, False),
    ],
)
def test_c05_whether_the_person_is_summoned_is_decided_as_the_seat_is_taken(
    said: dict[str, Any], summons: bool
) -> None:
    assert summoned_by(True, **said) is summons
    assert summoned_by(False, **said) is False


def test_whether_the_person_is_summoned_never_changes() -> None:
    follow_up = standing(replace(TAKEN, convocable=True), was_set(TAKEN, REVOKED))
    assert follow_up.participations[0].convocable


def test_the_number_to_call_is_the_place_s_the_category_s_or_the_organisation_s() -> None:
    by_category = configured(phone="3949")
    given().within(around(NOW, U, by_category)).when(replace(TAKING, phone="0476")).then(replace(TAKEN, phone="0476"))
    given().within(around(NOW, U, by_category)).when(TAKING).then(replace(TAKEN, phone="3949"))
    given().when(TAKING).then(replace(TAKEN, phone=PHONE))
    given().within(around(NOW, U, reception("o1", phone=None))).when(TAKING).then(replace(TAKEN, phone=None))


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (replace(TAKING, appointment=" "), AppointmentReferenceMissing),
        (replace(TAKING, duration_minutes=0), DurationNotPositive),
        (replace(TAKING, duration_minutes=24 * 60 + 1), DurationNotPositive),
        (replace(TAKING, time_zone="Europe/Berlin"), UnknownTimeZone),
        (replace(TAKING, capacity=3), CapacityNotUsable),
        (replace(TAKING, collective=True, capacity=0), CapacityNotUsable),
        (replace(TAKING, collective=True, capacity=501), CapacityNotUsable),
    ],
)
def test_what_no_appointment_is(command: RecordAppointment, refusal: type[Refusal]) -> None:
    given().when(command).refused(refusal)


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Paris",
        "America/Cayenne",
        "America/Guadeloupe",
        "America/Martinique",
        "America/Miquelon",
        "Indian/Mayotte",
        "Indian/Reunion",
        "Pacific/Gambier",
        "Pacific/Marquesas",
        "Pacific/Noumea",
        "Pacific/Tahiti",
        "Pacific/Wallis",
    ],
)
def test_an_appointment_takes_place_anywhere_in_the_republic(zone: str) -> None:
    given().when(replace(TAKING, time_zone=zone)).then(replace(TAKEN, time_zone=zone))


def test_an_appointment_lasts_a_minute_or_a_day() -> None:
    for minutes in (1, 24 * 60):
        given().when(replace(TAKING, duration_minutes=minutes)).then(replace(TAKEN, duration_minutes=minutes))


def test_the_organisation_of_the_appointment_handles_the_category_and_records_it() -> None:
    elsewhere = replace(TAKING, organisation=O3_ID)
    given().within(around(NOW, U, acting=O3)).when(elsewhere).refused(CategoryNotConfigured)
    given().within(around(NOW, U, acting=O2)).when(TAKING).refused(NotItsOrganisation)


def test_a_person_sits_once_in_an_appointment_whichever_category_it_was_recorded_in() -> None:
    given(TAKEN).when(TAKING).refused(AlreadyTakesPart)
    given().within(around(rsa_appointment_2=standing(TAKEN))).when(TAKING).refused(AlreadyTakesPart)


def test_a_number_is_never_used_twice() -> None:
    gone = ParticipationRemoved(participation=1, status=UNKNOWN, starts_at=TAKEN.starts_at, at=NOW)
    given(TAKEN, gone).when(TAKING).then(replace(TAKEN, number=2))


COLLECTIVE = replace(TAKING, collective=True, capacity=3)
SEATED = replace(TAKEN, collective=True, seat=1)


@pytest.mark.parametrize(("taken", "first"), [(set(), 1), ({1}, 2), ({1, 3}, 2), ({2, 3}, 1), ({1, 2}, 3)])
def test_the_first_free_seat_is_taken(taken: set[int], first: int) -> None:
    there = replace(around(), taken_seats=frozenset(taken))
    given().within(there).when(COLLECTIVE).then(replace(SEATED, seat=first))


def test_no_seat_is_left_when_all_are_taken() -> None:
    there = replace(around(), taken_seats=frozenset({1, 2, 3}))
    given().within(there).when(COLLECTIVE).refused(NoSeatLeft)
    given().within(there).when(replace(COLLECTIVE, capacity=4)).then(replace(SEATED, seat=4))
    given().within(there).when(replace(COLLECTIVE, capacity=None)).then(replace(SEATED, seat=None))


@pytest.mark.parametrize(
    ("said", "holds"), [(UNKNOWN, True), (SEEN, True), (NOSHOW, True), (EXCUSED, False), (REVOKED, False)]
)
def test_whoever_does_not_come_gives_the_seat_back(said: ParticipationStatus, holds: bool) -> None:
    held = seats(standing(replace(SEATED, status=said)))
    assert held == (frozenset({seat("rdv-1", 1)}) if holds else frozenset())


def test_what_was_cancelled_when_it_was_recorded_takes_no_seat() -> None:
    there = replace(around(), taken_seats=frozenset({1, 2, 3}))
    cancelled = replace(COLLECTIVE, status=EXCUSED)
    given().within(there).when(cancelled).then(replace(SEATED, seat=None, status=EXCUSED))


def test_a_removed_participation_gives_the_seat_back() -> None:
    gone = ParticipationRemoved(participation=1, status=UNKNOWN, starts_at=TAKEN.starts_at, at=NOW)
    assert seats(standing(SEATED, gone)) == frozenset()


def test_c07_whoever_the_agenda_no_longer_has_is_removed_and_the_other_was_seen() -> None:
    after = paris("06-20 11:00")
    gone = ParticipationRemoved(participation=1, status=UNKNOWN, starts_at=TAKEN.starts_at, at=after)
    given(TAKEN).within(around(after)).when(RemoveParticipation(participation=1)).then(gone)
    seen = was_set(TAKEN, SEEN, after)
    given(TAKEN).within(around(after)).when(SetStatus(participation=1, status=SEEN)).then(seen)
    assert status(standing(TAKEN, seen), after) is Status.RDV_SEEN


def test_c09_what_the_agenda_said_before_its_last_word_is_ignored() -> None:
    told = AppointmentChanged(
        participation=1,
        status=UNKNOWN,
        was_at=TAKEN.starts_at,
        starts_at=TAKEN.starts_at,
        duration_minutes=45,
        address=None,
        at=paris("06-16 11:06"),
    )
    for command in (
        ChangeAppointment(participation=1, duration_minutes=60),
        SetStatus(participation=1, status=EXCUSED),
        RemoveParticipation(participation=1),
    ):
        given(TAKEN, told).within(around(paris("06-16 11:05"))).when(command).then()
    excused = was_set(TAKEN, EXCUSED, paris("06-16 11:06"))
    given(TAKEN, excused).within(around(paris("06-16 11:05"))).when(RemoveParticipation(participation=1)).then()
    same = paris("06-16 11:06")
    given(TAKEN, told).within(around(same)).when(SetStatus(participation=1, status=EXCUSED)).then(
        was_set(TAKEN, EXCUSED, same)
    )


@pytest.mark.parametrize(
    ("starts", "said", "possible"),
    [
        ("06-15 09:00", UNKNOWN, [SEEN, REVOKED, EXCUSED, NOSHOW]),
        ("06-17 09:00", UNKNOWN, [REVOKED, EXCUSED]),
        ("06-17 09:00", REVOKED, [UNKNOWN, EXCUSED]),
        ("06-15 09:00", SEEN, [REVOKED, EXCUSED, NOSHOW]),
        ("06-16 09:00", UNKNOWN, [SEEN, REVOKED, EXCUSED, NOSHOW]),
        ("06-16 09:01", UNKNOWN, [REVOKED, EXCUSED]),
    ],
)
def test_c17_what_can_be_said_depends_on_whether_it_has_begun(
    starts: str, said: ParticipationStatus, possible: list[ParticipationStatus]
) -> None:
    taken = added(1, "06-10 09:00", starts, status=said)
    assert possible_statuses(participation_of(taken), NOW) == possible
    for asked in ParticipationStatus:
        scenario = given(taken).when(SetStatus(participation=1, status=asked))
        if asked in possible:
            scenario.then(was_set(taken, asked, before=said))
        elif asked is said:
            scenario.then()
        else:
            scenario.refused(StatusNotPossible)


@pytest.mark.parametrize(("starts", "to_come"), [("06-16 09:01", True), ("06-16 09:00", False)])
def test_the_person_excuses_themself_from_what_is_to_come(starts: str, to_come: bool) -> None:
    taken = added(1, "06-10 09:00", starts)
    alone = given(taken).within(around(NOW, U, acting=None)).when(Excuse(participation=1))
    if to_come:
        alone.then(was_set(taken, EXCUSED))
    else:
        alone.refused(NotToCome)


def test_whoever_has_excused_themself_says_so_once() -> None:
    taken = added(1, "06-10 09:00", "06-17 09:00", seat=1)
    excused = was_set(taken, EXCUSED)
    given(taken, excused).within(around(NOW, U, acting=None)).when(Excuse(participation=1)).then()
    assert seats(standing(taken, excused)) == frozenset()


@pytest.mark.parametrize("said", [SEEN, REVOKED, NOSHOW])
def test_nobody_excuses_themself_from_what_is_over_or_was_put_off(said: ParticipationStatus) -> None:
    taken = added(1, "06-10 09:00", "06-17 09:00", status=said)
    given(taken).within(around(NOW, U, acting=None)).when(Excuse(participation=1)).refused(NotToCome)
    given().within(around(NOW, U, acting=None)).when(Excuse(participation=1)).refused(UnknownParticipation)


def test_what_the_person_said_before_the_agenda_s_last_word_comes_too_late() -> None:
    taken = added(1, "06-10 09:00", "06-12 09:00")
    missed = was_set(taken, NOSHOW, at=paris("06-12 10:00"))
    before = around(paris("06-12 08:00"), U, acting=None)
    given(taken, missed).within(before).when(Excuse(participation=1)).then()


def by_a_witness(at: datetime = NOW) -> Context:
    return replace(around(at, U, acting=None), actor=Actor(subject=Subject("rdv"), client="rdv", role=Role.WITNESS))


OFFERED = invited(1, "06-10 09:00", "06-20 09:00")


def test_a_booking_service_tells_what_the_person_took_where_a_valid_invitation_offers_it() -> None:
    takes = taking("06-25 10:00")
    booked = InvitationsExpired(invitations=(1,), cause=ExpiryCause.BOOKED, at=NOW)
    given(OFFERED).within(by_a_witness()).when(takes).then(added(1, "06-16 09:00", "06-25 10:00"), booked)
    given(OFFERED).within(by_a_witness(paris("06-20 09:00"))).when(takes).refused(NotOffered)
    given().within(by_a_witness()).when(takes).refused(NotOffered)
    elsewhere = invited(1, "06-10 09:00", None, organisations=(O2_ID,))
    given(elsewhere).within(by_a_witness()).when(takes).refused(NotOffered)


@pytest.mark.parametrize("by", [BookedBy.AGENT, BookedBy.PRESCRIBER, None])
def test_a_booking_service_speaks_for_the_person_alone(by: BookedBy | None) -> None:
    given(OFFERED).within(by_a_witness()).when(taking("06-25 10:00", booked_by=by)).refused(NotBookedByThePerson)


def test_only_the_organisation_of_the_appointment_touches_it() -> None:
    for command in (SetStatus(participation=1, status=EXCUSED), RemoveParticipation(participation=1)):
        given(TAKEN).within(around(NOW, U, acting=O2)).when(command).refused(NotItsOrganisation)
        given().when(command).refused(UnknownParticipation)


def test_an_appointment_is_moved_and_what_is_left_out_stays() -> None:
    moved = paris("06-21 10:00")
    changed = AppointmentChanged(
        participation=1,
        status=UNKNOWN,
        was_at=TAKEN.starts_at,
        starts_at=moved,
        duration_minutes=30,
        address="Salle 2",
        at=NOW,
    )
    here = replace(TAKEN, address="Salle 2")
    given(here).when(ChangeAppointment(participation=1, starts_at=moved)).then(changed)
    given(here).when(ChangeAppointment(participation=1, starts_at=TAKEN.starts_at, address="Salle 2")).then()
    given(here).when(ChangeAppointment(participation=1, duration_minutes=0)).refused(DurationNotPositive)
    given(here).when(ChangeAppointment(participation=1, duration_minutes=24 * 60 + 1)).refused(DurationNotPositive)


def test_what_was_changed_is_known_of_that_appointment_and_of_no_other() -> None:
    there = ChangeAppointment(
        participation=1, starts_at=paris("06-21 10:00"), duration_minutes=45, address="2 rue Basse 26000 Valence"
    )
    other = added(2, "06-16 09:00", "06-25 10:00")
    history = (TAKEN, other, *given(TAKEN, other).when(there)._decide())
    assert standing(*history).participations == (
        replace(
            participation_of(TAKEN),
            starts_at=paris("06-21 10:00"),
            duration_minutes=45,
            address="2 rue Basse 26000 Valence",
        ),
        participation_of(other),
    )
    given(*history).when(there).then()


def test_where_it_takes_place_is_recorded() -> None:
    given().when(replace(TAKING, address="Salle 2")).then(replace(TAKEN, address="Salle 2"))


@pytest.mark.parametrize(
    ("said", "refused"), [(UNKNOWN, False), (EXCUSED, False), (REVOKED, False), (SEEN, True), (NOSHOW, True)]
)
def test_what_took_place_is_not_moved(said: ParticipationStatus, refused: bool) -> None:
    longer = ChangeAppointment(participation=1, duration_minutes=60)
    scenario = given(replace(TAKEN, status=said)).when(longer)
    if refused:
        scenario.refused(TookPlace)
    else:
        scenario.then(
            AppointmentChanged(
                participation=1,
                status=said,
                was_at=TAKEN.starts_at,
                starts_at=TAKEN.starts_at,
                duration_minutes=60,
                address=None,
                at=NOW,
            )
        )


def test_c21_times_are_shown_on_the_clocks_of_the_place() -> None:
    there = added(1, "06-16 09:00", "2026-04-09 08:30", time_zone="Indian/Reunion")
    assert clock_text(participation_of(there)) == "10h30"
    earlier = replace(there, starts_at=there.starts_at - timedelta(minutes=30))
    assert clock_text(participation_of(earlier)) == "10h"
    assert clock_text(participation_of(replace(there, time_zone="Europe/Paris"))) == "8h30"
    assert clock_text(participation_of(replace(there, starts_at=paris("2026-04-09 08:05")))) == "10h05"


def test_an_import_waives_what_it_names() -> None:
    waived = replace(around(NOW, U, acting=O2), waived=frozenset({NotItsOrganisation, StatusNotPossible}))
    given(TAKEN).within(waived).when(SetStatus(participation=1, status=SEEN)).then(was_set(TAKEN, SEEN))
    full = replace(around(), taken_seats=frozenset({1, 2, 3}), waived=frozenset({NoSeatLeft}))
    given().within(full).when(COLLECTIVE).then(replace(SEATED, seat=None))


@pytest.mark.parametrize("capacity", [1, 500])
def test_one_seat_is_enough_and_five_hundred_are_not_too_many(capacity: int) -> None:
    given().when(replace(COLLECTIVE, capacity=capacity)).then(SEATED)


def test_imports_act_for_nobody() -> None:
    given().within(around(acting=None)).when(TAKING).then(TAKEN)
    excuse = SetStatus(participation=1, status=EXCUSED)
    given(TAKEN).within(around(acting=None)).when(excuse).then(was_set(TAKEN, EXCUSED))


@pytest.mark.parametrize("minutes", [1, 24 * 60])
def test_it_may_last_a_minute_or_a_day_from_now_on(minutes: int) -> None:
    changed = AppointmentChanged(
        participation=1,
        status=UNKNOWN,
        was_at=TAKEN.starts_at,
        starts_at=TAKEN.starts_at,
        duration_minutes=minutes,
        address=None,
        at=NOW,
    )
    given(TAKEN).when(ChangeAppointment(participation=1, duration_minutes=minutes)).then(changed)


def test_who_takes_part_is_who_began_it_and_whoever_the_person_is_invited_to_or_expected_by() -> None:
    sent = invited(1, "06-10 09:00", organisations=(O2.profile.id,))
    taken = replace(TAKEN, organisation=O3_ID)
    opened = frozenset({OPENED.organisation})
    assert parties(standing()) == {Party.SENDER: opened}
    assert parties(standing(sent, taken)) == {
        Party.SENDER: opened,
        Party.RECEIVER: frozenset({O2.profile.id, O3_ID}),
    }
    assert parties(RsaAppointment()) == {}


def test_what_is_closed_or_withdrawn_is_awaited_by_nobody() -> None:
    assert not closed(standing())
    assert closed(standing(Closed(at=NOW)))
    assert closed(standing(Withdrawn(at=NOW)))
    assert not closed(standing(Closed(at=NOW), Reopened(at=NOW)))


def test_nothing_is_clicked_nor_reminded_to_begin_with() -> None:
    follow_up = standing(invited(1, "06-10 09:00"), replace(TAKEN, seat=None))
    assert [(each.clicked, each.reminded) for each in follow_up.invitations] == [(False, False)]
    assert [each.reminded for each in follow_up.participations] == [False]
    assert seats(follow_up) == frozenset()
