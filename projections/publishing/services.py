"""A service as data·inclusion describes it (open-data §1.2), from what its structure says of it."""

from collections.abc import Mapping
from datetime import date

from application.publication import Cell, Row
from domain.organisation.services import Service
from projections.publishing.columns import SERVICES, SOURCE


def service_row(structure_id: str, service: Service, described_on: date) -> Row:
    """What is published of a service of a structure. Empty lists say nothing: they are left empty.

    Its identifier is ours, because it is our row, and holds the one by which orientations call the service.
    """
    told: Mapping[str, Cell] = {
        "source": SOURCE,
        "structure_id": structure_id,
        "id": f"{SOURCE}--{service.service_id}",
        "nom": service.name,
        "description": service.description,
        "date_maj": described_on,
        "type": service.kind,
        "thematiques": service.themes or None,
        "frais": service.fee,
        "frais_precisions": service.fee_details,
        "publics": service.publics or None,
        "publics_precisions": service.publics_details,
        "conditions_acces": service.access_conditions,
        **_where(service),
        "modes_accueil": service.reception_modes or None,
        "zone_eligibilite": service.zone or None,
        "lien_mobilisation": service.mobilisation_link,
        "modes_mobilisation": service.mobilisation_modes or None,
        "mobilisable_par": service.mobilisable_by or None,
        "mobilisation_precisions": service.mobilisation_details,
        "volume_horaire_hebdomadaire": None if service.weekly_hours is None else float(service.weekly_hours),
        "nombre_semaines": service.weeks,
        "horaires_accueil": service.opening_hours,
    }
    return tuple(told.get(column.name) for column in SERVICES)


def _where(service: Service) -> Mapping[str, Cell]:
    return {
        "commune": service.place.town,
        "code_postal": service.place.postal_code,
        "code_insee": service.place.town_code,
        "adresse": service.place.street,
        "complement_adresse": service.place.complement,
        "telephone": service.contact.phone,
        "courriel": service.contact.email,
    }
