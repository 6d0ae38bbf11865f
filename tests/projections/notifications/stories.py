"""What happens, by whom, and what is told of it: the shape in which the tests of notices are written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from application.dossiers import kind_of
from application.notifications.notice import Told
from application.ports import Metadata, Recorded
from domain.catalogue import CATALOGUE
from domain.job_application.codes import SenderKind
from domain.job_application.events import Submitted
from domain.vocabulary import Actor, OrganisationProfile, Role, Subject
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
    #: What it was imported from.
    source: str | None = None


PRESCRIBING: Final = By(CAMILLE, samples.PRESCRIBER)
EMPLOYING: Final = By(SACHA, samples.ACI)
TIME: Final = By(PARCOURS)


def told(*history: Any, by: By, journey: str = "job-application-1", root: str = "candidate/awa") -> Sequence[Told]:
    """What is told of the last event of a journey."""
    metadata = Metadata(
        actor=by.actor, organisation=by.organisation, correlation_id="r", causation_id="r", source=by.source
    )
    recorded = Recorded(
        partition=0,
        offset=len(history),
        root=root,
        root_version=len(history),
        journey=journey,
        journey_version=len(history),
        event=history[-1],
        occurred_at=samples.NOW,
        recorded_at=samples.NOW,
        metadata=metadata,
    )
    return told_of(recorded, CATALOGUE[kind_of(journey)].decider.fold(history))
