"""Notifications at the doors: the feed, what one does without, what is said, and the post beside the work."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any, Final

import httpx
import pytest
from typer.testing import CliRunner
from uuid_utils.compat import uuid7

from api import letters
from api.cli import app
from api.jobs import working
from api.letters import Letters, label
from api.notifying import carrier, notify, notifying, post
from api.settings import NotConfigured, Settings
from api.words import LANGUAGES
from application.notifications.contents.matter import Facts, Private
from application.notifications.notice import Delivery, Notice, Recipient, State, Told
from application.notifications.templates import DISABLEABLE, Template
from domain.immersion.codes import ConventionKind
from domain.rsa.categories import CategoryType
from domain.rsa_appointment.codes import Location
from domain.vocabulary import OrganisationId, Subject
from infrastructure.postgres import connect
from tests.api.conftest import Cast, House
from tests.api.test_operations import another_house
from tests.conftest import DatabaseFactory
from tests.infrastructure.carriers.relay import FINE, Relay, relaying
from tests.projections.world import NOON

AWA: Final = "unmistakable.awa@example.org"
#: The logger of the server that the tests run.
OF_THE_RELAY: Final = "mail.log"
#: Everything that a letter may say beside the organisation's name, as journeys say it.
FACTS: Final[Facts] = {
    "title": CategoryType.RSA_ORIENTATION,
    "designation": "bénéficiaire du RSA",
    "purpose": "faire le point",
    "until": NOON,
    "day": NOON.date(),
    "time": NOON.time(),
    "way": Location.PHONE,
    "place": Private("1 rue de la Paix"),
    "phone": "+33475000000",
    "kind": ConventionKind.IMMERSION,
    "code": Private("7K2M-0QXB-99TD-3ENC"),
    "establishment": "La Boulangerie",
    "job": "Boulanger",
    "from": NOON.date(),
    "to": NOON.date(),
}
PREFERENCES: Final = "/v1/notifications/preferences"
NEW: Final = "job-application-new-for-employer"


def applied(house: House, cast: Cast, **person: str) -> str:
    """The dossier of somebody whom Camille has sent to the company of Nadia and Luc."""
    candidate = house.candidate("camille", cast.agency, **person)
    made = house.post(
        f"/v1/candidates/{candidate}/job-applications",
        {"company": cast.company, "message": "Unmistakable message"},
        "camille",
        cast.agency,
    )
    assert made.status_code == 201, made.text
    return candidate


def feed(house: House, client: str = "les-emplois", **query: Any) -> httpx.Response:
    return house.http.get(
        "/v1/notifications", params=query, headers={"Authorization": f"Bearer {house.token('camille', client)}"}
    )


def items(house: House, **query: Any) -> list[dict[str, Any]]:
    return list(feed(house, **query).json()["items"])


def test_a_service_reads_who_is_to_be_told_what_and_nothing_about_the_person(house: House, cast: Cast) -> None:
    candidate = applied(house, cast, email=f"unmistakable.{uuid7().hex}@example.org", last_name="Unmistakable")
    house.catch_up()
    root = f"candidate/{candidate}"
    [first, *_] = house.core.log.load(root)
    answer = feed(house, partition=first.partition, limit=1000)
    told = [each for each in answer.json()["items"] if each["root"] == root]
    assert [(each["template"], each["recipient"], each["about"], each["can_be_disabled"]) for each in told] == [
        ("candidate-registered-by-proxy", whom("candidate"), None, False),
        ("job-application-new-for-candidate", whom("candidate"), cast.company, True),
        (NEW, whom("members", organisation=cast.company), None, True),
        (
            "job-application-new-for-proxy",
            whom("professional", organisation=cast.agency, subject="camille"),
            cast.company,
            True,
        ),
    ]
    assert told[1] | {"occurred_at": "", "recorded_at": "", "offset": 0} == {
        "id": f"{root}#{told[1]['root_version']}:job-application-new-for-candidate:email:candidate",
        "offset": 0,
        "root": root,
        "root_version": told[1]["root_version"],
        "journey": "job-application-1",
        "journey_version": 1,
        "event": "job-application.Submitted",
        "template": "job-application-new-for-candidate",
        "channel": "email",
        "recipient": whom("candidate"),
        "about": cast.company,
        "can_be_disabled": True,
        "occurred_at": "",
        "recorded_at": "",
    }
    assert "nmistakable" not in answer.text


def whom(kind: str, organisation: str | None = None, subject: str | None = None) -> dict[str, str | None]:
    return {"kind": kind, "organisation": organisation, "subject": subject, "named": None}


def test_a_cursor_takes_up_where_the_page_before_ended(house: House, cast: Cast) -> None:
    candidate = applied(house, cast)
    house.catch_up()
    partition = house.core.log.load(f"candidate/{candidate}")[0].partition
    everything, paged, after = items(house, partition=partition, limit=1000), [], 0
    while page := feed(house, partition=partition, limit=1, after=after).json():
        if not page["items"]:
            assert page["next"] == after
            break
        paged += page["items"]
        after = page["next"]
    assert paged == everything
    assert len(paged) >= 4


def test_the_feed_is_for_services_that_were_granted_it(house: House) -> None:
    assert feed(house, client="pilotage", partition=0).json()["type"] == "/problems/scope-missing"
    assert feed(house, partition=99).status_code == 404
    assert feed(house, partition=0, after=-1).status_code == 422


def preferred(house: House, subject: str, acting: str | None, *disabled: str) -> httpx.Response:
    return house.http.put(PREFERENCES, json={"disabled": disabled}, headers=house.headers(subject, acting))


def disabled(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["template"] for each in answer.json()["items"] if each["disabled"]]


def test_a_member_does_without_a_message_in_one_organisation(house: House, cast: Cast) -> None:
    assert disabled(preferred(house, "nadia", cast.company, NEW)) == [NEW]
    assert disabled(house.get(PREFERENCES, "nadia", cast.company)) == [NEW]
    assert disabled(house.get(PREFERENCES, "luc", cast.company)) == []
    assert disabled(preferred(house, "nadia", cast.company)) == []


def test_every_kind_of_message_is_listed_in_the_language_asked_for(house: House, cast: Cast) -> None:
    told = house.get(PREFERENCES, "luc", cast.company, **{"Accept-Language": "en"}).json()["items"]
    assert [each["template"] for each in told] == [each.value for each in Template]
    assert {each["template"]: each["label"] for each in told}[NEW] == "New application received"
    assert {each["template"] for each in told if each["can_be_disabled"]} == DISABLEABLE


@pytest.mark.parametrize(
    "body",
    [
        {"disabled": ["membership-ended"]},
        {"disabled": ["unheard-of"]},
        {"disabled": NEW},
        {"disabled": [NEW] * 99},
        {"disabled": [], "more": 1},
        {},
    ],
)
def test_what_is_always_sent_or_unknown_cannot_be_disabled(house: House, cast: Cast, body: dict[str, Any]) -> None:
    answer = house.http.put(PREFERENCES, json=body, headers=house.headers("luc", cast.company))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/malformed")
    assert disabled(house.get(PREFERENCES, "luc", cast.company)) == []


def test_preferences_are_taken_as_json_of_a_reasonable_size(house: House, cast: Cast) -> None:
    headers = house.headers("luc", cast.company)
    assert house.http.put(PREFERENCES, content=b"disabled=", headers=headers).status_code == 415
    large = {**headers, "Content-Type": "application/json"}
    assert house.http.put(PREFERENCES, content=b" " * 100_000, headers=large).status_code == 413


def test_nobody_chooses_for_an_organisation_that_they_are_no_member_of(house: House, cast: Cast) -> None:
    for answer in (preferred(house, "nadia", cast.rival, NEW), house.get(PREFERENCES, "nadia", cast.rival)):
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-a-member")


def delivery(template: Template, to: str | None = None, subject: str | None = None) -> Delivery:
    told = Told(
        template=template,
        recipient=Recipient.PROFESSIONAL if subject else Recipient.CANDIDATE,
        subject=Subject(subject) if subject else None,
        about=OrganisationId("house"),
    )
    notice = Notice(root="candidate/1", root_version=1, journey="job-application-2", told=told, recorded_at=NOON)
    return Delivery(notice=notice, to=Subject(to) if to else None)


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_template_says_something_in_both_languages_and_names_no_more_than_an_organisation(
    template: Template, lang: str
) -> None:
    texts = letters._TEXTS["templates"][template]
    assert label(template, lang)
    for part in ("subject", "body"):
        assert {name for _, name, _, _ in Formatter().parse(texts[part][lang]) if name} <= {"organisation", *FACTS}
    subject, body, said = Letters(language=lang).write(delivery(template), "La Fabrique\nBcc: x", FACTS)
    assert said == lang
    assert "\n" not in subject
    assert "{" not in subject + body
    assert "candidate/1/job-application-2" in body


def test_no_text_is_of_a_template_that_does_not_exist() -> None:
    assert letters._TEXTS["templates"].keys() == {each.value for each in Template}


def test_a_letter_says_where_to_read_on_and_what_can_be_done_without() -> None:
    link = "https://emplois.example/{root}/{journey}"
    _, body, _ = Letters(language="fr", link=link).write(delivery(Template.APPLICATION_NEW_FOR_CANDIDATE), None, {})
    assert body == (
        "Bonjour,\n\n"
        "Votre candidature a bien été envoyée à l\N{RIGHT SINGLE QUOTATION MARK}organisation concernée. "
        "Vous serez informé de sa réponse.\n\n"
        "Pour en savoir plus : https://emplois.example/candidate/1/job-application-2\n\n"
        "Vous pouvez renoncer à ce type de message dans vos préférences.\n\n"
        "Référence : candidate/1/job-application-2\n"
    )
    _, always, _ = Letters(language="en").write(delivery(Template.MEMBERSHIP_CHANGED, "luc", "luc"), "La Fabrique", {})
    assert "preferences" not in always
    assert "has left" not in always
    _, forwarded, _ = Letters(language="en").write(delivery(Template.MEMBERSHIP_CHANGED, "ada", "luc"), None, {})
    assert "has left your organisation" in forwarded


@pytest.fixture
def own_house(make_database: DatabaseFactory, tmp_path: Path) -> Iterator[House]:
    with another_house(make_database(4), tmp_path) as house:
        yield house


@pytest.fixture
def relay() -> Iterator[Relay]:
    with relaying(Relay()) as relay:
        yield relay


def mailing(house: House, relay: Relay, **more: Any) -> Settings:
    addresses = house.settings.data / "addresses.json"
    known = {name: f"unmistakable.{name}@work.example" for name in ("camille", "nadia")}
    addresses.write_text(json.dumps(known), encoding="utf-8")
    environment = {
        "PARCOURS_DATA": str(house.settings.data),
        "PARCOURS_KEYS_FILE": str(house.settings.keys_file),
        "DATABASE_URL": house.settings.database or "",
        "DATABASE_SERVICE_URL": house.settings.database_service or "",
        "PARCOURS_SMTP": relay.url,
        "PARCOURS_MAIL_FROM": "no-reply@parcours.example",
        "PARCOURS_ADDRESSES_FILE": str(addresses),
        "PARCOURS_SUPPORT": "support@parcours.example",
        **more,
    }
    return Settings.from_environment(environment)


def people(house: House) -> Cast:
    agency, company = house.organisation("ft", "camille"), house.organisation("aci", "nadia", "luc")
    return Cast(
        agency=agency,
        company=company,
        mission="",
        orienter="",
        rival="",
        service="",
        newcomer="",
        council="",
        delegate="",
    )


def test_mail_reaches_a_real_server_and_leaves_no_address_anywhere(
    own_house: House, relay: Relay, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    cast = people(own_house)
    applied(own_house, cast, email=AWA, last_name="Unmistakable")
    own_house.catch_up()
    relay.to_recipient = [FINE, "451 unmistakable", "550 unmistakable"]
    with caplog.at_level(logging.DEBUG):
        came, counts = notify(mailing(own_house, relay), "smtp", again=False)
    assert came == {State.WAITING: 1, State.REJECTED: 1, State.SENT: 4, State.UNDELIVERABLE: 1}
    assert counts[State.UNDELIVERABLE] == {"no_address": 1}
    taken = {(each["To"], each["Subject"]) for each in relay.taken}
    assert (AWA, "Un dossier a été ouvert à votre nom") in taken
    said = "".join(f"{each['Subject']}{each.get_content()}" for each in relay.taken)
    logged = "".join(record.getMessage() for record in caplog.records if record.name != OF_THE_RELAY)
    assert "nmistakable" not in said + logged + "".join(capsys.readouterr())
    assert stored(own_house) == []


def stored(house: House) -> list[str]:
    """The tables in which somebody's address or name stands in the clear."""
    found = []
    with connect(house.core.access.owner) as owner:
        tables = owner.execute(
            b"select format('%I.%I', schemaname, tablename) from pg_tables "
            b"where schemaname not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        assert {("public.delivery",), ("notifications.notice",)} <= set(tables)
        for (table,) in tables:
            query = f"select count(*) from {table} t where t::text ~* 'unmistakable'"  # noqa: S608 - our own tables
            if owner.execute(query.encode()).fetchone() != (0,):
                found.append(table)
    return found


def test_the_work_sends_mail_where_there_is_a_relay(own_house: House, relay: Relay) -> None:
    own_house.candidate("camille", people(own_house).agency, email=AWA)
    own_house.catch_up()
    job = notifying(mailing(own_house, relay))
    assert job(own_house.core) == 3
    assert job(own_house.core) == 0
    with working(own_house.core, job):
        pass
    assert sorted(each["To"] for each in relay.taken) == [
        "support@parcours.example",
        "unmistakable.awa@example.org",
        "unmistakable.camille@work.example",
    ]


def test_a_relay_that_is_away_is_told_and_costs_nothing(own_house: House) -> None:
    own_house.candidate("camille", people(own_house).agency, email=AWA)
    own_house.catch_up()
    away = mailing(own_house, Relay())
    assert notifying(away)(own_house.core) == 0
    with pytest.raises(NotConfigured, match="no mail can be sent now"):
        notify(away, "smtp", again=False)
    with relaying(Relay()) as relay:
        assert notify(mailing(own_house, relay), "smtp", again=True)[0][State.SENT] == 3


def test_the_console_prints_what_would_be_sent(own_house: House, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> None:
    own_house.candidate("camille", people(own_house).agency, email=AWA)
    own_house.catch_up()
    settings = mailing(own_house, relay)
    monkeypatch.setattr(Settings, "from_environment", lambda: settings)
    told = CliRunner().invoke(app, ["notify", "--via", "console"])
    assert told.exit_code == 0
    assert "email → candidate\nUn dossier a été ouvert à votre nom\n" in told.output
    assert "nmistakable" not in told.output
    assert re.search(r"^sent: \d+$", told.output, re.MULTILINE)
    again = CliRunner().invoke(app, ["notify", "--via", "smtp", "--json", "--again"])
    assert json.loads(again.stdout)["came"] == {}
    assert relay.taken == []
    assert CliRunner().invoke(app, ["notify", "--via", "pigeon"]).exit_code == 2


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"PARCOURS_SMTP": ""}, "PARCOURS_SMTP"),
        ({"PARCOURS_MAIL_FROM": ""}, "PARCOURS_MAIL_FROM"),
        ({"PARCOURS_MAIL_FROM": "Parcours"}, "no-reply@example.org"),
        ({"PARCOURS_SMTP": "smtp://u:secret@relay.example"}, "in the clear"),
        ({"PARCOURS_ADDRESSES_FILE": "/nowhere/addresses.json"}, "PARCOURS_ADDRESSES_FILE"),
        ({"PARCOURS_MAIL_LANGUAGE": "de"}, "PARCOURS_MAIL_LANGUAGE"),
        ({"PARCOURS_MAIL_LINK": "https://example.org/{name}"}, "PARCOURS_MAIL_LINK"),
    ],
)
def test_what_the_installation_lacks_is_told_in_a_sentence(house: House, said: dict[str, str], match: str) -> None:
    settings = mailing(house, Relay(), **said)
    with pytest.raises(NotConfigured, match=match) as refused:
        post(settings, house.core, carrier(settings, "smtp"))
    assert "secret" not in str(refused.value)
