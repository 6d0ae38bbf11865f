"""Over HTTP, as a new user would: oriented, diagnosed, hired, under a PASS IAE that is paused, prolonged and over.

What may be told late is told late: a month of somebody's path, day by day.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import httpx
import pytest
from uuid_utils.compat import uuid7

from domain.calendar import PARIS, add_days, add_months, paris_day
from tests.api.conftest import Cast, House, Json

Who = tuple[str, str]


@dataclass(frozen=True)
class Path:
    """Somebody whom camille registered, and the thirty days before today."""

    house: House
    cast: Cast
    candidate: str
    now: datetime

    @property
    def root(self) -> str:
        return f"/v1/candidates/{self.candidate}"

    def day(self, days_ago: int) -> date:
        return paris_day(self.at(days_ago))

    def at(self, days_ago: int) -> datetime:
        """Noon in Paris of a day that is over, or now."""
        day = add_days(paris_day(self.now), -days_ago)
        return datetime.combine(day, time(12), PARIS).astimezone(UTC) if days_ago else self.now

    def tell(self, days_ago: int, who: Who | None, path: str, body: Json | None = None, **more: str) -> httpx.Response:
        """A command told today of a day that is over, by a member or by staff."""
        said = {**(body or {}), "occurred_at": self.at(days_ago).isoformat()}
        subject, acting = who or ("staff", None)
        return self.house.post(f"{self.root}/{path}", said, subject, acting, **more)

    def read(self, path: str, who: Who, **asked: str) -> Any:
        answer = self.house.http.get(f"{self.root}/{path}", params=asked, headers=self.house.headers(*who))
        assert answer.status_code == 200, answer.text
        return answer.json()

    def history(self, **asked: str) -> list[Json]:
        headers = {"Authorization": f"Bearer {self.house.token('auditor', 'audit')}"}
        answer = self.house.http.get(f"{self.root}/history", params=asked, headers=headers)
        assert answer.status_code == 200, answer.text
        lines: list[Json] = answer.json()["items"]
        return lines

    @property
    def camille(self) -> Who:
        return "camille", self.cast.agency

    @property
    def nadia(self) -> Who:
        return "nadia", self.cast.company

    @property
    def paul(self) -> Who:
        return "paul", self.cast.rival

    def applies(self, days_ago: int, company: str) -> None:
        body = {"company": company, "message": "Motivée", "job_descriptions": ["maraichage"]}
        done(self.tell(days_ago, self.camille, "job-applications", body), 201)


def done(answer: httpx.Response, status: int = 200) -> Json:
    assert answer.status_code == status, answer.text
    body: Json = answer.json()
    return body


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


@pytest.fixture
def path(house: House, cast: Cast) -> Path:
    number = f"{uuid7().int % 10_000_000:07}A"
    candidate = house.candidate("camille", cast.agency, france_travail_id=number, birth_date="1960-02-14")
    return Path(house, cast, candidate, datetime.now(UTC))


def oriented(path: Path, days_ago: int) -> None:
    form = path.house.http.get("/openapi.json").json()["paths"]["/v1/candidates/{root}/orientations"]["post"]
    example = form["requestBody"]["content"]["application/json"]["example"]
    body = {**example, "receiver": path.cast.service}
    assert done(path.tell(days_ago, path.camille, "orientations", body), 201)["stage"] == "open"
    ines = ("ines", path.cast.service)
    welcome = {"message_to_beneficiary": "Bienvenue.", "message_to_prescriber": "Place réservée."}
    assert done(path.tell(days_ago - 1, ines, "orientations/1/accept", welcome))["stage"] == "accepted"


def hired(path: Path) -> Json:
    """Diagnosed 27 days ago, hired by nadia's company 25 days ago, from that day on."""
    done(path.tell(27, path.camille, "eligibility-checks"), 201)
    path.applies(26, path.cast.company)
    starts = {"starts_on": path.day(25).isoformat()}
    return done(path.tell(25, path.nadia, "job-applications/1/accept", starts))


