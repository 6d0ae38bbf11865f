"""Closed lists about a person. What they say is coarse enough to outlive the person's erasure."""

from enum import StrEnum


class Stage(StrEnum):
    """Where the dossier as a whole stands."""

    NOT_REGISTERED = "not_registered"
    OPEN = "open"
    CLOSED = "closed"
    #: A duplicate: everything goes on in the dossier that absorbed it.
    MERGED = "merged"


class Title(StrEnum):
    """The civil title, with the official French words."""

    MONSIEUR = "monsieur"
    MADAME = "madame"


class HouseholdRole(StrEnum):
    """The person's place in the household's claim for benefits (rdv-insertion §2.1)."""

    DEMANDEUR = "demandeur"
    CONJOINT = "conjoint"


class Origin(StrEnum):
    """How the dossier came to be (rdv-insertion §2.1, `created_through`)."""

    FORM = "form"
    LIST_UPLOAD = "list_upload"
    API = "api"
    #: Announced by the appointment service, which may know no identifier.
    RDV_SOLIDARITES = "rdv_solidarites"
    SELF = "self"


class ContactField(StrEnum):
    """A way to reach the person, that can be removed."""

    EMAIL = "email"
    PHONE = "phone"
    ADDRESS = "address"


class NumberField(StrEnum):
    """A number that can be removed; a NIR is corrected instead."""

    FRANCE_TRAVAIL_ID = "france_travail_id"
    CAF_NUMBER = "caf_number"
    DEPARTMENT_INTERNAL_ID = "department_internal_id"


class EmploymentKind(StrEnum):
    """What kind of job was found outside the platform."""

    PERMANENT = "permanent"
    #: Six months or more.
    FIXED_TERM_LONG = "fixed_term_long"
    FIXED_TERM_SHORT = "fixed_term_short"
    TEMPORARY_WORK = "temporary_work"
    APPRENTICESHIP = "apprenticeship"
    SELF_EMPLOYED = "self_employed"
    UNKNOWN = "unknown"


class ClosingReason(StrEnum):
    """Why a path ends without being a success or a failure: excluded from indicators (impact §2.5)."""

    DECEASED = "deceased"
    MOVED_AWAY = "moved_away"
    ADMINISTRATIVE = "administrative"
    OPPOSITION_TO_PROCESSING = "opposition_to_processing"
