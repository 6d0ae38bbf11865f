"""How events move a convention: never refuses, whatever the rules have become since."""

from typing import Any, assert_never

from domain.evolving import replace
from domain.immersion.codes import Channel, Person, Reminder, Stage
from domain.immersion.events import (
    AssessmentCreated,
    AssessmentDeleted,
    AssessmentEvent,
    AssessmentLinkSent,
    AssessmentRequested,
    AssessmentSignatureLinkSent,
    AssessmentSigned,
    BeneficiaryCorrected,
    Cancelled,
    DecisionEvent,
    Deprecated,
    FoundEligible,
    ImmersionEvent,
    LinkEvent,
    Modified,
    ReferentNamed,
    Rejected,
    Reminded,
    SignatureLinkSent,
    Signed,
    Submitted,
    TermsEvent,
    TransferredToAgency,
    TutorCorrected,
    Validated,
)
from domain.immersion.state import Assessment, Immersion, link
from domain.immersion.terms import Beneficiary, ConventionTerms, signatories, terms_of


def evolve(case: Immersion, event: ImmersionEvent) -> Immersion:
    """The convention after an event."""
    if isinstance(event, TermsEvent):
        return _agreed(case, event)
    if isinstance(event, DecisionEvent):
        return _decided(case, event)
    if isinstance(event, LinkEvent):
        return _linked(case, event)
    if isinstance(event, AssessmentEvent):
        return _assessed(case, event)
    return _moved(case, event)


def _moved(case: Immersion, event: Signed | TransferredToAgency | ReferentNamed | Reminded) -> Immersion:
    match event:
        case Signed():
            return _signed(case, event)
        case TransferredToAgency():
            return replace(case, agency=event.to, validator=event.validator, two_steps=event.two_steps)
        case ReferentNamed():
            return replace(case, referent_last_name=event.last_name, referent_first_name=event.first_name)
        case Reminded():
            return _reminded(case, event)
        case _:
            assert_never(event)


def _reminded(case: Immersion, event: Reminded) -> Immersion:
    """Whoever has not signed is reminded by text message too: the next one by hand waits (immersion §2.5)."""
    reminded = replace(case, reminded=(*case.reminded, event.of))
    if event.of is not Reminder.SIGNATURE or case.terms is None:
        return reminded
    unsigned = signatories(case.terms).keys() - case.signatures.keys()
    return replace(reminded, links={**case.links, **{link(Channel.SMS, person): event.at for person in unsigned}})


def _agreed(case: Immersion, event: TermsEvent) -> Immersion:
    match event:
        case Submitted():
            return _submitted(event)
        case Modified():
            return _modified(case, event)
        case TutorCorrected():
            return _amended(case, tutor=event.tutor)
        case BeneficiaryCorrected():
            return _beneficiary_corrected(case, event)
        case _:
            assert_never(event)


def _submitted(event: Submitted) -> Immersion:
    return Immersion(
        stage=Stage.READY_TO_SIGN,
        terms=ConventionTerms(**terms_of(event)),
        agency=event.agency,
        validator=event.validator,
        two_steps=event.two_steps,
        sender=event.sender,
        submitted_at=event.at,
        asked_at=event.at,
        reference=event.reference,
        renewed_from=event.renewed_from,
        referent_last_name=event.referent_last_name,
        referent_first_name=event.referent_first_name,
    )


def _modified(case: Immersion, event: Modified) -> Immersion:
    """Signatures, the first step and the reminders are those of the former terms (immersion §2.6)."""
    return replace(
        case,
        stage=Stage.READY_TO_SIGN,
        terms=ConventionTerms(**terms_of(event)),
        asked_at=event.at,
        signatures={},
        complete_since=None,
        eligible_at=None,
        eligible_by=None,
        reminded=(),
    )


def _amended(case: Immersion, **changes: Any) -> Immersion:
    return case if case.terms is None else replace(case, terms=ConventionTerms(**(terms_of(case.terms) | changes)))


def _beneficiary_corrected(case: Immersion, event: BeneficiaryCorrected) -> Immersion:
    if case.terms is None:
        return case
    former = case.terms.beneficiary
    known = {name: getattr(former, name) for name in Beneficiary.__dataclass_fields__}
    names = {"last_name": event.last_name, "first_name": event.first_name, "birth_date": event.birth_date}
    return _amended(case, beneficiary=Beneficiary(**(known | names)))


def _signed(case: Immersion, event: Signed) -> Immersion:
    signatures = {**case.signatures, event.person: event.at}
    asked: set[Person] = set(signatories(case.terms)) if case.terms else set()
    complete = asked <= signatures.keys()
    return replace(
        case,
        stage=Stage.IN_REVIEW if complete else Stage.PARTIALLY_SIGNED,
        signatures=signatures,
        complete_since=event.at if complete else None,
    )


def _decided(case: Immersion, event: DecisionEvent) -> Immersion:
    match event:
        case FoundEligible():
            return replace(case, stage=Stage.ELIGIBLE, eligible_at=event.at, eligible_by=event.by)
        case Validated():
            return replace(case, stage=Stage.VALIDATED, validated_at=event.at)
        case Rejected():
            return _undone(case, Stage.REJECTED)
        case Cancelled():
            return _undone(case, Stage.CANCELLED)
        case Deprecated():
            return _undone(case, Stage.DEPRECATED)
        case _:
            assert_never(event)


def _undone(case: Immersion, stage: Stage) -> Immersion:
    """A convention that will not take place was neither found eligible nor validated (immersion §2.4)."""
    return replace(case, stage=stage, eligible_at=None, eligible_by=None, validated_at=None)


def _linked(case: Immersion, event: LinkEvent) -> Immersion:
    match event:
        case SignatureLinkSent():
            return replace(case, links={**case.links, link(event.channel, event.recipient): event.at})
        case AssessmentLinkSent():
            return replace(case, assessment_links={**case.assessment_links, event.channel: event.at})
        case AssessmentSignatureLinkSent():
            sent = {**case.assessment_signature_links, event.channel: event.at}
            return replace(case, assessment_signature_links=sent)
        case _:
            assert_never(event)


def _assessed(case: Immersion, event: AssessmentEvent) -> Immersion:
    match event:
        case AssessmentRequested():
            return replace(case, assessment_requested_at=event.at)
        case AssessmentCreated():
            return replace(case, assessment=Assessment(at=event.at, attendance=event.attendance))
        case AssessmentSigned():
            return _assessment_signed(case, event)
        case AssessmentDeleted():
            return replace(case, assessment=None)
        case _:
            assert_never(event)


def _assessment_signed(case: Immersion, event: AssessmentSigned) -> Immersion:
    if case.assessment is None:
        return case
    return replace(case, assessment=replace(case.assessment, signed_at=event.at))
