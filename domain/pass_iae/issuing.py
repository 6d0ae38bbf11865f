"""How a PASS IAE comes about (les-emplois §4.7 step 3c, §5.1, §5.2)."""

import re
from collections.abc import Mapping
from typing import Any, Final, assert_never

from domain.iae.hire import Hire, hire_of
from domain.iae.right import Right, valid_right
from domain.journey import Context
from domain.pass_iae.codes import Origin
from domain.pass_iae.commands import DeliverByHand, Issue, OpeningCommand, PassIaeCommand, RecordRight
from domain.pass_iae.events import Issued, PassIaeEvent
from domain.pass_iae.reckoning import last_day
from domain.pass_iae.refusals import (
    AlreadyUnderPass,
    DiagnosisNeeded,
    EndsBeforeItStarts,
    NoSuchHire,
    NumberMalformed,
    NumbersExhausted,
    NumberTaken,
    PlatformNumber,
    ValidPassExists,
)

SERIES: Final = "pass-iae"
#: What the numbers of the platform begin with (the ASP's prefix), before seven digits.
PREFIX: Final = "99999"
LAST_NUMBER: Final = 9_999_999
_NUMBER: Final = re.compile(r"[0-9A-Z]{12}")
_OURS: Final = re.compile(rf"{PREFIX}[0-9]{{7}}")


def draws(command: PassIaeCommand) -> str | None:
    """A PASS that is issued here takes the next number, whoever asks."""
    drawn = isinstance(command, Issue) or (isinstance(command, DeliverByHand) and command.number is None)
    return SERIES if drawn else None


def used(event: PassIaeEvent) -> tuple[str, int] | None:
    """The place in the series of a number of the platform, also of one with a year in it; others have none."""
    ours = isinstance(event, Issued) and _OURS.fullmatch(event.number)
    return (SERIES, int(event.number[len(PREFIX) :])) if isinstance(event, Issued) and ours else None


def issued(command: OpeningCommand, context: Context) -> Issued:
    """What a new PASS records."""
    match command:
        case Issue():
            return _issue(command, context, _drawn(context), Origin.DEFAULT)
        case DeliverByHand():
            return _by_hand(command, context)
        case RecordRight():
            return _recorded(command, context)
        case _:
            assert_never(command)


def _issue(command: Issue | DeliverByHand, context: Context, number: str, origin: Origin) -> Issued:
    if valid_right(context.dossier, context.today) is not None:
        context.insist(ValidPassExists())
    if command.diagnosis is None:
        context.insist(DiagnosisNeeded())
    return Issued(
        number=number,
        starts_on=command.starts_on,
        ends_on=last_day(command.starts_on),
        origin=origin,
        **_where_from(command),
    )


def _by_hand(command: DeliverByHand, context: Context) -> Issued:
    hire = hire_of(context.dossier, command.application)
    if hire is None:
        raise NoSuchHire(application=command.application)
    if context.dossier.of(Hire)[hire].pass_iae is not None:
        raise AlreadyUnderPass(application=command.application)
    if command.number is None:
        return _issue(command, context, _drawn(context), Origin.ADMIN)
    if command.number.startswith(PREFIX):
        raise PlatformNumber
    _check_number(command.number, context)
    return _issue(command, context, command.number, Origin.PE_APPROVAL)


def _recorded(command: RecordRight, context: Context) -> Issued:
    _check_number(command.number, context)
    if command.ends_on <= command.starts_on:
        context.insist(EndsBeforeItStarts())
    if command.ends_on >= context.today and valid_right(context.dossier, context.today) is not None:
        context.insist(ValidPassExists())
    return Issued(
        number=command.number,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        # A number that is not the platform's forces this origin (les-emplois §5.1).
        origin=command.origin if command.number.startswith(PREFIX) else Origin.PE_APPROVAL,
        **_where_from(command),
    )


def _check_number(number: str, context: Context) -> None:
    if not _NUMBER.fullmatch(number):
        context.insist(NumberMalformed())
    if any(right.number == number for right in context.dossier.of(Right).values()):
        raise NumberTaken


def _drawn(context: Context) -> str:
    if context.number is None:
        raise LookupError("no number was drawn for this PASS")
    if context.number > LAST_NUMBER:
        raise NumbersExhausted
    return f"{PREFIX}{context.number:07}"


def _where_from(command: OpeningCommand) -> Mapping[str, Any]:
    return {
        "application": command.application,
        "diagnosis": command.diagnosis,
        "company": command.company,
        "company_kinds": command.company_kinds,
        "sender_kind": command.sender_kind,
        "sender_kinds": command.sender_kinds,
    }
