"""What messages about a convention say, and when they say nothing any more (immersion §2.5 to §2.8, §4.5)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from application.directory import Directory
from application.notifications.contents.matter import Facts, Matter, Needless
from application.notifications.notice import Channel, Told
from application.notifications.templates import Template
from domain.calendar import paris_start
from domain.immersion.codes import PENDING, SIGNABLE, Person, Stage
from domain.immersion.state import Immersion, signature_needed
from domain.immersion.terms import FIELD_OF, contact

#: What each channel needs of somebody.
_NEEDS: Final = {Channel.EMAIL: "email", Channel.SMS: "phone"}


def where(person: Person, channel: Channel = Channel.EMAIL) -> str:
    """Where the address of somebody who takes part stands in the convention: `terms.tutor.email`."""
    return f"terms.{FIELD_OF[person]}.{_NEEDS[channel]}"


def who(told: Told) -> Person | None:
    """Who of the convention is told; None for an agency."""
    return next((each for each in Person for way in _NEEDS if where(each, way) == told.named), None)


def immersion(matter: Matter, _: Directory, now: datetime) -> Facts:
    """The establishment and the days. Raises `Needless`."""
    case: Immersion = matter.case
    terms, told = case.terms, matter.notice.told
    still = AWAITED.get(told.template)
    if terms is None or (still is not None and not still(case, now, who(told))):
        raise Needless("overtaken")
    if told.template in ONCE and who(told) is Person.TUTOR and _tutor_is_told_as_representative(case):
        raise Needless("told_otherwise")
    return {
        "kind": terms.kind,
        "establishment": terms.business_name,
        "from": terms.starts_on,
        "to": terms.ends_on,
    }


def _tutor_is_told_as_representative(case: Immersion) -> bool:
    """Whether both have the same address: one of the letters is enough (immersion §2.7)."""
    tutor, representative = (
        case.terms and contact(case.terms, each) for each in (Person.TUTOR, Person.ESTABLISHMENT_REPRESENTATIVE)
    )
    return bool(tutor and representative and tutor.email == representative.email)


Awaited = Callable[[Immersion, datetime, Person | None], bool]


def _unsigned(case: Immersion, _: datetime, person: Person | None) -> bool:
    return case.stage in SIGNABLE and person not in case.signatures


def _signature_reminded(case: Immersion, now: datetime, _: Person | None) -> bool:
    """Whoever has signed is reminded as well, because the others have not, but not once it would have begun."""
    ahead = case.terms is not None and now < paris_start(case.terms.starts_on)
    return case.stage in SIGNABLE and ahead


def _at(*stages: Stage) -> Awaited:
    return lambda case, _now, _person: case.stage in stages


def _unassessed(case: Immersion, _: datetime, __: Person | None) -> bool:
    return case.stage is Stage.VALIDATED and case.assessment is None


def _assessment_unsigned(case: Immersion, _: datetime, __: Person | None) -> bool:
    made = case.assessment
    return made is not None and signature_needed(made) and made.signed_at is None


def _assessed(case: Immersion, _: datetime, __: Person | None) -> bool:
    return case.assessment is not None


#: What must still be so for a message to be true, or of any use; all others are told in any case.
AWAITED: Final[Mapping[Template, Awaited]] = {
    Template.IMMERSION_NEW_FOR_AGENCY: _at(*PENDING),
    Template.IMMERSION_TO_SIGN: _unsigned,
    Template.IMMERSION_TO_SIGN_ANEW: _unsigned,
    Template.IMMERSION_SIGNATURE_REMINDED: _signature_reminded,
    Template.IMMERSION_TO_REVIEW_FOR_AGENCY: _at(Stage.IN_REVIEW),
    Template.IMMERSION_REVIEW_REMINDED_FOR_AGENCY: _at(Stage.IN_REVIEW),
    Template.IMMERSION_TO_VALIDATE_FOR_AGENCY: _at(Stage.ELIGIBLE),
    Template.IMMERSION_VALIDATED: _at(Stage.VALIDATED),
    Template.IMMERSION_VALIDATED_FOR_AGENCY: _at(Stage.VALIDATED),
    Template.IMMERSION_TRANSFERRED: _at(*PENDING),
    Template.IMMERSION_TRANSFERRED_FOR_AGENCY: _at(*PENDING),
    Template.ASSESSMENT_TO_MAKE: _unassessed,
    Template.ASSESSMENT_ANNOUNCED: _unassessed,
    Template.ASSESSMENT_REMINDED: _unassessed,
    Template.ASSESSMENT_REMINDED_FOR_AGENCY: _unassessed,
    Template.ASSESSMENT_TO_SIGN: _assessment_unsigned,
    Template.ASSESSMENT_NO_SHOW_FOR_AGENCY: _assessed,
    Template.ASSESSMENT_DELETED_FOR_TUTOR: _unassessed,
}
#: What goes to the representative of the establishment and to the tutor, at their one address if they have the same.
ONCE: Final = frozenset(
    {
        Template.IMMERSION_SIGNATURE_REMINDED,
        Template.IMMERSION_VALIDATED,
        Template.IMMERSION_REJECTED,
        Template.IMMERSION_CANCELLED,
        Template.IMMERSION_DEPRECATED,
        Template.IMMERSION_TRANSFERRED,
        Template.ASSESSMENT_SIGNED_FOR_ESTABLISHMENT,
    }
)
