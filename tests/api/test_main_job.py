"""The main job from the outside: commands in, events kept, projections read, history replayed."""

from tests.api.conftest import House


def test_a_person_is_registered_sent_to_a_company_and_hired_and_the_history_says_so(house: House) -> None:
    prescriber = house.organisation("ft", "camille")
    company = house.organisation("aci", "nadia")
    candidate = house.candidate("camille", prescriber)
    address = f"/v1/candidates/{candidate}"

    applied = house.post(
        f"{address}/job-applications", {"company": company, "message": "Motivée"}, "camille", prescriber
    )
    assert applied.status_code == 201, applied.text
    assert applied.headers["location"] == f"{address}/job-applications/1"
    accepted = house.post(f"{address}/job-applications/1/start-processing", {}, "nadia", company)
    assert (accepted.status_code, accepted.json()["stage"], accepted.headers["etag"]) == (200, "processing", '"2"')

    history = house.http.get(
        f"{address}/history", headers={"Authorization": f"Bearer {house.token('auditor', 'audit')}"}
    )
    assert [line["event"] for line in history.json()["items"]] == [
        "candidate.Registered",
        "job-application.Submitted",
        "job-application.ProcessingStarted",
    ]
