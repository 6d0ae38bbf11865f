"""How long and at which age, by kind and by the day of submission (immersion §3.2, §3.3).

A rule that came into force on a day holds for what was submitted from then on: thresholds are data, and what was
submitted is never measured again by newer rules.
"""

from datetime import date
from typing import Final

from domain.calendar import add_months
from domain.immersion.codes import ConventionKind
from domain.immersion.proposal import Proposal, Rule
from domain.immersion.refusals import (
    DaysOutOfBounds,
    EndsBeforeItStarts,
    LastsTooLong,
    LegalRepresentativeNeeded,
    TooOld,
    TooYoung,
)
from domain.journey import Refusal

#: Full days between the first and the last one.
LONGEST: Final = {ConventionKind.IMMERSION: 30, ConventionKind.MINI_STAGE: 8}
YOUNGEST: Final = {ConventionKind.IMMERSION: 16, ConventionKind.MINI_STAGE: 10}
OLDEST: Final = 120
MAJORITY: Final = 18
YEARS_BACK: Final = 130
YEARS_AHEAD: Final = 5
#: From which day of submission on, or after which one, a rule holds.
MINORS_REPRESENTED_FROM: Final = date(2023, 10, 28)
AGE_BOUNDED_AFTER: Final = date(2024, 4, 30)


def ends_after_it_starts(proposal: Proposal) -> Refusal | None:
    """A convention of one day is one."""
    return EndsBeforeItStarts() if proposal.terms.ends_on < proposal.terms.starts_on else None


def days_are_near(proposal: Proposal) -> Refusal | None:
    """Within 130 years back and five ahead; the past is accepted, and no notice is asked for (immersion §3.3)."""
    earliest = add_months(proposal.submitted_on, -12 * YEARS_BACK)
    latest = add_months(proposal.submitted_on, 12 * YEARS_AHEAD)
    days = (proposal.terms.starts_on, proposal.terms.ends_on)
    return None if all(earliest <= day <= latest for day in days) else DaysOutOfBounds(earliest=earliest, latest=latest)


def lasts_no_longer_than_allowed(proposal: Proposal) -> Refusal | None:
    """Counted in full days from the first to the last: 31 calendar days, or nine, last included."""
    days = (proposal.terms.ends_on - proposal.terms.starts_on).days
    longest = LONGEST[proposal.terms.kind]
    return LastsTooLong(days=days, longest=longest) if days > longest else None


def old_enough(proposal: Proposal) -> Refusal | None:
    """16 years for an immersion and ten for a mini-stage, on the first day."""
    youngest = YOUNGEST[proposal.terms.kind]
    return TooYoung(age=proposal.age, youngest=youngest) if proposal.age < youngest else None


def not_too_old(proposal: Proposal) -> Refusal | None:
    """Bounded for what was submitted after 30 April 2024."""
    bounded = proposal.submitted_on > AGE_BOUNDED_AFTER
    return TooOld(age=proposal.age, oldest=OLDEST) if bounded and proposal.age > OLDEST else None


def minors_are_represented(proposal: Proposal) -> Refusal | None:
    """Somebody under 18 on the first day has a legal representative who signs."""
    asked = proposal.submitted_on >= MINORS_REPRESENTED_FROM and proposal.age < MAJORITY
    return LegalRepresentativeNeeded() if asked and proposal.terms.legal_representative is None else None


LIMIT_RULES: Final[tuple[Rule, ...]] = (
    ends_after_it_starts,
    days_are_near,
    lasts_no_longer_than_allowed,
    old_enough,
    not_too_old,
    minors_are_represented,
)
