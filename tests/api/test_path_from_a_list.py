"""Over HTTP, day by day: in a list, invited, reminded, not there, oriented, immersed, hired; then replayed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
import structlog

from api.agenda import SimulatedClock
from api.bodies import Body
from api.jobs import pass_due
from api.main import create_app
from api.observe import configure_logs
from api.openapi import SAMPLES
from api.wiring import Core, open_service, prepare
from domain.calendar import PARIS, paris_day
from domain.immersion import immersion_journey
from domain.immersion.commands import Submit
from infrastructure.event_store import BackdatedEventStore, EventStore
from infrastructure.follower import Doorbell
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.postgres import Pool, open_pool
from tests.api.conftest import House, Json, serving, settings_for
from tests.conftest import TestServer

#: A Tuesday. Nobody is asked to sign an assessment that is older than March 2026.
FIRST: Final = date(2026, 4, 7)
LIST: Final = "Prénom;Nom;Adresses Mails;Téléphone\nNour;Haddad;nour@example.org;06 39 98 12 34\n"
CATEGORY: Final = {"category": "rsa_orientation", "type": "rsa_orientation", "phone": "3949"}
WITNESS: Final = "immersion-facilitee"


@dataclass
class Town:
    """A service whose clock the test sets, time passing as it does in the service, and who works there."""

    house: House
    clock: SimulatedClock
    council: str = field(init=False)
    mission: str = field(init=False)
    company: str = field(init=False)
    #: Nour's, once she is in the list.
    dossier: str = ""

    def __post_init__(self) -> None:
        self.council = self.house.organisation("conseil_departemental", "odile", "karim")
        self.mission = self.house.organisation("ml", "leila", "gael", kinds=["ml", "agency_mission_locale"])
        self.company = self.house.organisation("aci", "nadia")
        self.house.post(f"/v1/organisations/{self.council}/configure-category", CATEGORY, "odile", self.council)
        self.house.post(f"/v1/organisations/{self.mission}/set-validation-steps", {"two_steps": True}, "staff")

    def on(self, day: int, hour: int = 10, every: timedelta = timedelta(hours=3)) -> None:
        """Let time pass until then, as the scheduler does every few seconds."""
        until = at(day, hour)
        while self.clock.at < until:
            self.clock.at = min(self.clock.at + every, until)
            self.house.catch_up()
            while pass_due(self.house.core):
                self.house.catch_up()

    def acting(self, subject: str) -> str:
        here = {"leila": self.mission, "gael": self.mission, "nadia": self.company}
        return here.get(subject, self.council)

    def say(self, subject: str, path: str, body: Json, *, status: int = 200) -> Json:
        """A member of one of the organisations says something of Nour."""
        answer = self.house.post(f"{self.dossier}/{path}", body, subject, self.acting(subject))
        return done(answer, status)

    def tell(self, path: str, body: Json) -> Json:
        """A service tells what somebody without an account did."""
        headers = {"Authorization": f"Bearer {self.house.token('signatures', WITNESS)}"}
        return done(self.house.http.post(f"{self.dossier}/{path}", json=body, headers=headers))

    def read(self, subject: str, path: str, **asked: str) -> httpx.Response:
        headers = self.house.headers(subject, self.acting(subject))
        return self.house.http.get(f"{self.dossier}/{path}", params=asked, headers=headers)

    def upload(self) -> list[Json]:
        """Odile's list, by which everybody is invited."""
        query: dict[str, Any] = {"category": "rsa_orientation", "invite": ["email", "sms"], "slots_available": True}
        headers = self.house.headers("odile", self.council, **{"Content-Type": "text/csv"})
        answer = self.house.http.post("/v1/imports", params=query, content=LIST.encode(), headers=headers)
        assert answer.status_code == 200, answer.text
        return [httpx.Response(200, text=line).json() for line in answer.text.splitlines()]

    def invited(self, invitation: int) -> Mapping[str, str]:
        """What Nour holds in her hands."""
        path = f"rsa-appointments/1/invitations/{invitation}/link"
        return {"Invitation-Code": self.read("odile", path).json()["code"]}

    def books(self, appointment: str, day: int, invitation: int) -> Json:
        """The booking service tells which slot Nour took."""
        body = {
            "appointment": appointment,
            "organisation": self.council,
            "motif": "RSA orientation",
            "location": "public_office",
            "starts_at": at(day).isoformat(),
            "duration_minutes": 45,
        }
        token = {"Authorization": f"Bearer {self.house.token('rdv-solidarites', WITNESS)}"}
        headers = {**self.invited(invitation), **token}
        return done(self.house.http.post("/v1/invitation/book", json=body, headers=headers))

    def history(self, **asked: str) -> list[Json]:
        headers = {"Authorization": f"Bearer {self.house.token('auditor', 'audit')}"}
        answer = self.house.http.get(f"{self.dossier}/history", params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        lines: list[Json] = answer.json()["items"]
        return lines

    def figure(self, name: str, month: str) -> Json:
        """What an analyst who may see persons reads of a month."""
        headers = {"Authorization": f"Bearer {self.house.token('analyst')}"}
        query = {"from": month, "to": month}
        answer = self.house.http.get(f"/v1/indicators/{name}", params=query, headers=headers)
        assert answer.status_code == 200, answer.text
        figure: Json = answer.json()["figures"][0]
        return figure


def at(day: int, hour: int = 10) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), time(hour), PARIS).astimezone(UTC)


