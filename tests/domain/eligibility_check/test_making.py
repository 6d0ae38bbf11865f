"""Making a diagnosis for the IAE: who may, on which criteria, for how long."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.eligibility_check import EligibilityCheckCommand
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.commands import DiagnoseForIae, RecordDiagnosis, RenewForIae
from domain.eligibility_check.events import Diagnosed
from domain.eligibility_check.refusals import (
    AlreadyDiagnosed,
    AuthorIncoherent,
    CriteriaExclusive,
    CriteriaMissing,
    CriterionOfAnotherScheme,
    ExpiresBeforeItIsMade,
    HasValidPass,
    MayNotDiagnose,
    NoSuchDiagnosis,
    NotRenewable,
    Sanctioned,
)
from domain.eligibility_check.rules import decider
from domain.iae.diagnosis import AuthorKind, Scheme, is_current
from domain.journey import Context, Refusal
from domain.vocabulary import Family, OrganisationProfile, Subject
from tests.domain.eligibility_check.samples import (
    ACI,
    AI,
    DDETS,
    EI,
    EITI,
    ETTI,
    GEIQ,
    OPCS,
    ORIENTER,
    OTHER_PRESCRIBER,
    PRESCRIBER,
    TODAY,
    acting_for,
    diagnosed,
    requested,
    standing,
    valid_pass,
)
from tests.spec import given

C = Criterion
DAY = timedelta(days=1)
RSA = DiagnoseForIae(criteria=(C.RSA,))


def test_e1_an_employers_diagnosis_counts_for_92_days_and_not_on_the_day_it_expires() -> None:
    on = date(2024, 12, 3)
    expected = diagnosed(AI, C.SENIOR, C.QPV, on=on, expires_on=date(2025, 3, 5))
    given(decider).within(acting_for(AI, on)).when(DiagnoseForIae(criteria=(C.QPV, C.SENIOR))).then(expected)
    check = standing(expected)
    assert [is_current(check, day) for day in (date(2025, 3, 4), date(2025, 3, 5))] == [True, False]


@pytest.mark.parametrize(
    ("on", "expires_on"),
    [
        (date(2025, 3, 1), date(2025, 9, 1)),
        (date(2024, 8, 31), date(2025, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2024, 2, 29), date(2024, 8, 29)),
    ],
)
def test_a_prescribers_diagnosis_counts_for_six_calendar_months_and_needs_no_criterion(
    on: date, expires_on: date
) -> None:
    given(decider).within(acting_for(PRESCRIBER, on)).when(DiagnoseForIae()).then(
        diagnosed(PRESCRIBER, on=on, expires_on=expires_on)
    )


def test_the_day_is_the_one_in_paris() -> None:
    before_midnight = replace(acting_for(PRESCRIBER), at=acting_for(PRESCRIBER).at.replace(hour=23, minute=30))
    given(decider).within(before_midnight).when(DiagnoseForIae()).then(diagnosed(PRESCRIBER, on=TODAY + DAY))


@pytest.mark.parametrize(
    ("company", "criteria", "suffice"),
    [
        (ACI, (C.SENIOR, C.QPV), False),
        (ACI, (C.SENIOR, C.QPV, C.PM), True),
        (ACI, (C.RSA,), True),
        (ETTI, (C.SENIOR, C.QPV), True),
        (AI, (C.SENIOR, C.QPV), True),
        (AI, (C.SENIOR,), False),
        (ETTI, (C.SENIOR,), False),
        (EI, (C.SENIOR, C.QPV), False),
        (EI, (C.SENIOR, C.QPV, C.PM), True),
        (EITI, (C.SENIOR, C.QPV), False),
        (EITI, (C.SENIOR, C.QPV, C.PM), True),
        (AI, (), False),
        # Once each, however often it is said.
        (AI, (C.SENIOR, C.SENIOR), False),
    ],
)
def test_e3_a_siae_needs_one_criterion_of_level_1_or_several_of_level_2(
    company: OrganisationProfile, criteria: tuple[Criterion, ...], suffice: bool
) -> None:
    asked = given(decider).within(acting_for(company)).when(DiagnoseForIae(criteria=criteria))
    if not suffice:
        asked.refused(CriteriaMissing)
        return
    expected = diagnosed(company, *sorted(criteria, key=list(C).index), expires_on=date(2025, 6, 1))
    asked.then(expected, *([requested(C.RSA)] if C.RSA in criteria else []))


def test_the_refusal_says_how_many_are_needed_and_given() -> None:
    with pytest.raises(CriteriaMissing) as caught:
        decider.decide(DiagnoseForIae(criteria=(C.SENIOR, C.QPV)), decider.initial, acting_for(ACI))
    assert caught.value.details == {"level_2_needed": 3, "level_2_given": 2}


def test_a_siae_of_two_kinds_needs_what_the_more_demanding_one_does() -> None:
    both = replace(AI, kinds=("ai", "aci", "siae"))
    given(decider).within(acting_for(both)).when(DiagnoseForIae(criteria=(C.SENIOR, C.QPV))).refused(CriteriaMissing)


@pytest.mark.parametrize("pair", [(C.SENIOR, C.JEUNE), (C.DETLD, C.DELD)])
def test_criteria_that_exclude_each_other_are_refused_to_everybody(pair: tuple[Criterion, ...]) -> None:
    for author in (PRESCRIBER, ACI):
        given(decider).within(acting_for(author)).when(DiagnoseForIae(criteria=(*pair, C.RSA))).refused(
            CriteriaExclusive
        )
    allowed = DiagnoseForIae(criteria=(pair[0], C.ASE))
    given(decider).within(acting_for(PRESCRIBER)).when(allowed).then(
        diagnosed(PRESCRIBER, *sorted((pair[0], C.ASE), key=list(C).index))
    )


@pytest.mark.parametrize("criterion", [C.JEUNE_SQ, C.DE_45, C.RS_PS_DA, C.DELD_12])
def test_a_criterion_of_the_geiq_does_not_count_for_the_iae(criterion: Criterion) -> None:
    asked = DiagnoseForIae(criteria=(C.RSA, criterion))
    given(decider).within(acting_for(PRESCRIBER)).when(asked).refused(CriterionOfAnotherScheme)


@pytest.mark.parametrize("author", [None, GEIQ, OPCS, ORIENTER, DDETS])
def test_nobody_else_diagnoses(author: OrganisationProfile | None) -> None:
    given(decider).within(acting_for(author)).when(RSA).refused(MayNotDiagnose)


def test_a_kind_of_another_system_is_no_siae() -> None:
    followers = replace(ACI, kinds=("siae",))
    given(decider).within(acting_for(followers)).when(RSA).refused(MayNotDiagnose)


def test_an_organisation_that_hires_and_prescribes_diagnoses_for_itself() -> None:
    both = replace(ACI, families=(Family.PRESCRIBER, Family.SIAE))
    given(decider).within(acting_for(both)).when(DiagnoseForIae()).refused(CriteriaMissing)


def test_e11_a_sanctioned_siae_does_not_diagnose() -> None:
    given(decider).within(acting_for(replace(ACI, sanctioned=True))).when(RSA).refused(Sanctioned)
    sanctioned_elsewhere = replace(PRESCRIBER, sanctioned=True)
    given(decider).within(acting_for(sanctioned_elsewhere)).when(DiagnoseForIae()).then(diagnosed(PRESCRIBER))


@pytest.mark.parametrize("author", [PRESCRIBER, ACI])
def test_a_valid_pass_stands_for_a_diagnosis_its_last_day_included(author: OrganisationProfile) -> None:
    valid, ended = valid_pass(TODAY), valid_pass(TODAY - DAY)
    given(decider).within(acting_for(author, pass_1=valid)).when(RSA).refused(HasValidPass)
    expires_on = None if author is PRESCRIBER else date(2025, 6, 1)
    given(decider).within(acting_for(author, pass_1=ended)).when(RSA).then(
        diagnosed(author, C.RSA, expires_on=expires_on), requested(C.RSA)
    )


def test_what_counts_already_is_not_made_again() -> None:
    by_prescriber, by_aci = standing(diagnosed(PRESCRIBER)), standing(diagnosed(ACI, C.RSA))
    for author in (PRESCRIBER, OTHER_PRESCRIBER, ACI):
        given(decider).within(acting_for(author, check_1=by_prescriber)).when(RSA).refused(AlreadyDiagnosed)
    given(decider).within(acting_for(ACI, check_1=by_aci)).when(RSA).refused(AlreadyDiagnosed)


def test_e5_what_a_siae_says_keeps_neither_a_prescriber_nor_another_siae_from_diagnosing() -> None:
    by_aci = standing(diagnosed(ACI, C.RSA))
    given(decider).within(acting_for(PRESCRIBER, check_1=by_aci)).when(DiagnoseForIae()).then(diagnosed(PRESCRIBER))
    given(decider).within(acting_for(EI, check_1=by_aci)).when(RSA).then(
        diagnosed(EI, C.RSA, expires_on=date(2025, 6, 1)), requested(C.RSA)
    )


def test_a_diagnosis_may_be_made_on_the_day_the_former_one_expires() -> None:
    ends_tomorrow, ends_today = (standing(diagnosed(PRESCRIBER, expires_on=day)) for day in (TODAY + DAY, TODAY))
    given(decider).within(acting_for(PRESCRIBER, check_1=ends_tomorrow)).when(DiagnoseForIae()).refused(
        AlreadyDiagnosed
    )
    given(decider).within(acting_for(PRESCRIBER, check_1=ends_today)).when(DiagnoseForIae()).then(diagnosed(PRESCRIBER))


def test_a_diagnosis_for_a_geiq_is_another_matter() -> None:
    for_geiq = standing(diagnosed(PRESCRIBER, scheme=Scheme.GEIQ))
    given(decider).within(acting_for(PRESCRIBER, check_1=for_geiq)).when(DiagnoseForIae()).then(diagnosed(PRESCRIBER))


RENEW = RenewForIae(diagnosis="eligibility-check-1", criteria=(C.QPV,))


def test_any_authorised_prescriber_renews_what_a_prescriber_said() -> None:
    former = standing(diagnosed(PRESCRIBER, C.RSA, on=date(2025, 1, 1)))
    given(decider).within(acting_for(OTHER_PRESCRIBER, check_1=former)).when(RENEW).then(
        diagnosed(OTHER_PRESCRIBER, C.QPV, renews="eligibility-check-1")
    )


@pytest.mark.parametrize("author", [ACI, ORIENTER, None])
def test_nobody_else_renews(author: OrganisationProfile | None) -> None:
    former = standing(diagnosed(PRESCRIBER))
    given(decider).within(acting_for(author, check_1=former)).when(RENEW).refused(MayNotDiagnose)


def test_only_a_prescribers_diagnosis_that_counts_is_renewed() -> None:
    given(decider).within(acting_for(PRESCRIBER)).when(RENEW).refused(NoSuchDiagnosis)
    by_aci, for_geiq = standing(diagnosed(ACI, C.RSA)), standing(diagnosed(PRESCRIBER, scheme=Scheme.GEIQ))
    expired = standing(diagnosed(PRESCRIBER, expires_on=TODAY))
    for former in (by_aci, for_geiq, expired):
        given(decider).within(acting_for(PRESCRIBER, check_1=former)).when(RENEW).refused(NotRenewable)
    last_day = standing(diagnosed(PRESCRIBER, expires_on=TODAY + DAY))
    given(decider).within(acting_for(PRESCRIBER, check_1=last_day)).when(RENEW).then(
        diagnosed(PRESCRIBER, C.QPV, renews="eligibility-check-1")
    )


def test_nothing_is_renewed_under_a_valid_pass_nor_on_criteria_that_do_not_go_together() -> None:
    former = standing(diagnosed(PRESCRIBER))
    under_pass = acting_for(PRESCRIBER, check_1=former, pass_1=valid_pass(TODAY))
    given(decider).within(under_pass).when(RENEW).refused(HasValidPass)
    old_and_young = RenewForIae(diagnosis="eligibility-check-1", criteria=(C.SENIOR, C.JEUNE))
    given(decider).within(acting_for(PRESCRIBER, check_1=former)).when(old_and_young).refused(CriteriaExclusive)


def importing(**said: object) -> Context:
    return replace(acting_for(None), **said)  # type: ignore[arg-type]  # fields of the context by their names


HELD = RecordDiagnosis(
    scheme=Scheme.IAE,
    author_kind=AuthorKind.EMPLOYER,
    organisation=ACI.id,
    author=Subject("luc"),
    made_on=date(2021, 5, 1),
    expires_on=date(2021, 8, 1),
    criteria=(C.QPV, C.RSA),
)


def test_what_another_system_holds_is_recorded_as_it_stands_there_and_certified_by_nobody() -> None:
    expected = Diagnosed(
        scheme=Scheme.IAE,
        author_kind=AuthorKind.EMPLOYER,
        author=Subject("luc"),
        organisation=ACI.id,
        organisation_kinds=("aci",),
        criteria=(C.RSA, C.QPV),
        on=date(2021, 5, 1),
        expires_on=date(2021, 8, 1),
        allowance=None,
    )
    given(decider).within(importing(organisations={ACI.id: ACI})).when(HELD).then(expected)


def test_its_author_may_no_longer_be_known() -> None:
    unknown = replace(HELD, organisation=None, author=None)
    given(decider).within(importing()).when(unknown).then(
        Diagnosed(
            scheme=Scheme.IAE,
            author_kind=AuthorKind.EMPLOYER,
            author=None,
            organisation=None,
            organisation_kinds=(),
            criteria=(C.RSA, C.QPV),
            on=date(2021, 5, 1),
            expires_on=date(2021, 8, 1),
            allowance=None,
        )
    )


def test_what_is_recorded_for_a_geiq_says_its_allowance_on_the_criteria_that_were_given() -> None:
    held = replace(HELD, scheme=Scheme.GEIQ, author_kind=AuthorKind.GEIQ, organisation=None, criteria=(C.JEUNE_SQ,))
    (recorded,) = decider.decide(held, decider.initial, importing())
    assert isinstance(recorded, Diagnosed)
    assert (recorded.criteria, recorded.allowance) == ((C.JEUNE_SQ,), 814)
    by_prescriber = replace(held, author_kind=AuthorKind.PRESCRIBER, criteria=())
    (recorded,) = decider.decide(by_prescriber, decider.initial, importing())
    assert isinstance(recorded, Diagnosed)
    assert (recorded.criteria, recorded.allowance) == ((), 1400)


def test_what_is_recorded_is_coherent() -> None:
    nobody = importing(organisations={ACI.id: ACI})
    given(decider).within(nobody).when(replace(HELD, author_kind=AuthorKind.GEIQ)).refused(AuthorIncoherent)
    for_geiq = replace(HELD, scheme=Scheme.GEIQ)
    given(decider).within(nobody).when(for_geiq).refused(AuthorIncoherent)
    given(decider).within(nobody).when(replace(HELD, expires_on=date(2021, 4, 30))).refused(ExpiresBeforeItIsMade)
    given(decider).within(nobody).when(replace(HELD, criteria=(C.DE_45,))).refused(CriterionOfAnotherScheme)
    same_day = replace(HELD, expires_on=HELD.made_on)
    assert len(decider.decide(same_day, decider.initial, nobody)) == 1


def test_an_import_tells_what_a_rule_of_today_is_against() -> None:
    waiving = replace(
        acting_for(ACI, check_1=standing(diagnosed(ACI, C.RSA)), pass_1=valid_pass(TODAY)),
        waived=frozenset({HasValidPass, AlreadyDiagnosed, CriteriaMissing}),
    )
    given(decider).within(waiving).when(DiagnoseForIae()).then(diagnosed(ACI, expires_on=date(2025, 6, 1)))


def test_what_was_said_is_what_stands() -> None:
    check = standing(diagnosed(ACI, C.RSA, C.QPV, on=TODAY, renews="eligibility-check-1"))
    assert (check.author, check.organisation, check.organisation_kinds) == (Subject("nour"), ACI.id, ("aci",))
    assert (check.criteria, check.made_on, check.renews) == ((C.RSA, C.QPV), TODAY, "eligibility-check-1")


FORMER = standing(diagnosed(PRESCRIBER))
EXPIRED = standing(diagnosed(PRESCRIBER, expires_on=TODAY))


@pytest.mark.parametrize(
    ("command", "context", "details"),
    [
        (
            DiagnoseForIae(criteria=(C.RSA, C.JEUNE_SQ, C.DE_45)),
            acting_for(PRESCRIBER),
            {"criteria": ["de_45", "jeune_sq"]},
        ),
        (DiagnoseForIae(criteria=(C.SENIOR, C.JEUNE)), acting_for(PRESCRIBER), {"criteria": ["jeune", "senior"]}),
        (RSA, acting_for(ACI, pass_7=valid_pass(TODAY)), {"pass_iae": "pass-iae-7"}),
        (RSA, acting_for(ACI, check_3=FORMER), {"diagnosis": "eligibility-check-3"}),
        (RENEW, acting_for(PRESCRIBER), {"diagnosis": "eligibility-check-1"}),
        (RENEW, acting_for(PRESCRIBER, check_1=EXPIRED), {"diagnosis": "eligibility-check-1"}),
        (replace(HELD, criteria=(C.DE_45, C.RSA)), importing(organisations={ACI.id: ACI}), {"criteria": ["de_45"]}),
    ],
)
def test_a_refusal_says_what_to_mend(
    command: EligibilityCheckCommand, context: Context, details: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.initial, context)
    assert caught.value.details == details
