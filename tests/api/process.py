"""The process that `pm4py` discovers in an export of courses, as a picture.

`make process` draws that of the demonstration: `docs/process.svg`.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any, Final
from warnings import catch_warnings, simplefilter

#: From one kind of event to the next one of the same object: how often, by kind of object.
Edges = Mapping[str, Mapping[tuple[str, str], int]]

#: The journeys that are drawn, each in its lane, and the colour of its arrows.
LANES: Final = {
    "orientation": "#0f766e",
    "eligibility-check": "#7c3aed",
    "job-application": "#1d4ed8",
    "hiring": "#b45309",
    "pass-iae": "#be123c",
}
#: Of the arrows of a lane, those that fewer than one in so many follow are not drawn.
RARE: Final = 25
FONT: Final = 'font-family="system-ui, sans-serif" font-size="12"'
WIDTH, HEIGHT, LANE, ROW, TOP = 190, 26, 290, 64, 70


def discovered(file: Path) -> tuple[Any, Edges]:
    """The log as `pm4py` reads it, and the edges of the object-centric directly-follows graph that it discovers."""
    with catch_warnings():
        simplefilter("ignore")  # its own, and those of what it stands on
        import pm4py

        log = pm4py.read_ocel2_json(str(file))
        graph = pm4py.discover_ocdfg(log)
    couples: Mapping[str, Mapping[tuple[str, str], Any]] = graph["edges"]["event_couples"]
    return log, {kind: {edge: len(seen) for edge, seen in found.items()} for kind, found in couples.items()}


@dataclass(frozen=True)
class Place:
    x: int
    y: int


def places(log: Any, edges: Edges) -> Mapping[str, Place]:
    """Where each kind of event stands: in the lane of its journey, in the order in which they usually come."""
    drawn = {name for lane in LANES for edge in _shown(edges.get(lane, {})) for name in edge}
    usual = _usual_places(log)
    found: dict[str, Place] = {}
    for number, lane in enumerate(LANES):
        of_lane = sorted(
            (name for name in drawn if name.partition(".")[0] == lane), key=lambda name: (usual[name], name)
        )
        found |= {name: Place(60 + number * LANE, TOP + row * ROW) for row, name in enumerate(of_lane)}
    return found


def _usual_places(log: Any) -> Mapping[str, float]:
    """Which event of its own journey it is, on average."""
    told = log.relations.sort_values(["ocel:timestamp", "ocel:eid"])
    steps: dict[str, list[int]] = {}
    so_far: dict[str, int] = {}
    for journey, kind, name in zip(told["ocel:oid"], told["ocel:type"], told["ocel:activity"], strict=True):
        if name.partition(".")[0] != kind:
            continue
        so_far[journey] = so_far.get(journey, 0) + 1
        steps.setdefault(name, []).append(so_far[journey])
    return {name: mean(found) for name, found in steps.items()}


def _shown(edges: Mapping[tuple[str, str], int]) -> Mapping[tuple[str, str], int]:
    most = max(edges.values(), default=0)
    return {edge: number for edge, number in edges.items() if number * RARE >= most}


def picture(log: Any, edges: Edges) -> str:
    """An SVG that needs nothing else: no font, no script, no program to lay it out."""
    at = places(log, edges)
    height = max((place.y for place in at.values()), default=TOP) + ROW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {60 + LANE * len(LANES)} {height}" role="img" {FONT}>',
        "<title>What happens to journeys, and how often, in the demonstration</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *(part for lane, colour in LANES.items() for part in _arrows(_shown(edges.get(lane, {})), at, colour)),
        *(part for name, place in sorted(at.items()) for part in _box(name, place)),
        *(_heading(lane, number, colour) for number, (lane, colour) in enumerate(LANES.items())),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _heading(lane: str, number: int, colour: str) -> str:
    x = 60 + number * LANE + WIDTH // 2
    return f'<text x="{x}" y="36" text-anchor="middle" font-weight="bold" font-size="15" fill="{colour}">{lane}</text>'


def _box(name: str, place: Place) -> Sequence[str]:
    colour = LANES[name.partition(".")[0]]
    middle = f'x="{place.x + WIDTH // 2}" y="{place.y + 17}" text-anchor="middle"'
    return (
        f'<rect x="{place.x}" y="{place.y}" width="{WIDTH}" height="{HEIGHT}" rx="6" fill="white" stroke="{colour}"/>',
        f"<text {middle}>{escape(name.partition('.')[2])}</text>",
    )


def _arrows(edges: Mapping[tuple[str, str], int], at: Mapping[str, Place], colour: str) -> Sequence[str]:
    name = f"end-{colour[1:]}"
    head = (
        f'<marker id="{name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"'
        f' markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 8 4 0 8z" fill="{colour}"/></marker>'
    )
    return (
        head,
        *(part for edge, number in sorted(edges.items()) for part in _arrow(at, edge, number, (colour, name))),
    )


def _arrow(at: Mapping[str, Place], edge: tuple[str, str], number: int, how: tuple[str, str]) -> Sequence[str]:
    path, (x, y) = _path(at[edge[0]], at[edge[1]])
    colour, head = how
    stroke = f'stroke="{colour}" stroke-width="{1 + log2(1 + number) / 4:.1f}" opacity="0.7"'
    return (
        f'<path d="{path}" fill="none" {stroke} marker-end="url(#{head})"/>',
        f'<text x="{x}" y="{y}" font-size="10" fill="{colour}">{number}</text>',
    )


def _path(start: Place, end: Place) -> tuple[str, tuple[int, int]]:
    """Straight down to the next row, around the others, across to another lane; and where its number stands."""
    if start.x != end.x:
        x, to = (start.x + WIDTH, end.x) if end.x > start.x else (start.x, end.x + WIDTH)
        y, to_y = start.y + HEIGHT // 2, end.y + HEIGHT // 2
        middle = (x + to) // 2
        return f"M{x} {y}C{middle} {y} {middle} {to_y} {to} {to_y}", (middle, (y + to_y) // 2)
    if end.y - start.y == ROW:
        x = start.x + WIDTH // 2
        return f"M{x} {start.y + HEIGHT}V{end.y}", (x + 5, start.y + HEIGHT + 22)
    down = end.y > start.y
    x, y, to = (start.x + WIDTH if down else start.x), start.y + HEIGHT // 2, end.y + HEIGHT // 2
    if start == end:
        y, to = y - 8, y + 8
    bend = (14 + abs(end.y - start.y) // 8) * (1 if down else -1)
    return f"M{x} {y}C{x + bend} {y} {x + bend} {to} {x} {to}", (x + bend * 3 // 4 + 2, (y + to) // 2 + 4)


if __name__ == "__main__":
    source, target = map(Path, sys.argv[1:])
    target.write_text(picture(*discovered(source)), encoding="utf-8")
