"""Where an application stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Annotated, Final

from domain.calendar import paris_start
from domain.iae.companies import GEIQ
from domain.job_application.codes import (
    PENDING,
    PROCESSED,
    Delivery,
    Origin,
    PriorActionKind,
    RefusalReason,
    SenderKind,
    Stage,
)
from domain.job_application.terms import HireTerms
from domain.journey import Dossier
from domain.vocabulary import OrganisationId, Parties, Party, Personal, Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorAction:
    """An action before hiring; days are inclusive."""

    kind: PriorActionKind
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a member of the company wrote, for the company alone."""

    author: Subject
    at: datetime
    text: Annotated[str, Personal]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """The last move of the application between two companies of the same person."""

    at: datetime
    by: Subject
    from_company: OrganisationId


@dataclass(frozen=True, kw_only=True)
class JobApplication:
    """One person's application to one company."""

    stage: Stage = Stage.NOT_SENT
    company: OrganisationId | None = None
    company_kinds: tuple[str, ...] = ()
    sender: Subject | None = None
    sender_kind: SenderKind | None = None
    sender_organisation: OrganisationId | None = None
    #: Whether the sender was an authorised prescriber on the day of sending: later changes are not the person's fault.
    sender_authorised: bool = False
    #: The kinds of the prescriber that sent the person, authorised or not.
    sender_kinds: tuple[str, ...] = ()
    origin: Origin = Origin.DEFAULT
    message: Annotated[str | None, Personal] = None
    cv: str | None = None
    job_descriptions: tuple[str, ...] = ()
    advisor: Subject | None = None
    #: The last answer to the person, and to the prescriber who sent them.
    answer: Annotated[str | None, Personal] = None
    answer_to_prescriber: Annotated[str | None, Personal] = None
    #: Known while the application is refused, and only then.
    refusal_reason: RefusalReason | None = None
    refusal_shared: bool = False
    #: What the last hire was agreed on; a cancelled hire keeps it.
    hire: HireTerms | None = None
    #: What the hire is attached to. Known while the application is accepted, and only then (les-emplois §4.1).
    diagnosis: str | None = None
    pass_iae: str | None = None
    delivery: Delivery | None = None
    #: When staff refused to deliver a PASS, and who.
    delivery_refused_at: datetime | None = None
    delivery_refused_by: Subject | None = None
    prior_actions: Mapping[int, PriorAction] = field(default_factory=dict)
    comments: Mapping[int, Comment] = field(default_factory=dict)
    #: The number of the last prior action and of the last comment: numbers are never used twice.
    last_prior_action: int = 0
    last_comment: int = 0
    submitted_at: datetime | None = None
    #: What the automatic refusal and archive count from: anything the person could notice, so not the comments.
    touched_at: datetime | None = None
    processed_at: datetime | None = None
    archived_at: datetime | None = None
    #: None when time archived it.
    archived_by: Subject | None = None
    moved: Move | None = None
    #: The refused application that this one continues, and those that continue this one.
    transferred_from: str | None = None
    transferred_to: tuple[str, ...] = ()

    @property
    def to_geiq(self) -> bool:
        """Whether the company is a GEIQ, to which other rules apply."""
        return GEIQ in self.company_kinds


#: How long a company sees what it did not accept.
SHOWN_FOR: Final = timedelta(days=730)


def shown_to_receiver(case: JobApplication, at: datetime) -> bool:
    """Whether the company still sees the application: for two years, or for ever if accepted (les-emplois §4.5)."""
    recent = case.submitted_at is not None and at - case.submitted_at < SHOWN_FOR
    return recent or case.stage is Stage.ACCEPTED


def pending(dossier: Dossier, but: str) -> Sequence[str]:
    """The journeys that the acceptance of `but` makes obsolete: every other pending application (les-emplois §4.7)."""
    return [name for name, case in dossier.of(JobApplication).items() if name != but and case.stage in PENDING]


def agreed_at(case: JobApplication) -> datetime | None:
    """When the hire counts as agreed on, to tell which company hired last (les-emplois §5.9)."""
    if case.origin is Origin.AI_STOCK and case.hire is not None:
        return paris_start(case.hire.starts_on)
    return case.submitted_at if case.origin is Origin.PE_APPROVAL else case.processed_at


def closed(case: JobApplication) -> bool:
    """Answered, or put away: nobody is awaited any more."""
    return case.stage in PROCESSED or case.archived_at is not None


def parties(case: JobApplication) -> Parties:
    """The organisation that sent the person, if any, and the company that answers."""
    sides = {Party.SENDER: case.sender_organisation, Party.RECEIVER: case.company}
    return {side: frozenset({organisation}) for side, organisation in sides.items() if organisation is not None}
