"""Routes found by the shape of an address: tried one after the other, a hundred commands cost more than the command."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from fastapi import APIRouter
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

#: Places of an address where a route says what must stand there, with what it says: `((0, "v1"), (1, "candidates"))`.
Shape = tuple[tuple[int, str], ...]
#: A parameter that takes several segments of an address: its route has no shape.
SEVERAL: Final = ":path}"


class Addresses(BaseRoute):
    """Some routes as one: of those whose fixed segments an address has, the first that matches, as ever."""

    def __init__(self, routers: Iterable[APIRouter]) -> None:
        """All of their routes, in order. Raises TypeError for a router that includes others: theirs would be lost."""
        self.routes = [_checked(route) for router in routers for route in router.routes]
        self._places: dict[int, set[tuple[int, ...]]] = defaultdict(set)
        self._found: dict[tuple[int, Shape], list[int]] = defaultdict(list)
        self._others = [number for number, route in enumerate(self.routes) if SEVERAL in route.path]
        for number, route in enumerate(self.routes):
            if SEVERAL not in route.path:
                self._note(number, route.path.split("/"))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette says: the whole of a route, its address but another method, or nothing."""
        partial: tuple[Match, Scope] = (Match.NONE, {})
        for route in self._candidates(scope["path"].split("/")) if scope["type"] == "http" else ():
            match, found = route.matches(scope)
            if match is Match.FULL:
                return match, found
            if match is Match.PARTIAL and partial[0] is Match.NONE:
                partial = (match, found)
        return partial

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route answer that has matched."""
        await scope["route"].handle(scope, receive, send)

    def _note(self, number: int, segments: Sequence[str]) -> None:
        shape = tuple((place, segment) for place, segment in enumerate(segments) if not segment.startswith("{"))
        self._places[len(segments)].add(tuple(place for place, _ in shape))
        self._found[len(segments), shape].append(number)

    def _candidates(self, segments: Sequence[str]) -> Iterator[APIRoute]:
        numbers = list(self._others)
        for places in self._places.get(len(segments), ()):
            numbers += self._found.get((len(segments), tuple((place, segments[place]) for place in places)), ())
        return (self.routes[number] for number in sorted(numbers))


def _checked(route: BaseRoute) -> APIRoute:
    if not isinstance(route, APIRoute):
        raise TypeError(f"not an address with one answer: {route!r}")
    return route
