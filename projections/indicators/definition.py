"""What an indicator is: an identity, words people can hold it to, and the parameters of its computation."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from importlib.resources import files
from tomllib import loads
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, PositiveInt, ValidationInfo, field_validator

from projections.indicators.dimension import Dimension
from projections.indicators.terms import Attempts, CohortOfCases, MonthlyCount, StockOfCases, Terms, WithoutSolution


class Shape(StrEnum):
    """How a figure is made: each shape has one query and, in the tests, one naive replay."""

    WITHOUT_SOLUTION = "without_solution"
    COHORT = "cohort"
    STOCK = "stock"
    COUNT = "count"
    ATTEMPTS = "attempts"


class Measure(StrEnum):
    """What is measured: of those who entered in a month, of those who are there on a day, of the facts of a month."""

    COHORT = "cohort"
    STOCK = "stock"
    COUNT = "count"


TERMS: Final[Mapping[Shape, type[BaseModel]]] = {
    Shape.WITHOUT_SOLUTION: WithoutSolution,
    Shape.COHORT: CohortOfCases,
    Shape.STOCK: StockOfCases,
    Shape.COUNT: MonthlyCount,
    Shape.ATTEMPTS: Attempts,
}
#: The first one is what is answered if nothing else is asked for.
MEASURES: Final[Mapping[Shape, tuple[Measure, ...]]] = {
    Shape.WITHOUT_SOLUTION: (Measure.COHORT, Measure.STOCK),
    Shape.COHORT: (Measure.COHORT,),
    Shape.STOCK: (Measure.STOCK,),
    Shape.COUNT: (Measure.COUNT,),
    Shape.ATTEMPTS: (Measure.COUNT,),
}


class Definition(BaseModel):
    """One version of an indicator. A published version never changes: another one takes over beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: PositiveInt
    #: Its lines in the table of impact §11.
    numbers: tuple[str, ...]
    owner: str
    #: The first day on which this version was published.
    since: date
    shape: Shape
    #: What is counted, by language, as everything people read.
    unit: Mapping[str, str]
    title: Mapping[str, str]
    text: Mapping[str, str]
    numerator: Mapping[str, str]
    #: None for a plain count.
    denominator: Mapping[str, str] | None = None
    dimensions: tuple[Dimension, ...]
    terms: Terms

    @field_validator("terms", mode="before")
    @classmethod
    def _of_its_shape(cls, told: Any, known: ValidationInfo) -> BaseModel:
        return TERMS[known.data["shape"]].model_validate(told)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """What may be asked of it."""
        return MEASURES[self.shape]


def published() -> Mapping[tuple[str, int], Definition]:
    """Every version of every definition, by id and version; the name of its file says both."""
    found: dict[tuple[str, int], Definition] = {}
    definitions = files("projections.indicators").joinpath("definitions").iterdir()
    for file in sorted(definitions, key=lambda file: file.name):
        name, version, _ = file.name.rsplit(".", 2)
        definition = Definition.model_validate(loads(file.read_text(encoding="utf-8")))
        if (name, int(version)) != (definition.id, definition.version):
            raise ValueError(f"{file.name} holds {definition.id} version {definition.version}")
        found[definition.id, definition.version] = definition
    return found


DEFINITIONS: Final = published()


def newest(name: str) -> Definition | None:
    """The last version of an indicator; None if there is no such indicator."""
    return max(
        (definition for definition in DEFINITIONS.values() if definition.id == name),
        key=lambda definition: definition.version,
        default=None,
    )
