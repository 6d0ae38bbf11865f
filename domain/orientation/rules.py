"""What an orientation accepts at each stage, and what then happens."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Final, assert_never

from domain.journey import Context
from domain.orientation.codes import Addressee, RefusalReason, Stage
from domain.orientation.commands import (
    Accept,
    CancelStart,
    ConfirmStart,
    CorrectStart,
    Expire,
    OrientationCommand,
    PurgeAttachments,
    RecordMessage,
    Refuse,
    RejectByModeration,
    ReleaseFromModeration,
    Remind,
    Send,
)
from domain.orientation.events import (
    Accepted,
    AttachmentsPurged,
    Expired,
    MessageSent,
    OrientationEvent,
    Refused,
    RejectedByModeration,
    ReleasedFromModeration,
    Reminded,
    StartCancelled,
    StartConfirmed,
    StartCorrected,
)
from domain.orientation.refusals import (
    AlreadyDecided,
    BeforeItWasOpened,
    FieldMissing,
    NoEmailAddress,
    NoRefusalReason,
    NotDue,
    ReferentIsOnlyCopied,
    ServiceAddressUnknown,
    StartInTheFuture,
    TextTooLong,
    WrongStage,
)
from domain.orientation.sending import same_address, send
from domain.orientation.state import Orientation, expiry_day, purge_day, reminder_day

#: The longest message of the receiving structure, in characters (dora §9).
LONGEST_MESSAGE: Final = 1000
ADDRESS_PLACEHOLDER: Final = "#SERVICE_ADDRESS#"

#: A decision is final: only an open orientation is decided (dora §5.4, where the API forgets to check it).
ACCEPTED_FROM: Final[Mapping[type[OrientationCommand], frozenset[Stage]]] = {
    Send: frozenset({Stage.NOT_SENT}),
    ReleaseFromModeration: frozenset({Stage.HELD}),
    RejectByModeration: frozenset({Stage.HELD}),
    Accept: frozenset({Stage.OPEN}),
    Refuse: frozenset({Stage.OPEN}),
    RecordMessage: frozenset({Stage.OPEN, Stage.ACCEPTED, Stage.STARTED}),
    ConfirmStart: frozenset({Stage.ACCEPTED}),
    CorrectStart: frozenset({Stage.STARTED}),
    CancelStart: frozenset({Stage.STARTED}),
    Remind: frozenset({Stage.OPEN}),
    Expire: frozenset({Stage.HELD, Stage.OPEN}),
    PurgeAttachments: frozenset({Stage.ACCEPTED, Stage.STARTED}),
}


def offers(orientation: Orientation) -> Collection[type[OrientationCommand]]:
    """The commands that the stage accepts."""
    return [kind for kind, stages in ACCEPTED_FROM.items() if orientation.stage in stages]


def decide(command: OrientationCommand, orientation: Orientation, context: Context) -> Sequence[OrientationEvent]:
    """What happens when this is asked."""
    _check_stage(command, orientation, context)
    match command:
        case Send():
            return send(command, context)
        case ReleaseFromModeration() | RejectByModeration():
            return _moderate(command, orientation, context.today)
        case Accept() | Refuse():
            return _answer(command, orientation, context)
        case RecordMessage():
            return [_record_message(command, orientation)]
        case ConfirmStart() | CorrectStart() | CancelStart():
            return _start(command, orientation, context.today)
        case Remind() | Expire() | PurgeAttachments():
            return _time_has_come(command, orientation, context)
        case _:
            assert_never(command)


def _check_stage(command: OrientationCommand, orientation: Orientation, context: Context) -> None:
    if type(command) not in offers(orientation):
        final = orientation.decided_on is not None and isinstance(command, Accept | Refuse)
        raise (AlreadyDecided if final else WrongStage)(stage=orientation.stage.value)
    since = orientation.waiting_since
    if since is not None and context.today < since:
        context.insist(BeforeItWasOpened(opened_on=since))


def _moderate(
    command: ReleaseFromModeration | RejectByModeration, orientation: Orientation, today: date
) -> Sequence[OrientationEvent]:
    if isinstance(command, ReleaseFromModeration):
        return [ReleasedFromModeration(on=today)]
    return [RejectedByModeration(on=today), *_purge(orientation)]


def _purge(orientation: Orientation) -> Sequence[OrientationEvent]:
    return [AttachmentsPurged(references=orientation.attachments)] if orientation.attachments else []


def _answer(command: Accept | Refuse, orientation: Orientation, context: Context) -> Sequence[OrientationEvent]:
    if isinstance(command, Accept):
        return [_accept(command, orientation, context)]
    return [_refuse(command, context), *_purge(orientation)]


def _accept(command: Accept, orientation: Orientation, context: Context) -> Accepted:
    for field in ("message_to_beneficiary", "message_to_prescriber"):
        _check_message(field, getattr(command, field), context)
    return Accepted(
        on=context.today,
        message_to_beneficiary=_with_address("message_to_beneficiary", command.message_to_beneficiary, orientation),
        message_to_prescriber=_with_address("message_to_prescriber", command.message_to_prescriber, orientation),
    )


def _with_address(field: str, text: str, orientation: Orientation) -> str:
    address = orientation.sent.service_address if orientation.sent else None
    if ADDRESS_PLACEHOLDER not in text:
        return text
    if not address:
        raise ServiceAddressUnknown(field=field)
    return text.replace(ADDRESS_PLACEHOLDER, address)


def _check_message(field: str, text: str, context: Context) -> None:
    if not text.strip():
        context.insist(FieldMissing(field=field))
    if len(text) > LONGEST_MESSAGE:
        raise TextTooLong(field=field, limit=LONGEST_MESSAGE)


def _refuse(command: Refuse, context: Context) -> Refused:
    if not command.reasons:
        context.insist(NoRefusalReason())
    _check_message("message", command.message, context)
    reasons = tuple(reason for reason in RefusalReason if reason in command.reasons)
    return Refused(on=context.today, reasons=reasons, message=command.message)


def _record_message(command: RecordMessage, orientation: Orientation) -> MessageSent:
    if command.recipient is Addressee.REFERENT:
        raise ReferentIsOnlyCopied
    addresses = _addresses(orientation)
    asked = {command.recipient, *command.copies}
    for addressee in Addressee:
        if addressee in asked and not addresses.get(addressee):
            raise NoEmailAddress(addressee=addressee.value)
    others = asked - {Addressee.REFERENT}
    if any(same_address(addresses[Addressee.REFERENT], addresses[other]) for other in others):
        asked = others
    copies = tuple(one for one in Addressee if one in asked and one is not command.recipient)
    return MessageSent(recipient=command.recipient, copies=copies)


def _addresses(orientation: Orientation) -> Mapping[Addressee, str | None]:
    sent = orientation.sent
    return {
        Addressee.BENEFICIARY: sent.beneficiary_email if sent else None,
        Addressee.PRESCRIBER: sent.prescriber_email if sent else None,
        Addressee.REFERENT: sent.referent_email if sent else None,
    }


def _start(
    command: ConfirmStart | CorrectStart | CancelStart, orientation: Orientation, today: date
) -> Sequence[OrientationEvent]:
    if isinstance(command, CancelStart):
        return [StartCancelled()]
    if command.on > today:
        raise StartInTheFuture(today=today)
    if orientation.opened_on is not None and command.on < orientation.opened_on:
        raise BeforeItWasOpened(opened_on=orientation.opened_on)
    if isinstance(command, ConfirmStart):
        return [StartConfirmed(on=command.on)]
    return [StartCorrected(on=command.on)] if command.on != orientation.started_on else []


def _time_has_come(
    command: Remind | Expire | PurgeAttachments, orientation: Orientation, context: Context
) -> Sequence[OrientationEvent]:
    today = context.today
    match command:
        case Remind():
            _check_due(reminder_day(orientation), context, before=expiry_day(orientation))
            return [Reminded(on=today)]
        case Expire():
            _check_due(expiry_day(orientation), context)
            return [Expired(on=today), *_purge(orientation)]
        case PurgeAttachments():
            _check_due(purge_day(orientation), context)
            return _purge(orientation)
        case _:
            assert_never(command)


def _check_due(day: date | None, context: Context, before: date | None = None) -> None:
    today = context.today
    if day is None or today < day or (before is not None and today >= before):
        context.insist(NotDue())
