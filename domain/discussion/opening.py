"""Which establishments may be asked, and what asking one records (immersion §5.2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Final

from domain.discussion.codes import Aim, Audience, ContactMode, Side
from domain.discussion.commands import Open, Request
from domain.discussion.events import DiscussionEvent, Opened, Written
from domain.discussion.refusals import (
    AskedRecently,
    EstablishmentUnavailable,
    FieldMissing,
    InvalidSiret,
    MessageMisplaced,
    PupilIncoherent,
    TextTooLong,
)
from domain.discussion.state import Discussion
from domain.formats import siret
from domain.journey import Context, Refusal

#: A duration, its end excluded: seven times twenty-four hours exactly are enough.
SIMILAR_WITHIN: Final = timedelta(days=7)
#: The longest texts, in characters.
LIMITS: Final[Mapping[str, int]] = {
    "business_name": 255,
    "appellation_label": 255,
    "address": 500,
    "last_name": 255,
    "first_name": 255,
    "email": 254,
    "phone": 30,
    "dates": 6000,
    "experience": 1024,
    "resume": 2000,
    "message": 6000,
}
REQUIRED: Final = ("business_name", "appellation_code", "last_name", "first_name", "email", "phone", "dates")
FIRST_SUBJECT: Final = "Demande d'immersion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """An establishment about to be asked."""

    command: Open
    context: Context


OpeningRule = Callable[[Asking], Refusal | None]


def the_establishment_is_one(asking: Asking) -> Refusal | None:
    """Its SIRET is one."""
    return None if siret.parse(asking.command.siret) else InvalidSiret()


def the_establishment_is_available(asking: Asking) -> Refusal | None:
    """Referenced, not banned, not saturated, and it offers this job: the directory knows (immersion §6)."""
    return None if asking.command.establishment_available else EstablishmentUnavailable()


def texts_are_written(asking: Asking) -> Refusal | None:
    """Required texts are there, and none is too long."""
    for name in REQUIRED:
        if not getattr(asking.command, name).strip():
            return FieldMissing(field=name)
    for name, limit in LIMITS.items():
        if len(getattr(asking.command, name) or "") > limit:
            return TextTooLong(field=name, limit=limit)
    return None


def a_first_message_goes_by_email(asking: Asking) -> Refusal | None:
    """By telephone or in person, nothing is written (immersion §5.2)."""
    by_email = asking.command.contact_mode is ContactMode.EMAIL
    return None if bool((asking.command.message or "").strip()) is by_email else MessageMisplaced()


def a_pupil_discovers(asking: Asking) -> Refusal | None:
    """A pupil is in 3ème or 2nde and discovers a job (immersion §5.1)."""
    command = asking.command
    if command.audience is Audience.PUPIL:
        coherent = command.pupil_level is not None and command.aim in {None, Aim.DISCOVER}
    else:
        coherent = command.pupil_level is None
    return None if coherent else PupilIncoherent()


def not_asked_just_before(asking: Asking) -> Refusal | None:
    """The same establishment was not asked for the same job within seven days."""
    at, wanted = asking.context.at, asking.command
    similar = [
        name
        for name, case in asking.context.dossier.of(Discussion).items()
        if case.request is not None
        and case.opened_at is not None
        and (case.request.siret, case.request.appellation_code) == (siret.parse(wanted.siret), wanted.appellation_code)
        and at - case.opened_at < SIMILAR_WITHIN
    ]
    return AskedRecently(discussions=similar) if similar else None


OPENING_RULES: Final[tuple[OpeningRule, ...]] = (
    the_establishment_is_one,
    the_establishment_is_available,
    texts_are_written,
    a_first_message_goes_by_email,
    a_pupil_discovers,
    not_asked_just_before,
)


def opened(command: Open, context: Context) -> Sequence[DiscussionEvent]:
    """What asking an establishment records."""
    for rule in OPENING_RULES:
        context.insist(rule(Asking(command=command, context=context)))
    request = {field.name: getattr(command, field.name) for field in fields(Request)}
    request["siret"] = siret.parse(command.siret) or command.siret
    if command.audience is Audience.PUPIL:
        request["aim"] = Aim.DISCOVER
    asked = Opened(**request, at=context.at, sender=context.acting.id if context.acting else None)
    if not command.message or command.contact_mode is not ContactMode.EMAIL:
        return [asked]
    first = Written(at=context.at, number=1, side=Side.BENEFICIARY, subject=FIRST_SUBJECT, text=command.message.strip())
    return [asked, first]


def said(name: str, text: str, limit: int) -> str:
    """A text that is needed and is not too long. Raises the refusal."""
    if not text.strip():
        raise FieldMissing(field=name)
    if len(text) > limit:
        raise TextTooLong(field=name, limit=limit)
    return text.strip()
