"""Who does what with a convention and its assessment (immersion §1.3)."""

from dataclasses import replace
from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.immersion.commands import (
    Cancel,
    CorrectBeneficiary,
    CorrectTutor,
    CreateAssessment,
    DeleteAssessment,
    Deprecate,
    DeprecateAutomatically,
    FindEligible,
    Modify,
    NameReferent,
    RecordAssessmentLink,
    RecordAssessmentSignatureLink,
    RecordSignatureLink,
    Reject,
    Remind,
    Renew,
    RequestAssessment,
    Sign,
    SignAssessment,
    Submit,
    TransferToAgency,
    Validate,
)
from domain.vocabulary import Family, Party, Role

_OPERATORS: Final = frozenset(Family) - {Family.INSTITUTION}
_AGENCIES: Final = frozenset({Family.IMMERSION_AGENCY})

_CANDIDATE: Final = Grant(roles=frozenset({Role.CANDIDATE}), reach=Reach.OWN)
#: A service that made sure who somebody is tells what they did; the rules say for whom it may speak.
_WITNESS: Final = Grant(roles=frozenset({Role.WITNESS}), reach=Reach.ANY)
_BY_PEOPLE: Final = (_CANDIDATE, _WITNESS)
#: Members of the agency, and of the agency that it refers to.
_AGENCY: Final = Grant(roles=PROFESSIONALS, reach=Reach.JOURNEY, parties=frozenset({Party.RECEIVER}))
_VALIDATOR: Final = replace(_AGENCY, parties=frozenset({Party.VALIDATOR}))
_EITHER: Final = replace(_AGENCY, parties=frozenset({Party.RECEIVER, Party.VALIDATOR}))
_DECIDING: Final = (_EITHER, *BY_STAFF)

PERMISSIONS: Final[Permissions] = {
    # Submitting must not be a way into somebody's dossier.
    Submit: (*_BY_PEOPLE, Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=_OPERATORS)),
    # The rules say which convention an agency may renew.
    Renew: (Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=_AGENCIES), *BY_STAFF),
    Sign: _BY_PEOPLE,
    Modify: (*_BY_PEOPLE, *_DECIDING),
    # Staff decides nothing in the place of an agency, but for what keeps an immersion from taking place.
    FindEligible: (replace(_AGENCY, authorised=True),),
    Validate: (replace(_VALIDATOR, authorised=True),),
    Reject: _DECIDING,
    Deprecate: _DECIDING,
    Cancel: _DECIDING,
    DeprecateAutomatically: BY_SYSTEM,
    TransferToAgency: (_AGENCY, *BY_STAFF),
    NameReferent: (_AGENCY, *BY_STAFF),
    CorrectTutor: (_WITNESS, *_DECIDING),
    CorrectBeneficiary: _DECIDING,
    RecordSignatureLink: (*_BY_PEOPLE, *_DECIDING),
    RecordAssessmentLink: (*_BY_PEOPLE, *_DECIDING),
    RecordAssessmentSignatureLink: (_WITNESS, *_DECIDING),
    CreateAssessment: (_WITNESS, _EITHER),
    SignAssessment: _BY_PEOPLE,
    DeleteAssessment: BY_STAFF,
    Remind: BY_SYSTEM,
    RequestAssessment: BY_SYSTEM,
}
