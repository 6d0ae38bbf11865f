"""What people and organisations are told of appointments, through the real desk, deadlines and post."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any, Final

import pytest

from api.jobs import pass_due
from application.notifications.notice import Channel, Letter, State
from application.notifications.ports import Rejected, TryLater
from application.notifications.post import PAUSES
from application.notifications.reaching import Unreachable
from domain.accompaniment.commands import Begin, Cancel, Change
from domain.candidate.codes import ClosingReason
from domain.candidate.commands import Archive, ChangeContactData, ClosePath
from domain.organisation.commands import ChangePhone, ConfigureCategory
from domain.organisation.kinds import Kind
from domain.rsa.categories import CategoryType
from domain.rsa.categories import Channel as Way
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment.codes import DeliveryReport, InvitationOrigin, Location, ParticipationStatus
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Close,
    Invite,
    Open,
    RecordAppointment,
    RemoveParticipation,
    SetStatus,
    SummonByLetter,
)
from domain.vocabulary import OrganisationId, Subject
from infrastructure.carriers.console import Console
from tests.application.notifications.office import Office, Pigeon
from tests.application.town import NOON, professional

ODILE, KARIM = professional("odile", "rdv-insertion"), professional("karim", "rdv-insertion")
CATEGORY: Final = "rsa_orientation"
FOLLOW_UP: Final = "rsa-appointment-1"
MAIL, MOBILE, HOME = "nour@example.org", "+33612345678", "1 rue Haute 26000 Valence"
OFFICE: Final = "9 avenue Unmistakable 26000 Valence"
#: Thursday 12 March 2026 at half past nine in Paris.
STARTS: Final = datetime(2026, 3, 12, 8, 30, tzinfo=UTC)
DAY: Final = timedelta(days=1)


@dataclass
class Council:
    """Odile's council handles a category of orientation and wants to be told of its agenda; Karim's delegate."""

    office: Office
    council: OrganisationId
    delegate: OrganisationId
    nour: str
    pigeon: Pigeon

    def ask(self, *commands: Any) -> None:
        """Odile asks, for the council."""
        for command in commands:
            opening = isinstance(command, Open | Begin)
            journey = None if opening else FOLLOW_UP
            self.office.town.ask(self.nour, command, ODILE, self.council, **({"journey": journey} if journey else {}))

    def of_the_person(self, command: Any) -> None:
        self.office.town.ask(self.nour, command, ODILE, self.council)

    def configure(self, **said: Any) -> None:
        category = ConfigureCategory(category=CATEGORY, type=CategoryType.RSA_ORIENTATION, **said)
        self.office.town.ask(f"organisation/{self.council}", category, ODILE, self.council)

    def invite(self, way: Way = Way.EMAIL) -> Invite:
        return Invite(
            channel=way,
            origin=InvitationOrigin.USERS_INDEX_PAGE,
            organisations=(self.council,),
            bookable=True,
            slots_available=True,
        )

    def taking(self, **said: Any) -> RecordAppointment:
        usual: dict[str, Any] = {
            "appointment": "rdv-1",
            "organisation": self.council,
            "motif": "Convocation RSA",
            "location": Location.PUBLIC_OFFICE,
            "starts_at": STARTS,
            "duration_minutes": 60,
            "address": OFFICE,
        }
        return RecordAppointment(**{**usual, **said})

    def at(self, instant: datetime) -> None:
        """Time passes, and asks what it asks."""
        self.office.town.at(instant)
        self.office.tell()
        pass_due(self.office.core)

    def delivered(self) -> dict[State, int]:
        self.pigeon.taken.clear()
        return self.office.deliver(self.pigeon)

    def letters(self) -> list[tuple[str, str]]:
        """What was carried last, by which channel."""
        return sorted((each.channel.value, each.id.split(":")[1]) for each in self.pigeon.taken)

    def by(self, channel: Channel) -> Letter:
        [letter] = [each for each in self.pigeon.taken if each.channel is channel]
        return letter


@pytest.fixture
def rsa(office: Office) -> Council:
    town = office.town
    council = town.organisation(Kind.CONSEIL_DEPARTEMENTAL, "odile")
    delegate = town.organisation(Kind.DELEGATAIRE_RSA, "karim")
    town.ask(f"organisation/{council}", ChangePhone(phone="0475000000"), ODILE, council)
    nour = town.candidate("odile", council, email=MAIL, phone=MOBILE, address=HOME)
    made = Council(office, council, delegate, nour, Pigeon(channels=frozenset(Channel)))
    made.configure(rdv_purpose="faire le point")
    made.ask(Open(category=CATEGORY))
    office.forget()
    return made


def test_an_invitation_says_until_when_it_holds_and_whom_to_call(rsa: Council) -> None:
    rsa.ask(rsa.invite(Way.EMAIL), rsa.invite(Way.SMS), rsa.invite(Way.POSTAL))
    assert rsa.delivered() == {State.SENT: 3}
    assert sorted((each.channel.value, each.address) for each in rsa.pigeon.taken) == [
        ("email", MAIL),
        ("postal", HOME),
        ("sms", MOBILE),
    ]
    said = (
        "Maison invites you to take an appointment: orientation appointment. Purpose: faire le point. "
        "This invitation holds until 12 March 2026 at 12:00. Any question? Call +33475000000."
    )
    reference = f"Reference: {rsa.nour}/{FOLLOW_UP}"
    for channel in (Channel.EMAIL, Channel.POSTAL):
        letter = rsa.by(channel)
        assert (letter.subject, letter.body) == (
            "Maison invites you to take an appointment",
            f"Hello,\n\n{said}\n\n{reference}\n",
        )
    assert (rsa.by(Channel.SMS).subject, rsa.by(Channel.SMS).body) == ("", said)


def test_the_organisation_s_own_words_take_the_place_of_ours(rsa: Council) -> None:
    rsa.configure(rdv_title="entretien\nd'accueil", user_designation="allocataire", days_before_invitations_expire=None)
    rsa.ask(rsa.invite(Way.SMS))
    rsa.delivered()
    assert rsa.by(Channel.SMS).body == (
        "Maison invites you to take an appointment: entretien d'accueil. You receive this message as allocataire. "
        "Any question? Call +33475000000."
    )


def test_an_invitation_is_recalled_after_three_days_at_eleven_by_every_way_that_reaches_the_person(
    rsa: Council,
) -> None:
    rsa.ask(rsa.invite(Way.SMS))
    rsa.delivered()
    eleven = datetime(2026, 3, 5, 10, tzinfo=UTC)
    rsa.at(eleven - timedelta(microseconds=1))
    assert rsa.delivered() == {}
    rsa.at(eleven)
    assert rsa.delivered() == {State.SENT: 2}
    assert rsa.letters() == [
        ("email", "rsa-appointment-invitation-reminder"),
        ("sms", "rsa-appointment-invitation-reminder"),
    ]
    # The expiry stays that of the first invitation.
    assert "until 12 March 2026 at 12:00" in rsa.by(Channel.SMS).body
    rsa.at(eleven + DAY)
    assert rsa.delivered() == {}


@pytest.mark.parametrize("how", ["booked", "closed", "archived", "expired"])
def test_an_invitation_that_has_ended_before_it_is_delivered_is_not(rsa: Council, how: str) -> None:
    rsa.ask(rsa.invite())
    if how == "booked":
        rsa.ask(rsa.taking(motif="Accueil"))
    elif how == "closed":
        rsa.ask(Close())
    elif how == "archived":
        rsa.of_the_person(Archive(organisation=rsa.council))
    else:
        rsa.office.town.at(NOON + 10 * DAY)
    came = rsa.delivered()
    assert came[State.NEEDLESS] == 1
    assert State.SENT not in came
    assert rsa.office.counts()[State.NEEDLESS] == {"overtaken": 1}


def test_an_invitation_is_delivered_up_to_the_instant_of_its_expiry(rsa: Council) -> None:
    rsa.ask(rsa.invite())
    rsa.office.town.at(NOON + 10 * DAY - timedelta(microseconds=1))
    assert rsa.delivered() == {State.SENT: 1}


def test_a_person_is_summoned_told_of_every_change_and_reminded(rsa: Council) -> None:
    rsa.ask(rsa.taking())
    assert rsa.delivered() == {State.SENT: 2, State.DISABLED: 1}
    assert rsa.letters() == [("email", "rsa-appointment-summons"), ("sms", "rsa-appointment-summons")]
    assert rsa.by(Channel.SMS).body == (
        "Maison summons you: orientation appointment, on 12 March 2026 at 09:30, on site. "
        f"Address: {OFFICE}. Purpose: faire le point. If you cannot come, call +33475000000."
    )
    rsa.ask(ChangeAppointment(participation=1, starts_at=STARTS + timedelta(minutes=30)))
    rsa.delivered()
    assert rsa.by(Channel.SMS).body == (
        "Your appointment with Maison has changed: orientation appointment, on 12 March 2026 at 10:00, on site. "
        f"Address: {OFFICE}. If you cannot come, call +33475000000."
    )
    rsa.at(datetime(2026, 3, 10, 9, tzinfo=UTC))
    assert rsa.delivered() == {State.SENT: 2}
    assert rsa.by(Channel.SMS).body.startswith("Reminder: Maison expects you: orientation appointment, on 12 March")
    rsa.ask(SetStatus(participation=1, status=ParticipationStatus.REVOKED))
    rsa.delivered()
    assert rsa.by(Channel.SMS).body == (
        "Maison has cancelled your appointment: orientation appointment, on 12 March 2026 at 10:00. "
        "Any question? Call +33475000000."
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"location": Location.PHONE}, "point par téléphone, on 12 March 2026 at 09:30, by telephone."),
        ({"location": Location.VISIO}, "rendez-vous, on 12 March 2026 at 09:30, by video."),
        ({"time_zone": "Indian/Reunion"}, "rendez-vous, on 12 March 2026 at 12:30, on site. Address"),
    ],
)
def test_a_summons_says_how_and_on_the_clocks_of_the_place(rsa: Council, said: dict[str, Any], words: str) -> None:
    rsa.configure(rdv_title="rendez-vous", rdv_title_by_phone="point par téléphone")
    rsa.ask(rsa.taking(**said))
    rsa.delivered()
    assert rsa.by(Channel.SMS).body.startswith(f"Maison summons you: {words}")
    assert (OFFICE in rsa.by(Channel.SMS).body) is ("on site" in words)


def test_a_letter_of_summons_goes_by_post(rsa: Council) -> None:
    rsa.ask(rsa.taking())
    rsa.delivered()
    rsa.ask(SummonByLetter(participation=1))
    assert rsa.delivered() == {State.SENT: 1}
    assert (rsa.by(Channel.POSTAL).address, "summons you" in rsa.by(Channel.POSTAL).body) == (HOME, True)


def test_what_has_changed_before_it_is_delivered_is_said_as_it_is_or_not_at_all(rsa: Council) -> None:
    rsa.ask(rsa.taking(), SetStatus(participation=1, status=ParticipationStatus.REVOKED))
    assert rsa.delivered() == {State.NEEDLESS: 2, State.SENT: 2, State.DISABLED: 2}
    assert {template for _, template in rsa.letters()} == {"rsa-appointment-summons-cancelled"}
    rsa.ask(SetStatus(participation=1, status=ParticipationStatus.UNKNOWN))
    rsa.ask(ChangeAppointment(participation=1, starts_at=STARTS + timedelta(hours=1)))
    rsa.delivered()
    assert "at 10:30" in rsa.by(Channel.SMS).body


def test_nothing_is_said_of_an_appointment_that_has_begun_or_is_removed(rsa: Council) -> None:
    rsa.ask(rsa.taking(), RemoveParticipation(participation=1))
    assert rsa.delivered() == {State.NEEDLESS: 3}
    rsa.ask(rsa.taking(appointment="rdv-2"))
    rsa.office.town.at(STARTS)
    assert rsa.delivered() == {State.NEEDLESS: 3}


def test_text_messages_wait_for_the_morning_and_mail_does_not(rsa: Council) -> None:
    rsa.ask(rsa.taking())
    evening, morning = datetime(2026, 3, 2, 19, tzinfo=UTC), datetime(2026, 3, 3, 7, tzinfo=UTC)
    rsa.office.town.at(evening)
    assert rsa.delivered() == {State.SENT: 1, State.DISABLED: 1}
    assert rsa.letters() == [("email", "rsa-appointment-summons")]
    rsa.office.town.at(morning - timedelta(microseconds=1))
    assert rsa.delivered() == {}
    rsa.office.town.at(morning)
    assert rsa.delivered() == {State.SENT: 1}
    assert rsa.letters() == [("sms", "rsa-appointment-summons")]


def test_a_number_that_receives_no_text_messages_is_counted(rsa: Council) -> None:
    rsa.ask(rsa.invite(Way.SMS))
    rsa.of_the_person(ChangeContactData(email=MAIL, phone="0475123456", address=HOME))
    came = rsa.delivered()
    assert came[State.UNDELIVERABLE] == 1
    assert rsa.office.counts()[State.UNDELIVERABLE] == {"not_mobile": 1}
    assert Channel.SMS not in {each.channel for each in rsa.pigeon.taken}


def reports(rsa: Council) -> list[DeliveryReport | None]:
    case: RsaAppointment = rsa.office.town.standing(rsa.nour).cases[FOLLOW_UP]
    messages: list[Any] = [*case.invitations, *case.notifications]
    return [each.delivery.status for each in messages]


@pytest.mark.parametrize(
    ("failure", "said"),
    [(Rejected("smtp_550"), DeliveryReport.HARD_BOUNCE), (Unreachable("no_address"), DeliveryReport.ERROR)],
)
def test_an_invitation_that_does_not_arrive_is_known_and_the_person_may_be_invited_again_at_once(
    rsa: Council, failure: Exception, said: DeliveryReport
) -> None:
    rsa.ask(rsa.invite())
    rsa.pigeon.before = [failure]
    rsa.delivered()
    assert reports(rsa) == [said]
    rsa.ask(rsa.invite())
    assert rsa.delivered() == {State.SENT: 1}
    assert reports(rsa) == [said, None]


def test_a_summons_that_is_given_up_is_known_once_it_is(rsa: Council) -> None:
    rsa.ask(rsa.taking(starts_at=STARTS + 10 * DAY))
    rsa.pigeon.before = [None, TryLater("smtp_451")]
    rsa.delivered()
    for pause in PAUSES:
        assert reports(rsa) == [None, None]
        rsa.office.town.clock.at += pause
        rsa.pigeon.before = [TryLater("smtp_451")]
        rsa.delivered()
    assert sorted(map(str, reports(rsa))) == ["None", "soft_bounce"]


def test_a_follow_up_that_nobody_can_read_is_given_up_and_told_nothing(rsa: Council) -> None:
    rsa.ask(rsa.invite())
    rsa.office.tell()
    rsa.office.owner(b"alter table keys.data_key disable trigger all")
    rsa.office.owner(b"delete from keys.data_key where root = %s", rsa.nour)
    rsa.office.core.vault._remembered.clear()
    assert rsa.delivered() == {State.WAITING: 1}
    for pause in PAUSES[:-1]:
        rsa.office.town.clock.at += pause
        assert rsa.delivered() == {State.WAITING: 1}
    rsa.office.town.clock.at += PAUSES[-1]
    assert rsa.delivered() == {State.GIVEN_UP: 1}


def test_a_failure_of_which_no_journey_keeps_anything_is_reported_to_none(rsa: Council) -> None:
    rsa.configure(tell_changes=True)
    rsa.ask(rsa.taking(motif="Accueil"))
    before = len(rsa.office.town.journal.load(rsa.nour))
    assert rsa.delivered() == {State.UNDELIVERABLE: 1}
    assert len(rsa.office.town.journal.load(rsa.nour)) == before


def test_nobody_summons_the_dead_or_the_erased(rsa: Council) -> None:
    rsa.ask(rsa.taking())
    rsa.of_the_person(ClosePath(reason=ClosingReason.DECEASED))
    assert rsa.delivered()[State.UNDELIVERABLE] == 2
    assert rsa.office.counts()[State.UNDELIVERABLE] == {"deceased": 2}
    rsa.ask(ChangeAppointment(participation=1, starts_at=STARTS + DAY))
    rsa.office.core.vault.destroy(rsa.nour)
    rsa.delivered()
    assert rsa.office.counts()[State.UNDELIVERABLE] == {"deceased": 2, "erased": 2}


def test_the_console_prints_no_place(rsa: Council) -> None:
    rsa.ask(rsa.taking())
    output = StringIO()
    assert rsa.office.deliver(Console(output)) == {State.SENT: 2, State.DISABLED: 1}
    assert "sms → candidate\n\nMaison summons you" in output.getvalue()
    assert "Address: [sealed]." in output.getvalue()
    assert "Unmistakable" not in output.getvalue()


def test_a_mailbox_is_told_of_the_agenda_where_the_organisation_wants_it(rsa: Council) -> None:
    rsa.configure(tell_changes=True)
    mailbox, console = "agenda@drome.example", StringIO()
    rsa.ask(rsa.taking(motif="Accueil"))
    assert rsa.delivered() == {State.UNDELIVERABLE: 1}
    assert rsa.office.counts()[State.UNDELIVERABLE] == {"no_address": 1}
    rsa.office.book.known[f"{rsa.council}/{CATEGORY}"] = mailbox
    rsa.office.again()
    assert rsa.delivered() == {State.SENT: 1}
    assert (rsa.by(Channel.EMAIL).address, rsa.by(Channel.EMAIL).subject) == (
        mailbox,
        "Appointment taken: orientation appointment",
    )
    rsa.ask(ChangeAppointment(participation=1, duration_minutes=30))
    rsa.ask(SetStatus(participation=1, status=ParticipationStatus.EXCUSED))
    rsa.delivered()
    assert rsa.letters() == [
        ("email", "rsa-appointment-cancelled-for-mailbox"),
        ("email", "rsa-appointment-changed-for-mailbox"),
    ]
    rsa.ask(SetStatus(participation=1, status=ParticipationStatus.UNKNOWN))
    rsa.office.deliver(Console(console))
    assert f"email → mailbox/{rsa.council}\nAppointment changed" in console.getvalue()
    rsa.ask(SetStatus(participation=1, status=ParticipationStatus.REVOKED))
    rsa.configure(tell_changes=False)
    assert rsa.delivered() == {State.DISABLED: 1}


def test_whoever_accompanies_from_now_on_is_told(rsa: Council) -> None:
    office = rsa.office
    office.book.known["karim"] = "karim@work.example"
    begin = Begin(type="pro", organisation=rsa.delegate, starts_on=date(2026, 3, 1), referent=Subject("karim"))
    rsa.ask(begin)
    assert rsa.delivered() == {State.SENT: 1}
    assert (rsa.by(Channel.EMAIL).address, rsa.by(Channel.EMAIL).body.split("\n\n")[1]) == (
        "karim@work.example",
        "Maison has oriented somebody towards your organisation, to be supported from 1 March 2026.",
    )


@pytest.mark.parametrize("then", ["cancelled", "with another organisation"])
def test_an_accompaniment_that_is_no_longer_theirs_is_told_to_nobody(rsa: Council, then: str) -> None:
    rsa.office.book.known["karim"] = "karim@work.example"
    begun: dict[str, Any] = {"type": "pro", "starts_on": date(2026, 3, 1)}
    rsa.ask(Begin(organisation=rsa.delegate, **begun))
    other = Cancel() if then == "cancelled" else Change(organisation=rsa.council, **begun)
    rsa.office.town.ask(rsa.nour, other, ODILE, rsa.council, journey="accompaniment-1")
    assert rsa.delivered() == {State.NEEDLESS: 1}
