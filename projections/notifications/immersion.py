"""Who is told what of a convention: whoever takes part in it, and the agencies (immersion §2.5 to §2.8, §4)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, assert_never

from application.notifications.contents.immersion import where
from application.notifications.notice import Channel, Told
from application.notifications.templates import Template
from domain.immersion.codes import Attendance, ConventionKind, Person, Reminder, Stage
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
    Modified,
    ReferentNamed,
    Rejected,
    Reminded,
    SignatureLinkSent,
    Signed,
    Submitted,
    TransferredToAgency,
    TutorCorrected,
    Validated,
)
from domain.immersion.state import Immersion, signature_needed
from domain.immersion.terms import signatories
from domain.vocabulary import OrganisationId
from projections.notifications.tellings import to_members, to_named

_Decided = Validated | Rejected | Cancelled | Deprecated
_OfSigning = Submitted | Modified | Signed

#: The same news for whoever takes part and for the agencies.
DECIDED: Final[Mapping[type[_Decided], tuple[Template, Template]]] = {
    Validated: (Template.IMMERSION_VALIDATED, Template.IMMERSION_VALIDATED_FOR_AGENCY),
    Rejected: (Template.IMMERSION_REJECTED, Template.IMMERSION_REJECTED_FOR_AGENCY),
    Cancelled: (Template.IMMERSION_CANCELLED, Template.IMMERSION_CANCELLED_FOR_AGENCY),
    Deprecated: (Template.IMMERSION_DEPRECATED, Template.IMMERSION_DEPRECATED_FOR_AGENCY),
}


def immersion(event: ImmersionEvent, case: Immersion) -> Sequence[Told]:
    """What is told of an event, given the convention right after it.

    Links that people were sent by hand were sent by whoever records them.
    """
    match event:
        case Submitted() | Modified() | Signed():
            return _of_signing(event, case)
        case FoundEligible() | Validated() | Rejected() | Cancelled() | Deprecated():
            return _decided(event, case)
        case TransferredToAgency():
            return _transferred(event, case)
        case Reminded():
            return _reminded(event.of, case)
        case AssessmentRequested() | AssessmentCreated() | AssessmentSigned() | AssessmentDeleted():
            return _of_the_assessment(event, case)
        case (
            TutorCorrected()
            | BeneficiaryCorrected()
            | ReferentNamed()
            | SignatureLinkSent()
            | AssessmentLinkSent()
            | AssessmentSignatureLinkSent()
        ):
            return []
        case _:
            assert_never(event)


def _people(
    template: Template, people: Iterable[Person], case: Immersion, channel: Channel = Channel.EMAIL
) -> Sequence[Told]:
    return [to_named(template, where(person, channel), case.agency, channel) for person in people]


def _members(template: Template, agencies: Iterable[OrganisationId | None], case: Immersion) -> Sequence[Told]:
    """All members of the agencies: here nobody is a counsellor or a validator."""
    return [to_members(template, agency, case.agency) for agency in agencies if agency is not None]


def _signatories(case: Immersion) -> Sequence[Person]:
    return list(signatories(case.terms)) if case.terms else []


def _everybody(case: Immersion) -> Sequence[Person]:
    """The tutor as well, who is left out when it is delivered if the representative has the same address."""
    return [*_signatories(case), Person.TUTOR]


def _agencies(case: Immersion) -> Sequence[OrganisationId | None]:
    """The agency, and the one that it refers to."""
    return list(dict.fromkeys([case.agency, case.validator]))


def _of_signing(event: _OfSigning, case: Immersion) -> Sequence[Told]:
    """A signatory who modifies signs what they wrote, and is told so."""
    match event:
        case Submitted():
            asked = _people(Template.IMMERSION_TO_SIGN, _signatories(case), case)
            return [*asked, *_members(Template.IMMERSION_NEW_FOR_AGENCY, [case.agency], case)]
        case Modified():
            others = [each for each in _signatories(case) if each is not event.by]
            return _people(Template.IMMERSION_TO_SIGN_ANEW, others, case)
        case Signed():
            complete = [case.agency] if case.stage is Stage.IN_REVIEW else []
            return [
                *_people(Template.IMMERSION_SIGNED, [event.person], case),
                *_members(Template.IMMERSION_TO_REVIEW_FOR_AGENCY, complete, case),
            ]
        case _:
            assert_never(event)


def _decided(event: DecisionEvent, case: Immersion) -> Sequence[Told]:
    """The first step of two is for whoever takes the second one; all else is for everybody."""
    if isinstance(event, FoundEligible):
        return _members(Template.IMMERSION_TO_VALIDATE_FOR_AGENCY, [case.validator], case)
    people, agencies = DECIDED[type(event)]
    return [*_people(people, _everybody(case), case), *_members(agencies, _agencies(case), case)]


def _transferred(event: TransferredToAgency, case: Immersion) -> Sequence[Told]:
    """That the same agency goes on in other steps changes nothing for anybody else."""
    if event.to == event.from_agency:
        return []
    there = dict.fromkeys([event.to, event.validator])
    return [
        *_people(Template.IMMERSION_TRANSFERRED, _everybody(case), case),
        *(to_members(Template.IMMERSION_TRANSFERRED_FOR_AGENCY, each, event.from_agency) for each in there),
    ]


def _reminded(of: Reminder, case: Immersion) -> Sequence[Told]:
    """Everybody by e-mail, and whoever has not signed by text message too (immersion §2.5)."""
    match of:
        case Reminder.SIGNATURE:
            unsigned = [each for each in _signatories(case) if each not in case.signatures]
            return [
                *_people(Template.IMMERSION_SIGNATURE_REMINDED, _everybody(case), case),
                *_people(Template.IMMERSION_SIGNATURE_REMINDED, unsigned, case, Channel.SMS),
            ]
        case Reminder.FIRST_REVIEW | Reminder.LAST_REVIEW:
            return _members(Template.IMMERSION_REVIEW_REMINDED_FOR_AGENCY, _agencies(case), case)
        case Reminder.FIRST_ASSESSMENT | Reminder.LAST_ASSESSMENT:
            pmsmp = case.terms is not None and case.terms.kind is ConventionKind.IMMERSION
            return [
                *_people(Template.ASSESSMENT_REMINDED, [Person.TUTOR], case),
                *_members(Template.ASSESSMENT_REMINDED_FOR_AGENCY, _agencies(case) if pmsmp else [], case),
            ]
        case _:
            assert_never(of)


def _of_the_assessment(event: AssessmentEvent, case: Immersion) -> Sequence[Told]:
    beneficiary, tutor = [Person.BENEFICIARY], [Person.TUTOR]
    match event:
        case AssessmentRequested():
            return [
                *_people(Template.ASSESSMENT_TO_MAKE, tutor, case),
                *_people(Template.ASSESSMENT_ANNOUNCED, beneficiary, case),
            ]
        case AssessmentCreated():
            return _assessed(event, case)
        case AssessmentSigned():
            establishment = [Person.ESTABLISHMENT_REPRESENTATIVE, *tutor]
            return [
                *_members(Template.ASSESSMENT_SIGNED_FOR_AGENCY, _agencies(case), case),
                *_people(Template.ASSESSMENT_SIGNED_FOR_ESTABLISHMENT, establishment, case),
                *_people(Template.ASSESSMENT_SIGNED_FOR_BENEFICIARY, beneficiary, case),
            ]
        case AssessmentDeleted():
            return [
                *_people(Template.ASSESSMENT_DELETED_FOR_TUTOR, tutor, case),
                *_people(Template.ASSESSMENT_DELETED_FOR_BENEFICIARY, beneficiary, case),
            ]
        case _:
            assert_never(event)


def _assessed(event: AssessmentCreated, case: Immersion) -> Sequence[Told]:
    """The person is asked to sign, unless nobody came: then the agencies are told (immersion §4.2)."""
    if event.attendance is Attendance.DID_NOT_SHOW:
        return _members(Template.ASSESSMENT_NO_SHOW_FOR_AGENCY, _agencies(case), case)
    awaited = case.assessment is not None and signature_needed(case.assessment)
    return _people(Template.ASSESSMENT_TO_SIGN, [Person.BENEFICIARY] if awaited else [], case)
