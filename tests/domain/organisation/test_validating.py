"""How an immersion agency validates conventions (immersion §7)."""

from dataclasses import replace

import pytest

from domain.journey import Context, Refusal
from domain.organisation import Kind, profile
from domain.organisation.commands import SetValidationSteps
from domain.organisation.events import KindsChanged, ValidationStepsSet
from domain.organisation.refusals import (
    NotAnImmersionAgency,
    OneStepForFranceTravail,
    RefersToItself,
    RefersTwice,
    TwoStepsNeeded,
)
from domain.vocabulary import Family, OrganisationId, OrganisationProfile
from tests.domain.organisation.cases import TODAY, created, given, standing
from tests.spec import NOON

AGENCY = created(Kind.AGENCY_MISSION_LOCALE)
A, B = OrganisationId("a"), OrganisationId("b")
TWO_STEPS = ValidationStepsSet(two_steps=True, refers_to=None)


def agency(name: OrganisationId, refers_to: OrganisationId | None = None) -> OrganisationProfile:
    return OrganisationProfile(
        id=name,
        kinds=("agency_cma",),
        families=(Family.IMMERSION_AGENCY,),
        authorised=True,
        departments=("26",),
        refers_to=refers_to,
    )


def knowing(*others: OrganisationProfile) -> Context:
    return replace(NOON, acting=agency(A), organisations={other.id: other for other in others})


def test_an_agency_says_in_how_many_steps_it_validates() -> None:
    given(AGENCY).when(SetValidationSteps(two_steps=True)).then(TWO_STEPS)
    given(AGENCY, TWO_STEPS).when(SetValidationSteps(two_steps=False)).then(
        ValidationStepsSet(two_steps=False, refers_to=None)
    )


def test_saying_what_is_so_already_makes_nothing_happen() -> None:
    given(AGENCY).when(SetValidationSteps(two_steps=False)).then()
    given(AGENCY, TWO_STEPS).when(SetValidationSteps(two_steps=True)).then()


def test_only_immersion_agencies_validate_conventions() -> None:
    given(created(Kind.ML)).when(SetValidationSteps(two_steps=True)).refused(NotAnImmersionAgency)
    given(created(Kind.AGENCY_CCI)).when(SetValidationSteps(two_steps=True)).then(TWO_STEPS)


def test_an_agency_of_france_travail_has_no_counsellors() -> None:
    ft = created(Kind.AGENCY_FRANCE_TRAVAIL)
    given(ft).when(SetValidationSteps(two_steps=True)).refused(OneStepForFranceTravail)
    given(ft).when(SetValidationSteps(two_steps=False)).then()


def test_an_agency_refers_to_another_one_that_validates() -> None:
    refer = SetValidationSteps(two_steps=True, refers_to=B)
    given(AGENCY).within(knowing(agency(B))).when(refer).then(ValidationStepsSet(two_steps=True, refers_to=B))


@pytest.mark.parametrize(
    ("command", "other", "reason"),
    [
        (SetValidationSteps(two_steps=False, refers_to=B), agency(B), TwoStepsNeeded),
        (SetValidationSteps(two_steps=True, refers_to=A), agency(A), RefersToItself),
        (SetValidationSteps(two_steps=True, refers_to=B), agency(B, refers_to=A), RefersTwice),
        (
            SetValidationSteps(two_steps=True, refers_to=B),
            replace(agency(B), families=(Family.PRESCRIBER,)),
            NotAnImmersionAgency,
        ),
    ],
    ids=["one step", "itself", "a chain", "no agency"],
)
def test_what_an_agency_cannot_refer_to(
    command: SetValidationSteps, other: OrganisationProfile, reason: type[Refusal]
) -> None:
    given(AGENCY).within(knowing(other)).when(command).refused(reason)


def test_others_know_the_steps_and_what_is_no_agency_any_more_has_none() -> None:
    referring = ValidationStepsSet(two_steps=True, refers_to=B)
    known = profile(standing(AGENCY, referring), A, TODAY)
    assert (known.two_steps, known.refers_to) == (True, B)
    changed = KindsChanged(kinds=(Kind.ML,), typology=None, on=TODAY, status_reset=False)
    forgotten = profile(standing(AGENCY, referring, changed), A, TODAY)
    assert (forgotten.two_steps, forgotten.refers_to) == (False, None)
