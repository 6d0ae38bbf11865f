"""Periods of accompaniment: today is 16 June 2025 (rdv-insertion §7.2, §12.D)."""

from dataclasses import replace
from datetime import date

import pytest

from application.policies import consequences
from domain.accompaniment import (
    Accompaniment,
    AccompanimentCommand,
    AccompanimentEvent,
    Status,
    accompaniment_journey,
    closed,
    parties,
    turns,
)
from domain.accompaniment import status as status_at
from domain.accompaniment.commands import Begin, Cancel, Change, Shorten
from domain.accompaniment.events import Begun, Cancelled, Changed, Shortened
from domain.accompaniment.refusals import (
    ConfirmShortening,
    NotAnAccompanyingOrganisation,
    NotFollowing,
    OrganisationInactive,
    Overlaps,
    ReferentOfNobody,
    SameStart,
    StartInTheFuture,
    StartTooEarly,
    TooShort,
    TypeNotOffered,
    WrongStage,
)
from domain.accompaniment.state import occupied
from domain.candidate.commands import JoinOrganisation
from domain.followed import Followed
from domain.journey import Context, Dossier, Refusal
from domain.rsa.reception import Reception
from domain.rsa.types import Casf, OrientationType, shown
from domain.vocabulary import Family, OrganisationId, OrganisationProfile, Party, Subject
from tests.domain.rsa_appointment.cases import NOW, O1, O1_ID, O2, O2_ID, U, paris, reception
from tests.spec import CAMILLE, Scenario
from tests.spec import given as given_by


def day(text: str) -> date:
    return date.fromisoformat(text)


def period(starts: str, ends: str | None = None) -> Accompaniment:
    return accompaniment_journey.decider.fold([begun(starts, ends)])


def begun(starts: str, ends: str | None = None, shortens: str | None = None) -> Begun:
    return Begun(
        type="pro",
        casf=Casf.PRO,
        organisation=O1_ID,
        starts_on=day(starts),
        ends_on=day(ends) if ends else None,
        referent=None,
        shortens=shortens,
    )


def begin(starts: str, ends: str | None = None, *, shorten: bool = False) -> Begin:
    ending = day(ends) if ends else None
    return Begin(type="pro", organisation=O1_ID, starts_on=day(starts), ends_on=ending, shorten=shorten)


def around(*others: Accompaniment, known: Reception = O1, person: Followed = U, acting: Reception = O1) -> Context:
    """Periods are named in order from `accompaniment-1`; the one decided on is the ninth."""
    cases = {f"accompaniment-{number}": each for number, each in enumerate(others, 1)}
    return Context(
        at=NOW,
        actor=CAMILLE,
        acting=acting.profile,
        journey="accompaniment-9",
        dossier=Dossier({"candidate": person, **cases}),
        receptions={O1_ID: O1, O2_ID: O2, known.profile.id: known},
    )


def given(*history: AccompanimentEvent) -> Scenario[AccompanimentCommand, Accompaniment, AccompanimentEvent]:
    return given_by(accompaniment_journey.decider, *history).within(around())


D02 = (period("2022-10-09", "2022-11-09"), period("2022-11-11"))


def test_d02_what_goes_on_is_shortened_once_confirmed() -> None:
    there = given().within(around(*D02))
    there.when(begin("2022-12-12", "2022-12-22")).refused(ConfirmShortening)
    there.when(begin("2022-12-12", "2022-12-22", shorten=True)).then(
        begun("2022-12-12", "2022-12-22", shortens="accompaniment-2")
    )


def test_nothing_is_shortened_that_nobody_confirmed() -> None:
    silent = Begin(type="pro", organisation=O1_ID, starts_on=day("2022-12-12"), ends_on=day("2022-12-22"))
    given().within(around(*D02)).when(silent).refused(ConfirmShortening)


def test_d02_the_one_before_ends_on_the_eve_in_the_same_decision() -> None:
    event = begun("2022-12-12", "2022-12-22", shortens="accompaniment-2")
    (asked,) = consequences("accompaniment-3", event, Dossier({"candidate": U}))
    assert (asked.journey, asked.command) == ("accompaniment-2", Shorten(ends_on=day("2022-12-11")))
    given(begun("2022-11-11")).when(Shorten(ends_on=day("2022-12-11"))).then(Shortened(ends_on=day("2022-12-11")))
    shortened = accompaniment_journey.decider.fold([begun("2022-11-11"), Shortened(ends_on=day("2022-12-11"))])
    assert shortened.ends_on == day("2022-12-11")


def test_d04_without_an_end_it_ends_on_the_eve_of_the_next_one() -> None:
    given().within(around(*D02)).when(begin("2022-07-07")).then(begun("2022-07-07", "2022-10-08"))