def on(day: int) -> str:
    return (FIRST + timedelta(days=day)).isoformat()


def paris(instant: str) -> str:
    """The day of an instant of the history."""
    return paris_day(datetime.fromisoformat(instant)).isoformat()


def done(answer: httpx.Response, status: int = 200) -> Json:
    assert answer.status_code == status, answer.text
    body: Json = answer.json()
    return body


@pytest.fixture
def town(server: TestServer, tmp_path: Path) -> Iterator[Town]:
    name = server.make(server.migrated(8))
    access = server.access(name)
    prepare(access)
    clock = SimulatedClock(at(0, 9))
    settings, configured = settings_for(access, tmp_path), structlog.get_config()
    configure_logs(json=True)
    with open_pool(access.owner, size=4) as owner:

        def backdated(_: Pool, __: Doorbell) -> EventStore:
            return BackdatedEventStore(owner, clock=clock.now)

        with (
            open_service(settings, clock=clock, store=backdated) as service,
            serving(create_app(service)) as base,
            Core.opened(settings, clock=clock, store=backdated) as core,
        ):
            house = House(base, settings, DevelopmentIssuer(settings.data, clock), core)
            with house.http:
                yield Town(house, clock)
    structlog.configure(**configured)
    server.drop(name)


def followed_up(town: Town) -> None:
    """Invited by a list, reminded, not there, invited again, there: oriented towards work, and accompanied."""
    told = town.upload()
    assert told[1]["follow_up"]["invitations"] == [
        {"channel": "email", "came": "invited"},
        {"channel": "sms", "came": "invited"},
    ]
    town.dossier = f"/v1/candidates/{told[1]['candidate_id']}"
    town.on(4)
    followed = town.house.http.post("/v1/invitation/follow", headers=town.invited(3))
    assert done(followed)["to"].startswith("https://rdv.example/prendre?motif=rsa_orientation")
    assert town.books("rdv-1", 9, invitation=3)["next"] == ["excuse"]
    town.on(9, 15)
    missed = {"participation": 1, "status": "noshow"}
    assert town.say("odile", "rsa-appointments/1/set-status", missed)["status"] == "rdv_noshow"
    town.on(10)
    assert town.upload()[1]["came"] == "up_to_date"
    town.on(11)
    town.books("rdv-2", 14, invitation=5)
    town.on(14, 12)
    town.say("odile", "rsa-appointments/1/set-status", {"participation": 2, "status": "seen"})
    oriented = town.say("odile", "rsa-appointments/1/record-outcome", {"participation": 2, "type": "pro"})
    assert oriented["state"]["participations"][1]["outcome"] == {"type": "pro", "casf": "pro"}
    town.on(15)
    period = {"type": "pro", "organisation": town.council, "starts_on": on(15), "referent": "karim"}
    assert town.say("odile", "accompaniments", period, status=201)["status"] == "current"


