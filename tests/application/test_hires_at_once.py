"""Several companies hire one person at the same moment: there is one PASS IAE, whoever was first."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from application.desk import Outcome
from domain.candidate.commands import SetIdentifiers
from domain.hiring import Hiring
from domain.iae.hire import hires_under
from domain.job_application import JobApplication
from domain.job_application.codes import Stage
from domain.job_application.commands import Accept
from domain.organisation.kinds import Kind
from domain.pass_iae import PassIae
from domain.vocabulary import OrganisationId
from tests.application.conftest import Scene
from tests.application.town import NOON, at_once, professional

START = NOON.date() + timedelta(days=7)


def eligible(scene: Scene) -> None:
    identified = SetIdentifiers(france_travail_id="1234567A")
    scene.town.ask(scene.nour, identified, professional("camille"), scene.prescriber)
    scene.town.diagnosed(scene.nour, "camille", scene.prescriber)


def accepted_at_once(scene: Scene, companies: Sequence[OrganisationId]) -> Sequence[Outcome]:
    """Each company accepts its own application, the n-th from the n-th day on."""
    town = scene.town
    names = [town.applied(scene.nour, "camille", scene.prescriber, company) for company in companies]

    def accept(number: int) -> Outcome:
        command = Accept(starts_on=START + timedelta(days=number))
        return town.ask(scene.nour, command, professional("alix"), companies[number], journey=names[number])

    answers = at_once(accept, len(companies))
    return [answer for answer in answers if isinstance(answer, Outcome)]


def test_two_siae_that_hire_at_once_share_one_pass(scene: Scene) -> None:
    eligible(scene)
    companies = [scene.town.organisation(kind, "alix") for kind in (Kind.ACI, Kind.EI)]
    assert len(accepted_at_once(scene, companies)) == 2
    dossier = scene.town.standing(scene.nour).dossier()
    assert [case.stage for case in dossier.of(JobApplication).values()] == [Stage.ACCEPTED] * 2
    assert [case.pass_iae for case in dossier.of(JobApplication).values()] == ["pass-iae-1"] * 2
    assert {hire.company for hire in dossier.of(Hiring).values()} == set(companies)
    assert list(hires_under(dossier, "pass-iae-1")) == ["hiring-1", "hiring-2"]
    assert [(right.starts_on, right.ends_on) for right in dossier.of(PassIae).values()] == [
        (START, START + timedelta(days=729))
    ]
    told = Counter(event for _, event in scene.town.told(scene.nour))
    assert (told["Issued"], told["Accepted"], told["Declared"], told["HireServed"]) == (1, 2, 2, 1)


def test_of_four_that_hire_at_once_whoever_gets_through_shares_one_pass(scene: Scene) -> None:
    eligible(scene)
    kinds = (Kind.ACI, Kind.EI, Kind.AI, Kind.ETTI)
    hired = accepted_at_once(scene, [scene.town.organisation(kind, "alix") for kind in kinds])
    dossier = scene.town.standing(scene.nour).dossier()
    assert list(dossier.of(PassIae)) == ["pass-iae-1"]
    assert len(hires_under(dossier, "pass-iae-1")) == len(hired) == len(dossier.of(Hiring)) >= 1
    first = min(hire.starts_on for hire in dossier.of(Hiring).values())
    assert dossier.of(PassIae)["pass-iae-1"].starts_on == first


def test_the_same_hire_asked_for_twice_at_once_is_one_hire(scene: Scene) -> None:
    eligible(scene)
    town = scene.town
    company = town.organisation(Kind.ACI, "alix")
    name = town.applied(scene.nour, "camille", scene.prescriber, company)
    answers = at_once(
        lambda _: town.ask(
            scene.nour,
            Accept(starts_on=START),
            professional("alix"),
            company,
            journey=name,
            idempotency_key="one click",
        ),
        4,
    )
    versions = {answer.version for answer in answers if isinstance(answer, Outcome)}
    assert (len([answer for answer in answers if isinstance(answer, Outcome)]), versions) == (4, {3})
    dossier = town.standing(scene.nour).dossier()
    assert (list(dossier.of(PassIae)), list(dossier.of(Hiring))) == (["pass-iae-1"], ["hiring-1"])
