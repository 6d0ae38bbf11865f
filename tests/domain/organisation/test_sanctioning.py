"""Sanctions after a control: on which days a SIAE does not prescribe for itself."""

from datetime import date, timedelta

import pytest

from domain.organisation import Kind, profile
from domain.organisation.commands import RestoreSelfPrescription, SuspendSelfPrescription
from domain.organisation.events import OrganisationEvent, SelfPrescriptionRestored, SelfPrescriptionSuspended
from domain.organisation.refusals import EndsBeforeItStarts, NotASiae, NotSuspended
from domain.vocabulary import OrganisationId
from tests.domain.organisation.cases import created, given, standing

ACI = created(Kind.ACI)
JANUARY_1, JUNE_30 = date(2025, 1, 1), date(2025, 6, 30)
DAY = timedelta(days=1)
SUSPENDED = SelfPrescriptionSuspended(from_day=JANUARY_1, until_day=JUNE_30)


def sanctioned(on: date, *history: OrganisationEvent) -> bool:
    return profile(standing(ACI, *history), OrganisationId("aci"), on).sanctioned


def test_e11_a_sanction_holds_from_its_first_day_to_its_last_one_inclusive() -> None:
    days = (JANUARY_1 - DAY, JANUARY_1, date(2025, 3, 1), JUNE_30, date(2025, 7, 1))
    assert [sanctioned(day, SUSPENDED) for day in days] == [False, True, True, True, False]


def test_a_sanction_without_a_last_day_is_definitive() -> None:
    for_good = SelfPrescriptionSuspended(from_day=JANUARY_1, until_day=None)
    assert [sanctioned(day, for_good) for day in (JANUARY_1 - DAY, JANUARY_1, date(2050, 1, 1))] == [False, True, True]


def test_several_sanctions_add_up() -> None:
    later = SelfPrescriptionSuspended(from_day=date(2025, 9, 1), until_day=date(2025, 9, 30))
    days = (JUNE_30, date(2025, 8, 31), date(2025, 9, 1), date(2025, 10, 1))
    assert [sanctioned(day, SUSPENDED, later) for day in days] == [True, False, True, False]


def test_what_is_restored_was_suspended_until_the_day_before() -> None:
    restored = SelfPrescriptionRestored(from_day=date(2025, 3, 1))
    for sanction in (SUSPENDED, SelfPrescriptionSuspended(from_day=JANUARY_1, until_day=None)):
        days = (date(2025, 2, 28), date(2025, 3, 1), JUNE_30)
        assert [sanctioned(day, sanction, restored) for day in days] == [True, False, False]


def test_what_is_restored_on_the_second_day_was_suspended_on_the_first() -> None:
    restored = SelfPrescriptionRestored(from_day=JANUARY_1 + DAY)
    assert [sanctioned(day, SUSPENDED, restored) for day in (JANUARY_1, JANUARY_1 + DAY)] == [True, False]


def test_restoring_lengthens_no_sanction_and_takes_away_what_had_not_begun() -> None:
    restored = SelfPrescriptionRestored(from_day=date(2025, 8, 1))
    later = SelfPrescriptionSuspended(from_day=date(2025, 8, 1), until_day=None)
    days = (JUNE_30, date(2025, 7, 1), date(2025, 7, 31), date(2025, 8, 1), date(2025, 9, 1))
    assert [sanctioned(day, SUSPENDED, later, restored) for day in days] == [True, False, False, False, False]


def test_a_siae_is_suspended_for_one_day_at_least() -> None:
    one_day = SuspendSelfPrescription(from_day=JANUARY_1, until_day=JANUARY_1)
    given(ACI).when(one_day).then(SelfPrescriptionSuspended(from_day=JANUARY_1, until_day=JANUARY_1))
    given(ACI).when(SuspendSelfPrescription(from_day=JANUARY_1)).then(
        SelfPrescriptionSuspended(from_day=JANUARY_1, until_day=None)
    )
    backwards = SuspendSelfPrescription(from_day=JANUARY_1, until_day=JANUARY_1 - DAY)
    given(ACI).when(backwards).refused(EndsBeforeItStarts)


@pytest.mark.parametrize("kind", [Kind.ML, Kind.GEIQ, Kind.OPCS, Kind.SIAE])
def test_nobody_else_is(kind: Kind) -> None:
    given(created(kind)).when(SuspendSelfPrescription(from_day=JANUARY_1)).refused(NotASiae)


def test_only_what_is_or_will_be_suspended_is_restored() -> None:
    given(ACI).when(RestoreSelfPrescription(from_day=JANUARY_1)).refused(NotSuspended)
    given(ACI, SUSPENDED).when(RestoreSelfPrescription(from_day=JUNE_30)).then(
        SelfPrescriptionRestored(from_day=JUNE_30)
    )
    given(ACI, SUSPENDED).when(RestoreSelfPrescription(from_day=JUNE_30 + DAY)).refused(NotSuspended)
