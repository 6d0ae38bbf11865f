"""What happens, by whom, and what is told of it: the shape in which the tests of notices are written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from application.notifications.notice import Recipient, Told
from application.notifications.templates import Template
from application.ports import Metadata, Recorded
from domain.catalogue import CATALOGUE
from domain.job_application.codes import SenderKind
from domain.job_application.events import Submitted
from domain.vocabulary import Actor, OrganisationId, OrganisationProfile, Role, Subject
from projections.dossiers import Folded, fold
from projections.notifications.projection import told_of
from tests.domain.job_application import samples

CAMILLE: Final = Actor(subject=Subject("camille"), client="les-emplois", role=Role.MEMBER)
SACHA: Final = Actor(subject=Subject("sacha"), client="les-emplois", role=Role.ADMINISTRATOR)
PERSON: Final = Actor(subject=Subject("awa"), client="les-emplois", role=Role.CANDIDATE)
STAFF: Final = Actor(subject=Subject("staff"), client="back-office", role=Role.STAFF)
PARCOURS: Final = Actor(subject=Subject("parcours"), client="parcours", role=Role.SYSTEM)

#: Applications by the person alone, by Camille of a prescriber, and by Sacha of the company itself.
ALONE: Final = samples.sent()
BY_PRESCRIBER: Final = replace(
    samples.sent(sender_kind=SenderKind.PRESCRIBER), sender=CAMILLE.subject, sender_organisation=samples.PRESCRIBER.id
)
BY_COMPANY: Final = replace(
    samples.sent(sender_kind=SenderKind.EMPLOYER), sender=SACHA.subject, sender_organisation=samples.ACI.id
)
SENT: Final[Sequence[Submitted]] = (ALONE, BY_PRESCRIBER, BY_COMPANY)


@dataclass(frozen=True)
class By:
    """Who does it, and for which organisation."""

    actor: Actor
    organisation: OrganisationProfile | None = None
    #: What it was imported from, or by which message another service told it.
    source: str | None = None
    origin: str = "command"


PRESCRIBING: Final = By(CAMILLE, samples.PRESCRIBER)
EMPLOYING: Final = By(SACHA, samples.ACI)
TIME: Final = By(PARCOURS)


def told(
    *history: Any,
    by: By,
    earlier: By = EMPLOYING,
    journey: str = "job-application-1",
    root: str = "candidate/awa",
) -> Sequence[Told]:
    """What is told of the last event of a journey; somebody else may have done what came before."""
    doers = [earlier] * (len(history) - 1) + [by]
    happened = [
        Recorded(
            partition=0,
            offset=version,
            root=root,
            root_version=version,
            journey=journey,
            journey_version=version,
            event=event,
            occurred_at=samples.NOW,
            recorded_at=samples.NOW,
            metadata=_metadata(doer),
        )
        for version, (event, doer) in enumerate(zip(history, doers, strict=True), 1)
    ]
    folded = fold(CATALOGUE, Folded(root=root, version=0, cases={}), happened)
    return told_of(happened[-1], folded.cases[journey])


def _metadata(by: By) -> Metadata:
    return Metadata(
        actor=by.actor,
        organisation=by.organisation,
        correlation_id="r",
        causation_id="r",
        origin=by.origin,
        source=by.source,
    )


def person(template: Template, about: OrganisationId | None = samples.ACI.id) -> Told:
    return Told(template=template, recipient=Recipient.CANDIDATE, about=about)


def members(template: Template, of: OrganisationId, about: OrganisationId | None = None) -> Told:
    return Told(template=template, recipient=Recipient.MEMBERS, organisation=of, about=about)


def one(
    template: Template, subject: Subject, of: OrganisationId | None, about: OrganisationId | None = samples.ACI.id
) -> Told:
    return Told(template=template, recipient=Recipient.PROFESSIONAL, subject=subject, organisation=of, about=about)


def camille(template: Template, about: OrganisationId = samples.ACI.id) -> Told:
    return one(template, CAMILLE.subject, samples.PRESCRIBER.id, about)
