"""The eligibility check (diagnostic d'éligibilité): who says that a person qualifies, why, and until when.

For the IAE it opens the right to a PASS; for a GEIQ, an allowance (les-emplois §3). Whether a diagnosis counts on a
day is told by its days (`domain/iae/diagnosis.py`), never by its stage.
"""

from typing import Final, get_args

from domain.eligibility_check.commands import (
    DiagnoseForGeiq,
    DiagnoseForIae,
    EligibilityCheckCommand,
    RecordDiagnosis,
    RenewForIae,
)
from domain.eligibility_check.events import EligibilityCheckEvent
from domain.eligibility_check.rules import decider
from domain.eligibility_check.state import EligibilityCheck, closed, parties
from domain.eligibility_check.table import ACCEPTED_FROM, deadlines
from domain.journey import Journey
from domain.vocabulary import RootKind

__all__ = ["EligibilityCheck", "EligibilityCheckCommand", "EligibilityCheckEvent", "eligibility_check_journey"]

eligibility_check_journey: Final[Journey[EligibilityCheckCommand, EligibilityCheck, EligibilityCheckEvent]] = Journey(
    name="eligibility-check",
    plural="eligibility-checks",
    root=RootKind.CANDIDATE,
    opening=(DiagnoseForIae, RenewForIae, DiagnoseForGeiq, RecordDiagnosis),
    commands=get_args(EligibilityCheckCommand),
    events=get_args(EligibilityCheckEvent),
    decider=decider,
    accepted_from=ACCEPTED_FROM,
    stage=lambda check: check.stage,
    parties=parties,
    deadlines=deadlines,
    closed=closed,
)
