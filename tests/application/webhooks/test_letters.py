from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import pytest

from application.webhooks.letters import PAUSES, Came, Ending, Letter, next_attempt, work_off
from application.webhooks.subscription import Subscription, known_wishes
from domain.vocabulary import OrganisationId

NOON = datetime(2026, 3, 2, 11, tzinfo=UTC)


def subscription(*events: str) -> Subscription:
    return Subscription(
        id="s",
        organisation=OrganisationId("o"),
        client="les-emplois",
        url="https://example.org",
        events=events,
        generation=1,
        created_at=NOON,
    )


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ("*", ["job-application.Accepted", "job-application.Refused", "orientation.Accepted"]),
        ("job-application.*", ["job-application.Accepted", "job-application.Refused"]),
        ("job-application.Accepted", ["job-application.Accepted"]),
    ],
)
def test_a_wish_names_an_event_a_journey_or_everything(wish: str, told: list[str]) -> None:
    names = ["job-application.Accepted", "job-application.Refused", "orientation.Accepted"]
    assert [name for name in names if subscription(wish).wants(name)] == told
    assert wish in known_wishes(names)


def test_a_letter_is_sent_ten_times_over_three_days_and_then_given_up() -> None:
    at = NOON
    for failed, pause in enumerate(PAUSES, start=1):
        assert next_attempt(failed, at) == at + pause
        at += pause
    assert next_attempt(len(PAUSES) + 1, at) is None
    assert timedelta(days=3) < at - NOON < timedelta(days=4)


class Pile:
    """Letters to be sent, one after the other."""

    def __init__(self, number: int) -> None:
        self.left = number

    def address(self, most: int) -> int:
        return most

    def attempt(self, now: datetime, send: Callable[[Letter], Ending]) -> Ending | None:
        if not self.left:
            return None
        self.left -= 1
        return Ending(came=Came.TAKEN)


@pytest.mark.parametrize(("number", "most", "sent"), [(0, 3, 0), (2, 3, 2), (3, 3, 3), (4, 3, 3)])
def test_a_round_ends_when_nothing_is_due_or_others_have_their_turn(number: int, most: int, sent: int) -> None:
    seen: Sequence[Letter] = []
    assert work_off(Pile(number), lambda: NOON, lambda _: Ending(came=Came.TAKEN), most) == sent
    assert seen == []
