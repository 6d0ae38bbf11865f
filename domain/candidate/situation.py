"""The social situation: what eligibility is judged on (les-emplois §2.2). None means that nobody asked."""

from enum import StrEnum

from domain.journey import message


class EducationLevel(StrEnum):
    """The level of education, in the official codes."""

    NON_CERTIFYING = "00"
    NEVER_SCHOOLED = "01"
    POSTGRADUATE = "10"
    BACHELOR = "20"
    BTS_OR_DUT = "30"
    BACCALAUREAT = "40"
    TECHNICAL_BACCALAUREAT = "41"
    CAP_OR_BEP_LEVEL = "50"
    CAP_OR_BEP = "51"
    ONE_YEAR_TRAINING = "60"
    COMPULSORY_SCHOOLING = "70"


class Since(StrEnum):
    """For how long, in the official codes."""

    LESS_THAN_6_MONTHS = "01"
    FROM_6_TO_11_MONTHS = "02"
    FROM_12_TO_23_MONTHS = "03"
    MONTHS_24_OR_MORE = "04"


class Rsa(StrEnum):
    """Whether the person receives the RSA."""

    NO = "no"
    MAJORE = "majore"
    NON_MAJORE = "non_majore"


class Zrr(StrEnum):
    """Whether the commune is in a rural area to be revitalised."""

    CLASSIFIED = "c"
    NOT_CLASSIFIED = "nc"
    PARTIALLY_CLASSIFIED = "pc"


class EitiContribution(StrEnum):
    """The contribution rate of a self-employed person in an EITI, in the official codes."""

    RESALE = "01"
    COMMERCIAL_SERVICES = "02"
    OTHER_SERVICES = "03"
    REGULATED_PROFESSION = "04"
    TOURIST_LETTING = "05"
    UNDETERMINED = "06"


@message
class SocialSituation:
    """Answers given together on one day; the next ones replace them all."""

    education_level: EducationLevel | None = None
    france_travail_since: Since | None = None
    unemployed_since: Since | None = None
    rsa: Rsa | None = None
    #: Known if and only if the person receives the RSA.
    rsa_since: Since | None = None
    ass_since: Since | None = None
    aah_since: Since | None = None
    resourceless: bool | None = None
    rqth: bool | None = None
    oeth: bool | None = None
    ase_leaver: bool | None = None
    isolated_parent: bool | None = None
    housing_issue: bool | None = None
    refugee: bool | None = None
    detention_leaver: bool | None = None
    low_level_in_french: bool | None = None
    mobility_issue: bool | None = None
    #: Of the address, where it has been located.
    qpv: bool | None = None
    zrr: Zrr | None = None
    #: The rest is asked by EITI only.
    are_since: Since | None = None
    activity_bonus_since: Since | None = None
    cape: bool | None = None
    cesa: bool | None = None
    eiti_contribution: EitiContribution | None = None
