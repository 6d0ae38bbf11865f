"""How an organisation receives people: what appointments and accompaniments need to know of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.rsa.categories import CategoryConfiguration
from domain.rsa.types import Casf, OrientationType, offered
from domain.vocabulary import OrganisationId, OrganisationProfile, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """An organisation as it is now. Kept out of its profile, which stands in the metadata of every event."""

    profile: OrganisationProfile
    phone: str | None = None
    #: What it handles, by category.
    categories: Mapping[str, CategoryConfiguration] = field(default_factory=dict)
    #: What its département has added to the types of the law.
    orientation_types: tuple[OrientationType, ...] = ()
    members: frozenset[Subject] = frozenset()
    tags: frozenset[str] = frozenset()


def types_offered_by(
    organisation: OrganisationId, receptions: Mapping[OrganisationId, Reception]
) -> Mapping[str, Casf]:
    """The types of orientation that an organisation may record: those of the départements where it acts."""
    where = set(receptions[organisation].profile.departments) if organisation in receptions else set()
    councils = [each for each in receptions.values() if where.intersection(each.profile.departments)]
    return offered(custom for council in councils for custom in council.orientation_types)