def test_the_next_one_must_leave_seven_days() -> None:
    there = around(period("2022-10-09"))
    given().within(there).when(begin("2022-10-01")).then(begun("2022-10-01", "2022-10-08"))
    given().within(there).when(begin("2022-10-02")).refused(TooShort)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2022-10-11", None),
        ("2022-10-10", "2022-12-22"),
        ("2022-10-20", "2022-12-22"),
        ("2022-10-05", "2022-10-20"),
        ("2022-10-15", "2022-10-24"),
    ],
)
@pytest.mark.parametrize("shorten", [False, True])
def test_d06_what_overlaps_is_refused(starts: str, ends: str | None, shorten: bool) -> None:
    given().within(around(*D02)).when(begin(starts, ends, shorten=shorten)).refused(Overlaps)


def test_d08_an_accompaniment_begins_today_at_the_latest() -> None:
    given().when(begin("2025-06-17")).refused(StartInTheFuture)
    given().when(begin("2025-06-16")).then(begun("2025-06-16"))


def test_d10_the_last_day_is_excluded() -> None:
    given().within(around(period("2025-04-01", "2025-05-01"))).when(begin("2025-05-01")).then(begun("2025-05-01"))
    longer = around(period("2025-04-01", "2025-05-02"))
    given().within(longer).when(begin("2025-05-01")).refused(ConfirmShortening)
    given().within(longer).when(begin("2025-05-01", shorten=True)).then(begun("2025-05-01", shortens="accompaniment-1"))


def test_d12_two_periods_of_a_person_do_not_begin_on_the_same_day() -> None:
    given().within(around(period("2025-05-01"))).when(begin("2025-05-01")).refused(SameStart)
    given().when(begin("2025-05-01")).then(begun("2025-05-01"))


CUSTOM = OrientationType(code="parcours_emploi", casf=Casf.PRO, name="Parcours emploi")


def test_d14_an_accompaniment_of_a_deleted_type_reads_as_the_default_one() -> None:
    assert shown("parcours_emploi", Casf.PRO, [CUSTOM]) == "parcours_emploi"
    assert shown("parcours_emploi", Casf.PRO, []) == "pro"
    assert shown("pro", Casf.PRO, [CUSTOM]) == "pro"


@pytest.mark.parametrize(("days", "refused"), [("2025-05-07", True), ("2025-05-08", False)])
def test_a_period_lasts_seven_days_at_least(days: str, refused: bool) -> None:
    scenario = given().when(begin("2025-05-01", days))
    if refused:
        scenario.refused(TooShort)
    else:
        scenario.then(begun("2025-05-01", days))
    given().when(begin("2025-05-01", "2025-05-01")).refused(TooShort)


@pytest.mark.parametrize(("starts", "refusal"), [("2025-05-08", Overlaps), ("2025-05-09", ConfirmShortening)])
def test_what_is_shortened_still_lasts_seven_days(starts: str, refusal: type[Refusal]) -> None:
    given().within(around(period("2025-05-01"))).when(begin(starts)).refused(refusal)


def test_what_lasts_covers_today_and_not_tomorrow() -> None:
    there = around(period("2025-06-16"))
    given().within(there).when(begin("2025-06-01", "2025-06-17")).refused(Overlaps)
    given().within(there).when(begin("2025-06-01", "2025-06-16")).then(begun("2025-06-01", "2025-06-16"))


def test_what_was_recorded_by_mistake_is_in_nobody_s_way() -> None:
    cancelled = accompaniment_journey.decider.fold([begun("2025-05-01"), Cancelled()])
    given().within(around(cancelled)).when(begin("2025-05-01")).then(begun("2025-05-01"))


def test_a_period_is_not_in_its_own_way() -> None:
    own = replace(around(period("2025-05-01")), journey="accompaniment-1")
    change = Change(type="social", organisation=O1_ID, starts_on=day("2025-05-02"))
    changed = Changed(
        type="social",
        casf=Casf.SOCIAL,
        organisation=O1_ID,
        starts_on=day("2025-05-02"),
        ends_on=None,
        referent=None,
        shortens=None,
    )
    given(begun("2025-05-01")).within(own).when(change).then(changed)


def test_the_first_day_is_1_april_2012() -> None:
    given().when(begin("2012-03-31")).refused(StartTooEarly)
    given().when(begin("2012-04-01", "2013-04-01")).then(begun("2012-04-01", "2013-04-01"))


