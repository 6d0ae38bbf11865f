"""What happens to the people of the demonstration: orientations, applications, and what became of them."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from api.demo.steps import (
    FIRST_APPLICATION,
    FIRST_ORIENTATION,
    NO_PLACE,
    SECOND_APPLICATION,
    WELCOME,
    Step,
    Story,
    accepts,
    applies,
    finds_work,
    is_answered,
    is_sent,
    joins,
    leaves,
    qualifies,
    refuses,
    says,
    starts,
)
from domain import orientation
from domain.candidate import commands as candidate
from domain.candidate.codes import ClosingReason
from domain.job_application import commands as apply
from domain.job_application.codes import PriorActionKind
from domain.job_application.codes import RefusalReason as NoHire

STORIES: Final[Sequence[Story]] = (
    Story(title="registered and not yet oriented"),
    Story(title="oriented, served", steps=(is_sent(1), is_answered(5, WELCOME), starts(12))),
    Story(title="oriented, accepted, never came", steps=(is_sent(1), is_answered(20, WELCOME))),
    Story(title="oriented, refused", steps=(is_sent(2), is_answered(9, NO_PLACE))),
    Story(title="oriented, nobody answered", steps=(is_sent(1),)),
    Story(
        title="sent by a structure that is not authorised yet",
        by="tom",
        house="newcomer",
        steps=(is_sent(1, "tom", "newcomer"),),
    ),
    Story(
        title="sent, and rejected by moderation",
        by="tom",
        house="newcomer",
        steps=(
            is_sent(1, "tom", "newcomer"),
            says(6, "staff", "", orientation.RejectByModeration(), FIRST_ORIENTATION),
        ),
    ),
    Story(
        title="applied twice, hired once",
        steps=(
            is_sent(0),
            applies(2, "workshop"),
            applies(3, "enterprise"),
            says(8, "nadia", "workshop", apply.StartProcessing(), FIRST_APPLICATION),
            qualifies(20),
            accepts(21, "nadia", "workshop"),
        ),
    ),
    Story(
        title="hired late",
        steps=(
            applies(4, "enterprise"),
            says(10, "paul", "enterprise", apply.StartProcessing(), FIRST_APPLICATION),
            says(15, "paul", "enterprise", apply.Postpone(answer="Nous revenons vers vous."), FIRST_APPLICATION),
            qualifies(40),
            accepts(48, "paul", "enterprise"),
        ),
    ),
    Story(
        title="hired, then the hire was cancelled",
        steps=(
            applies(2, "workshop"),
            qualifies(11),
            accepts(12, "luc", "workshop"),
            says(15, "luc", "workshop", apply.CancelHire(), FIRST_APPLICATION),
        ),
    ),
    Story(
        title="hired by two companies one after the other, under one PASS IAE",
        steps=(
            qualifies(1),
            applies(2, "workshop"),
            accepts(9, "nadia", "workshop"),
            applies(40, "enterprise"),
            leaves(55, "nadia", "workshop"),
            accepts(56, "paul", "enterprise", SECOND_APPLICATION),
        ),
    ),
    Story(
        title="refused by two companies",
        by="leila",
        house="mission",
        steps=(
            applies(3, "workshop", "leila", "mission"),
            refuses(9, "nadia", "workshop", NoHire.LACKING_SKILLS),
            applies(14, "enterprise", "leila", "mission"),
            refuses(30, "paul", "enterprise", NoHire.NO_POSITION, SECOND_APPLICATION),
        ),
    ),
    Story(title="no answer for sixty days", steps=(applies(5, "enterprise"),)),
    Story(
        title="kept in the pool",
        steps=(applies(2, "enterprise"), says(6, "paul", "enterprise", apply.AddToPool(), FIRST_APPLICATION)),
    ),
    Story(
        title="put on hold",
        steps=(applies(2, "workshop"), says(11, "luc", "workshop", apply.Postpone(), FIRST_APPLICATION)),
    ),
    Story(
        title="tried out before being hired",
        by="leila",
        house="mission",
        steps=(
            applies(2, "group", "leila", "mission"),
            Step(
                6,
                "soizic",
                "group",
                lambda on, _houses, _who: apply.AddPriorAction(
                    kind=PriorActionKind.PMSMP, starts_on=on, ends_on=on + timedelta(days=13)
                ),
                FIRST_APPLICATION,
            ),
        ),
    ),
    Story(
        title="moved to another company of the same people",
        steps=(
            applies(2, "workshop"),
            Step(
                9,
                "nadia",
                "workshop",
                lambda _on, houses, _who: apply.Transfer(to=houses["enterprise"]),
                FIRST_APPLICATION,
            ),
        ),
    ),
    Story(title="found work alone", steps=(is_sent(1), finds_work(18))),
    Story(
        title="followed for the RSA, moved away",
        by="odile",
        house="council",
        steps=(
            Step(
                1,
                "odile",
                "council",
                lambda _on, houses, _who: candidate.AssignReferent(referent="karim", organisation=houses["council"]),  # type: ignore[arg-type]
                "candidate",
            ),
            says(40, "odile", "council", candidate.ClosePath(reason=ClosingReason.MOVED_AWAY), "candidate"),
        ),
    ),
    Story(
        title="followed by two, archived by one",
        by="odile",
        house="council",
        steps=(
            joins(3, "camille", "agency"),
            is_sent(4),
            Step(
                30,
                "odile",
                "council",
                lambda _on, houses, _who: candidate.Archive(organisation=houses["council"]),
                "candidate",
            ),
        ),
    ),
)
