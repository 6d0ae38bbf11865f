"""What a structure says of its services: checked so that data·inclusion takes it, and stored in one form."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from enum import StrEnum
from typing import Final, TypeVar, assert_never

from domain.formats import phone as telephone
from domain.formats.department import DEPARTMENTS
from domain.organisation.commands import DescribeService, WithdrawService
from domain.organisation.events import OrganisationEvent, ServiceDescribed, ServiceWithdrawn
from domain.organisation.kinds import Kind
from domain.organisation.refusals import (
    DescriptionOutOfBounds,
    DurationNotPositive,
    EverybodyStandsAlone,
    InvalidEmail,
    InvalidLink,
    InvalidPhone,
    InvalidPostalCode,
    InvalidServiceId,
    NotAServiceStructure,
    ServiceNameEndsWithFullStop,
    ServiceNameOutOfBounds,
    TextTooLong,
    UnknownService,
    UnknownThemes,
    UnknownTown,
    UnknownZone,
)
from domain.organisation.services import Public, Service, ServiceContact, ServicePlace
from domain.organisation.state import Organisation
from domain.organisation.themes import THEMES

T = TypeVar("T", bound=StrEnum)

#: Bounds in characters, both included (open-data §1.2); a place has those of an orientation's (dora §4.3).
SHORTEST_NAME, LONGEST_NAME = 3, 150
SHORTEST_DESCRIPTION, LONGEST_TEXT = 5, 10_000
LONGEST_PLACE: Final = 280
LONGEST_ID: Final = 255
LONGEST_LINK: Final = 2083
LONGEST_EMAIL, LONGEST_MAILBOX = 254, 64

#: Texts in which anything may be said.
_DETAILS: Final = ("publics_details", "access_conditions", "fee_details", "mobilisation_details", "opening_hours")
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*--[!-~]+")
#: A host of the Internet: no number, no port, no name in another script.
_HOST: Final = r"(?:(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
_LINK: Final = re.compile(rf"https?://{_HOST}(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?")
_MAILBOX: Final = r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*"
_EMAIL: Final = re.compile(rf"({_MAILBOX})@({_HOST})")
#: Names that no mail ever reaches (RFC 6761).
_NOWHERE: Final = frozenset({"arpa", "invalid", "local", "localhost", "onion", "test"})
_TOWN: Final = re.compile(r"(?:[0-9]{2}|2[AB])[0-9]{3}")
#: An EPCI, a country, or all of France; communes and départements are looked up.
_ZONE: Final = re.compile(r"[0-9]{9}|99[0-5][0-9]{2}|france")


def offer(command: DescribeService | WithdrawService, organisation: Organisation) -> Sequence[OrganisationEvent]:
    """Record what is said of a service, in place of all that was said of it before, or that it is offered no longer."""
    match command:
        case DescribeService():
            if Kind.SERVICE_STRUCTURE not in organisation.kinds:
                raise NotAServiceStructure
            described = _described(command)
            return [] if organisation.services.get(described.service_id) == described else [described]
        case WithdrawService():
            if command.service_id not in organisation.services:
                raise UnknownService
            return [ServiceWithdrawn(service_id=command.service_id)]
        case _:
            assert_never(command)


def _described(command: Service) -> ServiceDescribed:
    told = {each.name: getattr(command, each.name) for each in fields(Service)}
    told |= {name: _text(name, told[name], LONGEST_TEXT) for name in _DETAILS}
    said = ServiceDescribed(**told)
    if any(each is not None and each <= 0 for each in (said.weekly_hours, said.weeks)):
        raise DurationNotPositive
    return replace(
        said,
        service_id=_service_id(said.service_id),
        name=_name(said.name),
        description=_description(said.description),
        themes=_themes(said.themes),
        publics=_publics(said.publics),
        reception_modes=_each_once(said.reception_modes),
        place=_place(said.place),
        contact=_contact(said.contact),
        zone=_zone(said.zone),
        mobilisable_by=_each_once(said.mobilisable_by),
        mobilisation_modes=_each_once(said.mobilisation_modes),
        mobilisation_link=_link(said.mobilisation_link),
    )


def _service_id(text: str) -> str:
    if len(text) > LONGEST_ID or not _ID.fullmatch(text):
        raise InvalidServiceId
    return text


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        raise ServiceNameOutOfBounds(shortest=SHORTEST_NAME, longest=LONGEST_NAME)
    if name.endswith(".") and not name.endswith("etc."):
        raise ServiceNameEndsWithFullStop
    return name


def _description(text: str) -> str:
    description = _lines(text)
    if not SHORTEST_DESCRIPTION <= len(description) <= LONGEST_TEXT:
        raise DescriptionOutOfBounds(shortest=SHORTEST_DESCRIPTION, longest=LONGEST_TEXT)
    return description


def _text(field: str, text: str | None, limit: int) -> str | None:
    """What says nothing is not there: an empty text is not a detail (open-data §1.6)."""
    found = _lines(text or "")
    if len(found) > limit:
        raise TextTooLong(field=field, limit=limit)
    return found or None


def _lines(text: str) -> str:
    """Lines end one way, whoever wrote them."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _themes(themes: tuple[str, ...]) -> tuple[str, ...]:
    if unknown := sorted(set(themes) - THEMES):
        raise UnknownThemes(themes=unknown)
    return tuple(sorted(set(themes)))


