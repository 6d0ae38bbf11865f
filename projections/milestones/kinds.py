"""The facts that count, whichever journey tells them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a milestone says happened. A code is never given another meaning: it is in published figures."""

    REGISTERED = "registered"
    PATH_REOPENED = "path_reopened"
    ORIENTED = "oriented"
    APPLICATION_SUBMITTED = "application_submitted"
    APPLICATION_OPENED = "application_opened"
    APPLICATION_REFUSED = "application_refused"
    APPLICATION_OBSOLETE = "application_obsolete"
    ORIENTATION_ACCEPTED = "orientation_accepted"
    ORIENTATION_REFUSED = "orientation_refused"
    ORIENTATION_EXPIRED = "orientation_expired"
    DIAGNOSED = "diagnosed"
    DIAGNOSIS_EXPIRED = "diagnosis_expired"
    # What becomes of a PASS IAE.
    RIGHT_ISSUED = "pass_iae_issued"
    RIGHT_SUSPENDED = "pass_iae_suspended"
    RIGHT_SUSPENSION_ENDED = "pass_iae_suspension_ended"
    RIGHT_PROLONGED = "pass_iae_prolonged"
    RIGHT_PROLONGATION_DENIED = "pass_iae_prolongation_denied"
    RIGHT_ENDED = "pass_iae_ended"
    #: The first day after the last one that is known so far: told in advance, and anew whenever the last day moves.
    RIGHT_OVER = "pass_iae_over"
    # Appointments of people with the RSA.
    FOLLOW_UP_OPENED = "follow_up_opened"
    INVITED = "invited"
    APPOINTMENT_BOOKED = "appointment_booked"
    APPOINTMENT_SEEN = "appointment_seen"
    APPOINTMENT_MISSED = "appointment_missed"
    APPOINTMENT_EXCUSED = "appointment_excused"
    #: Its day is over, or it is still to come, and nobody has said what became of it.
    APPOINTMENT_UNTOLD = "appointment_untold"
    ACCOMPANIMENT_STARTED = "accompaniment_started"
    # What is agreed on before an immersion, and said of it afterwards.
    IMMERSION_AGREED = "immersion_agreed"
    IMMERSION_ASSESSED = "immersion_assessed"
    # Solutions, and what ends one.
    HIRE_ACCEPTED = "hire_accepted"
    SERVICE_STARTED = "service_started"
    EMPLOYMENT_DECLARED = "employment_declared"
    CONTRACT_STARTED = "contract_started"
    IMMERSION_STARTED = "immersion_started"
    TRAINING_STARTED = "training_started"
    CONTRACT_ENDED = "contract_ended"
    IMMERSION_ENDED = "immersion_ended"
    EMPLOYMENT_ENDED = "employment_ended"
    # What ends a path.
    DECEASED = "deceased"
    MOVED_AWAY = "moved_away"
    CLOSED_ADMINISTRATIVELY = "closed_administratively"
    OPPOSED = "opposed"
    #: This root is a duplicate: the person is known by another one.
    MERGED = "merged"
