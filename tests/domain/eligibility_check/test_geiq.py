"""The diagnosis of a GEIQ: criteria, allowance, and how it goes on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.eligibility_check.allowance import allowance
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import DiagnoseForGeiq, UpdateForGeiq
from domain.eligibility_check.criteria import EXCLUSIVE
from domain.eligibility_check.events import Expired, Superseded, Updated
from domain.eligibility_check.refusals import (
    AlreadyDiagnosed,
    CriteriaExclusive,
    MayNotDiagnose,
    NoCriterion,
    NoLongerCounts,
    NotForGeiq,
    OfAnotherGeiq,
    WrongStage,
)
from domain.eligibility_check.rules import decider
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.vocabulary import OrganisationProfile
from tests.domain.eligibility_check.samples import (
    ACI,
    GEIQ,
    NOUR,
    OPCS,
    ORIENTER,
    OTHER_GEIQ,
    PRESCRIBER,
    TODAY,
    acting_for,
    diagnosed,
    requested,
    some,
    standing,
    valid_pass,
)
from tests.spec import given

C = Criterion
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("author", "criteria", "euros"),
    [
        (AuthorKind.PRESCRIBER, (), 1400),
        (AuthorKind.PRESCRIBER, (C.FT,), 1400),
        (AuthorKind.GEIQ, (C.JEUNE_SQ,), 814),
        (AuthorKind.GEIQ, (C.REF_DA,), 814),
        (AuthorKind.GEIQ, (C.CAP_BEP,), 0),
        (AuthorKind.GEIQ, (C.CAP_BEP, C.SENIOR), 1400),
        (AuthorKind.GEIQ, (C.RSA,), 1400),
        (AuthorKind.GEIQ, (C.CAP_BEP, C.MINIMA), 814),
        (AuthorKind.GEIQ, (C.REF_DA, C.CAP_BEP), 1400),
        (AuthorKind.GEIQ, (C.FT, C.DELD_12), 0),
        (AuthorKind.GEIQ, (C.AUTRE_MINIMA,), 0),
    ],
)
def test_e13_the_allowance(author: AuthorKind, criteria: tuple[Criterion, ...], euros: int) -> None:
    assert allowance(author, criteria) == euros


@pytest.mark.parametrize(
    ("asked", "kept", "euros"),
    [
        ((C.JEUNE_SQ,), (C.JEUNE, C.JEUNE_SQ), 814),
        ((C.REF_DA,), (C.REF_DA,), 814),
        ((C.CAP_BEP,), (C.CAP_BEP,), 0),
        ((C.SENIOR, C.CAP_BEP), (C.CAP_BEP, C.SENIOR), 1400),
        ((C.DETLD,), (C.DETLD, C.FT), 1400),
        ((C.AUTRE_MINIMA,), (C.MINIMA, C.AUTRE_MINIMA), 814),
    ],
)
def test_e13_a_case_of_a_criterion_brings_that_criterion(
    asked: tuple[Criterion, ...], kept: tuple[Criterion, ...], euros: int
) -> None:
    expected = diagnosed(GEIQ, *kept, scheme=Scheme.GEIQ)
    assert expected.allowance == euros
    given(decider).within(acting_for(GEIQ)).when(DiagnoseForGeiq(criteria=asked)).then(expected)


def test_e13_whoever_receives_the_rsa_receives_a_minimum_benefit_and_api_particulier_is_asked() -> None:
    expected = diagnosed(GEIQ, *some({C.RSA, C.MINIMA}), scheme=Scheme.GEIQ)
    assert expected.allowance == 1400
    given(decider).within(acting_for(GEIQ)).when(DiagnoseForGeiq(criteria=(C.RSA,))).then(expected, requested(C.RSA))


def test_a_prescriber_may_give_no_criterion_and_a_geiq_gives_one() -> None:
    given(decider).within(acting_for(PRESCRIBER)).when(DiagnoseForGeiq()).then(
        diagnosed(PRESCRIBER, scheme=Scheme.GEIQ)
    )
    given(decider).within(acting_for(GEIQ)).when(DiagnoseForGeiq()).refused(NoCriterion)


@pytest.mark.parametrize("author", [None, ACI, OPCS, ORIENTER])
def test_nobody_else_diagnoses(author: OrganisationProfile | None) -> None:
    given(decider).within(acting_for(author)).when(DiagnoseForGeiq(criteria=(C.FLE,))).refused(MayNotDiagnose)


@pytest.mark.parametrize("pair", EXCLUSIVE[Scheme.GEIQ], ids=lambda pair: "+".join(sorted(pair)))
def test_criteria_that_exclude_each_other_are_refused(pair: frozenset[Criterion]) -> None:
    given(decider).within(acting_for(GEIQ)).when(DiagnoseForGeiq(criteria=tuple(pair))).refused(CriteriaExclusive)


def test_the_pairs_are_those_of_the_form() -> None:
    assert {tuple(sorted(pair)) for pair in EXCLUSIVE[Scheme.GEIQ]} == {
        ("jeune", "senior"),
        ("de_45", "jeune"),
        ("ase", "senior"),
        ("ase", "de_45"),
        ("ref_da", "rs_ps_da"),
        ("qpv", "zrr"),
        ("deld", "deld_12"),
        ("deld_12", "detld"),
        ("deld", "detld"),
    }


def test_a_case_is_excluded_with_its_criterion() -> None:
    asked = DiagnoseForGeiq(criteria=(C.JEUNE_SQ, C.SENIOR))
    given(decider).within(acting_for(GEIQ)).when(asked).refused(CriteriaExclusive)


def test_a_pass_and_a_sanction_matter_for_the_iae_alone() -> None:
    context = acting_for(replace(GEIQ, sanctioned=True), pass_1=valid_pass(TODAY))
    given(decider).within(context).when(DiagnoseForGeiq(criteria=(C.FLE,))).then(
        diagnosed(GEIQ, C.FLE, scheme=Scheme.GEIQ)
    )


def test_what_the_author_would_use_is_not_made_again() -> None:
    fle = DiagnoseForGeiq(criteria=(C.FLE,))
    by_prescriber, by_geiq = (standing(diagnosed(by, C.FLE, scheme=Scheme.GEIQ)) for by in (PRESCRIBER, GEIQ))
    for author, existing in ((PRESCRIBER, by_prescriber), (GEIQ, by_prescriber), (GEIQ, by_geiq)):
        given(decider).within(acting_for(author, check_1=existing)).when(fle).refused(AlreadyDiagnosed)
    for author in (PRESCRIBER, OTHER_GEIQ):
        given(decider).within(acting_for(author, check_1=by_geiq)).when(fle).then(
            diagnosed(author, C.FLE, scheme=Scheme.GEIQ)
        )


UPDATE = UpdateForGeiq(criteria=(C.RSA, C.FLE))


def updated(by: OrganisationProfile, *criteria: Criterion, on: date, expires_on: date) -> Updated:
    return Updated(
        author_kind=AuthorKind.GEIQ,
        author=NOUR.subject,
        organisation=by.id,
        organisation_kinds=by.kinds,
        criteria=criteria,
        on=on,
        expires_on=expires_on,
        allowance=allowance(AuthorKind.GEIQ, criteria),
    )


def test_e17_an_update_keeps_the_record_replaces_the_criteria_and_counts_six_months_from_then() -> None:
    on = date(2025, 2, 1)
    former = diagnosed(GEIQ, C.PM, on=date(2024, 9, 1), scheme=Scheme.GEIQ)
    event = updated(GEIQ, C.RSA, C.FLE, C.MINIMA, on=on, expires_on=date(2025, 8, 1))
    given(decider, former).within(acting_for(GEIQ, on)).when(UPDATE).then(event, requested(C.RSA, on=on))
    after = standing(former, event)
    assert (after.made_on, after.expires_on) == (date(2024, 9, 1), date(2025, 8, 1))
    assert (after.criteria, after.allowance, after.scheme) == ((C.RSA, C.FLE, C.MINIMA), 1400, Scheme.GEIQ)


def test_e17_an_expired_one_is_not_updated() -> None:
    former = diagnosed(GEIQ, C.PM, on=date(2024, 9, 1), expires_on=date(2025, 3, 1), scheme=Scheme.GEIQ)
    given(decider, former).within(acting_for(GEIQ, date(2025, 3, 1))).when(UPDATE).refused(NoLongerCounts)
    with pytest.raises(NoLongerCounts) as caught:
        decider.decide(UPDATE, standing(former), acting_for(GEIQ, date(2025, 3, 1)))
    assert caught.value.details == {"expired_on": date(2025, 3, 1)}
    given(decider, former, Expired(on=date(2025, 3, 1))).within(acting_for(GEIQ)).when(UPDATE).refused(WrongStage)
    superseded = Superseded(by="eligibility-check-2", on=date(2025, 1, 1))
    given(decider, former, superseded).within(acting_for(GEIQ)).when(UPDATE).refused(WrongStage)
    last_day = date(2025, 2, 28)
    given(decider, former).within(acting_for(GEIQ, last_day)).when(UpdateForGeiq(criteria=(C.FLE,))).then(
        updated(GEIQ, C.FLE, on=last_day, expires_on=date(2025, 8, 28))
    )


def test_a_geiq_takes_over_what_a_prescriber_said_even_if_that_lowers_the_allowance() -> None:
    former = diagnosed(PRESCRIBER, scheme=Scheme.GEIQ)
    event = updated(GEIQ, C.CAP_BEP, on=TODAY, expires_on=date(2025, 9, 1))
    given(decider, former).within(acting_for(GEIQ)).when(UpdateForGeiq(criteria=(C.CAP_BEP,))).then(event)
    after = standing(former, event)
    assert (after.author_kind, after.organisation, after.allowance) == (AuthorKind.GEIQ, GEIQ.id, 0)


def test_nobody_else_updates_it() -> None:
    former = diagnosed(GEIQ, C.PM, scheme=Scheme.GEIQ)
    given(decider, former).within(acting_for(OTHER_GEIQ)).when(UPDATE).refused(OfAnotherGeiq)
    for author in (PRESCRIBER, ACI, None):
        given(decider, former).within(acting_for(author)).when(UPDATE).refused(MayNotDiagnose)


def test_an_update_needs_criteria_that_go_together() -> None:
    former = diagnosed(GEIQ, C.PM, scheme=Scheme.GEIQ)
    given(decider, former).within(acting_for(GEIQ)).when(UpdateForGeiq(criteria=())).refused(NoCriterion)
    both = UpdateForGeiq(criteria=(C.QPV, C.ZRR))
    given(decider, former).within(acting_for(GEIQ)).when(both).refused(CriteriaExclusive)


def test_a_diagnosis_for_the_iae_is_renewed_not_updated() -> None:
    given(decider, diagnosed(PRESCRIBER)).within(acting_for(GEIQ)).when(UPDATE).refused(NotForGeiq)


def test_what_an_organisation_said_as_a_geiq_does_not_bind_it_as_a_prescriber() -> None:
    """It was a GEIQ then, and is an authorised prescriber now: its word counts everywhere."""
    former = standing(replace(diagnosed(GEIQ, C.REF_DA, scheme=Scheme.GEIQ), organisation=PRESCRIBER.id))
    command = DiagnoseForGeiq(criteria=(C.REF_DA,))
    given(decider).within(acting_for(PRESCRIBER, check_1=former)).when(command).then(
        diagnosed(PRESCRIBER, C.REF_DA, scheme=Scheme.GEIQ)
    )
