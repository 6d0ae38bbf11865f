"""What counts in an eligibility check, and what time asks of it in the lists."""

from datetime import date

from domain.catalogue import CATALOGUE
from domain.eligibility_check import eligibility_check_journey
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import Expire
from domain.eligibility_check.events import Expired
from projections.caseload import caseload
from projections.deadlines import Deadlines
from projections.milestones.eligibility_check import KINDS, eligibility_check
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Learned, Qualified, Trait
from tests.domain.eligibility_check.samples import ACI, NOW, PRESCRIBER, diagnosed
from tests.domain.eligibility_check.test_laws import ANYTHING
from tests.projections.world import World, new_root

DAY = date(2030, 1, 1)


def test_a_diagnosis_counts_on_its_day_and_its_expiry_on_its_own() -> None:
    told = {type(event).__name__: list(eligibility_check(event, DAY)) for event in ANYTHING}
    assert told == {
        **{kind.__name__: [] for kind in eligibility_check_journey.events},
        "Diagnosed": [
            Qualified("geiq"),
            Learned(Trait.CRITERIA, "level_2", date(2025, 3, 1)),
            Happened(Kind.DIAGNOSED, date(2025, 3, 1)),
        ],
        "Expired": [Happened(Kind.DIAGNOSIS_EXPIRED, date(2025, 3, 1))],
    }
    assert {each.kind for tellings in told.values() for each in tellings if isinstance(each, Happened)} == KINDS


def test_it_is_in_the_caseload_of_whoever_made_it_until_it_has_expired(world: World) -> None:
    root = new_root()
    world.tell(root, "eligibility-check-1", diagnosed(ACI, Criterion.ASS, expires_on=date(2025, 6, 1)))
    runner = world.runner()
    runner.catch_up()
    with world.reader() as connection:
        (case,) = caseload(connection, ACI.id, now=NOW).cases
        assert (case.sides, case.stage, case.due_command, case.overdue) == (("author",), "in_force", "Expire", False)
        assert case.due is not None
        assert [due.command for due in Deadlines(connection, CATALOGUE).due(case.due)] == [Expire()]
        assert caseload(connection, PRESCRIBER.id, now=NOW).cases == []
    world.tell(root, "eligibility-check-1", Expired(on=date(2025, 6, 1)))
    runner.catch_up()
    with world.reader() as connection:
        assert caseload(connection, ACI.id, now=NOW).cases == []
