"""Whether the process lives, whether it can serve, and how it does. The only routes without a token, with the docs."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from psycopg import Error
from psycopg_pool import PoolTimeout
from starlette.responses import PlainTextResponse, Response

from api.answers import json_answer
from api.service import Service
from projections.positions import Lag, lag


def health_router(service: Service) -> APIRouter:
    """The routes of operations."""
    router = APIRouter(tags=["operations"])

    @router.get("/health/live", summary="The process lives")
    def live() -> Response:
        return json_answer({"status": "live"})

    @router.get(
        "/health/ready",
        summary="The process can serve: database, schema, keys, identity provider",
        responses={503: {"description": "It cannot: see which check fails.", "content": {"application/json": {}}}},
    )
    def ready() -> Response:
        checks = {name: _passes(check) for name, check in service.ready.items()}
        good = all(checks.values())
        body = {"status": "ready" if good else "not ready", "checks": checks}
        return json_answer(body, 200 if good else 503)

    @router.get("/metrics", summary="Metrics, for Prometheus", response_class=PlainTextResponse)
    def metrics() -> Response:
        service.metrics.lag(_lag(service))
        return Response(generate_latest(service.metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return router


def _lag(service: Service) -> Sequence[Lag]:
    """How late projections are, if the database says; the other metrics are answered without it."""
    try:
        with service.pool.connection(timeout=1) as connection:
            return lag(connection)
    except (Error, PoolTimeout):
        return ()


def _passes(check: Callable[[], object]) -> bool:
    try:
        check()
    except Exception:  # noqa: BLE001 - whatever is wrong, it is not ready
        return False
    return True
