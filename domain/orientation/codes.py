"""Closed lists of the orientation journey."""

from enum import StrEnum


class Stage(StrEnum):
    """Where an orientation stands (dora §5.3)."""

    NOT_SENT = "not_sent"
    HELD = "held"
    REJECTED_BY_MODERATION = "rejected_by_moderation"
    OPEN = "open"
    ACCEPTED = "accepted"
    STARTED = "started"
    REFUSED = "refused"
    EXPIRED = "expired"


class Origin(StrEnum):
    """The service in which the prescriber filled in the form: a fact of the sending, never derived (dora §5.2)."""

    DORA = "dora"
    LES_EMPLOIS = "les_emplois"
    RDV_INSERTION = "rdv_insertion"
    OTHER = "other"


class ContactPreference(StrEnum):
    """How the beneficiary wishes to be reached (dora §5.1)."""

    PHONE = "phone"
    EMAIL = "email"
    REFERENT = "referent"
    OTHER = "other"


class RefusalReason(StrEnum):
    """Why the receiving structure refuses (dora §5.8)."""

    UNREACHABLE = "unreachable"
    ABSENT = "absent"
    IN_EMPLOYMENT = "in_employment"
    IN_TRAINING = "in_training"
    NOT_ELIGIBLE = "not_eligible"
    NOT_MOBILE = "not_mobile"
    NOT_INTERESTED = "not_interested"
    PERIPHERAL_OBSTACLES = "peripheral_obstacles"
    SESSION_FULL = "session_full"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Addressee(StrEnum):
    """Who a message of the receiving structure reaches (dora §5.9)."""

    BENEFICIARY = "beneficiary"
    PRESCRIBER = "prescriber"
    REFERENT = "referent"
