from datetime import date

import pytest

from domain.organisation import Authorisation, Kind, authorisation, profile
from domain.organisation.commands import ChangeKinds, GrantAuthorisation, WithdrawalReason, WithdrawAuthorisation
from domain.organisation.events import AuthorisationGranted, AuthorisationWithdrawn, KindsChanged
from domain.organisation.refusals import AlreadyAuthorised, AlreadyRefused, BeforeLastDecision, NeedsNoAuthorisation
from domain.organisation.state import authorised
from domain.vocabulary import OrganisationId
from tests.domain.organisation.cases import TODAY, created, given, standing

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
GRANTED = AuthorisationGranted(from_day=MARCH)
WITHDRAWN = AuthorisationWithdrawn(from_day=APRIL, reason=WithdrawalReason.ABUSE)
WITHDRAW = WithdrawAuthorisation(from_day=APRIL, reason=WithdrawalReason.ABUSE)


def changed(*kinds: Kind, reset: bool) -> KindsChanged:
    return KindsChanged(kinds=kinds, typology=None, on=TODAY, status_reset=reset)


def test_an_authorisation_holds_from_its_day_to_the_day_of_its_withdrawal() -> None:
    organisation = standing(created(), GRANTED, WITHDRAWN)
    assert [
        authorisation(organisation, day)
        for day in (date(2025, 1, 1), TODAY, date(2026, 2, 28), MARCH, date(2026, 3, 31), APRIL)
    ] == ["not_set", "not_set", "not_set", "validated", "validated", "refused"]
    assert profile(organisation, OrganisationId("one"), MARCH).authorised
    assert not profile(organisation, OrganisationId("one"), APRIL).authorised


def test_nothing_is_set_of_what_was_never_created() -> None:
    assert authorisation(standing(), TODAY) is Authorisation.NOT_SET


def test_it_is_granted_once_and_withdrawn_once() -> None:
    given(created()).when(GrantAuthorisation(from_day=MARCH)).then(GRANTED)
    given(created(), GRANTED).when(GrantAuthorisation(from_day=APRIL)).refused(AlreadyAuthorised)
    given(created(), GRANTED).when(WITHDRAW).then(WITHDRAWN)
    given(created(), GRANTED, WITHDRAWN).when(WITHDRAW).refused(AlreadyRefused)


def test_it_is_refused_at_first_and_granted_in_the_end() -> None:
    given(created()).when(WITHDRAW).then(WITHDRAWN)
    given(created(), WITHDRAWN).when(GrantAuthorisation(from_day=APRIL)).then(AuthorisationGranted(from_day=APRIL))


def test_a_decision_may_be_told_late_but_not_before_the_one_before() -> None:
    old = date(2020, 1, 1)
    given(created()).when(GrantAuthorisation(from_day=old)).then(AuthorisationGranted(from_day=old))
    assert authorised(standing(created(), AuthorisationGranted(from_day=old)), old)
    early = WithdrawAuthorisation(from_day=date(2026, 2, 28), reason=WithdrawalReason.OTHER)
    given(created(), GRANTED).when(early).refused(BeforeLastDecision)
    same = WithdrawAuthorisation(from_day=MARCH, reason=WithdrawalReason.OTHER)
    given(created(), GRANTED).when(same).then(AuthorisationWithdrawn(from_day=MARCH, reason=WithdrawalReason.OTHER))


def test_of_two_decisions_of_one_day_the_last_one_counts() -> None:
    again = AuthorisationWithdrawn(from_day=MARCH, reason=WithdrawalReason.OTHER)
    assert authorisation(standing(created(), GRANTED, again), MARCH) is Authorisation.REFUSED


@pytest.mark.parametrize("kind", [Kind.EI, Kind.DDETS_IAE, Kind.CONSEIL_DEPARTEMENTAL, Kind.AUTRE])
def test_what_needs_no_authorisation_counts_as_authorised(kind: Kind) -> None:
    given(created(kind)).when(GrantAuthorisation(from_day=MARCH)).refused(NeedsNoAuthorisation)
    assert authorised(standing(created(kind)), TODAY)


def test_a_prescriber_of_no_known_kind_is_never_authorised() -> None:
    other = Kind.PRESCRIBER_OTHER
    given(created(other)).when(GrantAuthorisation(from_day=MARCH)).refused(NeedsNoAuthorisation)
    assert not authorised(standing(created(other)), TODAY)
    assert not authorised(standing(created(other, Kind.EI)), TODAY)


@pytest.mark.parametrize(
    "kind", [Kind.ML, Kind.ORIENTEUR, Kind.SERVICE_STRUCTURE, Kind.AGENCY_CAP_EMPLOI, Kind.AGENCY_OTHER]
)
def test_prescribers_structures_and_agencies_wait_for_a_decision(kind: Kind) -> None:
    assert authorisation(standing(created(kind)), TODAY) is Authorisation.NOT_SET
    assert not authorised(standing(created(kind)), TODAY)


@pytest.mark.parametrize(
    ("before", "after", "reset"),
    [
        ((Kind.ML,), (Kind.PLIE,), True),
        ((Kind.ML,), (Kind.EI, Kind.ML), False),
        ((Kind.EI, Kind.ML), (Kind.ML,), False),
        ((Kind.ML, Kind.PLIE), (Kind.PLIE,), False),
        ((Kind.ML,), (Kind.PRESCRIBER_OTHER,), True),
        ((Kind.PRESCRIBER_OTHER,), (Kind.ML,), True),
        ((Kind.EI,), (Kind.AI,), False),
    ],
)
def test_a_new_kind_that_needs_an_authorisation_asks_for_a_new_decision(
    before: tuple[Kind, ...],
    after: tuple[Kind, ...],
    reset: bool,
) -> None:
    given(created(*before)).when(ChangeKinds(kinds=after)).then(changed(*after, reset=reset))


def test_a_change_of_kind_that_asks_for_no_new_decision_keeps_the_last_one() -> None:
    old = AuthorisationGranted(from_day=date(2026, 1, 4))
    kept = standing(created(), old, changed(Kind.EI, Kind.ML, reset=False))
    assert authorisation(kept, TODAY) is Authorisation.VALIDATED


def test_a_change_of_kind_undoes_an_authorisation_from_that_day() -> None:
    old = AuthorisationGranted(from_day=date(2026, 1, 4))
    pending = standing(created(at=created().at), old, changed(Kind.PLIE, reset=True))
    assert authorisation(pending, date(2026, 1, 4)) is Authorisation.VALIDATED
    assert authorisation(pending, TODAY) is Authorisation.NOT_SET
    freed = standing(created(), old, changed(Kind.PRESCRIBER_OTHER, reset=True))
    assert authorisation(freed, TODAY) is Authorisation.NOT_REQUIRED
