from domain import orientation
from domain.job_application import codes
from projections.timeline import Line, timeline
from tests.domain.job_application import samples
from tests.domain.orientation import cases
from tests.projections.world import NOON, World, new_root


def test_each_event_of_a_dossier_is_a_line_in_its_order(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", cases.sent(), cases.accepted(cases.day(3, 2)))
    world.tell(root, "job-application-1", samples.sent())
    world.tell(new_root(), "orientation-1", cases.sent())
    world.runner().catch_up()
    with world.reader() as connection:
        lines = timeline(connection, root)
    assert [(line.root_version, line.journey, line.name) for line in lines] == [
        (1, "orientation-1", "orientation.Sent"),
        (2, "orientation-1", "orientation.Accepted"),
        (3, "job-application-1", "job-application.Submitted"),
    ]


def test_a_line_says_who_acted_for_whom_and_what_is_not_personal(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", cases.sent(), cases.refused(cases.day(3, 2)))
    world.runner().catch_up()
    recorded = world.log.load(root)[1]
    with world.reader() as connection:
        assert timeline(connection, root, after=1) == [
            Line(
                root=root,
                root_version=2,
                journey="orientation-1",
                name="orientation.Refused",
                occurred_at=NOON,
                recorded_at=recorded.recorded_at,
                organisation=cases.A.id,
                organisation_kinds=("cd",),
                role="member",
                client="les-emplois",
                parameters={"on": "2026-03-02", "reasons": ["session_full"]},
            )
        ]


def test_a_timeline_is_read_in_parts(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", *cases.REACHED[orientation.Stage.STARTED])
    world.runner().catch_up()
    with world.reader() as connection:
        parts = [timeline(connection, root, after=after, limit=2) for after in (0, 2, 4)]
    assert [[line.root_version for line in part] for part in parts] == [[1, 2], [3, 4], []]


def test_nothing_personal_is_told(world: World) -> None:
    root = new_root()
    world.tell(root, "orientation-1", *cases.REACHED[orientation.Stage.STARTED], cases.refused(cases.day(3, 2)))
    world.tell(root, "job-application-1", *samples.history(codes.Stage.REFUSED))
    world.runner().catch_up()
    told = str(world.tables())
    personal = ("Beneficiary", "Bao", "b@x.fr", "Bienvenue", "Bonjour", "Referent", "Pas de poste", "sealed")
    assert [text for text in personal if text in told] == []
