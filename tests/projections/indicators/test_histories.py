"""Secrecy from one release to the next: an attacker who has all of them, and knows what happens between.

Whoever may ask for figures may ask for them as known on any day, so no list of what was released is ever complete:
what is published must keep its secrets whichever days are asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.projections.indicators.attacker import Interval, Sum, worked_out
from tests.projections.indicators.test_secrecy import WIDTHS, Someone, at, crowds, linked, somebody, told

#: By how much what happens to one person may change a count of everybody, of the numerator, and of the others.
CAME: Final = {"total": 1, "in": 1, "out": 1}
LEFT: Final = {"total": -1, "in": -1, "out": -1}
ACCEPTED: Final = {"total": 0, "in": 1, "out": -1}
REFUSED: Final = {"total": 0, "in": -1, "out": 1}


@dataclass(frozen=True)
class Release:
    """Who there is, and what happened since the release before: the attacker knows what, and not to whom."""

    everybody: Sequence[Someone]
    since: Mapping[str, int]


@st.composite
def histories(draw: st.DrawFn, most: int) -> list[Release]:
    """A release, and the next ones, of which each is one person further: somebody comes, leaves, or is corrected."""
    everybody = draw(crowds())
    assume(everybody)
    releases = [Release(everybody, {})]
    for what in draw(st.lists(st.sampled_from(["came", "left", "corrected"]), min_size=1, max_size=most)):
        place = draw(st.integers(0, len(everybody) - 1))
        one, others = everybody[place], [*everybody[:place], *everybody[place + 1 :]]
        kinds = sorted({each.kinds for each in everybody})  # no list names those of whom there is nobody
        if what == "came":
            everybody = [*everybody, replace(draw(somebody), kinds=draw(st.sampled_from(kinds)))]
            releases.append(Release(everybody, CAME))
        elif what == "left":
            assume(kinds == sorted({each.kinds for each in others}))
            everybody = others
            releases.append(Release(everybody, LEFT))
        else:
            everybody = [*others, replace(one, accepted=not one.accepted)]
            releases.append(Release(everybody, REFUSED if one.accepted else ACCEPTED))
    return releases


def all_sums(releases: Sequence[Release]) -> Sequence[Sum]:
    """Every sum that holds in each of the releases."""
    return linked([someone for release in releases for someone in release.everybody])


def places(sums: Sequence[Sum]) -> Sequence[str]:
    """Everything that may be published, shown or not."""
    return sorted({name for each in sums for name in (each.whole, *each.terms)})


def published(releases: Sequence[Release], measure: str) -> Sequence[Mapping[str, Interval]]:
    return [told(release.everybody, measure, str(number)) for number, release in enumerate(releases)]


def between(names: Sequence[str], releases: Sequence[Release], measure: str) -> Iterator[tuple[Sum, str, Interval]]:
    """From each release to the next: what is more, or less, is a person at most."""
    for number, release in enumerate(releases[1:], start=1):
        change = release.since[measure]
        for name in names:
            before, after, moved = f"{name} {number - 1}", f"{name} {number}", f"{name} moved {number}"
            grown = Sum(after, (before, moved)) if change >= 0 else Sum(before, (after, moved))
            # Somebody came, that is sure; in the numerator or not, it may not be.
            sure = name == "none all" and (measure == "total" or release.since["total"] == 0)
            yield grown, moved, (abs(change) if sure else 0, abs(change))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(releases=histories(3))
def test_what_every_release_hides_is_worked_out_from_none_nor_from_all_of_them(releases: list[Release]) -> None:
    """Not even by somebody who knows of each day that one person came, left or was corrected, and nothing else."""
    sums = all_sums(releases)
    names = places(sums)
    for measure, width in WIDTHS.items():
        shown = published(releases, measure)
        known: dict[str, Interval] = {place: number for each in shown for place, number in each.items()}
        equations = [each for number in range(len(releases)) for each in at(str(number), sums)]
        for grown, moved, bounds in between(names, releases, measure):
            equations.append(grown)
            known[moved] = bounds
        found = worked_out(known, equations)
        ever_shown = {place.rpartition(" ")[0] for each in shown for place in each}
        for name in (each for each in names if each not in ever_shown):
            for number in range(len(releases)):
                least, most = found[f"{name} {number}"]
                assert most - least >= width, (measure, name, number)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(releases=histories(1))
def test_no_two_releases_tell_that_one_person_and_no_more_made_the_difference(releases: list[Release]) -> None:
    """To somebody who has everything that is published, and was told nothing else."""
    sums = all_sums(releases)
    for measure in WIDTHS:
        first, second = published(releases, measure)
        both = [name for name in places(sums) if f"{name} 0" in first and f"{name} 1" in second]
        # What is published is narrowed by the sums, too: of each number a copy, which is not published.
        copies = [Sum(f"{name} {when} narrowed", (f"{name} {when}",)) for name in both for when in "01"]
        found = worked_out({**first, **second}, [*at("0", sums), *at("1", sums), *copies])
        for name in both:
            before, after = found[f"{name} 0 narrowed"], found[f"{name} 1 narrowed"]
            assert after[1] - before[0] > after[0] - before[1], (measure, name)


def test_the_attacker_finds_what_is_hidden_beside_another_cell_each_time() -> None:
    """The rule that is not ours: the smallest cell that protects is hidden with it, and takes turns (275)."""
    sums = [Sum("all", ("a", "b", "c"))]
    exact = {"all 0": 53, "c 0": 30, "all 1": 61, "b 1": 28}
    one_at_most: Mapping[str, Interval] = {f"{name} moved": (0, 8) for name in ("a", "b", "c")}
    moved = [Sum(f"{name} 1", (f"{name} 0", f"{name} moved")) for name in ("a", "b", "c")]
    found = worked_out({**exact, **one_at_most, "b moved": (8, 8)}, [*at("0", sums), *at("1", sums), *moved])
    assert found["a 0"] == found["a 1"] == (3, 3)
