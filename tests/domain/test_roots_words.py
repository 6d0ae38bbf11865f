"""Candidates and organisations: every word has a French and an English label, every command its permission."""

from types import ModuleType
from typing import Any

import pytest

from application.permissions import candidate as candidate_permissions
from application.permissions import organisation as organisation_permissions
from application.permissions.grant import Permissions
from domain.candidate import candidate_journey
from domain.candidate import refusals as candidate_refusals
from domain.candidate.sensitivity import hidden_from
from domain.journey import Journey
from domain.organisation import organisation_journey
from domain.organisation import refusals as organisation_refusals
from domain.organisation.kinds import FAMILY_OF, KINDS_OF, Kind
from domain.organisation.typologies import TYPOLOGIES
from domain.vocabulary import Family, Role
from tests.domain.words import codes_of, fields_in, labels_of, open_fields, refusals_in

AnyJourney = Journey[Any, Any, Any]
JOURNEYS = pytest.mark.parametrize(
    ("journey", "refusals", "permissions"),
    [
        (candidate_journey, candidate_refusals, candidate_permissions.PERMISSIONS),
        (organisation_journey, organisation_refusals, organisation_permissions.PERMISSIONS),
    ],
    ids=["candidate", "organisation"],
)


def names(kinds: Any) -> list[str]:
    return sorted(kind.__name__ for kind in kinds)


@JOURNEYS
def test_every_word_has_its_label_and_no_label_is_left_over(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions
) -> None:
    labels = labels_of(journey)
    assert sorted(labels) == ["codes", "commands", "events", "refusals", "stages"]
    assert sorted(labels["stages"]) == sorted(type(journey.stage(journey.decider.initial)))
    assert sorted(labels["commands"]) == names(journey.commands)
    assert sorted(labels["events"]) == names(journey.events)
    assert sorted(labels["refusals"]) == sorted(refusals_in(refusals))
    written = {kind: sorted(values) for kind, values in labels["codes"].items()}
    used = codes_of([*journey.commands, *journey.events, type(journey.decider.initial)])
    assert {name: values for name, values in used.items() if name != "Stage"}.items() <= written.items()


@JOURNEYS
def test_every_label_is_in_french_and_in_english(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions
) -> None:
    labels = labels_of(journey)
    plain = [label for table in ("stages", "commands", "events", "refusals") for label in labels[table].values()]
    coded = [label for values in labels["codes"].values() for label in values.values()]
    assert all(sorted(label) == ["en", "fr"] and all(label.values()) for label in (*plain, *coded))


@JOURNEYS
def test_the_english_of_a_refusal_is_its_own_sentence(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions
) -> None:
    written = {name: label["en"] for name, label in labels_of(journey)["refusals"].items()}
    assert written == {name: kind.sentence() for name, kind in refusals_in(refusals).items()}


@JOURNEYS
def test_a_sentence_names_only_fields_that_are_not_personal(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions
) -> None:
    for event in journey.events:
        for sentence in labels_of(journey)["events"][event.__name__].values():
            assert fields_in(sentence) <= open_fields(event)


@JOURNEYS
def test_every_command_has_a_stage_and_a_permission(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions
) -> None:
    assert names(journey.accepted_from) == names(journey.commands) == names(permissions)
    assert all(permissions.values())
    assert all(journey.accepted_from.values())


def test_only_time_mergers_and_certifying_services_act_by_themselves() -> None:
    alone = [
        command.__name__
        for table in (candidate_permissions.PERMISSIONS, organisation_permissions.PERMISSIONS)
        for command, grants in table.items()
        if {role for grant in grants for role in grant.roles} == {Role.SYSTEM}
    ]
    assert alone == ["CertifyIdentity", "AbsorbDuplicate", "ExpireSpontaneous"]


def test_institutions_are_granted_nothing_on_a_dossier() -> None:
    families = [grant.families for grants in candidate_permissions.PERMISSIONS.values() for grant in grants]
    assert all(Family.INSTITUTION not in each for each in families)


def test_every_kind_belongs_to_one_family() -> None:
    assert set(FAMILY_OF) == set(Kind)
    assert sum(map(len, KINDS_OF.values())) == len(Kind) == 78
    assert {family: len(kinds) for family, kinds in KINDS_OF.items()} == {
        Family.SIAE: 6,
        Family.GEIQ: 1,
        Family.EMPLOYER: 5,
        Family.PRESCRIBER: 35,
        Family.INSTITUTION: 13,
        Family.RSA: 3,
        Family.SERVICE_PROVIDER: 1,
        Family.IMMERSION_AGENCY: 13,
        Family.OTHER: 1,
    }


def test_there_are_92_typologies() -> None:
    assert len(TYPOLOGIES) == 92


def test_the_least_restrictive_kind_wins() -> None:
    assert hidden_from(("siae",)) == {"nir", "department_internal_id"}
    assert hidden_from(("siae", "conseil_departemental")) == frozenset()
    assert hidden_from(("siae", "aci")) == {"department_internal_id"}
    assert hidden_from(()) == frozenset()
    assert {"conseil_departemental", "france_travail", "delegataire_rsa", "siae", "autre"} <= set(Kind)
