"""The indicators of the journeys, by what they are about."""

from collections.abc import Mapping, Sequence
from typing import Final

#: What stands on the first page.
FIRST: Final = "without-solution-30-days"
#: Every other indicator, in the order in which a page shows them; a test holds this to the definitions.
GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "persons": (
        "without-solution-again-183-days",
        "prescriber-transformation",
        "recruitment-30-days",
        "applications-before-hire",
    ),
    "applications": (
        "application-opened-30-days",
        "application-unanswered-30-days",
        "application-unanswered-60-days",
        "applications-waiting-30-days",
        "application-acceptance",
        "application-refusal",
    ),
    "hires": (
        "hires-accepted",
        "self-prescription",
        "positive-exits",
        "hire-after-contract-365-days",
    ),
    "rights": (
        "pass-iae-issued",
        "pass-iae-valid",
        "pass-iae-without-contract",
        "pass-iae-suspended",
        "pass-iae-suspension-365-days",
        "pass-iae-prolongations",
    ),
    "orientations": (
        "service-orientation-answered-30-days",
        "service-orientation-acceptance",
        "service-orientation-honoured",
    ),
    "appointments": (
        "rsa-oriented-45-days",
        "rsa-accompanied-30-days",
        "invitation-to-booking",
        "invitation-to-appointment",
        "appointment-no-show",
        "autonomy",
    ),
    "immersions": ("immersion-show", "immersion-completion", "immersion-assessed", "immersion-to-hire"),
    "data": ("recorded-late-7-days", "appointment-untold", "contract-end-untold"),
}
