"""Who is told what of each event of applications, candidates and organisations."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from application.notifications.notice import Channel, Recipient, Told
from application.notifications.templates import Template
from domain.candidate.events import ContactDataChanged, IdentityCorrected
from domain.catalogue import CATALOGUE
from domain.job_application.codes import RefusalReason, SenderKind
from domain.job_application.events import (
    AddedToPool,
    Archived,
    Commented,
    HireCancelled,
    HiringDatesChanged,
    MovedToPriorToHire,
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
from domain.vocabulary import OrganisationId, Role, Subject
from projections.notifications.projection import TELLS
from tests.domain.candidate import cases as people
from tests.domain.job_application import samples
from tests.domain.job_application.samples import ACI, EI, NOW
from tests.domain.organisation import cases as organisations
from tests.projections.notifications.stories import (
    ALONE,
    BY_COMPANY,
    BY_PRESCRIBER,
    EMPLOYING,
    PARCOURS,
    PERSON,
    PRESCRIBING,
    SACHA,
    SENT,
    STAFF,
    TIME,
    By,
    camille,
    members,
    one,
    person,
    told,
)

T = Template
POOLED, POSTPONED, REFUSED, HIRED = AddedToPool(at=NOW), Postponed(at=NOW), samples.refused(), samples.hired()
LAPSED: Final = replace(REFUSED, reason=RefusalReason.AUTO)
CANCELLED: Final = HireCancelled(at=NOW)
MOVED: Final = Transferred(at=NOW, from_company=ACI.id, to=EI.id, to_kinds=EI.kinds, by=SACHA.subject)
HOUSE: Final = OrganisationId("house")


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
