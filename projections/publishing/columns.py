"""The columns of structures and services, as data·inclusion v1 has them and in its order (open-data §1.1, §1.2)."""

from typing import Final

from application.publication import Column, Type

#: The producer, as it stands before every identifier of ours.
SOURCE: Final = "parcours"

_TEXTS: Final = ("commune", "code_postal", "code_insee", "adresse", "complement_adresse")
_PLACE: Final = (
    *(Column(name=name) for name in _TEXTS),
    Column(name="longitude", type=Type.NUMBER),
    Column(name="latitude", type=Type.NUMBER),
    Column(name="telephone"),
    Column(name="courriel"),
)
_IDENTIFIER: Final = Column(name="id", required=True, pattern="[^-]+(-[^-]+)*--.+")
STRUCTURES: Final = (
    Column(name="source", required=True),
    _IDENTIFIER,
    Column(name="nom", required=True),
    Column(name="date_maj", type=Type.DATE, required=True),
    Column(name="description"),
    Column(name="lien_source"),
    Column(name="siret", pattern="[0-9]{14}"),
    *_PLACE,
    Column(name="site_web"),
    Column(name="horaires_accueil"),
    Column(name="accessibilite_lieu"),
    Column(name="reseaux_porteurs", type=Type.ARRAY),
)
SERVICES: Final = (
    Column(name="source", required=True),
    Column(name="structure_id", required=True),
    _IDENTIFIER,
    Column(name="nom", required=True),
    Column(name="description", required=True),
    Column(name="lien_source"),
    Column(name="date_maj", type=Type.DATE, required=True),
    Column(name="type"),
    Column(name="thematiques", type=Type.ARRAY),
    Column(name="frais"),
    Column(name="frais_precisions"),
    Column(name="publics", type=Type.ARRAY),
    Column(name="publics_precisions"),
    Column(name="conditions_acces"),
    *_PLACE,
    Column(name="modes_accueil", type=Type.ARRAY),
    Column(name="zone_eligibilite", type=Type.ARRAY),
    Column(name="contact_nom_prenom"),
    Column(name="lien_mobilisation"),
    Column(name="modes_mobilisation", type=Type.ARRAY),
    Column(name="mobilisable_par", type=Type.ARRAY),
    Column(name="mobilisation_precisions"),
    Column(name="volume_horaire_hebdomadaire", type=Type.NUMBER),
    Column(name="nombre_semaines", type=Type.INTEGER),
    Column(name="horaires_accueil"),
)
