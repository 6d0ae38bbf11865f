import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from domain.journey import message
from domain.vocabulary import Personal
from projections.parameters import public_json


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@message
class Relative:
    name: Annotated[str, Personal]
    phone: Annotated[str | None, Personal] = None
    born_in: int | None = None


@message
class Told:
    on: date
    colours: frozenset[Colour]
    counts: Mapping[Colour, int]
    relative: Relative
    others: tuple[Relative, ...]
    nicknames: tuple[Annotated[str, Personal], ...]
    text: Annotated[str | None, Personal] = None


BAO = Relative(name="Bao", phone="0100000000", born_in=1990)


def test_parameters_are_what_is_not_personal_at_any_depth() -> None:
    told = Told(
        on=date(2026, 2, 28),
        colours=frozenset({Colour.RED, Colour.BLUE}),
        counts={Colour.RED: 2},
        relative=BAO,
        others=(BAO, Relative(name="Sacha")),
        nicknames=("Bibi",),
        text="Bonjour",
    )
    assert json.loads(public_json(told)) == {
        "on": "2026-02-28",
        "colours": ["blue", "red"],
        "counts": {"red": 2},
        "relative": {"born_in": 1990},
        "others": [{"born_in": 1990}, {"born_in": None}],
    }
