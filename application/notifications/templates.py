"""What can be told, one stable code each; labels and texts live at the doors."""

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
    RSA_INVITED = "rsa-appointment-invitation"
    RSA_INVITATION_REMINDED = "rsa-appointment-invitation-reminder"
    RSA_SUMMONED = "rsa-appointment-summons"
    RSA_SUMMONS_CHANGED = "rsa-appointment-summons-changed"
    RSA_SUMMONS_CANCELLED = "rsa-appointment-summons-cancelled"
    RSA_SUMMONS_REMINDED = "rsa-appointment-summons-reminder"
    RSA_APPOINTMENT_ADDED_FOR_MAILBOX = "rsa-appointment-added-for-mailbox"
    RSA_APPOINTMENT_CHANGED_FOR_MAILBOX = "rsa-appointment-changed-for-mailbox"
    RSA_APPOINTMENT_CANCELLED_FOR_MAILBOX = "rsa-appointment-cancelled-for-mailbox"
    ACCOMPANIMENT_BEGUN = "accompaniment-begun"
    ACCOMPANIMENT_CHANGED = "accompaniment-changed"
    IMMERSION_NEW_FOR_AGENCY = "immersion-new-for-agency"
    IMMERSION_TO_SIGN = "immersion-to-sign"
    IMMERSION_TO_SIGN_ANEW = "immersion-to-sign-anew"
    IMMERSION_SIGNED = "immersion-signed"
    IMMERSION_SIGNATURE_REMINDED = "immersion-signature-reminder"
    IMMERSION_TO_REVIEW_FOR_AGENCY = "immersion-to-review-for-agency"
    IMMERSION_REVIEW_REMINDED_FOR_AGENCY = "immersion-review-reminder-for-agency"
    IMMERSION_TO_VALIDATE_FOR_AGENCY = "immersion-to-validate-for-agency"
    IMMERSION_VALIDATED = "immersion-validated"
    IMMERSION_VALIDATED_FOR_AGENCY = "immersion-validated-for-agency"
    IMMERSION_REJECTED = "immersion-rejected"
    IMMERSION_REJECTED_FOR_AGENCY = "immersion-rejected-for-agency"
    IMMERSION_CANCELLED = "immersion-cancelled"
    IMMERSION_CANCELLED_FOR_AGENCY = "immersion-cancelled-for-agency"
    IMMERSION_DEPRECATED = "immersion-deprecated"
    IMMERSION_DEPRECATED_FOR_AGENCY = "immersion-deprecated-for-agency"
    IMMERSION_TRANSFERRED = "immersion-transferred"
    IMMERSION_TRANSFERRED_FOR_AGENCY = "immersion-transferred-for-agency"
    ASSESSMENT_TO_MAKE = "immersion-assessment-for-tutor"
    ASSESSMENT_ANNOUNCED = "immersion-assessment-announced-for-beneficiary"
    ASSESSMENT_REMINDED = "immersion-assessment-reminder-for-tutor"
    ASSESSMENT_REMINDED_FOR_AGENCY = "immersion-assessment-reminder-for-agency"
    ASSESSMENT_TO_SIGN = "immersion-assessment-to-sign-for-beneficiary"
    ASSESSMENT_NO_SHOW_FOR_AGENCY = "immersion-no-show-for-agency"
    ASSESSMENT_SIGNED_FOR_AGENCY = "immersion-assessment-signed-for-agency"
    ASSESSMENT_SIGNED_FOR_ESTABLISHMENT = "immersion-assessment-signed-for-establishment"
    ASSESSMENT_SIGNED_FOR_BENEFICIARY = "immersion-assessment-signed-for-beneficiary"
    ASSESSMENT_DELETED_FOR_TUTOR = "immersion-assessment-deleted-for-tutor"
    ASSESSMENT_DELETED_FOR_BENEFICIARY = "immersion-assessment-deleted-for-beneficiary"
    DISCUSSION_NEW_FOR_ESTABLISHMENT = "discussion-new-for-establishment"
    DISCUSSION_SENT = "discussion-sent-for-beneficiary"
    DISCUSSION_BY_PHONE = "discussion-by-phone-for-beneficiary"
    DISCUSSION_IN_PERSON = "discussion-in-person-for-beneficiary"
    DISCUSSION_MESSAGE = "discussion-message-for-beneficiary"
    DISCUSSION_MESSAGE_FOR_ESTABLISHMENT = "discussion-message-for-establishment"
    DISCUSSION_FOLLOW_UP = "discussion-follow-up-for-beneficiary"
    DISCUSSION_REMINDED_FOR_ESTABLISHMENT = "discussion-reminder-for-establishment"
    DISCUSSION_OBSOLETE = "discussion-obsolete-for-beneficiary"
    DISCUSSION_OBSOLETE_FOR_ESTABLISHMENT = "discussion-obsolete-for-establishment"


#: What a person may do without (les-emplois §9.2; immersion §7.1, for the members of agencies); everything else
#: always goes.
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
        Template.IMMERSION_NEW_FOR_AGENCY,
        Template.IMMERSION_TO_REVIEW_FOR_AGENCY,
        Template.IMMERSION_REVIEW_REMINDED_FOR_AGENCY,
        Template.IMMERSION_TO_VALIDATE_FOR_AGENCY,
        Template.IMMERSION_VALIDATED_FOR_AGENCY,
        Template.IMMERSION_REJECTED_FOR_AGENCY,
        Template.IMMERSION_CANCELLED_FOR_AGENCY,
        Template.IMMERSION_DEPRECATED_FOR_AGENCY,
        Template.IMMERSION_TRANSFERRED_FOR_AGENCY,
        Template.ASSESSMENT_REMINDED_FOR_AGENCY,
        Template.ASSESSMENT_NO_SHOW_FOR_AGENCY,
        Template.ASSESSMENT_SIGNED_FOR_AGENCY,
    }
)
