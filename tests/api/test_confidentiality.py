"""Over HTTP: what somebody may not read is neither in answers to commands, nor in reading, nor in the timeline."""

from typing import Any

import pytest
from uuid_utils.compat import uuid7

from tests.api.conftest import Cast, House
from tests.api.test_commands import applied

WITHHELD = "[withheld]"
NIR = "290023512345678"


def sent(house: House, cast: Cast, candidate: str, by: tuple[str, str], receiver: str) -> Any:
    post = house.http.get("/openapi.json").json()["paths"]["/v1/candidates/{root}/orientations"]["post"]
    example = post["requestBody"]["content"]["application/json"]["example"]
    body = {**example, "receiver": receiver, "france_travail_number": "12345678901"}
    made = house.post(f"/v1/candidates/{candidate}/orientations", body, *by)
    assert made.status_code == 201, made.text
    return made


def told(house: House, candidate: str, subject: str, acting: str) -> list[str]:
    answer = house.get(f"/v1/candidates/{candidate}/timeline", subject, acting)
    assert answer.status_code == 200, answer.text
    return [line["event"] for line in answer.json()["items"]]


def test_comments_are_for_the_company_alone(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    candidate = address.split("/")[3]
    commented = house.post(f"{address}/add-comment", {"text": "Zanzibar"}, "nadia", cast.company)
    assert commented.json()["state"]["comments"]["1"]["text"] == "Zanzibar"
    theirs = house.get(address, "camille", cast.agency)
    assert (theirs.json()["state"]["comments"], "Zanzibar" in theirs.text) == (WITHHELD, False)
    house.catch_up()
    assert told(house, candidate, "nadia", cast.company)[-1] == "job-application.Commented"
    assert told(house, candidate, "camille", cast.agency)[-1] == "job-application.Submitted"


def test_an_employer_never_reads_the_other_applications_of_a_person(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    candidate = address.split("/")[3]
    body = {"company": cast.rival, "message": "Motivée"}
    house.post(f"/v1/candidates/{candidate}/job-applications", body, "camille", cast.agency)
    join = {"organisation": cast.rival}
    assert house.post(f"/v1/candidates/{candidate}/join-organisation", join, "paul", cast.rival).status_code == 200
    assert house.get(address, "paul", cast.rival).status_code == 404
    assert house.get(f"/v1/candidates/{candidate}/job-applications/2", "paul", cast.rival).status_code == 200
    house.catch_up()
    lines = house.get(f"/v1/candidates/{candidate}/timeline", "paul", cast.rival).json()["items"]
    assert {line["journey"] for line in lines} == {"candidate", "job-application-2"}


def test_a_page_of_the_timeline_moves_on_past_what_is_left_out(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    candidate = address.split("/")[3]
    house.post(f"{address}/add-comment", {"text": "Un"}, "nadia", cast.company)
    house.post(f"{address}/start-processing", {}, "nadia", cast.company)
    house.catch_up()
    seen, after = [], 0
    for _ in range(4):
        page = house.get(f"/v1/candidates/{candidate}/timeline?limit=1&after={after}", "camille", cast.agency).json()
        seen.append([line["event"] for line in page["items"]])
        after = page["next"] or after
    assert seen == [["candidate.Registered"], ["job-application.Submitted"], [], ["job-application.ProcessingStarted"]]


def test_who_accompanies_the_person_is_withheld_from_a_company(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    candidate = f"/v1/candidates/{address.split('/')[3]}"
    state = house.get(candidate, "nadia", cast.company).json()["state"]
    assert [state[name] for name in ("followers", "referents", "account")] == [WITHHELD] * 3
    house.catch_up()
    lines = house.get(f"{candidate}/timeline", "nadia", cast.company).json()["items"]
    assert [(line["event"], line["organisation"]) for line in lines] == [
        ("candidate.Registered", WITHHELD),
        ("job-application.Submitted", cast.agency),
    ]


@pytest.mark.parametrize("shared", [True, False])
def test_the_reason_of_a_refusal_is_told_to_the_person_only_if_it_is_shared(
    house: House, cast: Cast, *, shared: bool
) -> None:
    address, account = applied(house, cast), f"person-{uuid7()}"
    candidate = f"/v1/candidates/{address.split('/')[3]}"
    refusal = {"reason": "not_mobile", "shared": shared, "answer": "Non", "answer_to_prescriber": "Zanzibar"}
    refused = house.post(f"{address}/refuse", refusal, "nadia", cast.company)
    assert refused.json()["state"]["refusal_reason"] == "not_mobile"
    assert house.get(address, "camille", cast.agency).json()["state"]["answer_to_prescriber"] == "Zanzibar"
    house.post(f"{candidate}/link-account", {"account": account}, "staff")
    headers = {"Authorization": f"Bearer {house.token(account, 'les-emplois')}"}
    own = house.http.get(address, headers=headers)
    assert (own.json()["state"]["answer"], own.json()["state"]["answer_to_prescriber"]) == ("Non", WITHHELD)
    assert own.json()["state"]["refusal_reason"] == ("not_mobile" if shared else WITHHELD)
    house.catch_up()
    lines = house.http.get(f"{candidate}/timeline", headers=headers).json()["items"]
    assert [line["sentence"] for line in lines if line["event"] == "job-application.Refused"] == [
        "Candidature déclinée (Candidat non mobile)" if shared else "Candidature déclinée (non communiqué)"
    ]


def test_a_service_gets_the_number_when_it_accepts(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    made = sent(house, cast, candidate, ("camille", cast.agency), cast.service)
    address = made.headers["location"]
    assert made.json()["state"]["sent"]["france_travail_number"] == "12345678901"
    before = house.get(address, "ines", cast.service).json()["state"]["sent"]
    assert (before["france_travail_number"], before["beneficiary_last_name"]) == (WITHHELD, "Diallo")
    messages = {"message_to_beneficiary": "Venez", "message_to_prescriber": "Merci"}
    accepted = house.post(f"{address}/accept", messages, "ines", cast.service)
    assert accepted.json()["state"]["sent"]["france_travail_number"] == "12345678901"
    early = house.get(f"{address}?version=1", "ines", cast.service).json()["state"]["sent"]
    assert early["france_travail_number"] == WITHHELD


def test_a_service_that_refuses_forgets_the_person_at_once(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    address = sent(house, cast, candidate, ("camille", cast.agency), cast.service).headers["location"]
    refusal = {"reasons": ["session_full"], "message": "Complet"}
    refused = house.post(f"{address}/refuse", refusal, "ines", cast.service)
    assert refused.json()["stage"] == "refused"
    for answer in (refused, *(house.get(f"{address}{at}", "ines", cast.service) for at in ("", "?version=1"))):
        state = answer.json()["state"]["sent"]
        assert {state[name] for name in ("beneficiary_last_name", "beneficiary_email", "reasons")} == {WITHHELD}
        assert "Diallo" not in answer.text
    assert house.get(f"/v1/candidates/{candidate}", "ines", cast.service).status_code == 404
    assert house.get(address, "camille", cast.agency).json()["state"]["sent"]["beneficiary_last_name"] == "Diallo"


def test_a_held_orientation_is_invisible_to_the_service(house: House, cast: Cast) -> None:
    candidate = house.candidate("tom", cast.newcomer)
    made = sent(house, cast, candidate, ("tom", cast.newcomer), cast.service)
    assert made.json()["stage"] == "held"
    address = made.headers["location"]
    assert house.get(address, "ines", cast.service).status_code == 404
    assert house.get(f"/v1/candidates/{candidate}", "ines", cast.service).status_code == 404
    assert house.post(f"{address}/release-from-moderation", {}, "staff").status_code == 200
    assert house.get(address, "ines", cast.service).status_code == 200


def test_numbers_are_withheld_by_kind_of_organisation(house: House, cast: Cast) -> None:
    candidate = house.candidate("odile", cast.council, department_internal_id="D-7", internal_id_department="35")
    address = f"/v1/candidates/{candidate}"
    for subject, organisation in (("karim", cast.delegate), ("leila", cast.mission)):
        join = house.post(f"{address}/join-organisation", {"organisation": organisation}, subject, organisation)
        assert join.status_code == 200, join.text
    seen = {
        subject: house.get(address, subject, organisation).json()["state"]
        for subject, organisation in (("odile", cast.council), ("karim", cast.delegate), ("leila", cast.mission))
    }
    assert {subject: (state["nir"], state["department_internal_id"]) for subject, state in seen.items()} == {
        "odile": (None, "D-7"),
        "karim": (WITHHELD, "D-7"),
        "leila": (None, WITHHELD),
    }


def test_whoever_leaves_a_dossier_is_not_answered_with_it(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    body = {"organisation": cast.agency}
    joined = house.post(f"/v1/candidates/{candidate}/join-organisation", {"organisation": cast.mission}, "leila",
                        cast.mission)  # fmt: skip
    left = house.post(f"/v1/candidates/{candidate}/leave-organisation", body, "camille", cast.agency)
    assert (joined.status_code, left.status_code, left.json()["state"]) == (200, 200, None)
    assert house.get(f"/v1/candidates/{candidate}", "camille", cast.agency).status_code == 404


def test_an_answer_given_again_is_not_given_to_whoever_lost_their_place(house: House) -> None:
    company = house.organisation("aci", "first", "second")
    address, key = f"/v1/organisations/{company}/open-applications", {"Idempotency-Key": uuid7().hex}
    assert house.post(f"/v1/organisations/{company}/block-applications", {}, "second", company).status_code == 200
    assert house.post(address, {}, "second", company, **key).status_code == 200
    house.post(f"/v1/organisations/{company}/remove-member", {"subject": "second"}, "staff")
    assert house.post(address, {}, "second", company, **key).status_code == 403


def test_auditors_read_everything(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    house.post(f"{address}/add-comment", {"text": "Zanzibar"}, "nadia", cast.company)
    history = house.http.get(
        f"/v1/candidates/{address.split('/')[3]}/history",
        headers={"Authorization": f"Bearer {house.token('auditor', 'audit')}"},
    )
    assert history.json()["items"][-1]["after"]["comments"]["1"]["text"] == "Zanzibar"
