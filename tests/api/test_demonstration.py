"""The demonstration shows what it says that it shows."""

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import httpx
import pytest
from rich.progress import Progress

from api.demo.mark import NAME, Mark
from api.demo.running import set_up
from api.demo.showing import invitations
from api.indicators import knowledge
from api.jobs import take_in
from api.settings import NotConfigured, Settings
from api.wiring import Core, prepare, worker
from application.dossiers import Standing, kind_of, stand
from application.notifications.templates import Template
from domain.accompaniment.codes import Status as Period
from domain.calendar import add_days, add_months, paris_day, paris_time
from domain.catalogue import CATALOGUE
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.codes import Finding
from domain.hiring import Hiring
from domain.hiring.codes import ExitCategory, RecordStatus, UpdateStatus
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.iae.hire import hires_under
from domain.iae.right import is_waiting
from domain.job_application import JobApplication
from domain.job_application.codes import Delivery
from domain.organisation import Organisation
from domain.orientation import Orientation
from domain.pass_iae import PassIae
from domain.pass_iae.codes import Origin, RequestStage
from domain.pass_iae.codes import Status as Right
from domain.pass_iae.events import SuspensionCut, SuspensionEnded
from domain.pass_iae.reckoning import status
from domain.rsa_appointment.codes import Status
from infrastructure.identity.development import DEMO_CLIENTS, DevelopmentIssuer
from infrastructure.postgres import Access
from projections.indicators.asking import Months, Question
from projections.indicators.definition import DEFINITIONS
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Share
from projections.indicators.measuring import measured
from projections.indicators.publication import discreetly
from projections.notifications.feed import notices
from tests.api.conftest import running, settings_for
from tests.conftest import TestServer


