"""Which commands each stage takes (immersion §2.4, §2.6, §2.8, §4)."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from domain.immersion.codes import NEGATIVE, PENDING, SIGNABLE, Stage
from domain.immersion.commands import (
    Cancel,
    CorrectBeneficiary,
    CorrectTutor,
    CreateAssessment,
    DeleteAssessment,
    Deprecate,
    DeprecateAutomatically,
    FindEligible,
    ImmersionCommand,
    Modify,
    NameReferent,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
    Reject,
    Remind,
    Renew,
    RequestAssessment,
    Sign,
    SignAssessment,
    Submit,
    TransferToAgency,
    Validate,
)
from domain.immersion.state import Immersion, signature_needed

_NEW: Final = frozenset({Stage.NOT_SUBMITTED})
_REVIEWED: Final = frozenset({Stage.IN_REVIEW})
_VALIDATED: Final = frozenset({Stage.VALIDATED})
_DECIDED: Final = NEGATIVE | _VALIDATED

#: Where each command is accepted from. Nothing leaves a negative stage.
ACCEPTED_FROM: Final[Mapping[type[ImmersionCommand], frozenset[Stage]]] = {
    Submit: _NEW,
    Renew: _NEW,
    Sign: SIGNABLE,
    Modify: PENDING,
    FindEligible: _REVIEWED,
    Validate: _REVIEWED | {Stage.ELIGIBLE},
    Reject: PENDING,
    Deprecate: PENDING,
    Cancel: _VALIDATED,
    DeprecateAutomatically: PENDING,
    TransferToAgency: SIGNABLE | _REVIEWED,
    NameReferent: SIGNABLE | _REVIEWED,
    CorrectTutor: _DECIDED,
    CorrectBeneficiary: _DECIDED,
    RecordSignatureLink: SIGNABLE,
    RecordAssessmentLink: _VALIDATED,
    RecordAssessmentSignatureLink: _VALIDATED,
    CreateAssessment: _VALIDATED,
    SignAssessment: _VALIDATED,
    DeleteAssessment: _VALIDATED,
    Remind: SIGNABLE | _REVIEWED | _VALIDATED,
    RequestAssessment: _VALIDATED,
}


def _unassessed(case: Immersion) -> bool:
    return case.assessment is None


def _assessed(case: Immersion) -> bool:
    return case.assessment is not None


def _to_sign(case: Immersion) -> bool:
    assessment = case.assessment
    return assessment is not None and signature_needed(assessment) and assessment.signed_at is None


#: What else a state must be for a command to make sense; the decision itself names the refusal.
NEEDS: Final[Mapping[type[ImmersionCommand], Callable[[Immersion], bool]]] = {
    Modify: lambda case: case.renewed_from is None,
    FindEligible: lambda case: case.two_steps,
    Validate: lambda case: case.two_steps is (case.stage is Stage.ELIGIBLE),
    Cancel: _unassessed,
    RecordAssessmentLink: _unassessed,
    RecordAssessmentSignatureLink: _to_sign,
    CreateAssessment: _unassessed,
    SignAssessment: _to_sign,
    DeleteAssessment: _assessed,
    RequestAssessment: lambda case: case.assessment is None and case.assessment_requested_at is None,
}


def offers(case: Immersion) -> Collection[type[ImmersionCommand]]:
    """The commands that the convention does not exclude by itself."""
    return [
        kind
        for kind, stages in ACCEPTED_FROM.items()
        if case.stage in stages and (kind not in NEEDS or NEEDS[kind](case))
    ]
