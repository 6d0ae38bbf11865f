"""What the address of a page says: which territory, which months, known when, in which language."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal, Self
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from domain.calendar import add_months
from domain.formats.department import DEPARTMENTS
from domain.formats.region import region_of
from projections.indicators.asking import Months
from projections.indicators.dimension import Dimension

EVERYWHERE: Final = "all"
REGIONS: Final = frozenset(map(region_of, DEPARTMENTS))
#: By what the pages divide figures. Organisations are not named on them, and codes that have no words are not shown.
DIVIDED_BY: Final = (
    Dimension.REGION,
    Dimension.DEPARTMENT,
    Dimension.AGE_BAND,
    Dimension.TITLE,
    Dimension.CRITERIA,
    Dimension.ORGANISATION_FAMILIES,
    Dimension.AUTHORISED,
)
#: How many months may be looked at.
PERIODS: Final = (12, 24, 36)
#: The first day that pages are asked about.
EARLIEST: Final = date(2000, 1, 1)
#: How many months the slider goes back.
BACK: Final = 36


def _known(territory: str) -> str:
    kind, _, code = territory.partition("-")
    known = {"region": REGIONS, "department": DEPARTMENTS}.get(kind, frozenset())
    if territory != EVERYWHERE and code not in known:
        raise ValueError("all, region- and the code of a région, or department- and the code of a département")
    return territory


def _words_for(by: Dimension) -> Dimension:
    if by not in DIVIDED_BY:
        raise ValueError(", ".join(DIVIDED_BY))
    return by


class Choice(BaseModel):
    """Everything that a page shows follows from it and from the record. It holds nothing personal."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    lang: Literal["fr", "en"] = "fr"
    territory: Annotated[str, AfterValidator(_known)] = EVERYWHERE
    #: How many months, up to that of the day; as many as it takes for one to be known as a whole if None.
    period: Literal["12", "24", "36"] | None = None
    #: The day at the end of which things were known; the last one that is over if None.
    as_of: Annotated[date, Field(ge=EARLIEST)] | None = None
    by: Annotated[Dimension, AfterValidator(_words_for)] = Dimension.REGION
    #: The month that is looked at closely; the last one that is known as a whole if None.
    month: Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")] | None = None

    @classmethod
    def of(cls, query: Mapping[str, str], lang: str) -> Self:
        """What a query says; what a form left empty is not said. Raises `pydantic.ValidationError`."""
        return cls.model_validate({"lang": lang} | {name: value for name, value in query.items() if value})

    @property
    def dimension(self) -> Dimension:
        """What divides the figures of which the territory's are some."""
        return Dimension.NONE if self.territory == EVERYWHERE else Dimension(self.territory.partition("-")[0])

    @property
    def modality(self) -> str:
        """The territory, as figures name it."""
        return self.territory.partition("-")[2] or EVERYWHERE

    def on(self, yesterday: date) -> date:
        """The day of the figures; a day that is not over yet is not told."""
        return min(self.as_of or yesterday, yesterday)

    def query(self, **changes: Any) -> str:
        """The same address with something changed: what is usual is left out, the language never."""
        changed = self.model_copy(update=changes)
        said = changed.model_dump(mode="json", exclude_defaults=True, exclude_none=True)
        return urlencode({"lang": changed.lang} | said)

    def kept(self, here: str) -> Mapping[str, str]:
        """What the slider's form says again: everything but the day and the month that is looked at."""
        said = self.model_dump(mode="json", exclude_none=True, exclude={"as_of", "month"})
        return {"page": here, **said}


def months_to(day: date, number: int) -> Months:
    """So many months, up to that of a day."""
    return Months(add_months(day.replace(day=1), 1 - number), day.replace(day=1))


def slid(yesterday: date, months: int) -> date:
    """The day so many months before; `months` is 0 or less."""
    return add_months(yesterday, max(-BACK, min(0, months)))
