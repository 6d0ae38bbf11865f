"""The closed lists that hires use."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """Where a hire stands."""

    NOT_DECLARED = "not_declared"
    #: Agreed on; its first day is still to come.
    DECLARED = "declared"
    STARTED = "started"
    ENDED = "ended"
    #: It does not take place after all.
    CANCELLED = "cancelled"


class EndReason(StrEnum):
    """What put an end to the contract: it finished, or it was broken (les-emplois §5.4) in one of these ways."""

    TERM_REACHED = "term_reached"
    TRIAL_PERIOD_ENDED = "trial_period_ended"
    MUTUAL_AGREEMENT = "mutual_agreement"
    RESIGNATION = "resignation"
    DISMISSAL = "dismissal"
    SERIOUS_MISCONDUCT = "serious_misconduct"
    UNFIT_FOR_WORK = "unfit_for_work"
    HIRED_ELSEWHERE = "hired_elsewhere"
    TRAINING = "training"
    RETIREMENT = "retirement"
    DEATH = "death"
    OTHER = "other"


class ExitCategory(StrEnum):
    """What the end led to: the categories that the rate of positive exits counts (impact §7.1)."""

    LASTING_JOB = "lasting_job"
    TRANSITION_JOB = "transition_job"
    POSITIVE_EXIT = "positive_exit"
    #: Neither a job nor a positive exit, and still examined.
    OTHER_EXIT = "other_exit"
    #: Left out of the exits that are examined.
    WITHDRAWN = "withdrawn"
    #: Nobody has said yet.
    UNKNOWN = "unknown"


_JOBS: Final = frozenset({ExitCategory.LASTING_JOB, ExitCategory.TRANSITION_JOB, ExitCategory.POSITIVE_EXIT})
_ANY: Final = frozenset(ExitCategory)

#: The categories that go with a reason: some reasons say by themselves where the person went.
CATEGORIES: Final[Mapping[EndReason, frozenset[ExitCategory]]] = {
    EndReason.TERM_REACHED: _ANY,
    EndReason.TRIAL_PERIOD_ENDED: _ANY,
    EndReason.MUTUAL_AGREEMENT: _ANY,
    EndReason.RESIGNATION: _ANY,
    EndReason.DISMISSAL: _ANY,
    EndReason.SERIOUS_MISCONDUCT: _ANY,
    EndReason.UNFIT_FOR_WORK: _ANY,
    # Another SIAE that hires is a positive exit, any other employer a job.
    EndReason.HIRED_ELSEWHERE: _JOBS,
    EndReason.TRAINING: frozenset({ExitCategory.POSITIVE_EXIT}),
    EndReason.RETIREMENT: frozenset({ExitCategory.POSITIVE_EXIT}),
    EndReason.DEATH: frozenset({ExitCategory.WITHDRAWN}),
    EndReason.OTHER: _ANY,
}


class RecordStatus(StrEnum):
    """Where an employee record (fiche salarié) stands (les-emplois §6)."""

    NEW = "new"
    READY = "ready"
    SENT = "sent"
    REJECTED = "rejected"
    PROCESSED = "processed"
    DISABLED = "disabled"
    ARCHIVED = "archived"


class UpdateStatus(StrEnum):
    """Where the last notification of new dates to the ASP stands (les-emplois §6)."""

    NEW = "new"
    SENT = "sent"
    PROCESSED = "processed"
    REJECTED = "rejected"