def test_from_an_orientation_to_the_end_of_a_pass(path: Path) -> None:
    oriented(path, 30)
    done(path.tell(29, path.camille, "describe-social-situation", {"qpv": True}))
    suggested = path.read("eligibility-suggestions", path.camille)["criteria"]
    criteria = {"criteria": [each["criterion"] for each in suggested]}
    assert criteria == {"criteria": ["senior", "qpv"]}
    path.applies(28, path.cast.company)
    starts = {"starts_on": path.day(25).isoformat()}
    assert problem(path.tell(27, path.nadia, "job-applications/1/accept", starts)) == (
        409,
        "job-application/diagnosis-needed",
    )
    made = done(path.tell(26, path.camille, "eligibility-checks", criteria), 201)
    assert made["state"]["expires_on"] == add_months(path.day(26), 6).isoformat()
    assert problem(path.tell(26, path.camille, "eligibility-checks")) == (409, "eligibility-check/already-diagnosed")
    accepted = done(path.tell(25, path.nadia, "job-applications/1/accept", starts))["state"]
    assert (accepted["diagnosis"], accepted["pass_iae"], accepted["delivery"]) == (
        "eligibility-check-1",
        "pass-iae-1",
        "automatic",
    )
    issued = path.read("pass-iae/1", path.nadia)
    assert (issued["state"]["number"][:5], len(issued["state"]["number"])) == ("99999", 12)
    assert (issued["state"]["starts_on"], issued["state"]["ends_on"]) == (
        path.day(25).isoformat(),
        add_days(path.day(25), 729).isoformat(),
    )
    assert (issued["shown"]["status"], issued["shown"]["remaining_days"]) == ("valid", 705)
    paused(path)
    left(path)
    assert [(line["journey"], line["event"].partition(".")[2]) for line in path.history()] == [
        ("candidate", "Registered"),
        ("orientation-1", "Sent"),
        ("orientation-1", "Accepted"),
        ("candidate", "SocialSituationDescribed"),
        ("job-application-1", "Submitted"),
        ("eligibility-check-1", "Diagnosed"),
        ("job-application-1", "Accepted"),
        ("hiring-1", "Declared"),
        ("hiring-1", "Started"),
        ("pass-iae-1", "Issued"),
        ("eligibility-check-1", "HireRecorded"),
        ("job-application-1", "PassRecorded"),
        ("hiring-1", "PassRecorded"),
        ("eligibility-check-1", "PassRecorded"),
        ("job-application-2", "Submitted"),
        ("pass-iae-1", "SuspensionDeclared"),
        ("hiring-1", "PassFollowed"),
        ("pass-iae-1", "SuspensionCut"),
        ("hiring-1", "PassFollowed"),
        ("hiring-1", "Ended"),
        ("pass-iae-1", "Terminated"),
        ("hiring-1", "PassFollowed"),
    ]
    days = {line["event"]: line["occurred_at"][:10] for line in path.history() if line["journey"] == "pass-iae-1"}
    assert days == {
        "pass-iae.Issued": path.day(25).isoformat(),
        "pass-iae.SuspensionDeclared": path.day(15).isoformat(),
        "pass-iae.SuspensionCut": path.day(10).isoformat(),
        "pass-iae.Terminated": path.day(5).isoformat(),
    }


