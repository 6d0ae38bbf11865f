"""The criteria of the IAE that what is known of a person suggests (les-emplois §2.2, §3.1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.calendar import add_months, paris_day
from domain.eligibility_check.codes import Criterion

SENIOR_YEARS: Final = 50
JEUNE_YEARS: Final = 26
#: In the official codes: level 3 (CAP, BEP) or below, and for how long somebody has been registered.
UP_TO_LEVEL_3: Final = frozenset({"51", "50", "00", "01", "70"})
FROM_12_TO_23_MONTHS: Final = "03"
MONTHS_24_OR_MORE: Final = "04"

#: A form is filled in from what was said so recently.
FRESH_FOR: Final = timedelta(hours=24)
#: What was said longer ago is to be checked with the person.
CHECKED_FOR_MONTHS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a person. None is unknown, and suggests nothing."""

    born_on: date | None = None
    #: Official codes.
    education_level: str | None = None
    registered_since: str | None = None
    rsa_since: str | None = None
    ass_since: str | None = None
    aah_since: str | None = None
    ase_leaver: bool | None = None
    rqth: bool | None = None
    isolated_parent: bool | None = None
    housing_issue: bool | None = None
    refugee: bool | None = None
    detention_leaver: bool | None = None
    low_level_in_french: bool | None = None
    mobility_issue: bool | None = None
    qpv: bool | None = None
    #: The whole commune is: a part of it suggests nothing.
    in_zrr: bool | None = None


def _born_by(facts: Facts, day: date) -> bool:
    return facts.born_on is not None and facts.born_on <= day


def _years_before(today: date, years: int) -> date:
    return add_months(today, -12 * years)


SUGGESTED_WHEN: Final[Mapping[Criterion, Callable[[Facts, date], bool]]] = {
    Criterion.RSA: lambda facts, _: facts.rsa_since is not None,
    Criterion.ASS: lambda facts, _: facts.ass_since is not None,
    Criterion.AAH: lambda facts, _: facts.aah_since is not None,
    Criterion.DETLD: lambda facts, _: facts.registered_since == MONTHS_24_OR_MORE,
    Criterion.CAP_BEP: lambda facts, _: facts.education_level in UP_TO_LEVEL_3,
    Criterion.SENIOR: lambda facts, today: _born_by(facts, _years_before(today, SENIOR_YEARS)),
    Criterion.JEUNE: lambda facts, today: (
        facts.born_on is not None and not _born_by(facts, _years_before(today, JEUNE_YEARS))
    ),
    Criterion.ASE: lambda facts, _: bool(facts.ase_leaver),
    Criterion.DELD: lambda facts, _: facts.registered_since == FROM_12_TO_23_MONTHS,
    Criterion.TH: lambda facts, _: bool(facts.rqth),
    Criterion.PI: lambda facts, _: bool(facts.isolated_parent),
    Criterion.PSH_PR: lambda facts, _: bool(facts.housing_issue),
    Criterion.REF_DA: lambda facts, _: bool(facts.refugee),
    Criterion.ZRR: lambda facts, _: bool(facts.in_zrr),
    Criterion.QPV: lambda facts, _: bool(facts.qpv),
    Criterion.DETENTION_MJ: lambda facts, _: bool(facts.detention_leaver),
    Criterion.FLE: lambda facts, _: bool(facts.low_level_in_french),
    Criterion.PM: lambda facts, _: bool(facts.mobility_issue),
}


def suggested(facts: Facts, today: date) -> tuple[Criterion, ...]:
    """The criteria that the facts suggest, in the order of the list."""
    return tuple(criterion for criterion, holds in SUGGESTED_WHEN.items() if holds(facts, today))


def is_fresh(described_at: datetime | None, now: datetime) -> bool:
    """Whether a form may be filled in from what was said then."""
    return described_at is not None and now - described_at < FRESH_FOR


def is_to_check(described_at: datetime | None, today: date) -> bool:
    """Whether what was said then is to be checked with the person: more than six months ago, or never."""
    return described_at is None or add_months(paris_day(described_at), CHECKED_FOR_MONTHS) < today
