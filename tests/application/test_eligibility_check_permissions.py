"""Who says that somebody qualifies, and who reads it (les-emplois §1.7, §3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from application.dossiers import Standing
from application.permissions.check import Asked, NotAllowed, check
from application.permissions.eligibility_check import PERMISSIONS
from application.permissions.readers import READERS
from application.permissions.reading import View, Viewer
from domain.candidate.state import Candidate
from domain.catalogue import CATALOGUE
from domain.eligibility_check import EligibilityCheck, EligibilityCheckCommand, eligibility_check_journey
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import (
    DiagnoseForGeiq,
    DiagnoseForIae,
    RecordDiagnosis,
    RenewForIae,
    UpdateForGeiq,
)
from domain.eligibility_check.events import PassRecorded
from domain.iae.diagnosis import Scheme
from domain.vocabulary import Actor, OrganisationProfile, Parties, Party, Role, Subject
from tests.domain.eligibility_check.samples import (
    ACI,
    DDETS,
    EI,
    GEIQ,
    OPCS,
    ORIENTER,
    OTHER_GEIQ,
    OTHER_PRESCRIBER,
    PRESCRIBER,
    diagnosed,
    standing,
)

EVERYBODY = (ACI, EI, GEIQ, OTHER_GEIQ, OPCS, PRESCRIBER, OTHER_PRESCRIBER, ORIENTER, DDETS)


def asked(acting: OrganisationProfile | None, role: Role = Role.MEMBER, *, in_dossier: bool = True) -> Asked:
    sides: Parties = {Party.RECEIVER: frozenset(each.id for each in EVERYBODY)} if in_dossier else {}
    return Asked(
        actor=Actor(subject=Subject("somebody"), client="les-emplois", role=role),
        acting=acting,
        member_of=frozenset(),
        command=None,
        journey={},
        dossier=(sides,),
        account=Subject("somebody") if role is Role.CANDIDATE else None,
    )


def allowed(question: Asked) -> set[type[EligibilityCheckCommand]]:
    def may(kind: type[EligibilityCheckCommand]) -> bool:
        try:
            check(PERMISSIONS[kind], question)
        except NotAllowed:
            return False
        return True

    return {kind for kind in PERMISSIONS if may(kind)}


def test_every_command_has_its_grants() -> None:
    assert set(PERMISSIONS) == set(eligibility_check_journey.commands)
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize(
    ("acting", "kinds"),
    [
        (PRESCRIBER, {DiagnoseForIae, RenewForIae, DiagnoseForGeiq}),
        (ORIENTER, set()),
        (ACI, {DiagnoseForIae}),
        (GEIQ, {DiagnoseForGeiq, UpdateForGeiq}),
        (OPCS, set()),
        (DDETS, set()),
        (None, set()),
    ],
)
def test_what_each_may_do(acting: OrganisationProfile | None, kinds: set[type[EligibilityCheckCommand]]) -> None:
    assert allowed(asked(acting)) == kinds
    assert allowed(asked(acting, Role.ADMINISTRATOR)) == kinds
    assert allowed(asked(acting, in_dossier=False)) == set()


def test_staff_records_what_other_systems_hold_and_the_person_nothing() -> None:
    assert allowed(asked(None, Role.STAFF)) == {RecordDiagnosis}
    assert allowed(asked(None, Role.CANDIDATE)) == set()


def test_the_system_alone_does_what_time_consequences_and_certification_ask() -> None:
    by_people = {DiagnoseForIae, RenewForIae, DiagnoseForGeiq, UpdateForGeiq, RecordDiagnosis}
    assert allowed(asked(None, Role.SYSTEM)) == set(PERMISSIONS) - by_people


def readers(case: EligibilityCheck, *, follow: bool = False) -> set[str]:
    """Who reads a diagnosis of a dossier in which everybody stands: through an application, or as followers."""
    person = Candidate(account=Subject("awa"), followers={each.id: () for each in EVERYBODY} if follow else {})
    cases: dict[str, Any] = {"candidate": person, "eligibility-check-1": case}
    if not follow:
        by_each = (replace(standing(diagnosed(ACI, Criterion.RSA)), organisation=each.id) for each in EVERYBODY)
        cases |= {f"eligibility-check-{number}": each for number, each in enumerate(by_each, 2)}
    found = {each.id for each in EVERYBODY if _view(each, cases).reads("eligibility-check-1")}
    return {*found, "person"} if _view(None, cases).reads("eligibility-check-1") else set(found)


def _view(who: OrganisationProfile | None, cases: Mapping[str, Any]) -> View:
    role = Role.CANDIDATE if who is None else Role.MEMBER
    actor = Actor(subject=Subject("awa"), client="les-emplois", role=role)
    return View(
        viewer=Viewer(actor=actor, acting=who, at=datetime(2025, 3, 2, tzinfo=UTC)),
        root="candidate/1",
        standing=Standing(version=9, cases=cases, versions=dict.fromkeys(cases, 1)),
        catalogue=CATALOGUE,
        tables=READERS,
    )


@pytest.mark.parametrize("follow", [False, True])
def test_a_prescribers_diagnosis_for_the_iae_is_seen_by_every_siae_and_authorised_prescriber(follow: bool) -> None:
    assert readers(standing(diagnosed(PRESCRIBER)), follow=follow) == {
        ACI.id,
        EI.id,
        PRESCRIBER.id,
        OTHER_PRESCRIBER.id,
        "person",
    }


def test_a_siaes_diagnosis_is_seen_by_that_siae_and_by_the_person_once_it_led_to_a_pass() -> None:
    made = diagnosed(ACI, Criterion.RSA)
    assert readers(standing(made)) == {ACI.id}
    assert readers(standing(made, PassRecorded(pass_iae="pass-iae-1"))) == {ACI.id, "person"}


@pytest.mark.parametrize("follow", [False, True])
def test_a_geiq_sees_the_prescribers_and_its_own_a_prescriber_only_prescribers_the_person_all(follow: bool) -> None:
    by_prescriber = standing(diagnosed(PRESCRIBER, scheme=Scheme.GEIQ))
    by_geiq = standing(diagnosed(GEIQ, Criterion.FLE, scheme=Scheme.GEIQ))
    assert readers(by_prescriber, follow=follow) == {
        GEIQ.id,
        OTHER_GEIQ.id,
        PRESCRIBER.id,
        OTHER_PRESCRIBER.id,
        "person",
    }
    assert readers(by_geiq, follow=follow) == {GEIQ.id, "person"}


def test_who_was_hired_on_a_prescribers_diagnosis_is_no_company_s_business() -> None:
    by_prescriber, by_aci = standing(diagnosed(PRESCRIBER)), standing(diagnosed(ACI, Criterion.RSA))
    person = Candidate(account=Subject("awa"), followers={each.id: () for each in EVERYBODY})
    for case, told in ((by_prescriber, {PRESCRIBER.id, OTHER_PRESCRIBER.id}), (by_aci, {ACI.id})):
        cases = {"candidate": person, "eligibility-check-1": case}
        seen = [(who, view) for who in EVERYBODY if (view := _view(who, cases)).reads("eligibility-check-1")]
        hidden = {who.id for who, view in seen if view.withheld("eligibility-check-1", case)}
        assert {who.id for who, _ in seen} - hidden == told
        assert {who.id for who, view in seen if view.tells("eligibility-check-1", "HireRecorded")} == told
        assert {who.id for who, view in seen if view.tells("eligibility-check-1", "PassRecorded")} == told
        assert all(view.tells("eligibility-check-1", "Diagnosed") for _, view in seen)
    elsewhere = _view(EI, {"candidate": person, "eligibility-check-1": by_prescriber})
    assert elsewhere.withheld("eligibility-check-1", by_prescriber) == {"hires", "pass_iae"}


def test_who_takes_no_part_in_the_dossier_sees_nothing() -> None:
    cases = {"candidate": Candidate(), "eligibility-check-1": standing(diagnosed(PRESCRIBER))}
    seen = {each.id for each in EVERYBODY if _view(each, cases).reads_something()}
    assert seen == {PRESCRIBER.id}
