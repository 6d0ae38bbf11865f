"""What is simulated is what the service would have recorded, and the same seed draws the same lives."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from rich.progress import Progress

from api.demo.running import set_up
from api.settings import NotConfigured, Settings
from api.simulation.population import Population
from api.simulation.running import Asked, Simulated, simulate, write
from api.simulation.telling import Country, Told
from api.wiring import Core, prepare
from application.desk import Desk
from application.dossiers import kind_of, stand
from application.permissions import PERMISSIONS
from application.ports import Recorded
from domain.calendar import paris_day, paris_start
from domain.candidate import Candidate
from domain.candidate.events import Registered
from domain.catalogue import CATALOGUE
from domain.pass_iae.issuing import SERIES
from domain.vocabulary import ERASED
from infrastructure.digests import KeyedDigests
from infrastructure.postgres import Access, connect
from projections.milestones.projection import RECORDED_KINDS, TELLS
from projections.milestones.tellings import Happened
from tests.api.conftest import settings_for
from tests.conftest import TestServer

UNTIL: Final = date(2026, 11, 25)
#: Enough for everything that happens to two people in a hundred.
LIVES: Final = 900
FEW: Final = Asked(dossiers=120, seed=3, until=UNTIL, workers=2)
DIGESTS: Final = KeyedDigests(b"d" * 32)

What = Sequence[tuple[str, str, object, object, object]]


def population(dossiers: int, seed: int = 3, partitions: int = 1) -> Population:
    return Population(dossiers=dossiers, seed=seed, until=paris_start(UNTIL), partitions=partitions)


def told(country: Country) -> list[Told]:
    return list(country.told(0, range(country.population.dossiers)))


def what(told: Sequence[Told]) -> What:
    """What happened and when, without what belongs to the installation: the digests of its requests."""
    return [
        (each.root, recorded.journey, recorded.event, recorded.occurred_at, recorded.recorded_at)
        for each in told
        for recorded in each.history
    ]


@pytest.fixture(scope="module")
def country() -> Country:
    return Country(population(LIVES), DIGESTS)


@pytest.fixture(scope="module")
def lives(country: Country) -> Sequence[Told]:
    return told(country)


def people(lives: Sequence[Told]) -> Sequence[Told]:
    return [each for each in lives if each.root.startswith("candidate/")]


def test_the_same_seed_draws_the_same_lives_and_another_one_others() -> None:
    first, again, other = (what(told(Country(population(25, seed), DIGESTS))) for seed in (3, 3, 4))
    assert first == again
    assert {root for root, *_ in first}.isdisjoint(root for root, *_ in other)


def test_the_desk_that_remembers_decides_as_the_desk_does(lives: Sequence[Told]) -> None:
    plain = Country(population(LIVES), DIGESTS)
    quick = plain.desk
    desk = Desk(
        journal=plain.journal,
        clock=plain.clock,
        digests=DIGESTS,
        numbers=plain.numbers,
        catalogue=CATALOGUE,
        permissions=PERMISSIONS,
    )
    object.__setattr__(desk, "known", quick.known)
    object.__setattr__(plain, "desk", desk)
    sample = list(plain.told(0, range(150)))
    assert what(sample) == what(lives)[: len(what(sample))]


def test_every_dossier_replays_in_the_order_of_its_versions(lives: Sequence[Told]) -> None:
    for each in lives:
        versions = [recorded.root_version for recorded in each.history]
        assert versions == list(range(1, len(versions) + 1))
        assert stand(CATALOGUE, each.history).version == len(versions)
        instants = [recorded.recorded_at for recorded in each.history]
        assert instants == sorted(instants)
        assert all(recorded.occurred_at <= recorded.recorded_at for recorded in each.history)


def test_little_is_refused_of_what_people_ask(country: Country, lives: Sequence[Told]) -> None:
    recorded = sum(len(each.history) for each in lives)
    assert country.refused.total() < 0.03 * recorded, country.refused


def test_lives_are_about_as_long_as_those_of_real_dossiers(lives: Sequence[Told]) -> None:
    lengths = [len(each.history) for each in people(lives)]
    assert 8 < sum(lengths) / len(lengths) < 13
    assert max(lengths) > 25


def test_nothing_happens_before_somebody_is_registered_or_after_the_end(lives: Sequence[Told]) -> None:
    last = paris_start(UNTIL)
    for each in people(lives):
        assert isinstance(each.history[0].event, Registered)
        assert all(recorded.recorded_at <= last for recorded in each.history)


def test_most_of_what_indicators_count_happens(lives: Sequence[Told]) -> None:
    kinds = Counter(
        telling.kind
        for each in people(lives)
        for recorded in each.history
        for telling in TELLS[kind_of(recorded.journey)](recorded.event, paris_day(recorded.occurred_at))
        if isinstance(telling, Happened)
    )
    never = {kind.value for kind in RECORDED_KINDS - kinds.keys()}
    assert never <= {"deceased", "opposed", "pass_iae_prolonged", "pass_iae_prolongation_denied"}


def test_people_live_everywhere_and_more_of_them_where_more_people_do(lives: Sequence[Told]) -> None:
    where = Counter(
        person.department
        for each in people(lives)
        if isinstance(person := stand(CATALOGUE, each.history).cases["candidate"], Candidate)
    )
    assert len(where) > 70
    assert where["59"] + where["75"] + where["13"] > 5 * (where["48"] + where["23"] + where["15"])


@pytest.fixture(scope="module")
def installed(server: TestServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """An installation that was filled with a simulation."""
    yield from empty(server, tmp_path_factory.mktemp("simulated"))


@pytest.fixture
def another(server: TestServer, tmp_path: Path) -> Iterator[Settings]:
    yield from empty(server, tmp_path)


def empty(server: TestServer, folder: Path) -> Iterator[Settings]:
    name = server.make(server.migrated(8))
    prepare(server.access(name))
    yield settings_for(server.access(name), folder)
    server.drop(name)


@pytest.fixture(scope="module")
def done(installed: Settings) -> Simulated:
    return simulate(installed, FEW, Progress(disable=True))


def recorded(settings: Settings) -> dict[str, Sequence[Recorded]]:
    with Core.opened(settings) as core, connect(core.access.owner) as owner:
        roots = [root for (root,) in owner.execute("select distinct root from event")]
        return {root: core.journal.load(root) for root in roots}


def test_what_is_written_is_what_was_told(installed: Settings, done: Simulated) -> None:
    found = recorded(installed)
    with Core.opened(installed) as core:
        country = Country(replace(population(FEW.dossiers), partitions=core.store.partitions), DIGESTS)
    expected = [
        each
        for partition, numbers in enumerate(country.population.by_partition())
        for each in country.told(partition, numbers)
    ]
    assert found.keys() == {each.root for each in expected}
    assert done.events == sum(len(history) for history in found.values())
    for each in expected:
        if not each.erased:
            assert what([each]) == what([replace(each, history=found[each.root])])


def test_offsets_have_no_gap_and_follow_the_order_of_recording(installed: Settings, done: Simulated) -> None:
    with Core.opened(installed) as core:
        heads = core.store.heads()
        assert sum(heads.values()) == done.events
        for partition, head in heads.items():
            rows = core.store.read(partition, 0, head + 1)
            assert [row.offset for row in rows] == list(range(1, head + 1))
            assert [row.recorded_at for row in rows] == sorted(row.recorded_at for row in rows)
            assert {core.store.partition_of(row.root) for row in rows} <= {partition}


def test_a_simulation_is_gone_on_with_and_never_written_twice(another: Settings, done: Simulated) -> None:
    with Core.opened(another) as core:
        partitions = core.store.partitions
    everybody = replace(population(FEW.dossiers), partitions=partitions)
    for partition, numbers in list(enumerate(everybody.by_partition()))[:3]:
        assert write(another, everybody, partition, list(numbers))
    resumed = simulate(another, FEW, Progress(disable=True))
    assert 0 < resumed.before < FEW.dossiers
    with Core.opened(another) as core:
        assert sum(core.store.heads().values()) == done.events
    assert simulate(another, FEW, Progress(disable=True)) == Simulated(events=0, before=FEW.dossiers)


@pytest.mark.parametrize("other", [{"seed": 4}, {"dossiers": 121}, {"until": date(2026, 11, 24)}])
def test_a_log_that_holds_anything_else_is_left_alone(
    installed: Settings, done: Simulated, other: dict[str, object]
) -> None:
    with pytest.raises(NotConfigured, match="starts on an empty one"):
        simulate(installed, replace(FEW, **other), Progress(disable=True))  # type: ignore[arg-type]
    with Core.opened(installed) as core:
        assert sum(core.store.heads().values()) == done.events


def test_a_demonstration_serves_what_was_simulated_as_it_is(installed: Settings, done: Simulated) -> None:
    where = replace(Access.by_url(str(installed.database)), service=str(installed.database_service))
    set_up(installed, where, Progress(disable=True))
    with Core.opened(installed) as core:
        assert sum(core.store.heads().values()) == done.events


def test_numbers_that_were_given_are_never_drawn_again(installed: Settings, done: Simulated) -> None:
    assert done.events
    given = {
        used
        for history in recorded(installed).values()
        for each in history
        if (used := CATALOGUE[kind_of(each.journey)].used(each.event)) is not None
    }
    with Core.opened(installed) as core:
        drawn = core.desk.numbers.draw(SERIES)
    assert given
    assert drawn > max(number for _, number in given)


def test_whoever_was_erased_reads_as_erased(installed: Settings, done: Simulated) -> None:
    assert done.events
    with Core.opened(installed) as core, connect(core.access.owner) as owner:
        erased = [root for (root,) in owner.execute("select root from keys.data_key where wrapped is null")]
        for root in erased:
            first = core.journal.load(root)[0].event
            assert isinstance(first, Registered)
            assert first.last_name == ERASED
