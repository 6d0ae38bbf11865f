"""The two years after a PASS IAE, and what lifts them (les-emplois §5.6)."""

from datetime import date

from domain.iae.diagnosis import AuthorKind, Diagnosis, Scheme, is_current
from domain.iae.right import Right, is_waiting, latest_right
from domain.journey import Dossier


def is_blocked(dossier: Dossier, *, sent_by_authorised_prescriber: bool, on: date) -> bool:
    """Whether a SIAE may not hire: a PASS ended less than two years ago, and no authorised prescriber says otherwise.

    Companies that are no SIAE are never blocked: the caller knows which company it is.
    """
    latest = latest_right(dossier, on)
    if latest is None or not is_waiting(dossier.of(Right)[latest], on):
        return False
    return not (sent_by_authorised_prescriber or _diagnosed_by_a_prescriber(dossier, on))


def _diagnosed_by_a_prescriber(dossier: Dossier, on: date) -> bool:
    return any(
        diagnosis.scheme is Scheme.IAE and diagnosis.author_kind is AuthorKind.PRESCRIBER and is_current(diagnosis, on)
        for diagnosis in dossier.of(Diagnosis).values()
    )
