"""Links that people were sent by hand, at most one a day by the same way (immersion §2.5, §4.5)."""

from datetime import datetime, timedelta
from typing import Final, assert_never

from domain.calendar import add_days, paris_day
from domain.formats.phone import receives_texts
from domain.immersion.codes import Channel, Person
from domain.immersion.commands import (
    LinkCommand,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
)
from domain.immersion.events import (
    AssessmentLinkSent,
    AssessmentSignatureLinkSent,
    ImmersionEvent,
    SignatureLinkSent,
)
from domain.immersion.people import speaker
from domain.immersion.refusals import (
    AlreadyAssessed,
    AlreadySigned,
    AssessmentTooEarly,
    NoAssessment,
    NotAMobile,
    NotForThisPerson,
    NotInTheConvention,
    SentRecently,
    SignatureNotNeeded,
    WrongStage,
)
from domain.immersion.state import Immersion, link, signature_needed
from domain.immersion.terms import Contact, ConventionTerms, signatories
from domain.journey import Context

COOLDOWN: Final = timedelta(hours=24)


def linked(command: LinkCommand, case: Immersion, context: Context) -> ImmersionEvent:
    """What sending a link records."""
    if case.terms is None:
        raise WrongStage(stage=case.stage)
    match command:
        case RecordSignatureLink():
            return _to_sign(command, case.terms, case, context)
        case RecordAssessmentLink():
            return _to_assess(command, case.terms, case, context)
        case RecordAssessmentSignatureLink():
            return _to_sign_the_assessment(command, case.terms, case, context)
        case _:
            assert_never(command)


def _to_sign(
    command: RecordSignatureLink, terms: ConventionTerms, case: Immersion, context: Context
) -> SignatureLinkSent:
    speaker(command, case, context)
    if command.recipient is Person.TUTOR:
        raise NotForThisPerson(person=command.recipient)
    recipient = signatories(terms).get(command.recipient)
    if recipient is None:
        raise NotInTheConvention(person=command.recipient)
    if command.recipient in case.signatures:
        raise AlreadySigned(person=command.recipient)
    _check_last(_last_link(command, case), context)
    _check_channel(command.channel, recipient)
    return SignatureLinkSent(at=context.at, recipient=command.recipient, channel=command.channel)


def _last_link(command: RecordSignatureLink, case: Immersion) -> datetime | None:
    """By e-mail, everybody who has to sign was asked when the convention was submitted or modified."""
    asked = case.asked_at if command.channel is Channel.EMAIL else None
    known = [at for at in (case.links.get(link(command.channel, command.recipient)), asked) if at is not None]
    return max(known, default=None)


def _to_assess(
    command: RecordAssessmentLink, terms: ConventionTerms, case: Immersion, context: Context
) -> AssessmentLinkSent:
    speaker(command, case, context)
    if case.assessment is not None:
        raise AlreadyAssessed
    earliest = add_days(terms.ends_on, -1)
    if context.today < earliest:
        raise AssessmentTooEarly(earliest=earliest)
    _check_last(case.assessment_links.get(command.channel), context)
    _check_channel(command.channel, terms.tutor)
    return AssessmentLinkSent(at=context.at, channel=command.channel)


def _to_sign_the_assessment(
    command: RecordAssessmentSignatureLink, terms: ConventionTerms, case: Immersion, context: Context
) -> AssessmentSignatureLinkSent:
    speaker(command, case, context)
    if case.assessment is None:
        raise NoAssessment
    if not signature_needed(case.assessment):
        raise SignatureNotNeeded
    if case.assessment.signed_at is not None:
        raise AlreadySigned
    _check_last(case.assessment_signature_links.get(command.channel), context)
    _check_channel(command.channel, terms.beneficiary)
    return AssessmentSignatureLinkSent(at=context.at, channel=command.channel)


def _check_last(last: datetime | None, context: Context) -> None:
    """Twenty-four hours exactly are enough."""
    if last is not None and context.at - last < COOLDOWN:
        context.insist(SentRecently(last=paris_day(last)))


def _check_channel(channel: Channel, recipient: Contact) -> None:
    if channel is Channel.SMS and not receives_texts(recipient.phone):
        raise NotAMobile