def paused(path: Path) -> None:
    """By the SIAE that hired last and nobody else; the PASS ends later by as many days as it was paused, less one."""
    pause = {"reason": "contract_suspended", "starts_on": path.day(15).isoformat()}
    path.applies(20, path.cast.rival)
    assert problem(path.tell(15, path.paul, "pass-iae/1/suspend", pause)) == (409, "pass-iae/not-in-your-care")
    assert path.tell(15, path.camille, "pass-iae/1/suspend", pause).status_code == 403
    done(path.tell(15, path.nadia, "pass-iae/1/suspend", pause))
    suspended = path.read("pass-iae/1", path.nadia)
    assert (suspended["shown"]["status"], suspended["shown"]["remaining_days"]) == ("suspended", 719)
    assert problem(path.tell(14, path.nadia, "pass-iae/1/suspend", pause)) == (409, "pass-iae/already-suspended")
    done(path.tell(10, path.nadia, "pass-iae/1/return-to-work", {"number": 1, "on": path.day(10).isoformat()}))
    back = path.read("pass-iae/1", path.nadia)
    assert (back["shown"]["status"], back["state"]["ends_on"]) == ("valid", add_days(path.day(25), 733).isoformat())


def left(path: Path) -> None:
    """The contract ends, then staff ends the PASS."""
    end = {"on": path.day(6).isoformat(), "reason": "resignation", "category": "other_exit"}
    assert done(path.tell(6, path.nadia, "hirings/1/end-contract", end))["stage"] == "ended"
    assert path.tell(5, path.nadia, "pass-iae/1/terminate").status_code == 403
    done(path.tell(5, None, "pass-iae/1/terminate"))
    over = path.read("pass-iae/1", path.nadia)
    assert (over["shown"]["status"], over["state"]["ends_on"]) == ("expired", path.day(5).isoformat())
    assert over["shown"]["waits_until"] == add_months(path.day(5), 24).isoformat()


def under_a_pass_of_elsewhere(path: Path) -> date:
    """Hired 25 days ago under a PASS that another system issued 400 days ago; answers its last day."""
    first = path.day(400)
    number = "BZ" + f"{uuid7().int % 10**10:010}"
    ends_on = add_days(first, 729)
    right = {
        "number": number,
        "starts_on": first.isoformat(),
        "ends_on": ends_on.isoformat(),
        "origin": "pe_approval",
    }
    done(path.tell(30, None, "pass-iae/record-right", right), 201)
    path.applies(26, path.cast.company)
    starts = {"starts_on": path.day(25).isoformat()}
    assert done(path.tell(25, path.nadia, "job-applications/1/accept", starts))["state"]["pass_iae"] == "pass-iae-1"
    return ends_on


def test_a_pass_is_prolonged_by_who_hires_or_on_request_then_another_one_waits(path: Path) -> None:
    last = under_a_pass_of_elsewhere(path)
    by_a_year = add_days(last, 365).isoformat()
    alone = path.tell(20, path.nadia, "pass-iae/1/prolong", {"reason": "rqth", "ends_on": by_a_year})
    assert problem(alone) == (409, "pass-iae/opinion-needed")
    request = {
        "reason": "senior",
        "ends_on": by_a_year,
        "organisation": path.cast.agency,
        "prescriber": "camille",
    }
    assert problem(
        path.tell(20, path.nadia, "pass-iae/1/request-prolongation", {**request, "prescriber": "leila"})
    ) == (409, "pass-iae/prescriber-not-there")
    done(path.tell(20, path.nadia, "pass-iae/1/request-prolongation", request))
    again = path.tell(19, path.nadia, "pass-iae/1/request-prolongation", request)
    assert problem(again) == (409, "pass-iae/request-waits")
    assert path.tell(18, path.nadia, "pass-iae/1/grant-prolongation", {"number": 1}).status_code == 403
    granted = done(path.tell(18, path.camille, "pass-iae/1/grant-prolongation", {"number": 1}))
    assert (granted["state"]["ends_on"], granted["state"]["requests"][0]["stage"]) == (by_a_year, "granted")
    late = path.tell(17, path.nadia, "pass-iae/1/prolong", {"reason": "complete_training", "ends_on": by_a_year})
    assert problem(late) == (409, "pass-iae/outside-the-window")
    done(path.tell(5, None, "pass-iae/1/terminate"))
    starts = {"company": path.cast.company, "starts_on": path.day(0).isoformat()}
    blocked = path.tell(0, path.nadia, "job-applications/declare-hire", {"starts_on": starts["starts_on"]})
    assert problem(blocked) == (409, "job-application/in-waiting-period")
    assert blocked.json()["details"] == {"until": add_months(path.day(5), 24).isoformat()}


