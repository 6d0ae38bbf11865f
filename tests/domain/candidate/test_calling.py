"""What other systems call the person."""

import pytest

from domain.candidate import identifiers
from domain.candidate.commands import LinkReference, UnlinkReference
from domain.candidate.events import MergedInto, ReferenceLinked, ReferenceUnlinked
from domain.identifiers import Identifier
from domain.references import InvalidReference, NoSuchReference, System
from domain.vocabulary import CandidateId
from tests.domain.candidate.cases import given, registered, standing

AGENDA = System.RDV_SOLIDARITES
LINKED = ReferenceLinked(system=AGENDA, key="82821")
CLAIMED = Identifier(scope="reference:rdv_solidarites", kind="reference_of_person", value="82821")


def test_a_person_has_several_names_elsewhere_and_each_once() -> None:
    given(registered()).when(LinkReference(system=AGENDA, key=" 82821 ")).then(LINKED)
    given(registered(), LINKED).when(LinkReference(system=AGENDA, key="82821")).then()
    other = ReferenceLinked(system=AGENDA, key="82822")
    given(registered(), LINKED).when(LinkReference(system=AGENDA, key="82822")).then(other)


def test_a_name_that_is_given_up_is_free_again() -> None:
    gone = ReferenceUnlinked(system=AGENDA, key="82821")
    given(registered(), LINKED).when(UnlinkReference(system=AGENDA, key="82821")).then(gone)
    given(registered(), LINKED, gone).when(UnlinkReference(system=AGENDA, key="82821")).refused(NoSuchReference)
    assert standing(registered(), LINKED, gone) == standing(registered())


@pytest.mark.parametrize("key", ["", " ", "Nour Amal", "8\n2", "é", "x" * 101])
def test_a_name_is_an_opaque_code(key: str) -> None:
    given(registered()).when(LinkReference(system=AGENDA, key=key)).refused(InvalidReference)


def test_the_longest_name_is_one_hundred_characters() -> None:
    longest = ReferenceLinked(system=AGENDA, key="x" * 100)
    given(registered()).when(LinkReference(system=AGENDA, key="x" * 100)).then(longest)


def test_a_name_is_claimed_and_a_duplicate_keeps_it() -> None:
    assert CLAIMED in identifiers(standing(registered(), LINKED))
    merged = MergedInto(target=CandidateId("kept"))
    assert identifiers(standing(registered(), LINKED, merged)) == {CLAIMED}
