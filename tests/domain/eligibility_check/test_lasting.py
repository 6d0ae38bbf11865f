"""How a diagnosis ends, who sees it meanwhile, and what stands on it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.calendar import paris_start
from domain.eligibility_check import EligibilityCheckCommand, EligibilityCheckEvent, eligibility_check_journey
from domain.eligibility_check.codes import Criterion, Stage
from domain.eligibility_check.commands import Expire, RecordHire, RecordPass, ReleaseFromHire, Supersede
from domain.eligibility_check.events import Expired, HireRecorded, HireReleased, PassRecorded, Superseded, Updated
from domain.eligibility_check.refusals import NotDue
from domain.eligibility_check.rules import decider
from domain.eligibility_check.state import EligibilityCheck
from domain.eligibility_check.table import deadlines
from domain.iae.diagnosis import AuthorKind, Scheme, is_current
from domain.journey import Deadline
from domain.vocabulary import Party
from tests.domain.eligibility_check.samples import (
    ACI,
    GEIQ,
    PRESCRIBER,
    TODAY,
    acting_for,
    diagnosed,
    standing,
)
from tests.spec import given

DAY = timedelta(days=1)
SEPTEMBER_1 = date(2025, 9, 1)
MADE = diagnosed(PRESCRIBER, Criterion.QPV)


def test_it_expires_at_the_first_instant_in_paris_of_its_day() -> None:
    check = standing(MADE)
    due = datetime(2025, 8, 31, 22, tzinfo=UTC)
    assert deadlines(check) == (Deadline(due=due, command=Expire()),)
    just_before = replace(acting_for(None), at=due - timedelta(microseconds=1))
    given(decider, MADE).within(just_before).when(Expire()).refused(NotDue)
    given(decider, MADE).at(due).when(Expire()).then(Expired(on=SEPTEMBER_1))


@pytest.mark.parametrize(
    ("expires_on", "due"),
    [
        (date(2025, 3, 30), datetime(2025, 3, 29, 23, tzinfo=UTC)),
        (date(2025, 3, 31), datetime(2025, 3, 30, 22, tzinfo=UTC)),
        (date(2025, 10, 26), datetime(2025, 10, 25, 22, tzinfo=UTC)),
        (date(2025, 10, 27), datetime(2025, 10, 26, 23, tzinfo=UTC)),
    ],
)
def test_around_the_changes_of_the_clock(expires_on: date, due: datetime) -> None:
    assert [each.due for each in deadlines(standing(diagnosed(PRESCRIBER, expires_on=expires_on)))] == [due]


def test_told_late_it_still_expired_on_its_day() -> None:
    given(decider, MADE).within(acting_for(None, date(2025, 9, 20))).when(Expire()).then(Expired(on=SEPTEMBER_1))


def test_what_has_ended_asks_for_nothing_more_and_is_closed() -> None:
    journey = eligibility_check_journey
    for ending in (Expired(on=SEPTEMBER_1), Superseded(by="eligibility-check-2", on=TODAY)):
        ended = standing(MADE, ending)
        assert (deadlines(ended), journey.closed(ended)) == ((), True)
    assert not journey.closed(standing(MADE))


def test_the_day_of_expiry_is_recorded_and_whether_it_counts_is_told_by_the_day_alone() -> None:
    check = standing(MADE)
    assert [is_current(check, day) for day in (SEPTEMBER_1 - DAY, SEPTEMBER_1)] == [True, False]
    assert (check.stage, standing(MADE, Expired(on=SEPTEMBER_1)).stage) == (Stage.IN_FORCE, Stage.EXPIRED)


def test_e15_what_is_superseded_expires_that_day() -> None:
    on = date(2025, 5, 5)
    event = Superseded(by="eligibility-check-2", on=on)
    given(decider, MADE).within(acting_for(None, on)).when(Supersede(by="eligibility-check-2")).then(event)
    after = standing(MADE, event)
    assert (after.stage, after.superseded_by, after.expires_on) == (Stage.SUPERSEDED, "eligibility-check-2", on)
    assert [is_current(after, day) for day in (on - DAY, on)] == [True, False]


def test_being_superseded_never_makes_it_last_longer() -> None:
    late = Superseded(by="eligibility-check-2", on=SEPTEMBER_1 + DAY)
    assert standing(MADE, late).expires_on == SEPTEMBER_1


def test_it_remembers_the_hires_that_stand_on_it() -> None:
    hired, moved = (HireRecorded(application="job-application-1", starts_on=day) for day in (TODAY, TODAY + DAY))
    record = RecordHire(application="job-application-1", starts_on=TODAY)
    release = ReleaseFromHire(application="job-application-1")
    given(decider, MADE).when(record).then(hired)
    given(decider, MADE, hired).when(record).then()
    given(decider, MADE, hired).when(replace(record, starts_on=TODAY + DAY)).then(moved)
    given(decider, MADE, hired).when(release).then(HireReleased(application="job-application-1"))
    given(decider, MADE).when(release).then()
    other = HireRecorded(application="job-application-2", starts_on=TODAY)
    assert standing(MADE, hired, other, moved).hires == {
        "job-application-1": TODAY + DAY,
        "job-application-2": TODAY,
    }
    assert standing(MADE, hired, other, HireReleased(application="job-application-1")).hires == {
        "job-application-2": TODAY
    }


def test_it_remembers_the_pass_that_it_led_to() -> None:
    record = RecordPass(pass_iae="pass-iae-1")
    given(decider, MADE).when(record).then(PassRecorded(pass_iae="pass-iae-1"))
    given(decider, MADE, PassRecorded(pass_iae="pass-iae-1")).when(record).then()
    assert standing(MADE, PassRecorded(pass_iae="pass-iae-1")).pass_iae == "pass-iae-1"


@pytest.mark.parametrize(
    "ending", [Expired(on=SEPTEMBER_1), Superseded(by="eligibility-check-2", on=TODAY)], ids=["expired", "superseded"]
)
@pytest.mark.parametrize(
    "command",
    [
        RecordHire(application="job-application-1", starts_on=TODAY),
        ReleaseFromHire(application="job-application-1"),
        RecordPass(pass_iae="pass-iae-1"),
    ],
)
def test_a_hire_may_stand_on_what_no_longer_counts_under_a_valid_pass(
    command: EligibilityCheckCommand, ending: EligibilityCheckEvent
) -> None:
    hired = HireRecorded(application="job-application-1", starts_on=TODAY + DAY)
    assert len(decider.decide(command, standing(MADE, hired, ending), acting_for(None))) == 1


def test_the_organisation_that_vouches_takes_part() -> None:
    update = Updated(
        author_kind=AuthorKind.GEIQ,
        author=None,
        organisation=GEIQ.id,
        organisation_kinds=GEIQ.kinds,
        criteria=(Criterion.FLE,),
        on=TODAY,
        expires_on=SEPTEMBER_1,
        allowance=0,
    )
    parties = eligibility_check_journey.parties
    assert parties(standing(diagnosed(ACI, Criterion.RSA))) == {Party.AUTHOR: {ACI.id}}
    assert parties(standing(diagnosed(PRESCRIBER, scheme=Scheme.GEIQ), update)) == {Party.AUTHOR: {GEIQ.id}}
    assert parties(EligibilityCheck()) == {}


def test_deadlines_follow_an_update() -> None:
    update = Updated(
        author_kind=AuthorKind.GEIQ,
        author=None,
        organisation=GEIQ.id,
        organisation_kinds=GEIQ.kinds,
        criteria=(Criterion.FLE,),
        on=SEPTEMBER_1 - DAY,
        expires_on=date(2026, 2, 28),
        allowance=0,
    )
    after = standing(diagnosed(GEIQ, Criterion.FLE, scheme=Scheme.GEIQ), update)
    assert deadlines(after) == (Deadline(due=paris_start(date(2026, 2, 28)), command=Expire()),)
