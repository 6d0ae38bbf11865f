"""Which changes of a rule no test notices, and for which of them somebody has said why that is right.

`make mutants` runs mutmut and then this. What survives is compared with `reviewed.toml`: by the function and by the
line that was changed, because the numbers of mutants move with every change of the code.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

REVIEWED: Final = Path(__file__).with_name("reviewed.toml")
#: What mutmut says of a mutant that no test noticed. A timeout is a mutant that never ends: the suite notices.
ALIVE: Final = re.compile(r"^\s*(\S+): (survived|no tests)$", re.MULTILINE)
_NUMBER: Final = re.compile(r"__mutmut_\d+$")
_MANGLED: Final = re.compile(r"\.x(?:ǁ(\w+)ǁ|_)(\w+)$")


@dataclass(frozen=True, order=True, slots=True)
class Survivor:
    """A change that no test noticed."""

    function: str
    was: str
    became: str

    def __str__(self) -> str:
        return f"{self.function}\n  - {self.was}\n  + {self.became}"


@dataclass(frozen=True, slots=True)
class Review:
    """What somebody has looked at: changes that may survive, and why."""

    everywhere: Sequence[Mapping[str, str]]
    here: Sequence[Mapping[str, str]]

    @classmethod
    def read(cls, path: Path = REVIEWED) -> "Review":
        told: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(told.get("everywhere", ()), told.get("here", ()))

    def explains(self, survivor: Survivor) -> bool:
        """Whether somebody has said why it may survive."""
        alike = any(_is_like(each, survivor) for each in self.everywhere)
        return alike or any(_is(each, survivor) for each in self.here)

    def outdated(self, survivors: Iterable[Survivor]) -> Iterator[str]:
        """What was said of changes that no longer survive, or that nobody makes any more."""
        alive = list(survivors)
        for each in self.here:
            if not any(_is(each, survivor) for survivor in alive):
                yield f"{each['function']}: {each['became']}"


def _is_like(each: Mapping[str, str], survivor: Survivor) -> bool:
    was, became = re.fullmatch(each.get("was", ".*"), survivor.was), re.fullmatch(each["became"], survivor.became)
    return was is not None and became is not None


def _is(each: Mapping[str, str], survivor: Survivor) -> bool:
    named = (each["function"], each.get("was", survivor.was), each["became"])
    return named == (survivor.function, survivor.was, survivor.became)


def survivors_in(results: str) -> Sequence[str]:
    """The names of the mutants that survived, in what `mutmut results` prints."""
    return [name for name, _ in ALIVE.findall(results)]


def survivor(name: str, diff: str) -> Survivor:
    """What a mutant changed, given what `mutmut show` prints of it."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    was, became = (" ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+")
    place = _MANGLED.sub(lambda found: f".{'.'.join(filter(None, found.groups()))}", _NUMBER.sub("", name))
    return Survivor(place, was, became)


def _mutmut(*words: str) -> str:
    asked = [sys.executable, "-W", "ignore", "-m", "mutmut", *words]
    return subprocess.run(asked, capture_output=True, text=True, check=True).stdout


def main() -> int:
    names = survivors_in(_mutmut("results"))
    with ThreadPoolExecutor(2) as pool:
        alive = sorted(set(pool.map(lambda name: survivor(name, _mutmut("show", name)), names)))
    review = Review.read()
    unexplained = [each for each in alive if not review.explains(each)]
    for each in unexplained:
        print(each)  # noqa: T201 - a command's output
    for said in review.outdated(alive):
        print(f"no longer survives: {said}")  # noqa: T201 - a command's output
    print(f"{len(alive)} changes survived, {len(unexplained)} of them without an explanation")  # noqa: T201 - a command's output
    return 1 if unexplained else 0


if __name__ == "__main__":
    sys.exit(main())
