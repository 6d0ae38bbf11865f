from datetime import timedelta

import pytest

from domain.vocabulary import CandidateId
from projections.caseload import OpenCase, UnknownCursor, caseload
from tests.domain.job_application import samples
from tests.domain.orientation import cases
from tests.projections.world import NOON, World, new_root

MARCH_11 = cases.utc("2026-03-10T23:00:00")


def test_an_open_journey_is_in_the_caseload_of_each_organisation_that_takes_part(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", cases.sent())
    world.runner().catch_up()
    with world.reader() as connection:
        pages = [caseload(connection, side.id, now=NOON).cases for side in (cases.A, cases.B, samples.ACI)]
    assert [[(case.journey, case.sides) for case in page] for page in pages] == [
        [("orientation-1", ("sender",))],
        [("orientation-1", ("receiver",))],
        [],
    ]


def test_a_case_says_its_stage_since_when_and_what_comes_next(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", cases.sent())
    world.tell(root, "orientation-1", cases.ATTACHED, at=NOON + timedelta(days=1))
    world.runner().catch_up()
    with world.reader() as connection:
        assert caseload(connection, cases.B.id, now=NOON).cases == [
            OpenCase(
                candidate=CandidateId(root.removeprefix("candidate/")),
                root=root,
                journey="orientation-1",
                kind="orientation",
                sides=("receiver",),
                stage="open",
                status=None,
                since=NOON,
                version=2,
                next_steps=("Accept", "Refuse", "RecordMessage", "Remind", "Expire"),
                due=MARCH_11,
                due_command="Remind",
                overdue=False,
            )
        ]


def test_a_closed_journey_leaves_the_caseload(world: World) -> None:
    root = new_root()
    world.tell(root, "job-application-1", samples.sent())
    runner = world.runner()
    runner.catch_up()
    world.tell(root, "job-application-1", samples.refused())
    runner.catch_up()
    with world.reader() as connection:
        assert caseload(connection, samples.ACI.id, now=NOON).cases == []


def test_overdue_cases_can_be_asked_for_alone(world: World) -> None:
    late, early = new_root(), new_root()
    world.tell(late, "orientation-1", cases.sent())
    world.tell(early, "orientation-1", cases.sent(cases.day(3, 2)))
    world.runner().catch_up()
    with world.reader() as connection:
        found = caseload(connection, cases.B.id, now=MARCH_11, only_overdue=True).cases
        before = caseload(connection, cases.B.id, now=MARCH_11 - timedelta(microseconds=1), only_overdue=True).cases
    assert [(case.root, case.overdue) for case in found] == [(late, True)]
    assert before == []


def test_a_caseload_read_in_pages_is_whole_what_is_due_first_coming_first(world: World) -> None:
    for number in range(1, 8):
        world.tell(new_root(), "orientation-1", cases.sent(cases.day(3, number)))
        world.tell(new_root(), "orientation-1", cases.sent(), cases.accepted(cases.day(3, number)))
    world.runner().catch_up()
    with world.reader() as connection:
        whole = caseload(connection, cases.B.id, now=NOON).cases
        paged: list[OpenCase] = []
        after = None
        for _ in range(10):
            page = caseload(connection, cases.B.id, now=NOON, after=after, limit=3)
            paged += page.cases
            after = page.following
            if after is None:
                break
    assert len(whole) == 14
    assert paged == whole
    dues = [case.due for case in whole]
    assert dues == sorted(filter(None, dues)) + [None] * 7


@pytest.mark.parametrize("cursor", ["", "{}", "[1, 2]", '["tomorrow", "a", "b"]', '["infinity", 1, "b"]'])
def test_a_cursor_from_elsewhere_is_refused(world: World, cursor: str) -> None:
    with world.reader() as connection, pytest.raises(UnknownCursor):
        caseload(connection, cases.B.id, now=NOON, after=cursor)
