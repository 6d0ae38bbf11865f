"""The documentation as pages: the API, its problems, the views in SQL. Their assets come from here."""

from collections.abc import Callable, Mapping
from html import escape
from importlib.resources import files
from typing import Final

from fastapi import APIRouter, Request
from fastapi.openapi.docs import get_swagger_ui_html
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse

from api.dictionary import dictionary_body
from api.problems import GENERAL, refusals, sentence, slug, status_of
from api.words import words
from application.permissions.check import NotAllowed

ASSETS: Final = files("fastapi_offline") / "static"
KNOWN_ASSETS: Final = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}


def documentation_router() -> APIRouter:
    """The pages, without a token."""
    router = APIRouter(include_in_schema=False)

    @router.get("/docs")
    def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="/openapi.json",
            title="Parcours",
            swagger_js_url="/docs/swagger-ui-bundle.js",
            swagger_css_url="/docs/swagger-ui.css",
            swagger_favicon_url="data:,",
        )

    @router.get("/docs/{asset}")
    def asset(asset: str) -> FileResponse:
        if asset not in KNOWN_ASSETS:
            raise HTTPException(404)
        return FileResponse(str(ASSETS / asset), media_type=KNOWN_ASSETS[asset])

    @router.get("/problems")
    @router.get("/dictionary")
    def page(request: Request) -> HTMLResponse:
        title, body = PAGES[request.url.path]
        return _page(title, body())

    @router.get("/problems/{name:path}")
    def problem(name: str) -> HTMLResponse:
        known = catalogue().get(name)
        if known is None:
            raise HTTPException(404)
        return _page(name, _entry(name, *known))

    return router


def _problems_body() -> str:
    return "".join(_entry(name, *known) for name, known in sorted(catalogue().items()))


#: What each page is called, and what makes its text.
PAGES: Final[Mapping[str, tuple[str, Callable[[], str]]]] = {
    "/problems": ("Problems", _problems_body),
    "/dictionary": ("Dictionary", dictionary_body),
}


def catalogue() -> dict[str, tuple[int, str, str]]:
    """Every type of problem: its status, and its sentence in French and in English."""
    general = {
        name: (status, words("common").of("problems", name, "fr"), words("common").of("problems", name, "en"))
        for name, status in GENERAL.items()
    }
    own = {
        slug(kind): (status_of(kind), sentence(kind, "fr"), sentence(kind, "en"))
        for kind in refusals()
        if kind is not NotAllowed
    }
    return {**general, **own}


def _entry(name: str, status: int, french: str, english: str) -> str:
    return (
        f'<section id="{escape(name)}"><h2><a href="/problems/{escape(name)}">{escape(name)}</a> · {status}</h2>'
        f'<p lang="fr">{escape(french)}</p><p lang="en">{escape(english)}</p></section>'
    )


def _page(title: str, body: str) -> HTMLResponse:
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)} · Parcours</title>'
        "<style>body{font:16px/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}h2{font-size:1rem}</style>"
        f"<h1>{escape(title)}</h1>{body}</html>"
    )
