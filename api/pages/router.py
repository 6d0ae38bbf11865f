"""The pages: figures to look at, their definitions, and the files behind them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Body, Request
from starlette.responses import RedirectResponse, Response

from api.catalogue import explained
from api.figures import figures_csv
from api.pages.choice import slid
from api.pages.flows import FIRST, GROUPS
from api.pages.panels import Looking
from api.pages.rendering import ASSETS, address_of, asset
from api.pages.session import Doorkeeper
from api.pages.views import card, indicator, place
from api.pages.visit import NoSuchPageError, Visit, visited
from api.service import Service
from api.words import words
from projections.indicators.definition import DEFINITIONS, newest

#: The address of an asset is another one when the asset is.
KEPT: Final = "public, max-age=31536000, immutable"
#: A form holds a token and an address.
LONGEST_FORM: Final = 16 * 1024
#: As the slider says them.
MONTHS_BACK: Final = re.compile(r"0|-[0-9]{1,2}", re.ASCII)
START: Final = "/dashboard"
FLOWS: Final = "/dashboard/flows"
INDICATORS: Final = "/dashboard/indicators/"

Form = Annotated[bytes, Body(media_type="application/x-www-form-urlencoded")]


def pages_routers(service: Service) -> tuple[APIRouter, ...]:
    """Every page; none is part of the API."""
    door = Door(service)
    return _figures(door), _beside(door), _session(door), _texts(door)


@dataclass(frozen=True, slots=True)
class Door:
    """What every page of figures needs."""

    service: Service

    @property
    def keeper(self) -> Doorkeeper:
        """Who lets people in."""
        return Doorkeeper(self.service.verifier, self.service.digests, is_open=self.service.open_figures)

    def look(self, visit: Visit, name: str) -> Looking:
        """A look at an indicator. Raises `NoSuchPageError`."""
        definition = newest(name)
        if definition is None:
            raise NoSuchPageError
        return Looking(service=self.service, definition=definition, choice=visit.choice, now=self.service.clock.now())

    def let_in(self, request: Request, show: Callable[[Visit], Response]) -> Response:
        """What is shown to whoever may see figures."""

        def shown(visit: Visit) -> Response:
            return show(visit) if self.keeper.lets_in(request, self.service.clock.now()) else visit.sign_in()

        return visited(request, self.keeper, shown)


def _figures(door: Door) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    def show(visit: Visit, name: str) -> Response:
        return visit.page("indicator.html", **indicator(door.look(visit, name), visit.words))

    @router.get("/")
    def home() -> Response:
        return RedirectResponse(START)

    @router.get(START)
    def waiting(request: Request) -> Response:
        return door.let_in(request, lambda visit: show(visit, FIRST))

    @router.get(f"{INDICATORS}{{name}}")
    def one(request: Request, name: str) -> Response:
        return door.let_in(request, lambda visit: show(visit, name))

    @router.get(FLOWS)
    def flows(request: Request) -> Response:
        def shown(visit: Visit) -> Response:
            w = visit.words
            cards = {group: [card(door.look(visit, name), w) for name in names] for group, names in GROUPS.items()}
            secret = sum(each.is_secret for found in cards.values() for each in found)
            look, where = door.look(visit, FIRST), place(visit.choice, w)
            return visit.page("flows.html", look=look, place=where, cards=cards, secret=secret)

        return door.let_in(request, shown)

    return router


def _beside(door: Door) -> APIRouter:
    """Where the slider leads, and the files."""
    router = APIRouter(include_in_schema=False)

    @router.get("/dashboard/slide")
    def slide(request: Request) -> Response:
        def shown(visit: Visit) -> Response:
            page, back = (request.query_params.get(name, "") for name in ("page", "back"))
            if not _is_page(page) or not MONTHS_BACK.fullmatch(back):
                raise NoSuchPageError
            day = slid(door.look(visit, FIRST).yesterday, int(back)) if int(back) else None
            return RedirectResponse(f"{page}?{visit.choice.query(as_of=day)}", 303)

        return door.let_in(request, shown)

    @router.get(f"{INDICATORS}{{name}}/{{file}}")
    def download(request: Request, name: str, file: str) -> Response:
        def shown(visit: Visit) -> Response:
            look = door.look(visit, name)
            made = {"months.csv": look.by_month, "day.csv": look.on_the_day, "divided.csv": look.divided}
            panel = made[file]() if file in made else None
            if panel is None:
                raise NoSuchPageError
            return figures_csv(panel.answer)

        return door.let_in(request, shown)

    return router


def _is_page(address: str) -> bool:
    """Whether an address is that of a page of figures, and nothing more: nobody is sent elsewhere."""
    return address in {START, FLOWS} or newest(address.removeprefix(INDICATORS)) is not None


def _session(door: Door) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.post("/sign-in")
    def sign_in(request: Request, form: Form) -> Response:
        def shown(visit: Visit) -> Response:
            said = parse_qs(form[:LONGEST_FORM].decode("ascii", "replace"))
            back, token = (said.get(name, [""])[0] for name in ("back", "token"))
            reader = door.keeper.reader(token.strip())
            if reader is None:
                return visit.sign_in(was_refused=True, back=back)
            answer = RedirectResponse(back if _is_page(back.partition("?")[0]) else START, 303)
            door.keeper.open_session(answer, reader, door.service.clock.now())
            return answer

        return visited(request, door.keeper, shown)

    @router.post("/sign-out")
    def sign_out() -> Response:
        answer = RedirectResponse(START, 303)
        door.keeper.close_session(answer)
        return answer

    return router


def _texts(door: Door) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/indicators")
    def definitions(request: Request) -> Response:
        return visited(request, door.keeper, _definitions)

    @router.get("/pages/{digest}/{name}")
    def file(request: Request, digest: str, name: str) -> Response:
        if name not in ASSETS or f"/pages/{digest}/{name}" != address_of(name):
            return visited(request, door.keeper, lambda visit: visit.message("unknown", 404))
        return Response(asset(name), headers={"Cache-Control": KEPT}, media_type=ASSETS[name])

    return router


def _definitions(visit: Visit) -> Response:
    """Every version, the newest first, in the language of the page."""
    lang = visit.choice.lang
    told = [
        (each, [(words("indicators").of("parts", part, lang), text) for part, text in explained(each, lang)])
        for each in sorted(DEFINITIONS.values(), key=lambda definition: (definition.id, -definition.version))
    ]
    return visit.page("definitions.html", definitions=told)
