"""Nothing of les-emplois §9.2 was forgotten."""

from typing import Final

from application.notifications.templates import DISABLEABLE, Template

T = Template

#: Every row of les-emplois §9.2: what is told of it, or why no event of ours tells it.
ROWS: Final[dict[str, frozenset[Template] | str]] = {
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
    of_rows = [template for row in ROWS.values() if not isinstance(row, str) for template in row]
    assert sorted(of_rows) == sorted(Template)
    assert all(ROWS.values())


def test_what_can_be_disabled_is_what_les_emplois_lets_people_disable() -> None:
    told_there = (ROWS[name] for name in DISABLED_BY_CHOICE)
    assert {template for row in told_there if not isinstance(row, str) for template in row} == DISABLEABLE
