"""How long a PASS IAE is paused and prolonged (les-emplois §5.4, §5.5)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.calendar import add_days, add_months
from domain.iae.companies import SIAE_KINDS
from domain.iae.right import SuspensionReason
from domain.pass_iae.codes import ProlongationReason

#: A suspension lasts so many calendar months at most.
LONGEST_SUSPENSION: Final = 36
#: A suspension starts so many days ago at the earliest.
FURTHEST_BACK: Final = 365
#: Companies of these kinds may send somebody to the bridge contract.
BRIDGE_KINDS: Final = frozenset({"aci", "ei"})
#: Historic: found in imports, no longer given.
NOT_SELECTABLE: Final = frozenset(
    {
        SuspensionReason.SICKNESS,
        SuspensionReason.MATERNITY,
        SuspensionReason.INCARCERATION,
        SuspensionReason.TRIAL_OUTSIDE_IAE,
        SuspensionReason.DETOXIFICATION,
        SuspensionReason.FORCE_MAJEURE,
    }
)

#: A prolongation may be asked for from so many calendar months before the last day on.
MONTHS_BEFORE_END: Final = 12

AI: Final = "ai"
#: The prescriber is reminded every so many days, so many days after the request at the latest.
REMINDER_DAYS: Final = 10
LAST_REMINDER: Final = 30

#: A suspension of more days lets a company ask that the PASS be withdrawn (les-emplois §5.8).
LONG_SUSPENSION: Final = 365


@dataclass(frozen=True, slots=True, kw_only=True)
class ProlongationTerms:
    """What a reason allows. Days are those that a prolongation adds."""

    longest: int
    #: What all prolongations of a PASS may add up to, whatever their reasons; None for no limit.
    cumulative: int | None
    #: The kinds of SIAE that may give it.
    kinds: frozenset[str] = SIAE_KINDS
    #: Whether an authorised prescriber has to agree.
    needs_opinion: bool


TERMS: Final[Mapping[ProlongationReason, ProlongationTerms]] = {
    ProlongationReason.SENIOR_CDI: ProlongationTerms(longest=3650, cumulative=None, needs_opinion=False),
    ProlongationReason.COMPLETE_TRAINING: ProlongationTerms(longest=365, cumulative=None, needs_opinion=False),
    ProlongationReason.RQTH: ProlongationTerms(longest=365, cumulative=1095, needs_opinion=True),
    ProlongationReason.SENIOR: ProlongationTerms(longest=365, cumulative=1825, needs_opinion=True),
    ProlongationReason.PARTICULAR_DIFFICULTIES: ProlongationTerms(
        longest=365, cumulative=1095, kinds=frozenset({"ai", "aci"}), needs_opinion=True
    ),
    ProlongationReason.HEALTH_CONTEXT: ProlongationTerms(
        longest=365, cumulative=365, kinds=frozenset(), needs_opinion=False
    ),
}


def suspension_reasons(kinds: Collection[str]) -> frozenset[SuspensionReason]:
    """The reasons that a company of these kinds may give (les-emplois §5.4)."""
    bridge = frozenset() if BRIDGE_KINDS.isdisjoint(kinds) else {SuspensionReason.CONTRAT_PASSERELLE}
    return frozenset(SuspensionReason) - NOT_SELECTABLE - {SuspensionReason.CONTRAT_PASSERELLE} | bridge


def longest_suspension(starts_on: date) -> date:
    """The last day that a suspension may have, and has if nobody knows its end (les-emplois §5.4)."""
    return add_days(add_months(starts_on, LONGEST_SUSPENSION), -1)


def longest_prolongation(reason: ProlongationReason, starts_on: date, used: int) -> date:
    """The last day that a prolongation may have, so many days having been added before (les-emplois §5.5)."""
    alone = add_days(starts_on, TERMS[reason].longest)
    return min(alone, longest_of_all(reason, starts_on, used))


def longest_of_all(reason: ProlongationReason, starts_on: date, used: int) -> date:
    """The last day that all prolongations together allow: the only limit that the existing system's model knows."""
    terms = TERMS[reason]
    left = terms.longest if terms.cumulative is None else terms.cumulative - used
    return add_days(starts_on, left)
