"""The facts that count in a hire."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, assert_never

from domain.hiring.events import (
    AgreementEvent,
    Cancelled,
    ContractEvent,
    DatesChanged,
    Declared,
    EndCorrected,
    Ended,
    EndRetracted,
    HiringEvent,
    PassEvent,
    PlannedEndChanged,
    RecordEvent,
    Renewed,
    Started,
    UpdateEvent,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, PartOf, Telling, Voided, With

#: Which fact each event tells.
KINDS: Final[Mapping[type[HiringEvent], Kind]] = {
    Started: Kind.CONTRACT_STARTED,
    Ended: Kind.CONTRACT_ENDED,
    EndCorrected: Kind.CONTRACT_ENDED,
}


def hiring(event: HiringEvent, _: date) -> Sequence[Telling]:
    """A contract starts on its first day and ends on its last one, whenever it is told (impact §2.5)."""
    if isinstance(event, AgreementEvent):
        return _agreed(event)
    if isinstance(event, ContractEvent):
        return _contract(event)
    if isinstance(event, PassEvent | RecordEvent | UpdateEvent):
        return []
    assert_never(event)


def _agreed(event: AgreementEvent) -> Sequence[Telling]:
    """A hire that moves has not started; one that is cancelled never did, and never ended.

    The contract is that of the application: what ends it ends the hire that the application told (impact §2.5).
    """
    match event:
        case Declared():
            return [With(event.company), *([] if event.application is None else [PartOf(event.application)])]
        case DatesChanged():
            return [Voided(Kind.CONTRACT_STARTED)]
        case Cancelled():
            return [Voided(Kind.CONTRACT_STARTED), Voided(Kind.CONTRACT_ENDED)]
        case _:
            assert_never(event)


def _contract(event: ContractEvent) -> Sequence[Telling]:
    match event:
        case Started():
            return [Happened(Kind.CONTRACT_STARTED, event.on)]
        case Ended():
            return [Happened(Kind.CONTRACT_ENDED, event.on, detail=event.category.value)]
        case EndCorrected():
            return [Voided(Kind.CONTRACT_ENDED), Happened(Kind.CONTRACT_ENDED, event.on, detail=event.category.value)]
        case EndRetracted() | Renewed():
            return [Voided(Kind.CONTRACT_ENDED)]
        case PlannedEndChanged():
            return []
        case _:
            assert_never(event)
