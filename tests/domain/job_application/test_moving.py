from dataclasses import replace

import pytest

from domain.job_application import job_application_journey
from domain.job_application.codes import SenderKind, Stage
from domain.job_application.commands import RecordExternalTransfer, Reset, Transfer
from domain.job_application.events import (
    Archived,
    Commented,
    HireCancelled,
    JobApplicationEvent,
    Reopened,
    Transferred,
    TransferredExternally,
)
from domain.job_application.refusals import CompanyClosed, NotACompany, SameCompany, UnknownCompany, WrongStage
from domain.job_application.rules import decider
from domain.job_application.state import Move
from domain.vocabulary import OrganisationId, Party
from tests.domain.job_application.samples import (
    ACI,
    EI,
    GEIQ,
    KNOWN,
    NOUR,
    NOW,
    PRESCRIBER,
    acting_for,
    hired,
    history,
    prior_action,
    refused,
    sent,
    standing,
)
from tests.spec import given

TO_EI = Transferred(at=NOW, from_company=ACI.id, to=EI.id, to_kinds=("ei",), by=NOUR.subject)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in {Stage.NOT_SENT, Stage.ACCEPTED}])
def test_a16_everything_but_an_accepted_application_is_transferred(stage: Stage) -> None:
    given(decider, *history(stage)).within(acting_for(ACI)).when(Transfer(to=EI.id)).then(TO_EI)


def test_a16_an_accepted_application_is_not_transferred() -> None:
    given(decider, *history(Stage.ACCEPTED)).within(acting_for(ACI)).when(Transfer(to=EI.id)).refused(WrongStage)


def test_a18_a_transferred_application_starts_anew_in_the_other_company() -> None:
    past: list[JobApplicationEvent] = [
        sent(ACI, sender_kind=SenderKind.PRESCRIBER),
        prior_action(),
        Commented(at=NOW, number=1, author=NOUR.subject, text="Vu"),
        hired(),
        HireCancelled(at=NOW),
        replace(refused(), answer_to_prescriber="Voir avec lui"),
        Archived(at=NOW, by=NOUR.subject),
    ]
    fresh = decider.fold([sent(ACI, sender_kind=SenderKind.PRESCRIBER)])
    assert decider.fold([*past, TO_EI]) == replace(
        fresh,
        company=EI.id,
        company_kinds=("ei",),
        moved=Move(at=NOW, by=NOUR.subject, from_company=ACI.id),
        last_comment=1,
        last_prior_action=1,
    )


def test_a_transferred_application_is_the_other_companys_business() -> None:
    case = decider.fold([sent(ACI, sender_kind=SenderKind.PRESCRIBER), TO_EI])
    assert job_application_journey.parties(case) == {
        Party.SENDER: frozenset({PRESCRIBER.id}),
        Party.RECEIVER: frozenset({EI.id}),
    }


def test_a_candidate_alone_stands_on_no_side() -> None:
    assert job_application_journey.parties(standing(Stage.NEW)) == {Party.RECEIVER: frozenset({ACI.id})}
    assert job_application_journey.parties(decider.initial) == {}


def test_an_application_is_transferred_to_another_active_company() -> None:
    scenario = given(decider, sent(ACI)).within(acting_for(ACI))
    scenario.when(Transfer(to=ACI.id)).refused(SameCompany)
    scenario.when(Transfer(to=PRESCRIBER.id)).refused(NotACompany)
    scenario.when(Transfer(to=OrganisationId("nowhere"))).refused(UnknownCompany)
    closed = replace(acting_for(ACI), organisations={**KNOWN, EI.id: replace(EI, active=False)})
    given(decider, sent(ACI)).within(closed).when(Transfer(to=EI.id)).refused(CompanyClosed)


def test_the_rules_of_the_new_company_apply() -> None:
    assert decider.fold([sent(ACI), replace(TO_EI, to=GEIQ.id, to_kinds=GEIQ.kinds)]).to_geiq
    assert not decider.fold([sent(GEIQ), TO_EI]).to_geiq


def test_an_application_sent_on_stays_refused_and_archived() -> None:
    past = [*history(Stage.REFUSED), Archived(at=NOW, by=NOUR.subject)]
    event = TransferredExternally(at=NOW, application="job-application-3", to=EI.id)
    command = RecordExternalTransfer(application="job-application-3", to=EI.id)
    given(decider, *past).within(acting_for(None)).when(command).then(event)
    before, after = decider.fold(past), decider.fold([*past, event])
    assert after == replace(before, transferred_to=("job-application-3",))


def test_staff_opens_an_obsolete_application_again() -> None:
    given(decider, *history(Stage.OBSOLETE)).within(acting_for(None)).when(Reset()).then(Reopened(at=NOW))
    assert decider.fold([*history(Stage.OBSOLETE), Reopened(at=NOW)]).processed_at is None
