"""What a refusal tells a program: what it is about, or what would be accepted."""

from dataclasses import replace
from typing import Any

import pytest

from domain.calendar import add_days
from domain.iae.hire import Hire
from domain.job_application.codes import ContractType, Delivery, PriorActionKind, RefusalReason, Stage
from domain.job_application.commands import (
    Accept,
    AddComment,
    CancelHire,
    ChangeHiringDates,
    ChangePriorAction,
    DeleteComment,
    DeletePriorAction,
    RecordPass,
    Refuse,
    Submit,
    Transfer,
    TransferExternally,
)
from domain.job_application.events import JobApplicationEvent, PassRecorded
from domain.job_application.rules import decider
from domain.journey import Context, Dossier, Refusal
from domain.vocabulary import OrganisationId
from tests.domain.job_application.samples import (
    ACI,
    EI,
    GEIQ,
    LONG_AGO,
    NOW,
    PRESCRIBER,
    TODAY,
    acting_for,
    beside,
    hired,
    history,
    sent,
    standing,
)

NOWHERE = OrganisationId("nowhere")
ACTION: dict[str, Any] = {"kind": PriorActionKind.PMSMP, "starts_on": TODAY, "ends_on": TODAY}
SEND_ON = TransferExternally(application="job-application-1", company=EI.id)
EXCHANGED = Hire(application="job-application-2", exchanged=True)
OLD = beside(acting_for(PRESCRIBER), decider.fold([sent(ACI, LONG_AGO)]))


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ([], acting_for(PRESCRIBER), Submit(company=NOWHERE, message="Bonjour"), {"organisation": "nowhere"}),
        ([], OLD, Submit(company=ACI.id, message="Bonjour"), {"applications": ["job-application-1"]}),
        ([], acting_for(ACI), SEND_ON, {"application": "job-application-1"}),
        ([], beside(acting_for(ACI), standing(Stage.PROCESSING)), SEND_ON, {"stage": "processing"}),
        (history(Stage.NEW), acting_for(ACI), Transfer(to=NOWHERE), {"organisation": "nowhere"}),
        (
            history(Stage.NEW),
            acting_for(ACI),
            Refuse(reason=RefusalReason.AUTO, shared=True, answer="Non"),
            {"reason": "auto"},
        ),
        (history(Stage.NEW), acting_for(ACI), AddComment(text="a" * 2001), {"longest": 2000}),
        (history(Stage.NEW), acting_for(ACI), DeleteComment(number=3), {"number": 3}),
        (
            history(Stage.PRIOR_TO_HIRE, GEIQ),
            acting_for(GEIQ),
            ChangePriorAction(number=2, **ACTION),
            {"number": 2},
        ),
        (history(Stage.PRIOR_TO_HIRE, GEIQ), acting_for(GEIQ), DeletePriorAction(number=2), {"number": 2}),
        (
            [sent(GEIQ)],
            acting_for(GEIQ),
            Accept(starts_on=TODAY, hired_job="job-1", contract_type=ContractType.APPRENTICESHIP, weekly_hours=49),
            {"longest": 48},
        ),
        (
            history(Stage.ACCEPTED),
            acting_for(ACI),
            ChangeHiringDates(starts_on=add_days(TODAY, -1)),
            {"earliest": TODAY},
        ),
        (
            history(Stage.ACCEPTED),
            acting_for(ACI),
            ChangeHiringDates(starts_on=add_days(TODAY, 31)),
            {"latest": add_days(TODAY, 30)},
        ),
        (
            history(Stage.ACCEPTED),
            replace(acting_for(ACI), dossier=Dossier({"hiring-4": EXCHANGED})),
            CancelHire(),
            {"hiring": "hiring-4"},
        ),
        (
            [sent(ACI), replace(hired(), delivery=Delivery.MANUAL), PassRecorded(at=NOW, pass_iae="pass-iae-1")],
            acting_for(None),
            RecordPass(pass_iae="pass-iae-2"),
            {"pass_iae": "pass-iae-1"},
        ),
        (history(Stage.REFUSED), acting_for(ACI), CancelHire(), {"stage": "refused"}),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: list[JobApplicationEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    assert caught.value.details == details
