"""What a client may count on when it reads: as it was, page by page, in two languages."""

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from time import monotonic, sleep
from typing import Any

from uuid_utils.compat import uuid7

from infrastructure.identity.principal import Scope
from tests.api.conftest import Cast, House
from tests.api.test_commands import applied
from tests.api.test_refusals import told


def auditor(house: House) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.token('auditor', 'audit')}"}


def analyst(house: House) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.token('analyst', 'pilotage')}"}


def follower(house: House) -> dict[str, str]:
    return {"Authorization": f"Bearer {house.token('feed', 'dora', Scope.FEED)}"}


def studied(house: House, cast: Cast) -> str:
    """The address of an application with three events of its own."""
    address = applied(house, cast)
    for step in ("start-processing", "postpone"):
        assert house.post(f"{address}/{step}", {}, "nadia", cast.company).status_code == 200
    return address


def test_a_journey_is_read_as_it_stood_at_a_version(house: House, cast: Cast) -> None:
    address = studied(house, cast)
    reads = {at: house.get(f"{address}{at}", "nadia", cast.company) for at in ("", "?version=1", "?version=2")}
    assert {at: (read.json()["stage"], read.headers["etag"]) for at, read in reads.items()} == {
        "": ("postponed", '"3"'),
        "?version=1": ("new", '"1"'),
        "?version=2": ("processing", '"2"'),
    }
    assert told(house.get(f"{address}?version=4", "nadia", cast.company)) == (404, "unknown")


def test_a_journey_is_read_as_it_was_known_at_an_instant(house: House, cast: Cast) -> None:
    address = studied(house, cast)
    candidate = address.split("/")[3]
    items = house.http.get(f"/v1/candidates/{candidate}/history", headers=auditor(house)).json()["items"]
    instants = [datetime.fromisoformat(item["recorded_at"]) for item in items]

    def stage(at: datetime) -> Any:
        answer = house.http.get(address, params={"as_of": at.isoformat()}, headers=house.headers("nadia", cast.company))
        return answer.json()["stage"] if answer.status_code == 200 else told(answer)

    assert [stage(instant) for instant in instants[1:]] == ["new", "processing", "postponed"]
    assert stage(instants[1] - timedelta(microseconds=1)) == (404, "unknown")
    assert stage(instants[2] - timedelta(microseconds=1)) == "new"


def test_a_history_is_read_page_by_page(house: House, cast: Cast) -> None:
    candidate = studied(house, cast).split("/")[3]
    path, pages, after = f"/v1/candidates/{candidate}/history", [], 0
    while True:
        page = house.http.get(path, params={"limit": 3, "after": after}, headers=auditor(house)).json()
        pages.append([item["root_version"] for item in page["items"]])
        if page["next"] is None:
            break
        after = page["next"]
    assert pages == [[1, 2, 3], [4]]
    short = house.http.get(path, params={"up_to": 2}, headers=auditor(house)).json()
    assert ([item["root_version"] for item in short["items"]], short["next"]) == ([1, 2], None)
    beyond = house.http.get(path, params={"after": 99}, headers=auditor(house)).json()
    assert beyond == {"items": [], "next": None}


def test_a_history_says_who_when_for_whom_and_what_changed(house: House, cast: Cast) -> None:
    candidate = studied(house, cast).split("/")[3]
    line = house.http.get(f"/v1/candidates/{candidate}/history", headers=auditor(house)).json()["items"][2]
    assert [line[name] for name in ("journey", "journey_version", "event", "actor", "role", "client", "origin")] == [
        "job-application-1", 2, "job-application.ProcessingStarted", "nadia", "administrator", "les-emplois", "command",
    ]  # fmt: skip
    assert (line["stage_before"], line["stage_after"]) == ("new", "processing")
    assert (line["organisation"]["id"], line["organisation"]["kinds"]) == (cast.company, ["aci"])


