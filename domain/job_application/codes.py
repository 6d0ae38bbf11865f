"""The closed lists that applications use."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final

from domain.iae.companies import GEIQ


class Stage(StrEnum):
    """Where an application stands (les-emplois §4.2)."""

    NOT_SENT = "not_sent"
    NEW = "new"
    PROCESSING = "processing"
    POSTPONED = "postponed"
    PRIOR_TO_HIRE = "prior_to_hire"
    POOL = "pool"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    CANCELLED = "cancelled"
    OBSOLETE = "obsolete"


#: Still waiting for an answer: what another acceptance makes obsolete. The pool and prior actions are not.
PENDING: Final = frozenset({Stage.NEW, Stage.PROCESSING, Stage.POSTPONED})
#: Answered, one way or another: `processed_at` is known in these stages and only in these.
PROCESSED: Final = frozenset({Stage.ACCEPTED, Stage.REFUSED, Stage.CANCELLED, Stage.OBSOLETE})


class SenderKind(StrEnum):
    """In what capacity the application was sent (les-emplois §1.1)."""

    CANDIDATE = "candidate"
    PRESCRIBER = "prescriber"
    EMPLOYER = "employer"


class Origin(StrEnum):
    """Where the application comes from (les-emplois §4.1); all but `DEFAULT` are imported or made by staff."""

    DEFAULT = "default"
    PE_APPROVAL = "pe_approval"
    AI_STOCK = "ai_stock"
    ADMIN = "admin"


class RefusalReason(StrEnum):
    """Why a company refuses (les-emplois §4.6)."""

    DID_NOT_COME = "did_not_come"
    DID_NOT_COME_TO_INTERVIEW = "did_not_come_to_interview"
    HIRED_ELSEWHERE = "hired_elsewhere"
    TRAINING = "training"
    NON_ELIGIBLE = "non_eligible"
    NOT_MOBILE = "not_mobile"
    NOT_INTERESTED = "not_interested"
    LACKING_SKILLS = "lacking_skills"
    INCOMPATIBLE = "incompatible"
    PREVENT_OBJECTIVES = "prevent_objectives"
    NO_POSITION = "no_position"
    DUPLICATE = "duplicate"
    OTHER = "other"
    #: Given by time alone.
    AUTO = "auto"
    # Historic: found in imports, no longer given.
    APPROVAL_EXPIRATION_TOO_CLOSE = "approval_expiration_too_close"
    UNAVAILABLE = "unavailable"
    ELIGIBILITY_DOUBT = "eligibility_doubt"
    DEACTIVATION = "deactivation"
    POORLY_INFORMED = "poorly_informed"


NOT_SELECTABLE: Final = frozenset(
    {
        RefusalReason.AUTO,
        RefusalReason.APPROVAL_EXPIRATION_TOO_CLOSE,
        RefusalReason.UNAVAILABLE,
        RefusalReason.ELIGIBILITY_DOUBT,
        RefusalReason.DEACTIVATION,
        RefusalReason.POORLY_INFORMED,
    }
)
#: A GEIQ is bound neither by the eligibility of the IAE nor by its management dialogue.
NOT_FOR_GEIQ: Final = frozenset({RefusalReason.NON_ELIGIBLE, RefusalReason.PREVENT_OBJECTIVES})


def selectable(kinds: Collection[str]) -> frozenset[RefusalReason]:
    """The reasons that a company of these kinds may give."""
    return frozenset(RefusalReason) - NOT_SELECTABLE - (NOT_FOR_GEIQ if GEIQ in kinds else frozenset())


class Delivery(StrEnum):
    """How the person gets the PASS IAE of a hire (les-emplois §4.7)."""

    #: With the acceptance.
    AUTOMATIC = "automatic"
    #: By staff, once it is known who the person is.
    MANUAL = "manual"


class PriorActionKind(StrEnum):
    """What a GEIQ does with a person before hiring: a trial at work, or pre-qualifying training (les-emplois §4.5)."""

    PMSMP = "pmsmp"
    MRS = "mrs"
    INTERNSHIP = "internship"
    OTHER_TRIAL = "other_trial"
    LOCAL_PLAN = "local_plan"
    AFPR = "afpr"
    POE = "poe"
    OTHER_TRAINING = "other_training"


class ContractType(StrEnum):
    """The contract that a GEIQ signs."""

    APPRENTICESHIP = "apprenticeship"
    PROFESSIONAL_TRAINING = "professional_training"
    OTHER = "other"


class QualificationType(StrEnum):
    """What a GEIQ contract prepares for."""

    STATE_DIPLOMA = "state_diploma"
    CQP = "cqp"
    CCN = "ccn"


class QualificationLevel(StrEnum):
    """The level of that qualification, in the French framework."""

    LEVEL_3 = "level_3"
    LEVEL_4 = "level_4"
    LEVEL_5 = "level_5"
    NOT_RELEVANT = "not_relevant"
