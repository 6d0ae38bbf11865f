"""The dictionary of what analysts read in SQL: comments in the database, and a page, both made of the same words."""

from collections.abc import Mapping
from html import escape
from typing import Any

from api.words import LANGUAGES, words
from projections.analyst import VIEWS, Comments


def comments() -> Comments:
    """What each view and each of its columns says of itself in the database."""
    return {
        view: (_both(said), {name: _both(column) for name, column in said["columns"].items()})
        for view, said in words("dictionary").tables.items()
    }


def dictionary_body() -> str:
    """A table for each view, in both languages."""
    said = "".join(_section(view, said) for view, said in words("dictionary").tables.items())
    return f'<p><a href="/indicators">Indicators</a></p>{said}'


def _both(said: Mapping[str, Any]) -> str:
    return " / ".join(said[lang] for lang in LANGUAGES)


def _section(view: str, said: Mapping[str, Any]) -> str:
    texts = "".join(f'<p lang="{lang}">{escape(said[lang])}</p>' for lang in LANGUAGES)
    rows = "".join(_row(name, column) for name, column in said["columns"].items())
    return f'<section id="{escape(view)}"><h2>{escape(f"{VIEWS}.{view}")}</h2>{texts}<table>{rows}</table></section>'


def _row(name: str, column: Mapping[str, Any]) -> str:
    cells = "".join(f'<td lang="{lang}">{escape(column[lang])}</td>' for lang in LANGUAGES)
    return f'<tr><th scope="row">{escape(name)}</th><td>{escape(column["type"])}</td>{cells}</tr>'
