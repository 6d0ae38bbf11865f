"""The closed lists that diagnoses use."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a diagnosis stands. Whether it counts on a day is told by its days alone (`is_current`)."""

    NOT_MADE = "not_made"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Criterion(StrEnum):
    """Why somebody is far from employment (les-emplois §3.1, §3.2); which list holds which is in `criteria`."""

    RSA = "rsa"
    ASS = "ass"
    AAH = "aah"
    #: Registered with France Travail for 24 months or more.
    DETLD = "detld"
    #: Level of education 3 (CAP, BEP) or below.
    CAP_BEP = "cap_bep"
    #: Fifty years or older.
    SENIOR = "senior"
    #: Under 26.
    JEUNE = "jeune"
    #: Leaving child welfare (aide sociale à l'enfance).
    ASE = "ase"
    #: Registered with France Travail for 12 to 23 months.
    DELD = "deld"
    #: Recognised as a disabled worker (RQTH).
    TH = "th"
    #: Single parent (parent isolé).
    PI = "pi"
    #: Without housing, or hosted.
    PSH_PR = "psh_pr"
    #: Refugee, under protection; for the IAE asylum seekers too.
    REF_DA = "ref_da"
    ZRR = "zrr"
    QPV = "qpv"
    #: Leaving detention, or under justice control.
    DETENTION_MJ = "detention_mj"
    #: French below level A1.
    FLE = "fle"
    #: A problem of mobility.
    PM = "pm"
    # For a GEIQ only.
    #: Under 26, of level 4 at most.
    JEUNE_SQ = "jeune_sq"
    #: Any minimum social benefit.
    MINIMA = "minima"
    SANS_TRAVAIL_12 = "sans_travail_12"
    #: A job seeker of 45 or more.
    DE_45 = "de_45"
    RECONVERSION = "reconversion"
    #: In or leaving an insertion scheme.
    SIAE_CUI = "siae_cui"
    #: Asylum seeker.
    RS_PS_DA = "rs_ps_da"
    AUTRE_MINIMA = "autre_minima"
    #: Registered with France Travail.
    FT = "ft"
    DELD_12 = "deld_12"


class Answer(StrEnum):
    """What came of asking a certifying service about a criterion (les-emplois §2.4)."""

    BENEFICIARY = "beneficiary"
    #: The person was found, and does not benefit.
    NOT_BENEFICIARY = "not_beneficiary"
    #: The service does not know this person.
    NOT_FOUND = "not_found"
    #: The service is busy with the same question.
    BUSY = "busy"
    #: Too many questions: the service says when to ask again.
    RATE_LIMITED = "rate_limited"
    #: What the service got from its own source makes no sense.
    NO_ANSWER = "no_answer"
    #: Anything else: silence, nonsense, a failure.
    FAILED = "failed"
    #: Nothing was asked: too little is known of the person.
    INCOMPLETE = "incomplete"


class Finding(StrEnum):
    """What is known of a criterion."""

    UNKNOWN = "unknown"
    CERTIFIED = "certified"
    NOT_BENEFICIARY = "not_beneficiary"
