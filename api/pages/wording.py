"""How pages say numbers, months, territories and modalities, in French and in English."""

from collections.abc import Mapping, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, Final

from api.catalogue import code_label
from api.pages.choice import REGIONS
from api.sentences import MONTHS, UNKNOWN, day_text
from api.words import LANGUAGES, words
from domain.formats.department import DEPARTMENTS
from projections.indicators.definition import Definition, Shape
from projections.indicators.dimension import Dimension
from projections.indicators.figures import ANY
from projections.indicators.terms import UNDECIDED

_NARROW: Final = "\u202f"
_MINUS: Final = "\u2212"
#: A short month, where there is no room.
SHORT: Final = {
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}


class Wording:
    """What templates call: everything in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.other = next(each for each in LANGUAGES if each != lang)

    def say(self, name: str, **values: Any) -> str:
        """A text of the pages."""
        return words("pages").of("said", name, self.lang).format(**values)

    def number(self, number: int) -> str:
        """`1 234` in French, `1,234` in English."""
        grouped = f"{abs(number):,}"
        return (_MINUS if number < 0 else "") + (grouped.replace(",", _NARROW) if self.lang == "fr" else grouped)

    def percent(self, part: int, whole: int) -> str:
        """A share in whole percents, halves upwards: counts are multiples of five, so decimals would say nothing."""
        return self._percents(percents(part, whole))

    def points(self, points: float) -> str:
        """A difference of two shares, with its sign."""
        rounded = round(points)
        sign = "+" if rounded > 0 else ""
        return f"{sign}{self.number(rounded)}"

    def value(self, figure: Mapping[str, Any]) -> str:
        """A figure that is shown: its share, or its number."""
        if "share" in figure:
            return self.percent(figure["numerator"], figure["denominator"])
        return self.number(figure["count"])

    def value_or_why(self, figure: Mapping[str, Any]) -> str:
        """A figure, or why there is none."""
        return self.value(figure) if figure["status"] == "published" else self.why(figure)

    def upper(self, text: str) -> str:
        """A text as the beginning of a sentence."""
        return text[:1].upper() + text[1:]

    def why(self, told: Mapping[str, Any]) -> str:
        """Why there is no number."""
        return self.say(f"why_{told.get('why', told['status'])}")

    def sign(self, why: str) -> str:
        """The same where there is no room."""
        return self.say(f"sign_{why}" if why in {"secret", "immature"} else "sign_other")

    def group(self, name: str) -> str:
        """What a group of indicators is about."""
        return words("pages").of("groups", name, self.lang)

    def territories(self) -> Sequence[tuple[str, str, Sequence[tuple[str, str]]]]:
        """What may be chosen: régions by name, then départements by code."""
        regions = sorted(((code, self.territory(Dimension.REGION, code)) for code in REGIONS), key=itemgetter(1))
        departments = [(code, self.territory(Dimension.DEPARTMENT, code)) for code in sorted(DEPARTMENTS)]
        return (self.say("regions"), "region", regions), (self.say("departments"), "department", departments)

    def _percents(self, number: int) -> str:
        return f"{number}{_NARROW}%" if self.lang == "fr" else f"{number}%"

    def tick(self, percent: int) -> str:
        """What stands at a line of the scale."""
        return self._percents(percent)

    def month(self, month: date) -> str:
        """`octobre 2026`."""
        return f"{MONTHS[self.lang][month.month - 1]} {month.year}"

    def of_month(self, month: date) -> str:
        """`d’octobre 2026`, `de mai 2026`; `of October 2026`."""
        said = self.month(month)
        return f"of {said}" if self.lang == "en" else f"d’{said}" if said[0] in "ao" else f"de {said}"

    def short(self, month: date) -> str:
        """`oct.`."""
        return SHORT[self.lang][month.month - 1]

    def day(self, day: date) -> str:
        """`12 octobre 2026`."""
        return day_text(day, self.lang)

    def code(self, code: str) -> str:
        """What a line of a figure is called."""
        if code == ANY:
            return self.say("any")
        named = words("indicators").tables["modalities"].get(code)
        return str(named[self.lang]) if named and code != UNDECIDED else code_label(code, self.lang)

    def cause(self, cause: str, definition: Definition) -> str:
        """What changed a figure; of persons who wait, an outcome is a solution."""
        solved = definition.shape is Shape.WITHOUT_SOLUTION
        return self.say(f"cause_{cause.replace('outcome', 'solution') if solved else cause}")

    def dimension(self, by: Dimension) -> str:
        """What divides."""
        return words("indicators").of("dimensions", by, self.lang)

    def territory(self, by: Dimension, code: str) -> str:
        """A région or a département by its name."""
        named: str = words("territories").tables[f"{by.value}s"].get(code, UNKNOWN[self.lang])
        return named

    def modality(self, by: Dimension, modality: str) -> str:
        """A modality of a dimension by its name."""
        if by in {Dimension.REGION, Dimension.DEPARTMENT}:
            return self.territory(by, modality)
        if modality == "unknown":
            return UNKNOWN[self.lang]
        return " + ".join(words("indicators").of("modalities", part, self.lang) for part in modality.split("+"))


def percents(part: int, whole: int) -> int:
    """A share in whole percents, halves upwards."""
    return (200 * part + whole) // (2 * whole)