def test_nothing_was_known_before_anything_happened(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    params = {"as_of": "2020-01-01T00:00:00Z"}
    read = house.http.get(f"/v1/candidates/{candidate}", params=params, headers=house.headers("camille", cast.agency))
    assert told(read) == (404, "unknown")
    answer = house.http.get(f"/v1/candidates/{candidate}/history", params=params, headers=auditor(house))
    assert answer.json() == {"items": [], "next": None}


def test_a_spreadsheet_runs_nothing_of_a_history(house: House, cast: Cast) -> None:
    subject = "=cmd|calc"
    organisation = house.organisation("ft", subject)
    candidate = house.candidate(subject, organisation, first_name="Awa\n=1+1")
    path = f"/v1/candidates/{candidate}/history"
    answer = house.http.get(path, params={"format": "csv"}, headers=auditor(house))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    (line,) = csv.DictReader(io.StringIO(answer.text))
    assert (line["event"], line["actor"]) == ("candidate.Registered", "'=cmd|calc")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in line.values())


def test_the_timeline_speaks_french_and_english(house: House, cast: Cast) -> None:
    address = studied(house, cast)
    house.catch_up()
    path = f"/v1/candidates/{address.split('/')[3]}/timeline"
    said = {}
    for language in ("fr", "en"):
        answer = house.get(path, "camille", cast.agency, **{"Accept-Language": language})
        assert answer.headers["content-language"] == language
        said[language] = [line["sentence"] for line in answer.json()["items"]]
    assert (said["fr"][0], said["en"][0]) == ("Personne enregistrée", "Person registered")
    assert len(said["fr"]) == len(said["en"]) == 4
    assert not set(said["fr"]) & set(said["en"])


def test_a_caseload_is_read_page_by_page_with_labels(house: House, cast: Cast) -> None:
    company = house.organisation("aci", "solene")
    for _ in range(3):
        candidate = house.candidate("camille", cast.agency)
        body = {"company": company, "message": "Motivée"}
        house.post(f"/v1/candidates/{candidate}/job-applications", body, "camille", cast.agency)
    house.catch_up()
    path = f"/v1/organisations/{company}/caseload"
    first = house.get(f"{path}?limit=2", "solene", company).json()
    rest = house.http.get(
        path, params={"limit": 2, "after": first["next"]}, headers=house.headers("solene", company)
    ).json()
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert len({item["candidate"] for item in (*first["items"], *rest["items"])}) == 3
    case = first["items"][0]
    assert (case["journey"], case["stage"], case["sides"], case["overdue"]) == (
        "job-application-1",
        "new",
        ["receiver"],
        False,
    )
    assert "refuse-automatically" not in {offered["command"] for offered in case["next"]}
    assert house.get(f"{path}?overdue=true", "solene", company).json() == {"items": [], "next": None}


def test_the_feed_goes_on_from_a_cursor(house: House, cast: Cast) -> None:
    address = studied(house, cast)
    root = f"candidate/{address.split('/')[3]}"
    heads = house.http.get("/v1/events/partitions", headers=follower(house)).json()["partitions"]
    assert len(heads) == 8
    found = []
    for partition, head in enumerate(heads):
        after = 0
        while True:
            params = {"partition": partition, "after": after, "limit": 7}
            page = house.http.get("/v1/events", params=params, headers=follower(house)).json()
            found += [event for event in page["items"] if event["root"] == root]
            assert [event["offset"] for event in page["items"]] == [
                after + step for step in range(1, len(page["items"]) + 1)
            ]
            if not page["items"]:
                break
            after = page["next"]
        assert after == head
    assert [event["name"] for event in found] == [
        "candidate.Registered",
        "job-application.Submitted",
        "job-application.ProcessingStarted",
        "job-application.Postponed",
    ]
    assert (found[0]["data"]["first_name"], found[1]["data"]["message"]) == ("[sealed]", "[sealed]")


