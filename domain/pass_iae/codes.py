"""The closed lists that a PASS IAE uses."""

from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """What was told of a PASS. Where it stands on a day is its `Status`, which nobody stores."""

    NOT_ISSUED = "not_issued"
    ISSUED = "issued"
    #: Time told that its last day is over; a prolongation opens it again.
    ENDED = "ended"
    CANCELLED = "cancelled"


#: Of a PASS that exists: started or not, over or not, which only the day tells.
STANDING: Final = frozenset({Stage.ISSUED, Stage.ENDED})


class Status(StrEnum):
    """Where a PASS stands on a day (les-emplois §5.2)."""

    FUTURE = "future"
    VALID = "valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Origin(StrEnum):
    """How a PASS came about (les-emplois §5.1)."""

    DEFAULT = "default"
    #: An approval of Pôle emploi: every number that is not the platform's.
    PE_APPROVAL = "pe_approval"
    #: The stock of associations intermédiaires of 2021.
    AI_STOCK = "ai_stock"
    ADMIN = "admin"


class ProlongationReason(StrEnum):
    """Why a PASS is prolonged (les-emplois §5.5). Ages and RQTH are declared, never verified."""

    SENIOR_CDI = "senior_cdi"
    COMPLETE_TRAINING = "complete_training"
    RQTH = "rqth"
    SENIOR = "senior"
    PARTICULAR_DIFFICULTIES = "particular_difficulties"
    #: Historic: found in imports, no longer given.
    HEALTH_CONTEXT = "health_context"


class RequestStage(StrEnum):
    """Where a request for a prolongation stands: an answer is final."""

    PENDING = "pending"
    GRANTED = "granted"
    DENIED = "denied"


class DenialReason(StrEnum):
    """Why a prescriber denies a prolongation (les-emplois §5.5)."""

    #: The IAE does not suit the person any more.
    IAE = "iae"
    #: The kind of SIAE does not suit the person any more.
    SIAE = "siae"
    DURATION = "duration"
    REASON = "reason"


class ProposedAction(StrEnum):
    """What is proposed to a person whom the IAE does not suit any more."""

    EXIT_IAE = "exit_iae"
    SOCIAL_PARTNER = "social_partner"
    OTHER = "other"
