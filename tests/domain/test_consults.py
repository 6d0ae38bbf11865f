"""Commands whose rules look at organisations say so (`Journey.consults`): to the others, nobody tells of any."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.accompaniment import accompaniment_journey
from domain.accompaniment.commands import Cancel, Change, Shorten
from domain.candidate import candidate_journey
from domain.candidate.commands import Archive, AssignTags, JoinOrganisation, RemoveTag
from domain.candidate.events import TagAssigned
from domain.journey import Context, Journey, Refusal
from domain.rsa.reception import Reception
from domain.rsa_appointment import rsa_appointment_journey
from domain.rsa_appointment.codes import DeliveryReport, MessageKind, ParticipationStatus
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Close,
    Excuse,
    ExpireWhereArchived,
    Open,
    RecordClick,
    RecordOutcome,
    RemindAppointment,
    RemindInvitation,
    RemoveParticipation,
    Reopen,
    ReportDelivery,
    SetStatus,
    SummonByLetter,
)
from domain.rsa_appointment.events import Closed
from domain.vocabulary import OrganisationId
from tests.domain.accompaniment import test_accompaniment as accompaniments
from tests.domain.candidate import cases as candidates
from tests.domain.rsa_appointment import cases as appointments
from tests.domain.rsa_appointment.cases import CATEGORY, NOW, OPENED, added, invited, paris, summoned


class Read(Exception):
    """Somebody looked at an organisation."""


class Untold(Mapping[OrganisationId, Reception]):
    """What organisations are, where nobody may ask."""

    def __getitem__(self, name: OrganisationId) -> Reception:
        raise Read

    def __iter__(self) -> Iterator[OrganisationId]:
        raise Read

    def __len__(self) -> int:
        raise Read


def reads(journey: Journey[Any, Any, Any], past: Sequence[Any], command: Any, context: Context) -> bool:
    """Whether deciding looks at organisations; a refusal that comes before is no answer."""
    try:
        journey.decider.decide(command, journey.decider.fold(past), replace(context, receptions=Untold()))
    except Read:
        return True
    except Refusal as refused:
        pytest.fail(f"refused: {refused!r}")
    return False


SENT = invited(1, "06-10 09:00", "06-20 09:00")
SUMMONED = summoned(1, "06-10 09:00", "06-20 16:00")
SEEN = added(1, "06-10 09:00", "06-15 10:00", status=ParticipationStatus.SEEN)
LATE_MORNING, EVE = paris("06-13 11:00"), paris("06-18 10:00")
REPORT = ReportDelivery(message=MessageKind.INVITATION, number=1, report=DeliveryReport.DELIVERED, reported_at=NOW)
IN_MAY = date(2025, 5, 1)
BEGUN = accompaniments.begun("2025-05-01")
CHANGE = Change(type="social", organisation=appointments.O1_ID, starts_on=IN_MAY)


@pytest.mark.parametrize(
    ("past", "command", "at"),
    [
        ([], Open(category=CATEGORY), NOW),
        ([OPENED], appointments.INVITE, NOW),
        ([OPENED, SENT], RecordClick(invitation=1), NOW),
        ([OPENED, SENT], REPORT, NOW),
        ([OPENED, SENT], RemindInvitation(), LATE_MORNING),
        ([OPENED], appointments.taking("06-20 10:00"), NOW),
        ([OPENED, SUMMONED], ChangeAppointment(participation=1, starts_at=paris("06-21 10:00")), NOW),
        ([OPENED, SUMMONED], SetStatus(participation=1, status=ParticipationStatus.REVOKED), NOW),
        ([OPENED, SUMMONED], Excuse(participation=1), NOW),
        ([OPENED, SUMMONED], RemoveParticipation(participation=1), NOW),
        ([OPENED, SUMMONED], SummonByLetter(participation=1), NOW),
        ([OPENED, SUMMONED], RemindAppointment(participation=1), EVE),
        ([OPENED, SEEN], RecordOutcome(participation=1, type="social"), NOW),
        ([OPENED], Close(), NOW),
        ([OPENED, Closed(at=NOW)], Reopen(), NOW),
        ([OPENED, SENT], ExpireWhereArchived(), NOW),
    ],
)
def test_follow_ups_look_at_organisations_where_they_say_so(past: Sequence[Any], command: Any, at: Any) -> None:
    consults = type(command) in rsa_appointment_journey.consults
    assert reads(rsa_appointment_journey, past, command, appointments.around(at)) is consults


@pytest.mark.parametrize(
    ("past", "command"),
    [
        ([], accompaniments.begin("2025-05-01")),
        ([BEGUN], CHANGE),
        ([BEGUN], Shorten(ends_on=date(2025, 6, 1))),
        ([BEGUN], Cancel()),
    ],
)
def test_accompaniments_look_at_organisations_where_they_say_so(past: Sequence[Any], command: Any) -> None:
    consults = type(command) in accompaniment_journey.consults
    assert reads(accompaniment_journey, past, command, accompaniments.around()) is consults


TAGGED = (candidates.registered(), TagAssigned(organisation=candidates.DROME.id, tag="RQTH"))


@pytest.mark.parametrize(
    "command",
    [
        AssignTags(organisation=candidates.DROME.id, tags=("Permis B",)),
        RemoveTag(organisation=candidates.DROME.id, tag="RQTH"),
        JoinOrganisation(organisation=candidates.ISERE.id),
        Archive(organisation=candidates.DROME.id, reason=None),
    ],
)
def test_dossiers_look_at_organisations_where_they_say_so(command: Any) -> None:
    consults = type(command) in candidate_journey.consults
    assert reads(candidate_journey, TAGGED, command, candidates.IN_DROME) is consults
