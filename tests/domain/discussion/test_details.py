"""What a refusal tells a program: what it is about, or what would be accepted."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from domain.discussion import DiscussionEvent
from domain.discussion.codes import RejectionKind, Side
from domain.discussion.commands import Accept, Reject, Write
from domain.discussion.rules import decider
from domain.journey import Context, Refusal
from tests.domain.discussion.cases import ASKED, WITNESS, ask, beside, standing

REPLY = Write(subject="Re", text="Venez mardi.", side=Side.ESTABLISHMENT)


@pytest.mark.parametrize(
    ("past", "context", "command", "details"),
    [
        ([], beside(WITNESS, discussion_3=standing(*ASKED)), ask(), {"discussions": ["discussion-3"]}),
        ([], WITNESS, ask(phone=" "), {"field": "phone"}),
        ([], WITNESS, ask(experience="a" * 1025), {"field": "experience", "limit": 1024}),
        ([], WITNESS, REPLY, {"stage": "not_opened"}),
        (ASKED, WITNESS, replace(REPLY, subject=""), {"field": "subject"}),
        (ASKED, WITNESS, replace(REPLY, subject="a" * 256), {"field": "subject", "limit": 255}),
        (ASKED, WITNESS, replace(REPLY, text=" "), {"field": "text"}),
        (ASKED, WITNESS, Reject(kind=RejectionKind.OTHER, reason=""), {"field": "reason"}),
        (ASKED, WITNESS, Accept(convention="immersion-2"), {"convention": "immersion-2"}),
    ],
)
def test_a_refusal_says_what_it_is_about(
    past: Sequence[DiscussionEvent], context: Context, command: Any, details: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as caught:
        decider.decide(command, decider.fold(past), context)
    assert caught.value.details == details
