"""From which stage each command is accepted, where it leads, and every other pair refused."""

from datetime import date

import pytest

from domain.orientation import (
    ACCEPTED_FROM,
    Addressee,
    CancelStart,
    ConfirmStart,
    CorrectStart,
    Expire,
    OrientationCommand,
    PurgeAttachments,
    RecordMessage,
    RejectByModeration,
    ReleaseFromModeration,
    Remind,
    Stage,
    decide,
    offers,
    orientation_journey,
)
from domain.orientation.refusals import AlreadyDecided, WrongStage
from tests.domain.orientation.cases import ACCEPT, REACHED, REFUSE, SEND, day, given, on, standing

COMMANDS: dict[type[OrientationCommand], tuple[OrientationCommand, date]] = {
    type(command): (command, when)
    for command, when in (
        (SEND, day(3, 1)),
        (ReleaseFromModeration(), day(3, 5)),
        (RejectByModeration(), day(3, 5)),
        (ACCEPT, day(3, 5)),
        (REFUSE, day(3, 5)),
        (RecordMessage(recipient=Addressee.BENEFICIARY), day(3, 5)),
        (ConfirmStart(on=day(3, 4)), day(3, 5)),
        (CorrectStart(on=day(3, 4)), day(3, 5)),
        (CancelStart(), day(3, 5)),
        (Remind(), day(3, 11)),
        (Expire(), day(3, 31)),
        (PurgeAttachments(), day(9, 2)),
    )
}

LEADS_TO: dict[tuple[Stage, str], Stage] = {
    (Stage.NOT_SENT, "Send"): Stage.OPEN,
    (Stage.HELD, "ReleaseFromModeration"): Stage.OPEN,
    (Stage.HELD, "RejectByModeration"): Stage.REJECTED_BY_MODERATION,
    (Stage.HELD, "Expire"): Stage.EXPIRED,
    (Stage.OPEN, "Accept"): Stage.ACCEPTED,
    (Stage.OPEN, "Refuse"): Stage.REFUSED,
    (Stage.OPEN, "RecordMessage"): Stage.OPEN,
    (Stage.OPEN, "Remind"): Stage.OPEN,
    (Stage.OPEN, "Expire"): Stage.EXPIRED,
    (Stage.ACCEPTED, "RecordMessage"): Stage.ACCEPTED,
    (Stage.ACCEPTED, "ConfirmStart"): Stage.STARTED,
    (Stage.ACCEPTED, "PurgeAttachments"): Stage.ACCEPTED,
    (Stage.STARTED, "RecordMessage"): Stage.STARTED,
    (Stage.STARTED, "CorrectStart"): Stage.STARTED,
    (Stage.STARTED, "CancelStart"): Stage.ACCEPTED,
    (Stage.STARTED, "PurgeAttachments"): Stage.STARTED,
}
IMPOSSIBLE = [
    (stage, kind) for stage in Stage for kind in orientation_journey.commands if (stage, kind.__name__) not in LEADS_TO
]


def test_the_table_names_every_command() -> None:
    assert set(ACCEPTED_FROM) == set(orientation_journey.commands) == set(COMMANDS)
    assert {(stage, kind.__name__) for kind, stages in ACCEPTED_FROM.items() for stage in stages} == set(LEADS_TO)


@pytest.mark.parametrize(("before", "name"), LEADS_TO)
def test_a_command_leads_where_the_table_says(before: Stage, name: str) -> None:
    command, when = next(one for kind, one in COMMANDS.items() if kind.__name__ == name)
    history = REACHED[before]
    events = decide(command, standing(*history), on(when))
    assert events
    assert standing(*history, *events).stage is LEADS_TO[before, name]


@pytest.mark.parametrize(("stage", "kind"), IMPOSSIBLE)
def test_every_other_command_is_refused(stage: Stage, kind: type[OrientationCommand]) -> None:
    command, when = COMMANDS[kind]
    decided = stage not in {Stage.NOT_SENT, Stage.HELD, Stage.OPEN}
    reason = AlreadyDecided if decided and kind.__name__ in {"Accept", "Refuse"} else WrongStage
    given(*REACHED[stage]).within(on(when)).when(command).refused(reason)


@pytest.mark.parametrize("stage", Stage)
def test_what_is_offered_is_what_the_table_says(stage: Stage) -> None:
    assert {kind.__name__ for kind in offers(standing(*REACHED[stage]))} == {
        name for before, name in LEADS_TO if before is stage
    }


def test_only_sending_opens_an_orientation() -> None:
    assert orientation_journey.opening == (type(SEND),)
    assert [kind.__name__ for kind in offers(standing())] == ["Send"]
