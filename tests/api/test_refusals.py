"""Who is turned away, with which words."""

import httpx
import pytest
from uuid_utils.compat import uuid7

from infrastructure.identity.principal import Scope
from tests.api.conftest import Cast, House
from tests.api.test_commands import applied

#: Nobody: the same in every process, because tests are named after it.
SOMEBODY = "01a20b13-72e2-7642-bac3-c3d3bccb056e"


def told(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_every_bad_token_gets_the_same_answer(house: House) -> None:
    good = house.token("camille")
    head, claims, signature = good.split(".")
    bad: list[list[tuple[str, str]]] = [
        [],
        [("Authorization", "")],
        [("Authorization", "Basic Y2FtaWxsZTpwYXNz")],
        [("Authorization", "Bearer nonsense")],
        [("Authorization", f"Bearer {head}.{claims}.")],
        [("Authorization", f"Bearer {head}.{claims}.{signature[:-4]}AAAA")],
        [("Authorization", f"Bearer {good}")] * 2,
        [("Authorization", f"Bearer {'a' * 100_000}")],
    ]
    answers = [house.http.post("/v1/candidates", json={}, headers=headers) for headers in bad[:-1]]
    answers.append(house.http.get("/v1/indicators", params={"access_token": good}))
    assert {answer.status_code for answer in answers} == {401}
    assert {answer.text for answer in answers} == {answers[0].text}
    assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}
    # Headers that the server itself finds too large never reach the application.
    assert house.http.post("/v1/candidates", json={}, headers=bad[-1]).status_code in {400, 401, 431}


def test_an_application_without_the_scope_is_told_which_one(house: House) -> None:
    headers = {"Authorization": f"Bearer {house.token('analyst', 'pilotage')}"}
    answer = house.http.post("/v1/candidates", json={}, headers=headers)
    assert told(answer) == (403, "scope-missing")
    assert answer.headers["www-authenticate"] == 'Bearer error="insufficient_scope", scope="parcours.command"'
    for path in ("/v1/events?partition=0", f"/v1/candidates/{uuid7()}/history"):
        assert told(house.http.get(path, headers=headers)) == (403, "scope-missing")


