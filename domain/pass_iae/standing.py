"""Who may act on a PASS IAE: companies by the hires that they made, staff by what they are (les-emplois §1.7, §5.9)."""

from collections.abc import Collection

from domain.iae.companies import is_siae
from domain.iae.hire import Hire, hires_under, last_siae_hire
from domain.journey import Context
from domain.pass_iae.refusals import NoHireUnderPass, NotInYourCare
from domain.pass_iae.state import PassIae
from domain.vocabulary import Role


def last_hire(context: Context) -> Hire | None:
    """The hire by which a company has the PASS in its care."""
    name = last_siae_hire(context.dossier)
    return context.dossier.of(Hire)[name] if name else None


def by_staff(context: Context) -> bool:
    """Whether somebody acts who needs no hire to act by."""
    return context.actor.role is Role.STAFF


def check_care(context: Context) -> None:
    """Refuse whoever is not the SIAE of the person's last hire: another SIAE's hire takes the right away (§5.9)."""
    hire = last_hire(context)
    cares = hire is not None and context.acting is not None and hire.company == context.acting.id
    if not (cares or by_staff(context)):
        context.insist(NotInYourCare())


def check_hired(context: Context) -> None:
    """Refuse whoever is not a SIAE with a hire under this PASS."""
    acting = context.acting
    hires = hires_under(context.dossier, context.journey).values()
    hired = acting is not None and is_siae(acting.kinds) and any(hire.company == acting.id for hire in hires)
    if not (hired or by_staff(context)):
        context.insist(NoHireUnderPass())


def kinds_asking(case: PassIae, context: Context) -> Collection[str]:
    """The kinds of the company that asks; if staff asks, of the one that has the PASS in its care, or first had it."""
    if context.acting is not None:
        return context.acting.kinds
    hire = last_hire(context)
    return hire.company_kinds if hire else case.company_kinds
