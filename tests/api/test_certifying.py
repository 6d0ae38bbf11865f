"""The job that asks API Particulier, beside the service."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from api.jobs import JOBS, certify_criteria
from api.settings import NotConfigured, Settings
from api.wiring import Core, prepare, worker
from domain.candidate.codes import Title
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.codes import Criterion, Finding
from domain.eligibility_check.commands import DiagnoseForIae
from domain.organisation.kinds import Kind
from projections.certifications import Questions
from tests.api.conftest import settings_for
from tests.application.town import Hands, Town, professional
from tests.conftest import DatabaseFactory
from tests.infrastructure.particulier import Particulier, particulier, replying

CAMILLE = professional("camille")


@pytest.fixture
def api() -> Iterator[Particulier]:
    with particulier() as served:
        yield served


@pytest.fixture
def settings(make_database: DatabaseFactory, tmp_path: Path, api: Particulier) -> Settings:
    access = make_database(1)
    prepare(access)
    return replace(settings_for(access, tmp_path), api_particulier=api.access)


def diagnosed(core: Core, town: Town) -> str:
    """The dossier of somebody of whom all is known, diagnosed just now, in the list of what is to be asked."""
    agency = town.organisation(Kind.ML, "camille")
    root = town.candidate(
        "camille", agency, birth_date="1990-02-14", birth_country="99100", birth_place="26362", title=Title.MADAME
    )
    town.ask(root, DiagnoseForIae(criteria=(Criterion.RSA, Criterion.TH)), CAMILLE, agency)
    catch_up(core)
    return root


def catch_up(core: Core) -> None:
    with worker(core) as runner:
        runner.catch_up()


def found(town: Town, root: str) -> dict[str, Finding]:
    case = town.standing(root).cases["eligibility-check-1"]
    assert isinstance(case, EligibilityCheck)
    return {criterion: said.finding for criterion, said in case.certifications.items()}


def test_the_scheduler_knows_the_job() -> None:
    assert certify_criteria in JOBS


def test_what_is_due_is_asked_and_recorded_once(settings: Settings, api: Particulier) -> None:
    with Core.opened(settings, clock=Hands()) as core:
        town = Town(core.desk, core.clock, core.vault)  # type: ignore[arg-type]  # the hands of this clock
        root = diagnosed(core, town)
        assert [certify_criteria(core) for _ in range(2)] == [1, 0]
        catch_up(core)
        assert certify_criteria(core) == 0
        assert found(town, root) == {Criterion.RSA: Finding.CERTIFIED, Criterion.TH: Finding.UNKNOWN}
    assert len(api.asked) == 1


def test_a_service_that_rests_is_not_asked_and_the_question_is_not_lost(settings: Settings, api: Particulier) -> None:
    api.replies = [replying(429, {}, Retry_After="3600")]
    with Core.opened(settings, clock=Hands()) as core:
        town = Town(core.desk, core.clock, core.vault)  # type: ignore[arg-type]  # the hands of this clock
        diagnosed(core, town)
        assert [certify_criteria(core) for _ in range(3)] == [1, 0, 0]
    assert len(api.asked) == 1


def test_one_process_asks_at_a_time(settings: Settings, api: Particulier) -> None:
    with Core.opened(settings, clock=Hands()) as core:
        diagnosed(core, Town(core.desk, core.clock, core.vault))  # type: ignore[arg-type]  # the hands of this clock
        with core.pool.connection() as other, Questions(other).alone():
            assert certify_criteria(core) == 0
        assert certify_criteria(core) == 1
    assert len(api.asked) == 1


def test_without_a_configuration_nothing_is_asked(settings: Settings, api: Particulier) -> None:
    with Core.opened(replace(settings, api_particulier=None), clock=Hands()) as core:
        town = Town(core.desk, core.clock, core.vault)  # type: ignore[arg-type]  # the hands of this clock
        root = diagnosed(core, town)
        assert (core.certifier, certify_criteria(core)) == (None, 0)
        assert found(town, root)[Criterion.RSA] is Finding.UNKNOWN
    assert api.asked == []


def test_it_is_configured_as_a_whole_or_not_at_all() -> None:
    whole = {
        "PARCOURS_API_PARTICULIER_URL": "https://particulier.api.gouv.fr/api",
        "PARCOURS_API_PARTICULIER_TOKEN": "jeton",
        "PARCOURS_API_PARTICULIER_RECIPIENT": "13003013300016",
    }
    access = Settings.from_environment(whole).api_particulier
    assert access is not None
    assert (access.url, access.token, access.recipient) == tuple(whole.values())
    assert Settings.from_environment({}).api_particulier is None
    for name in whole:
        partly = {other: value for other, value in whole.items() if other != name}
        with pytest.raises(NotConfigured, match=name):
            Settings.from_environment(partly)
    assert "jeton" not in repr(access)
