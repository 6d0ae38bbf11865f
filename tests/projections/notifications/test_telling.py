"""Who is told what of each event, and that nothing of les-emplois §9.2 was forgotten."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from application.notifications.notice import Channel, Recipient, Told
from application.notifications.templates import DISABLEABLE, Template
from domain.candidate.events import ContactDataChanged, IdentityCorrected
from domain.catalogue import CATALOGUE
from domain.iae.right import SuspensionReason
from domain.job_application.codes import Delivery, RefusalReason, SenderKind
from domain.job_application.events import (
    AddedToPool,
    Archived,
    Commented,
    DeliveryRefused,
    HireCancelled,
    HiringDatesChanged,
    MovedToPriorToHire,
    PassRecorded,
    Postponed,
    PriorToHireCancelled,
    ProcessingStarted,
    RenderedObsolete,
    Reopened,
    Submitted,
    Transferred,
    TransferredExternally,
    Unarchived,
)
from domain.organisation.commands import WithdrawalReason
from domain.organisation.events import (
    AuthorisationGranted,
    AuthorisationWithdrawn,
    MemberRemoved,
    MemberRoleChanged,
    SpontaneousExpired,
)
from domain.organisation.kinds import Kind
from domain.pass_iae.codes import DenialReason, Origin, ProlongationReason
from domain.pass_iae.events import (
    Issued,
    PrescriberReminded,
    ProlongationDenied,
    ProlongationGranted,
    ProlongationRequested,
    Prolonged,
    SuspensionDeclared,
)
from domain.vocabulary import OrganisationId, Role, Subject
from projections.notifications.projection import TELLS
from tests.domain.candidate import cases as people
from tests.domain.job_application import samples
from tests.domain.job_application.samples import ACI, EI, NOW, PRESCRIBER
from tests.domain.organisation import cases as organisations
from tests.projections.notifications.stories import (
    ALONE,
    BY_COMPANY,
    BY_PRESCRIBER,
    CAMILLE,
    EMPLOYING,
    PARCOURS,
    PERSON,
    PRESCRIBING,
    SACHA,
    SENT,
    STAFF,
    TIME,
    By,
    told,
)

T = Template
POOLED, POSTPONED, REFUSED, HIRED = AddedToPool(at=NOW), Postponed(at=NOW), samples.refused(), samples.hired()
LAPSED: Final = replace(REFUSED, reason=RefusalReason.AUTO)
CANCELLED: Final = HireCancelled(at=NOW)
MOVED: Final = Transferred(at=NOW, from_company=ACI.id, to=EI.id, to_kinds=EI.kinds, by=SACHA.subject)
HOUSE: Final = OrganisationId("house")


def person(template: Template, about: OrganisationId | None = ACI.id) -> Told:
    return Told(template=template, recipient=Recipient.CANDIDATE, about=about)


def members(template: Template, of: OrganisationId, about: OrganisationId | None = None) -> Told:
    return Told(template=template, recipient=Recipient.MEMBERS, organisation=of, about=about)


def one(template: Template, subject: Subject, of: OrganisationId | None, about: OrganisationId | None = ACI.id) -> Told:
    return Told(template=template, recipient=Recipient.PROFESSIONAL, subject=subject, organisation=of, about=about)


def camille(template: Template, about: OrganisationId = ACI.id) -> Told:
    return one(template, CAMILLE.subject, PRESCRIBER.id, about)


def test_every_kind_of_journey_says_what_it_tells() -> None:
    assert TELLS.keys() == CATALOGUE.keys()


def test_a_submission_is_told_to_the_company_to_the_person_and_to_whoever_sent_them() -> None:
    new = [members(T.APPLICATION_NEW_FOR_EMPLOYER, ACI.id), person(T.APPLICATION_NEW_FOR_CANDIDATE)]
    assert told(BY_PRESCRIBER, by=PRESCRIBING) == [*new, camille(T.APPLICATION_NEW_FOR_PROXY)]
    assert told(BY_COMPANY, by=EMPLOYING) == [*new, one(T.APPLICATION_NEW_FOR_PROXY, SACHA.subject, ACI.id)]
    assert told(ALONE, by=By(PERSON)) == new


def test_whoever_is_no_longer_known_is_not_told() -> None:
    unknown = replace(BY_PRESCRIBER, sender=None)
    assert told(unknown, POOLED, by=EMPLOYING) == [person(T.APPLICATION_POOLED_FOR_CANDIDATE)]


def test_a_hire_that_a_company_declares_is_told_to_the_person_alone_when_it_is_accepted() -> None:
    declared = replace(BY_COMPANY, by_declaration=True)
    assert told(declared, by=EMPLOYING) == []
    assert told(declared, ProcessingStarted(at=NOW), by=EMPLOYING) == []
    accepted = told(declared, ProcessingStarted(at=NOW), HIRED, by=EMPLOYING)
    assert accepted == [person(T.APPLICATION_ACCEPTED_FOR_CANDIDATE)]


ANSWERS: Final = [
    (POOLED, T.APPLICATION_POOLED_FOR_CANDIDATE, T.APPLICATION_POOLED_FOR_PROXY),
    (POSTPONED, T.APPLICATION_POSTPONED_FOR_CANDIDATE, T.APPLICATION_POSTPONED_FOR_PROXY),
    (HIRED, T.APPLICATION_ACCEPTED_FOR_CANDIDATE, T.APPLICATION_ACCEPTED_FOR_PROXY),
    (REFUSED, T.APPLICATION_REFUSED_FOR_CANDIDATE, T.APPLICATION_REFUSED_FOR_PROXY),
]


@pytest.mark.parametrize(("answer", "candidate", "proxy"), ANSWERS)
def test_an_answer_is_told_to_the_person_and_to_whoever_sent_them(
    answer: Any, candidate: Template, proxy: Template
) -> None:
    assert told(BY_PRESCRIBER, answer, by=EMPLOYING) == [person(candidate), camille(proxy)]
    assert told(ALONE, answer, by=EMPLOYING) == [person(candidate)]


@pytest.mark.parametrize(("answer", "candidate", "_"), ANSWERS)
def test_nobody_is_told_what_they_have_just_answered_themselves(answer: Any, candidate: Template, _: Template) -> None:
    assert told(BY_COMPANY, answer, by=EMPLOYING) == [person(candidate)]


def test_a_refusal_by_time_is_told_to_the_person_alone() -> None:
    assert told(BY_PRESCRIBER, LAPSED, by=TIME) == [person(T.APPLICATION_REFUSED_FOR_CANDIDATE)]


def test_a_transfer_is_told_to_the_company_that_gives_the_application_away_to_the_person_and_to_whoever_sent_them() -> (
    None
):
    moved = [
        members(T.APPLICATION_TRANSFERRED_FOR_EMPLOYER, ACI.id, EI.id),
        person(T.APPLICATION_TRANSFERRED_FOR_CANDIDATE, EI.id),
    ]
    assert told(BY_PRESCRIBER, MOVED, by=EMPLOYING) == [*moved, camille(T.APPLICATION_TRANSFERRED_FOR_PROXY, EI.id)]
    assert told(ALONE, MOVED, by=EMPLOYING) == moved
    by_a_colleague = By(replace(SACHA, subject=Subject("luc")), ACI)
    assert told(BY_COMPANY, MOVED, by=by_a_colleague) == moved


def test_a_cancelled_hire_is_told_to_whoever_cancels_it_and_to_whoever_sent_the_person() -> None:
    confirmed = one(T.APPLICATION_CANCELLED_FOR_CANCELLER, SACHA.subject, ACI.id)
    proxy = camille(T.APPLICATION_CANCELLED_FOR_PROXY)
    assert told(BY_PRESCRIBER, HIRED, CANCELLED, by=EMPLOYING) == [confirmed, proxy]
    assert told(BY_COMPANY, HIRED, CANCELLED, by=EMPLOYING) == [confirmed]
    by_staff = one(T.APPLICATION_CANCELLED_FOR_CANCELLER, STAFF.subject, None)
    assert told(BY_PRESCRIBER, HIRED, CANCELLED, by=By(STAFF)) == [by_staff, proxy]
    assert told(BY_PRESCRIBER, HIRED, CANCELLED, by=TIME) == [proxy]


PASS: Final = "pass-iae-1"


def test_a_pass_is_told_to_whoever_accepted_once_it_is_issued() -> None:
    automatic = replace(HIRED, delivery=Delivery.AUTOMATIC)
    issued = PassRecorded(at=NOW, pass_iae=PASS)
    accepting = one(T.RIGHT_DELIVERED, SACHA.subject, ACI.id)
    assert told(ALONE, automatic, by=EMPLOYING) == [person(T.APPLICATION_ACCEPTED_FOR_CANDIDATE)]
    assert told(ALONE, automatic, issued, by=TIME, earlier=EMPLOYING) == [accepting]
    assert told(ALONE, automatic, issued, by=TIME, earlier=TIME) == []


def test_a_pass_that_is_used_again_is_told_with_the_acceptance() -> None:
    again = replace(HIRED, delivery=Delivery.AUTOMATIC, pass_iae=PASS)
    accepting = one(T.RIGHT_DELIVERED, SACHA.subject, ACI.id)
    assert told(ALONE, again, by=EMPLOYING) == [person(T.APPLICATION_ACCEPTED_FOR_CANDIDATE), accepting]


def test_a_pass_that_staff_has_to_deliver_is_told_to_them_and_what_they_decide_to_whoever_accepted() -> None:
    manual = replace(HIRED, delivery=Delivery.MANUAL)
    support = Told(template=T.DELIVERY_REQUESTED, recipient=Recipient.SUPPORT, about=ACI.id)
    assert told(ALONE, manual, by=EMPLOYING) == [person(T.APPLICATION_ACCEPTED_FOR_CANDIDATE), support]
    delivered = told(ALONE, manual, PassRecorded(at=NOW, pass_iae=PASS), by=TIME)
    assert delivered == [one(T.RIGHT_DELIVERED, SACHA.subject, ACI.id)]
    refused = told(ALONE, manual, DeliveryRefused(at=NOW, by=STAFF.subject), by=By(STAFF))
    assert refused == [one(T.DELIVERY_REFUSED, SACHA.subject, ACI.id)]


ISSUED: Final = Issued(
    number="999992600001",
    starts_on=date(2024, 1, 15),
    ends_on=date(2026, 1, 13),
    origin=Origin.DEFAULT,
    company=ACI.id,
)
REQUESTED: Final = ProlongationRequested(
    number=1,
    requested_on=date(2025, 6, 10),
    reason=ProlongationReason.SENIOR,
    starts_on=date(2026, 1, 13),
    ends_on=date(2027, 1, 13),
    company=ACI.id,
    company_kinds=ACI.kinds,
    requested_by=SACHA.subject,
    organisation=PRESCRIBER.id,
    prescriber=CAMILLE.subject,
)


def of_pass(*history: Any, by: By = PRESCRIBING) -> Sequence[Told]:
    return told(ISSUED, *history, by=by, journey=PASS)


def test_a_request_to_prolong_is_told_to_the_prescriber_who_is_asked() -> None:
    assert of_pass(REQUESTED, by=EMPLOYING) == [camille(T.PROLONGATION_REQUESTED)]


def test_a_request_that_waits_is_told_again_to_the_prescriber_and_to_their_colleagues() -> None:
    again = replace(camille(T.PROLONGATION_REMINDED), recipient=Recipient.COLLEAGUES)
    assert of_pass(REQUESTED, PrescriberReminded(number=1, on=date(2025, 6, 20)), by=TIME) == [again]


@pytest.mark.parametrize("granted", [True, False])
def test_what_a_prescriber_answers_is_told_to_whoever_asked_and_to_the_person(granted: bool) -> None:
    on, by = date(2025, 6, 20), CAMILLE.subject
    yes = ProlongationGranted(number=1, on=on, by=by)
    no = ProlongationDenied(number=1, on=on, by=by, reason=DenialReason.REASON, explanation="Non")
    for_employer, for_candidate = (
        (T.PROLONGATION_GRANTED_FOR_EMPLOYER, T.PROLONGATION_GRANTED_FOR_CANDIDATE)
        if granted
        else (T.PROLONGATION_DENIED_FOR_EMPLOYER, T.PROLONGATION_DENIED_FOR_CANDIDATE)
    )
    assert of_pass(REQUESTED, yes if granted else no) == [
        one(for_employer, SACHA.subject, ACI.id, PRESCRIBER.id),
        person(for_candidate, PRESCRIBER.id),
    ]


def test_a_pass_a_suspension_and_a_direct_prolongation_are_told_to_nobody() -> None:
    end = date(2026, 1, 13)
    paused = SuspensionDeclared(
        number=1,
        declared_on=date(2025, 6, 10),
        reason=SuspensionReason.SICKNESS,
        starts_on=date(2025, 6, 1),
        ends_on=date(2025, 7, 1),
        pass_ends_on=end,
    )
    prolonged = Prolonged(
        number=1,
        declared_on=date(2025, 6, 10),
        reason=ProlongationReason.COMPLETE_TRAINING,
        starts_on=end,
        ends_on=date(2027, 1, 13),
        pass_ends_on=date(2027, 1, 13),
    )
    assert told(ISSUED, by=TIME, journey=PASS) == []
    for event in (paused, prolonged):
        assert of_pass(event, by=EMPLOYING) == []


SILENT: Final[Sequence[Sequence[Any]]] = [
    [ProcessingStarted(at=NOW)],
    [RenderedObsolete(at=NOW, because_of="job-application-9")],
    [samples.prior_action(), MovedToPriorToHire(at=NOW)],
    [samples.prior_action(), MovedToPriorToHire(at=NOW), PriorToHireCancelled(at=NOW)],
    [REFUSED, TransferredExternally(at=NOW, application="job-application-2", to=EI.id)],
    [RenderedObsolete(at=NOW, because_of="job-application-9"), Reopened(at=NOW)],
    [REFUSED, Archived(at=NOW, by=SACHA.subject)],
    [REFUSED, Archived(at=NOW, by=None), Unarchived(at=NOW)],
    [HIRED, HiringDatesChanged(at=NOW, starts_on=date(2025, 6, 20), ends_on=None)],
    [Commented(at=NOW, number=1, author=SACHA.subject, text="Vu")],
]


@pytest.mark.parametrize("sent", SENT)
@pytest.mark.parametrize("history", SILENT, ids=lambda history: type(history[-1]).__name__)
def test_what_les_emplois_tells_nobody_is_told_to_nobody(sent: Submitted, history: Sequence[Any]) -> None:
    assert told(sent, *history, by=EMPLOYING) == []


def test_what_is_imported_was_told_elsewhere_and_so_was_what_follows_from_it() -> None:
    for actor in (STAFF, PARCOURS):
        assert told(BY_PRESCRIBER, by=By(actor, source="jobapplication/1")) == []


def of_candidate(*history: Any, by: By) -> Sequence[Told]:
    return told(*history, by=by, journey="candidate")


def test_who_somebody_is_as_others_write_it_is_told_to_them() -> None:
    corrected = IdentityCorrected(
        first_name="Awa",
        last_name="Diallo",
        birth_name=None,
        birth_date=None,
        birth_year=None,
        title=None,
        household_role=None,
    )
    moved = ContactDataChanged(email=None, phone=None, address=None, department=None, homonym_of=None)
    assert of_candidate(people.registered(), by=PRESCRIBING) == [person(T.CANDIDATE_REGISTERED_BY_PROXY, None)]
    edited = of_candidate(people.registered(), corrected, by=PRESCRIBING)
    assert edited == [person(T.CANDIDATE_IDENTITY_EDITED, None)]
    edited = of_candidate(people.registered(), moved, by=PRESCRIBING)
    assert edited == [person(T.CANDIDATE_CONTACT_EDITED, None)]
    for own in (people.registered(), corrected, moved):
        assert of_candidate(people.registered(), own, by=By(PERSON)) == []


def of_organisation(*history: Any) -> Sequence[Told]:
    return told(*history, by=By(STAFF), journey="organisation", root=f"organisation/{HOUSE}")


def test_an_organisation_that_has_to_be_validated_is_told_to_those_who_validate() -> None:
    waits = Told(template=T.ORGANISATION_TO_VALIDATE, recipient=Recipient.SUPPORT, about=HOUSE)
    assert of_organisation(organisations.created(Kind.ML)) == [waits]
    assert of_organisation(organisations.created(Kind.ACI)) == []


def test_what_is_decided_of_an_organisation_is_told_to_its_members() -> None:
    granted = AuthorisationGranted(from_day=date(2026, 1, 1))
    withdrawn = AuthorisationWithdrawn(from_day=date(2026, 2, 1), reason=WithdrawalReason.OTHER)
    made = organisations.created()
    assert of_organisation(made, granted) == [members(T.ORGANISATION_AUTHORISED, HOUSE, HOUSE)]
    assert of_organisation(made, granted, withdrawn) == [members(T.ORGANISATION_NOT_AUTHORISED, HOUSE, HOUSE)]


def test_spontaneous_applications_that_close_by_themselves_are_told_to_the_members() -> None:
    closed = of_organisation(organisations.created(Kind.ACI), SpontaneousExpired())
    assert closed == [members(T.SPONTANEOUS_APPLICATIONS_CLOSED, HOUSE, HOUSE)]


def test_a_member_is_told_of_another_role_and_of_leaving_in_person() -> None:
    made = [organisations.created(), organisations.added(organisations.ADA), organisations.added(organisations.BEN)]
    promoted = MemberRoleChanged(subject=organisations.BEN, role=Role.ADMINISTRATOR)
    assert of_organisation(*made) == []
    assert of_organisation(*made, promoted) == [one(T.MEMBERSHIP_CHANGED, organisations.BEN, HOUSE, HOUSE)]
    left = MemberRemoved(subject=organisations.BEN)
    assert of_organisation(*made, left) == [one(T.MEMBERSHIP_ENDED, organisations.BEN, None, HOUSE)]


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


def test_what_tells_a_notice_from_the_others_of_its_event_never_changes() -> None:
    """It is in the deliveries of every installation: another one would tell everybody again."""
    assert person(T.APPLICATION_NEW_FOR_CANDIDATE).key == "job-application-new-for-candidate:email:candidate"
    assert members(T.APPLICATION_NEW_FOR_EMPLOYER, ACI.id).key == "job-application-new-for-employer:email:members:aci"
    proxy = camille(T.APPLICATION_NEW_FOR_PROXY)
    assert proxy.key == "job-application-new-for-proxy:email:professional:mission-locale:camille"
    tutor = Told(
        template=T.APPLICATION_NEW_FOR_PROXY, recipient=Recipient.NAMED, named="tutor.email", channel=Channel.SMS
    )
    assert tutor.key == "job-application-new-for-proxy:sms:named:tutor.email"


@pytest.mark.parametrize("sender_kind", SenderKind)
def test_the_notices_of_an_event_have_keys_of_their_own(sender_kind: SenderKind) -> None:
    sent = next(each for each in SENT if each.sender_kind is sender_kind)
    for history in ([sent], [sent, MOVED], [sent, HIRED, CANCELLED], [sent, REFUSED]):
        keys = [each.key for each in told(*history, by=EMPLOYING)]
        assert len(set(keys)) == len(keys)
