"""What time does to hires, before the real desk, as the scheduler asks it."""

from collections.abc import Sequence
from datetime import timedelta

from application.deadlines import Due, pass_deadlines
from application.errands import Came
from domain.calendar import paris_start
from domain.hiring import Hiring, hiring_journey
from domain.hiring.codes import EndReason, ExitCategory, Stage
from domain.hiring.state import End
from domain.job_application.commands import Accept
from domain.organisation.kinds import Kind
from tests.application.conftest import Scene
from tests.application.town import NOON, at_once, professional

TOMORROW, LAST_DAY = NOON.date() + timedelta(days=1), NOON.date() + timedelta(days=20)


def hired(scene: Scene) -> None:
    """By an OPCS, from tomorrow on, for a while."""
    opcs = scene.town.organisation(Kind.OPCS, "alix")
    name = scene.town.applied(scene.nour, "camille", scene.prescriber, opcs)
    accept = Accept(starts_on=TOMORROW, ends_on=LAST_DAY)
    scene.town.ask(scene.nour, accept, professional("alix"), opcs, journey=name)


def hire(scene: Scene) -> Hiring:
    return scene.town.standing(scene.nour).dossier().of(Hiring)["hiring-1"]


def due(scene: Scene) -> Sequence[Due]:
    """Everything that the hire is due to receive by now, however late."""
    now = scene.town.clock.now()
    return [
        Due(root=scene.nour, journey="hiring-1", due=asked.due, command=asked.command)
        for asked in hiring_journey.deadlines(hire(scene))
        if asked.due <= now
    ]


def pass_time(scene: Scene) -> dict[Came, int]:
    return dict(pass_deadlines(scene.town.desk, due(scene)))


def test_a_contract_starts_and_ends_by_itself_once_each(scene: Scene) -> None:
    hired(scene)
    assert pass_time(scene) == {}
    scene.town.at(paris_start(TOMORROW))
    assert pass_time(scene) == {Came.RECORDED: 1}
    assert (hire(scene).stage, pass_time(scene)) == (Stage.STARTED, {})
    scene.town.at(paris_start(LAST_DAY + timedelta(days=1)))
    assert pass_time(scene) == {Came.RECORDED: 1}
    assert hire(scene).end == End(on=LAST_DAY, reason=EndReason.TERM_REACHED, category=ExitCategory.UNKNOWN)
    assert pass_time(scene) == {}


def test_a_scheduler_that_was_away_dates_what_happened_when_it_was_due(scene: Scene) -> None:
    hired(scene)
    scene.town.at(NOON + timedelta(days=90))
    assert [pass_time(scene), pass_time(scene), pass_time(scene)] == [{Came.RECORDED: 1}, {Came.RECORDED: 1}, {}]
    started, ended = scene.town.journal.load(scene.nour)[-2:]
    assert [each.occurred_at for each in (started, ended)] == [
        paris_start(TOMORROW),
        paris_start(LAST_DAY + timedelta(days=1)),
    ]


def test_schedulers_that_come_back_together_after_a_week_start_it_once(scene: Scene) -> None:
    hired(scene)
    scene.town.at(NOON + timedelta(days=8))
    listed = due(scene)
    answers = at_once(lambda _: pass_deadlines(scene.town.desk, listed))
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert [event for _, event in scene.town.told(scene.nour)].count("Started") == 1
    assert (hire(scene).stage, scene.town.journal.load(scene.nour)[-1].occurred_at) == (
        Stage.STARTED,
        paris_start(TOMORROW),
    )
