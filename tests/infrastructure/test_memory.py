"""The record in memory keeps the promises of the record."""

import pytest

from application.ports import Journal
from infrastructure.clock import SystemClock
from infrastructure.memory import MemoryJournal
from tests.infrastructure.samples import PERSON, SOMEBODY_ELSE
from tests.journal_contract import DESCRIBED, EMAIL, NIR, TOLD, JournalContract, take


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal(SystemClock())


class TestMemoryJournal(JournalContract):
    """What is decided over it is decided as over the record."""


def test_what_is_let_go_is_forgotten_and_stays_held(journal: Journal) -> None:
    assert isinstance(journal, MemoryJournal)
    recorded = [*journal.append(PERSON, 0, [TOLD], take(NIR)), *journal.append(PERSON, 1, [DESCRIBED])]
    assert journal.let_go(PERSON) == recorded
    assert (journal.load(PERSON), journal.let_go(PERSON)) == ([], [])
    assert journal.holders([NIR, EMAIL]) == {NIR: PERSON}
    journal.append(SOMEBODY_ELSE, 0, [TOLD], take(EMAIL))
    assert journal.holders([NIR, EMAIL]) == {NIR: PERSON, EMAIL: SOMEBODY_ELSE}
