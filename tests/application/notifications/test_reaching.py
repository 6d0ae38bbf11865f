"""Who is told, where they are, and who is not: by the organisations and the dossier as they are at that moment."""

from datetime import date
from typing import Any, Final

import pytest

from application.directory import Directory
from application.notifications.addressing import COLLEAGUES, deliveries
from application.notifications.notice import Channel, Notice, Recipient, State, Told
from application.notifications.templates import Template
from application.organisations import Organisations
from domain.candidate.codes import ClosingReason
from domain.candidate.commands import ClosePath, LinkAccount
from domain.catalogue import CATALOGUE
from domain.job_application.commands import AddToPool
from domain.organisation.commands import AddMember, ChangeMemberRole, RemoveMember
from domain.organisation.kinds import Kind
from domain.vocabulary import OrganisationId, Role, Subject
from tests.application.notifications.office import AWA, Office, Pigeon, Street
from tests.application.town import NOON, STAFF, professional

CAMILLE, SACHA, LUC = Subject("camille"), Subject("sacha"), Subject("luc")
FOR_CANDIDATE: Final = Template.APPLICATION_NEW_FOR_CANDIDATE
FOR_EMPLOYER: Final = Template.APPLICATION_NEW_FOR_EMPLOYER
NEW: Final = {
    "awa": (AWA, "job-application-new-for-candidate"),
    "camille": ("camille@work.example", "job-application-new-for-proxy"),
    "luc": ("luc@work.example", "job-application-new-for-employer"),
    "sacha": ("sacha@work.example", "job-application-new-for-employer"),
}


def all_but(*names: str) -> list[tuple[str, str]]:
    return sorted(line for name, line in NEW.items() if name not in names)


def test_a_professional_without_a_known_address_is_counted_and_not_forgotten(scene: Street) -> None:
    office = scene.office
    del office.book.known["luc"]
    scene.apply()
    assert office.deliver() == {State.UNDELIVERABLE: 1, State.SENT: 3}
    assert office.pigeon.carried() == all_but("luc")
    assert office.counts()[State.UNDELIVERABLE] == {"no_address": 1}
    office.book.known["luc"] = "luc@work.example"
    assert office.deliver() == {}
    assert office.again() == 1
    assert office.deliver() == {State.SENT: 1}
    assert office.pigeon.carried() == all_but()


def test_a_person_without_an_address_is_not_told(scene: Street) -> None:
    office = scene.office
    other = office.town.candidate("camille", scene.prescriber, email=None, phone="0612345678")
    office.forget()
    office.town.applied(other, "camille", scene.prescriber, scene.company)
    assert office.deliver() == {State.UNDELIVERABLE: 1, State.SENT: 3}
    assert office.counts()[State.UNDELIVERABLE] == {"no_address": 1}


@pytest.mark.parametrize("needs_address", [True, False])
def test_nobody_writes_to_a_person_who_is_erased(scene: Street, needs_address: bool) -> None:
    office = scene.office
    scene.apply()
    office.core.vault.destroy(scene.awa)
    assert office.deliver(Pigeon(needs_address=needs_address)) == {State.UNDELIVERABLE: 1, State.SENT: 3}
    assert office.counts()[State.UNDELIVERABLE] == {"erased": 1}


def test_nor_to_one_who_never_had_an_address(scene: Street) -> None:
    office = scene.office
    person = office.town.candidate("camille", scene.prescriber, email=None, phone="0612345678")
    office.core.vault.destroy(person)
    assert office.deliver(Pigeon(needs_address=False)) == {State.UNDELIVERABLE: 1}


@pytest.mark.parametrize("reason", [ClosingReason.DECEASED, ClosingReason.OPPOSITION_TO_PROCESSING])
def test_nobody_writes_to_the_dead_or_to_those_who_oppose(scene: Street, reason: ClosingReason) -> None:
    office = scene.office
    scene.apply()
    close_path = ClosePath(reason=reason)
    office.town.ask(scene.awa, close_path, professional("camille"), scene.prescriber)
    assert office.deliver() == {State.UNDELIVERABLE: 1, State.SENT: 3}
    assert office.counts()[State.UNDELIVERABLE] == {reason.value: 1}


def test_a_carrier_that_needs_no_address_carries_without_one(scene: Street) -> None:
    scene.office.book.known.clear()
    scene.apply()
    pigeon = Pigeon(needs_address=False)
    assert scene.office.deliver(pigeon) == {State.SENT: 4}
    assert sorted(each.addressee for each in pigeon.taken) == [
        "candidate",
        "professional/camille",
        "professional/luc",
        "professional/sacha",
    ]


def member_of(office: Office, organisation: OrganisationId, command: Any) -> None:
    office.town.ask(f"organisation/{organisation}", command, STAFF)


