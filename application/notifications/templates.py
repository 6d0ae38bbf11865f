"""What can be told, one stable code each; labels and texts live at the doors (les-emplois §9.2)."""

from enum import StrEnum
from typing import Final


class Template(StrEnum):
    """A code is never given another meaning: clients and preferences hold it."""

    APPLICATION_NEW_FOR_EMPLOYER = "job-application-new-for-employer"
    APPLICATION_NEW_FOR_CANDIDATE = "job-application-new-for-candidate"
    APPLICATION_NEW_FOR_PROXY = "job-application-new-for-proxy"
    APPLICATION_POOLED_FOR_CANDIDATE = "job-application-added-to-pool-for-candidate"
    APPLICATION_POOLED_FOR_PROXY = "job-application-added-to-pool-for-proxy"
    APPLICATION_POSTPONED_FOR_CANDIDATE = "job-application-postponed-for-candidate"
    APPLICATION_POSTPONED_FOR_PROXY = "job-application-postponed-for-proxy"
    APPLICATION_ACCEPTED_FOR_CANDIDATE = "job-application-accepted-for-candidate"
    APPLICATION_ACCEPTED_FOR_PROXY = "job-application-accepted-for-proxy"
    APPLICATION_REFUSED_FOR_CANDIDATE = "job-application-refused-for-candidate"
    APPLICATION_REFUSED_FOR_PROXY = "job-application-refused-for-proxy"
    APPLICATION_TRANSFERRED_FOR_EMPLOYER = "job-application-transferred-for-former-employer"
    APPLICATION_TRANSFERRED_FOR_CANDIDATE = "job-application-transferred-for-candidate"
    APPLICATION_TRANSFERRED_FOR_PROXY = "job-application-transferred-for-proxy"
    APPLICATION_CANCELLED_FOR_CANCELLER = "job-application-cancelled-for-canceller"
    APPLICATION_CANCELLED_FOR_PROXY = "job-application-cancelled-for-proxy"
    RIGHT_DELIVERED = "pass-accepted"
    DELIVERY_REQUESTED = "manual-pass-requested"
    DELIVERY_REFUSED = "manual-pass-refused"
    PROLONGATION_REQUESTED = "prolongation-request-created"
    PROLONGATION_REMINDED = "prolongation-request-reminder"
    PROLONGATION_GRANTED_FOR_EMPLOYER = "prolongation-request-granted-for-employer"
    PROLONGATION_GRANTED_FOR_CANDIDATE = "prolongation-request-granted-for-candidate"
    PROLONGATION_DENIED_FOR_EMPLOYER = "prolongation-request-denied-for-employer"
    PROLONGATION_DENIED_FOR_CANDIDATE = "prolongation-request-denied-for-candidate"
    SPONTANEOUS_APPLICATIONS_CLOSED = "spontaneous-applications-closed"
    CANDIDATE_REGISTERED_BY_PROXY = "candidate-registered-by-proxy"
    CANDIDATE_IDENTITY_EDITED = "candidate-identity-edited"
    CANDIDATE_CONTACT_EDITED = "candidate-contact-edited"
    ORGANISATION_TO_VALIDATE = "organisation-to-validate"
    ORGANISATION_AUTHORISED = "organisation-authorised"
    ORGANISATION_NOT_AUTHORISED = "organisation-not-authorised"
    MEMBERSHIP_ENDED = "membership-ended"
    MEMBERSHIP_CHANGED = "membership-changed"


#: What a person may do without (les-emplois §9.2); everything else always goes.
DISABLEABLE: Final = frozenset(
    {
        Template.APPLICATION_NEW_FOR_EMPLOYER,
        Template.APPLICATION_NEW_FOR_CANDIDATE,
        Template.APPLICATION_NEW_FOR_PROXY,
        Template.APPLICATION_POOLED_FOR_CANDIDATE,
        Template.APPLICATION_POOLED_FOR_PROXY,
        Template.APPLICATION_POSTPONED_FOR_CANDIDATE,
        Template.APPLICATION_POSTPONED_FOR_PROXY,
        Template.APPLICATION_ACCEPTED_FOR_CANDIDATE,
        Template.APPLICATION_ACCEPTED_FOR_PROXY,
        Template.APPLICATION_REFUSED_FOR_CANDIDATE,
        Template.APPLICATION_REFUSED_FOR_PROXY,
        Template.APPLICATION_TRANSFERRED_FOR_EMPLOYER,
        Template.APPLICATION_TRANSFERRED_FOR_CANDIDATE,
        Template.APPLICATION_TRANSFERRED_FOR_PROXY,
        Template.APPLICATION_CANCELLED_FOR_CANCELLER,
        Template.APPLICATION_CANCELLED_FOR_PROXY,
        Template.RIGHT_DELIVERED,
        Template.PROLONGATION_GRANTED_FOR_EMPLOYER,
        Template.PROLONGATION_GRANTED_FOR_CANDIDATE,
        Template.PROLONGATION_DENIED_FOR_EMPLOYER,
        Template.PROLONGATION_DENIED_FOR_CANDIDATE,
        Template.SPONTANEOUS_APPLICATIONS_CLOSED,
    }
)
