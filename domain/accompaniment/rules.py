"""What a period of accompaniment accepts, and what then happens."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Final, assert_never

from domain.accompaniment.codes import Stage
from domain.accompaniment.commands import AccompanimentCommand, Asked, Begin, Cancel, Change, Shorten
from domain.accompaniment.events import AccompanimentEvent, Begun, Cancelled, Changed, Period, Shortened
from domain.accompaniment.planning import plan
from domain.accompaniment.refusals import (
    NotAnAccompanyingOrganisation,
    NotFollowing,
    OrganisationInactive,
    ReferentOfNobody,
    StartTooEarly,
    TypeNotOffered,
    WrongStage,
)
from domain.accompaniment.state import Accompaniment
from domain.followed import person_of
from domain.journey import Context
from domain.rsa.reception import types_offered_by
from domain.vocabulary import Family

#: The first day that can be chosen (rdv-insertion §7.2).
EARLIEST: Final = date(2012, 4, 1)

_RECORDED: Final = frozenset({Stage.RECORDED})
ACCEPTED_FROM: Final[Mapping[type[AccompanimentCommand], frozenset[Stage]]] = {
    Begin: frozenset({Stage.NOT_BEGUN}),
    Change: _RECORDED,
    Shorten: _RECORDED,
    Cancel: _RECORDED,
}


def offers(accompaniment: Accompaniment) -> Collection[type[AccompanimentCommand]]:
    """The commands that the stage accepts."""
    return [kind for kind, stages in ACCEPTED_FROM.items() if accompaniment.stage in stages]


def decide(
    command: AccompanimentCommand, accompaniment: Accompaniment, context: Context
) -> Sequence[AccompanimentEvent]:
    """What happens when this is asked; raises a `Refusal`."""
    if type(command) not in offers(accompaniment):
        raise WrongStage(stage=accompaniment.stage.value)
    match command:
        case Begin():
            return [Begun(**_said(_period(command, context)))]
        case Change():
            return [Changed(**_said(_period(command, context)))]
        case Shorten():
            return [Shortened(ends_on=command.ends_on)]
        case Cancel():
            _check_following(context)
            return [Cancelled()]
        case _:
            assert_never(command)


def _period(command: Asked, context: Context) -> Period:
    """What is recorded of what was asked, the form's limits held here (rdv-insertion §13.3)."""
    _check_following(context)
    _check_organisation(command, context)
    if command.starts_on < EARLIEST:
        context.insist(StartTooEarly(earliest=EARLIEST))
    types = types_offered_by(command.organisation, context.receptions)
    if command.type not in types:
        raise TypeNotOffered(offered=sorted(types))
    planned = plan(command, context)
    return Period(
        type=command.type,
        casf=types[command.type],
        organisation=command.organisation,
        starts_on=command.starts_on,
        ends_on=planned.ends_on,
        referent=command.referent,
        shortens=planned.shortens,
    )


def _said(period: Period) -> dict[str, Any]:
    return {each.name: getattr(period, each.name) for each in fields(Period)}


def _check_following(context: Context) -> None:
    if context.acting is not None and context.acting.id not in person_of(context.dossier).followers:
        context.insist(NotFollowing())


def _check_organisation(command: Asked, context: Context) -> None:
    reception = context.receptions[command.organisation]
    if not reception.profile.active:
        context.insist(OrganisationInactive(organisation=command.organisation))
    if Family.RSA not in reception.profile.families:
        context.insist(NotAnAccompanyingOrganisation(organisation=command.organisation))
    if command.referent is not None and command.referent not in reception.members:
        context.insist(ReferentOfNobody())
