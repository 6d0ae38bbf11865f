"""How events move a diagnosis: never refuses, whatever the rules have become since."""

from typing import assert_never

from domain.eligibility_check.certifying import after_answer, after_request
from domain.eligibility_check.codes import Stage
from domain.eligibility_check.events import (
    CertificationAnswered,
    CertificationRequested,
    Diagnosed,
    EligibilityCheckEvent,
    Expired,
    HireRecorded,
    HireReleased,
    PassRecorded,
    Superseded,
    Updated,
    UsingEvent,
)
from domain.eligibility_check.state import EligibilityCheck
from domain.evolving import replace


def evolve(case: EligibilityCheck, event: EligibilityCheckEvent) -> EligibilityCheck:
    """The diagnosis after an event."""
    match event:
        case Diagnosed() | Updated():
            return _vouched(case, event)
        case Superseded():
            ends = min(case.expires_on, event.on)
            return replace(case, stage=Stage.SUPERSEDED, superseded_by=event.by, expires_on=ends)
        case Expired():
            return replace(case, stage=Stage.EXPIRED)
        case HireRecorded() | HireReleased() | PassRecorded():
            return _used(case, event)
        case CertificationRequested():
            return replace(case, certifications=after_request(case.certifications, event))
        case CertificationAnswered():
            return replace(case, certifications=after_answer(case.certifications, event))
        case _:
            assert_never(event)


def _vouched(case: EligibilityCheck, event: Diagnosed | Updated) -> EligibilityCheck:
    """An update keeps the day on which the diagnosis was made; what was certified of other criteria goes."""
    vouched = replace(
        case,
        stage=Stage.IN_FORCE,
        author_kind=event.author_kind,
        author=event.author,
        organisation=event.organisation,
        organisation_kinds=event.organisation_kinds,
        criteria=event.criteria,
        allowance=event.allowance,
        expires_on=event.expires_on,
        certifications={each: said for each, said in case.certifications.items() if each in event.criteria},
    )
    if isinstance(event, Updated):
        return vouched
    return replace(vouched, scheme=event.scheme, made_on=event.on, renews=event.renews)


def _used(case: EligibilityCheck, event: UsingEvent) -> EligibilityCheck:
    match event:
        case HireRecorded():
            return replace(case, hires={**case.hires, event.application: event.starts_on})
        case HireReleased():
            others = {name: day for name, day in case.hires.items() if name != event.application}
            return replace(case, hires=others)
        case PassRecorded():
            return replace(case, pass_iae=event.pass_iae)
        case _:
            assert_never(event)
