"""How a convention goes to another agency (immersion §2.8), and who accompanies the person in it (§2.6)."""

from typing import Final, assert_never

from domain.immersion.agencies import agency_named, last_word
from domain.immersion.commands import MovingCommand, NameReferent, TransferToAgency
from domain.immersion.events import ImmersionEvent, ReferentNamed, TransferredToAgency
from domain.immersion.refusals import SameAgency, WrongStage
from domain.immersion.state import Immersion
from domain.immersion.wording import said, tidy
from domain.journey import Context

LONGEST_JUSTIFICATION: Final = 1024


def moved(command: MovingCommand, case: Immersion, context: Context) -> ImmersionEvent:
    """What a transfer or the naming of a referent records."""
    match command:
        case TransferToAgency():
            return _transferred(command, case, context)
        case NameReferent():
            named = tidy(command)
            return ReferentNamed(last_name=named.last_name, first_name=named.first_name)
        case _:
            assert_never(command)


def _transferred(command: TransferToAgency, case: Immersion, context: Context) -> TransferredToAgency:
    """Where it stands and the signatures are kept; the steps are those of the new agency."""
    if case.agency is None:
        raise WrongStage(stage=case.stage)
    to = agency_named(command.to, context)
    if (to.id, to.two_steps, last_word(to)) == (case.agency, case.two_steps, case.validator):
        raise SameAgency
    return TransferredToAgency(
        at=context.at,
        from_agency=case.agency,
        to=to.id,
        two_steps=to.two_steps,
        validator=last_word(to),
        justification=said(command.justification, LONGEST_JUSTIFICATION, "justification"),
    )
