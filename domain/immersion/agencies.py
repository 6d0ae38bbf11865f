"""The agency that a command names, and in which steps it validates (immersion §7)."""

from domain.immersion.refusals import AgencyClosed, AgencyNotActivated, NotAnAgency
from domain.journey import Context
from domain.vocabulary import Family, OrganisationId, OrganisationProfile


def agency_named(agency: OrganisationId, context: Context) -> OrganisationProfile:
    """An agency that takes conventions today. Raises the refusal."""
    found = context.organisations[agency]
    if Family.IMMERSION_AGENCY not in found.families:
        raise NotAnAgency
    if not found.active:
        context.insist(AgencyClosed())
    if not found.authorised:
        context.insist(AgencyNotActivated())
    return found


def last_word(agency: OrganisationProfile) -> OrganisationId:
    """Who validates what the agency takes: itself, or the one that it refers to."""
    return agency.refers_to or agency.id