def test_each_refusal_of_permission_has_its_reason(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    candidate = address.rpartition("/job-applications")[0]
    register = {"first_name": "Awa", "last_name": "Diallo"}
    institution = house.organisation("ddets_iae", "dominique")
    join = {"organisation": cast.orienter}
    assert told(house.post("/v1/organisations", {"name": "X", "kinds": ["aci"]}, "nadia", cast.company)) == (
        403,
        "not-your-role",
    )
    assert told(house.post("/v1/candidates", register, "dominique", institution)) == (
        403,
        "not-your-kind-of-organisation",
    )
    assert told(house.post(f"{candidate}/join-organisation", join, "pierre", cast.orienter)) == (
        403,
        "organisation-not-authorised",
    )
    assert told(house.post(f"{address}/start-processing", {}, "paul", cast.rival)) == (403, "not-your-dossier")
    assert told(house.post(f"{address}/transfer", {"to": cast.rival}, "nadia", cast.company)) == (
        403,
        "not-member-of-the-other",
    )
    assert told(house.post(f"{address}/start-processing", {}, "paul", cast.company)) == (403, "not-a-member")
    assert told(house.post(f"{address}/start-processing", {}, "paul", str(uuid7()))) == (403, "not-a-member")


def test_somebody_who_has_left_is_refused_at_the_next_request(house: House) -> None:
    company = house.organisation("aci", "first", "second")
    address = f"/v1/organisations/{company}"
    assert house.get(address, "second", company).status_code == 200
    house.post(f"{address}/remove-member", {"subject": "second"}, "staff")
    assert told(house.get(address, "second", company)) == (403, "not-a-member")
    assert told(house.post(f"{address}/rename", {"name": "X"}, "second", company)) == (403, "not-a-member")


def test_what_does_not_exist_and_what_is_not_for_you_look_the_same(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    candidate = address.rpartition("/job-applications")[0]
    unknown = f"/v1/candidates/{uuid7()}"
    answers = [
        house.get(path, "paul", cast.rival)
        for path in (unknown, candidate, f"{candidate}/timeline", f"{unknown}/timeline", address,
                     f"{unknown}/job-applications/1", f"/v1/organisations/{cast.company}",
                     f"/v1/organisations/{cast.company}/caseload", f"/v1/organisations/{uuid7()}/caseload")
    ]  # fmt: skip
    answers.append(house.get(f"{candidate}/job-applications/2", "nadia", cast.company))
    answers.append(house.get(f"{candidate}/orientations/1", "nadia", cast.company))
    assert {told(answer) for answer in answers} == {(404, "unknown")}
    assert {answer.text for answer in answers} == {answers[0].text}


def test_whether_a_dossier_exists_is_not_told_to_who_acts_for_nobody(house: House, cast: Cast) -> None:
    known = house.candidate("camille", cast.agency)
    assert told(house.get(f"/v1/candidates/{known}", "paul", cast.company)) == (403, "not-a-member")
    assert told(house.get(f"/v1/candidates/{uuid7()}", "paul", cast.company)) == (403, "not-a-member")


def test_commands_to_what_does_not_exist_are_unknown(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    body = {"company": cast.company, "message": "Motivée"}
    assert told(house.post(f"/v1/candidates/{uuid7()}/job-applications", body, "camille", cast.agency)) == (
        404,
        "unknown",
    )
    path = f"/v1/candidates/{candidate}/job-applications/9/start-processing"
    assert told(house.post(path, {}, "nadia", cast.company)) == (404, "unknown")
    assert told(house.http.get("/v1/nothing", headers=house.headers("camille"))) == (404, "unknown")


def test_a_rule_says_no_with_a_type_a_sentence_and_facts(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    candidate = address.rpartition("/job-applications")[0]
    body = {"company": cast.company, "message": "Encore"}
    again = house.post(f"{candidate}/job-applications", body, "camille", cast.agency)
    assert told(again) == (409, "job-application/applied-recently")
    assert again.json()["details"] == {"applications": ["job-application-1"]}
    unknown = house.post(f"{candidate}/job-applications", {**body, "company": str(uuid7())}, "camille", cast.agency)
    assert told(unknown) == (409, "unknown-organisation")


@pytest.mark.parametrize(("accept", "title"), [
    (None, "Vous n’êtes pas membre actif de l’organisation pour laquelle vous agissez."),
    ("en", "You are not an active member of the organisation that you act for."),
    ("de, en-GB;q=0.5", "You are not an active member of the organisation that you act for."),
    ("*;q=x,,;;", "Vous n’êtes pas membre actif de l’organisation pour laquelle vous agissez."),
])  # fmt: skip
def test_the_title_is_the_sentence_in_the_language_asked_for(
    house: House, cast: Cast, accept: str | None, title: str
) -> None:
    more = {"Accept-Language": accept} if accept else {}
    assert house.get(f"/v1/organisations/{cast.company}", "paul", cast.company, **more).json()["title"] == title


def test_every_type_resolves_to_its_page(house: House, cast: Cast) -> None:
    page = house.http.get("/problems")
    answer = house.get(f"/v1/organisations/{cast.company}", "paul", cast.company)
    own = house.http.get(answer.json()["type"])
    assert (page.status_code, own.status_code) == (200, 200)
    assert answer.json()["title"].replace("'", "&#x27;") in own.text
    assert own.text.count("<section") == 1
    assert f'href="{answer.json()["type"]}"' in page.text
    assert told(house.http.get("/problems/no-such-thing")) == (404, "unknown")


@pytest.mark.parametrize(("method", "path"), [
    ("DELETE", "/v1/candidates"),
    ("PUT", f"/v1/candidates/{SOMEBODY}"),
    ("PATCH", f"/v1/candidates/{SOMEBODY}"),
    ("DELETE", f"/v1/candidates/{SOMEBODY}"),
    ("POST", f"/v1/candidates/{SOMEBODY}/history"),
    ("GET", f"/v1/candidates/{SOMEBODY}/job-applications/1/accept"),
    ("POST", "/health/live"),
])  # fmt: skip
def test_other_methods_are_not_allowed_and_the_right_one_is_said(house: House, method: str, path: str) -> None:
    answer = house.http.request(method, path, headers=house.headers("staff"))
    assert told(answer) == (405, "method-not-allowed")
    assert answer.headers["allow"]


def test_a_service_of_machines_does_not_command_unless_granted(house: House, cast: Cast) -> None:
    headers = {
        "Authorization": f"Bearer {house.token('feed', 'les-emplois', Scope.FEED)}",
        "Acting-Organisation": cast.agency,
    }
    assert told(house.http.post("/v1/candidates", json={}, headers=headers)) == (403, "scope-missing")
