"""What each command leads to, or the reason why not (immersion §5)."""

from collections.abc import Sequence
from typing import Final, assert_never

from domain.discussion.codes import RejectionKind, Side
from domain.discussion.commands import (
    Accept,
    DiscussionCommand,
    LinkConvention,
    Open,
    RedactMessages,
    Reject,
    Remind,
    RenderObsolete,
    Write,
)
from domain.discussion.events import (
    Accepted,
    BecameObsolete,
    ConventionLinked,
    DiscussionEvent,
    MessagesRedacted,
    Rejected,
    Reminded,
    Written,
)
from domain.discussion.evolution import evolve
from domain.discussion.opening import opened, said
from domain.discussion.refusals import (
    KindNotSelectable,
    NoSuchConvention,
    NotDue,
    ReasonMisplaced,
    SayForWhom,
    SpeaksForAnother,
    WarningMisplaced,
    WrongStage,
)
from domain.discussion.state import Discussion
from domain.discussion.table import ACCEPTED_FROM, is_due, offers, old_messages
from domain.journey import Context, Decider
from domain.vocabulary import Role

LONGEST_REASON: Final = 1024
LONGEST_SUBJECT: Final = 255
#: The HTML of a message (immersion §5.1); a request of 64 KiB is the door's own limit.
LONGEST_MESSAGE: Final = 700_000
#: What the person reads when the establishment says no: recorded as it was said, in the language it is said in.
REJECTION_SUBJECT: Final = "Réponse à votre demande d'immersion"
REJECTION_TEXT: Final = (
    "Bonjour, l'entreprise ne peut pas donner suite à votre demande d'immersion. "
    "Vous pouvez contacter d'autres entreprises."
)


def decide(command: DiscussionCommand, case: Discussion, context: Context) -> Sequence[DiscussionEvent]:
    """What a command leads to; raises the `Refusal` of the first rule that it breaks."""
    if case.stage not in ACCEPTED_FROM[type(command)]:
        raise WrongStage(stage=case.stage)
    match command:
        case Open():
            return opened(command, context)
        case Write():
            return [_written(command, case, context)]
        case Accept() | LinkConvention():
            return [_accepted(command, context)]
        case Reject():
            return _rejected(command, case, context)
        case Remind() | RenderObsolete() | RedactMessages():
            return [_time_has_come(command, case, context)]
        case _:
            assert_never(command)


def _written(command: Write, case: Discussion, context: Context) -> Written:
    """Both sides may still write once the establishment has said yes (immersion §5.3)."""
    return Written(
        at=context.at,
        number=case.written + 1,
        side=_side(command, context),
        subject=said("subject", command.subject, LONGEST_SUBJECT),
        text=said("text", command.text, LONGEST_MESSAGE),
        attachments=command.attachments,
    )


def _side(command: Write, context: Context) -> Side:
    """The person writes as themselves; a witness says who does."""
    side = command.side or (Side.BENEFICIARY if context.actor.role is Role.CANDIDATE else None)
    if side is None:
        raise SayForWhom
    if context.actor.role is Role.CANDIDATE and side is not Side.BENEFICIARY:
        raise SpeaksForAnother
    return side


def _accepted(command: Accept | LinkConvention, context: Context) -> DiscussionEvent:
    convention = command.convention
    if convention is not None and (not convention.startswith("immersion-") or convention not in context.dossier.cases):
        raise NoSuchConvention(convention=convention)
    if isinstance(command, LinkConvention):
        return ConventionLinked(at=context.at, convention=command.convention)
    return Accepted(at=context.at, warned_by=command.warned_by, convention=convention)


def _rejected(command: Reject, case: Discussion, context: Context) -> Sequence[DiscussionEvent]:
    warned = command.kind is RejectionKind.CANDIDATE_ALREADY_WARNED
    if command.kind is RejectionKind.DEPRECATED:
        raise KindNotSelectable
    if (command.reason is not None) is not (command.kind is RejectionKind.OTHER):
        raise ReasonMisplaced
    if (command.warned_by is not None) is not warned:
        raise WarningMisplaced
    reason = None if command.reason is None else said("reason", command.reason, LONGEST_REASON)
    rejected = Rejected(at=context.at, kind=command.kind, reason=reason, warned_by=command.warned_by)
    return [rejected] if warned else [_told(case, context), rejected]


def _told(case: Discussion, context: Context) -> Written:
    return Written(
        at=context.at,
        number=case.written + 1,
        side=Side.ESTABLISHMENT,
        subject=REJECTION_SUBJECT,
        text=REJECTION_TEXT,
    )


def _time_has_come(
    command: Remind | RenderObsolete | RedactMessages, case: Discussion, context: Context
) -> DiscussionEvent:
    if not is_due(command, case, context.at):
        context.insist(NotDue())
    match command:
        case Remind():
            return Reminded(at=context.at, of=command.of)
        case RenderObsolete():
            return BecameObsolete(at=context.at)
        case RedactMessages():
            old = old_messages(case, context.at)
            references = [each.reference for number in old for each in case.exchanges[number].attachments]
            return MessagesRedacted(at=context.at, numbers=tuple(old), references=tuple(references))
        case _:
            assert_never(command)


decider: Final = Decider(initial=Discussion(), offers=offers, decide=decide, evolve=evolve)
