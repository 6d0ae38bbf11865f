"""What a message about a convention waits for: as long as it is awaited it is told, and not a moment longer."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final

import pytest

from application.notifications.contents.immersion import AWAITED, ONCE, where, who
from application.notifications.notice import Channel, Recipient, Told
from application.notifications.templates import Template
from domain.calendar import paris_start
from domain.immersion.codes import Attendance, Person, Stage
from domain.immersion.events import AssessmentDeleted, AssessmentSigned, Cancelled, Modified, Rejected
from domain.immersion.terms import terms_of
from tests.domain.immersion.cases import (
    ELIGIBLE,
    ENDS,
    NOW,
    SIGNED,
    STARTS,
    TERMS,
    VALIDATED,
    assessed,
    history,
    standing,
    submitted,
)

T = Template
REJECTED: Final = Rejected(at=NOW, justification="Non.")
CANCELLED: Final = Cancelled(at=NOW, justification="Fermeture.")
ANSWERED: Final = AssessmentSigned(at=NOW, agrees=True, feedback=None)
DELETED: Final = AssessmentDeleted(at=NOW, justification="Erreur.", starts_on=STARTS, ends_on=ENDS)
MODIFIED: Final = Modified(**terms_of(TERMS), at=NOW, by=None)
VALID: Final = history(Stage.VALIDATED)

#: Of each message: what has happened when it is still awaited, and what else overtakes it.
AWAITED_UNTIL: Final[dict[Template, tuple[Sequence[Any], Sequence[Any]]]] = {
    T.IMMERSION_NEW_FOR_AGENCY: ([submitted()], [REJECTED]),
    T.IMMERSION_TO_SIGN: ([submitted(), SIGNED[1]], [SIGNED[0]]),
    T.IMMERSION_TO_SIGN_ANEW: ([submitted(), *SIGNED, MODIFIED], [REJECTED]),
    T.IMMERSION_SIGNATURE_REMINDED: ([submitted(), SIGNED[0]], [SIGNED[1]]),
    T.IMMERSION_TO_REVIEW_FOR_AGENCY: ([submitted(), *SIGNED], [VALIDATED]),
    T.IMMERSION_REVIEW_REMINDED_FOR_AGENCY: ([submitted(), *SIGNED], [ELIGIBLE]),
    T.IMMERSION_TO_VALIDATE_FOR_AGENCY: ([submitted(), *SIGNED, ELIGIBLE], [VALIDATED]),
    T.IMMERSION_VALIDATED: (VALID, [CANCELLED]),
    T.IMMERSION_VALIDATED_FOR_AGENCY: (VALID, [CANCELLED]),
    T.IMMERSION_TRANSFERRED: ([submitted()], [REJECTED]),
    T.IMMERSION_TRANSFERRED_FOR_AGENCY: ([submitted(), *SIGNED], [VALIDATED]),
    T.ASSESSMENT_TO_MAKE: (VALID, [assessed()]),
    T.ASSESSMENT_ANNOUNCED: (VALID, [CANCELLED]),
    T.ASSESSMENT_REMINDED: (VALID, [assessed()]),
    T.ASSESSMENT_REMINDED_FOR_AGENCY: (VALID, [assessed()]),
    T.ASSESSMENT_TO_SIGN: ([*VALID, assessed()], [ANSWERED]),
    T.ASSESSMENT_NO_SHOW_FOR_AGENCY: ([*VALID, assessed(attendance=Attendance.DID_NOT_SHOW)], [DELETED]),
    T.ASSESSMENT_DELETED_FOR_TUTOR: ([*VALID, assessed(), DELETED], [assessed()]),
}


def test_what_is_awaited_is_in_the_table() -> None:
    assert AWAITED_UNTIL.keys() == AWAITED.keys()
    assert all(each.startswith("immersion-") for each in ONCE)


@pytest.mark.parametrize("template", AWAITED)
def test_a_message_is_told_until_it_is_overtaken(template: Template) -> None:
    before, after = AWAITED_UNTIL[template]
    still = AWAITED[template]
    assert still(standing(*before), NOW, Person.BENEFICIARY)
    assert not still(standing(*before, *after), NOW, Person.BENEFICIARY)


def test_an_assessment_that_is_deleted_waits_for_no_signature() -> None:
    to_sign = AWAITED[T.ASSESSMENT_TO_SIGN]
    assert not to_sign(standing(*VALID, assessed(), DELETED), NOW, Person.BENEFICIARY)
    assert not to_sign(standing(*VALID, assessed(attendance=Attendance.DID_NOT_SHOW)), NOW, Person.BENEFICIARY)


def test_nobody_is_reminded_to_sign_once_the_first_day_has_come() -> None:
    reminded, first = AWAITED[T.IMMERSION_SIGNATURE_REMINDED], paris_start(STARTS)
    assert reminded(standing(submitted()), first - timedelta(microseconds=1), Person.BENEFICIARY)
    assert not reminded(standing(submitted()), first, Person.BENEFICIARY)


def test_the_field_of_an_address_says_who_it_is() -> None:
    def told(named: str | None) -> Told:
        return Told(template=T.IMMERSION_TO_SIGN, recipient=Recipient.NAMED, named=named)

    ways = [(person, channel) for person in Person for channel in (Channel.EMAIL, Channel.SMS)]
    assert [who(told(where(person, channel))) for person, channel in ways] == [person for person, _ in ways]
    assert who(told(None)) is None
