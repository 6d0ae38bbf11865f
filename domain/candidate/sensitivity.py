"""What organisations of some kinds neither see nor set of a person (rdv-insertion §1.4)."""

from collections.abc import Collection, Mapping
from typing import Final

from domain.candidate.refusals import NotForYourKind
from domain.journey import Context

#: The internal identifier belongs to the département and those it shares it with.
_USUALLY: Final = frozenset({"department_internal_id"})
_EXCEPTIONS: Final[Mapping[str, frozenset[str]]] = {
    "conseil_departemental": frozenset(),
    "france_travail": frozenset(),
    "delegataire_rsa": frozenset({"nir"}),
    "siae": frozenset({"nir", "department_internal_id"}),
    "autre": frozenset({"nir", "department_internal_id"}),
}


def hidden_from(kinds: Collection[str]) -> frozenset[str]:
    """The fields of a dossier that organisations of these kinds do not see: the least restrictive kind wins."""
    hidden = [_EXCEPTIONS.get(kind, _USUALLY) for kind in kinds]
    return frozenset.intersection(*hidden) if hidden else frozenset()


def check_visible(touched: Collection[str], context: Context) -> None:
    """Whoever does not see a field does not set or remove it either. Raises `NotForYourKind` with the fields."""
    hidden = hidden_from(context.acting.kinds) if context.acting else frozenset()
    if forbidden := sorted(hidden.intersection(touched)):
        raise NotForYourKind(fields=forbidden)
