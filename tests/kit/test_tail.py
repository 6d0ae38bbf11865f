"""Many writers, one follower: it is given everything, once, in order."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.kit.audit import Findings, Promises, Tail, audit, whole_log
from tests.kit.contract import Subject
from tests.kit.totals import Count
from tests.kit.writing import Ledger, false_conflicts, start, write

WRITERS, APPENDS = 4, 300


@pytest.mark.slow
def test_a_follower_of_many_writers_is_given_everything_once_and_in_order(
    subject: Subject, tmp_path: Path, count: Count
) -> None:
    promises = Promises()
    ledgers = [Ledger(tmp_path / str(number), promises) for number in range(WRITERS)]
    writers = [start(write, subject, ledger.path, number, APPENDS) for number, ledger in enumerate(ledgers)]
    with closing(subject.open()) as store:
        follower = Tail(store)
        polls = 0
        while any(writer.is_alive() for writer in writers):
            polls += bool(follower.poll())
        follower.poll()
        stored = whole_log(store)
    for ledger in ledgers:
        ledger.refresh()
    findings = audit(promises, stored, follower.seen)
    assert [writer.exitcode for writer in writers] == [0] * WRITERS
    assert findings == Findings([], [], [], [])
    assert polls > 20, "the follower did not read while they wrote"
    assert promises.refused, "nobody wrote to the same stream at the same time"
    assert not false_conflicts(promises)
    assert len(promises.acknowledged) + len(promises.refused) == WRITERS * APPENDS
    count(acknowledged=len(promises.acknowledged), **findings.counts())
