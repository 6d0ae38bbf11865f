"""What the certifying services are to be asked, and when."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from application.certifying import Question
from domain.eligibility_check import EligibilityCheck
from domain.eligibility_check.certifying import question_due
from domain.eligibility_check.codes import Criterion, Stage
from projections.dossiers import Folded
from projections.projection import Connection, Rows, StateProjection, sql, statement

CLEAR: Final = statement("certifications/clear")
ADD: Final = statement("certifications/add", many=True)


def project(folded: Folded, rows: Rows) -> None:
    """Every question of every diagnosis in force."""
    for name, case in folded.cases.items():
        if isinstance(case.state, EligibilityCheck) and case.stage is Stage.IN_FORCE:
            for criterion in case.state.certifications:
                if (due := question_due(case.state, criterion)) is not None:
                    rows.add(ADD, name, criterion.value, due)


CERTIFICATIONS: Final = StateProjection(
    name="certifications", tables=sql("certifications/tables"), clear=CLEAR, statements=(ADD,), project=project
)


@dataclass(frozen=True, slots=True)
class Questions:
    """The list of what is to be asked, as far as the projections have come."""

    connection: Connection

    def due(self, now: datetime, criteria: Collection[Criterion], at_most: int) -> Sequence[Question]:
        """The questions about some criteria that are due at `now` (inclusive), the oldest first."""
        rows = self.connection.execute(sql("certifications/due"), [now, [each.value for each in criteria], at_most])
        return [
            Question(root=root, journey=journey, criterion=Criterion(criterion), due=due)
            for root, journey, criterion, due in rows
        ]

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Whether no other process asks at this moment: one at a time does, until it ends or is killed."""
        row = self.connection.execute(sql("certifications/alone")).fetchone()
        mine = bool(row and row[0])
        try:
            yield mine
        finally:
            if mine:
                self.connection.execute(sql("certifications/let_go"))
