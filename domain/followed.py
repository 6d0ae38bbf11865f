"""Who follows a person, and how they are reached: what every journey may know of the dossier's own."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Annotated

from domain.journey import Dossier
from domain.vocabulary import OrganisationId, Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Referent:
    """A professional who accompanies the person, for an organisation."""

    referent: Subject
    organisation: OrganisationId


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A person, as the organisations around them know them."""

    email: Annotated[str | None, Personal] = None
    phone: Annotated[str | None, Personal] = None
    address: Annotated[str | None, Personal] = None
    #: Who follows the person, each with its départements on the day it began to.
    followers: Mapping[OrganisationId, tuple[str, ...]] = field(default_factory=dict)
    archived_by: tuple[OrganisationId, ...] = ()
    referents: tuple[Referent, ...] = ()


def person_of(dossier: Dossier) -> Followed:
    """The person whose dossier it is; nobody in particular as long as nobody is registered."""
    return next(iter(dossier.of(Followed).values()), Followed())


def archived(person: Followed, among: Collection[OrganisationId]) -> bool:
    """Whether all organisations among these that follow the person have archived the dossier (rdv-insertion §8.3)."""
    following = person.followers.keys() & set(among)
    return bool(following) and following <= set(person.archived_by)
