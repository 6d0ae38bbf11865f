"""Which commands each stage takes, and what time asks."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from domain.calendar import paris_start
from domain.eligibility_check.codes import Stage
from domain.eligibility_check.commands import (
    DiagnoseForGeiq,
    DiagnoseForIae,
    EligibilityCheckCommand,
    Expire,
    RecordAnswer,
    RecordDiagnosis,
    RecordHire,
    RecordPass,
    ReleaseFromHire,
    RenewForIae,
    RequestCertification,
    Supersede,
    UpdateForGeiq,
)
from domain.eligibility_check.state import EligibilityCheck
from domain.iae.diagnosis import Scheme
from domain.journey import Deadline

_UNMADE: Final = frozenset({Stage.NOT_MADE})
_MADE: Final = frozenset(Stage) - _UNMADE
_IN_FORCE: Final = frozenset({Stage.IN_FORCE})

#: A diagnosis that no longer counts may still be what a hire stands on, under a valid PASS (les-emplois §3.1).
ACCEPTED_FROM: Final[Mapping[type[EligibilityCheckCommand], frozenset[Stage]]] = {
    DiagnoseForIae: _UNMADE,
    RenewForIae: _UNMADE,
    DiagnoseForGeiq: _UNMADE,
    RecordDiagnosis: _UNMADE,
    UpdateForGeiq: _IN_FORCE,
    Supersede: _IN_FORCE,
    Expire: _IN_FORCE,
    RecordHire: _MADE,
    ReleaseFromHire: _MADE,
    RecordPass: _MADE,
    RequestCertification: _MADE,
    RecordAnswer: _IN_FORCE,
}

#: What else a state must be for a command to make sense; the decision itself names the refusal.
NEEDS: Final[Mapping[type[EligibilityCheckCommand], Callable[[EligibilityCheck], bool]]] = {
    UpdateForGeiq: lambda check: check.scheme is Scheme.GEIQ,
    ReleaseFromHire: lambda check: bool(check.hires),
    RecordAnswer: lambda check: bool(check.certifications),
}


def offers(check: EligibilityCheck) -> Collection[type[EligibilityCheckCommand]]:
    """The commands that the diagnosis does not exclude by itself."""
    return [
        kind
        for kind, stages in ACCEPTED_FROM.items()
        if check.stage in stages and (kind not in NEEDS or NEEDS[kind](check))
    ]


def deadlines(check: EligibilityCheck) -> Sequence[Deadline[EligibilityCheckCommand]]:
    """The first instant in Paris of the day from which it no longer counts."""
    if check.stage is not Stage.IN_FORCE:
        return ()
    return (Deadline(due=paris_start(check.expires_on), command=Expire()),)