def test_types_are_those_of_the_law_or_of_the_departement() -> None:
    custom = around(known=replace(O1, orientation_types=(CUSTOM,)))
    given().when(replace(begin("2025-05-01"), type="parcours_emploi")).refused(TypeNotOffered)
    given().within(custom).when(begin("2025-05-01")).refused(TypeNotOffered)
    given().within(custom).when(replace(begin("2025-05-01"), type="parcours_emploi")).then(
        replace(begun("2025-05-01"), type="parcours_emploi")
    )
    given().within(custom).when(replace(begin("2025-05-01"), type="social")).then(
        replace(begun("2025-05-01"), type="social", casf=Casf.SOCIAL)
    )


def shut(of: Reception) -> Reception:
    return replace(of, profile=replace(of.profile, active=False))


SIAE = replace(
    reception("o1"),
    profile=OrganisationProfile(
        id=OrganisationId("o1"), kinds=("siae",), families=(Family.SIAE,), authorised=True, departments=("26",)
    ),
)


@pytest.mark.parametrize(
    ("known", "refusal"), [(shut(O1), OrganisationInactive), (SIAE, NotAnAccompanyingOrganisation)]
)
def test_the_organisation_is_an_active_one_that_follows_rsa_beneficiaries(
    known: Reception, refusal: type[Refusal]
) -> None:
    given().within(around(known=known)).when(begin("2025-05-01")).refused(refusal)


def test_the_referent_is_of_the_organisation() -> None:
    sacha = Subject("sacha")
    asked = replace(begin("2025-05-01"), referent=sacha)
    given().when(asked).refused(ReferentOfNobody)
    theirs = replace(O1, members=frozenset({sacha}))
    given().within(around(known=theirs)).when(asked).then(replace(begun("2025-05-01"), referent=sacha))


def test_whoever_orients_follows_the_person() -> None:
    stranger = around(acting=O2)
    given().within(stranger).when(begin("2025-05-01")).refused(NotFollowing)
    given(begun("2025-05-01")).within(stranger).when(Cancel()).refused(NotFollowing)
    given(begun("2025-05-01")).when(Cancel()).then(Cancelled())
    given(begun("2025-05-01"), Cancelled()).when(Cancel()).refused(WrongStage)


def test_the_organisation_follows_the_person_from_then_on() -> None:
    elsewhere = replace(begun("2025-05-01"), organisation=O2_ID)
    (asked,) = consequences("accompaniment-1", elsewhere, Dossier({"candidate": U}))
    assert (asked.journey, asked.command) == ("candidate", JoinOrganisation(organisation=O2_ID))
    assert list(consequences("accompaniment-1", begun("2025-05-01"), Dossier({"candidate": U}))) == []


@pytest.mark.parametrize(
    ("history", "offered"),
    [
        ((), {Begin}),
        ((begun("2025-05-01"),), {Change, Shorten, Cancel}),
        ((begun("2025-05-01"), Cancelled()), set()),
    ],
)
def test_a_period_begins_once_and_accepts_nothing_once_it_was_a_mistake(
    history: tuple[AccompanimentEvent, ...], offered: set[type[AccompanimentCommand]]
) -> None:
    decider = accompaniment_journey.decider
    assert set(decider.offers(decider.fold(history))) == offered


def test_a_period_has_ended_on_its_last_day() -> None:
    ending = period("2025-05-01", "2025-06-16")
    assert status_at(ending, paris("06-15 23:59")) is Status.CURRENT
    assert status_at(ending, paris("06-16 00:00")) is Status.ENDED
    assert turns(ending) == [paris("06-16 00:00")]
    assert status_at(period("2025-05-01"), paris("2030-01-01 00:00")) is Status.CURRENT
    cancelled = accompaniment_journey.decider.fold([begun("2025-05-01"), Cancelled()])
    assert status_at(cancelled, NOW) is Status.CANCELLED


def test_without_an_end_a_period_covers_today() -> None:
    assert occupied(day("2025-05-01"), None, day("2025-06-16")) == (day("2025-05-01"), day("2025-06-17"))
    assert occupied(day("2025-05-01"), day("2025-05-20"), day("2025-06-16")) == (day("2025-05-01"), day("2025-05-20"))
    assert turns(period("2025-05-01")) == []


def test_the_organisation_that_accompanies_takes_part_until_it_was_a_mistake() -> None:
    recorded, nothing = period("2025-05-01"), Accompaniment()
    assert (parties(recorded), closed(recorded)) == ({Party.RECEIVER: frozenset({O1_ID})}, False)
    assert (parties(nothing), closed(nothing)) == ({}, False)
    assert closed(accompaniment_journey.decider.fold([begun("2025-05-01"), Cancelled()]))


def test_staff_and_imports_act_for_nobody() -> None:
    given(begun("2025-05-01")).within(replace(around(), acting=None)).when(Cancel()).then(Cancelled())