def test_a_training_prolongs_a_pass_without_asking_anybody(path: Path) -> None:
    ends_on = add_days(under_a_pass_of_elsewhere(path), 100).isoformat()
    asked = {"reason": "complete_training", "ends_on": ends_on}
    prolonged = done(path.tell(20, path.nadia, "pass-iae/1/prolong", asked))
    assert (prolonged["state"]["ends_on"], prolonged["shown"]["status"]) == (ends_on, "valid")


def test_a_path_is_replayed_as_it_was_told_and_day_by_day_to_its_end(path: Path) -> None:
    hired(path)
    done(
        path.tell(
            15,
            path.nadia,
            "pass-iae/1/suspend",
            {
                "reason": "contract_broken",
                "starts_on": path.day(15).isoformat(),
                "ends_on": path.day(6).isoformat(),
            },
        )
    )
    lines = path.history()
    told = [line["recorded_at"] for line in lines if line["journey"] == "pass-iae-1"]
    assert [path.read("pass-iae/1", path.nadia, as_of=at)["version"] for at in dict.fromkeys(told)] == [1, 2]
    assert [line for line in path.history(as_of=told[0]) if line["journey"] == "pass-iae-1"] == [
        line for line in lines if line["event"] == "pass-iae.Issued"
    ]
    last = date.fromisoformat(path.read("pass-iae/1", path.nadia)["state"]["ends_on"])
    assert last == add_days(path.day(25), 729 + 9)
    days = [add_days(paris_day(path.now), ahead) for ahead in (1, 2, 100, 365)] + [last, add_days(last, 1)]
    shown = [
        path.read("pass-iae/1", path.nadia, as_of=datetime.combine(day, time(12), PARIS).isoformat())["shown"]
        for day in days
    ]
    assert [(each["on"], each["status"], each["remaining_days"]) for each in shown] == [
        *((day.isoformat(), "valid", (last - day).days + 1) for day in days[:-1]),
        (days[-1].isoformat(), "expired", 0),
    ]


def test_two_companies_that_accept_at_once_hire_under_one_pass(path: Path) -> None:
    done(path.tell(27, path.camille, "eligibility-checks"), 201)
    for number, (subject, company) in enumerate((path.nadia, path.paul), 1):
        path.applies(26, company)
        # What is kept in the pool does not become obsolete when somebody else hires.
        done(path.tell(26, (subject, company), f"job-applications/{number}/add-to-pool"))
    starts = {"starts_on": paris_day(path.now).isoformat()}

    def accept(number: int) -> httpx.Response:
        who = path.nadia if number == 1 else path.paul
        return path.house.post(f"{path.root}/job-applications/{number}/accept", starts, *who)

    with ThreadPoolExecutor(2) as both:
        answers = [done(answer) for answer in both.map(accept, (1, 2))]
    assert [answer["state"]["pass_iae"] for answer in answers] == ["pass-iae-1", "pass-iae-1"]
    assert [path.read(f"hirings/{n}", who)["state"]["pass_iae"] for n, who in hires(path)] == ["pass-iae-1"] * 2
    second = path.house.get(f"{path.root}/pass-iae/2", *path.nadia)
    assert second.status_code == 404


def hires(path: Path) -> list[tuple[int, Who]]:
    """The number of each hire, and who reads it, whichever company was faster."""
    nadia_first = path.house.get(f"{path.root}/hirings/1", *path.nadia).status_code == 200
    return list(zip((1, 2), (path.nadia, path.paul) if nadia_first else (path.paul, path.nadia), strict=True))


