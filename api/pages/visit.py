"""One request of a page: what it asks for, whether it may, and what is said when it cannot be shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from fastapi import Request
from psycopg import OperationalError
from psycopg_pool import PoolTimeout
from pydantic import ValidationError
from starlette.responses import Response

from api.pages.choice import Choice
from api.pages.rendering import page
from api.pages.session import Doorkeeper
from api.pages.wording import Wording
from api.problems import malformed_fields
from api.words import LANGUAGES, language


class NoSuchPageError(LookupError):
    """Nothing stands at the address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Somebody looks at a page, in a language."""

    request: Request
    keeper: Doorkeeper
    choice: Choice

    @classmethod
    def of(cls, request: Request, keeper: Doorkeeper) -> Self:
        """Read the address. Raises `pydantic.ValidationError`."""
        query = dict(request.query_params)
        lang = query.pop("lang", "")
        return cls(request=request, keeper=keeper, choice=Choice.of(query, lang or language_of(request)))

    @property
    def words(self) -> Wording:
        """What is said, in the language of the page."""
        return Wording(self.choice.lang)

    def page(self, template: str, status: int = 200, **shown: Any) -> Response:
        """A page, as it is shown to this visitor."""
        known: Mapping[str, Any] = {
            "choice": self.choice,
            "here": self.request.url.path,
            "is_session": self.keeper.is_session(self.request),
        }
        return page(template, self.choice.lang, status, **known, **shown)

    def message(self, said: str, status: int, lead: str = "", wrong: object = ()) -> Response:
        """A page that says why there is nothing else on it."""
        return self.page("message.html", status, said=said, lead=lead, wrong=wrong)

    def sign_in(self, status: int = 401, *, was_refused: bool = False, back: str = "") -> Response:
        """The page that asks for a token, and leads back here."""
        url = self.request.url
        address = back or url.path + (f"?{url.query}" if url.query else "")
        return self.page("sign_in.html", status, back=address, was_refused=was_refused)


def visited(request: Request, keeper: Doorkeeper, show: Callable[[Visit], Response]) -> Response:
    """What `show` answers, or a page that says why not: nobody who looks is answered in JSON."""
    try:
        visit = Visit.of(request, keeper)
    except ValidationError as error:
        unasked = Visit(request=request, keeper=keeper, choice=Choice(lang=language_of(request)))
        return unasked.message("refused", 422, "refused_lead", malformed_fields(error))
    try:
        return show(visit)
    except NoSuchPageError:
        return visit.message("unknown", 404, "unknown_lead")
    except (OperationalError, PoolTimeout):
        return visit.message("unavailable", 503, "unavailable_lead")


def language_of(request: Request) -> Any:
    """The language that the address names, or else the first one of ours that the browser asks for."""
    named = request.query_params.get("lang")
    return named if named in LANGUAGES else language(request.headers.get("accept-language"))
