from dataclasses import replace
from datetime import date

import pytest

from domain.candidate import Stage
from domain.candidate.codes import ClosingReason, EmploymentKind
from domain.candidate.commands import (
    AbsorbDuplicate,
    ClosePath,
    CorrectIdentity,
    DeclareEmploymentFound,
    DescribeSocialSituation,
    JoinOrganisation,
    MergeInto,
    ReopenPath,
    RetractEmploymentFound,
)
from domain.candidate.events import (
    DuplicateAbsorbed,
    EmploymentFound,
    EmploymentRetracted,
    MergedInto,
    PathClosed,
    PathReopened,
    SocialSituationDescribed,
)
from domain.candidate.refusals import (
    EmploymentAlreadyDeclared,
    EmploymentBeforeEntry,
    EmploymentNotBegun,
    EmploymentNotDeclared,
    EntryInTheFuture,
    KeptIsADuplicate,
    MergedInCircles,
    RsaDurationMismatch,
    UnknownCandidate,
    WrongStage,
)
from domain.candidate.situation import EducationLevel, Rsa, Since
from domain.candidate.state import Employment
from domain.vocabulary import CandidateId
from tests.domain.candidate.cases import DROME, ISERE, TODAY, given, joined, on, registered, standing

KEPT, DUPLICATE = CandidateId("kept"), CandidateId("duplicate")
HIRED = EmploymentFound(on=TODAY, kind=EmploymentKind.PERMANENT)
CLOSED = PathClosed(reason=ClosingReason.MOVED_AWAY, on=TODAY)


def employment(day: date) -> DeclareEmploymentFound:
    return DeclareEmploymentFound(on=day, kind=EmploymentKind.PERMANENT)


def test_an_employment_is_declared_from_the_day_it_began_and_not_before_entry() -> None:
    given(registered()).when(employment(TODAY)).then(HIRED)
    given(registered()).when(employment(date(2026, 1, 6))).refused(EmploymentNotBegun)
    given(registered()).when(employment(date(2026, 1, 4))).refused(EmploymentBeforeEntry)


def test_an_employment_is_declared_once_and_another_one_another_day() -> None:
    given(registered(), HIRED).when(employment(TODAY)).refused(EmploymentAlreadyDeclared)
    later = date(2026, 3, 1)
    given(registered(), HIRED).within(on(later)).when(employment(later)).then(
        EmploymentFound(on=later, kind=EmploymentKind.PERMANENT)
    )


def test_an_employment_declared_by_mistake_is_retracted_and_can_be_declared_again() -> None:
    retracted = EmploymentRetracted(on=TODAY)
    given(registered(), HIRED).when(RetractEmploymentFound(on=TODAY)).then(retracted)
    given(registered(), HIRED, retracted).when(RetractEmploymentFound(on=TODAY)).refused(EmploymentNotDeclared)
    given(registered(), HIRED, retracted).when(employment(TODAY)).then(HIRED)


@pytest.mark.parametrize("reason", ClosingReason)
def test_a_path_is_closed_for_a_reason_and_reopened(reason: ClosingReason) -> None:
    closed = PathClosed(reason=reason, on=TODAY)
    given(registered()).when(ClosePath(reason=reason)).then(closed)
    given(registered(), closed).when(ClosePath(reason=reason)).refused(WrongStage)
    given(registered(), closed).when(ReopenPath()).then(PathReopened(on=TODAY))
    assert standing(registered(), closed, PathReopened(on=TODAY)) == standing(registered())


def test_a_closed_path_is_still_corrected_and_joined_but_leads_nowhere() -> None:
    given(registered(), CLOSED).when(JoinOrganisation(organisation=ISERE.id)).then(joined(ISERE))
    given(registered(), CLOSED).when(CorrectIdentity(first_name="Nour", last_name="Haddad")).then()
    given(registered(), CLOSED).when(employment(TODAY)).refused(WrongStage)