def immersed(town: Town) -> None:
    """Signed by all, found eligible by one and validated by another, assessed, and agreed with."""
    town.say("leila", "join-organisation", {"organisation": town.mission})
    town.on(16)
    days = {
        "starts_on": on(20),
        "ends_on": on(23),
        "schedule": [{"on": on(20), "slots": [{"starts": 540, "ends": 960}]}],
    }
    terms: Json = {**Body(immersion_journey, Submit).example(SAMPLES), "agency": town.mission, **days}
    assert town.say("leila", "immersions", terms, status=201)["stage"] == "ready_to_sign"
    assert town.tell("immersions/1/sign", {"person": "beneficiary"})["stage"] == "partially_signed"
    assert town.tell("immersions/1/sign", {"person": "establishment_representative"})["stage"] == "in_review"
    town.on(17)
    assert town.say("leila", "immersions/1/find-eligible", {})["stage"] == "eligible"
    alone = town.house.post(f"{town.dossier}/immersions/1/validate", {}, "leila", town.mission)
    assert alone.json()["type"] == "/problems/immersion/two-people"
    assert town.say("gael", "immersions/1/validate", {})["stage"] == "validated"
    town.on(24)
    job = {"ended_with_a_job": True, "contract": "contrat_insertion", "contract_starts_on": on(34)}
    said = {
        "attendance": "completed",
        "feedback": "Ponctuelle.",
        "advice": "Continuer.",
        "person": "establishment_tutor",
    }
    town.tell("immersions/1/create-assessment", {**said, **job})
    town.tell("immersions/1/sign-assessment", {"agrees": True, "person": "beneficiary"})


def hired(town: Town) -> None:
    """Found eligible, sent, accepted; the contract begins on its day."""
    town.on(26)
    town.say("leila", "eligibility-checks", {"criteria": ["deld"]}, status=201)
    town.say("leila", "set-identifiers", {"france_travail_id": "1234567B"})
    application = {"company": town.company, "message": "Elle vient de faire une immersion chez vous."}
    town.say("leila", "job-applications", application, status=201)
    town.on(28)
    town.say("nadia", "job-applications/1/accept", {"starts_on": on(34)})
    assert town.read("nadia", "hirings/1").json()["stage"] == "declared"
    town.on(34)
    assert town.read("nadia", "hirings/1").json()["stage"] == "started"


def test_from_a_list_to_a_contract(town: Town) -> None:
    followed_up(town)
    immersed(town)
    hired(town)
    the_history_is_whole(town)
    every_day_reads_as_it_was(town)
    the_path_counts(town)


