"""What a service of the State has found somebody by stays as it is (les-emplois §2.4)."""

from collections.abc import Mapping, Sequence
from typing import Final

from domain.candidate.commands import CertifyIdentity
from domain.candidate.events import IdentityCertificationLost, IdentityCertified
from domain.candidate.refusals import IdentityFrozen
from domain.candidate.state import Candidate
from domain.iae.certification import Certifier
from domain.journey import Context
from domain.vocabulary import Role

_IDENTITY: Final = ("first_name", "last_name", "title", "birth_date", "birth_country", "birth_place")

#: What each service finds people by. What is empty may still be filled in.
FROZEN: Final[Mapping[Certifier, Sequence[str]]] = {
    Certifier.API_PARTICULIER: _IDENTITY,
    Certifier.API_RECHERCHER_USAGER: ("france_travail_id",),
    Certifier.API_RECHERCHE_INDIVIDU_CERTIFIE: ("france_travail_id",),
}


def certify(command: CertifyIdentity, candidate: Candidate) -> Sequence[IdentityCertified]:
    """Once for each service."""
    return [] if command.by in candidate.certified_by else [IdentityCertified(by=command.by)]


def certification_lost(before: Candidate, after: Candidate, context: Context) -> Sequence[IdentityCertificationLost]:
    """Only staff corrects what is certified, and it is certified no longer. Raises `IdentityFrozen`."""
    changed = {by: _changed(FROZEN[by], before, after) for by in before.certified_by}
    fields = sorted({name for names in changed.values() for name in names})
    if not fields:
        return []
    if context.actor.role is not Role.STAFF:
        context.insist(IdentityFrozen(fields=fields))
    return [IdentityCertificationLost(by=tuple(by for by, names in changed.items() if names))]


def _changed(names: Sequence[str], before: Candidate, after: Candidate) -> Sequence[str]:
    known = [name for name in names if getattr(before, name)]
    return [name for name in known if getattr(before, name) != getattr(after, name)]
