"""What a structure says of its services: each rule at both sides of its boundary, and what is stored."""

from typing import Any

import pytest

from domain.journey import Refusal
from domain.organisation import Kind
from domain.organisation.commands import DescribeService, WithdrawService
from domain.organisation.events import Closed, KindsChanged, Reopened, ServiceDescribed, ServiceWithdrawn
from domain.organisation.refusals import (
    DescriptionOutOfBounds,
    DurationNotPositive,
    EverybodyStandsAlone,
    InvalidEmail,
    InvalidLink,
    InvalidPhone,
    InvalidPostalCode,
    InvalidServiceId,
    NotAServiceStructure,
    ServiceNameEndsWithFullStop,
    ServiceNameOutOfBounds,
    TextTooLong,
    UnknownService,
    UnknownThemes,
    UnknownTown,
    UnknownZone,
)
from domain.organisation.services import (
    MobilisationMode,
    Mobiliser,
    Public,
    ReceptionMode,
    ServiceContact,
    ServicePlace,
)
from domain.organisation.state import identifiers
from tests.domain.organisation.cases import TODAY, created, given, standing

STRUCTURE = created(Kind.SERVICE_STRUCTURE, typology="asso")
SERVICE = "dora--7a1c2f6e-3c0b-4c56-9f2e-5d1f6a2b9c10"
USUAL = {"service_id": SERVICE, "name": "Bilan mobilité", "description": "Le point sur vos trajets."}


def describe(**said: Any) -> DescribeService:
    return DescribeService(**{**USUAL, **said})


def described(**said: Any) -> ServiceDescribed:
    return ServiceDescribed(**{**USUAL, **said})


def named(value: Any) -> str:
    """A case by its fields, or by its refusal: what it says is no name for a test."""
    return " ".join(value) if isinstance(value, dict) else str(value.__name__)


def test_a_service_is_described_anew_and_withdrawn() -> None:
    other = described(name="Bilan mobilité et permis")
    given(STRUCTURE).when(describe()).then(described())
    given(STRUCTURE, described()).when(describe()).then()
    given(STRUCTURE, described()).when(describe(name=other.name)).then(other)
    given(STRUCTURE, described()).when(WithdrawService(service_id=SERVICE)).then(ServiceWithdrawn(service_id=SERVICE))
    given(STRUCTURE).when(WithdrawService(service_id=SERVICE)).refused(UnknownService)
    assert standing(STRUCTURE, described(), other).services == {SERVICE: other}
    assert standing(STRUCTURE, described(), ServiceWithdrawn(service_id=SERVICE)).services == {}


def test_only_structures_that_offer_services_describe_them() -> None:
    given(created(Kind.ACI)).when(describe()).refused(NotAServiceStructure)
    given(created(Kind.ACI, Kind.SERVICE_STRUCTURE)).when(describe()).then(described())
    no_longer = KindsChanged(kinds=(Kind.ACI,), typology=None, on=TODAY, status_reset=True)
    assert standing(STRUCTURE, described(), no_longer).services == {}


def test_a_service_is_one_structures_until_it_is_withdrawn_or_the_structure_closed() -> None:
    def claimed(*history: Any) -> set[tuple[str, str, str]]:
        return {(each.scope, each.kind, each.value) for each in identifiers(standing(STRUCTURE, *history))}

    assert claimed(described()) == {("organisation", "service", SERVICE)}
    assert claimed(described(), ServiceWithdrawn(service_id=SERVICE)) == set()
    assert claimed(described(), Closed()) == set()
    assert claimed(described(), Closed(), Reopened()) == {("organisation", "service", SERVICE)}
    given(STRUCTURE, described(), Closed()).when(WithdrawService(service_id=SERVICE)).then(
        ServiceWithdrawn(service_id=SERVICE)
    )


