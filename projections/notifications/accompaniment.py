"""Who is told what of a period of accompaniment: whoever accompanies, unless they said it (rdv-insertion §7.2)."""

from collections.abc import Sequence
from typing import assert_never

from application.notifications.notice import Told
from application.notifications.templates import Template
from application.ports import Metadata
from domain.accompaniment.events import AccompanimentEvent, Begun, Cancelled, Changed, Period, Shortened
from projections.notifications.tellings import to_members, to_professional


def accompaniment(event: AccompanimentEvent, by: Metadata) -> Sequence[Told]:
    """What is told of an event."""
    match event:
        case Begun():
            return _to_whoever_accompanies(Template.ACCOMPANIMENT_BEGUN, event, by)
        case Changed():
            return _to_whoever_accompanies(Template.ACCOMPANIMENT_CHANGED, event, by)
        case Shortened() | Cancelled():
            return []
        case _:
            assert_never(event)


def _to_whoever_accompanies(template: Template, period: Period, by: Metadata) -> Sequence[Told]:
    """The referent; where there is none, the organisation, unless it orients towards itself."""
    asking = by.organisation.id if by.organisation else None
    if period.referent is not None:
        own = period.referent == by.actor.subject
        return [] if own else [to_professional(template, period.referent, period.organisation, asking)]
    return [] if period.organisation == asking else [to_members(template, period.organisation, asking)]
