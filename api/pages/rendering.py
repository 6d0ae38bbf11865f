"""From a template to an answer: everything escaped, nothing run, nothing fetched from elsewhere."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from api.pages.wording import Wording

ASSETS: Final = {"pages.css": "text/css; charset=utf-8", "pages.js": "text/javascript; charset=utf-8"}
#: What a page may do. Scripts and styles are our own files: no inline script, no inline style.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    # What is shown may depend on who asks, and on their language.
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Cookie",
}

_TEMPLATES: Final = Environment(
    loader=PackageLoader("api.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(template: str, lang: str, status: int = 200, **shown: Any) -> Response:
    """A page in a language."""
    text = _TEMPLATES.get_template(template).render(w=Wording(lang), asset=address_of, **shown)
    return HTMLResponse(text, status, HEADERS)


@cache
def asset(name: str) -> bytes:
    """A file of the pages, by its name."""
    return files("api.pages").joinpath("assets", name).read_bytes()


@cache
def address_of(name: str) -> str:
    """Where a file is: another address whenever it is another file."""
    return f"/pages/{hashlib.sha256(asset(name)).hexdigest()[:12]}/{name}"
