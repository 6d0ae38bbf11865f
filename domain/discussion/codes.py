"""The closed lists of the discussion journey."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a discussion stands (immersion §5.1)."""

    NOT_OPENED = "not_opened"
    PENDING = "pending"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class Audience(StrEnum):
    """For whom the establishment was looked for (immersion §5.1)."""

    #: Jobseekers and the general public.
    IMMERSION = "immersion"
    #: Pupils of 3ème and 2nde (1 élève, 1 stage).
    PUPIL = "pupil"


class PupilLevel(StrEnum):
    """Which pupils look for an internship of observation."""

    TROISIEME = "troisieme"
    SECONDE = "seconde"


class Aim(StrEnum):
    """What the person wants from the immersion (immersion §2.10)."""

    CONFIRM_PROJECT = "confirm_project"
    RECRUITMENT = "recruitment"
    DISCOVER = "discover"


class ContactMode(StrEnum):
    """How the establishment wishes to be reached; as it was on that day (immersion §6.3)."""

    EMAIL = "email"
    PHONE = "phone"
    IN_PERSON = "in_person"


class Side(StrEnum):
    """Who writes."""

    BENEFICIARY = "beneficiary"
    ESTABLISHMENT = "establishment"


class RejectionKind(StrEnum):
    """Why the establishment says no (immersion §5.1)."""

    UNABLE_TO_HELP = "unable_to_help"
    NO_TIME = "no_time"
    OTHER = "other"
    CANDIDATE_ALREADY_WARNED = "candidate_already_warned"
    #: Given by time alone.
    DEPRECATED = "deprecated"


class WarnedBy(StrEnum):
    """How the establishment told the person."""

    PHONE = "phone"
    EMAIL = "email"
    IN_PERSON = "in_person"
    OTHER = "other"


class Reminder(StrEnum):
    """What time reminds of, once each (immersion §5.5)."""

    #: Three and seven days after the opening, of the establishment that has not answered an e-mail.
    ESTABLISHMENT_3_DAYS = "establishment_3_days"
    ESTABLISHMENT_7_DAYS = "establishment_7_days"
    #: Fifteen days after the opening, of the person who got no answer.
    BENEFICIARY_15_DAYS = "beneficiary_15_days"
