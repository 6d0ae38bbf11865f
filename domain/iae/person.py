"""What the path into work needs to know of the person."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from domain.journey import Dossier
from domain.vocabulary import Personal


class LackOfFranceTravailId(StrEnum):
    """Why no France Travail identifier is known (les-emplois §2.1)."""

    FORGOTTEN = "forgotten"
    NOT_REGISTERED = "not_registered"


class LackOfNir(StrEnum):
    """Why no NIR is known (les-emplois §2.1)."""

    NO_NIR = "no_nir"
    ASSOCIATED_TO_OTHER = "nir_associated_to_other"


@dataclass(frozen=True, kw_only=True)
class Person:
    """The numbers by which the State knows somebody."""

    nir: Annotated[str | None, Personal] = None
    lack_of_nir: LackOfNir | None = None
    france_travail_id: Annotated[str | None, Personal] = None
    lack_of_france_travail_id: LackOfFranceTravailId | None = None

    @property
    def known_enough(self) -> bool:
        """Whether a PASS IAE is issued without somebody looking at the case (les-emplois §4.7, step 3c)."""
        registered_nowhere = self.lack_of_france_travail_id is LackOfFranceTravailId.NOT_REGISTERED
        return bool(self.nir or self.france_travail_id) or registered_nowhere

    @property
    def nir_belongs_to_another(self) -> bool:
        """Whether the NIR that the person gives is known as somebody else's (les-emplois §6)."""
        return self.lack_of_nir is LackOfNir.ASSOCIATED_TO_OTHER


def person_of(dossier: Dossier) -> Person:
    """Whose dossier it is; somebody of whom nothing is known if the dossier says nothing."""
    return next(iter(dossier.of(Person).values()), Person())
