"""What the mobility services of the demonstration say of what they offer."""

from typing import Final
from uuid import NAMESPACE_URL, uuid5

from domain.organisation.commands import DescribeService
from domain.organisation.services import (
    Fee,
    MobilisationMode,
    Mobiliser,
    Public,
    ReceptionMode,
    ServiceContact,
    ServiceKind,
)

CHECK_UP: Final = "Bilan mobilité"
_DESCRIPTION: Final = """\
Un conseiller fait le point sur vos déplacements, votre permis et votre budget.
Il cherche avec vous comment vous rendre à un rendez-vous, à une formation ou au travail.

Six semaines, à raison de deux heures par semaine, par téléphone."""


def called(house: str) -> str:
    """The name by which orientations call the service of a house: always the same one."""
    return f"dora--{uuid5(NAMESPACE_URL, f'https://parcours.example/{house}')}"


def check_up(house: str, department: str) -> DescribeService:
    """What a house offers."""
    return DescribeService(
        service_id=called(house),
        name=CHECK_UP,
        description=_DESCRIPTION,
        kind=ServiceKind.ACCOMPANIMENT,
        themes=("mobilite--etre-accompagne-dans-son-parcours-mobilite", "mobilite--preparer-un-permis"),
        publics=(Public.JOBSEEKERS, Public.ON_MINIMUM_INCOME, Public.YOUNG),
        fee=Fee.FREE,
        reception_modes=(ReceptionMode.REMOTE,),
        contact=ServiceContact(email="accueil@wimoov.example"),
        zone=(department,),
        mobilisable_by=(Mobiliser.PROFESSIONALS,),
        mobilisation_modes=(MobilisationMode.EMAIL,),
        weekly_hours=2,
        weeks=6,
        opening_hours="Mo-Fr 09:00-12:30,13:30-17:00",
    )
