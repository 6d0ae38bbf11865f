"""Numbers that nobody else ever gets, for what is issued."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from application.dossiers import Catalogue, kind_of
from application.ports import Change, Numbers


@dataclass(frozen=True, slots=True)
class Drawn:
    """The numbers of one request: decided again because somebody was faster, it takes the same ones."""

    numbers: Numbers
    taken: dict[str, int] = field(default_factory=dict)

    def number(self, series: str) -> int:
        """This request's number of a series."""
        if series not in self.taken:
            self.taken[series] = self.numbers.draw(series)
        return self.taken[series]

    def pass_over(self, catalogue: Catalogue, changes: Iterable[Change]) -> None:
        """Keep the numbers that somebody else chose from being drawn later: before they are recorded, not after."""
        for change in changes:
            used = catalogue[kind_of(change.journey)].used(change.event)
            if used is not None and used[1] != self.taken.get(used[0]):
                self.numbers.pass_over(*used)