def the_history_is_whole(town: Town) -> None:
    lines = town.history()
    assert [(paris(line["occurred_at"]), line["event"]) for line in lines] == [
        (on(0), "candidate.Registered"),
        (on(0), "rsa-appointment.Opened"),
        (on(0), "rsa-appointment.Invited"),
        (on(0), "rsa-appointment.Invited"),
        (on(3), "rsa-appointment.InvitationReminded"),
        (on(3), "rsa-appointment.Invited"),
        (on(3), "rsa-appointment.Invited"),
        (on(4), "rsa-appointment.InvitationClicked"),
        (on(4), "rsa-appointment.ParticipationAdded"),
        (on(4), "rsa-appointment.InvitationsExpired"),
        (on(9), "rsa-appointment.StatusSet"),
        (on(10), "rsa-appointment.Invited"),
        (on(10), "rsa-appointment.Invited"),
        (on(11), "rsa-appointment.ParticipationAdded"),
        (on(11), "rsa-appointment.InvitationsExpired"),
        (on(14), "rsa-appointment.StatusSet"),
        (on(14), "rsa-appointment.OutcomeRecorded"),
        (on(15), "accompaniment.Begun"),
        (on(15), "candidate.OrganisationJoined"),
        (on(16), "immersion.Submitted"),
        (on(16), "immersion.Signed"),
        (on(16), "immersion.Signed"),
        (on(17), "immersion.Reminded"),
        (on(17), "immersion.FoundEligible"),
        (on(17), "immersion.Validated"),
        (on(22), "immersion.AssessmentRequested"),
        (on(24), "immersion.AssessmentCreated"),
        (on(24), "immersion.AssessmentSigned"),
        (on(26), "eligibility-check.Diagnosed"),
        (on(26), "candidate.IdentifiersSet"),
        (on(26), "job-application.Submitted"),
        (on(28), "job-application.Accepted"),
        (on(28), "hiring.Declared"),
        (on(28), "pass-iae.Issued"),
        (on(28), "eligibility-check.HireRecorded"),
        (on(28), "job-application.PassRecorded"),
        (on(28), "hiring.PassRecorded"),
        (on(28), "eligibility-check.PassRecorded"),
        (on(34), "hiring.Started"),
    ]
    by_the_person = [line for line in lines if line["role"] == "witness" and line["journey"] == "rsa-appointment-1"]
    assert [(line["event"].partition(".")[2], line["client"]) for line in by_the_person] == [
        ("InvitationClicked", "parcours"),
        ("ParticipationAdded", WITNESS),
        ("InvitationsExpired", WITNESS),
        ("ParticipationAdded", WITNESS),
        ("InvitationsExpired", WITNESS),
    ]


def every_day_reads_as_it_was(town: Town) -> None:
    """At eight in the evening of each day; and the history as of then is what had been told by then."""
    evenings = {day: at(day, 20).isoformat() for day in range(-1, 35)}
    statuses = {day: town.read("odile", "rsa-appointments/1", as_of=evening) for day, evening in evenings.items()}
    known = {day: answer.json()["status"] for day, answer in statuses.items() if answer.status_code == 200}
    assert known == {
        **dict.fromkeys(range(4), "invitation_pending"),
        **dict.fromkeys(range(4, 9), "rdv_pending"),
        9: "rdv_noshow",
        10: "invitation_pending",
        **dict.fromkeys(range(11, 14), "rdv_pending"),
        **dict.fromkeys(range(14, 35), "rdv_seen"),
    }
    stages = {day: town.read("leila", "immersions/1", as_of=evening) for day, evening in evenings.items()}
    assert {day: answer.json()["stage"] for day, answer in stages.items() if answer.status_code == 200} == {
        16: "in_review",
        **dict.fromkeys(range(17, 35), "validated"),
    }
    lines = town.history()
    for evening in evenings.values():
        assert town.history(as_of=evening) == [line for line in lines if line["recorded_at"] <= evening]


def the_path_counts(town: Town) -> None:
    """Read in November, when every month is over: a solution by the immersion, and each figure that the path is in."""
    town.on(209, every=timedelta(days=30))
    solved = town.figure("without-solution-30-days", "2026-04")
    assert (solved["numerator"], solved["denominator"]) == (0, 1)
    assert {name: count for name, count in solved["lines"].items() if isinstance(count, int) and count} == {
        "any": 1,
        "immersion_started": 1,
        "hire_accepted": 1,
    }
    april = ("autonomy", "invitation-to-booking", "rsa-oriented-45-days", "immersion-to-hire")
    months = {**dict.fromkeys(april, 4), "immersion-show": 5}
    figures = {name: town.figure(name, f"2026-0{month}") for name, month in months.items()}
    assert {name: (each["numerator"], each["denominator"]) for name, each in figures.items()} == dict.fromkeys(
        months, (1, 1)
    )
