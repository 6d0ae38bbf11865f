"""The figures that analysts read in SQL: each one as the service answers it to them, once a day."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import orjson
import structlog

from api.figures import Answer, figure_lines, written
from api.indicators import knowledge
from api.wiring import Core
from domain.calendar import add_months
from projections.analyst import Release
from projections.indicators.asking import Knowledge, Months, Question, every_question
from projections.indicators.definition import DEFINITIONS, Definition, newest
from projections.indicators.publication import shown
from projections.indicators.secrecy import POLICY
from projections.projection import Connection

#: Whole months before the current one, whether anything happened in them or not: no row tells by being there.
MONTHS: Final = 36

_log = structlog.get_logger(__name__)


class Interrupted(Exception):
    """The process ends: what was being released is not."""


def releasing(stopped: Callable[[], bool]) -> Callable[[Core], int]:
    """The job: it ends at the next figure once `stopped` says so."""

    def release(core: Core) -> int:
        try:
            return release_figures(core, stopped)
        except Interrupted:
            return 0

    return release


def release_figures(
    core: Core, stopped: Callable[[], bool] = lambda: False, definitions: Collection[Definition] = DEFINITIONS.values()
) -> int:
    """Show analysts the figures of yesterday, unless they see them already; answers how many they were given.

    Anew too once the milestones were rebuilt, once they have been told a dossier that was parked, or where another
    version of the service defines or hides something else.
    Raises `Interrupted` once `stopped` says so, and analysts see what they saw.
    """
    known = knowledge(core.clock.now(), exact=False)
    with core.pool.connection() as connection, connection.transaction():
        release = Release(connection, known.at, _digest(definitions))
        if release.is_there() or not release.is_due():
            return 0
        figures = _figures(connection, questions(known, definitions), stopped)
        made = release.make([_indicator(each) for each in definitions], figures)
    _log.info("figures released", data_date=known.day.isoformat(), figures=made)
    return made


def _digest(definitions: Collection[Definition]) -> str:
    told = [asdict(POLICY), *(definition.model_dump(mode="json") for definition in definitions)]
    return hashlib.sha256(orjson.dumps(told, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _indicator(definition: Definition) -> Mapping[str, Any]:
    return {
        **definition.model_dump(mode="json"),
        "measures": definition.measures,
        "newest": definition == newest(definition.id),
    }


def _figures(
    connection: Connection, all_asked: Iterable[Question], stopped: Callable[[], bool]
) -> Iterator[Sequence[Mapping[str, Any]]]:
    for asked in all_asked:
        if stopped():
            raise Interrupted
        figures = [written(published) for published in shown(connection, asked)]
        yield figure_lines(Answer(asked=asked, exact=False, figures=figures, known_now=None))


def questions(known: Knowledge, definitions: Iterable[Definition]) -> Iterator[Question]:
    """Everything that is released: each measure of each definition, undivided and by each of its dimensions."""
    months = Months(add_months(known.day.replace(day=1), -MONTHS), known.day)
    return every_question(definitions, known, months)
