"""Which conventions may be agreed on: the terms as a whole (immersion §2.2, §3)."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from domain.immersion.codes import Person
from domain.immersion.hours import HOUR_RULES
from domain.immersion.limits import LIMIT_RULES
from domain.immersion.proposal import Proposal, Rule
from domain.immersion.refusals import (
    PostcodeMissing,
    SameEmail,
    SamePhone,
    SchoolingIncoherent,
)
from domain.immersion.terms import ConventionTerms, contact, signatories
from domain.immersion.wording import birth_date_refused, texts_refused
from domain.journey import Context, Refusal

PHONES_APART_AFTER: Final = date(2025, 4, 30)
MINI_STAGE_ADDRESS_FROM: Final = date(2024, 10, 2)
_POSTCODE: Final = re.compile(r"\b[0-9]{5}\b")
#: Whose address the tutor does not share; the representative may be the tutor.
_BENEFICIARY_SIDE: Final = (Person.BENEFICIARY, Person.LEGAL_REPRESENTATIVE, Person.CURRENT_EMPLOYER)


def texts_are_written(proposal: Proposal) -> Refusal | None:
    """Required texts are there, none is too long, and addresses and numbers are some."""
    return texts_refused(proposal.terms)


def the_person_is_born(proposal: Proposal) -> Refusal | None:
    """The date of birth is one."""
    return birth_date_refused(proposal.terms)


def the_place_has_a_postcode(proposal: Proposal) -> Refusal | None:
    """The address of the immersion holds a postcode."""
    return None if _POSTCODE.search(proposal.terms.address) else PostcodeMissing()


def a_pupil_goes_to_school(proposal: Proposal) -> Refusal | None:
    """A mini-stage says where the person learns and, since 2 October 2024, lives; an immersion does not."""
    schooling = proposal.terms.beneficiary.schooling
    if not proposal.mini_stage:
        return None if schooling is None else SchoolingIncoherent()
    address_asked = proposal.submitted_on >= MINI_STAGE_ADDRESS_FROM
    return SchoolingIncoherent() if schooling is None or (address_asked and schooling.address is None) else None


def everybody_has_an_address(proposal: Proposal) -> Refusal | None:
    """Signatories have e-mail addresses of their own."""
    addresses = [each.email for each in signatories(proposal.terms).values()]
    return SameEmail() if proposal.schedule_checked and _repeated(addresses) else None


def everybody_has_a_telephone(proposal: Proposal) -> Refusal | None:
    """Signatories have numbers of their own, since 30 April 2025."""
    numbers = [each.phone for each in signatories(proposal.terms).values()]
    return SamePhone() if proposal.submitted_on > PHONES_APART_AFTER and _repeated(numbers) else None


def the_tutor_is_on_the_other_side(proposal: Proposal) -> Refusal | None:
    """The tutor is neither the beneficiary nor who signs for them; the representative may be the tutor."""
    known = [contact(proposal.terms, person) for person in _BENEFICIARY_SIDE]
    return SameEmail() if proposal.terms.tutor.email in [each.email for each in known if each] else None


def _repeated(texts: Sequence[str]) -> bool:
    return len(set(texts)) < len(texts)


AGREEMENT_RULES: Final[tuple[Rule, ...]] = (
    texts_are_written,
    the_person_is_born,
    *LIMIT_RULES,
    *HOUR_RULES,
    the_place_has_a_postcode,
    a_pupil_goes_to_school,
    everybody_has_an_address,
    everybody_has_a_telephone,
    the_tutor_is_on_the_other_side,
)


def check_terms(terms: ConventionTerms, submitted_on: date, context: Context) -> None:
    """Refuse terms that break a rule of the day on which the convention was submitted."""
    proposal = Proposal(terms=terms, submitted_on=submitted_on)
    for rule in AGREEMENT_RULES:
        context.insist(rule(proposal))
