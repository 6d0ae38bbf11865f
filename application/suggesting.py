"""What the dossier of a person suggests for an eligibility diagnosis."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from application.dossiers import Standing
from application.ports import Recorded
from domain.calendar import paris_day
from domain.candidate import Candidate
from domain.candidate.events import SocialSituationDescribed
from domain.candidate.situation import SocialSituation, Zrr
from domain.eligibility_check.codes import Criterion
from domain.eligibility_check.suggesting import Facts, is_fresh, is_to_check, suggested
from domain.iae.diagnosis import Scheme, usable
from domain.vocabulary import OrganisationId, RootKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """Criteria, and whether to trust them."""

    criteria: tuple[Criterion, ...]
    #: When the social situation was last described; None if it never was.
    described_at: datetime | None
    #: It was so long ago that it is to be checked with the person first.
    to_check: bool
    #: A form may be filled in with them: nothing counts already, and they were said just now.
    prefill: bool


def suggestions(
    standing: Standing, history: Sequence[Recorded], company: OrganisationId | None, now: datetime
) -> Suggestions:
    """What is suggested to a company, or to a prescriber (None)."""
    today = paris_day(now)
    described_at = max(
        (each.occurred_at for each in history if isinstance(each.event, SocialSituationDescribed)), default=None
    )
    diagnosed = usable(standing.dossier(), Scheme.IAE, company, today) is not None
    person = standing.cases.get(RootKind.CANDIDATE)
    return Suggestions(
        criteria=suggested(facts(person), today) if isinstance(person, Candidate) else (),
        described_at=described_at,
        to_check=is_to_check(described_at, today),
        prefill=is_fresh(described_at, now) and not diagnosed,
    )


def facts(person: Candidate) -> Facts:
    """What criteria look at, of what is known of a person."""
    said = person.situation or SocialSituation()
    return Facts(
        born_on=_day(person.birth_date),
        education_level=said.education_level,
        registered_since=said.france_travail_since,
        rsa_since=said.rsa_since,
        ass_since=said.ass_since,
        aah_since=said.aah_since,
        ase_leaver=said.ase_leaver,
        rqth=said.rqth,
        isolated_parent=said.isolated_parent,
        housing_issue=said.housing_issue,
        refugee=said.refugee,
        detention_leaver=said.detention_leaver,
        low_level_in_french=said.low_level_in_french,
        mobility_issue=said.mobility_issue,
        qpv=said.qpv,
        in_zrr=None if said.zrr is None else said.zrr is Zrr.CLASSIFIED,
    )


def _day(text: str | None) -> date | None:
    """A birth date that has been erased is not known."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
