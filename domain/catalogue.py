"""The journeys, by the name that they carry in the record."""

from collections.abc import Mapping
from typing import Any, Final

from domain.candidate import candidate_journey
from domain.discussion import discussion_journey
from domain.eligibility_check import eligibility_check_journey
from domain.hiring import hiring_journey
from domain.immersion import immersion_journey
from domain.job_application import job_application_journey
from domain.journey import Journey
from domain.organisation import organisation_journey
from domain.orientation import orientation_journey
from domain.pass_iae import pass_iae_journey

CATALOGUE: Final[Mapping[str, Journey[Any, Any, Any]]] = {
    journey.name: journey
    for journey in (
        candidate_journey,
        organisation_journey,
        orientation_journey,
        eligibility_check_journey,
        job_application_journey,
        hiring_journey,
        pass_iae_journey,
        discussion_journey,
        immersion_journey,
    )
}
