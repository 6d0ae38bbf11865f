"""A hire about to be agreed on."""

from dataclasses import dataclass
from datetime import date

from domain.iae.companies import GEIQ, is_siae
from domain.job_application.terms import HireTerms
from domain.vocabulary import OrganisationId


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who hires, on what terms, and whether an authorised prescriber sent the person."""

    terms: HireTerms
    company: OrganisationId | None
    company_kinds: tuple[str, ...]
    sent_by_authorised_prescriber: bool = False
    today: date

    @property
    def by_geiq(self) -> bool:
        """Whether a GEIQ hires, to which other rules apply."""
        return GEIQ in self.company_kinds

    @property
    def by_siae(self) -> bool:
        """Whether the person is hired under the rules of the IAE."""
        return is_siae(self.company_kinds)
