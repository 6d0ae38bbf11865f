"""Which commands each stage takes, and what time asks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.job_application.codes import Delivery, Stage
from domain.job_application.commands import (
    Accept,
    AddComment,
    AddPriorAction,
    AddToPool,
    Archive,
    ArchiveAutomatically,
    CancelHire,
    ChangeHiringDates,
    ChangePriorAction,
    DeclareHire,
    DeleteComment,
    DeletePriorAction,
    JobApplicationCommand,
    Postpone,
    RecordExternalTransfer,
    RecordPass,
    Refuse,
    RefuseAutomatically,
    RefuseDelivery,
    RenderObsolete,
    Reset,
    StartProcessing,
    Submit,
    Transfer,
    TransferExternally,
    Unarchive,
)
from domain.job_application.state import JobApplication
from domain.journey import Deadline

#: Silence for so long refuses, and nobody touching it for so long archives (les-emplois §4.6): exact durations.
REFUSED_AFTER: Final = timedelta(days=60)
ARCHIVED_AFTER: Final = timedelta(days=180)

_UNSENT: Final = frozenset({Stage.NOT_SENT})
_SENT: Final = frozenset(Stage) - _UNSENT
#: Everything but an accepted application may still be accepted, moved or prepared for (§4.3).
_OPEN_TO_ALL: Final = _SENT - {Stage.ACCEPTED}
_ANSWERED_NO: Final = frozenset({Stage.REFUSED, Stage.CANCELLED, Stage.OBSOLETE})
_WAITING: Final = frozenset({Stage.NEW, Stage.PROCESSING})

#: Where each command is accepted from (les-emplois §4.3, §4.5 and §4.6).
ACCEPTED_FROM: Final[Mapping[type[JobApplicationCommand], frozenset[Stage]]] = {
    Submit: _UNSENT,
    TransferExternally: _UNSENT,
    DeclareHire: _UNSENT,
    StartProcessing: frozenset({Stage.NEW, Stage.POOL}),
    Postpone: _WAITING | {Stage.POOL, Stage.PRIOR_TO_HIRE},
    AddToPool: _WAITING | {Stage.POSTPONED, Stage.CANCELLED, Stage.OBSOLETE},
    Refuse: _WAITING | {Stage.POOL, Stage.PRIOR_TO_HIRE, Stage.POSTPONED},
    RefuseAutomatically: _WAITING,
    Accept: _OPEN_TO_ALL,
    ChangeHiringDates: frozenset({Stage.ACCEPTED}),
    CancelHire: frozenset({Stage.ACCEPTED}),
    RecordPass: frozenset({Stage.ACCEPTED}),
    RefuseDelivery: frozenset({Stage.ACCEPTED}),
    AddPriorAction: _OPEN_TO_ALL,
    ChangePriorAction: _OPEN_TO_ALL,
    DeletePriorAction: _OPEN_TO_ALL,
    RenderObsolete: _WAITING | {Stage.POSTPONED},
    Transfer: _OPEN_TO_ALL,
    RecordExternalTransfer: frozenset({Stage.REFUSED}),
    Reset: frozenset({Stage.OBSOLETE}),
    Archive: _ANSWERED_NO,
    ArchiveAutomatically: _WAITING | {Stage.POSTPONED} | _ANSWERED_NO,
    Unarchive: _OPEN_TO_ALL,
    AddComment: _SENT,
    DeleteComment: _SENT,
}


def awaits_delivery(case: JobApplication) -> bool:
    """Whether staff has still to decide on a PASS IAE for the hire (les-emplois §4.7, manual delivery)."""
    decided = case.pass_iae is not None or case.delivery_refused_at is not None
    return case.delivery is Delivery.MANUAL and not decided


#: What else a state must be for a command to make sense; the decision itself names the refusal.
NEEDS: Final[Mapping[type[JobApplicationCommand], Callable[[JobApplication], bool]]] = {
    RefuseAutomatically: lambda case: case.archived_at is None,
    Archive: lambda case: case.archived_at is None,
    ArchiveAutomatically: lambda case: case.archived_at is None,
    Unarchive: lambda case: case.archived_at is not None,
    RefuseDelivery: awaits_delivery,
    AddPriorAction: lambda case: case.to_geiq,
    ChangePriorAction: lambda case: bool(case.prior_actions),
    DeletePriorAction: lambda case: bool(case.prior_actions),
    DeleteComment: lambda case: bool(case.comments),
}


def offers(case: JobApplication) -> Collection[type[JobApplicationCommand]]:
    """The commands that the application does not exclude by itself."""
    return [
        kind
        for kind, stages in ACCEPTED_FROM.items()
        if case.stage in stages and (kind not in NEEDS or NEEDS[kind](case))
    ]


def deadlines(case: JobApplication) -> Sequence[Deadline[JobApplicationCommand]]:
    """Refusal after 60 days, archive after 180, of whatever is not archived; each starts anew when it is touched."""
    if case.touched_at is None or case.archived_at is not None:
        return ()
    asked: list[Deadline[JobApplicationCommand]] = []
    if case.stage in ACCEPTED_FROM[RefuseAutomatically]:
        asked.append(Deadline(due=case.touched_at + REFUSED_AFTER, command=RefuseAutomatically()))
    if case.stage in ACCEPTED_FROM[ArchiveAutomatically]:
        asked.append(Deadline(due=case.touched_at + ARCHIVED_AFTER, command=ArchiveAutomatically()))
    return asked


def is_due(kind: type[JobApplicationCommand], case: JobApplication, at: datetime) -> bool:
    """Whether the time has come for a command that time asks for."""
    return any(isinstance(asked.command, kind) and asked.due <= at for asked in deadlines(case))
