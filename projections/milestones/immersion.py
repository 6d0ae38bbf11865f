"""The facts that count in an immersion."""

from collections.abc import Sequence
from datetime import date
from typing import Final, assert_never

from domain.calendar import paris_day
from domain.immersion.codes import Attendance
from domain.immersion.events import (
    AssessmentCreated,
    AssessmentDeleted,
    AssessmentLinkSent,
    AssessmentRequested,
    AssessmentSignatureLinkSent,
    AssessmentSigned,
    BeneficiaryCorrected,
    Cancelled,
    Deprecated,
    FoundEligible,
    ImmersionEvent,
    Modified,
    ReferentNamed,
    Rejected,
    Reminded,
    SignatureLinkSent,
    Signed,
    Submitted,
    TransferredToAgency,
    TutorCorrected,
    Validated,
)
from projections.milestones.kinds import Kind
from projections.milestones.tellings import Happened, Telling, Voided, With

#: What an immersion tells; both days of a validated one are told at once, and count when they come.
KINDS: Final = (Kind.IMMERSION_AGREED, Kind.IMMERSION_STARTED, Kind.IMMERSION_ENDED, Kind.IMMERSION_ASSESSED)


def immersion(event: ImmersionEvent, _: date) -> Sequence[Telling]:
    """An immersion starts on the day that was agreed on, unless it is cancelled or nobody came (impact §9)."""
    match event:
        case Submitted() | Modified():
            return [With(f"siret:{event.siret}")]
        case Validated() | Cancelled():
            return _agreed(event)
        case AssessmentCreated() | AssessmentDeleted():
            return _assessed(event)
        case (
            Signed()
            | FoundEligible()
            | Rejected()
            | Deprecated()
            | TransferredToAgency()
            | ReferentNamed()
            | TutorCorrected()
            | BeneficiaryCorrected()
            | SignatureLinkSent()
            | AssessmentLinkSent()
            | AssessmentSignatureLinkSent()
            | Reminded()
            | AssessmentRequested()
            | AssessmentSigned()
        ):
            return []
        case _:
            assert_never(event)


def _agreed(event: Validated | Cancelled) -> Sequence[Telling]:
    if isinstance(event, Cancelled):
        return [Voided(Kind.IMMERSION_AGREED), *_UNDONE]
    return [Happened(Kind.IMMERSION_AGREED, paris_day(event.at)), *_took_place(event.starts_on, event.ends_on)]


def _assessed(event: AssessmentCreated | AssessmentDeleted) -> Sequence[Telling]:
    """Nobody who did not come has started; who left early has ended on that day."""
    if isinstance(event, AssessmentDeleted):
        return [*_UNDONE, *_took_place(event.starts_on, event.ends_on), Voided(Kind.IMMERSION_ASSESSED)]
    known = Happened(Kind.IMMERSION_ASSESSED, paris_day(event.at), detail=event.attendance.value)
    if event.attendance is Attendance.DID_NOT_SHOW:
        return [*_UNDONE, known]
    return [Voided(Kind.IMMERSION_ENDED), Happened(Kind.IMMERSION_ENDED, event.ends_on), known]


_UNDONE: Final = (Voided(Kind.IMMERSION_STARTED), Voided(Kind.IMMERSION_ENDED))


def _took_place(starts_on: date, ends_on: date) -> Sequence[Telling]:
    return [Happened(Kind.IMMERSION_STARTED, starts_on), Happened(Kind.IMMERSION_ENDED, ends_on)]