def test_a_long_poll_is_woken_by_an_event_and_ends_in_time(house: House, cast: Cast) -> None:
    address = applied(house, cast)
    headers = follower(house)
    position = house.post(f"{address}/start-processing", {}, "nadia", cast.company).json()["events"][-1]["position"]
    partition, _, offset = position.partition(".")

    def wait(seconds: int) -> tuple[list[str], float]:
        begun = monotonic()
        params: dict[str, Any] = {"partition": partition, "after": offset, "wait": seconds}
        answer = house.http.get("/v1/events", params=params, headers=headers)
        return [event["name"] for event in answer.json()["items"]], monotonic() - begun

    names, took = wait(1)
    assert (names, 1 <= took < 5) == ([], True)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(wait, 20)
        sleep(0.5)
        house.post(f"{address}/postpone", {}, "nadia", cast.company)
        names, took = waiting.result()
    assert (names, took < 15) == (["job-application.Postponed"], True)


def steward(house: House) -> dict[str, str]:
    """Somebody who may read the indicators and may see persons."""
    return {"Authorization": f"Bearer {house.token('steward', 'demo')}"}


WITHOUT_SOLUTION = "/v1/indicators/without-solution-30-days"


def this_month() -> dict[str, str]:
    month = datetime.now().astimezone().strftime("%Y-%m")
    return {"from": month, "to": month}


def test_an_indicator_says_its_definition_and_what_was_known(house: House, cast: Cast) -> None:
    applied(house, cast)
    house.catch_up()
    params = this_month()
    for version in ("1", "2"):
        asked = house.http.get(WITHOUT_SOLUTION, params={**params, "version": version}, headers=steward(house)).json()
        assert asked["indicator"]["version"] == int(version)
    answer = house.http.get(WITHOUT_SOLUTION, params=params, headers=steward(house)).json()
    assert (answer["indicator"]["version"], answer["secrecy"], answer["known_now"]) == (2, "none", None)
    (figure,) = answer["figures"]
    assert [figure[name] for name in ("status", "why", "complete")] == ["not_available", "immature", False]
    assert figure["waiting"] > 0
    assert "numerator" not in figure
    past = {**params, "as_of": "2020-01-01T00:00:00Z"}
    then = house.http.get(WITHOUT_SOLUTION, params=past, headers=steward(house)).json()
    assert (then["data_date"], then["figures"][0]["waiting"]) == ("2020-01-01", 0)
    assert [each["revision_points"] for each in then["known_now"]] == [None]


def test_a_stock_is_asked_of_the_same_indicator(house: House, cast: Cast) -> None:
    applied(house, cast)
    house.catch_up()
    params = {"measure": "stock", "by": "organisation_families"}
    answer = house.http.get(WITHOUT_SOLUTION, params=params, headers=steward(house)).json()
    assert (answer["measure"], answer["by"]) == ("stock", "organisation_families")
    assert {figure["month"] for figure in answer["figures"]} == {None}
    assert told(house.http.get("/v1/indicators/no-such-thing", headers=steward(house))) == (404, "unknown")
    assert told(house.http.get(f"{WITHOUT_SOLUTION}?version=9", headers=steward(house))) == (404, "unknown")


def test_every_indicator_of_the_catalogue_answers_whatever_it_is_divided_by(house: House, cast: Cast) -> None:
    applied(house, cast)
    house.catch_up()
    known = house.http.get("/v1/indicators", headers=analyst(house)).json()["items"]
    assert {"without-solution-30-days", "application-acceptance"} <= {definition["id"] for definition in known}
    for definition in known:
        for by in ("none", *definition["dimensions"]):
            params = {**this_month(), "by": by, "version": str(definition["version"])}
            for who in (analyst(house), steward(house)):
                answer = house.http.get(f"/v1/indicators/{definition['id']}", params=params, headers=who)
                assert answer.status_code == 200, answer.text
                assert answer.json()["indicator"]["version"] == definition["version"]


def test_an_analyst_does_not_see_the_few_whom_staff_see(house: House, cast: Cast) -> None:
    applied(house, cast)
    house.catch_up()
    path = "/v1/indicators/applications-waiting-30-days"
    seen, hidden = (house.http.get(path, headers=who(house)).json() for who in (steward, analyst))
    assert (seen["secrecy"], seen["figures"][0]["status"]) == ("none", "published")
    assert (hidden["secrecy"], [figure["status"] for figure in hidden["figures"]]) == ("statistical", ["secret"])
    assert not {"numerator", "denominator", "share"} & hidden["figures"][0].keys()
    assert hidden["data_date"] < seen["data_date"]


