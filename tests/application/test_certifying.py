"""Questions to a certifying service: asked when due, answered once, by any number of processes, whatever is killed."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import httpx
import pytest

from application.certifying import Question, ask_all
from application.errands import Came
from domain.candidate.codes import Title
from domain.candidate.commands import CorrectIdentity
from domain.candidate.refusals import IdentityFrozen
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.certifying import question_due
from domain.eligibility_check.codes import Answer, Criterion, Finding
from domain.eligibility_check.commands import DiagnoseForIae, RenewForIae
from domain.eligibility_check.events import CertificationAnswered
from infrastructure.api_particulier import ApiParticulier
from tests.application.conftest import Scene
from tests.application.town import NOON, Town, at_once, professional
from tests.infrastructure.particulier import (
    BENEFICIARY,
    BUSY,
    NOT_BENEFICIARY,
    NOT_FOUND,
    Particulier,
    particulier,
    replying,
)

CAMILLE = professional("camille")
DIAGNOSE = DiagnoseForIae(criteria=(Criterion.RSA, Criterion.TH, Criterion.QPV))
BORN: dict[str, Any] = {
    "birth_date": "1990-02-14",
    "birth_country": "99100",
    "birth_place": "26362",
    "title": Title.MADAME,
}


@pytest.fixture
def api() -> Iterator[Particulier]:
    with particulier() as served:
        yield served


@pytest.fixture
def service(api: Particulier, town: Town) -> Iterator[ApiParticulier]:
    with httpx.Client() as client:
        yield ApiParticulier(api.access, client, town.clock)


@pytest.fixture
def awa(scene: Scene) -> str:
    """The dossier of a person of whom enough is known, diagnosed just now."""
    root = scene.town.candidate("camille", scene.prescriber, **BORN)
    scene.town.ask(root, DIAGNOSE, CAMILLE, scene.prescriber)
    return root


def check(town: Town, root: str, journey: str = "eligibility-check-1") -> EligibilityCheck:
    case = town.standing(root).cases[journey]
    assert isinstance(case, EligibilityCheck)
    return case


def questions(town: Town, root: str, journey: str = "eligibility-check-1") -> Sequence[Question]:
    """What the list holds once it has caught up, of what API Particulier certifies."""
    due = question_due(check(town, root, journey), Criterion.RSA)
    return [] if due is None else [Question(root=root, journey=journey, criterion=Criterion.RSA, due=due)]


def answers(town: Town, root: str) -> Sequence[Answer]:
    return [each.event.answer for each in town.journal.load(root) if isinstance(each.event, CertificationAnswered)]


def test_an_answer_is_recorded_with_what_it_certifies(
    town: Town, api: Particulier, service: ApiParticulier, awa: str
) -> None:
    assert ask_all(town.desk, service, questions(town, awa)) == Counter({Came.RECORDED: 1})
    assert town.told(awa)[-2:] == [
        ("eligibility-check-1", "CertificationAnswered"),
        ("candidate", "IdentityCertified"),
    ]
    said = check(town, awa).certifications[Criterion.RSA]
    assert (said.finding, said.since, said.ask_at) == (Finding.CERTIFIED, "2024-08-01", None)
    assert dict(api.asked[0].parameters)["nomNaissance"] == "HADDAD"


def test_the_criterion_that_another_service_certifies_waits_for_it(
    town: Town, service: ApiParticulier, awa: str
) -> None:
    assert Criterion.TH not in service.certifies()
    assert question_due(check(town, awa), Criterion.TH) == NOON


def test_what_was_answered_is_not_asked_again_however_late_the_list_is(
    town: Town, api: Particulier, service: ApiParticulier, awa: str
) -> None:
    listed = questions(town, awa)
    came = [ask_all(town.desk, service, listed) for _ in range(3)]
    assert came == [Counter({Came.RECORDED: 1}), Counter({Came.SETTLED: 1}), Counter({Came.SETTLED: 1})]
    assert len(api.asked) == 1


def test_of_several_processes_that_ask_at_once_one_records_its_answer(
    town: Town, api: Particulier, service: ApiParticulier, awa: str
) -> None:
    api.replies = [BENEFICIARY, NOT_FOUND, NOT_BENEFICIARY, BUSY, BENEFICIARY]
    listed = questions(town, awa)
    came = at_once(lambda _: ask_all(town.desk, service, listed))
    recorded = sum(each[Came.RECORDED] for each in came if isinstance(each, Counter))
    assert [each for each in came if not isinstance(each, Counter)] == []
    assert recorded == 1
    assert len(answers(town, awa)) == 1


def test_a_process_that_dies_between_the_answer_and_the_record_leaves_the_question(
    town: Town, api: Particulier, service: ApiParticulier, awa: str
) -> None:
    class Died(Exception):
        """The process was killed."""

    class DyingJournal:
        def __getattr__(self, name: str) -> object:
            return getattr(town.journal, name)

        def append(self, *_: object) -> None:
            raise Died

    listed = questions(town, awa)
    with pytest.raises(Died):
        ask_all(town.over(DyingJournal()).desk, service, listed)  # type: ignore[arg-type]  # all but append is passed on
    assert (len(api.asked), answers(town, awa), questions(town, awa)) == (1, [], listed)
    assert ask_all(town.desk, service, listed) == Counter({Came.RECORDED: 1})
    assert answers(town, awa) == [Answer.BENEFICIARY]


def test_a_question_is_asked_again_when_the_record_says_so_not_when_a_process_remembers(
    town: Town, api: Particulier, service: ApiParticulier, awa: str
) -> None:
    api.replies = [BUSY, replying(500), replying(500), replying(500), NOT_FOUND]
    waited = [timedelta(), timedelta(seconds=60), *[timedelta(hours=12)] * 2, timedelta(days=7)]
    for number, pause in enumerate(waited, 1):
        (listed,) = questions(town, awa)
        early, late = town.clock.at + pause - timedelta(seconds=1), town.clock.at + pause
        if pause:
            town.at(early)
            assert ask_all(town.desk, service, [listed]) == Counter({Came.SETTLED: 1})
        town.at(late)
        with httpx.Client() as client:
            another_process = ApiParticulier(api.access, client, town.clock)
            assert ask_all(town.desk, another_process, [listed]) == Counter({Came.RECORDED: 1})
        assert len(api.asked) == number
    assert answers(town, awa) == [Answer.BUSY, *[Answer.FAILED] * 3, Answer.NOT_FOUND]
    assert questions(town, awa)[0].due == town.clock.at + timedelta(days=7)


def test_a_service_that_is_asked_too_much_is_left_alone(
    scene: Scene, api: Particulier, service: ApiParticulier, awa: str
) -> None:
    town = scene.town
    other = town.candidate("camille", scene.prescriber, **BORN)
    town.ask(other, DIAGNOSE, CAMILLE, scene.prescriber)
    listed = [*questions(town, awa), *questions(town, other)]
    api.replies = [replying(429, {}, Retry_After="90"), BENEFICIARY]
    assert ask_all(town.desk, service, listed) == Counter({Came.RECORDED: 1})
    assert ask_all(town.desk, service, listed) == Counter()
    assert (answers(town, awa), answers(town, other), len(api.asked)) == ([Answer.RATE_LIMITED], [], 1)
    assert questions(town, awa)[0].due == NOON + timedelta(seconds=90)
    town.at(NOON + timedelta(seconds=90))
    again = [*questions(town, awa), *questions(town, other)]
    assert ask_all(town.desk, service, again) == Counter({Came.RECORDED: 2})


def test_a_round_ends(scene: Scene, api: Particulier, service: ApiParticulier, awa: str) -> None:
    listed = questions(scene.town, awa)
    assert ask_all(scene.town.desk, service, listed, at_most=0) == Counter()
    assert api.asked == []


@pytest.mark.parametrize("lacking", ["birth_date", "birth_country", "title"])
def test_nothing_is_asked_about_somebody_of_whom_too_little_is_known(
    scene: Scene, api: Particulier, service: ApiParticulier, lacking: str
) -> None:
    town = scene.town
    known = {name: value for name, value in BORN.items() if name != lacking}
    if lacking == "birth_country":
        known.pop("birth_place")
    root = town.candidate("camille", scene.prescriber, **known)
    town.ask(root, DIAGNOSE, CAMILLE, scene.prescriber)
    assert ask_all(town.desk, service, questions(town, root)) == Counter({Came.RECORDED: 1})
    assert (api.asked, answers(town, root)) == ([], [Answer.INCOMPLETE])
    assert questions(town, root)[0].due == NOON + timedelta(days=7)


def test_once_the_identity_is_complete_it_is_asked_at_once(
    scene: Scene, api: Particulier, service: ApiParticulier
) -> None:
    town = scene.town
    root = town.candidate("camille", scene.prescriber)
    town.ask(root, DIAGNOSE, CAMILLE, scene.prescriber)
    ask_all(town.desk, service, questions(town, root))
    complete = CorrectIdentity(first_name="Nour", last_name="Haddad", birth_name="Le Goff", **BORN)
    town.ask(root, complete, CAMILLE, scene.prescriber)
    assert town.told(root)[-2:] == [
        ("candidate", "IdentityCorrected"),
        ("eligibility-check-1", "CertificationRequested"),
    ]
    assert ask_all(town.desk, service, questions(town, root)) == Counter({Came.RECORDED: 1})
    assert dict(api.asked[0].parameters)["nomNaissance"] == "LE GOFF"
    with pytest.raises(IdentityFrozen):
        town.ask(root, CorrectIdentity(first_name="Noura", last_name="Haddad", **BORN), CAMILLE, scene.prescriber)


def test_whoever_was_not_found_is_not_certified(
    town: Town, api: Particulier, service: ApiParticulier, awa: str
) -> None:
    api.replies = [NOT_FOUND]
    ask_all(town.desk, service, questions(town, awa))
    assert town.told(awa)[-1] == ("eligibility-check-1", "CertificationAnswered")


def test_a_renewed_diagnosis_is_asked_about_and_the_former_one_no_more(
    scene: Scene, service: ApiParticulier, awa: str
) -> None:
    town, listed = scene.town, questions(scene.town, awa)
    renew = RenewForIae(diagnosis="eligibility-check-1", criteria=(Criterion.RSA,))
    town.ask(awa, renew, CAMILLE, scene.prescriber)
    assert (questions(town, awa), len(questions(town, awa, "eligibility-check-2"))) == ([], 1)
    assert ask_all(town.desk, service, listed) == Counter({Came.SETTLED: 1})
