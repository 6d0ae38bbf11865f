"""Who may speak for whom: people without an account act through a witness, the candidate for nobody else."""

from collections.abc import Mapping
from typing import Any, Final

from domain.immersion.codes import Person
from domain.immersion.commands import (
    CorrectTutor,
    CreateAssessment,
    Modify,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
    Sign,
    SignAssessment,
)
from domain.immersion.refusals import NotForThisPerson, NotInTheConvention, SayForWhom, SpeaksForAnother
from domain.immersion.state import Immersion
from domain.immersion.terms import MAY_SIGN, contact, tutor_represents
from domain.journey import Context
from domain.vocabulary import Role

_REPRESENTATIVE: Final = frozenset({Person.ESTABLISHMENT_REPRESENTATIVE})
_ESTABLISHMENT: Final = _REPRESENTATIVE | {Person.TUTOR}

#: What each person may do (immersion §1.3), beside what agencies and staff do.
SPEAKS: Final[Mapping[type[Any], frozenset[Person]]] = {
    Sign: MAY_SIGN,
    Modify: MAY_SIGN,
    RecordSignatureLink: MAY_SIGN,
    RecordAssessmentLink: MAY_SIGN,
    CorrectTutor: _REPRESENTATIVE,
    #: The representative only as the tutor (`speaker`).
    CreateAssessment: _ESTABLISHMENT,
    RecordAssessmentSignatureLink: _ESTABLISHMENT,
    SignAssessment: frozenset({Person.BENEFICIARY}),
}
#: Who is asked for whom they speak.
_PEOPLE: Final = frozenset({Role.CANDIDATE, Role.WITNESS})


def speaker(command: Any, case: Immersion, context: Context) -> Person | None:
    """Who speaks, of the people of the convention; None for an agency, staff or Parcours."""
    said: Person | None = command.person
    if context.actor.role not in _PEOPLE:
        if said is not None:
            context.insist(SpeaksForAnother())
        return said
    if context.actor.role is Role.CANDIDATE:
        said = said or Person.BENEFICIARY
        if said is not Person.BENEFICIARY:
            raise SpeaksForAnother
    if said is None:
        raise SayForWhom
    _check_say(command, said, case)
    return said


def _check_say(command: Any, person: Person, case: Immersion) -> None:
    if person not in SPEAKS[type(command)]:
        raise NotForThisPerson(person=person)
    if case.terms is None or contact(case.terms, person) is None:
        raise NotInTheConvention(person=person)
    as_tutor = isinstance(command, CreateAssessment) and person is Person.ESTABLISHMENT_REPRESENTATIVE
    if as_tutor and not tutor_represents(case.terms):
        raise NotForThisPerson(person=person)
