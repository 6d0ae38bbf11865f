"""The facts that count, whichever journey tells them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a milestone says happened. A code is never given another meaning: it is in published figures."""

    REGISTERED = "registered"
    PATH_REOPENED = "path_reopened"
    ORIENTED = "oriented"
    APPLICATION_SUBMITTED = "application_submitted"
    APPLICATION_REFUSED = "application_refused"
    APPLICATION_OBSOLETE = "application_obsolete"
    ORIENTATION_ACCEPTED = "orientation_accepted"
    ORIENTATION_REFUSED = "orientation_refused"
    ORIENTATION_EXPIRED = "orientation_expired"
    INVITED = "invited"
    APPOINTMENT_SEEN = "appointment_seen"
    APPOINTMENT_MISSED = "appointment_missed"
    ACCOMPANIMENT_STARTED = "accompaniment_started"
    # Solutions, and what ends one.
    HIRE_ACCEPTED = "hire_accepted"
    SERVICE_STARTED = "service_started"
    EMPLOYMENT_DECLARED = "employment_declared"
    CONTRACT_STARTED = "contract_started"
    IMMERSION_STARTED = "immersion_started"
    TRAINING_STARTED = "training_started"
    CONTRACT_ENDED = "contract_ended"
    EMPLOYMENT_ENDED = "employment_ended"
    # What ends a path.
    DECEASED = "deceased"
    MOVED_AWAY = "moved_away"
    CLOSED_ADMINISTRATIVELY = "closed_administratively"
    OPPOSED = "opposed"
    #: This root is a duplicate: the person is known by another one.
    MERGED = "merged"
