"""Every word of both journeys has a French and an English label, and every command its permission."""

from types import ModuleType
from typing import Any

import pytest

from application.permissions import accompaniment as accompaniment_permissions
from application.permissions import rsa_appointment as rsa_appointment_permissions
from application.permissions.grant import Permissions
from domain.accompaniment import Status as AccompanimentStatus
from domain.accompaniment import accompaniment_journey
from domain.accompaniment import refusals as accompaniment_refusals
from domain.accompaniment.commands import Shorten
from domain.catalogue import CATALOGUE
from domain.journey import Journey
from domain.rsa_appointment import Status, rsa_appointment_journey
from domain.rsa_appointment import refusals as rsa_appointment_refusals
from domain.rsa_appointment.commands import (
    ExpireWhereArchived,
    RemindAppointment,
    RemindInvitation,
    WithdrawUnused,
)
from domain.vocabulary import Role
from tests.domain.words import codes_of, fields_in, labels_of, open_fields, refusals_in

AnyJourney = Journey[Any, Any, Any]
JOURNEYS = pytest.mark.parametrize(
    ("journey", "refusals", "permissions", "statuses"),
    [
        (rsa_appointment_journey, rsa_appointment_refusals, rsa_appointment_permissions.PERMISSIONS, Status),
        (accompaniment_journey, accompaniment_refusals, accompaniment_permissions.PERMISSIONS, AccompanimentStatus),
    ],
    ids=["rsa-appointment", "accompaniment"],
)


def names(kinds: Any) -> list[str]:
    return sorted(kind.__name__ for kind in kinds)


@JOURNEYS
def test_every_word_has_its_label_and_no_label_is_left_over(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions, statuses: type[Status]
) -> None:
    labels = labels_of(journey)
    assert sorted(labels) == ["codes", "commands", "events", "refusals", "stages", "statuses"]
    assert sorted(labels["stages"]) == sorted(type(journey.stage(journey.decider.initial)))
    assert sorted(labels["statuses"]) == sorted(statuses)
    assert sorted(labels["commands"]) == names(journey.commands)
    assert sorted(labels["events"]) == names(journey.events)
    assert sorted(labels["refusals"]) == sorted(refusals_in(refusals))
    written = {kind: sorted(values) for kind, values in labels["codes"].items()}
    assert written == codes_of([*journey.commands, *journey.events])


@JOURNEYS
def test_every_label_is_in_french_and_in_english(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions, statuses: type[Status]
) -> None:
    labels = labels_of(journey)
    plain = [label for table, of in labels.items() if table != "codes" for label in of.values()]
    coded = [label for values in labels["codes"].values() for label in values.values()]
    assert all(sorted(label) == ["en", "fr"] and all(label.values()) for label in (*plain, *coded))


@JOURNEYS
def test_the_english_of_a_refusal_is_its_own_sentence(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions, statuses: type[Status]
) -> None:
    written = {name: label["en"] for name, label in labels_of(journey)["refusals"].items()}
    assert written == {name: kind.sentence() for name, kind in refusals_in(refusals).items()}


@JOURNEYS
def test_a_sentence_names_only_fields_that_are_not_personal(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions, statuses: type[Status]
) -> None:
    for event in journey.events:
        for sentence in labels_of(journey)["events"][event.__name__].values():
            assert fields_in(sentence) <= open_fields(event)


@JOURNEYS
def test_every_command_has_a_stage_and_a_permission(
    journey: AnyJourney, refusals: ModuleType, permissions: Permissions, statuses: type[Status]
) -> None:
    assert names(journey.accepted_from) == names(journey.commands) == names(permissions)
    assert all(permissions.values())
    assert all(journey.accepted_from.values())


def test_only_time_and_consequences_act_by_themselves() -> None:
    tables = (rsa_appointment_permissions.PERMISSIONS, accompaniment_permissions.PERMISSIONS)
    alone = {
        command
        for table in tables
        for command, grants in table.items()
        if {role for grant in grants for role in grant.roles} == {Role.SYSTEM}
    }
    assert alone == {RemindInvitation, RemindAppointment, ExpireWhereArchived, WithdrawUnused, Shorten}


def test_both_journeys_are_in_the_catalogue_beside_dora_s_orientation() -> None:
    assert CATALOGUE["rsa-appointment"] is rsa_appointment_journey
    assert CATALOGUE["accompaniment"] is accompaniment_journey
    assert CATALOGUE["orientation"].name == "orientation"
