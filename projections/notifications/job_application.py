"""Who is told what of a job application (les-emplois §4.3 to §4.9, §9.2)."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, assert_never

from application.notifications.notice import Told
from application.notifications.templates import Template
from application.ports import Metadata
from domain.job_application.codes import Delivery, RefusalReason, SenderKind
from domain.job_application.events import (
    Accepted,
    AddedToPool,
    Archived,
    CommentDeleted,
    Commented,
    DeliveryRefused,
    HireCancelled,
    HiringDatesChanged,
    JobApplicationEvent,
    MovedToPriorToHire,
    PassLost,
    PassRecorded,
    Postponed,
    PriorActionAdded,
    PriorActionChanged,
    PriorActionDeleted,
    PriorToHireCancelled,
    ProcessingStarted,
    Refused,
    RenderedObsolete,
    Reopened,
    Submitted,
    Transferred,
    TransferredExternally,
    Unarchived,
)
from domain.job_application.state import JobApplication
from domain.vocabulary import OrganisationId, Role
from projections.notifications.tellings import to_candidate, to_members, to_professional, to_support


class Pair(NamedTuple):
    """The same news for the person and for whoever sent them."""

    candidate: Template
    proxy: Template


Answer = AddedToPool | Postponed | Accepted | Refused

ANSWERS: Final[Mapping[type[Answer], Pair]] = {
    AddedToPool: Pair(Template.APPLICATION_POOLED_FOR_CANDIDATE, Template.APPLICATION_POOLED_FOR_PROXY),
    Postponed: Pair(Template.APPLICATION_POSTPONED_FOR_CANDIDATE, Template.APPLICATION_POSTPONED_FOR_PROXY),
    Accepted: Pair(Template.APPLICATION_ACCEPTED_FOR_CANDIDATE, Template.APPLICATION_ACCEPTED_FOR_PROXY),
    Refused: Pair(Template.APPLICATION_REFUSED_FOR_CANDIDATE, Template.APPLICATION_REFUSED_FOR_PROXY),
}


def job_application(event: JobApplicationEvent, case: JobApplication, by: Metadata, since: Metadata) -> Sequence[Told]:
    """What is told of an event, given the application right after it; `since`: who brought it to this stage."""
    match event:
        case Submitted():
            return _submitted(event, case)
        case AddedToPool() | Postponed() | Accepted() | Refused():
            return _answered(event, case, by)
        case PassRecorded() | DeliveryRefused():
            return _of_the_pass(event, case, since)
        case Transferred():
            return _transferred(event, case, by)
        case HireCancelled():
            return _cancelled(case, by)
        case (
            ProcessingStarted()
            | MovedToPriorToHire()
            | PriorToHireCancelled()
            | PassLost()
            | RenderedObsolete()
            | Reopened()
            | TransferredExternally()
            | HiringDatesChanged()
            | PriorActionAdded()
            | PriorActionChanged()
            | PriorActionDeleted()
            | Commented()
            | CommentDeleted()
            | Archived()
            | Unarchived()
        ):
            return []
        case _:
            assert_never(event)


def _submitted(event: Submitted, case: JobApplication) -> Sequence[Told]:
    """A hire that the company declares by itself is told with its acceptance, to the person alone (§4.4)."""
    if event.by_declaration:
        return []
    return [
        to_members(Template.APPLICATION_NEW_FOR_EMPLOYER, event.company),
        to_candidate(Template.APPLICATION_NEW_FOR_CANDIDATE, event.company),
        *_proxy(Template.APPLICATION_NEW_FOR_PROXY, case, event.company),
    ]


def _answered(event: Answer, case: JobApplication, by: Metadata) -> Sequence[Told]:
    """Whoever sent the person is not told that time has refused them (§4.6)."""
    pair = ANSWERS[type(event)]
    automatic = isinstance(event, Refused) and event.reason is RefusalReason.AUTO
    proxy = [] if automatic else _proxy_but(by, pair.proxy, case, case.company)
    delivered = _delivered(event, case, by) if isinstance(event, Accepted) else []
    return [to_candidate(pair.candidate, case.company), *proxy, *delivered]


def _delivered(event: Accepted, case: JobApplication, by: Metadata) -> Sequence[Told]:
    """A PASS that is used again, and one that staff has to look at; a new one is told once it is issued (§4.7)."""
    if event.pass_iae is not None:
        return _to_professional_of(Template.RIGHT_DELIVERED, case, by)
    return [to_support(Template.DELIVERY_REQUESTED, case.company)] if event.delivery is Delivery.MANUAL else []


def _of_the_pass(event: PassRecorded | DeliveryRefused, case: JobApplication, since: Metadata) -> Sequence[Told]:
    """Whoever accepted learns that the person has a PASS, however long after; or that staff delivers none."""
    match event:
        case PassRecorded():
            return _to_professional_of(Template.RIGHT_DELIVERED, case, since)
        case DeliveryRefused():
            return _to_professional_of(Template.DELIVERY_REFUSED, case, since)
        case _:
            assert_never(event)


def _to_professional_of(template: Template, case: JobApplication, by: Metadata) -> Sequence[Told]:
    """Whoever did it, where they did it, unless Parcours did."""
    if by.actor.role is Role.SYSTEM:
        return []
    organisation = by.organisation.id if by.organisation else None
    return [to_professional(template, by.actor.subject, organisation, case.company)]


def _transferred(event: Transferred, case: JobApplication, by: Metadata) -> Sequence[Told]:
    """Whoever sent the person is told unless their company is the one that gives the application away (§4.9)."""
    own = case.sender_organisation == event.from_company
    return [
        to_members(Template.APPLICATION_TRANSFERRED_FOR_EMPLOYER, event.from_company, event.to),
        to_candidate(Template.APPLICATION_TRANSFERRED_FOR_CANDIDATE, event.to),
        *([] if own else _proxy_but(by, Template.APPLICATION_TRANSFERRED_FOR_PROXY, case, event.to)),
    ]


def _cancelled(case: JobApplication, by: Metadata) -> Sequence[Told]:
    """The person is not told (§4.8)."""
    return [
        *_to_professional_of(Template.APPLICATION_CANCELLED_FOR_CANCELLER, case, by),
        *_proxy_but(by, Template.APPLICATION_CANCELLED_FOR_PROXY, case, case.company),
    ]


def _proxy_but(by: Metadata, template: Template, case: JobApplication, about: OrganisationId | None) -> Sequence[Told]:
    """Nobody is told what they have just done themselves."""
    return [] if case.sender == by.actor.subject else _proxy(template, case, about)


def _proxy(template: Template, case: JobApplication, about: OrganisationId | None) -> Sequence[Told]:
    """Whoever sent the person, if somebody else than the person did and is still known."""
    if case.sender is None or case.sender_kind is SenderKind.CANDIDATE:
        return []
    return [to_professional(template, case.sender, case.sender_organisation, about)]
