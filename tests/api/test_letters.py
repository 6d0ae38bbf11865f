"""Commands over HTTP, letters from a real server: appointments, conventions and discussions, each letter once."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from api.bodies import Body
from api.notifying import notify
from api.openapi import SAMPLES
from api.settings import Settings
from application.notifications.notice import State
from domain.discussion import discussion_journey
from domain.discussion.commands import Open
from domain.immersion import immersion_journey
from domain.immersion.commands import Submit
from tests.api.conftest import House, Json
from tests.api.test_notifications import items, mailing, stored
from tests.api.test_operations import another_house
from tests.conftest import DatabaseFactory
from tests.infrastructure.carriers.relay import Relay, relaying

NOUR: Final = "unmistakable.nour@example.org"
MAILBOX: Final = "unmistakable.agenda@example.org"
DOMINIQUE: Final = "dominique@work.example"
CATEGORY: Final = "rsa_orientation"


@pytest.fixture
def own_house(make_database: DatabaseFactory, tmp_path: Path) -> Iterator[House]:
    with another_house(make_database(4), tmp_path) as house:
        yield house


@pytest.fixture
def relay() -> Iterator[Relay]:
    with relaying(Relay()) as relay:
        yield relay


def done(house: House, path: str, body: Json, subject: str, acting: str | None = None) -> Json:
    answer = house.post(path, body, subject, acting)
    assert answer.status_code in {200, 201}, answer.text
    return dict(answer.json())


def knowing(house: House, relay: Relay, **addresses: str) -> Settings:
    """The settings of an installation that knows these addresses as well."""
    settings = mailing(house, relay, PARCOURS_INVITATION_LINK="https://parcours.example/rendez-vous#{code}")
    book = house.settings.data / "addresses.json"
    book.write_text(json.dumps({**json.loads(book.read_text(encoding="utf-8")), **addresses}), encoding="utf-8")
    return settings


def sent(relay: Relay) -> list[tuple[str, str]]:
    return sorted((str(each["To"]), str(each["Subject"])) for each in relay.taken)


@dataclass
class Council:
    """Odile's council follows Nour up, and has a mailbox for its agenda."""

    house: House
    relay: Relay
    council: str
    name: str
    follow_up: str
    settings: Settings

    def ask(self, command: str, **body: Any) -> None:
        done(self.house, f"{self.follow_up}/{command}", body, "odile", self.council)

    def invite(self, channel: str) -> None:
        fixed = {"origin": "users_index_page", "bookable": True, "slots_available": True}
        self.ask("invite", channel=channel, organisations=[self.council], **fixed)

    def summon(self) -> None:
        at = datetime.now(UTC).replace(microsecond=0) + timedelta(days=5)
        self.ask(
            "record-appointment",
            appointment="rdv-1",
            organisation=self.council,
            motif="Convocation RSA",
            location="public_office",
            starts_at=at.isoformat(),
            duration_minutes=30,
            address="9 avenue Unmistakable, 26000 Valence",
        )

    def delivered(self, via: str = "smtp") -> Mapping[State, int]:
        """What came of it; the relay holds what was sent since the last time."""
        self.relay.taken.clear()
        self.house.catch_up()
        return notify(self.settings, via, again=False)[0]

    def text(self, to: str) -> str:
        [content] = [str(each.get_content()) for each in self.relay.taken if each["To"] == to]
        return content


@pytest.fixture
def rsa(own_house: House, relay: Relay) -> Council:
    house, council = own_house, own_house.organisation("conseil_departemental", "odile")
    category = {"category": CATEGORY, "type": CATEGORY, "phone": "3949", "tell_changes": True}
    done(house, f"/v1/organisations/{council}/configure-category", category, "odile", council)
    nour = house.candidate("odile", council, email=NOUR, phone="0612345678", last_name="Unmistakable")
    done(house, f"/v1/candidates/{nour}/rsa-appointments", {"category": CATEGORY}, "odile", council)
    name = house.get(f"/v1/organisations/{council}", "odile", council).json()["state"]["name"]
    settings = knowing(house, relay, **{f"{council}/{CATEGORY}": MAILBOX})
    made = Council(house, relay, council, name, f"/v1/candidates/{nour}/rsa-appointments/1", settings)
    made.delivered()
    return made


def test_a_person_is_invited_by_mail_once(rsa: Council) -> None:
    rsa.invite("email")
    assert rsa.delivered() == {State.SENT: 1}
    assert sent(rsa.relay) == [(NOUR, f"{rsa.name} vous invite à prendre un rendez-vous")]
    assert "Pour toute question, appelez le 3949." in rsa.text(NOUR)
    assert [rsa.delivered() for _ in range(2)] == [{}, {}]


