"""The events feed for other services: one cursor per partition, with a long poll."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from time import monotonic
from typing import Annotated, Any, Final, TypeVar

from fastapi import APIRouter, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from api.answers import json_answer, plain
from api.auth import require
from api.problems import general
from api.service import Service
from api.values import LARGEST_NUMBER
from application.dossiers import kind_of
from application.ports import Recorded
from infrastructure.identity.principal import Principal, Scope

T = TypeVar("T")

#: How often a long poll looks, in seconds.
LOOK_EVERY: Final = 0.25

Reader = Annotated[Principal, require(Scope.FEED)]
After = Annotated[
    int, Query(ge=0, le=LARGEST_NUMBER, description="The offset of the last event you have; 0 for the beginning.")
]


def feed_router(service: Service) -> APIRouter:
    """The routes of the feed."""
    router = APIRouter(tags=["feed"])

    @router.get("/v1/events", summary="The events of one partition, in order, after a cursor")
    async def feed(
        request: Request,
        _: Reader,
        partition: Annotated[int, Query(ge=0, le=LARGEST_NUMBER)],
        after: After = 0,
        limit: Annotated[int, Query(ge=1, le=1000)] = 200,
        wait: Annotated[int, Query(ge=0, le=30, description="Seconds to wait for an event if there is none.")] = 0,
    ) -> Response:
        if partition >= service.partitions:
            return general("unknown", request)
        events = await wait_for(lambda: service.log.read(partition, after, limit), wait)
        following = events[-1].offset if events else after
        return json_answer({"items": [event_body(event) for event in events], "next": following})

    @router.get("/v1/events/partitions", summary="How many partitions there are, and the last offset of each")
    def partitions(_: Reader) -> Response:
        heads = service.log.heads()
        return json_answer({"partitions": [heads.get(each, 0) for each in range(service.partitions)]})

    return router


async def wait_for(look: Callable[[], Sequence[T]], seconds: int) -> Sequence[T]:
    """What a look finds; looks again, so many seconds at most, while it finds nothing."""
    until = monotonic() + seconds
    while True:
        found = await run_in_threadpool(look)
        if found or monotonic() >= until:
            return found
        await asyncio.sleep(LOOK_EVERY)


def event_body(recorded: Recorded) -> Mapping[str, Any]:
    """An event as other services see it: personal fields stay sealed."""
    metadata = recorded.metadata
    return {
        "offset": recorded.offset,
        "root": recorded.root,
        "root_version": recorded.root_version,
        "journey": recorded.journey,
        "journey_version": recorded.journey_version,
        "name": f"{kind_of(recorded.journey)}.{type(recorded.event).__name__}",
        "data": plain(recorded.event),
        "occurred_at": recorded.occurred_at.isoformat(),
        "recorded_at": recorded.recorded_at.isoformat(),
        "correlation_id": metadata.correlation_id,
        "causation_id": metadata.causation_id,
        "origin": metadata.origin,
    }
