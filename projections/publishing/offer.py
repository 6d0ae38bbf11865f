"""Structures and services as data·inclusion describes them (open-data §1), from what the record says of organisations.

What is not known is empty, and what lacks something required is left out and counted, never made up. Nothing here is
personal: who belongs to an organisation is not looked at, and its telephone number is not published, because nobody
has said that it may be. What is said of a service is said to everybody; whom to ask there by name is never said.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from application.dossiers import root_kind
from application.ports import Recorded
from application.publication import Cell, Reference, Row, Table
from domain.calendar import paris_day
from domain.organisation import Organisation, organisation_journey
from domain.organisation.events import ServiceDescribed
from domain.organisation.kinds import NEEDING_AUTHORISATION, Kind
from domain.organisation.state import Stage, authorised
from domain.orientation.events import Sent
from domain.vocabulary import RootKind
from projections.publishing.columns import SERVICES, SOURCE, STRUCTURES
from projections.publishing.networks import NETWORK_OF_KIND, NETWORK_OF_TYPOLOGY
from projections.publishing.services import service_row

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
    #: The structure that offers it is left out.
    STRUCTURE = "structure"


_BY_REFERENCE: Final = frozenset({Kind.COMPANY_UNKNOWN, Kind.PRESCRIBER_UNKNOWN})


@dataclass
class _Known:
    state: Organisation = organisation_journey.decider.initial
    #: The day on which something of what is published changed.
    changed_on: date = date.min
    #: The same of each service.
    described_on: dict[str, date] = field(default_factory=dict)


@dataclass
class Offer:
    """What the record says of organisations and of their services, event by event."""

    _organisations: dict[str, _Known] = field(default_factory=dict)
    #: What orientations named.
    _named: set[str] = field(default_factory=set)

    def tell(self, recorded: Recorded) -> None:
        """Take in an event; those of a root come in order."""
        if root_kind(recorded.root) is RootKind.ORGANISATION:
            known = self._organisations.setdefault(recorded.root.partition("/")[2], _Known())
            before, known.state = known.state, organisation_journey.decider.evolve(known.state, recorded.event)
            if _described(before) != _described(known.state):
                known.changed_on = paris_day(recorded.recorded_at)
            if isinstance(recorded.event, ServiceDescribed):
                known.described_on[recorded.event.service_id] = paris_day(recorded.recorded_at)
        elif isinstance(recorded.event, Sent):
            self._named.add(recorded.event.service_id)

    def tables(self, on: date) -> tuple[tuple[Table, Table], Mapping[str, Mapping[str, int]]]:
        """Structures and services as they stand at the end of a day, and how many of each are left out, by reason."""
        published: list[tuple[str, _Known]] = []
        left_out: dict[str, Counter[str]] = {"structures": Counter(), "services": Counter()}
        for identity, known in sorted(self._organisations.items()):
            why = _why_not(known.state, on)
            if why is None:
                published.append((identity, known))
            else:
                left_out["structures"][why] += 1
                left_out["services"][LeftOut.STRUCTURE] += len(known.state.services)
        described = {name for known in self._organisations.values() for name in known.state.services}
        left_out["services"][LeftOut.NO_DESCRIPTION] = len(self._named - described)
        return _tables(published), {
            table: {why: number for why, number in sorted(reasons.items()) if number}
            for table, reasons in left_out.items()
        }


def _tables(published: Sequence[tuple[str, _Known]]) -> tuple[Table, Table]:
    offered = {name: (identity, known) for identity, known in published for name in known.state.services}
    structures = Table(
        name="structures",
        columns=STRUCTURES,
        key=("id",),
        rows=[_structure(identity, known) for identity, known in published],
    )
    services = Table(
        name="services",
        columns=SERVICES,
        key=("id",),
        rows=[
            service_row(_identifier(identity), known.state.services[name], known.described_on[name])
            for name, (identity, known) in sorted(offered.items())
        ],
        references=(Reference(columns=("structure_id",), table="structures", targets=("id",)),),
    )
    return structures, services


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


def _identifier(identity: str) -> str:
    return f"{SOURCE}--{identity}"


def _structure(identity: str, known: _Known) -> Row:
    told: Mapping[str, Cell] = {
        "source": SOURCE,
        "id": _identifier(identity),
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