def test_one_acceptance_sent_twenty_times_at_once_hires_once(path: Path) -> None:
    done(path.tell(27, path.camille, "eligibility-checks"), 201)
    path.applies(26, path.cast.company)
    starts = {"starts_on": paris_day(path.now).isoformat()}
    key = {"Idempotency-Key": uuid7().hex}

    def accept(_: int) -> httpx.Response:
        return path.house.post(f"{path.root}/job-applications/1/accept", starts, *path.nadia, **key)

    with ThreadPoolExecutor(8) as many:
        answers = [done(answer) for answer in many.map(accept, range(20))]
    assert sorted(answer["repeated"] for answer in answers) == [False] + [True] * 19
    issued = [line for line in path.history() if line["event"] == "pass-iae.Issued"]
    assert len(issued) == 1
    other = path.house.post(f"{path.root}/job-applications/1/accept", {**starts, "answer": "Oui"}, *path.nadia, **key)
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("suspend", {"reason": "contract_broken", "starts_on": "2199-12-31"}),
        ("suspend", {"reason": "contract_broken", "starts_on": "1900-01-01"}),
        ("suspend", {"reason": "contract_broken", "starts_on": "2026-01-01", "ends_on": "2199-12-31"}),
        ("prolong", {"reason": "senior_cdi", "ends_on": "2199-12-31"}),
        ("return-to-work", {"number": 2**53 - 1, "on": "2199-12-31"}),
        ("return-to-work", {"number": -1, "on": "1900-01-01"}),
    ],
)
def test_days_at_both_ends_of_the_calendar_are_refused_by_a_rule(path: Path, command: str, body: Json) -> None:
    hired(path)
    assert path.house.post(f"{path.root}/pass-iae/1/{command}", body, *path.nadia).status_code == 409


@pytest.mark.parametrize(
    ("command", "body"),
    [
        ("suspend", {"reason": "contract_broken", "starts_on": 20260101}),
        ("suspend", {"reason": "contract_broken", "starts_on": "2026-02-30"}),
        ("suspend", {"reason": "CONTRACT_BROKEN", "starts_on": "2026-01-01"}),
        ("suspend", {"reason": "contract_broken", "starts_on": "9999-12-31"}),
        ("return-to-work", {"number": True, "on": "2026-01-01"}),
        ("return-to-work", {"number": 2**53, "on": "2026-01-01"}),
        ("request-prolongation", {"reason": "senior", "ends_on": "2026-01-01", "organisation": "x", "prescriber": "y"}),
        ("prolong", {"reason": ["senior_cdi"], "ends_on": "2026-01-01"}),
    ],
)
def test_what_makes_no_sense_is_malformed(path: Path, command: str, body: Json) -> None:
    hired(path)
    answer = path.house.post(f"{path.root}/pass-iae/1/{command}", body, *path.nadia)
    assert problem(answer) == (422, "malformed")


def test_more_than_anybody_has_to_say_is_too_much(path: Path) -> None:
    hired(path)
    said = {"reason": "contract_broken", "starts_on": path.day(0).isoformat(), "explanation": "é" * 70_000}
    assert path.house.post(f"{path.root}/pass-iae/1/suspend", said, *path.nadia).status_code == 413
    criteria = {"criteria": ["rsa"] * 5_000}
    assert path.house.post(f"{path.root}/eligibility-checks", criteria, *path.camille).status_code in {409, 422}


def recorded_elsewhere(path: Path, candidate: str, number: str) -> httpx.Response:
    first = path.day(400)
    ends_on = add_days(first, 729).isoformat()
    right = {"number": number, "starts_on": first.isoformat(), "ends_on": ends_on, "origin": "admin"}
    return path.house.post(f"/v1/candidates/{candidate}/pass-iae/record-right", right, "staff")


