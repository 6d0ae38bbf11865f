"""What any `application.ports.Journal` promises: a suite to inherit, with a `journal` fixture.

The journal must be able to record the events of `tests.infrastructure.samples`.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from application.ports import Claim, Claims, ClaimTaken, Conflict, Journal
from tests.infrastructure.samples import (
    COMPANY,
    METADATA,
    NOON,
    PERSON,
    SOMEBODY_ELSE,
    Closed,
    Colour,
    FamilyDescribed,
    Relative,
    Told,
    change,
)

TOLD = change(1, Told(subject="housing", text="I live in my car", nickname="Jo"))
DESCRIBED = change(2, FamilyDescribed(head=Relative(first_name="Ana"), others=(Relative(first_name="Bo", phone="01"),)))
CLOSED = change(3, Closed(colour=Colour.RED))
CLOSED_AGAIN = change(2, Closed(colour=Colour.RED))
TOLD_LATER = change(3, Told(subject="work", text="I start on Monday"))
NIR = Claim(scope="75", kind="nir", digest="d1")
EMAIL = Claim(scope="", kind="email", digest="d2")


def take(*claims: Claim) -> Claims:
    return Claims(take=frozenset(claims))


def release(*claims: Claim) -> Claims:
    return Claims(release=frozenset(claims))


def events(journal: Journal, root: str, up_to: int | None = None) -> list[object]:
    return [recorded.event for recorded in journal.load(root, up_to=up_to)]


class JournalContract:
    def test_an_unknown_root_has_no_history(self, journal: Journal) -> None:
        assert list(journal.load(PERSON)) == []

    def test_what_was_recorded_is_what_is_read(self, journal: Journal) -> None:
        first = journal.append(PERSON, 0, [TOLD, DESCRIBED])
        then = journal.append(PERSON, 2, [CLOSED])
        assert list(journal.load(PERSON)) == [*first, *then]

    def test_what_is_newer_than_a_version_is_read_by_itself(self, journal: Journal) -> None:
        first, second, third = journal.append(PERSON, 0, [TOLD, DESCRIBED, CLOSED])
        assert list(journal.load(PERSON, after=1)) == [second, third]
        assert list(journal.load(PERSON, after=1, up_to=2)) == [second]
        assert list(journal.load(PERSON, after=3)) == []
        assert list(journal.load(PERSON, after=0, up_to=1)) == [first]

    def test_two_roots_are_read_together_and_each_in_its_order(self, journal: Journal) -> None:
        told = list(journal.append(PERSON, 0, [TOLD, DESCRIBED]))
        closed = list(journal.append(SOMEBODY_ELSE, 0, [change(1, Closed()), CLOSED_AGAIN, TOLD_LATER]))
        assert [list(each) for each in journal.load_beside(PERSON, SOMEBODY_ELSE, 0)] == [told, closed]
        assert [list(each) for each in journal.load_beside(PERSON, SOMEBODY_ELSE, 2)] == [told, closed[2:]]
        assert [list(each) for each in journal.load_beside(SOMEBODY_ELSE, PERSON, 2)] == [closed, []]
        assert [list(each) for each in journal.load_beside("candidate/nobody", PERSON, 1)] == [[], told[1:]]

    def test_a_record_says_what_happened_when_and_who_said_so(self, journal: Journal) -> None:
        before = datetime.now(UTC)
        late = replace(DESCRIBED, occurred_at=NOON - timedelta(days=3), metadata=replace(METADATA, origin="deadline"))
        journal.append(PERSON, 0, [TOLD, late])
        told, described = journal.load(PERSON)
        assert (told.event, told.occurred_at, told.metadata) == (TOLD.event, NOON, METADATA)
        assert (described.event, described.occurred_at) == (late.event, late.occurred_at)
        assert described.metadata == late.metadata
        assert before <= told.recorded_at == described.recorded_at <= datetime.now(UTC)

    def test_a_root_is_one_order_over_all_of_its_journeys(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD, replace(CLOSED, journey="story-2", journey_version=1), DESCRIBED])
        assert [(each.root_version, each.journey, each.journey_version) for each in journal.load(PERSON)] == [
            (1, "story-1", 1),
            (2, "story-2", 1),
            (3, "story-1", 2),
        ]

    def test_the_log_is_one_order_over_the_roots_of_a_partition(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD, DESCRIBED])
        places = [(each.partition, each.offset) for each in journal.load(PERSON)]
        assert places == [(places[0][0], places[0][1]), (places[0][0], places[0][1] + 1)]

    def test_roots_are_apart(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD])
        journal.append(SOMEBODY_ELSE, 0, [change(1, Closed())])
        assert events(journal, PERSON) == [TOLD.event]
        assert events(journal, SOMEBODY_ELSE) == [Closed()]

    def test_a_history_can_be_read_up_to_a_version_inclusive(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD, DESCRIBED, CLOSED])
        assert events(journal, PERSON, up_to=2) == [TOLD.event, DESCRIBED.event]
        assert events(journal, PERSON, up_to=0) == []
        assert events(journal, PERSON, up_to=9) == [TOLD.event, DESCRIBED.event, CLOSED.event]

    @pytest.mark.parametrize("expected", [0, 1, 3])
    def test_nobody_writes_over_somebody_else(self, journal: Journal, expected: int) -> None:
        journal.append(PERSON, 0, [TOLD, DESCRIBED])
        with pytest.raises(Conflict):
            journal.append(PERSON, expected, [CLOSED])
        assert events(journal, PERSON) == [TOLD.event, DESCRIBED.event]

    def test_of_those_who_write_at_once_one_succeeds(self, journal: Journal) -> None:
        def write(_: int) -> bool:
            try:
                journal.append(PERSON, 0, [TOLD])
            except Conflict:
                return False
            return True

        with ThreadPoolExecutor(4) as threads:
            assert sorted(threads.map(write, range(4))) == [False, False, False, True]
        assert events(journal, PERSON) == [TOLD.event]

    def test_a_claim_has_one_holder(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD], take(NIR, EMAIL))
        with pytest.raises(ClaimTaken) as caught:
            journal.append(SOMEBODY_ELSE, 0, [TOLD], take(NIR))
        assert caught.value.held == {NIR: PERSON}
        assert events(journal, SOMEBODY_ELSE) == []
        assert journal.holders([NIR, EMAIL]) == {NIR: PERSON, EMAIL: PERSON}

    def test_the_holder_may_take_a_claim_again(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD], take(NIR))
        journal.append(PERSON, 1, [DESCRIBED], take(NIR))
        assert journal.holders([NIR]) == {NIR: PERSON}

    def test_a_claim_given_back_can_be_taken_by_another(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD], take(NIR, EMAIL))
        journal.append(PERSON, 1, [DESCRIBED], release(NIR))
        journal.append(SOMEBODY_ELSE, 0, [TOLD], take(NIR))
        assert journal.holders([NIR, EMAIL]) == {NIR: SOMEBODY_ELSE, EMAIL: PERSON}

    def test_nobody_gives_back_what_another_holds(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD], take(NIR))
        journal.append(SOMEBODY_ELSE, 0, [TOLD], release(NIR))
        assert journal.holders([NIR]) == {NIR: PERSON}

    def test_a_conflict_settles_no_claim(self, journal: Journal) -> None:
        journal.append(PERSON, 0, [TOLD], take(EMAIL))
        with pytest.raises(Conflict):
            journal.append(PERSON, 0, [TOLD], Claims(take=frozenset({NIR}), release=frozenset({EMAIL})))
        assert journal.holders([NIR, EMAIL]) == {EMAIL: PERSON}

    def test_nobody_holds_what_was_never_claimed(self, journal: Journal) -> None:
        assert journal.holders([NIR]) == {}
        assert journal.holders([]) == {}

    def test_an_organisation_has_a_record_too(self, journal: Journal) -> None:
        journal.append(COMPANY, 0, [change(1, Closed(), "club")])
        assert events(journal, COMPANY) == [Closed()]
