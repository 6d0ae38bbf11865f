"""Who plays in the demonstration. Everybody is invented."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from api.demo.services import check_up
from domain.organisation import Kind
from domain.organisation.commands import AddMember, ChangePhone, ConfigureCategory, LinkReference, SetValidationSteps
from domain.references import System
from domain.rsa.categories import CategoryType
from domain.vocabulary import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """An organisation, its people (the first is its administrator), and whether it is authorised from the start."""

    name: str
    kinds: tuple[Kind, ...]
    departments: tuple[str, ...]
    people: tuple[str, ...]
    typology: str | None = None
    authorised: bool = True
    #: What else is said of it from the start.
    configured: tuple[Any, ...] = ()


#: How appointments of orientation towards an accompaniment are handled.
RSA_ORIENTATION: Final = ConfigureCategory(category="rsa_orientation", type=CategoryType.RSA_ORIENTATION)
#: How those of the accompaniment itself are.
RSA_ACCOMPANIMENT: Final = ConfigureCategory(category="rsa_accompagnement", type=CategoryType.RSA_ACCOMPAGNEMENT)


#: What Immersion facilitée calls the mission locale.
MISSION_THERE: Final = "40400c99-9c0b-4bbb-bb6d-6bb9bd300404"


def told_by(system: System, key: str) -> Sequence[Any]:
    """What lets another service tell of an organisation."""
    member = Subject(system.replace("_", "-"))
    return AddMember(subject=member), LinkReference(system=system, key=key)


HOUSES: Final[Mapping[str, House]] = {
    "agency": House(
        name="France Travail Rennes Sud", kinds=(Kind.FT,), departments=("35",), people=("camille", "yann")
    ),
    "mission": House(
        name="Mission locale du Pays de Rennes",
        kinds=(Kind.ML, Kind.AGENCY_MISSION_LOCALE),
        departments=("35",),
        people=("leila", "gael"),
        configured=(SetValidationSteps(two_steps=True), *told_by(System.IMMERSION_FACILITEE, MISSION_THERE)),
    ),
    "chamber": House(
        name="Chambre de commerce d'Ille-et-Vilaine",
        kinds=(Kind.AGENCY_CCI,),
        departments=("35",),
        people=("mael",),
    ),
    "council": House(
        name="Conseil départemental d'Ille-et-Vilaine",
        kinds=(Kind.CONSEIL_DEPARTEMENTAL,),
        departments=("35",),
        people=("odile", "karim"),
        configured=(
            ChangePhone(phone="0261910035"),
            RSA_ORIENTATION,
            RSA_ACCOMPANIMENT,
            *told_by(System.RDV_SOLIDARITES, "52"),
        ),
    ),
    "delegate": House(
        name="Relais insertion Rennes Nord",
        kinds=(Kind.DELEGATAIRE_RSA,),
        departments=("35",),
        people=("sonia",),
    ),
    "workshop": House(name="Les Jardins du Blosne", kinds=(Kind.ACI,), departments=("35",), people=("nadia", "luc")),
    "enterprise": House(name="Ateliers Vilaine", kinds=(Kind.EI,), departments=("35",), people=("paul", "nadia")),
    "group": House(name="GEIQ BTP Bretagne", kinds=(Kind.GEIQ,), departments=("35", "22"), people=("soizic",)),
    "mobility": House(
        name="Wimoov Rennes",
        kinds=(Kind.SERVICE_STRUCTURE,),
        departments=("35",),
        people=("ines",),
        typology="asso",
        configured=(check_up("mobility", "35"),),
    ),
    "newcomer": House(
        name="Maison des possibles",
        kinds=(Kind.SERVICE_STRUCTURE,),
        departments=("35",),
        people=("tom",),
        typology="asso",
        authorised=False,
        configured=(check_up("newcomer", "35"),),
    ),
}

FIRST_NAMES: Final[Sequence[str]] = (
    "Awa", "Bastien", "Chloé", "Driss", "Elena", "Fabrice", "Gwenola", "Hugo", "Imane", "Jeanne", "Kévin", "Lina",
    "Maëlle", "Nolwenn", "Oumar", "Pauline", "Quentin", "Rokia", "Samuel", "Tiphaine", "Ulysse", "Valérie", "William",
    "Xavier", "Yasmine", "Zoé",
)  # fmt: skip
LAST_NAMES: Final[Sequence[str]] = (
    "Diallo", "Le Goff", "Martin", "Nguyen", "Kowalski", "Petit", "Traoré", "Moreau", "Haddad", "Guillou", "Roux",
)  # fmt: skip
