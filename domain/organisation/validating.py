"""How an immersion agency validates conventions: in one step or two, the second perhaps elsewhere (immersion §7)."""

from collections.abc import Sequence

from domain.journey import Context
from domain.organisation.commands import SetValidationSteps
from domain.organisation.events import OrganisationEvent, ValidationStepsSet
from domain.organisation.kinds import Kind
from domain.organisation.refusals import (
    NotAnImmersionAgency,
    OneStepForFranceTravail,
    RefersToItself,
    RefersTwice,
    TwoStepsNeeded,
)
from domain.organisation.state import Organisation
from domain.vocabulary import Family


def set_steps(command: SetValidationSteps, organisation: Organisation, context: Context) -> Sequence[OrganisationEvent]:
    """Record the steps; agencies of France Travail have no counsellors, so only one (immersion §7.3)."""
    if not organisation.is_immersion_agency:
        raise NotAnImmersionAgency
    if command.two_steps and Kind.AGENCY_FRANCE_TRAVAIL in organisation.kinds:
        raise OneStepForFranceTravail
    _check_reference(command, context)
    if (command.two_steps, command.refers_to) == (organisation.two_steps, organisation.refers_to):
        return []
    return [ValidationStepsSet(two_steps=command.two_steps, refers_to=command.refers_to)]


def _check_reference(command: SetValidationSteps, context: Context) -> None:
    """What is referred to validates by itself: a chain of agencies would leave nobody with the last word."""
    if command.refers_to is None:
        return
    if not command.two_steps:
        raise TwoStepsNeeded
    if context.acting is not None and command.refers_to == context.acting.id:
        raise RefersToItself
    other = context.organisations[command.refers_to]
    if Family.IMMERSION_AGENCY not in other.families:
        raise NotAnImmersionAgency
    if other.refers_to is not None:
        raise RefersTwice(organisation=other.refers_to)