def test_figures_come_as_csv_too_with_empty_cells_and_never_a_zero_instead(house: House, cast: Cast) -> None:
    applied(house, cast)
    house.catch_up()
    params = {**this_month(), "format": "csv", "as_of": datetime.now().astimezone().isoformat()}
    answer = house.http.get(WITHOUT_SOLUTION, params=params, headers=analyst(house))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    (line,) = csv.DictReader(io.StringIO(answer.text))
    assert (line["indicator"], line["version"], line["modality"]) == ("without-solution-30-days", "2", "all")
    assert (line["status"], line["why"], line["status_now"]) == ("not_available", "immature", "not_available")
    assert {line[name] for name in ("numerator", "denominator", "share", "waiting", "revision_points")} == {""}


def test_the_work_list_of_an_indicator_is_for_who_takes_part_in_the_dossiers(house: House, cast: Cast) -> None:
    agency, company = house.organisation("ft", "ines"), house.organisation("opcs", "lou")
    hired, waiting = (house.candidate("ines", agency) for _ in range(2))
    for candidate in (hired, waiting):
        body = {"company": company, "message": "Motivée"}
        house.post(f"/v1/candidates/{candidate}/job-applications", body, "ines", agency)
    accepting = f"/v1/candidates/{hired}/job-applications/1/accept"
    for step in ("start-processing", "accept"):
        body = {"starts_on": datetime.now().astimezone().date().isoformat()} if step == "accept" else {}
        answer = house.post(accepting.replace("accept", step), body, "lou", company)
        assert answer.status_code == 200, answer.text
    house.catch_up()

    def listed(who: str, organisation: str, **more: str) -> Any:
        params = {"indicator": "hires-accepted", **this_month(), **more}
        path = f"/v1/organisations/{organisation}/work-list"
        return house.http.get(path, params=params, headers=house.headers(who, organisation))

    (item,) = listed("ines", agency).json()["items"]
    assert (item["candidate"], item["journey"], item["standing"]) == (hired, "job-application-1", "hire_accepted")
    assert listed("camille", cast.agency).json()["items"] == []
    assert told(listed("ines", cast.agency)) == (404, "unknown")
    assert told(listed("ines", agency, indicator="no-such-thing")) == (404, "unknown")
    assert listed("ines", agency, measure="stock").status_code == 422
    stock = listed("ines", agency, indicator="without-solution-30-days", measure="stock").json()
    assert (stock["items"], stock["next"]) == ([], None)


def test_a_work_list_is_read_page_by_page(house: House, cast: Cast) -> None:
    agency, company = house.organisation("ft", "ines"), house.organisation("opcs", "lou")
    hired = sorted(house.candidate("ines", agency) for _ in range(3))
    for candidate in hired:
        address = f"/v1/candidates/{candidate}/job-applications"
        house.post(address, {"company": company, "message": "Motivée"}, "ines", agency)
        house.post(f"{address}/1/start-processing", {}, "lou", company)
        starts = {"starts_on": datetime.now().astimezone().date().isoformat()}
        house.post(f"{address}/1/accept", starts, "lou", company)
    house.catch_up()
    pages, after = [], None
    while True:
        params = {"indicator": "hires-accepted", **this_month(), "limit": "2", **({"after": after} if after else {})}
        path = f"/v1/organisations/{agency}/work-list"
        page = house.http.get(path, params=params, headers=house.headers("ines", agency)).json()
        pages.append([item["candidate"] for item in page["items"]])
        after = page["next"]
        if after is None:
            break
    assert pages == [hired[:2], hired[2:]]


def test_staff_read_a_dossier_and_nobody_reads_one_that_is_not(house: House, cast: Cast) -> None:
    candidate = house.candidate("camille", cast.agency)
    assert house.get(f"/v1/candidates/{candidate}", "staff").status_code == 200
    assert told(house.get(f"/v1/candidates/{uuid7()}", "staff")) == (404, "unknown")
    assert told(house.http.get(f"/v1/candidates/{uuid7()}/history", headers=auditor(house))) == (404, "unknown")
