"""Where many live, and who they are: numbers that decide what becomes of them, so that every demonstration is alike."""

from collections.abc import Sequence
from dataclasses import dataclass

#: A person, and the house for which they act.
Agent = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Town:
    """A town: how many people come in thirty days, and by how many days things take longer there."""

    department: str
    name: str
    postcode: str
    people: int
    slower: int

    @property
    def address(self) -> str:
        """Where they live."""
        return f"1 rue de la Gare, {self.postcode} {self.name}"

    @property
    def agency(self) -> Agent:
        """Who registers and sends people."""
        return f"agent-{self.department}", f"agency-{self.department}"

    @property
    def workshops(self) -> Sequence[Agent]:
        """Who hires."""
        return [(f"chef-{self.department}-{number}", f"workshop-{self.department}-{number}") for number in range(1, 5)]

    @property
    def mobility(self) -> Agent:
        """Who welcomes."""
        return f"accueil-{self.department}", f"mobility-{self.department}"


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """One of many, by their number in their town, the month in which they came, and the place of the town."""

    town: Town
    number: int
    month: int
    place: int

    @property
    def later(self) -> int:
        """By how many days things take longer for them."""
        return self.town.slower + self.drawn % 5

    @property
    def drawn(self) -> int:
        """What decides."""
        return 7 * self.number + 3 * self.place

    @property
    def turn(self) -> int:
        """How many have had every outcome before."""
        return self.number // 16

    def workshop(self, further: int = 0) -> Agent:
        """One of those who hire in the town, and the others after it."""
        return self.town.workshops[(self.number + self.turn + further) % len(self.town.workshops)]
