"""The closed lists of the immersion journey."""

from enum import StrEnum
from typing import Final


class Stage(StrEnum):
    """Where a convention stands (immersion §2.3)."""

    NOT_SUBMITTED = "not_submitted"
    READY_TO_SIGN = "ready_to_sign"
    PARTIALLY_SIGNED = "partially_signed"
    IN_REVIEW = "in_review"
    ELIGIBLE = "eligible"
    VALIDATED = "validated"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    DEPRECATED = "deprecated"


#: Nobody has validated it yet, and it may still be modified.
PENDING: Final = frozenset({Stage.READY_TO_SIGN, Stage.PARTIALLY_SIGNED, Stage.IN_REVIEW, Stage.ELIGIBLE})
#: Signatures are still awaited.
SIGNABLE: Final = frozenset({Stage.READY_TO_SIGN, Stage.PARTIALLY_SIGNED})
#: It will not take place.
NEGATIVE: Final = frozenset({Stage.REJECTED, Stage.CANCELLED, Stage.DEPRECATED})


class ConventionKind(StrEnum):
    """What the person does in the establishment (immersion §2.1)."""

    #: A period of immersion of a jobseeker (PMSMP).
    IMMERSION = "immersion"
    #: A few days of a pupil or a student, through a chamber.
    MINI_STAGE = "mini_stage"


class Person(StrEnum):
    """Who takes part without being a member of any organisation here (immersion §1.1)."""

    BENEFICIARY = "beneficiary"
    LEGAL_REPRESENTATIVE = "beneficiary_representative"
    CURRENT_EMPLOYER = "beneficiary_current_employer"
    ESTABLISHMENT_REPRESENTATIVE = "establishment_representative"
    TUTOR = "establishment_tutor"


class Objective(StrEnum):
    """What the immersion is for (immersion §2.10)."""

    CONFIRM_PROJECT = "confirm_project"
    RECRUITMENT = "recruitment"
    DISCOVER = "discover"


class RemoteWork(StrEnum):
    """Where the work is done."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    FULL_REMOTE = "full_remote"


class SchoolLevel(StrEnum):
    """The level of education of somebody who does a mini-stage (immersion §2.2)."""

    QUATRIEME = "quatrieme"
    TROISIEME = "troisieme"
    SECONDE = "seconde"
    PREMIERE = "premiere"
    TERMINALE = "terminale"
    HIGHER_1 = "higher_1"
    HIGHER_2 = "higher_2"
    HIGHER_3 = "higher_3"
    HIGHER_4 = "higher_4"
    HIGHER_5 = "higher_5"
    HIGHER_6 = "higher_6"
    HIGHER_7 = "higher_7"
    HIGHER_8 = "higher_8"


class Channel(StrEnum):
    """How a link was sent."""

    EMAIL = "email"
    SMS = "sms"


class Reminder(StrEnum):
    """What people are reminded of by time, once each."""

    #: Two business days before the start, of whoever has not signed.
    SIGNATURE = "signature"
    #: Three and one business days before the start, of the agency that has not answered.
    FIRST_REVIEW = "first_review"
    LAST_REVIEW = "last_review"
    #: Three and ten days after the tutor was asked for the assessment.
    FIRST_ASSESSMENT = "first_assessment"
    LAST_ASSESSMENT = "last_assessment"


class Attendance(StrEnum):
    """What the assessment says of the presence of the person (immersion §4.1)."""

    COMPLETED = "completed"
    PARTIALLY_COMPLETED = "partially_completed"
    DID_NOT_SHOW = "did_not_show"
    # Historic: found in imports, no longer given.
    FINISHED = "finished"
    ABANDONED = "abandoned"


HISTORIC: Final = frozenset({Attendance.FINISHED, Attendance.ABANDONED})


class ContractKind(StrEnum):
    """The contract that an immersion ended with."""

    CDI = "cdi"
    CDD_6_MONTHS_OR_MORE = "cdd_6_months_or_more"
    CDD_LESS_THAN_6_MONTHS = "cdd_less_than_6_months"
    ALTERNANCE = "alternance"
    CONTRAT_AIDE = "contrat_aide"
    CONTRAT_INSERTION = "contrat_insertion"
    OTHER = "other"
