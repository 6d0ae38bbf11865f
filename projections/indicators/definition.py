"""What an indicator is: an identity, a text people can hold it to, and the parameters of its computation."""

from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from itertools import pairwise
from tomllib import loads
from typing import Final

from pydantic import BaseModel, ConfigDict, PositiveInt, model_validator

from projections.milestones.kinds import Kind


class Terms(BaseModel):
    """The parameters of an indicator of persons waiting for a solution. Kinds are those of milestones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    #: Calendar days; the last one is in time.
    window_days: PositiveInt
    #: What makes somebody enter: the first of the first kind that a path has.
    entries: tuple[Kind, ...]
    solutions: tuple[Kind, ...]
    #: Solutions that this version does not count, because no journey told them: not available, never 0.
    awaited_solutions: tuple[Kind, ...] = ()
    #: Ends the solutions of the same journey.
    solution_ends: tuple[Kind, ...] = ()
    #: Ends a path. Within the window it excludes the entry.
    endings: tuple[Kind, ...] = ()
    #: Excludes the person, whenever it was said.
    objections: tuple[Kind, ...] = ()
    #: First years of age of the second band and of those after it; the age is a difference of years (impact §3.5).
    age_bounds: tuple[int, ...] = ()
    age_bands: tuple[str, ...] = ("all",)

    @model_validator(mode="after")
    def _one_band_more_than_bounds(self) -> "Terms":
        if len(self.age_bands) != len(self.age_bounds) + 1 or any(
            low >= high for low, high in pairwise(self.age_bounds)
        ):
            raise ValueError("age bounds increase, and make one band more than there are bounds")
        if set(self.solutions) & set(self.awaited_solutions):
            raise ValueError("a solution that is awaited is not counted")
        return self


class Definition(BaseModel):
    """One version of an indicator. A published version never changes: another one takes over beside it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    version: PositiveInt
    owner: str
    #: The first day on which this version was published.
    since: date
    #: What it says, by language.
    text: Mapping[str, str]
    terms: Terms


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