def test_the_duration_of_the_rsa_is_known_if_and_only_if_it_is_received() -> None:
    for rsa in (None, Rsa.NO):
        with_duration = DescribeSocialSituation(rsa=rsa, rsa_since=Since.LESS_THAN_6_MONTHS)
        given(registered()).when(with_duration).refused(RsaDurationMismatch)
        given(registered()).when(DescribeSocialSituation(rsa=rsa)).then(SocialSituationDescribed(rsa=rsa))
    for rsa in (Rsa.MAJORE, Rsa.NON_MAJORE):
        given(registered()).when(DescribeSocialSituation(rsa=rsa)).refused(RsaDurationMismatch)
        given(registered()).when(DescribeSocialSituation(rsa=rsa, rsa_since=Since.LESS_THAN_6_MONTHS)).then(
            SocialSituationDescribed(rsa=rsa, rsa_since=Since.LESS_THAN_6_MONTHS)
        )


def test_the_last_description_of_the_situation_replaces_the_others() -> None:
    first = SocialSituationDescribed(refugee=True)
    last = SocialSituationDescribed(education_level=EducationLevel.CAP_OR_BEP)
    assert standing(registered(), first, last).situation == last


def test_a_dossier_is_merged_into_one_that_exists_and_is_no_duplicate_itself() -> None:
    given(registered()).when(MergeInto(target=KEPT)).refused(UnknownCandidate)
    duplicate = replace(on(TODAY), candidates={KEPT: standing(registered(), MergedInto(target=DUPLICATE))})
    given(registered()).within(duplicate).when(MergeInto(target=KEPT)).refused(KeptIsADuplicate)


def test_a_duplicate_accepts_nothing_more_but_its_own_merger_again() -> None:
    merged = MergedInto(target=KEPT)
    there = replace(on(TODAY), candidates={KEPT: standing(registered())})
    given(registered()).within(there).when(MergeInto(target=KEPT)).then(merged)
    given(registered(), merged).when(MergeInto(target=KEPT)).then()
    given(registered(), merged).when(MergeInto(target=DUPLICATE)).refused(WrongStage)
    given(registered(), merged).when(JoinOrganisation(organisation=ISERE.id)).refused(WrongStage)
    assert standing(registered(), merged).stage is Stage.MERGED


def test_the_earliest_entry_counts_and_followers_come_along() -> None:
    earlier, later = date(2025, 11, 30), date(2026, 1, 6)
    absorb = AbsorbDuplicate(source=DUPLICATE, source_entered_on=earlier, followers=(DROME.id, ISERE.id, ISERE.id))
    absorbed = DuplicateAbsorbed(source=DUPLICATE, entered_on=earlier)
    given(registered()).when(absorb).then(absorbed, joined(ISERE))
    given(registered(), absorbed, joined(ISERE)).when(absorb).then()
    given(registered()).within(on(later)).when(AbsorbDuplicate(source=DUPLICATE, source_entered_on=later)).then(
        DuplicateAbsorbed(source=DUPLICATE, entered_on=TODAY)
    )
    given(registered()).when(AbsorbDuplicate(source=DUPLICATE, source_entered_on=later)).refused(EntryInTheFuture)
    assert standing(registered(), absorbed).entered_on == earlier


def test_what_the_path_is_made_of_is_known() -> None:
    found = standing(registered(), HIRED)
    assert found.employments == (Employment(on=TODAY, kind=EmploymentKind.PERMANENT),)
    assert standing(registered(), CLOSED).closing_reason is ClosingReason.MOVED_AWAY
    assert standing(registered(), CLOSED, PathReopened(on=TODAY)).closing_reason is None


def test_two_dossiers_are_not_merged_in_circles() -> None:
    absorbed = DuplicateAbsorbed(source=DUPLICATE, entered_on=TODAY)
    there = replace(on(TODAY), candidates={KEPT: standing(registered())})
    given(registered(), absorbed).when(MergeInto(target=DUPLICATE)).refused(MergedInCircles)
    given(registered(), absorbed).within(there).when(MergeInto(target=KEPT)).then(MergedInto(target=KEPT))