def test_what_is_said_is_stored_one_way() -> None:
    said = describe(
        name="  Bilan \n mobilité ",
        description=" Le point  \r\n  sur vos trajets. \r",
        themes=("sante--addictions", "mobilite--preparer-un-permis", "sante--addictions"),
        publics=(Public.SENIORS, Public.WOMEN, Public.SENIORS),
        fee_details="  ",
        reception_modes=(ReceptionMode.ON_SITE, ReceptionMode.REMOTE, ReceptionMode.ON_SITE),
        mobilisable_by=(Mobiliser.PEOPLE, Mobiliser.PROFESSIONALS),
        mobilisation_modes=(MobilisationMode.PHONE, MobilisationMode.EMAIL, MobilisationMode.PHONE),
        zone=("35", "22", "35"),
        place=ServicePlace(street=" 1 rue de la Gare ", complement=""),
        contact=ServiceContact(phone="02 61 91 00 35", email=" accueil@wimoov.example "),
        mobilisation_link=" https://wimoov.example/bilan ",
    )
    given(STRUCTURE).when(said).then(
        described(
            name="Bilan mobilité",
            description="Le point\n  sur vos trajets.",
            themes=("mobilite--preparer-un-permis", "sante--addictions"),
            publics=(Public.WOMEN, Public.SENIORS),
            reception_modes=(ReceptionMode.REMOTE, ReceptionMode.ON_SITE),
            mobilisable_by=(Mobiliser.PROFESSIONALS, Mobiliser.PEOPLE),
            mobilisation_modes=(MobilisationMode.EMAIL, MobilisationMode.PHONE),
            zone=("22", "35"),
            place=ServicePlace(street="1 rue de la Gare"),
            contact=ServiceContact(phone="+33261910035", email="accueil@wimoov.example"),
            mobilisation_link="https://wimoov.example/bilan",
        )
    )


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"service_id": "dora"}, InvalidServiceId),
        ({"service_id": "dora--"}, InvalidServiceId),
        ({"service_id": "Dora--1"}, InvalidServiceId),
        ({"service_id": "dora--1 2"}, InvalidServiceId),
        ({"service_id": "dora--1\n"}, InvalidServiceId),
        ({"service_id": f"dora--{'é'}"}, InvalidServiceId),
        ({"service_id": f"dora--{'1' * 250}"}, InvalidServiceId),
        ({"name": "éé"}, ServiceNameOutOfBounds),
        ({"name": "     "}, ServiceNameOutOfBounds),
        ({"name": "é" * 151}, ServiceNameOutOfBounds),
        ({"name": "Bilan mobilité."}, ServiceNameEndsWithFullStop),
        ({"description": "Vite"}, DescriptionOutOfBounds),
        ({"description": "Vite   "}, DescriptionOutOfBounds),
        ({"description": "é" * 10_001}, DescriptionOutOfBounds),
        ({"access_conditions": "é" * 10_001}, TextTooLong),
        ({"place": ServicePlace(street="é" * 281)}, TextTooLong),
        ({"themes": ("mobilite",)}, UnknownThemes),
        ({"themes": ("mobilite--autre",)}, UnknownThemes),
        ({"publics": (Public.EVERYBODY, Public.WOMEN)}, EverybodyStandsAlone),
        ({"place": ServicePlace(postal_code="3500")}, InvalidPostalCode),
        ({"place": ServicePlace(postal_code="٣٥٠٠٠")}, InvalidPostalCode),
        ({"place": ServicePlace(town_code="20004")}, UnknownTown),
        ({"place": ServicePlace(town_code="éàçù_")}, UnknownTown),
        ({"place": ServicePlace(town_code="97911")}, UnknownTown),
        ({"zone": ("35", "XX")}, UnknownZone),
        ({"zone": ("99600",)}, UnknownZone),
        ({"zone": ("20",)}, UnknownZone),
        ({"zone": ("20009320",)}, UnknownZone),
        ({"zone": ("France",)}, UnknownZone),
        ({"contact": ServiceContact(phone="12")}, InvalidPhone),
        ({"contact": ServiceContact(email="accueil")}, InvalidEmail),
        ({"contact": ServiceContact(email="accueil@wimoov.test")}, InvalidEmail),
        ({"contact": ServiceContact(email="accueil@wimoov.fr, direction@wimoov.fr")}, InvalidEmail),
        ({"contact": ServiceContact(email=f"{'a' * 65}@wimoov.fr")}, InvalidEmail),
        ({"contact": ServiceContact(email="accueil@accueil.wimoov.test")}, InvalidEmail),
        ({"contact": ServiceContact(email=f"accueil1@{'wimoov.' * 34}wimoo.fr")}, InvalidEmail),
        ({"mobilisation_link": "wimoov.example"}, InvalidLink),
        ({"mobilisation_link": "javascript:alert(1)"}, InvalidLink),
        ({"mobilisation_link": "https://ines:secret@wimoov.example"}, InvalidLink),
        ({"mobilisation_link": "https://127.0.0.1/bilan"}, InvalidLink),
        ({"mobilisation_link": "https://wimoov.example/un bilan"}, InvalidLink),
        ({"mobilisation_link": f"https://wimoov.example/{'a' * 2061}"}, InvalidLink),
        ({"weekly_hours": 0}, DurationNotPositive),
        ({"weeks": 0}, DurationNotPositive),
    ],
    ids=named,
)  # fmt: skip
def test_what_data_inclusion_would_not_take_or_nobody_could_use_is_refused(
    said: dict[str, Any], refusal: type[Refusal]
) -> None:
    given(STRUCTURE).when(describe(**said)).refused(refusal)


@pytest.mark.parametrize(
    "said",
    [
        {"service_id": "france-travail--ccas-2024:47BXY/3"},
        {"service_id": f"dora--{'1' * 249}"},
        {"name": "ééé"},
        {"name": "é" * 150},
        {"name": "Permis, vélo, etc."},
        {"description": "Vélos"},
        {"description": "é" * 10_000},
        {"access_conditions": "é" * 10_000},
        {"place": ServicePlace(street="é" * 280)},
        {"publics": (Public.EVERYBODY,)},
        {"place": ServicePlace(postal_code="01000", town_code="01001")},
        {"place": ServicePlace(postal_code="20200", town_code="2A004")},
        {"place": ServicePlace(postal_code="97400", town_code="97411")},
        {"zone": ("200093201", "2A", "35238", "974", "99100", "france")},
        {"contact": ServiceContact(phone="3949", email=None)},
        {"contact": ServiceContact(phone=None, email=f"{'a' * 64}@wimoov.fr")},
        {"contact": ServiceContact(phone=None, email=f"accueil@{'wimoov.' * 34}wimoo.fr")},
        {"mobilisation_link": f"https://wimoov.example/{'a' * 2060}"},
        {"mobilisation_link": "http://wimoov.example?bilan=1#haut"},
        {"weekly_hours": 1, "weeks": 1},
    ],
    ids=named,
)  # fmt: skip
def test_what_is_just_within_the_bounds_is_taken(said: dict[str, Any]) -> None:
    given(STRUCTURE).when(describe(**said)).then(described(**{name: _in_order(value) for name, value in said.items()}))


def _in_order(value: Any) -> Any:
    return tuple(sorted(value)) if isinstance(value, tuple) else value
