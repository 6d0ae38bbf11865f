"""Text as people write it, turned into the one way it is stored, or refused. Blank text says nothing."""

import re
from datetime import date
from typing import Final

from domain.calendar import add_months
from domain.candidate.codes import Title
from domain.candidate.refusals import (
    BirthInTheFuture,
    BirthPlaceMismatch,
    BornTooLongAgo,
    EmailOfFranceTravail,
    InvalidBirthCountry,
    InvalidBirthDate,
    InvalidBirthPlace,
    InvalidEmail,
    InvalidFranceTravailId,
    InvalidNir,
    InvalidPhone,
    NameMissing,
    NirContradictsBirthDate,
    NirContradictsTitle,
    ReasonLength,
)
from domain.formats import email, nir, phone

#: The greatest age, in months (rdv-insertion §2.1). Journeys that have other limits have rules of their own.
OLDEST_MONTHS: Final = 130 * 12
#: The shortest and the longest reason of a correction of a NIR, in characters (les-emplois §2.1).
REASON_LENGTH: Final = range(10, 2001)
_CAF_LENGTH: Final = 7
#: In the official geographic code.
FRANCE: Final = "99100"


def squished(text: str | None) -> str | None:
    """The words of a text with one space between them; None if there are none."""
    return " ".join((text or "").split()) or None


def name_of(text: str) -> str:
    """A first or last name. Raises `NameMissing`."""
    name = squished(text)
    if name is None:
        raise NameMissing
    return name


def birth_date_of(text: str | None, today: date) -> str | None:
    """An ISO day, today at the latest, 130 years ago at the earliest. Raises a `Refusal`."""
    written = squished(text)
    if written is None:
        return None
    try:
        born = date.fromisoformat(written)
    except ValueError:
        raise InvalidBirthDate from None
    if born > today:
        raise BirthInTheFuture
    if born < add_months(today, -OLDEST_MONTHS):
        raise BornTooLongAgo
    return born.isoformat()


def birth_country_of(text: str | None) -> str | None:
    """The code of a country, `99100` for France. Raises `InvalidBirthCountry`."""
    code = squished(text)
    if code is not None and not re.fullmatch(r"99[0-9]{3}", code):
        raise InvalidBirthCountry
    return code


def birth_place_of(text: str | None, country: str | None) -> str | None:
    """The code of a commune. Raises `InvalidBirthPlace`, `BirthPlaceMismatch` (les-emplois §2.1)."""
    code = squished(text)
    if code is not None and not re.fullmatch(r"([0-9]{2}|2[AB])[0-9]{3}", code):
        raise InvalidBirthPlace
    if (code is not None) is not (country == FRANCE):
        raise BirthPlaceMismatch
    return code


def birth_year_of(birth_date: str | None) -> int | None:
    """The year of a stored birth date."""
    return date.fromisoformat(birth_date).year if birth_date else None


def email_of(text: str | None) -> str | None:
    """An e-mail address. Raises `InvalidEmail`, `EmailOfFranceTravail`."""
    if squished(text) is None:
        return None
    address = email.parse(text or "")
    if address is None:
        raise InvalidEmail
    if email.is_france_travail(address):
        raise EmailOfFranceTravail
    return address


def phone_of(text: str | None) -> str | None:
    """A telephone number in E.164. Raises `InvalidPhone`."""
    if squished(text) is None:
        return None
    number = phone.parse(text or "")
    if number is None:
        raise InvalidPhone
    return number


def nir_of(text: str | None) -> str | None:
    """A NIR of 15 characters. Raises `InvalidNir`."""
    if squished(text) is None:
        return None
    number = nir.parse(text or "")
    if number is None:
        raise InvalidNir
    return number


def check_nir_agrees(number: str | None, title: Title | None, birth_date: str | None) -> None:
    """Where both are known, the NIR agrees with the title and the birth date (les-emplois §2.1)."""
    if number is None:
        return
    if title is not None and nir.is_mans(number) is not (title is Title.MONSIEUR):
        raise NirContradictsTitle
    if birth_date and nir.contradicts_birth(number, date.fromisoformat(birth_date)):
        raise NirContradictsBirthDate


def france_travail_id_of(text: str | None) -> str | None:
    """Eleven digits, or seven and one more digit or capital. Raises `InvalidFranceTravailId`."""
    compact = "".join((text or "").split()).upper()
    if not compact:
        return None
    if not re.fullmatch(r"[0-9]{11}|[0-9]{7}[0-9A-Z]", compact):
        raise InvalidFranceTravailId
    return compact


def caf_number_of(text: str | None) -> str | None:
    """A CAF number without its padding of zeros (rdv-insertion §2.3)."""
    compact = _unpadded("".join((text or "").split()))
    return (compact if len(compact) <= _CAF_LENGTH else _unpadded(compact.lstrip("0"))) or None


def _unpadded(number: str) -> str:
    return number[:_CAF_LENGTH] if not number[_CAF_LENGTH:].strip("0") else number


def reason_of(text: str) -> str:
    """The reason of a correction. Raises `ReasonLength`."""
    reason = text.strip()
    if len(reason) not in REASON_LENGTH:
        raise ReasonLength(shortest=REASON_LENGTH.start, longest=REASON_LENGTH.stop - 1)
    return reason
