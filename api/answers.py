"""How a journey is answered: where it stands, its version, and what it accepts next."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache, reduce
from typing import Any

import orjson
from pydantic import TypeAdapter
from starlette.responses import Response

from api.service import Service
from api.words import kebab
from application.desk import Outcome
from application.dossiers import kind_of
from application.permissions.grant import Permissions
from application.permissions.reading import WITHHELD, View
from domain.journey import Journey
from domain.vocabulary import Role


@cache
def adapter(state: Any) -> TypeAdapter[Any]:
    """How a kind of state is written in JSON."""
    return TypeAdapter(state)


def plain(value: object) -> Any:
    """A state or an event as JSON members."""
    kind: Any = type(value)
    return adapter(kind).dump_python(value, mode="json")


def etag(version: int) -> str:
    """The entity tag of a journey at a version."""
    return f'"{version}"'


def address(root: str, journey: str, definition: Journey[Any, Any, Any]) -> str:
    """Where a journey is read: `/v1/candidates/<id>/job-applications/3`. The root's own is the root's address."""
    kind, _, identifier = root.partition("/")
    own = f"/v1/{kind}s/{identifier}"
    return f"{own}/{definition.plural}/{journey.rpartition('-')[2]}" if definition.numbered else own


def next_commands(journey: Journey[Any, Any, Any], permissions: Permissions, state: Any) -> Iterator[str]:
    """The commands, as in addresses, that the state does not exclude and that somebody outside may issue."""
    for command in journey.decider.offers(state):
        if any(grant.roles != {Role.SYSTEM} for grant in permissions[command]):
            yield kebab(command.__name__)


def journey_body(
    service: Service, view: View, journey: str, version: int, state: Any, at: datetime | None = None
) -> Mapping[str, Any]:
    """A journey as it is answered to somebody; `state` is None if it is not, or no longer, theirs to read.

    What depends on the instant is shown as it is now, unless another one is given.
    """
    definition = service.catalogue[kind_of(journey)]
    reads = view.reads(journey)
    then = at or view.viewer.at
    shown = {} if definition.shown is None else {"shown": definition.shown(state, then)}
    status = {} if definition.status is None else {"status": definition.status(state, then)}
    return {
        "id": view.root.partition("/")[2],
        "journey": journey,
        "version": version,
        "stage": definition.stage(state),
        **status,
        "state": conceal(plain(state), view.withheld(journey, state)) if reads else None,
        **{name: plain(value) if reads else None for name, value in shown.items()},
        "next": sorted(next_commands(definition, service.permissions, state)),
    }


def conceal(state: dict[str, Any], paths: Collection[str]) -> Mapping[str, Any]:
    """Write `WITHHELD` in the place of some members (`sent.reasons`), whether or not they hold anything."""
    for path in paths:
        *parents, name = path.split(".")
        within = reduce(lambda place, parent: place and place[parent], parents, state)
        if within:
            within[name] = WITHHELD
    return state


def journey_answer(service: Service, outcome: Outcome, view: View, *, opened: bool) -> Response:
    """Answer a command: the journey after it, and the events it led to."""
    body = {
        **journey_body(service, view, outcome.journey, outcome.version, outcome.state),
        "repeated": outcome.repeated,
        "events": [
            {
                "journey": each.journey,
                "version": each.journey_version,
                "name": f"{kind_of(each.journey)}.{type(each.event).__name__}",
                "position": f"{each.partition}.{each.offset}",
            }
            for each in outcome.recorded
        ],
    }
    headers = {"ETag": etag(outcome.version)}
    if opened:
        headers["Location"] = address(outcome.root, outcome.journey, service.catalogue[kind_of(outcome.journey)])
    return json_answer(body, 201 if opened else 200, headers)


def json_answer(body: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Answer JSON. What is answered may be personal, so nothing on the way may keep it."""
    return Response(
        orjson.dumps(body, default=str),
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type="application/json",
    )
