"""Who the person is, how they are reached, and by which numbers they are known."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import assert_never

from domain.candidate.certifying import certification_lost
from domain.candidate.codes import ContactField, NumberField, Origin
from domain.candidate.commands import ChangeContactData, CorrectIdentity, CorrectNir, Register, SetIdentifiers
from domain.candidate.events import (
    CandidateEvent,
    ContactDataChanged,
    IdentifiersSet,
    IdentityCorrected,
    NirCorrected,
    Registered,
)
from domain.candidate.evolution import evolve
from domain.candidate.refusals import (
    HomonymNeedsNir,
    InternalIdNeedsDepartment,
    LackOfNirWithNir,
    LastIdentifier,
    NirAlreadySet,
    NoIdentifier,
    NoNirToCorrect,
    UnknownDepartment,
)
from domain.candidate.sensitivity import check_visible
from domain.candidate.state import Candidate
from domain.candidate.values import (
    birth_country_of,
    birth_date_of,
    birth_place_of,
    birth_year_of,
    caf_number_of,
    check_nir_agrees,
    email_of,
    france_travail_id_of,
    name_of,
    nir_of,
    phone_of,
    reason_of,
    squished,
)
from domain.formats import department
from domain.iae.person import LackOfFranceTravailId, LackOfNir
from domain.journey import Context
from domain.vocabulary import Role

Knowing = Register | CorrectIdentity | ChangeContactData | SetIdentifiers | CorrectNir


def know(command: Knowing, candidate: Candidate, context: Context) -> Sequence[CandidateEvent]:
    """Record what is known of the person; nothing if all of it was known already."""
    check_visible(_touched(command), context)
    event = _known(command, candidate, context)
    after = evolve(candidate, event)
    lost = certification_lost(candidate, after, context)
    if not after.has_identifier and candidate.has_identifier:
        raise LastIdentifier
    if after.homonym_of is not None and after.nir is None:
        raise HomonymNeedsNir
    return [] if after == candidate else [event, *lost]


def _touched(command: Knowing) -> Collection[str]:
    said = {each.name for each in fields(command) if getattr(command, each.name)}
    removed = getattr(command, "remove", ())
    return said.union(removed, {"nir"} if isinstance(command, CorrectNir) else ())


def _known(command: Knowing, candidate: Candidate, context: Context) -> CandidateEvent:
    match command:
        case Register():
            return _register(command, context)
        case CorrectIdentity():
            return _correct_identity(command, context)
        case ChangeContactData():
            return _change_contact_data(command, candidate)
        case SetIdentifiers():
            return _set_identifiers(command, candidate)
        case CorrectNir():
            return _correct_nir(command, candidate)
        case _:
            assert_never(command)


def _register(command: Register, context: Context) -> Registered:
    birth_date = birth_date_of(command.birth_date, context.today)
    address = squished(command.address)
    covered = context.acting.departments if context.acting else ()
    number, lack_of_nir = _nir(command.nir, command.lack_of_nir)
    check_nir_agrees(number, command.title, birth_date)
    ft_id, lack_of_ft_id = _france_travail(command.france_travail_id, command.lack_of_france_travail_id)
    internal_id, internal_id_department = _internal_id(command.department_internal_id, command.internal_id_department)
    alone = context.actor.role is Role.CANDIDATE
    registered = Registered(
        first_name=name_of(command.first_name),
        last_name=name_of(command.last_name),
        birth_name=squished(command.birth_name),
        birth_date=birth_date,
        birth_year=birth_year_of(birth_date),
        title=command.title,
        household_role=command.household_role,
        birth_country=(country := birth_country_of(command.birth_country)),
        birth_place=birth_place_of(command.birth_place, country),
        email=email_of(command.email),
        phone=phone_of(command.phone),
        address=address,
        department=_lives_in(address) or (covered[0] if len(covered) == 1 else None),
        nir=number,
        lack_of_nir=lack_of_nir,
        france_travail_id=ft_id,
        lack_of_france_travail_id=lack_of_ft_id,
        caf_number=caf_number_of(command.caf_number),
        department_internal_id=internal_id,
        internal_id_department=internal_id_department,
        homonym_of=command.homonym_of,
        origin=Origin.SELF if alone else command.origin,
        entered_on=context.today,
        organisation=context.acting.id if context.acting else None,
        organisation_departments=covered,
        account=context.actor.subject if alone else None,
    )
    identified = registered.nir or registered.email or registered.phone or registered.department_internal_id
    if not identified and registered.origin is not Origin.RDV_SOLIDARITES:
        raise NoIdentifier
    return registered


def _correct_identity(command: CorrectIdentity, context: Context) -> IdentityCorrected:
    """A NIR already known is not compared: a change of civil status comes before that of the NIR."""
    birth_date = birth_date_of(command.birth_date, context.today)
    return IdentityCorrected(
        first_name=name_of(command.first_name),
        last_name=name_of(command.last_name),
        birth_name=squished(command.birth_name),
        birth_date=birth_date,
        birth_year=birth_year_of(birth_date),
        title=command.title,
        household_role=command.household_role,
        birth_country=(country := birth_country_of(command.birth_country)),
        birth_place=birth_place_of(command.birth_place, country),
    )


def _change_contact_data(command: ChangeContactData, candidate: Candidate) -> ContactDataChanged:
    kept = {each: None if each in command.remove else getattr(candidate, each) for each in ContactField}
    address = squished(command.address)
    return ContactDataChanged(
        email=email_of(command.email) or kept[ContactField.EMAIL],
        phone=phone_of(command.phone) or kept[ContactField.PHONE],
        address=address or kept[ContactField.ADDRESS],
        department=_lives_in(address) or candidate.department,
        homonym_of=command.homonym_of or candidate.homonym_of,
    )


def _set_identifiers(command: SetIdentifiers, candidate: Candidate) -> IdentifiersSet:
    kept = {each: None if each in command.remove else getattr(candidate, each) for each in NumberField}
    number, lack_of_nir = _nir(command.nir, command.lack_of_nir)
    if candidate.nir is not None and (number or candidate.nir) != candidate.nir:
        raise NirAlreadySet
    number = number or candidate.nir
    if number is not None and command.lack_of_nir is not None:
        raise LackOfNirWithNir
    check_nir_agrees(number if candidate.nir is None else None, candidate.title, candidate.birth_date)
    ft_id, lack_of_ft_id = _france_travail(
        command.france_travail_id or kept[NumberField.FRANCE_TRAVAIL_ID],
        command.lack_of_france_travail_id or candidate.lack_of_france_travail_id,
    )
    internal_id, its_department = _internal_id(command.department_internal_id, command.internal_id_department)
    if internal_id is None and (internal_id := kept[NumberField.DEPARTMENT_INTERNAL_ID]) is not None:
        its_department = candidate.internal_id_department
    return IdentifiersSet(
        nir=number,
        lack_of_nir=None if number else lack_of_nir or candidate.lack_of_nir,
        france_travail_id=ft_id,
        lack_of_france_travail_id=lack_of_ft_id,
        caf_number=caf_number_of(command.caf_number) or kept[NumberField.CAF_NUMBER],
        department_internal_id=internal_id,
        internal_id_department=its_department,
    )


def _correct_nir(command: CorrectNir, candidate: Candidate) -> NirCorrected:
    """Title and birth date are not compared: they may be what is wrong, and whoever corrects has seen the proof."""
    if candidate.nir is None:
        raise NoNirToCorrect
    number, lack_of_nir = _nir(command.nir, command.lack_of_nir)
    return NirCorrected(nir=number, lack_of_nir=lack_of_nir, reason=reason_of(command.reason))


def _nir(text: str | None, lack: LackOfNir | None) -> tuple[str | None, LackOfNir | None]:
    number = nir_of(text)
    if number is not None and lack is not None:
        raise LackOfNirWithNir
    return number, lack


def _france_travail(
    text: str | None, lack: LackOfFranceTravailId | None
) -> tuple[str | None, LackOfFranceTravailId | None]:
    """The identifier wins over a reason for lacking it (les-emplois §2.1)."""
    number = france_travail_id_of(text)
    return number, None if number else lack


def _internal_id(text: str | None, its_department: str | None) -> tuple[str | None, str | None]:
    number = squished(text)
    if (number is None) is not (its_department is None):
        raise InternalIdNeedsDepartment
    if its_department is not None and its_department not in department.DEPARTMENTS:
        raise UnknownDepartment(departments=[its_department])
    return number, its_department


def _lives_in(address: str | None) -> str | None:
    return department.of_address(address) if address else None