@pytest.fixture(scope="module")
def demonstration(server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation to which the demonstration was told to the end."""
    name = server.make(server.migrated(8))
    settings = settings_for(server.access(name), tmp_path_factory.mktemp("demonstration"))
    set_up(settings, server.access(name), Progress(disable=True))
    yield settings
    server.drop(name)


@pytest.fixture(scope="module")
def core(demonstration: Settings) -> Iterator[Core]:
    with Core.opened(demonstration) as opened:
        yield opened


@pytest.fixture(scope="module")
def dossiers(core: Core) -> Mapping[str, Standing]:
    """Where every dossier stands, by its root."""
    roots = {each.root for partition in range(core.store.partitions) for each in core.log.read(partition, 0, 100_000)}
    return {root: stand(CATALOGUE, core.journal.load(root)) for root in roots}


def every(dossiers: Mapping[str, Standing], kind: type[Any]) -> list[Any]:
    return [case for standing in dossiers.values() for case in standing.dossier().of(kind).values()]


def catch_up(core: Core) -> None:
    """Let the projections know everything."""
    runner = worker(core)
    runner.catch_up()
    runner.close()


def told(dossiers: Mapping[str, Standing], kind: str) -> list[Any]:
    """Where every journey of a kind stands."""
    return [case for standing in dossiers.values() for name, case in standing.cases.items() if kind_of(name) == kind]


def access_of(settings: Settings) -> Access:
    return replace(Access.by_url(str(settings.database)), service=str(settings.database_service))


def start(settings: Settings) -> Mapping[int, int]:
    """Start a demonstration once more; answers how many events there are in each partition."""
    set_up(settings, access_of(settings), Progress(disable=True))
    with Core.opened(settings) as opened:
        return opened.store.heads()


def test_a_demonstration_is_told_once_even_if_it_was_killed_before_it_said_so(
    core: Core, demonstration: Settings
) -> None:
    mark, heads = Mark.of(demonstration, access_of(demonstration)), core.store.heads()
    assert start(demonstration) == heads
    mark.begin()
    assert start(demonstration) == heads
    assert mark.is_told


def test_a_demonstration_never_takes_the_place_of_other_dossiers(demonstration: Settings, tmp_path: Path) -> None:
    elsewhere = replace(demonstration, data=tmp_path)
    with pytest.raises(NotConfigured, match="holds dossiers already"):
        start(elsewhere)
    assert not (tmp_path / NAME).exists()


@pytest.mark.parametrize("kind", [kind for kind, journey in CATALOGUE.items() if journey.numbered])
def test_every_journey_of_a_dossier_is_told_at_every_stage(dossiers: Mapping[str, Standing], kind: str) -> None:
    journey = CATALOGUE[kind]
    before = journey.stage(journey.decider.initial)
    assert {journey.stage(case) for case in told(dossiers, kind)} == set(type(before)) - {before}


@pytest.mark.parametrize(("kind", "known"), [("rsa-appointment", Status), ("accompaniment", Period)])
def test_whatever_time_makes_of_a_follow_up_is_seen(
    core: Core, dossiers: Mapping[str, Standing], kind: str, known: type[StrEnum]
) -> None:
    status = CATALOGUE[kind].status
    assert status is not None
    assert {status(case, core.clock.now()) for case in told(dossiers, kind)} == set(known)


def test_time_has_passed_as_it_does_in_the_service(core: Core, dossiers: Mapping[str, Standing]) -> None:
    late = [
        (name, deadline.due)
        for standing in dossiers.values()
        for name, case in standing.cases.items()
        for deadline in CATALOGUE[kind_of(name)].deadlines(case)
        if deadline.due < core.clock.now() - timedelta(minutes=5)
    ]
    assert late == []


def test_diagnoses_of_every_author_count_renew_and_are_certified(dossiers: Mapping[str, Standing]) -> None:
    made = every(dossiers, EligibilityCheck)
    assert {(check.scheme, check.author_kind) for check in made} == {
        (Scheme.IAE, AuthorKind.PRESCRIBER),
        (Scheme.IAE, AuthorKind.EMPLOYER),
        (Scheme.GEIQ, AuthorKind.PRESCRIBER),
        (Scheme.GEIQ, AuthorKind.GEIQ),
    }
    assert {check.allowance for check in made if check.scheme is Scheme.GEIQ} == {1400, 814}
    assert [check.renews for check in made if check.renews] == ["eligibility-check-1"]
    assert Finding.CERTIFIED in {said.finding for check in made for said in check.certifications.values()}


def test_every_service_that_people_are_sent_to_is_described(dossiers: Mapping[str, Standing]) -> None:
    offered = [service for place in every(dossiers, Organisation) for service in place.services]
    named = {case.sent.service_id for case in every(dossiers, Orientation) if case.sent}
    assert len(offered) == len(set(offered)) == 7
    assert named <= set(offered)


def test_a_pass_is_delivered_by_the_hire_by_staff_or_not_at_all(dossiers: Mapping[str, Standing]) -> None:
    accepted = [case for case in every(dossiers, JobApplication) if case.delivery is not None]
    waiting = [case for case in accepted if case.pass_iae is None and case.delivery is Delivery.MANUAL]
    assert {case.delivery for case in accepted if case.pass_iae} == {Delivery.AUTOMATIC, Delivery.MANUAL}
    assert sorted(case.delivery_refused_at is not None for case in waiting) == [False, True]
    assert {right.origin for right in every(dossiers, PassIae)} == {Origin.DEFAULT, Origin.ADMIN}


def test_a_pass_stands_everywhere_it_can_and_serves_again(core: Core, dossiers: Mapping[str, Standing]) -> None:
    today = paris_day(core.clock.now())
    rights = every(dossiers, PassIae)
    assert {status(right, today) for right in rights} == set(Right)
    assert any(is_waiting(right, today) for right in rights)
    assert any(len(hires_under(standing.dossier(), "pass-iae-1")) > 1 for standing in dossiers.values())


def test_a_pause_goes_on_or_ends_by_time_by_a_return_or_by_a_hire(core: Core, dossiers: Mapping[str, Standing]) -> None:
    events = [each.event for root in dossiers for each in core.journal.load(root)]
    cut = {each.application for each in events if isinstance(each, SuspensionCut)}
    assert cut == {None, "job-application-2"}
    assert any(isinstance(each, SuspensionEnded) for each in events)


def test_a_pass_is_prolonged_or_not(dossiers: Mapping[str, Standing]) -> None:
    rights = every(dossiers, PassIae)
    assert {request.stage for right in rights for request in right.requests} == set(RequestStage)
    assert {prolongation.request for right in rights for prolongation in right.prolongations} == {None, 1}


def test_hires_end_are_renewed_and_declared_to_the_asp(dossiers: Mapping[str, Standing]) -> None:
    hires = every(dossiers, Hiring)
    ended = {hire.end.category for hire in hires if hire.end}
    assert {ExitCategory.LASTING_JOB, ExitCategory.OTHER_EXIT, ExitCategory.UNKNOWN} <= ended
    assert any(hire.renewals for hire in hires)
    assert {hire.record.status for hire in hires if hire.record} == set(RecordStatus)
    assert {UpdateStatus.NEW, UpdateStatus.PROCESSED} <= {hire.record.update for hire in hires if hire.record}


def test_people_are_told_of_what_happens_to_their_hires_and_pass(core: Core, dossiers: Mapping[str, Standing]) -> None:
    assert dossiers
    catch_up(core)
    with core.pool.connection() as connection:
        lines = [line for each in range(core.store.partitions) for line in notices(connection, each, 0, 10_000)]
    of_the_path = {each for each in Template if each.name.startswith(("RIGHT_", "DELIVERY_", "PROLONGATION_"))}
    assert of_the_path <= {line.template for line in lines}


def test_a_pass_is_read_over_http_as_it_stood_on_every_day(
    core: Core, dossiers: Mapping[str, Standing], demonstration: Settings
) -> None:
    """Of somebody whose prolongation was asked for and granted, every tenth day from before the hire to today."""
    root, right = next(
        (root, right)
        for root, standing in dossiers.items()
        for right in standing.dossier().of(PassIae).values()
        if any(each.request for each in right.prolongations)
    )
    issuer = DevelopmentIssuer(demonstration.data, core.clock)
    nadia = {"Authorization": f"Bearer {issuer.issue('nadia', 'demo', DEMO_CLIENTS['demo'])}"}
    nadia["Acting-Organisation"] = str(right.company)
    prolonged = right.prolongations[0]
    today = paris_day(core.clock.now())
    with running(demonstration) as base, httpx.Client(base_url=f"{base}/v1/{root.replace('/', 's/')}") as http:
        for day in (add_days(right.starts_on, ahead) for ahead in range(-5, (today - right.starts_on).days, 10)):
            answer = http.get("/pass-iae/1", headers=nadia, params={"as_of": paris_time(day, time(18)).isoformat()})
            if day < right.starts_on:
                assert answer.status_code == 404
                continue
            ends_on = prolonged.ends_on if day >= prolonged.declared_on else prolonged.starts_on
            assert answer.json()["state"]["ends_on"] == ends_on.isoformat()
            shown = answer.json()["shown"]
            assert (shown["status"], shown["remaining_days"]) == ("valid", (ends_on - day).days + 1)


def test_what_is_there_to_paste_works(core: Core, dossiers: Mapping[str, Standing], demonstration: Settings) -> None:
    """Every line, as a shell would split it."""
    assert dossiers
    catch_up(core)
    with running(demonstration) as base:
        lines = list(invitations(core, DevelopmentIssuer(demonstration.data, core.clock), base))
        pasted = [shlex.split(line) for line in lines if line.startswith("curl")]
        answers = [paste(each) for each in pasted]
    assert [answer.status_code for answer in answers] == [200] * 7 + [202, 200]
    assert (take_in(core), core.inbox.waiting(10)) == (1, [])
    started, paused, _, oriented, invited, hired, *_ = [answer.json() for answer in answers]
    assert (started["stage"], paused["shown"]["status"]) == ("processing", "suspended")
    assert (invited["category"], invited["valid"]) == ("rsa_orientation", True)
    assert [line["event"].partition(".")[2] for line in oriented["items"]] == [
        "Registered",
        "Opened",
        "Invited",
        "InvitationReminded",
        "Invited",
        "Invited",
        "ParticipationAdded",
        "InvitationsExpired",
        "StatusSet",
        "Invited",
        "ParticipationAdded",
        "InvitationsExpired",
        "StatusSet",
        "OutcomeRecorded",
        "Begun",
    ]
    shown = {"discussion-1", "immersion-1", "hiring-1"}
    assert [line["event"] for line in hired["items"] if line["journey"] in shown] == [
        "discussion.Opened",
        "immersion.Submitted",
        "discussion.ConventionLinked",
        "immersion.Signed",
        "immersion.Signed",
        "immersion.FoundEligible",
        "immersion.Validated",
        "immersion.AssessmentRequested",
        "immersion.Reminded",
        "immersion.AssessmentCreated",
        "immersion.AssessmentSigned",
        "hiring.Declared",
        "hiring.PassRecorded",
        "hiring.Started",
    ]


def test_a_demonstration_of_which_nothing_is_open_any_more_starts_all_the_same(
    database: Access, tmp_path: Path
) -> None:
    settings = settings_for(database, tmp_path)
    prepare(database)
    with Core.opened(settings) as core:
        lines = list(invitations(core, DevelopmentIssuer(settings.data, core.clock), "http://127.0.0.1:8000"))
    assert len([line for line in lines if line.startswith("curl")]) == 3


def paste(words: list[str]) -> httpx.Response:
    """What `curl` would do."""
    headers = dict(words[place + 1].split(": ", 1) for place, word in enumerate(words) if word == "-H")
    url = next(word for word in words if word.startswith("http"))
    body = words[words.index("-d") + 1] if "-d" in words else None
    return httpx.request("POST" if "POST" in words else "GET", url, headers=headers, content=body, timeout=30)


def test_there_are_enough_people_for_figures_to_be_shown(core: Core, dossiers: Mapping[str, Standing]) -> None:
    """Of the month before the last one, to somebody from whom the few are hidden."""
    assert dossiers
    catch_up(core)
    months = Months(*[add_months(paris_day(core.clock.now()), -2)] * 2)
    known = knowledge(core.clock.now(), exact=False)
    definition = DEFINITIONS["without-solution-30-days", 2]
    asked = Question(definition=definition, known=known, by=Dimension.DEPARTMENT, months=months)
    with core.pool.connection() as connection:
        figures = measured(connection, asked)
    shown = {figure.modality for figure in discreetly(asked, figures) if isinstance(figure.result, Share)}
    assert shown == {"35", "59"}
