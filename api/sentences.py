"""A line of the timeline as a sentence, in French or in English."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from string import Formatter
from typing import Any, Final, get_args, get_type_hints

from api.words import words
from application.permissions.reading import WITHHELD
from domain.calendar import paris_day
from domain.catalogue import CATALOGUE

#: What is said where nobody told.
UNKNOWN: Final = {"fr": "non renseigné", "en": "unknown"}
#: What is said where the reader may not know.
UNTOLD: Final = {"fr": "non communiqué", "en": "not disclosed"}
MONTHS: Final = {
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def line_sentence(name: str, parameters: Mapping[str, Any], lang: str) -> str:
    """The sentence of an event, by its name in the record; codes among its public fields are said by their labels."""
    journey, _, event = name.partition(".")
    template = words(journey).of("events", event, lang)
    hints = _hints(journey, event)
    wanted = [field for _, field, _, _ in Formatter().parse(template) if field]
    return template.format(**{field: _said(journey, parameters.get(field), hints.get(field), lang) for field in wanted})


def day_text(day: date, lang: str) -> str:
    """A day as people write it: `12 mars 2026`, `1er mars 2026`, `12 March 2026`."""
    number = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    return f"{number} {MONTHS[lang][day.month - 1]} {day.year}"


@cache
def _hints(journey: str, event: str) -> Mapping[str, Any]:
    kind = next(each for each in CATALOGUE[journey].events if each.__name__ == event)
    return get_type_hints(kind)


def _said(journey: str, value: Any, hint: Any, lang: str) -> str:
    if value is None or value == []:
        return UNKNOWN[lang]
    if value == WITHHELD:
        return UNTOLD[lang]
    if isinstance(value, list):
        return ", ".join(_said(journey, each, hint, lang) for each in value)
    if isinstance(value, str) and (code := _code(hint)) is not None:
        return words(journey).code(code(value), lang)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", value):
        moment = datetime.fromisoformat(value)
        return day_text(paris_day(moment) if moment.tzinfo else moment.date(), lang)
    return str(value)


def _code(hint: Any) -> type[StrEnum] | None:
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    return next((code for each in get_args(hint) if (code := _code(each))), None)
