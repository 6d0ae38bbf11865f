"""What Immersion facilitée tells of conventions, recorded (immersion §10.4).

Every message tells the whole convention as it is. So it is told step by step what leads from where the convention
stands here to where it stands there, each step on its own day, and an older message says nothing new.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, Final

from application.imports.lists.trial import SameAsBefore
from application.imports.records import derived
from application.incoming.inbox import Message, Noted, Words
from application.incoming.speaking import Missing, Speaker
from domain.candidate.commands import Register
from domain.candidate.refusals import AlreadyRegistered
from domain.immersion.codes import PENDING, SIGNABLE, Person, Stage
from domain.immersion.commands import (
    Cancel,
    CorrectBeneficiary,
    CorrectTutor,
    Deprecate,
    FindEligible,
    Modify,
    NameReferent,
    Reject,
    Renew,
    Sign,
    Submit,
    TransferToAgency,
    Validate,
)
from domain.immersion.refusals import (
    OnlyTheAgencyModifies,
    OnlyTheBirthDate,
    RenewalIsNotModified,
    RenewalTooEarly,
    ScheduledOutside,
    TwoPeople,
)
from domain.immersion.state import Immersion
from domain.immersion.terms import ConventionTerms, terms_of
from domain.journey import Refusal
from domain.references import Named
from domain.vocabulary import OrganisationId, RootKind

#: What Immersion facilitée accepts, and our rules do not: it has happened there.
MAY_BREAK: Final[frozenset[type[Refusal]]] = frozenset(
    {
        OnlyTheAgencyModifies,
        OnlyTheBirthDate,
        RenewalIsNotModified,
        RenewalTooEarly,
        ScheduledOutside,
        TwoPeople,
    }
)
#: Where it does not say why.
NO_REASON: Final = "Sans motif dans Immersion facilitée"
CANNOT_FOLLOW: Final = "cannot_follow"
_REVIEWABLE: Final = SIGNABLE | {Stage.IN_REVIEW}
_APPROVED: Final = frozenset({Stage.ELIGIBLE, Stage.VALIDATED, Stage.CANCELLED})
_VALIDATED: Final = frozenset({Stage.VALIDATED, Stage.CANCELLED})
#: More steps than lead anywhere: whoever goes on beyond goes round in circles.
_MOST_STEPS: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What somebody of an agency is called in a convention."""

    last_name: str | None = field(default=None, repr=False)
    first_name: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConventionTold:
    """A convention as it is there."""

    key: str
    agency: str
    stage: Stage
    #: In the form in which they are kept.
    terms: ConventionTerms = field(repr=False)
    submitted_at: datetime
    approved_at: datetime | None
    validated_at: datetime | None
    updated_at: datetime
    signed: Mapping[Person, datetime]
    counsellor: Name = Name()
    validator: Name = Name()
    referent: Name = Name()
    justification: str | None = field(default=None, repr=False)
    renewed_from: str | None = None
    renewal_justification: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command, when it was, and the organisation for which it was done; None for whom the service is a witness of."""

    command: Any
    at: datetime
    acting: OrganisationId | None = None


def last_word_counts(_: ConventionTold) -> bool:
    """Not here: a convention that was cancelled no longer says when it was validated (immersion §2.4)."""
    return False


def next_step(told: ConventionTold, case: Immersion, agency: OrganisationId) -> Step | None:
    """What happens next to a convention that stands here as `case`; None if it stands where it stands there.

    Raises `Missing` where no step leads there: something in between was not told.
    """
    if case.stage in PENDING:
        return _agreed(told, case) or _moved(told, case, agency) or _signed(told, case) or _decided(told, case)
    if case.stage is Stage.VALIDATED and told.stage in _VALIDATED:
        cancel = Cancel(justification=told.justification or NO_REASON)
        cancelled = Step(command=cancel, at=told.updated_at, acting=case.agency)
        return _corrected(told, case) or (cancelled if told.stage is Stage.CANCELLED else None)
    if case.stage is not told.stage:
        raise Missing(CANNOT_FOLLOW, "")
    return _corrected(told, case)


def _agreed(told: ConventionTold, case: Immersion) -> Step | None:
    """Other terms, or signatures that count no longer: somebody has modified it, and whoever has signed since did."""
    signed_otherwise = any(told.signed.get(person) != at for person, at in case.signatures.items())
    if told.terms == case.terms and not signed_otherwise:
        return None
    at = min([told.updated_at, *told.signed.values()])
    return Step(command=Modify(**terms_of(told.terms)), at=at, acting=case.agency)


def _moved(told: ConventionTold, case: Immersion, agency: OrganisationId) -> Step | None:
    if case.stage not in _REVIEWABLE:
        return None
    if agency != case.agency:
        transfer = TransferToAgency(to=agency, justification=NO_REASON)
        return Step(command=transfer, at=told.updated_at, acting=case.agency)
    if told.referent != Name(last_name=case.referent_last_name, first_name=case.referent_first_name):
        named = NameReferent(last_name=told.referent.last_name, first_name=told.referent.first_name)
        return Step(command=named, at=told.updated_at, acting=case.agency)
    return None


def _signed(told: ConventionTold, case: Immersion) -> Step | None:
    """The next signature, in the order in which they were given."""
    missing = [(at, person) for person, at in told.signed.items() if person not in case.signatures]
    if case.stage not in SIGNABLE or not missing:
        return None
    at, person = min(missing)
    return Step(command=Sign(person=person), at=at)


def _decided(told: ConventionTold, case: Immersion) -> Step | None:
    """What the agency decided; in the steps in which it validates here, which its own people say there (§7.1)."""
    if told.stage is Stage.REJECTED or told.stage is Stage.DEPRECATED:
        kind = Reject if told.stage is Stage.REJECTED else Deprecate
        undone = kind(justification=told.justification or NO_REASON)
        return Step(command=undone, at=told.updated_at, acting=case.agency)
    if case.stage is Stage.IN_REVIEW and case.two_steps and told.stage in _APPROVED:
        eligible = FindEligible(
            counsellor_last_name=told.counsellor.last_name, counsellor_first_name=told.counsellor.first_name
        )
        at = told.approved_at or told.validated_at or told.updated_at
        return Step(command=eligible, at=at, acting=case.agency)
    if told.stage in _VALIDATED:
        validate = Validate(
            validator_last_name=told.validator.last_name, validator_first_name=told.validator.first_name
        )
        return Step(command=validate, at=told.validated_at or told.updated_at, acting=case.validator)
    return None


def _corrected(told: ConventionTold, case: Immersion) -> Step | None:
    """The tutor and who the beneficiary is: nothing else changes once it is decided (immersion §2.6)."""
    if case.terms is None:
        return None
    tutor = _other(told.terms.tutor, case.terms.tutor, CorrectTutor)
    beneficiary = _other(told.terms.beneficiary, case.terms.beneficiary, CorrectBeneficiary)
    command = CorrectTutor(**tutor) if tutor else CorrectBeneficiary(**beneficiary) if beneficiary else None
    return None if command is None else Step(command=command, at=told.updated_at, acting=case.agency)


def _other(told: Any, known: Any, correction: Any) -> dict[str, Any]:
    names = {each.name for each in fields(correction)} & {each.name for each in fields(told)}
    return {name: getattr(told, name) for name in sorted(names) if getattr(told, name) != getattr(known, name)}


@dataclass(frozen=True, kw_only=True)
class Conventions:
    """Records one message."""

    speaker: Speaker
    message: Message
    words: Words

    def record(self, told: ConventionTold) -> Mapping[str, Noted]:
        """Issue the commands that lead to where the convention stands there.

        Run again after it was interrupted, it goes on where it was. Raises `Missing`, and what the desk raises.
        """
        thing = f"convention/{told.key}"
        word = self.words([thing]).get(thing)
        if word is not None and self.message.order <= word.order:
            return {}
        root, journey = self._found(told) or self._opened(told)
        self._follow(root, journey, told, self.speaker.organisation(told.agency))
        return {thing: Noted()}

    def _follow(self, root: str, journey: str, told: ConventionTold, agency: OrganisationId) -> None:
        for _ in range(_MOST_STEPS):
            case = self.speaker.standing(root).cases[journey]
            step = next_step(told, case, agency)
            if step is None:
                return
            self.speaker.say(root, step.command, journey=journey, acting=step.acting, occurred_at=step.at)
        raise Missing(CANNOT_FOLLOW, "")

    def _found(self, told: ConventionTold) -> tuple[str, str] | None:
        for root in self.speaker.roots(Named.CONVENTION, told.key):
            for journey, case in self.speaker.standing(root).dossier().of(Immersion).items():
                if case.reference == told.key:
                    return root, journey
        return None

    def _opened(self, told: ConventionTold) -> tuple[str, str]:
        if told.renewed_from is not None:
            return self._renewed(told, told.renewed_from)
        agency = self.speaker.organisation(told.agency)
        root = self._dossier(told, agency)
        submit = Submit(**terms_of(told.terms), agency=agency, reference=told.key)
        return root, self.speaker.say(root, submit, occurred_at=_submitted_at(told)).journey

    def _renewed(self, told: ConventionTold, original: str) -> tuple[str, str]:
        for root in self.speaker.roots(Named.CONVENTION, original):
            for journey, case in self.speaker.standing(root).dossier().of(Immersion).items():
                if case.reference == original:
                    renew = Renew(
                        convention=journey,
                        starts_on=told.terms.starts_on,
                        ends_on=told.terms.ends_on,
                        schedule=told.terms.schedule,
                        justification=told.renewal_justification or NO_REASON,
                        reference=told.key,
                    )
                    where: dict[str, Any] = {"acting": case.agency, "occurred_at": _submitted_at(told)}
                    return root, self.speaker.say(root, renew, **where).journey
        raise Missing("unknown_convention", f"convention/{original}")

    def _dossier(self, told: ConventionTold, agency: OrganisationId) -> str:
        """The dossier of the beneficiary: the one that there is, or a new one that the agency follows."""
        beneficiary = told.terms.beneficiary
        root = f"{RootKind.CANDIDATE}/{derived('immersion_facilitee.convention', told.key)}"
        if self.speaker.desk.journal.load(root):
            return root
        register = Register(
            first_name=beneficiary.first_name,
            last_name=beneficiary.last_name,
            email=beneficiary.email,
            phone=beneficiary.phone,
            birth_date=beneficiary.birth_date,
        )
        where: dict[str, Any] = {"opens_root": True, "acting": agency, "occurred_at": _submitted_at(told)}
        try:
            self.speaker.say(root, register, **where)
        except (AlreadyRegistered, SameAsBefore) as known:
            return f"{RootKind.CANDIDATE}/{known.details['candidate_id']}"
        return root


def _submitted_at(told: ConventionTold) -> datetime:
    """The day that the client gave, unless somebody had signed before (immersion §2.2)."""
    return min([told.submitted_at, told.updated_at, *told.signed.values()])
