"""Structures as data·inclusion would take them, held to its own package; and what is left out."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from data_inclusion.schema import v1
from pydantic import ValidationError

from application.ports import Metadata, Recorded
from application.publication import Row
from domain.organisation.commands import WithdrawalReason
from domain.organisation.events import (
    AuthorisationGranted,
    AuthorisationWithdrawn,
    Closed,
    Created,
    KindsChanged,
    MemberAdded,
    PhoneChanged,
    Renamed,
    Reopened,
    ServiceDescribed,
    ServiceWithdrawn,
    SiretChanged,
    TerritoryChanged,
)
from domain.organisation.kinds import Kind
from domain.organisation.services import Public
from domain.organisation.typologies import TYPOLOGIES
from domain.vocabulary import Role, Subject
from projections.publishing.columns import SERVICES, STRUCTURES
from projections.publishing.networks import NETWORK_OF_KIND, NETWORK_OF_TYPOLOGY
from projections.publishing.offer import Offer
from tests.domain.orientation import cases
from tests.spec import CAMILLE

DAY: Final = date(2026, 3, 1)
NOON: Final = datetime(2026, 3, 1, 11, tzinfo=UTC)


def created(kind: Kind = Kind.ACI, **told: Any) -> Created:
    given: dict[str, Any] = {"name": "Les Jardins de Redon", "kinds": (kind,), "departments": ("35",), "at": NOON}
    return Created(**(given | told))


def recorded(root: str, event: Any, version: int, days: int) -> Recorded:
    at = NOON + timedelta(days=days)
    return Recorded(
        partition=0,
        offset=version,
        root=root,
        root_version=version,
        journey=root.partition("/")[0],
        journey_version=version,
        event=event,
        occurred_at=at - timedelta(days=400),
        recorded_at=at,
        metadata=Metadata(actor=CAMILLE, correlation_id="r", causation_id="r"),
    )


def offered(*events: Any, root: str = "organisation/o1", days: int = 60) -> tuple[list[Row], Mapping[str, int]]:
    """The structures, and what is left out, after events of one day each, from the first of March on."""
    offer = Offer()
    for place, event in enumerate(events):
        offer.tell(recorded(root, event, place + 1, place))
    (structures, _), left_out = offer.tables(DAY + timedelta(days=days))
    return list(structures.rows), left_out["structures"]


def told(row: Row) -> dict[str, Any]:
    """A row by column, as the reference package takes it: what is empty is not said."""
    return {
        column.name: cell for column, cell in zip(STRUCTURES, row, strict=True) if cell is not None
    }  # fmt: skip


def test_a_structure_says_what_the_record_knows_and_nothing_else() -> None:
    (row,), left_out = offered(created(siret="13000548100010"))
    assert told(row) == {
        "source": "parcours",
        "id": "parcours--o1",
        "nom": "Les Jardins de Redon",
        "date_maj": DAY,
        "siret": "13000548100010",
        "reseaux_porteurs": ("aci",),
    }
    assert left_out == {}


def test_columns_are_those_of_data_inclusion_in_its_order() -> None:
    assert [column.name for column in STRUCTURES] == list(v1.Structure.model_fields)
    assert [column.name for column in SERVICES] == list(v1.Service.model_fields)
    for columns, model in ((STRUCTURES, v1.Structure), (SERVICES, v1.Service)):
        required = {name for name, field in model.model_fields.items() if field.is_required()}
        assert {column.name for column in columns if column.required} == required


@pytest.mark.parametrize("kind", Kind, ids=str)
def test_every_kind_makes_a_structure_that_data_inclusion_takes(kind: Kind) -> None:
    typologies = sorted(TYPOLOGIES) if kind is Kind.SERVICE_STRUCTURE else [None]
    for typology in typologies:
        rows, left_out = offered(created(kind, typology=typology), AuthorisationGranted(from_day=DAY))
        assert len(rows) + sum(left_out.values()) == 1
        for row in rows:
            v1.Structure.model_validate(told(row), context={"ignore_warnings": False})


def test_every_network_is_one_of_data_inclusion() -> None:
    networks = {each.value for each in v1.ReseauPorteur}
    assert {*NETWORK_OF_KIND.values(), *NETWORK_OF_TYPOLOGY.values()} <= networks
    assert NETWORK_OF_TYPOLOGY.keys() <= TYPOLOGIES


def test_the_vocabularies_of_data_inclusion_are_those_that_were_read() -> None:
    """A new version of the schema shows here (open-data §9.4)."""
    vocabularies = (v1.Frais, v1.ModeAccueil, v1.ModeMobilisation, v1.PersonneMobilisatrice, v1.TypeService)
    assert [len(each) for each in vocabularies] == [2, 2, 4, 2, 6]
    assert (len(v1.Public), len(v1.Thematique), len(v1.ReseauPorteur)) == (14, 69, 108)


@pytest.mark.parametrize(("letters", "published"), [(2, False), (3, True), (150, True), (151, False)])
def test_a_name_has_three_to_a_hundred_and_fifty_characters(letters: int, published: bool) -> None:
    rows, left_out = offered(created(name="é" * letters))
    assert (len(rows), left_out) == ((1, {}) if published else (0, {"name": 1}))
    structure = {"source": "s", "id": "s--1", "nom": "é" * letters, "date_maj": DAY}
    if published:
        assert v1.Structure.model_validate(structure)
    else:
        with pytest.raises(ValidationError):
            v1.Structure.model_validate(structure)


def test_a_closed_structure_is_left_out_until_it_takes_part_again() -> None:
    assert offered(created(), Closed()) == ([], {"closed": 1})
    assert len(offered(created(), Closed(), Reopened())[0]) == 1


def test_whoever_needs_an_authorisation_is_published_with_it() -> None:
    from_day = DAY + timedelta(days=10)
    granted = (created(Kind.ML), AuthorisationGranted(from_day=from_day))
    assert offered(created(Kind.ML)) == ([], {"not_authorised": 1})
    assert offered(*granted, days=9) == ([], {"not_authorised": 1})
    assert len(offered(*granted, days=10)[0]) == 1
    withdrawn = AuthorisationWithdrawn(from_day=from_day, reason=WithdrawalReason.ABUSE)
    assert offered(created(Kind.ML), AuthorisationGranted(from_day=DAY), withdrawn) == ([], {"not_authorised": 1})


def test_who_is_only_named_by_others_is_left_out() -> None:
    assert offered(created(Kind.COMPANY_UNKNOWN)) == ([], {"known_by_reference": 1})
    assert offered(created(Kind.PRESCRIBER_UNKNOWN)) == ([], {"known_by_reference": 1})


def test_an_establishment_that_does_not_exist_has_no_siret() -> None:
    (row,), _ = offered(created(siret="13000548199901"))
    assert "siret" not in told(row)


@pytest.mark.parametrize(
    ("event", "day"),
    [
        (Renamed(name="Les Jardins"), 1),
        (Renamed(name="Les Jardins de Redon"), 0),
        (SiretChanged(siret="13000548100010"), 1),
        (KindsChanged(kinds=(Kind.EI,), typology=None, on=DAY, status_reset=False), 1),
        (TerritoryChanged(departments=("56",)), 0),
        (MemberAdded(subject=Subject("erwan"), role=Role.ADMINISTRATOR), 0),
        (PhoneChanged(phone="+33612345678"), 0),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_last_change_is_of_something_published(event: Any, day: int) -> None:
    (row,), _ = offered(created(), event)
    assert told(row)["date_maj"] == DAY + timedelta(days=day)


def test_neither_members_nor_telephone_are_published() -> None:
    events = (created(), MemberAdded(subject=Subject("erwan"), role=Role.MEMBER), PhoneChanged(phone="+33612345678"))
    (row,), _ = offered(*events)
    assert "erwan" not in repr(row)
    assert "612345678" not in repr(row)


def test_structures_are_in_order_whoever_is_told_first() -> None:
    def identifiers(*roots: str) -> list[object]:
        offer = Offer()
        for root in roots:
            offer.tell(recorded(root, created(), 1, 0))
        (structures, _), _ = offer.tables(DAY)
        return [row[1] for row in structures.rows]

    assert identifiers("organisation/b", "organisation/a") == identifiers("organisation/a", "organisation/b")


SERVICE: Final = "dora--7a1c2f6e-3c0b-4c56-9f2e-5d1f6a2b9c10"


def described(**said: Any) -> ServiceDescribed:
    given: dict[str, Any] = {
        "service_id": SERVICE,
        "name": "Bilan mobilité",
        "description": "Le point sur tout.",
    }
    return ServiceDescribed(**(given | said))


def structure() -> tuple[Created, AuthorisationGranted]:
    return created(Kind.SERVICE_STRUCTURE, typology="asso"), AuthorisationGranted(from_day=DAY)


def services(*told: tuple[str, Any]) -> tuple[list[dict[str, Any]], Mapping[str, int]]:
    """The services, and what is left out, after events of one day each, told of one root or another."""
    offer, versions = Offer(), Counter[str]()
    for place, (root, event) in enumerate(told):
        versions[root] += 1
        offer.tell(recorded(root, event, versions[root], place))
    (structures, table), left_out = offer.tables(DAY + timedelta(days=60))
    assert {row[1] for row in table.rows} <= {row[1] for row in structures.rows}
    rows = [dict(zip((column.name for column in SERVICES), row, strict=True)) for row in table.rows]
    return [{name: cell for name, cell in row.items() if cell is not None} for row in rows], left_out["services"]


def of(root: str, *events: Any) -> list[tuple[str, Any]]:
    return [(f"organisation/{root}", event) for event in events]


def sent(service_id: str) -> tuple[str, Any]:
    return f"candidate/{service_id}", cases.sent(service_id=service_id)


def test_a_service_is_published_with_its_structure_under_the_name_that_orientations_use() -> None:
    for_women = described(publics=(Public.WOMEN,), weekly_hours=2)
    rows, left_out = services(*of("o1", *structure(), for_women), sent(SERVICE))
    assert rows == [
        {
            "source": "parcours",
            "structure_id": "parcours--o1",
            "id": f"parcours--{SERVICE}",
            "nom": "Bilan mobilité",
            "description": "Le point sur tout.",
            "date_maj": DAY + timedelta(days=2),
            "publics": ("femmes",),
            "volume_horaire_hebdomadaire": 2.0,
        }
    ]
    assert left_out == {}


def test_a_service_that_nobody_has_described_is_counted_and_not_made_up() -> None:
    assert services() == ([], {})
    assert services(sent("dora--1"), sent("dora--2"), sent("dora--1")) == ([], {"no_description": 2})


def test_a_withdrawn_service_is_published_no_longer() -> None:
    withdrawn = (*structure(), described(), ServiceWithdrawn(service_id=SERVICE))
    assert services(*of("o1", *withdrawn)) == ([], {})
    assert services(sent(SERVICE), *of("o1", *withdrawn)) == ([], {"no_description": 1})
    assert len(services(*of("o1", *withdrawn, described()))[0]) == 1


def test_a_service_is_left_out_with_its_structure() -> None:
    created_only = structure()[:1]
    assert services(*of("o1", *created_only, described())) == ([], {"structure": 1})
    assert services(*of("o1", *structure(), described(), Closed())) == ([], {"structure": 1})
    assert len(services(*of("o1", *structure(), described(), Closed(), Reopened()))[0]) == 1


def test_what_one_structure_leaves_another_one_may_describe() -> None:
    left = of("o1", *structure(), described(), ServiceWithdrawn(service_id=SERVICE))
    rows, _ = services(*left, *of("o2", *structure(), described(name="Bilan")))
    assert [(row["structure_id"], row["nom"]) for row in rows] == [("parcours--o2", "Bilan")]


def test_a_service_changes_by_itself() -> None:
    told = of("o1", *structure(), described(), described(service_id="dora--1"), Renamed(name="Les Jardins"))
    rows, _ = services(*told)
    assert [(row["id"], row["date_maj"]) for row in rows] == [
        ("parcours--dora--1", DAY + timedelta(days=3)),
        (f"parcours--{SERVICE}", DAY + timedelta(days=2)),
    ]
