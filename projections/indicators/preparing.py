"""Preparing the rows of figures and what they add up to: once a day, and again whenever they are gone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from psycopg import Connection

from domain.calendar import add_days, paris_day, paris_start
from projections.indicators.asking import SOURCES, Knowledge
from projections.indicators.definition import DEFINITIONS, Definition, newest
from projections.indicators.prepared import subject_of
from projections.indicators.statements import text


def prepare(connection: Connection[Any], definition: Definition, known: Knowledge) -> None:
    """Prepare everything that may be asked of a definition, as known at an instant."""
    for measure in definition.measures:
        source = SOURCES[definition.shape, measure]
        parameters = {
            "subject": subject_of(definition.id, definition.version, source),
            "source": source.value,
            "on_day": known.day,
            "known_at": known.at,
            "terms": definition.terms.model_dump_json(),
        }
        with connection.transaction():
            connection.execute(text("roomy"))
            connection.execute(text("prepare"), parameters, prepare=False)
        connection.execute(text("forget_prepared"))


def prepare_due(connection: Connection[Any], now: datetime) -> int:
    """Prepare what is not prepared of today: the newest version of each definition, by one process at a time.

    Answers how many definitions were prepared. What is known is known at the end of the day before: what analysts ask,
    and what whoever asks of this moment is answered from.
    """
    today = paris_day(now)
    known = Knowledge(paris_start(today), on=add_days(today, -1))
    if connection.execute(text("prepare_alone")).fetchone() != (True,):
        return 0
    try:
        due = list(_due(connection, known))
        for definition in due:
            prepare(connection, definition, known)
    finally:
        connection.execute(text("prepare_no_longer"))
    return len(due)


def _due(connection: Connection[Any], known: Knowledge) -> Iterable[Definition]:
    ready = {subject for (subject,) in connection.execute(text("prepared_of"), [known.day])}
    for definition in DEFINITIONS.values():
        sources = [SOURCES[definition.shape, measure] for measure in definition.measures]
        subjects = {subject_of(definition.id, definition.version, source) for source in sources}
        if definition == newest(definition.id) and not subjects <= ready:
            yield definition
