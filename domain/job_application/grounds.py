"""On what grounds a company hires: a diagnosis, and for a SIAE a PASS IAE (les-emplois §4.7, steps 2 and 3)."""

from dataclasses import dataclass
from datetime import date

from domain.calendar import add_days
from domain.iae.diagnosis import AuthorKind, Diagnosis, Scheme, usable
from domain.iae.person import person_of
from domain.iae.right import Right, latest_right, valid_right, waits_until
from domain.iae.waiting_period import is_blocked
from domain.job_application.codes import Delivery
from domain.job_application.proposal import Proposal
from domain.job_application.refusals import DiagnosisNeeded, InWaitingPeriod, Sanctioned, StartsAfterThePass
from domain.journey import Context, Dossier, Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """What a hire is attached to. Nothing at all for companies that are neither SIAE nor GEIQ."""

    diagnosis: str | None = None
    #: The valid PASS that is used again.
    pass_iae: str | None = None
    #: How the person gets their PASS; None where none is due.
    delivery: Delivery | None = None


def grounds(hire: Proposal, context: Context) -> Grounds:
    """What the hire is attached to; refuses one that has no grounds."""
    dossier = context.dossier
    if hire.by_siae:
        return _of_siae(hire, context)
    if hire.by_geiq:
        return Grounds(diagnosis=usable(dossier, Scheme.GEIQ, hire.company, hire.today))
    return Grounds()


def _of_siae(hire: Proposal, context: Context) -> Grounds:
    dossier = context.dossier
    diagnosis = usable(dossier, Scheme.IAE, hire.company, hire.today)
    context.insist(
        in_waiting_period(dossier, sent_by_authorised_prescriber=hire.sent_by_authorised_prescriber, on=hire.today)
    )
    right = valid_right(dossier, hire.today)
    if right is not None:
        context.insist(_after(dossier.of(Right)[right].ends_on, hire.terms.starts_on))
        return Grounds(diagnosis=diagnosis, pass_iae=right, delivery=Delivery.AUTOMATIC)
    if not person_of(dossier).known_enough:
        return Grounds(diagnosis=diagnosis, delivery=Delivery.MANUAL)
    if diagnosis is None:
        context.insist(DiagnosisNeeded())
    # What an import tells was issued elsewhere: its PASS is told by itself.
    return Grounds(diagnosis=diagnosis, delivery=None if context.imported else Delivery.AUTOMATIC)


def in_waiting_period(dossier: Dossier, *, sent_by_authorised_prescriber: bool, on: date) -> Refusal | None:
    """Two years after a PASS, nobody but an authorised prescriber opens another one (les-emplois §5.6)."""
    if not is_blocked(dossier, sent_by_authorised_prescriber=sent_by_authorised_prescriber, on=on):
        return None
    latest = latest_right(dossier, on)
    return None if latest is None else InWaitingPeriod(until=waits_until(dossier.of(Right)[latest]))


def may_declare(hire: Proposal, dossier: Dossier) -> Refusal | None:
    """A sanctioned SIAE declares no hire that rests on a diagnosis of its own, or has still to rest on one (§3.1)."""
    if not hire.by_siae or valid_right(dossier, hire.today) is not None:
        return None
    diagnosis = usable(dossier, Scheme.IAE, hire.company, hire.today)
    by_prescriber = diagnosis is not None and dossier.of(Diagnosis)[diagnosis].author_kind is AuthorKind.PRESCRIBER
    return None if by_prescriber else Sanctioned()


def before_the_pass_ends(right: Right | None, starts_on: date, today: date) -> Refusal | None:
    """Under a PASS that has started, a hire moves to a day strictly before its last one (les-emplois §4.7)."""
    if right is None or right.starts_on > today:
        return None
    return _after(add_days(right.ends_on, -1), starts_on)


def _after(latest: date, starts_on: date) -> Refusal | None:
    return StartsAfterThePass(latest=latest) if starts_on > latest else None
