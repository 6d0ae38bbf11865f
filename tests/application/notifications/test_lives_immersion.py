"""What everybody is told of a convention and of a discussion, through the real desk, deadlines and post."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest

from api.jobs import pass_due
from application.notifications.notice import Channel, Letter, State
from application.notifications.templates import DISABLEABLE
from domain.candidate.codes import ClosingReason
from domain.candidate.commands import ClosePath
from domain.discussion.codes import ContactMode, RejectionKind, Side
from domain.discussion.commands import Reject as Decline
from domain.discussion.commands import Write
from domain.immersion.codes import Attendance, Person
from domain.immersion.commands import (
    Cancel,
    CorrectTutor,
    DeleteAssessment,
    FindEligible,
    Reject,
    Sign,
    SignAssessment,
    TransferToAgency,
    Validate,
)
from domain.immersion.terms import ConventionTerms
from domain.organisation.commands import SetValidationSteps
from domain.organisation.kinds import Kind
from domain.vocabulary import Actor, OrganisationId, Role, Subject
from tests.application.notifications.office import Office, Pigeon
from tests.application.town import STAFF, professional
from tests.domain.discussion.cases import ask
from tests.domain.immersion.cases import MORGAN, PARENT, REPRESENTATIVE, TERMS, TUTOR, assess, days, submit

#: Monday to Friday of the week after the town's Monday.
STARTS, ENDS = date(2026, 3, 9), date(2026, 3, 13)
AGREED: Final = replace(TERMS, starts_on=STARTS, ends_on=ENDS, schedule=days(STARTS, 5))
SERVICE: Final = Actor(subject=Subject("signatures"), client="immersion-facilitee", role=Role.WITNESS)
COUNSELLOR, VALIDATOR = professional("counsellor"), professional("validator")
BENEFICIARY, REPRESENTS = Person.BENEFICIARY, Person.ESTABLISHMENT_REPRESENTATIVE
CONVENTION: Final = "immersion-1"
#: Where letters about the convention go.
HERS, JEANNE, LUC, HER_PARENT = MORGAN.email, REPRESENTATIVE.email, TUTOR.email, PARENT.email
IT: Final = "immersion agreement with Boulangerie du Blosne"
ASKED: Final = "Boulangerie du Blosne: Boulanger / Boulangère"
AGENCY, OTHER = "counsellor@work.example", "validator@work.example"


@dataclass
class Week:
    """An agency that refers to another one, and a person who wants to bake."""

    office: Office
    first: OrganisationId
    second: OrganisationId
    morgan: str
    pigeon: Pigeon

    def tells(self, command: Any, journey: str | None = CONVENTION) -> None:
        """The service tells what people did."""
        more: dict[str, Any] = {"journey": journey} if journey else {}
        self.office.town.ask(self.morgan, command, SERVICE, **more)

    def submit(self, agreed: ConventionTerms = AGREED) -> None:
        self.tells(replace(submit(agreed), agency=self.first), None)

    def sign(self, *people: Person) -> None:
        for person in people or (BENEFICIARY, REPRESENTS):
            self.tells(Sign(person=person))

    def counsellor(self, command: Any) -> None:
        self.office.town.ask(self.morgan, command, COUNSELLOR, self.first, journey=CONVENTION)

    def validator(self, command: Any) -> None:
        self.office.town.ask(self.morgan, command, VALIDATOR, self.second, journey=CONVENTION)

    def staff(self, command: Any) -> None:
        self.office.town.ask(self.morgan, command, STAFF, journey=CONVENTION)

    def validated(self) -> None:
        self.submit()
        self.sign()
        self.counsellor(FindEligible())
        self.validator(Validate())
        self.office.forget()

    def at(self, instant: datetime) -> None:
        """Time passes, and asks what it asks."""
        self.office.town.at(instant)
        self.office.tell()
        pass_due(self.office.core)

    def delivered(self) -> dict[State, int]:
        self.pigeon.taken.clear()
        return self.office.deliver(self.pigeon)

    def letters(self) -> Sequence[tuple[str | None, str]]:
        return self.pigeon.carried()

    def to(self, address: str) -> Letter:
        [letter] = [each for each in self.pigeon.taken if each.address == address]
        return letter


@pytest.fixture
def week(office: Office) -> Week:
    town = office.town
    first = town.organisation(Kind.AGENCY_STRUCTURE_IAE, "counsellor")
    second = town.organisation(Kind.AGENCY_FRANCE_TRAVAIL, "validator")
    town.ask(f"organisation/{first}", SetValidationSteps(two_steps=True, refers_to=second), COUNSELLOR, first)
    prescriber = town.organisation(Kind.ML, "camille")
    office.book.known |= {name: f"{name}@work.example" for name in ("counsellor", "validator")}
    morgan = town.candidate("camille", prescriber)
    office.forget()
    return Week(office, first, second, morgan, Pigeon(channels=frozenset(Channel)))


def said(letter: Letter) -> str:
    return letter.body.split("\n\n")[1]


def test_everybody_is_told_along_a_convention(week: Week) -> None:
    week.submit()
    assert week.delivered() == {State.SENT: 3}
    assert week.letters() == [
        (AGENCY, "immersion-new-for-agency"),
        (JEANNE, "immersion-to-sign"),
        (HERS, "immersion-to-sign"),
    ]
    assert (week.to(JEANNE).subject, said(week.to(JEANNE))) == (
        f"Your signature is awaited: {IT}",
        f"The {IT}, from 9 March 2026 to 13 March 2026, waits for your signature.",
    )
    assert (week.to(JEANNE).addressee, week.to(AGENCY).addressee) == (
        "named/terms.establishment_representative.email",
        "professional/counsellor",
    )
    week.sign()
    week.delivered()
    assert week.letters() == [
        (AGENCY, "immersion-to-review-for-agency"),
        (JEANNE, "immersion-signed"),
        (HERS, "immersion-signed"),
    ]
    week.counsellor(FindEligible())
    week.delivered()
    assert week.letters() == [(OTHER, "immersion-to-validate-for-agency")]
    week.validator(Validate())
    week.delivered()
    assert week.letters() == [
        (AGENCY, "immersion-validated-for-agency"),
        (JEANNE, "immersion-validated"),
        (LUC, "immersion-validated"),
        (HERS, "immersion-validated"),
        (OTHER, "immersion-validated-for-agency"),
    ]


def test_a_minor_s_representative_is_told_everything_that_signatories_are(week: Week) -> None:
    minor = replace(AGREED, beneficiary=replace(MORGAN, birth_date="2009-01-01"), legal_representative=PARENT)
    week.submit(minor)
    week.delivered()
    assert (HER_PARENT, "immersion-to-sign") in week.letters()
    week.counsellor(Reject(justification="Non."))
    week.delivered()
    assert week.letters() == [
        (AGENCY, "immersion-rejected-for-agency"),
        (JEANNE, "immersion-rejected"),
        (LUC, "immersion-rejected"),
        (HERS, "immersion-rejected"),
        (HER_PARENT, "immersion-rejected"),
        (OTHER, "immersion-rejected-for-agency"),
    ]
    assert "Non." not in "".join(each.body for each in week.pigeon.taken)


def test_a_tutor_with_the_representative_s_address_is_written_to_once(week: Week) -> None:
    same = replace(TUTOR, email=REPRESENTATIVE.email, phone=REPRESENTATIVE.phone)
    week.submit(replace(AGREED, tutor=same))
    week.sign()
    week.counsellor(FindEligible())
    week.office.forget()
    week.validator(Validate())
    assert week.delivered() == {State.SENT: 4, State.NEEDLESS: 1}
    assert week.office.counts()[State.NEEDLESS]["told_otherwise"] == 1
    assert [each.address for each in week.pigeon.taken].count(JEANNE) == 1
    week.at(datetime(2026, 3, 12, 9, tzinfo=UTC))
    week.delivered()
    assert week.letters() == [
        (JEANNE, "immersion-assessment-for-tutor"),
        (HERS, "immersion-assessment-announced-for-beneficiary"),
    ]


def test_a_letter_goes_where_the_tutor_is_when_it_is_delivered(week: Week) -> None:
    week.validated()
    week.staff(CorrectTutor(email="nadia@boulangerie.example"))
    week.at(datetime(2026, 3, 12, 9, tzinfo=UTC))
    week.delivered()
    assert week.to("nadia@boulangerie.example").subject == "Assessment to make: immersion with Boulangerie du Blosne"


def test_signatories_are_reminded_two_weekdays_before_and_by_text_message_if_they_have_not_signed(week: Week) -> None:
    week.submit()
    week.sign(BENEFICIARY)
    week.office.forget()
    before = datetime(2026, 3, 4, 23, tzinfo=UTC)
    week.at(before - timedelta(microseconds=1))
    assert week.delivered() == {}
    week.at(before)
    assert week.delivered() == {State.SENT: 3}
    assert week.letters() == [(each, "immersion-signature-reminder") for each in (JEANNE, LUC, HERS)]
    week.at(datetime(2026, 3, 5, 9, tzinfo=UTC))
    assert week.delivered() == {State.SENT: 1}
    text = week.to(REPRESENTATIVE.phone)
    assert (text.channel, text.subject, text.body) == (
        Channel.SMS,
        "",
        f"Your signature is missing on the {IT}, which begins on 9 March 2026.",
    )


def test_whoever_has_signed_meanwhile_is_asked_no_more(week: Week) -> None:
    week.submit()
    week.sign(BENEFICIARY)
    assert week.delivered() == {State.SENT: 3, State.NEEDLESS: 1}
    assert (HERS, "immersion-to-sign") not in week.letters()


def test_agencies_are_reminded_before_the_start(week: Week) -> None:
    week.submit()
    week.sign()
    week.office.forget()
    days_of_reminders = []
    for day in range(2, 9):
        week.at(datetime(2026, 3, day, 12, tzinfo=UTC))
        if week.delivered():
            days_of_reminders.append(day)
            assert week.letters() == [
                (AGENCY, "immersion-review-reminder-for-agency"),
                (OTHER, "immersion-review-reminder-for-agency"),
            ]
    # Wednesday and Friday before a Monday: three weekdays, and one.
    assert days_of_reminders == [4, 6]


def test_an_assessment_is_asked_for_recalled_made_signed_and_deleted(week: Week) -> None:
    week.validated()
    asked = []
    for day in range(12, 26):
        week.at(datetime(2026, 3, day, 12, tzinfo=UTC))
        if week.delivered():
            asked.append((day, week.letters()))
    recalled = [
        (AGENCY, "immersion-assessment-reminder-for-agency"),
        (LUC, "immersion-assessment-reminder-for-tutor"),
        (OTHER, "immersion-assessment-reminder-for-agency"),
    ]
    first = [
        (LUC, "immersion-assessment-for-tutor"),
        (HERS, "immersion-assessment-announced-for-beneficiary"),
    ]
    assert asked == [(12, first), (15, recalled), (22, recalled)]
    week.tells(assess())
    week.delivered()
    assert week.letters() == [(HERS, "immersion-assessment-to-sign-for-beneficiary")]
    week.tells(SignAssessment(agrees=False, feedback="Unmistakable", person=BENEFICIARY))
    week.delivered()
    assert week.letters() == [
        (AGENCY, "immersion-assessment-signed-for-agency"),
        (JEANNE, "immersion-assessment-signed-for-establishment"),
        (LUC, "immersion-assessment-signed-for-establishment"),
        (HERS, "immersion-assessment-signed-for-beneficiary"),
        (OTHER, "immersion-assessment-signed-for-agency"),
    ]
    assert "Unmistakable" not in "".join(each.body for each in week.pigeon.taken)
    week.staff(DeleteAssessment(justification="Erreur."))
    week.delivered()
    assert week.letters() == [
        (LUC, "immersion-assessment-deleted-for-tutor"),
        (HERS, "immersion-assessment-deleted-for-beneficiary"),
    ]


def test_that_nobody_came_is_told_to_the_agencies(week: Week) -> None:
    week.validated()
    week.tells(assess(attendance=Attendance.DID_NOT_SHOW))
    week.delivered()
    assert week.letters() == [(AGENCY, "immersion-no-show-for-agency"), (OTHER, "immersion-no-show-for-agency")]


def test_what_was_overtaken_before_it_is_delivered_is_not_said(week: Week) -> None:
    week.validated()
    week.at(datetime(2026, 3, 12, 9, tzinfo=UTC))
    week.tells(assess())
    assert week.delivered() == {State.NEEDLESS: 2, State.SENT: 1}
    assert week.letters() == [(HERS, "immersion-assessment-to-sign-for-beneficiary")]


def test_a_cancellation_takes_the_place_of_a_validation_that_nobody_has_read(week: Week) -> None:
    week.submit()
    week.sign()
    week.counsellor(FindEligible())
    week.office.forget()
    week.validator(Validate())
    week.validator(Cancel(justification="Fermeture."))
    assert week.delivered() == {State.NEEDLESS: 5, State.SENT: 5}
    assert {template for _, template in week.letters()} == {
        "immersion-cancelled",
        "immersion-cancelled-for-agency",
    }


def test_another_agency_is_told_what_it_takes_over_and_everybody_from_now_on(week: Week) -> None:
    town = week.office.town
    third = town.organisation(Kind.AGENCY_MISSION_LOCALE, "third")
    week.office.book.known["third"] = "third@work.example"
    week.submit()
    week.office.forget()
    week.counsellor(TransferToAgency(to=third, justification="Secteur."))
    week.delivered()
    assert week.letters() == [
        (JEANNE, "immersion-transferred"),
        (LUC, "immersion-transferred"),
        (HERS, "immersion-transferred"),
        ("third@work.example", "immersion-transferred-for-agency"),
    ]


def test_a_member_of_an_agency_does_without_what_people_cannot(week: Week) -> None:
    week.office.preferences.replace(Subject("counsellor"), week.first, list(DISABLEABLE))
    week.submit()
    assert week.delivered() == {State.SENT: 2, State.DISABLED: 1}


@pytest.mark.parametrize("how", ["erased", "opposition_to_processing"])
def test_nobody_is_told_about_somebody_who_is_erased_or_who_opposes(week: Week, how: str) -> None:
    week.submit()
    if how == "erased":
        week.office.core.vault.destroy(week.morgan)
    else:
        week.office.town.ask(week.morgan, ClosePath(reason=ClosingReason.OPPOSITION_TO_PROCESSING), STAFF)
    assert week.delivered() == {State.UNDELIVERABLE: 2, State.SENT: 1}
    assert week.office.counts()[State.UNDELIVERABLE] == {how: 2}


def test_each_side_of_a_discussion_is_told_and_the_establishment_by_whoever_knows_it(week: Week) -> None:
    week.tells(ask("Unmistakable"), None)
    week.tells(Write(subject="Bonjour", text="Unmistakable", side=Side.ESTABLISHMENT), "discussion-1")
    week.tells(Decline(kind=RejectionKind.NO_TIME), "discussion-1")
    assert week.delivered() == {State.SENT: 3}
    assert week.letters() == [
        (HERS, "discussion-message-for-beneficiary"),
        (HERS, "discussion-message-for-beneficiary"),
        (HERS, "discussion-sent-for-beneficiary"),
    ]
    first = next(each for each in week.pigeon.taken if "discussion-sent" in each.id)
    assert (first.subject, said(first)) == (
        f"Request for an immersion with {ASKED}",
        f"Your request for an immersion has been sent to {ASKED}. You will be told what it answers.",
    )
    assert "Unmistakable" not in "".join(each.body for each in week.pigeon.taken)
    assert week.office.counts() == {State.SENT: week.office.counts()[State.SENT]}
    [(waiting,)] = week.office.owner(b"select count(*) from notice where recipient = 'establishment'")
    assert waiting == 1


def test_a_person_without_an_answer_is_told_after_fifteen_days_and_after_three_months(week: Week) -> None:
    week.tells(ask(), None)
    week.office.forget()
    told = []
    for day in (3, 7, 14, 15, 60, 92):
        week.at(datetime(2026, 3, 2, 11, tzinfo=UTC) + timedelta(days=day))
        if week.delivered():
            told.append((day, week.letters()))
    assert told == [
        (15, [(HERS, "discussion-follow-up-for-beneficiary")]),
        (92, [(HERS, "discussion-obsolete-for-beneficiary")]),
    ]


def test_whoever_asks_in_person_is_told_where_to_go(week: Week) -> None:
    week.tells(ask(None, contact_mode=ContactMode.IN_PERSON), None)
    week.delivered()
    assert week.letters() == [(HERS, "discussion-in-person-for-beneficiary")]