def _publics(publics: tuple[Public, ...]) -> tuple[Public, ...]:
    """Everybody, beside somebody, would be somebody (open-data §1.2)."""
    if Public.EVERYBODY in publics and len(set(publics)) > 1:
        raise EverybodyStandsAlone
    return _each_once(publics)


def _each_once(codes: Iterable[T]) -> tuple[T, ...]:
    return tuple(sorted(set(codes)))


def _place(place: ServicePlace) -> ServicePlace:
    names = [each.name for each in fields(place)]
    found = ServicePlace(**{name: _text(name, getattr(place, name), LONGEST_PLACE) for name in names})
    if found.postal_code is not None and not re.fullmatch(r"[0-9]{5}", found.postal_code):
        raise InvalidPostalCode
    if found.town_code is not None and not _is_town(found.town_code):
        raise UnknownTown
    return found


def _is_town(code: str) -> bool:
    """The list of communes changes every year and is not looked at: their département is (open-data §1.3 bis)."""
    return _TOWN.fullmatch(code) is not None and not DEPARTMENTS.isdisjoint({code[:2], code[:3]})


def _contact(contact: ServiceContact) -> ServiceContact:
    return ServiceContact(phone=_phone(contact.phone), email=_email(contact.email))


def _phone(text: str | None) -> str | None:
    number = None if text is None else telephone.called(text)
    if text is not None and number is None:
        raise InvalidPhone
    return number


def _email(text: str | None) -> str | None:
    """Narrower than what mail allows, and so taken by everybody."""
    if text is None:
        return None
    email = text.strip()
    found = _EMAIL.fullmatch(email)
    if found is None or len(email) > LONGEST_EMAIL or len(found[1]) > LONGEST_MAILBOX:
        raise InvalidEmail
    if email.rpartition(".")[2].lower() in _NOWHERE:
        raise InvalidEmail
    return email


def _link(text: str | None) -> str | None:
    if text is None:
        return None
    link = text.strip()
    if len(link) > LONGEST_LINK or not _LINK.fullmatch(link):
        raise InvalidLink
    return link


def _zone(codes: tuple[str, ...]) -> tuple[str, ...]:
    """A région is said by its départements (open-data §1.2)."""
    if unknown := sorted(code for code in set(codes) - DEPARTMENTS if not (_is_town(code) or _ZONE.fullmatch(code))):
        raise UnknownZone(zone=unknown)
    return tuple(sorted(set(codes)))