def test_the_link_of_an_invitation_leads_to_what_it_offers_and_no_output_is_given_it(
    rsa: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    rsa.invite("email")
    rsa.invite("sms")
    rsa.delivered()
    [code] = re.findall(r"Prenez rendez-vous ici : https://parcours\.example/rendez-vous#(\S+) Cette", rsa.text(NOUR))
    offered = rsa.house.http.get("/v1/invitation", headers={"Invitation-Code": code})
    assert (offered.status_code, offered.json()["category"]) == (200, CATEGORY)
    capsys.readouterr()
    assert rsa.delivered("console") == {State.SENT: 1}
    assert "https://parcours.example/rendez-vous#[sealed] Cette" in capsys.readouterr().out


def test_a_summons_says_where_and_the_mailbox_of_the_organisation_is_told_without(rsa: Council) -> None:
    rsa.summon()
    assert rsa.delivered() == {State.SENT: 2}
    assert sent(rsa.relay) == [
        (MAILBOX, "Rendez-vous pris : rendez-vous d\N{RIGHT SINGLE QUOTATION MARK}orientation"),
        (NOUR, f"{rsa.name} vous convoque à un rendez-vous"),
    ]
    assert "Adresse : 9 avenue Unmistakable, 26000 Valence." in rsa.text(NOUR)
    assert "nmistakable" not in rsa.text(MAILBOX)
    assert stored(rsa.house) == []


def test_a_text_message_waits_for_whoever_carries_it_and_the_console_shows_it_without_the_place(
    rsa: Council, capsys: pytest.CaptureFixture[str]
) -> None:
    rsa.summon()
    rsa.delivered()
    capsys.readouterr()
    assert rsa.delivered("console") == {State.SENT: 1}
    shown = capsys.readouterr().out
    assert f"sms → candidate\n\n{rsa.name} vous convoque" in shown
    assert "nmistakable" not in shown


@dataclass
class Signing:
    """A service tells what Morgan, a baker and their tutor did; Dominique's agency decides."""

    house: House
    relay: Relay
    agency: str
    candidate: str
    settings: Settings

    def tell(self, path: str, body: Json) -> None:
        token = self.house.token("signatures", "immersion-facilitee")
        headers = {"Authorization": f"Bearer {token}"}
        answer = self.house.http.post(f"/v1/candidates/{self.candidate}/{path}", json=body, headers=headers)
        assert answer.status_code in {200, 201}, answer.text

    def delivered(self) -> Mapping[State, int]:
        self.relay.taken.clear()
        self.house.catch_up()
        return notify(self.settings, "smtp", again=False)[0]


@pytest.fixture
def signing(own_house: House, relay: Relay) -> Signing:
    prescriber = own_house.organisation("ml", "camille")
    agency = own_house.organisation("agency_mission_locale", "dominique")
    candidate = own_house.candidate("camille", prescriber, email=NOUR)
    settings = knowing(own_house, relay, dominique=DOMINIQUE)
    made = Signing(own_house, relay, agency, candidate, settings)
    made.delivered()
    return made


def test_signatories_the_tutor_and_the_agency_are_told_what_is_still_so(signing: Signing) -> None:
    convention: Json = {**Body(immersion_journey, Submit).example(SAMPLES), "agency": signing.agency}
    people = [convention[each]["email"] for each in ("beneficiary", "establishment_representative", "tutor")]
    it = f"convention d\N{RIGHT SINGLE QUOTATION MARK}immersion chez {convention['business_name']}"
    signing.tell("immersions", convention)
    for person in ("beneficiary", "establishment_representative"):
        signing.tell("immersions/1/sign", {"person": person})
    validate = f"/v1/candidates/{signing.candidate}/immersions/1/validate"
    done(signing.house, validate, {}, "dominique", signing.agency)
    # Two requests to sign and two messages to the agency were overtaken while nobody delivered.
    assert signing.delivered() == {State.SENT: 6, State.NEEDLESS: 4}
    signed = [(each, f"Signature enregistrée : {it}") for each in people[:2]]
    validated = [(each, f"Validée : {it}") for each in (*people, DOMINIQUE)]
    assert sent(signing.relay) == sorted([*signed, *validated])
    assert signing.delivered() == {}


def test_the_person_is_told_of_a_discussion_by_mail_and_the_establishment_by_the_feed(signing: Signing) -> None:
    request = Body(discussion_journey, Open).example(SAMPLES)
    signing.tell("discussions", dict(request))
    assert signing.delivered() == {State.SENT: 1}
    assert [each["To"] for each in signing.relay.taken] == [request["email"]]
    partition = signing.house.core.log.load(f"candidate/{signing.candidate}")[0].partition
    feed = items(signing.house, partition=partition, limit=1000)
    told = [each for each in feed if each["journey"] == "discussion-1"]
    assert [(each["template"], each["recipient"]["kind"], each["recipient"]["named"]) for each in told] == [
        ("discussion-new-for-establishment", "establishment", None),
        ("discussion-sent-for-beneficiary", "named", "request.email"),
    ]
    assert all(personal not in json.dumps(told) for personal in (request["email"], request["last_name"]))