def test_no_two_people_have_the_same_number(path: Path) -> None:
    other = path.house.candidate("camille", path.cast.agency)
    number = "BZ" + f"{uuid7().int % 10**10:010}"
    done(recorded_elsewhere(path, path.candidate, number), 201)
    assert problem(recorded_elsewhere(path, other, number)) == (409, "pass-iae/number-taken")
    assert path.house.get(f"/v1/candidates/{other}/pass-iae/1", *path.camille).status_code == 404


def test_staff_delivers_twice_at_once_and_the_person_has_one_pass(path: Path) -> None:
    unknown = Path(path.house, path.cast, path.house.candidate("camille", path.cast.agency), path.now)
    assert hired(unknown)["state"]["delivery"] == "manual"
    by_hand = {
        "application": "job-application-1",
        "starts_on": unknown.day(25).isoformat(),
        "diagnosis": "eligibility-check-1",
        "company": unknown.cast.company,
        "company_kinds": ["aci"],
        "sender_kind": "prescriber",
        "sender_kinds": ["ft"],
    }
    with ThreadPoolExecutor(4) as many:
        answers = list(many.map(lambda _: unknown.tell(20, None, "pass-iae", by_hand), range(4)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {problem(answer)[1] for answer in answers if answer.status_code == 409} == {"pass-iae/already-under-pass"}
    assert unknown.read("hirings/1", unknown.nadia)["state"]["pass_iae"] == "pass-iae-1"


def test_people_hired_at_once_have_numbers_of_their_own(path: Path) -> None:
    people = [
        Path(
            path.house,
            path.cast,
            path.house.candidate("camille", path.cast.agency, france_travail_id=f"{uuid7().int % 10_000_000:07}B"),
            path.now,
        )
        for _ in range(12)
    ]
    with ThreadPoolExecutor(8) as many:
        assert [each["state"]["pass_iae"] for each in many.map(hired, people)] == ["pass-iae-1"] * len(people)
    numbers = {each.read("pass-iae/1", each.nadia)["state"]["number"] for each in people}
    assert len(numbers) == len(people)


@pytest.mark.parametrize(
    ("instant", "status"),
    [
        ("1900-01-01T00:00:00Z", 404),
        ("2199-12-31T23:59:59Z", 200),
        ("0001-01-01T00:00:00Z", 422),
        ("9999-12-31T23:59:59Z", 422),
        ("2026-01-01", 422),
    ],
)
def test_a_pass_is_read_as_of_any_instant_of_our_centuries(path: Path, instant: str, status: int) -> None:
    hired(path)
    headers = path.house.headers(*path.nadia)
    answer = path.house.http.get(f"{path.root}/pass-iae/1", params={"as_of": instant}, headers=headers)
    assert answer.status_code == status


def test_a_pass_is_paused_once_however_many_ask_at_once(path: Path) -> None:
    hired(path)
    pause = {"reason": "contract_suspended", "starts_on": path.day(15).isoformat()}
    with ThreadPoolExecutor(4) as many:
        answers = list(many.map(lambda _: path.tell(15, path.nadia, "pass-iae/1/suspend", pause), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert {problem(answer)[1] for answer in answers if answer.status_code == 409} == {"pass-iae/already-suspended"}


def test_of_a_yes_and_a_no_at_once_one_is_the_answer(path: Path) -> None:
    ends_on = add_days(under_a_pass_of_elsewhere(path), 200).isoformat()
    request = {"reason": "senior", "ends_on": ends_on, "organisation": path.cast.agency, "prescriber": "camille"}
    done(path.tell(20, path.nadia, "pass-iae/1/request-prolongation", request))
    no = {"number": 1, "reason": "duration", "explanation": "Un an de moins suffirait."}
    said: list[tuple[str, Json]] = [("grant-prolongation", {"number": 1}), ("deny-prolongation", no)]
    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(lambda each: path.tell(18, path.camille, f"pass-iae/1/{each[0]}", each[1]), said))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert {problem(each)[1] for each in answers if each.status_code == 409} == {"pass-iae/already-answered"}
