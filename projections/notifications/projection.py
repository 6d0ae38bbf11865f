"""Notices as a projection: nothing that was recorded is forgotten or told twice, whatever is killed or rebuilt."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from application.dossiers import kind_of
from application.notifications.notice import Told
from application.ports import Recorded
from domain.accompaniment import accompaniment_journey
from domain.candidate import candidate_journey
from domain.discussion import discussion_journey
from domain.eligibility_check import eligibility_check_journey
from domain.hiring import hiring_journey
from domain.immersion import immersion_journey
from domain.job_application import job_application_journey
from domain.organisation import organisation_journey
from domain.orientation import orientation_journey
from domain.pass_iae import pass_iae_journey
from domain.rsa_appointment import rsa_appointment_journey
from domain.vocabulary import OrganisationId
from projections.dossiers import Case, Folded
from projections.notifications.accompaniment import accompaniment
from projections.notifications.candidate import candidate
from projections.notifications.discussion import discussion
from projections.notifications.immersion import immersion
from projections.notifications.job_application import job_application
from projections.notifications.organisation import organisation
from projections.notifications.pass_iae import pass_iae
from projections.notifications.rsa_appointment import rsa_appointment
from projections.projection import Rows, StepProjection, sql, statement

ADD: Final = statement("notifications/add", many=True)

Tells = Callable[[Any, Case, Recorded], Sequence[Told]]

#: What each journey's events have to be told of them; a test holds this to the catalogue.
TELLS: Final[Mapping[str, Tells]] = {
    candidate_journey.name: lambda event, _, recorded: candidate(event, recorded.metadata),
    organisation_journey.name: lambda event, _, recorded: organisation(
        event, OrganisationId(recorded.root.partition("/")[2])
    ),
    orientation_journey.name: lambda _event, _case, _recorded: (),  # DORA writes its own mails, from the feed of events
    eligibility_check_journey.name: lambda _event, _case, _recorded: (),  # nobody is told (les-emplois §9.2)
    job_application_journey.name: lambda event, case, recorded: job_application(
        event, case.state, recorded.metadata, case.by
    ),
    hiring_journey.name: lambda _event, _case, _recorded: (),  # told of the application and of the PASS
    discussion_journey.name: lambda event, case, _: discussion(event, case.state),
    immersion_journey.name: lambda event, case, _: immersion(event, case.state),
    rsa_appointment_journey.name: lambda event, case, _: rsa_appointment(event, case.state),
    accompaniment_journey.name: lambda event, _, recorded: accompaniment(event, recorded.metadata),
    pass_iae_journey.name: lambda event, case, _: pass_iae(event, case.state),
}


def told_of(recorded: Recorded, case: Case) -> Sequence[Told]:
    """What is told of an event, given its journey right after it.

    What is imported was told elsewhere, long ago, and so was what follows from it.
    """
    if recorded.metadata.told_elsewhere:
        return []
    return TELLS[kind_of(recorded.journey)](recorded.event, case, recorded)


def project(recorded: Recorded, folded: Folded, rows: Rows) -> None:
    """Add the notices of an event."""
    event = f"{kind_of(recorded.journey)}.{type(recorded.event).__name__}"
    where = (recorded.partition, recorded.offset, recorded.journey, recorded.journey_version, event)
    for told in told_of(recorded, folded.cases[recorded.journey]):
        whom = (told.recipient.value, told.organisation, told.subject, told.named, told.about)
        rows.add(
            ADD,
            recorded.root_version,
            told.key,
            *where,
            told.template.value,
            told.channel.value,
            *whom,
            recorded.occurred_at,
            recorded.recorded_at,
        )


NOTIFICATIONS: Final = StepProjection(
    name="notifications", tables=sql("notifications/tables"), statements=(ADD,), project=project
)
