"""From which stage each command is taken, and where it leads."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest

from domain.eligibility_check import EligibilityCheckCommand, EligibilityCheckEvent, eligibility_check_journey
from domain.eligibility_check.codes import Answer, Criterion, Stage
from domain.eligibility_check.commands import (
    DiagnoseForGeiq,
    DiagnoseForIae,
    Expire,
    RecordAnswer,
    RecordDiagnosis,
    RecordHire,
    RecordPass,
    ReleaseFromHire,
    RenewForIae,
    RequestCertification,
    Supersede,
    UpdateForGeiq,
)
from domain.eligibility_check.events import Expired, HireRecorded, Superseded
from domain.eligibility_check.refusals import WrongStage
from domain.eligibility_check.rules import decider
from domain.iae.diagnosis import AuthorKind, Scheme
from domain.journey import Context
from domain.vocabulary import OrganisationProfile
from tests.domain.eligibility_check.samples import (
    GEIQ,
    PRESCRIBER,
    TODAY,
    acting_for,
    diagnosed,
    requested,
    standing,
)

C = Criterion
MADE = "in_force expired superseded"
SAME = ""

EXPECTED: tuple[tuple[EligibilityCheckCommand, str, str], ...] = (
    (DiagnoseForIae(), "not_made", "in_force"),
    (RenewForIae(diagnosis="eligibility-check-1"), "not_made", "in_force"),
    (DiagnoseForGeiq(), "not_made", "in_force"),
    (
        RecordDiagnosis(scheme=Scheme.IAE, author_kind=AuthorKind.PRESCRIBER, made_on=TODAY, expires_on=TODAY),
        "not_made",
        "in_force",
    ),
    (UpdateForGeiq(criteria=(C.FLE,)), "in_force", SAME),
    (Supersede(by="eligibility-check-9"), "in_force", "superseded"),
    (Expire(), "in_force", "expired"),
    (RecordHire(application="job-application-2", starts_on=TODAY), MADE, SAME),
    (ReleaseFromHire(application="job-application-1"), MADE, SAME),
    (RecordPass(pass_iae="pass-iae-1"), MADE, SAME),
    (RequestCertification(), MADE, SAME),
    (RecordAnswer(criterion=C.RSA, answer=Answer.NOT_FOUND), "in_force", SAME),
)


def history(stage: Stage) -> Sequence[EligibilityCheckEvent]:
    made = (
        diagnosed(GEIQ, C.RSA, scheme=Scheme.GEIQ),
        requested(C.RSA),
        HireRecorded(application="job-application-1", starts_on=TODAY),
    )
    ways: Mapping[Stage, Sequence[EligibilityCheckEvent]] = {
        Stage.NOT_MADE: (),
        Stage.IN_FORCE: made,
        Stage.EXPIRED: (*made, Expired(on=made[0].expires_on)),
        Stage.SUPERSEDED: (*made, Superseded(by="eligibility-check-2", on=TODAY)),
    }
    return ways[stage]


def context(command: EligibilityCheckCommand) -> Context:
    author: OrganisationProfile = GEIQ if isinstance(command, UpdateForGeiq) else PRESCRIBER
    day = TODAY + timedelta(days=300) if isinstance(command, Expire) else TODAY
    former = {"check_1": standing(diagnosed(PRESCRIBER))} if isinstance(command, RenewForIae) else {}
    return acting_for(author, day, **former)


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize(
    ("command", "allowed", "to"), EXPECTED, ids=[type(command).__name__ for command, _, _ in EXPECTED]
)
def test_each_command_is_taken_where_the_table_says_and_nowhere_else(
    command: EligibilityCheckCommand, allowed: str, to: str, stage: Stage
) -> None:
    past = history(stage)
    if stage not in allowed.split():
        with pytest.raises(WrongStage) as caught:
            decider.decide(command, standing(*past), context(command))
        assert caught.value.details == {"stage": stage}
        return
    events = decider.decide(command, standing(*past), context(command))
    assert events
    assert standing(*past, *events).stage is (Stage(to) if to else stage)


def test_the_matrix_and_the_table_name_every_command() -> None:
    journey = eligibility_check_journey
    assert {type(command) for command, _, _ in EXPECTED} == set(journey.commands) == set(journey.accepted_from)


def test_what_is_offered_is_what_the_table_takes_where_nothing_else_is_missing() -> None:
    for command, allowed, _ in EXPECTED:
        for stage in Stage:
            assert (type(command) in decider.offers(standing(*history(stage)))) == (stage in allowed.split())


def test_what_the_state_excludes_is_not_offered() -> None:
    plain = set(decider.offers(standing(diagnosed(PRESCRIBER, C.QPV))))
    assert plain == {Supersede, Expire, RecordHire, RecordPass, RequestCertification}
