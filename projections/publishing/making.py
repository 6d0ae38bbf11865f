"""A publication, made from the record alone."""

from dataclasses import asdict
from hashlib import sha256
from typing import Final

from application.dossiers import Catalogue
from application.publication import Basis, Publication
from projections.indicators.definition import DEFINITIONS, Definition
from projections.indicators.publication import settled
from projections.indicators.secrecy import POLICY
from projections.indicators.terms import written
from projections.milestones.projection import MILESTONES
from projections.ports import Log
from projections.projection import Connection
from projections.publishing.offer import Offer
from projections.publishing.replaying import milestones_at
from projections.publishing.series import method, questions, series


class UnknownDefinition(ValueError):
    """This version of the software does not know a version of an indicator that was published."""

    def __init__(self, name: str, version: int) -> None:
        """The message names it."""
        super().__init__(f"this version does not know version {version} of the indicator {name}")


def made(owner: Connection, log: Log, catalogue: Catalogue, basis: Basis) -> Publication:
    """Tell the log again up to the basis, and ask everything that analysts may ask.

    Nothing that people read is read, and nothing is kept. So neither a rebuild, nor what was recorded later, nor the
    erasure of a person makes any difference. Raises `UnknownDefinition`.
    """
    definitions = [_known(*named) for named in basis.definitions]
    known, offer = settled(basis.at), Offer()
    with milestones_at(owner, log, catalogue, basis.positions, offer.tell):
        figures = series(owner, questions(definitions, known, basis.months))
    offered, left_out = offer.tables(known.day)
    return Publication(
        basis=basis,
        data_date=known.day,
        tables=(*offered, *figures, method(definitions)),
        made_by={
            "milestones": MILESTONES.version,
            "definitions": [_named(definition) for definition in definitions],
            "policy": asdict(POLICY),
        },
        left_out=left_out,
    )


def _known(name: str, version: int) -> Definition:
    definition = DEFINITIONS.get((name, version))
    if definition is None:
        raise UnknownDefinition(name, version)
    return definition


#: What a definition says that no figure depends on.
_WORDS: Final = frozenset({"numbers", "owner", "since", "unit", "title", "text", "numerator", "denominator"})


def _named(definition: Definition) -> dict[str, object]:
    told = definition.model_dump_json(exclude={"terms", *_WORDS}) + written(definition.terms)
    digest = sha256(told.encode()).hexdigest()
    return {"id": definition.id, "version": definition.version, "sha256": digest}
