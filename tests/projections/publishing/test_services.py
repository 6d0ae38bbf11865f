"""What a structure may say of a service is what data·inclusion takes of one, held to its own package."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import Enum
from typing import Any, Final

import pytest
from data_inclusion.schema import v1
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.journey import Refusal
from domain.organisation import Kind, organisation_journey
from domain.organisation.commands import DescribeService
from domain.organisation.services import (
    Fee,
    MobilisationMode,
    Mobiliser,
    Public,
    ReceptionMode,
    Service,
    ServiceContact,
    ServiceKind,
    ServicePlace,
)
from domain.organisation.themes import THEMES
from projections.publishing.columns import SERVICES
from projections.publishing.services import service_row
from tests.domain.organisation.cases import created, standing
from tests.reaching import draw_until
from tests.spec import NOON

STRUCTURE: Final = standing(created(Kind.SERVICE_STRUCTURE, typology="asso"))
DAY: Final = date(2026, 3, 1)

#: Nearly right: both answers are common, where one of these is said.
HOST: Final = r"([a-z0-9-]{1,9}\.){1,3}"
MAILBOXES: Final = st.from_regex(rf"[A-Za-z0-9_+.-]{{1,70}}@{HOST}(fr|test|example|local)", fullmatch=True)
LINKS: Final = st.from_regex(rf"(https?|ftp)://{HOST}[a-z]{{2,3}}(:[0-9]{{1,5}})?([/?#][!-~]{{0,20}})?", fullmatch=True)
CODES: Final = st.sampled_from(["35", "2A", "974", "20", "35238", "2A004", "99100", "99600", "200093201", "france"])
ODD: Final[Mapping[str, st.SearchStrategy[Any]]] = {
    "service_id": st.from_regex(r"[a-z-]{1,5}--[!-~é ]{0,9}", fullmatch=True),
    "name": st.text(min_size=1, max_size=160) | st.sampled_from(["Permis, vélo, etc.", "Bilan.", "   ", "Vél", "Vé"]),
    "description": st.text(min_size=4, max_size=30),
    "themes": st.lists(st.text(max_size=9) | st.sampled_from(sorted(THEMES)), max_size=3).map(tuple),
    "publics": st.lists(st.sampled_from(Public), max_size=3).map(tuple),
    "place": st.builds(
        ServicePlace,
        postal_code=st.none() | st.from_regex(r"\A[0-9]{4,6}\n?\Z"),
        town_code=CODES | st.text(min_size=5, max_size=5),
        town=st.text(),
    ),
    "contact": st.builds(ServiceContact, phone=st.sampled_from(["02 61 91 00 35", "3949", "12"]), email=MAILBOXES),
    "zone": st.lists(CODES | st.text(max_size=5), max_size=2).map(tuple),
    "mobilisation_link": LINKS,
    "weekly_hours": st.integers(-1, 40),
    "weeks": st.integers(-1, 60),
    **dict.fromkeys(
        ("publics_details", "access_conditions", "fee_details", "mobilisation_details", "opening_hours"), st.text()
    ),
}
#: A service of which everything is said.
EVERYTHING: Final = DescribeService(
    service_id="dora--1",
    name="Bilan mobilité",
    description="Le point sur vos trajets.",
    kind=ServiceKind.ACCOMPANIMENT,
    themes=("mobilite--preparer-un-permis",),
    publics=(Public.JOBSEEKERS, Public.WOMEN),
    publics_details="Dès 18 ans.",
    access_conditions="Une carte d’identité.",
    fee=Fee.PAYING,
    fee_details="10 € par an.",
    reception_modes=tuple(ReceptionMode),
    place=ServicePlace(
        street="1 rue de la Gare", complement="Porte B", postal_code="35000", town="Rennes", town_code="35238"
    ),
    contact=ServiceContact(phone="02 61 91 00 35", email="accueil@wimoov.example"),
    zone=("35", "200093201"),
    mobilisable_by=tuple(Mobiliser),
    mobilisation_modes=tuple(MobilisationMode),
    mobilisation_link="https://wimoov.example/bilan",
    mobilisation_details="De préférence le matin.",
    weekly_hours=2,
    weeks=6,
    opening_hours="Mo-Fr 09:00-12:00",
)


@st.composite
def commands(draw: st.DrawFn) -> DescribeService:
    """Everything is said, some of it oddly."""
    odd = draw(st.lists(st.sampled_from(sorted(ODD)), max_size=3, unique=True))
    return replace(EVERYTHING, **{name: draw(ODD[name]) for name in odd})


def described(command: DescribeService) -> Service | None:
    """The service as it is stored; None if it is refused."""
    try:
        (event,) = organisation_journey.decider.decide(command, STRUCTURE, NOON)
    except Refusal:
        return None
    assert isinstance(event, Service)
    return event


def told(service: Service) -> Mapping[str, Any]:
    """A service by column, as the reference package takes it: what is empty is not said."""
    row = service_row("parcours--o1", service, DAY)
    return {column.name: cell for column, cell in zip(SERVICES, row, strict=True) if cell is not None}


def taken(row: Mapping[str, Any]) -> bool:
    """Whether data·inclusion takes it, warnings included."""
    try:
        v1.Service.model_validate(row, context={"ignore_warnings": False})
    except ValidationError:
        return False
    return True


@given(commands())
def test_whatever_is_described_is_taken(command: DescribeService) -> None:
    service = described(command)
    if service is not None:
        v1.Service.model_validate(told(service), context={"ignore_warnings": False})


def test_everything_that_may_be_said_is_published() -> None:
    service = described(EVERYTHING)
    assert service is not None
    never = {"lien_source", "longitude", "latitude", "contact_nom_prenom"}
    assert told(service).keys() == {column.name for column in SERVICES} - never
    assert taken(told(service))


def test_each_field_that_is_said_oddly_is_now_taken_and_now_refused() -> None:
    answers: dict[str, set[bool]] = {name: set() for name in ODD}

    def look(odd: tuple[str, Any]) -> None:
        name, value = odd
        answers[name].add(described(replace(EVERYTHING, **{name: value})) is not None)

    one = st.sampled_from(sorted(ODD)).flatmap(lambda name: st.tuples(st.just(name), ODD[name]))
    free = {name: {True} for name in ODD if name.endswith("details") or name in {"access_conditions", "opening_hours"}}
    expected = {name: {True, False} for name in ODD} | free
    draw_until(one, look, lambda: answers == expected)
    assert answers == expected


def usual(**said: Any) -> DescribeService:
    return replace(EVERYTHING, **said)


def row(**said: Any) -> Mapping[str, Any]:
    given = {"source": "s", "structure_id": "s--1", "id": "s--2", "nom": "Bilan", "description": "Vélos et permis."}
    return {**given, "date_maj": DAY, **said}


TRIMMED: Final = st.text(max_size=160).map(lambda text: " ".join(text.split()))


@given(TRIMMED | st.sampled_from(["é" * 150, "é" * 151, "ét", "été", "Bilan.", "Bilan, etc."]))
def test_a_name_is_taken_by_both_or_by_neither(name: str) -> None:
    assert (described(usual(name=name)) is not None) == taken(row(nom=name))


@pytest.mark.parametrize("letters", [4, 5, 10_000, 10_001])
def test_a_description_is_taken_by_both_or_by_neither(letters: int) -> None:
    text = "é" * letters
    assert (described(usual(description=text)) is not None) == taken(row(description=text))


@given(st.lists(st.sampled_from(Public), min_size=1, max_size=3).map(tuple))
def test_publics_are_taken_by_both_or_by_neither(publics: tuple[Public, ...]) -> None:
    assert (described(usual(publics=publics)) is not None) == taken(row(publics=publics))


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (ServiceKind, v1.TypeService),
        (Fee, v1.Frais),
        (Public, v1.Public),
        (ReceptionMode, v1.ModeAccueil),
        (MobilisationMode, v1.ModeMobilisation),
        (Mobiliser, v1.PersonneMobilisatrice),
    ],
    ids=lambda codes: codes.__name__,
)
def test_the_lists_are_those_of_data_inclusion(ours: type[Enum], theirs: type[Enum]) -> None:
    """A new version of the schema shows here, code by code (open-data §9.4)."""
    assert sorted(each.value for each in ours) == sorted(each.value for each in theirs)


def test_the_themes_are_those_of_data_inclusion() -> None:
    assert sorted(THEMES) == sorted(each.value for each in v1.Thematique)
    assert all(re.fullmatch(r"[a-z-]+--[a-z-]+", theme) for theme in THEMES)
