"""What is exported of people's courses: read and discovered by `pm4py`, always the same, and nobody is in it."""

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from subprocess import run
from typing import Any, Final
from xml.etree import ElementTree as ET

import pytest
from rich.progress import Progress
from uuid_utils.compat import uuid7

from api.exporting import export_ocel
from domain.calendar import paris_day
from domain.catalogue import CATALOGUE
from infrastructure.codec import UnknownEvent, write_metadata
from infrastructure.event_store import NewRow
from tests.api.conftest import House
from tests.api.process import discovered, picture
from tests.api.test_operations import another_house
from tests.api.test_sql import environment
from tests.conftest import DatabaseFactory
from tests.projections.world import METADATA, NOON

PICTURE: Final = Path(__file__).parents[2] / "docs" / "process.svg"
NAME, MAIL, COMMENT = "Zanzibarine", "zanzibarine@example.org", "Une phrase libre"


def exported(house: House, file: Path) -> Any:
    export_ocel(house.settings, file, Progress(disable=True))
    return json.loads(file.read_bytes())


@pytest.fixture
def house(make_database: DatabaseFactory, tmp_path: Path) -> Any:
    with another_house(make_database(4), tmp_path) as made:
        yield made


def story(house: House) -> Mapping[str, str]:
    """Two people apply to one company: one application is studied and put on hold, the other one studied."""
    mission, company = house.organisation("ml", "leila"), house.organisation("aci", "nadia")
    people = []
    for step in (("start-processing", "postpone"), ("start-processing",)):
        person = house.candidate("leila", mission, first_name=NAME, last_name=NAME)
        people.append(person)
        address = f"/v1/candidates/{person}/job-applications"
        body = {"company": company, "message": COMMENT}
        assert house.post(address, body, "leila", mission).status_code == 201
        for each in step:
            assert house.post(f"{address}/1/{each}", {}, "nadia", company).status_code == 200
    return {"mission": mission, "company": company, "first": people[0], "second": people[1]}


def test_pm4py_reads_it_and_discovers_the_process(house: House, tmp_path: Path) -> None:
    story(house)
    exported(house, tmp_path / "courses.json")
    log, edges = discovered(tmp_path / "courses.json")
    registered, submitted = "candidate.Registered", "job-application.Submitted"
    processing, postponed = "job-application.ProcessingStarted", "job-application.Postponed"
    assert (len(log.events), len(log.objects), len(log.o2o)) == (7, 6, 6)
    assert edges == {
        "candidate": {(registered, submitted): 2, (submitted, processing): 2, (processing, postponed): 1},
        "job-application": {(submitted, processing): 2, (processing, postponed): 1},
        # Both of the mission locale and of the company: the two submissions follow each other for each of them.
        "organisation": {
            (registered, registered): 1,
            (registered, submitted): 1,
            (submitted, submitted): 1,
            (submitted, processing): 1,
            (processing, processing): 1,
            (processing, postponed): 1,
        },
    }


def test_an_event_says_its_day_its_order_and_who_took_part_under_a_pseudonym(house: House, tmp_path: Path) -> None:
    story(house)
    document = exported(house, tmp_path / "courses.json")
    today = paris_day(house.core.clock.now())
    by_course: dict[str, list[Any]] = {}
    for event in document["events"]:
        by_course.setdefault(event["id"].partition("/")[0], []).append(event)
    longest = max(by_course.values(), key=len)
    assert [(each["type"], each["time"]) for each in longest] == [
        ("candidate.Registered", f"{today}T00:00:00Z"),
        ("job-application.Submitted", f"{today}T00:00:01Z"),
        ("job-application.ProcessingStarted", f"{today}T00:00:02Z"),
        ("job-application.Postponed", f"{today}T00:00:03Z"),
    ]
    assert [[part["qualifier"] for part in each["relationships"]] for each in longest] == [
        ["candidate", "organisation"],
        ["journey", "candidate", "company", "sender_organisation"],
        ["journey", "candidate", "acting"],
        ["journey", "candidate", "acting"],
    ]
    assert longest[0]["attributes"] == [
        {"name": "origin", "value": "command"},
        {"name": "role", "value": "administrator"},
    ]


