"""The HTTP service: every door, on one application."""

from fastapi import FastAPI

from api import VERSION, openapi, problems
from api.addresses import Addresses
from api.commands import command_router
from api.documentation import documentation_router
from api.eligibility import eligibility_router
from api.feed import feed_router
from api.health import health_router
from api.hooks import hooks_router
from api.invited import invited_routers
from api.lists import lists_router
from api.notifications import notification_routers
from api.observe import Observed
from api.pages.router import pages_routers
from api.queries import query_routers
from api.reading import reading_routers
from api.service import Service
from api.webhooks import webhooks_router

ABOUT = """
The event-sourced case-management core of French inclusion services. Commands record what happens to a person far from
employment; every journey is an append-only stream of events, which can be replayed as it was known at any instant.
"""


def create_app(service: Service) -> FastAPI:
    """Make the application: a route per command and per journey, from the catalogue."""
    app = FastAPI(title="Parcours", version=VERSION, description=ABOUT, docs_url=None, redoc_url=None)
    app.state.verifier = service.verifier
    app.add_middleware(Observed, metrics=service.metrics)
    problems.install(app)
    addresses = Addresses(
        [
            health_router(service),
            documentation_router(),
            *pages_routers(service),
            feed_router(service),
            *notification_routers(service),
            *reading_routers(service),
            eligibility_router(service),
            command_router(service),
            lists_router(service),
            *invited_routers(service),
            webhooks_router(service),
            hooks_router(service),
            *query_routers(service),
        ]
    )
    app.router.routes.append(addresses)
    openapi.install(app, service, addresses.routes)
    return app
