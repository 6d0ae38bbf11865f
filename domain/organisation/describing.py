"""What an organisation is said to be: checked, and written the one way it is stored."""

import re
from typing import assert_never

from domain.formats import siret
from domain.formats.department import DEPARTMENTS
from domain.journey import Context
from domain.organisation.commands import ChangeKinds, ChangeSiret, ChangeTerritory, Create, Description, Rename
from domain.organisation.events import Created, KindsChanged, OrganisationEvent, Renamed, SiretChanged, TerritoryChanged
from domain.organisation.kinds import NEEDING_AUTHORISATION, WITH_SAFIR, WITHOUT_TERRITORY, Kind
from domain.organisation.refusals import (
    InvalidSafir,
    InvalidSiret,
    KindMissing,
    NameMissing,
    SafirOnlyForFranceTravail,
    TerritoryMissing,
    TypologyOnlyForStructures,
    UnknownDepartment,
    UnknownTypology,
)
from domain.organisation.state import Organisation
from domain.organisation.typologies import TYPOLOGIES

Describing = Create | Rename | ChangeKinds | ChangeSiret | ChangeTerritory


def describe(command: Describing, organisation: Organisation, context: Context) -> OrganisationEvent:
    """Record what the organisation is, or is now."""
    match command:
        case Create():
            return _create(command, context)
        case Rename():
            return Renamed(name=_name(command.name))
        case ChangeSiret():
            return SiretChanged(siret=_siret(command.siret))
        case ChangeKinds():
            return _change_kinds(command, organisation, context)
        case ChangeTerritory():
            return TerritoryChanged(departments=_territory(command.departments, organisation.kinds))
        case _:
            assert_never(command)


def _create(command: Create, context: Context) -> Created:
    kinds = _kinds(command.kinds)
    return Created(
        name=_name(command.name),
        kinds=kinds,
        departments=_territory(command.departments, kinds),
        siret=None if command.siret is None else _siret(command.siret),
        safir=_safir(command),
        typology=_typology(command.typology, kinds, context),
        at=context.at,
    )


def _change_kinds(command: ChangeKinds, organisation: Organisation, context: Context) -> KindsChanged:
    """A kind that needs an authorisation and was not there before asks for a new decision (les-emplois §1.3)."""
    kinds = _kinds(command.kinds)
    before, after = (NEEDING_AUTHORISATION.intersection(each) for each in (organisation.kinds, kinds))
    _territory(organisation.departments, kinds)
    return KindsChanged(
        kinds=kinds,
        typology=_typology(command.typology, kinds, context),
        on=context.today,
        status_reset=bool(after - before) or bool(before and not after),
    )


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise NameMissing
    return name


def _kinds(kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
    if not kinds:
        raise KindMissing
    return tuple(sorted(set(kinds)))


def _siret(text: str) -> str:
    number = siret.parse(text)
    if number is None:
        raise InvalidSiret
    return number


def _safir(command: Description) -> str | None:
    if command.safir is None:
        return None
    if WITH_SAFIR.isdisjoint(command.kinds):
        raise SafirOnlyForFranceTravail
    if not re.fullmatch(r"[0-9]{5}", command.safir):
        raise InvalidSafir
    return command.safir


def _typology(typology: str | None, kinds: tuple[Kind, ...], context: Context) -> str | None:
    if (typology is None) is (Kind.SERVICE_STRUCTURE in kinds):
        context.insist(TypologyOnlyForStructures())
    if typology is not None and typology not in TYPOLOGIES:
        raise UnknownTypology(typology=typology)
    return typology


def _territory(departments: tuple[str, ...], kinds: tuple[Kind, ...]) -> tuple[str, ...]:
    if unknown := sorted(set(departments) - DEPARTMENTS):
        raise UnknownDepartment(departments=unknown)
    if not departments and not WITHOUT_TERRITORY.issuperset(kinds):
        raise TerritoryMissing
    return tuple(sorted(set(departments)))