def test_everything_that_is_named_is_there_once_and_declared(house: House, tmp_path: Path) -> None:
    story(house)
    document = exported(house, tmp_path / "courses.json")
    objects = Counter(each["id"] for each in document["objects"])
    assert set(objects.values()) == {1}
    named = [part["objectId"] for each in (*document["objects"], *document["events"]) for part in each["relationships"]]
    assert set(named) <= set(objects)
    for kind, told in (("objectTypes", "objects"), ("eventTypes", "events")):
        declared = {each["name"]: {attribute["name"] for attribute in each["attributes"]} for each in document[kind]}
        assert all({value["name"] for value in each["attributes"]} <= declared[each["type"]] for each in document[told])
    families = sorted(each["attributes"][0]["value"] for each in document["objects"] if each["type"] == "organisation")
    assert families == ["prescriber", "siae"]


def test_nobody_is_in_it(house: House, tmp_path: Path) -> None:
    """No name, text, identifier of a person or an organisation, professional, application or time of day."""
    known = story(house)
    exported(house, tmp_path / "courses.json")
    text = (tmp_path / "courses.json").read_text(encoding="utf-8")
    canaries = (NAME, MAIL, COMMENT, "1990", "leila", "nadia", "les-emplois", "sealed", *known.values())
    assert [each for each in canaries if each in text] == []
    assert set(re.findall(r"T(\d\d:\d\d):", text)) == {"00:00"}
    assert (tmp_path / "courses.json").stat().st_mode & 0o777 == 0o600


def test_the_same_log_is_the_same_bytes_and_a_longer_one_has_other_pseudonyms(house: House, tmp_path: Path) -> None:
    story(house)
    first, again, later = (tmp_path / name for name in ("first", "again", "later"))
    before = exported(house, first)
    exported(house, again)
    assert first.read_bytes() == again.read_bytes()
    house.candidate("leila", house.organisation("ml", "leila"))
    after = exported(house, later)
    assert len(after["events"]) == len(before["events"]) + 1
    assert not {each["id"] for each in before["objects"]} & {each["id"] for each in after["objects"]}


def test_whoever_was_erased_is_in_no_export(house: House, tmp_path: Path) -> None:
    known = story(house)
    before = exported(house, tmp_path / "courses.json")
    house.core.vault.destroy(f"candidate/{known['second']}")
    after = exported(house, tmp_path / "courses.json")
    assert (len(before["events"]), len(after["events"])) == (7, 4)
    assert Counter(each["type"] for each in after["objects"]) == {
        "candidate": 1,
        "job-application": 1,
        "organisation": 2,
    }


def test_an_export_that_fails_half_way_leaves_the_file_as_it_was(house: House, tmp_path: Path) -> None:
    root = f"candidate/{story(house)['second']}"
    file = tmp_path / "out" / "courses.json"
    file.parent.mkdir()
    file.write_text("before")
    row = NewRow("orientation-1", 1, "orientation.Unheard", b"{}", write_metadata(METADATA), NOON)
    house.core.store.append(root, 3, str(uuid7()), [row])
    with pytest.raises(UnknownEvent):
        export_ocel(house.settings, file, Progress(disable=True))
    assert [(each.name, each.read_text()) for each in file.parent.iterdir()] == [("courses.json", "before")]


def test_the_verb_says_what_it_wrote_and_what_that_is(house: House, tmp_path: Path) -> None:
    story(house)
    line = [sys.executable, "-m", "api.cli", "export", "ocel", "courses.json"]
    done = run(line, env=environment(house), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "7 events of 2 people in courses.json" in done.stderr
    assert "no open data" in done.stderr


def test_a_picture_is_drawn_of_what_is_discovered(house: House, tmp_path: Path) -> None:
    story(house)
    exported(house, tmp_path / "courses.json")
    drawn = texts(picture(*discovered(tmp_path / "courses.json")))
    assert [each for each in drawn if each not in CATALOGUE] == [
        "1",
        "2",
        "Postponed",
        "ProcessingStarted",
        "Submitted",
    ]


def test_the_picture_that_is_kept_names_events_that_there_are() -> None:
    drawn = texts(PICTURE.read_text(encoding="utf-8"))
    lanes = [each for each in drawn if each in CATALOGUE]
    names = {event.__name__ for lane in lanes for event in CATALOGUE[lane].events}
    assert lanes == ["orientation", "eligibility-check", "job-application", "hiring", "pass-iae"]
    assert {each for each in drawn if not each.isdecimal() and each not in lanes} <= names
    assert len(set(drawn) & names) > 15


def texts(svg: str) -> list[str]:
    root = ET.fromstring(svg)  # noqa: S314 - our own
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]
