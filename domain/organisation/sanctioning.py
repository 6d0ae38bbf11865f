"""What a control takes away from a SIAE, for a time or for good: prescribing for itself (les-emplois §3.1)."""

from collections.abc import Sequence
from typing import assert_never

from domain.iae.companies import is_siae
from domain.organisation.commands import RestoreSelfPrescription, SuspendSelfPrescription
from domain.organisation.events import OrganisationEvent, SelfPrescriptionRestored, SelfPrescriptionSuspended
from domain.organisation.refusals import EndsBeforeItStarts, NotASiae, NotSuspended
from domain.organisation.state import Organisation

Sanctioning = SuspendSelfPrescription | RestoreSelfPrescription


def sanction(command: Sanctioning, organisation: Organisation) -> Sequence[OrganisationEvent]:
    """Suspend, or give back before the end."""
    match command:
        case SuspendSelfPrescription():
            return [_suspend(command, organisation)]
        case RestoreSelfPrescription():
            if all(each.until_day is not None and each.until_day < command.from_day for each in organisation.sanctions):
                raise NotSuspended
            return [SelfPrescriptionRestored(from_day=command.from_day)]
        case _:
            assert_never(command)


def _suspend(command: SuspendSelfPrescription, organisation: Organisation) -> SelfPrescriptionSuspended:
    if not is_siae(organisation.kinds):
        raise NotASiae
    if command.until_day is not None and command.until_day < command.from_day:
        raise EndsBeforeItStarts
    return SelfPrescriptionSuspended(from_day=command.from_day, until_day=command.until_day)