def test_members_are_those_of_the_moment_of_delivery(scene: Street) -> None:
    office = scene.office
    scene.apply()
    member_of(office, scene.company, RemoveMember(subject=LUC))
    member_of(office, scene.company, AddMember(subject=Subject("nadia")))
    office.book.known["nadia"] = "nadia@work.example"
    office.deliver()
    told = [line for line in office.pigeon.carried() if line[1] == FOR_EMPLOYER]
    assert told == [("nadia@work.example", FOR_EMPLOYER), ("sacha@work.example", FOR_EMPLOYER)]


def test_what_concerns_a_professional_who_has_left_goes_to_the_administrators_and_says_why(scene: Street) -> None:
    office = scene.office
    scene.apply()
    member_of(office, scene.prescriber, AddMember(subject=Subject("ada"), role=Role.ADMINISTRATOR))
    member_of(office, scene.prescriber, AddMember(subject=Subject("ben")))
    member_of(office, scene.prescriber, RemoveMember(subject=CAMILLE))
    office.book.known |= {"ada": "ada@work.example", "ben": "ben@work.example"}
    office.deliver()
    told = [each for each in office.pigeon.taken if "new-for-proxy" in each.id]
    assert [each.address for each in told] == ["ada@work.example"]
    assert "has left your organisation" in told[0].body
    assert all("has left" not in each.body for each in office.pigeon.taken if each not in told)


def test_what_is_for_nobody_shows_and_can_be_taken_up_again(scene: Street) -> None:
    office = scene.office
    house = office.town.organisation(Kind.ML, authorised=False)
    office.town.ask(f"organisation/{house}", _authorised(), STAFF)
    assert office.deliver() == {State.SENT: 1}
    assert office.counts()[State.UNDELIVERABLE] == {"nobody": 1}
    member_of(office, house, AddMember(subject=LUC))
    assert office.again() == 1
    assert office.deliver() == {State.SENT: 1}
    assert office.pigeon.carried()[0] == ("luc@work.example", "organisation-authorised")
    assert "nobody" not in office.counts().get(State.UNDELIVERABLE, {})


def _authorised() -> Any:
    from domain.organisation.commands import GrantAuthorisation

    return GrantAuthorisation(from_day=date(2026, 1, 1))


def whom(office: Office, **told: Any) -> list[Subject | None]:
    directory = Directory(organisations=Organisations(office.core.journal, CATALOGUE), on=NOON.date())
    notice = Notice(
        root="candidate/a",
        root_version=1,
        journey="pass-iae-1",
        told=Told(template=FOR_EMPLOYER, **told),
        recorded_at=NOON,
    )
    return [each.to for each in deliveries(notice, directory)]


def test_a_professional_is_told_with_ten_colleagues_at_most_the_administrators_first(office: Office) -> None:
    names = [f"m{number:02}" for number in range(COLLEAGUES + 2)]
    house = office.town.organisation(Kind.ML, *names)
    member_of(office, house, ChangeMemberRole(subject=Subject("m11"), role=Role.ADMINISTRATOR))
    asked: dict[str, Any] = {"recipient": Recipient.COLLEAGUES, "organisation": house, "subject": Subject("m01")}
    assert whom(office, **asked) == ["m01", "m00", "m11", *names[2:10]]
    alone = office.town.organisation(Kind.ML, "m01")
    assert whom(office, **(asked | {"organisation": alone})) == ["m01"]
    member_of(office, house, RemoveMember(subject=Subject("m01")))
    assert whom(office, **asked) == ["m00", "m11", *names[2:10]]


@pytest.mark.parametrize("recipient", [Recipient.MEMBERS, Recipient.PROFESSIONAL, Recipient.COLLEAGUES])
def test_an_organisation_that_nobody_knows_has_nobody_to_tell(office: Office, recipient: Recipient) -> None:
    unknown = OrganisationId("0197f3c2-6c1e-7a55-9a5c-0d6c1f0f2b11")
    assert whom(office, recipient=recipient, organisation=unknown, subject=SACHA) == []
    assert whom(office, recipient=recipient) == []


def test_a_professional_named_without_an_organisation_is_told_wherever_they_are(office: Office) -> None:
    assert whom(office, recipient=Recipient.PROFESSIONAL, subject=SACHA) == [SACHA]


def test_somebody_who_does_without_a_message_in_an_organisation_is_not_sent_it_there(scene: Street) -> None:
    office = scene.office
    office.preferences.replace(LUC, scene.company, [FOR_EMPLOYER])
    office.preferences.replace(SACHA, scene.prescriber, [FOR_EMPLOYER])
    office.preferences.replace(SACHA, None, [FOR_EMPLOYER])
    office.preferences.replace(CAMILLE, scene.prescriber, [FOR_EMPLOYER])
    scene.apply()
    assert office.deliver() == {State.DISABLED: 1, State.SENT: 3}
    assert office.pigeon.carried() == all_but("luc")


