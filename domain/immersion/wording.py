"""How texts of a convention are written: trimmed, without markup, within limits, addresses and numbers in one form."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import Field, fields, is_dataclass
from html import unescape
from typing import Any, Final

from domain.calendar import whole_years
from domain.formats import email, phone, siret
from domain.immersion.refusals import (
    FieldMissing,
    InvalidBirthDate,
    InvalidEmail,
    InvalidPhone,
    InvalidSiret,
    MarkupNotAllowed,
    TextTooLong,
)
from domain.immersion.terms import ConventionTerms
from domain.journey import Refusal

#: The longest texts, in characters, by the name of the field (immersion §2.2, §2.6, §2.8, §4.1, §4.4).
LIMITS: Final[Mapping[str, int]] = {
    "last_name": 255,
    "first_name": 255,
    "business_name": 255,
    "appellation_label": 255,
    "work_conditions": 6000,
    "business_advantages": 3000,
    "individual_protection_description": 255,
    "sanitary_prevention_description": 255,
    "activities": 2000,
    "skills": 2000,
    "emergency_contact": 1024,
    "financial_help": 1800,
    "school": 255,
    "school_postcode": 255,
    "job": 255,
}
#: A current employer may say more of the job than a tutor.
LONGER_JOB: Final = 1024
#: Where none is given: as long as an address may be.
LONGEST: Final = 500

_TAG: Final = re.compile(r"<\s*[a-zA-Z!/?]")
_FOREIGN: Final = re.compile(r"\+[1-9][0-9]{7,14}")


def tidy(value: Any) -> Any:
    """The same value: texts without space around them or left out, addresses and numbers in one form."""
    if _written(value):
        return value.strip()
    if is_dataclass(value) and not isinstance(value, type):
        kind: Any = type(value)
        return kind(**{field.name: _tidied(field, getattr(value, field.name)) for field in fields(value)})
    return value


def _written(value: object) -> bool:
    """Whether somebody wrote it: a code is text too, and stays the code that it is."""
    return type(value) is str


def _tidied(field: Field[Any], value: Any) -> Any:
    name, tidied = field.name, tidy(value)
    if not _written(tidied):
        return tidied
    if not tidied and field.default is None:
        return None
    if name.endswith("email"):
        return _plain_address(tidied)
    if name.endswith("phone"):
        return number(tidied) or tidied
    return (siret.parse(tidied) or tidied) if name == "siret" else tidied


def _plain_address(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(each for each in decomposed if not unicodedata.combining(each))


def number(text: str) -> str | None:
    """A telephone number in E.164: of France, or of another country if it says which."""
    compact = re.sub(r"[\s.\-/()]", "", text)
    return phone.parse(text) or (compact if _FOREIGN.fullmatch(compact) and not compact.startswith("+33") else None)


def texts_refused(value: Any, path: str = "") -> Refusal | None:
    """Why the texts of terms are refused, at any depth; a text that may be left out is left out or says something."""
    for field in fields(value):
        found, where = getattr(value, field.name), f"{path}{field.name}"
        if is_dataclass(found):
            refused = texts_refused(found, f"{where}.")
        elif _written(found):
            refused = _text_refused(field.name, found, where)
        else:
            continue
        if refused is not None:
            return refused
    return None


def _text_refused(name: str, text: str, where: str) -> Refusal | None:
    if not text.strip():
        return FieldMissing(field=where)
    limit = LONGER_JOB if where == "current_employer.job" else LIMITS.get(name, LONGEST)
    return text_refused(text, limit, where) or _form_refused(name, text, where)


def text_refused(text: str, limit: int, where: str) -> Refusal | None:
    """Why a text is refused, whatever it is for."""
    if len(text) > limit:
        return TextTooLong(field=where, limit=limit)
    return MarkupNotAllowed(field=where) if _TAG.search(unescape(text)) else None


def _form_refused(name: str, text: str, where: str) -> Refusal | None:
    if name.endswith("email") and email.parse(text) is None:
        return InvalidEmail(field=where)
    if name.endswith("phone") and number(text) is None:
        return InvalidPhone(field=where)
    return InvalidSiret(field=where) if name == "siret" and siret.parse(text) is None else None


def said(text: str, limit: int, where: str) -> str:
    """A text that is needed and is not too long. Raises the refusal."""
    if not text.strip():
        raise FieldMissing(field=where)
    if refusal := text_refused(text, limit, where):
        raise refusal
    return text.strip()


def birth_date_refused(terms: ConventionTerms) -> Refusal | None:
    """The date of birth is a day, written as `1990-02-14`, and not after the first one."""
    text = terms.beneficiary.birth_date
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return InvalidBirthDate()
    try:
        born = terms.starts_on.fromisoformat(text)
    except ValueError:
        return InvalidBirthDate()
    return InvalidBirthDate() if whole_years(born, terms.starts_on) < 0 else None
