"""Structures and services as data·inclusion describes them (open-data §1), from what the record says of organisations.

What is not known is empty, and what lacks something required is left out and counted, never made up. Nothing here is
personal: who belongs to an organisation is not looked at, and its telephone number is not published, because nobody
has said that it may be.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from application.dossiers import root_kind
from application.ports import Recorded
from application.publication import Cell, Column, Reference, Row, Table, Type
from domain.calendar import paris_day
from domain.organisation import Organisation, organisation_journey
from domain.organisation.kinds import NEEDING_AUTHORISATION, Kind
from domain.organisation.state import Stage, authorised
from domain.orientation.events import Sent
from domain.vocabulary import RootKind
from projections.publishing.networks import NETWORK_OF_KIND, NETWORK_OF_TYPOLOGY

#: The producer, as it stands before every identifier of ours.
SOURCE: Final = "parcours"
#: Of a name in data·inclusion, in characters (open-data §1.1).
SHORTEST_NAME: Final = 3
LONGEST_NAME: Final = 150
#: What comes after the SIREN of an establishment that does not exist (open-data §1.7).
FAKE_ESTABLISHMENT: Final = "999"


class LeftOut(StrEnum):
    """Why something that the record knows is not published."""

    CLOSED = "closed"
    #: Nobody has decided yet whether it may take part, or somebody has decided that it may not.
    NOT_AUTHORISED = "not_authorised"
    #: Only others have named it.
    KNOWN_BY_REFERENCE = "known_by_reference"
    #: Too short or too long for data·inclusion.
    NAME = "name"
    #: data·inclusion requires one of a service, and orientations name a service without it.
    NO_DESCRIPTION = "no_description"


_BY_REFERENCE: Final = frozenset({Kind.COMPANY_UNKNOWN, Kind.PRESCRIBER_UNKNOWN})

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


@dataclass
class _Known:
    state: Organisation = organisation_journey.decider.initial
    #: The day on which something of what is published changed.
    changed_on: date = date.min


@dataclass
class Offer:
    """What the record says of organisations and of their services, event by event."""

    _organisations: dict[str, _Known] = field(default_factory=dict)
    _services: set[str] = field(default_factory=set)

    def tell(self, recorded: Recorded) -> None:
        """Take in an event; those of a root come in order."""
        if root_kind(recorded.root) is RootKind.ORGANISATION:
            known = self._organisations.setdefault(recorded.root.partition("/")[2], _Known())
            before, known.state = known.state, organisation_journey.decider.evolve(known.state, recorded.event)
            if _described(before) != _described(known.state):
                known.changed_on = paris_day(recorded.recorded_at)
        elif isinstance(recorded.event, Sent):
            self._services.add(recorded.event.service_id)

    def tables(self, on: date) -> tuple[tuple[Table, Table], Mapping[str, Mapping[str, int]]]:
        """Structures and services as they stand at the end of a day, and how many of each are left out, by reason."""
        rows: list[Row] = []
        left_out: Counter[str] = Counter()
        for identity, known in sorted(self._organisations.items()):
            why = _why_not(known.state, on)
            if why is None:
                rows.append(_structure(identity, known))
            else:
                left_out[why] += 1
        services = {LeftOut.NO_DESCRIPTION.value: len(self._services)} if self._services else {}
        structures = Table(name="structures", columns=STRUCTURES, key=("id",), rows=rows)
        of_structures = Reference(columns=("structure_id",), table="structures", targets=("id",))
        offered = Table(name="services", columns=SERVICES, key=("id",), rows=(), references=(of_structures,))
        return (structures, offered), {"structures": dict(sorted(left_out.items())), "services": services}


def _described(organisation: Organisation) -> object:
    return organisation.name, _siret(organisation), _networks(organisation)


def _why_not(organisation: Organisation, on: date) -> LeftOut | None:
    if organisation.stage is not Stage.ACTIVE:
        return LeftOut.CLOSED
    if not _BY_REFERENCE.isdisjoint(organisation.kinds):
        return LeftOut.KNOWN_BY_REFERENCE
    if not NEEDING_AUTHORISATION.isdisjoint(organisation.kinds) and not authorised(organisation, on):
        return LeftOut.NOT_AUTHORISED
    return None if SHORTEST_NAME <= len(organisation.name) <= LONGEST_NAME else LeftOut.NAME


def _structure(identity: str, known: _Known) -> Row:
    told: Mapping[str, Cell] = {
        "source": SOURCE,
        "id": f"{SOURCE}--{identity}",
        "nom": known.state.name,
        "date_maj": known.changed_on,
        "siret": _siret(known.state),
        "reseaux_porteurs": _networks(known.state) or None,
    }
    return tuple(told.get(column.name) for column in STRUCTURES)


def _siret(organisation: Organisation) -> str | None:
    siret = organisation.siret
    return None if siret is None or siret[9:].startswith(FAKE_ESTABLISHMENT) else siret


def _networks(organisation: Organisation) -> tuple[str, ...]:
    named = [NETWORK_OF_KIND.get(kind) for kind in organisation.kinds]
    named.append(NETWORK_OF_TYPOLOGY.get(organisation.typology or ""))
    return tuple(sorted({network for network in named if network is not None}))