def test_a_person_does_without_a_message_by_their_account(scene: Street) -> None:
    office = scene.office
    awa = Subject("awa-account")
    office.preferences.replace(awa, None, [FOR_CANDIDATE])
    scene.apply()
    office.town.ask(scene.awa, LinkAccount(account=awa), STAFF)
    assert office.deliver() == {State.DISABLED: 1, State.SENT: 3}
    pooled = AddToPool()
    office.town.ask(scene.awa, pooled, professional("sacha"), scene.company, journey="job-application-1")
    assert office.deliver() == {State.SENT: 2}


def test_what_cannot_be_disabled_always_goes(office: Office) -> None:
    town = office.town
    prescriber = town.organisation(Kind.ML, "camille")
    office.forget()
    office.preferences.replace(CAMILLE, prescriber, list(Template))
    office.preferences.replace(CAMILLE, None, list(Template))
    member_of(office, prescriber, AddMember(subject=SACHA, role=Role.ADMINISTRATOR))
    member_of(office, prescriber, ChangeMemberRole(subject=CAMILLE, role=Role.MEMBER))
    assert office.deliver() == {State.SENT: 1}
    assert office.pigeon.carried() == [("camille@work.example", "membership-changed")]


def test_preferences_are_replaced_as_a_whole(office: Office) -> None:
    kept, house = office.preferences, OrganisationId("house")
    kept.replace(LUC, house, [FOR_EMPLOYER, FOR_CANDIDATE])
    kept.replace(LUC, house, [FOR_EMPLOYER, Template.APPLICATION_NEW_FOR_PROXY])
    assert kept.disabled(LUC, house) == {FOR_EMPLOYER, Template.APPLICATION_NEW_FOR_PROXY}
    assert (kept.disabled(LUC, None), kept.disabled(SACHA, house)) == (frozenset(), frozenset())
    kept.replace(LUC, house, [])
    assert kept.disabled(LUC, house) == frozenset()


def test_those_who_keep_the_platform_are_written_to_if_somebody_said_where(office: Office) -> None:
    office.town.organisation(Kind.ML, authorised=False)
    assert office.deliver() == {State.SENT: 1}
    assert office.pigeon.carried() == [("support@parcours.example", "organisation-to-validate")]


def plant(office: Office, root: str, journey: str, **told: Any) -> None:
    """A notice as a journey of tomorrow would tell it."""
    usual: dict[str, Any] = {"template": FOR_CANDIDATE.value, "recipient": "candidate", "channel": "email"}
    row = {**usual, "organisation": None, "subject": None, "named": None, **told}
    office.owner(
        b"insert into notice values "
        b"(%s, 99, 'k' || %s, 0, 99, %s, 1, 'x.Y', %s, %s, %s, %s, %s, %s, null, now(), now())",
        root,
        row["channel"] + row["recipient"],
        journey,
        row["template"],
        row["channel"],
        row["recipient"],
        row["organisation"],
        row["subject"],
        row["named"],
    )


def test_each_channel_waits_for_a_carrier_of_its_own_and_has_an_address_of_its_own(scene: Street) -> None:
    office = scene.office
    person = office.town.candidate(
        "camille", scene.prescriber, email="paul@example.org", phone="0612345678", address="1 rue de la Paix"
    )
    office.forget()
    for channel in ("sms", "postal"):
        plant(office, person, "candidate", channel=channel)
    assert office.deliver() == {}
    assert office.counts()[State.WAITING] == {"": 2}
    sms, post = (Pigeon(channels=frozenset({each})) for each in (Channel.SMS, Channel.POSTAL))
    assert (office.deliver(sms), office.deliver(post)) == ({State.SENT: 1}, {State.SENT: 1})
    assert ([each.address for each in sms.taken], [each.address for each in post.taken]) == (
        ["+33612345678"],
        ["1 rue de la Paix"],
    )


def test_a_professional_is_reached_by_mail_alone(scene: Street) -> None:
    office = scene.office
    plant(office, scene.awa, "candidate", channel="sms", recipient="professional", subject="sacha")
    assert office.deliver(Pigeon(channels=frozenset({Channel.SMS}))) == {State.UNDELIVERABLE: 1}


def test_somebody_whom_a_journey_names_is_reached_where_it_says_until_the_person_is_erased(scene: Street) -> None:
    from tests.application.town import send

    office = scene.office
    service = office.town.organisation(Kind.SERVICE_STRUCTURE, "ines", typology="asso")
    orientation = office.town.ask(scene.awa, send(service), professional("camille"), scene.prescriber).journey
    office.forget()
    plant(office, scene.awa, orientation, recipient="named", named="sent.referent_email")
    assert office.deliver() == {State.SENT: 1}
    assert [each.address for each in office.pigeon.taken] == [send(service).referent_email]
    plant(office, scene.awa, orientation, recipient="named", named="sent.prescriber_email", channel="postal")
    office.core.vault.destroy(scene.awa)
    assert office.deliver(Pigeon(channels=frozenset({Channel.POSTAL}))) == {State.UNDELIVERABLE: 1}
