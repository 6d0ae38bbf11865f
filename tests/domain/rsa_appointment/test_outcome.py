"""What an appointment of orientation leads to (rdv-insertion §6.6, §12.C)."""

from dataclasses import replace

from domain.rsa.categories import CategoryType
from domain.rsa.types import Casf, OrientationType
from domain.rsa_appointment import rsa_appointment_journey
from domain.rsa_appointment.codes import ParticipationStatus
from domain.rsa_appointment.commands import RecordOutcome, SetStatus
from domain.rsa_appointment.events import OutcomeDropped, OutcomeRecorded
from domain.rsa_appointment.refusals import (
    NotAnOrientation,
    NotItsOrganisation,
    NotSeen,
    OutcomeAlreadyRecorded,
    TypeNotOffered,
)
from domain.rsa_appointment.state import Outcome
from tests.domain.rsa_appointment.cases import (
    NOW,
    O1,
    O2,
    OPENED,
    U,
    added,
    around,
    given,
    reception,
    standing,
    was_set,
)
from tests.spec import given as given_by

SEEN, REVOKED = ParticipationStatus.SEEN, ParticipationStatus.REVOKED
CAME = added(1, "06-10 09:00", "06-15 10:00", status=SEEN)
SOCIAL = OutcomeRecorded(participation=1, type="social", casf=Casf.SOCIAL, at=NOW)
RECORD = RecordOutcome(participation=1, type="social")
JOB = OrientationType(code="parcours_emploi", casf=Casf.PRO, name="Parcours emploi")
WITH_JOB = replace(O1, orientation_types=(JOB,))


def test_c19_what_an_appointment_led_to_disappears_if_it_was_not_honoured() -> None:
    given(CAME).when(RECORD).then(SOCIAL)
    assert standing(CAME, SOCIAL).participations[0].outcome == Outcome(type="social", casf=Casf.SOCIAL)
    revoke = SetStatus(participation=1, status=REVOKED)
    revoked = was_set(CAME, REVOKED, before=SEEN)
    dropped = OutcomeDropped(participation=1, at=NOW)
    given(CAME, SOCIAL).when(revoke).then(revoked, dropped)
    assert standing(CAME, SOCIAL, revoked, dropped).participations[0].outcome is None
    given(CAME).when(revoke).then(revoked)


def test_one_for_each_appointment_that_was_honoured() -> None:
    given(CAME, SOCIAL).when(RECORD).refused(OutcomeAlreadyRecorded)
    given(replace(CAME, status=ParticipationStatus.NOSHOW)).when(RECORD).refused(NotSeen)
    given(CAME).within(around(NOW, U, acting=O2)).when(RECORD).refused(NotItsOrganisation)


def test_only_in_categories_of_orientation() -> None:
    accompanied = replace(OPENED, type=CategoryType.RSA_ACCOMPAGNEMENT)
    scenario = given_by(rsa_appointment_journey.decider, accompanied, CAME).within(around())
    scenario.when(RECORD).refused(NotAnOrientation)


def test_a_type_of_the_departement_replaces_the_one_of_the_law() -> None:
    there = around(NOW, U, WITH_JOB)
    job = replace(RECORD, type="parcours_emploi")
    given(CAME).within(there).when(job).then(replace(SOCIAL, type="parcours_emploi", casf=Casf.PRO))
    given(CAME).within(there).when(replace(RECORD, type="pro")).refused(TypeNotOffered)
    given(CAME).within(there).when(RECORD).then(SOCIAL)
    given(CAME).when(job).refused(TypeNotOffered)


def test_types_of_another_departement_are_not_offered() -> None:
    elsewhere = reception("o2", "38", orientation_types=(JOB,))
    there = around(NOW, U, elsewhere)
    given(CAME).within(there).when(replace(RECORD, type="parcours_emploi")).refused(TypeNotOffered)
    given(CAME).within(there).when(replace(RECORD, type="pro")).then(replace(SOCIAL, type="pro", casf=Casf.PRO))
