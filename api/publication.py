"""What a publication is called, in French and in English: its columns, its codes, its README."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from hashlib import sha256
from typing import Final

import orjson

from api.words import LABELS, LANGUAGES, Words, words
from application.publication import Column, Publication, Table
from domain.candidate.codes import Title
from domain.organisation.kinds import Kind
from domain.organisation.services import Fee, MobilisationMode, Mobiliser, Public, ReceptionMode, ServiceKind
from infrastructure.publishing.package import Wording
from projections.indicators.secrecy import POLICY

VOCABULARY: Final = (
    Column(name="list", required=True),
    Column(name="code", required=True),
    *(Column(name=f"label_{lang}", required=True) for lang in LANGUAGES),
)
#: The lists of the indicators' catalogue that figures are told with.
_OF_INDICATORS: Final = ("dimensions", "kinds")
#: The lists of data·inclusion, by the columns that are told with them.
_OF_SERVICES: Final[Mapping[str, type[StrEnum]]] = {
    "type": ServiceKind,
    "frais": Fee,
    "publics": Public,
    "modes_accueil": ReceptionMode,
    "modes_mobilisation": MobilisationMode,
    "mobilisable_par": Mobiliser,
}
_OF_PUBLICATION: Final = ("statuses", "why", "measures", "parts", "reached", "modalities", "left_out")


def vocabulary() -> Table:
    """The codes of every closed list, with their labels."""
    listed = [("indicators", name) for name in _OF_INDICATORS] + [("publication", name) for name in _OF_PUBLICATION]
    rows = [row for source, name in listed for row in _rows(name, words(source).tables[name])]
    rows += [*_codes("title", "candidate", Title), *_codes("organisation_kinds", "organisation", Kind)]
    rows += [row for name, codes in _OF_SERVICES.items() for row in _codes(name, "organisation", codes)]
    return Table(name="vocabulary", columns=VOCABULARY, key=("list", "code"), rows=sorted(rows), words=True)


def _rows(name: str, labels: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, ...]]:
    for code, label in labels.items():
        yield (name, code, *(label[lang] for lang in LANGUAGES))


def _codes(name: str, source: str, codes: Iterable[StrEnum]) -> Iterator[tuple[str, ...]]:
    for code in codes:
        yield (name, code.value, *(words(source).code(code, lang) for lang in LANGUAGES))


def wording(publication: Publication) -> Wording:
    """Titles in French, descriptions in English, and what there is to know before using it."""
    labels = words("publication")
    return Wording(
        title=labels.of("package", "title", "fr"),
        description=labels.of("package", "title", "en"),
        readme=_readme(publication, labels),
        tables={table.name: _words(labels, "tables", table.name) for table in publication.tables},
        columns={
            table.name: {column.name: _words(labels, "columns", column.name) for column in table.columns}
            for table in publication.tables
        },
    )


def digest_of_words(publication: Publication) -> str:
    """Another text wherever a publication is told in other words."""
    labels = words("publication")
    named = [labels.tables[table] for table in ("package", "tables", "columns")]
    told = [_template(), named, [table.rows for table in publication.tables if table.words]]
    return sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _template() -> str:
    return (LABELS / "publication.md").read_text(encoding="utf-8")


def _words(labels: Words, table: str, name: str) -> Mapping[str, str]:
    return {"title": labels.of(table, name, "fr"), "description": labels.of(table, name, "en")}


def _readme(publication: Publication, labels: Words) -> str:
    told: dict[str, object] = {
        "data_date": publication.data_date,
        "as_of": publication.basis.at.isoformat(),
        "months": publication.basis.months,
        "persons": POLICY.persons,
        "part": POLICY.part,
        "step": POLICY.step,
        "companies": POLICY.companies,
        "dominance": POLICY.dominance,
    }
    for lang in LANGUAGES:
        told[f"tables_{lang}"] = "\n".join(
            f"| `{table.name}` | {labels.of('tables', table.name, lang)} | {len(table.rows)} |"
            for table in publication.tables
        )
        told[f"left_out_{lang}"] = "\n".join(
            f"| `{table}` | {labels.of('left_out', why, lang)} | {number} |"
            for table, reasons in publication.left_out.items()
            for why, number in reasons.items()
        )
    return _template().format(**told)
