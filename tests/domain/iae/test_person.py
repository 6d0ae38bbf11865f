"""What the State knows somebody by (les-emplois §4.7, §6)."""

import pytest

from domain.iae.person import LackOfFranceTravailId, LackOfNir, Person, person_of
from domain.journey import Dossier


@pytest.mark.parametrize(
    ("person", "enough"),
    [
        (Person(nir="190016700100180"), True),
        (Person(france_travail_id="1234567A"), True),
        (Person(lack_of_france_travail_id=LackOfFranceTravailId.NOT_REGISTERED), True),
        (Person(lack_of_france_travail_id=LackOfFranceTravailId.FORGOTTEN), False),
        (Person(nir="", france_travail_id=""), False),
        (Person(), False),
    ],
)
def test_a_number_or_no_registration_is_enough_to_know_somebody(person: Person, *, enough: bool) -> None:
    assert person.known_enough is enough


@pytest.mark.parametrize(
    ("lack", "another"), [(LackOfNir.ASSOCIATED_TO_OTHER, True), (LackOfNir.NO_NIR, False), (None, False)]
)
def test_a_nir_may_be_known_as_somebody_else_s(lack: LackOfNir | None, *, another: bool) -> None:
    assert Person(lack_of_nir=lack).nir_belongs_to_another is another


def test_a_dossier_that_says_nothing_is_somebody_s_of_whom_nothing_is_known() -> None:
    assert person_of(Dossier()) == Person()
    somebody = Person(nir="190016700100180")
    assert person_of(Dossier({"candidate": somebody})) == somebody
