"""Questions as tests put them, in one line."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection

from projections.indicators.asking import Knowledge, Months, Question
from projections.indicators.definition import Definition
from projections.indicators.dimension import Dimension
from projections.indicators.figures import Figure, Revision
from projections.indicators.measuring import measured
from projections.indicators.measuring import revised as revised_figures
from projections.indicators.terms import WithoutSolution
from projections.indicators.without_solution import Entry, dossiers


def cohort(
    connection: Connection[Any],
    definition: Definition,
    months: Months,
    known: Knowledge,
    by: Dimension = Dimension.NONE,
) -> Sequence[Figure]:
    return measured(connection, Question(definition=definition, known=known, by=by, months=months))


def stock(
    connection: Connection[Any], definition: Definition, known: Knowledge, by: Dimension = Dimension.NONE
) -> Sequence[Figure]:
    return measured(connection, Question(definition=definition, known=known, by=by))


def revised(
    connection: Connection[Any], definition: Definition, months: Months, then: datetime, now: datetime
) -> Sequence[Revision]:
    return revised_figures(connection, Question(definition=definition, known=Knowledge(then), months=months), now)


def cohort_dossiers(
    connection: Connection[Any], definition: Definition, months: Months, known: Knowledge
) -> Sequence[Entry]:
    return dossiers(connection, Question(definition=definition, known=known, months=months))


def stock_dossiers(connection: Connection[Any], definition: Definition, known: Knowledge) -> Sequence[Entry]:
    return dossiers(connection, Question(definition=definition, known=known))


def waiting(definition: Definition) -> WithoutSolution:
    """The terms of an indicator of persons waiting for a solution."""
    assert isinstance(definition.terms, WithoutSolution)
    return definition.terms
