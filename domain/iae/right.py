"""A PASS IAE as other journeys see it: when it holds, is paused, and lets another one follow (les-emplois §5)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Final

from domain.calendar import add_months
from domain.identifiers import Identifier
from domain.journey import Dossier
from domain.vocabulary import Personal

#: The scope and the kind of what tells PASS apart: their numbers.
NUMBER: Final = "pass_iae"
#: After its last day, a PASS keeps another one from being issued for so many calendar months (§5.6): two years.
WAITING_MONTHS: Final = 24
#: How many days a PASS is issued for, the first and the last included (§5.2).
PASS_DAYS: Final = 730
#: A person is forgotten so many days after the last day of each PASS at the earliest (§5.8).
KEPT_DAYS: Final = 730
#: For so many calendar months after its last day it can still be prolonged (§5.5).
PROLONGABLE_MONTHS: Final = 6


class SuspensionReason(StrEnum):
    """Why a PASS is paused (les-emplois §5.4)."""

    CONTRACT_SUSPENDED = "contract_suspended"
    CONTRACT_BROKEN = "contract_broken"
    FINISHED_CONTRACT = "finished_contract"
    APPROVAL_BETWEEN_CTA_MEMBERS = "approval_between_cta_members"
    #: The bridge contract, an experiment of ACI and EI.
    CONTRAT_PASSERELLE = "contrat_passerelle"
    # Historic: found in imports, no longer given.
    SICKNESS = "sickness"
    MATERNITY = "maternity"
    INCARCERATION = "incarceration"
    TRIAL_OUTSIDE_IAE = "trial_outside_iae"
    DETOXIFICATION = "detoxification"
    FORCE_MAJEURE = "force_majeure"


#: What a new hire puts an end to.
LIFTED_BY_HIRE: Final = frozenset(
    {
        SuspensionReason.CONTRACT_SUSPENDED,
        SuspensionReason.CONTRACT_BROKEN,
        SuspensionReason.FINISHED_CONTRACT,
        SuspensionReason.APPROVAL_BETWEEN_CTA_MEMBERS,
        SuspensionReason.CONTRAT_PASSERELLE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A pause. Both days are inclusive."""

    #: Its number within its PASS: from 1 on, never used twice.
    number: int = 1
    reason: SuspensionReason
    starts_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many days it takes, the first and the last one included."""
        return (self.ends_on - self.starts_on).days + 1


@dataclass(frozen=True, kw_only=True)
class Right:
    """A PASS IAE. Both days are inclusive; before it is issued it holds on no day at all."""

    #: Twelve characters.
    number: Annotated[str, Personal] = ""
    starts_on: date = date.max
    ends_on: date = date.min
    #: In the order in which they were declared.
    suspensions: tuple[Suspension, ...] = ()
    cancelled: bool = False
    #: The application for which it was issued, as `job-application-3`; None if imported or given by hand without one.
    issued_for: str | None = None


def is_valid(right: Right, on: date) -> bool:
    """Whether it has days left, started or not (les-emplois §5.2)."""
    return not right.cancelled and right.ends_on >= on


def is_in_progress(right: Right, on: date) -> bool:
    """Whether this is one of its days, paused or not."""
    return is_valid(right, on) and right.starts_on <= on


def suspension_on(right: Right, on: date) -> Suspension | None:
    """The pause that this day is in."""
    return next((each for each in right.suspensions if each.starts_on <= on <= each.ends_on), None)


def prolongable_until(ends_on: date) -> date:
    """The last day (inclusive) on which a PASS that ends then can be prolonged: afterwards it is over for good."""
    return add_months(ends_on, PROLONGABLE_MONTHS)


def waits_until(right: Right) -> date:
    """The last day (inclusive) on which it keeps another PASS from being issued."""
    return add_months(right.ends_on, WAITING_MONTHS)


def is_waiting(right: Right, on: date) -> bool:
    """Whether it has ended and still keeps another one from being issued (les-emplois §5.6)."""
    return not right.cancelled and right.ends_on < on <= waits_until(right)


def valid_right(dossier: Dossier, on: date) -> str | None:
    """The person's valid PASS, as `pass-iae-1`: the newest one, if by import there are several."""
    rights = dossier.of(Right)
    return next((name for name in reversed(list(rights)) if is_valid(rights[name], on)), None)


def latest_right(dossier: Dossier, on: date) -> str | None:
    """The valid PASS, else the one that ended last, unless its waiting period is over: then none (les-emplois §5.2)."""
    valid = valid_right(dossier, on)
    if valid is not None:
        return valid
    ended = {name: right for name, right in dossier.of(Right).items() if is_waiting(right, on)}
    return max(ended, key=lambda name: ended[name].ends_on, default=None)


def is_kept(dossier: Dossier, on: date) -> bool:
    """Whether a PASS keeps the person from being forgotten with all the others whom nobody needs any more (§5.8)."""
    return any((on - right.ends_on).days < KEPT_DAYS for right in dossier.of(Right).values() if not right.cancelled)


def numbers(dossier: Dossier) -> frozenset[Identifier]:
    """The numbers that are the person's for ever, also those of PASS that were cancelled (les-emplois §5.1)."""
    return frozenset(
        Identifier(scope=NUMBER, kind=NUMBER, value=right.number)
        for right in dossier.of(Right).values()
        if right.number
    )
