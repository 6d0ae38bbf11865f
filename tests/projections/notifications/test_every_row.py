"""No message of les-emplois §9.2, rdv-insertion and immersion was forgotten."""

from typing import Final

from application.notifications.templates import DISABLEABLE, Template

T = Template
Rows = dict[str, frozenset[Template] | str]

#: Every row of les-emplois §9.2: what is told of it, or why no event of ours tells it.
LES_EMPLOIS: Final[Rows] = {
    "JobApplicationNew": frozenset(
        {T.APPLICATION_NEW_FOR_EMPLOYER, T.APPLICATION_NEW_FOR_CANDIDATE, T.APPLICATION_NEW_FOR_PROXY}
    ),
    "JobApplicationAddedToPool": frozenset({T.APPLICATION_POOLED_FOR_CANDIDATE, T.APPLICATION_POOLED_FOR_PROXY}),
    "JobApplicationPostponed": frozenset({T.APPLICATION_POSTPONED_FOR_CANDIDATE, T.APPLICATION_POSTPONED_FOR_PROXY}),
    "JobApplicationAccepted": frozenset({T.APPLICATION_ACCEPTED_FOR_CANDIDATE, T.APPLICATION_ACCEPTED_FOR_PROXY}),
    "JobApplicationRefused": frozenset({T.APPLICATION_REFUSED_FOR_CANDIDATE, T.APPLICATION_REFUSED_FOR_PROXY}),
    "JobApplicationTransferred": frozenset(
        {
            T.APPLICATION_TRANSFERRED_FOR_EMPLOYER,
            T.APPLICATION_TRANSFERRED_FOR_CANDIDATE,
            T.APPLICATION_TRANSFERRED_FOR_PROXY,
        }
    ),
    "JobApplicationCanceled": frozenset({T.APPLICATION_CANCELLED_FOR_CANCELLER, T.APPLICATION_CANCELLED_FOR_PROXY}),
    "PassAccepted": frozenset({T.RIGHT_DELIVERED}),
    "ProlongationRequestCreated": frozenset({T.PROLONGATION_REQUESTED}),
    "ProlongationRequestCreatedReminder": frozenset({T.PROLONGATION_REMINDED}),
    "ProlongationRequestGranted / Denied": frozenset(
        {
            T.PROLONGATION_GRANTED_FOR_EMPLOYER,
            T.PROLONGATION_GRANTED_FOR_CANDIDATE,
            T.PROLONGATION_DENIED_FOR_EMPLOYER,
            T.PROLONGATION_DENIED_FOR_CANDIDATE,
        }
    ),
    "OldJobDescriptionDeactivation": "job descriptions are opaque references here: their service knows them",
    "SpontaneousJobApplicationsDeactivation": frozenset({T.SPONTANEOUS_APPLICATIONS_CLOSED}),
    "InvitationAccepted": "invitations belong to the service that invites: here somebody is a member or is not",
    "JobSeekerCreatedByProxy": frozenset({T.CANDIDATE_REGISTERED_BY_PROXY}),
    "JobSeekerCreatedByProxyForGPS": "GPS is no door of ours: a registration is told once, whatever it is for",
    "InactiveUser, ArchiveUser": "retention is no event yet; once a person is erased there is nobody to write to",
    "DisablePasswordAuth": "accounts belong to the identity provider",
    "EditJobSeekerInfo": frozenset({T.CANDIDATE_IDENTITY_EDITED}),
    "EditJobSeekerEmail": frozenset({T.CANDIDATE_CONTACT_EDITED}),
    "NewAPIToken": "tokens belong to the identity provider",
    "OrganizationActiveMembersReminder": "nothing is recorded of it: who is a member is asked of the service",
    "GEIQ assessment": "GEIQ assessments are no journey",
    "manual PASS requested": frozenset({T.DELIVERY_REQUESTED}),
    "manual PASS refused": frozenset({T.DELIVERY_REFUSED}),
    "Diagoriente invitation": "an invitation of another service, which is not recorded here",
    "NIR change request": "a NIR is corrected with its reason, never asked for",
    "prescriber validation / refusal": frozenset({T.ORGANISATION_AUTHORISED, T.ORGANISATION_NOT_AUTHORISED}),
    "new organisation to validate": frozenset({T.ORGANISATION_TO_VALIDATE}),
    "membership and administrator changes": frozenset({T.MEMBERSHIP_CHANGED, T.MEMBERSHIP_ENDED}),
    "invitations": "invitations belong to the service that invites: here somebody is a member or is not",
    "a posteriori control messages": "controls are no journey",
}
#: Every message of rdv-insertion, by its section.
RDV_INSERTION: Final[Rows] = {
    "§5.2 invitation by SMS, e-mail or letter": frozenset({T.RSA_INVITED}),
    "§5.5 reminder of an invitation": frozenset({T.RSA_INVITATION_REMINDED}),
    "§5.6 reply to an e-mail, forwarded": "mail is answered where the installation says that it comes from",
    "§5.7 no slot left, to the organisation and its mailbox": "slots are the agendas': no event tells of them",
    "§6.5 participation_created": frozenset({T.RSA_SUMMONED}),
    "§6.5 participation_updated": frozenset({T.RSA_SUMMONS_CHANGED}),
    "§6.5 participation_cancelled": frozenset({T.RSA_SUMMONS_CANCELLED}),
    "§6.5 participation_reminder": frozenset({T.RSA_SUMMONS_REMINDED}),
    "§6.5 messages about an appointment to which nobody is summoned": "the agenda itself sends them",
    "§6.5 changes, to the mailbox of the category": frozenset(
        {
            T.RSA_APPOINTMENT_ADDED_FOR_MAILBOX,
            T.RSA_APPOINTMENT_CHANGED_FOR_MAILBOX,
            T.RSA_APPOINTMENT_CANCELLED_FOR_MAILBOX,
        }
    ),
    "§7.2 the organisation that a person is oriented to": frozenset({T.ACCOMPANIMENT_BEGUN, T.ACCOMPANIMENT_CHANGED}),
    "§1.3 code of the super administrator": "who signs in is the identity provider's business",
    "§10.1 failure of a batch, to the département's mailbox": "the answer to each request says what failed",
    "§5.7, §11.2 alerts of the team": "the metrics and the state of the deliveries say it",
}
#: Every message of immersion, by its section.
IMMERSION: Final[Rows] = {
    "§2.7 NEW_CONVENTION_AGENCY_NOTIFICATION": frozenset({T.IMMERSION_NEW_FOR_AGENCY}),
    "§2.7 NEW_CONVENTION_CONFIRMATION_REQUEST_SIGNATURE": frozenset({T.IMMERSION_TO_SIGN}),
    "§2.6 NEW_CONVENTION_CONFIRMATION_REQUEST_SIGNATURE_AFTER_MODIFICATION": frozenset({T.IMMERSION_TO_SIGN_ANEW}),
    "§2.7 SIGNEE_HAS_SIGNED_CONVENTION": frozenset({T.IMMERSION_SIGNED}),
    "§2.7 NEW_CONVENTION_REVIEW_FOR_ELIGIBILITY_OR_VALIDATION": frozenset(
        {T.IMMERSION_TO_REVIEW_FOR_AGENCY, T.IMMERSION_TO_VALIDATE_FOR_AGENCY}
    ),
    "§2.7 POLE_EMPLOI_ADVISOR_ON_CONVENTION_FULLY_SIGNED": "the adviser is a member of their agency",
    "§2.7 VALIDATED_CONVENTION_FINAL_CONFIRMATION": frozenset(
        {T.IMMERSION_VALIDATED, T.IMMERSION_VALIDATED_FOR_AGENCY}
    ),
    "§2.7 rejected": frozenset({T.IMMERSION_REJECTED, T.IMMERSION_REJECTED_FOR_AGENCY}),
    "§2.7 cancelled": frozenset({T.IMMERSION_CANCELLED, T.IMMERSION_CANCELLED_FOR_AGENCY}),
    "§2.7 deprecated": frozenset({T.IMMERSION_DEPRECATED, T.IMMERSION_DEPRECATED_FOR_AGENCY}),
    "§2.7 CONVENTION_TRANSFERRED_AGENCY_NOTIFICATION": frozenset({T.IMMERSION_TRANSFERRED_FOR_AGENCY}),
    "§2.7 CONVENTION_TRANSFERRED_SIGNATORY_NOTIFICATION": frozenset({T.IMMERSION_TRANSFERRED}),
    "§2.5 signature link by hand, e-mail or SMS": "sent by whoever records it, because the link is access",
    "§2.5 SIGNATORY_REMINDER, ReminderForSignatories by SMS": frozenset({T.IMMERSION_SIGNATURE_REMINDED}),
    "§2.5 FirstReminderForAgency, LastReminderForAgency": frozenset({T.IMMERSION_REVIEW_REMINDED_FOR_AGENCY}),
    "§1.4 MAGIC_LINK_RENEWAL, login by e-mail": "who signs in is the identity provider's, or the witness's, business",
    "§2.9 draft shared by e-mail, archived convention asked for": "drafts and such requests are nobody's case",
    "§2.6 convention edited with a final status": "no e-mail there either",
    "§4.5 ASSESSMENT_ESTABLISHMENT_NOTIFICATION": frozenset({T.ASSESSMENT_TO_MAKE}),
    "§4.5 ASSESSMENT_BENEFICIARY_NOTIFICATION": frozenset({T.ASSESSMENT_ANNOUNCED}),
    "§4.5 ASSESSMENT_ESTABLISHMENT_REMINDER": frozenset({T.ASSESSMENT_REMINDED}),
    "§4.5 ASSESSMENT_AGENCY_NOTIFICATION": frozenset({T.ASSESSMENT_REMINDED_FOR_AGENCY}),
    "§4.5 assessment links by hand": "sent by whoever records them",
    "§4.2 ASSESSMENT_NEEDS_SIGNATURE_BENEFICIARY_NOTIFICATION": frozenset({T.ASSESSMENT_TO_SIGN}),
    "§4.2 nobody came, to the agency": frozenset({T.ASSESSMENT_NO_SHOW_FOR_AGENCY}),
    "§4.3 signed, to the agency, the establishment and the beneficiary": frozenset(
        {
            T.ASSESSMENT_SIGNED_FOR_AGENCY,
            T.ASSESSMENT_SIGNED_FOR_ESTABLISHMENT,
            T.ASSESSMENT_SIGNED_FOR_BENEFICIARY,
        }
    ),
    "§4.4 deleted, to the tutor and the beneficiary": frozenset(
        {T.ASSESSMENT_DELETED_FOR_TUTOR, T.ASSESSMENT_DELETED_FOR_BENEFICIARY}
    ),
    "§2.11 satisfaction": "no answer of it is kept",
    "§5.2 CONTACT_BY_EMAIL_REQUEST": frozenset({T.DISCUSSION_NEW_FOR_ESTABLISHMENT}),
    "§5.2 CONTACT_BY_EMAIL_CANDIDATE_CONFIRMATION": frozenset({T.DISCUSSION_SENT}),
    "§5.2 CONTACT_BY_PHONE_INSTRUCTIONS": frozenset({T.DISCUSSION_BY_PHONE}),
    "§5.2 CONTACT_IN_PERSON_INSTRUCTIONS": frozenset({T.DISCUSSION_IN_PERSON}),
    "§5.3 DISCUSSION_EXCHANGE": frozenset({T.DISCUSSION_MESSAGE, T.DISCUSSION_MESSAGE_FOR_ESTABLISHMENT}),
    "§5.3 DISCUSSION_EXCHANGE_FORBIDDEN": "the refusal is answered to the service that received the message",
    "§5.3 WARN_DISCUSSION_DELIVERY_FAILED": "no message goes by mail: a letter says that there is one to read",
    "§5.4 rejected": "told as the message that says it",
    "§5.5 reminders of the establishment": frozenset({T.DISCUSSION_REMINDED_FOR_ESTABLISHMENT}),
    "§5.5 DISCUSSION_BENEFICIARY_FOLLOW_UP": frozenset({T.DISCUSSION_FOLLOW_UP}),
    "§5.5 obsolete": frozenset({T.DISCUSSION_OBSOLETE, T.DISCUSSION_OBSOLETE_FOR_ESTABLISHMENT}),
    "§6 establishments: registered, banned, re-engaged, leads": "establishments are kept where they are searched",
    "§7.3 agencies: activated, rejected, members to review, delegation": "an agency is told as any organisation is",
    "§9 inactive users": "accounts belong to the identity provider",
}
EVERYWHERE: Final = (LES_EMPLOIS, RDV_INSERTION, IMMERSION)
#: The rows whose column “can be disabled” says yes.
DISABLED_BY_CHOICE: Final = {
    "JobApplicationNew",
    "JobApplicationAddedToPool",
    "JobApplicationPostponed",
    "JobApplicationAccepted",
    "JobApplicationRefused",
    "JobApplicationTransferred",
    "JobApplicationCanceled",
    "PassAccepted",
    "ProlongationRequestGranted / Denied",
    "SpontaneousJobApplicationsDeactivation",
}


def test_every_template_is_of_one_row_and_every_row_has_templates_or_a_reason() -> None:
    rows = [row for source in EVERYWHERE for row in source.values()]
    assert sorted(template for row in rows if not isinstance(row, str) for template in row) == sorted(Template)
    assert all(rows)


def test_what_can_be_disabled_is_what_les_emplois_lets_people_disable_and_what_agencies_are_told() -> None:
    told_there = (LES_EMPLOIS[name] for name in DISABLED_BY_CHOICE)
    by_choice = {template for row in told_there if not isinstance(row, str) for template in row}
    of_agencies = {template for template in Template if template.endswith("-for-agency")}
    assert by_choice | of_agencies == DISABLEABLE
