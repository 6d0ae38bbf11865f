"""What holds of every organisation, whatever is asked of it and in whatever order."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.formats import siret
from domain.formats.department import DEPARTMENTS
from domain.journey import Refusal
from domain.organisation import Kind, OrganisationCommand, OrganisationEvent, Stage, deadlines, organisation_journey
from domain.organisation.commands import (
    AddMember,
    AddOrientationType,
    AddTag,
    BlockApplications,
    ChangeKinds,
    ChangeMemberRole,
    ChangePhone,
    ChangeSiret,
    ChangeTerritory,
    Close,
    CloseSpontaneous,
    ConfigureCategory,
    Create,
    DeleteOrientationType,
    DeleteTag,
    DescribeService,
    ExpireSpontaneous,
    GrantAuthorisation,
    LinkReference,
    OpenApplications,
    OpenSpontaneous,
    RemoveCategory,
    RemoveMember,
    Rename,
    Reopen,
    RestoreSelfPrescription,
    SetRetention,
    SetValidationSteps,
    SuspendSelfPrescription,
    UnlinkReference,
    WithdrawalReason,
    WithdrawAuthorisation,
    WithdrawService,
)
from domain.references import System
from domain.rsa.categories import CategoryType
from domain.rsa.types import Casf
from domain.vocabulary import Role
from tests.domain.organisation.cases import ADA, BEN, CLEO, SIRET, TODAY, added, create, created, later, standing
from tests.reaching import draw_until

ADMIN = Role.ADMINISTRATOR
Drawn = st.SearchStrategy[Any]

KINDS = st.lists(
    st.sampled_from([Kind.EI, Kind.GEIQ, Kind.ML, Kind.PLIE, Kind.PRESCRIBER_OTHER, Kind.AGENCY_CMA]), max_size=2
)
SUBJECTS = st.sampled_from([ADA, BEN, CLEO])
ROLES = st.sampled_from([Role.MEMBER, Role.ADMINISTRATOR, Role.STAFF])
DAYS = st.sampled_from([0, 31, 60, 400]).map(lambda days: TODAY + timedelta(days=days))
PLACES = st.sampled_from([("26",), ("2A", "01"), (), ("20",)])
KEYS = st.sampled_from(["52", " 52 ", "deux mots"])
CODES = st.sampled_from(["parcours_emploi", "pro", "Pas un code"])
SERVICES = st.sampled_from(["dora--1", "dora--2", "dora"])
DESCRIPTIONS = st.sampled_from(["Un atelier.", "Deux ateliers.", "Peu"])
SIRETS = st.sampled_from(["732 829 320 00074", "35600000049837", "73282932000079"])

DRAWN: Mapping[type[OrganisationCommand], Drawn] = {
    Create: st.builds(create, kinds=KINDS.map(tuple), departments=PLACES, siret=SIRETS),
    Rename: st.builds(Rename, name=st.sampled_from(["Autre  nom", ""])),
    ChangeKinds: st.builds(ChangeKinds, kinds=KINDS.map(tuple)),
    ChangeSiret: st.builds(ChangeSiret, siret=SIRETS),
    ChangeTerritory: st.builds(ChangeTerritory, departments=PLACES),
    SetValidationSteps: st.builds(SetValidationSteps, two_steps=st.booleans()),
    GrantAuthorisation: st.builds(GrantAuthorisation, from_day=DAYS),
    WithdrawAuthorisation: st.builds(WithdrawAuthorisation, from_day=DAYS, reason=st.sampled_from(WithdrawalReason)),
    SuspendSelfPrescription: st.builds(SuspendSelfPrescription, from_day=DAYS, until_day=st.none() | DAYS),
    RestoreSelfPrescription: st.builds(RestoreSelfPrescription, from_day=DAYS),
    OpenApplications: st.just(OpenApplications()),
    BlockApplications: st.just(BlockApplications()),
    OpenSpontaneous: st.just(OpenSpontaneous()),
    CloseSpontaneous: st.just(CloseSpontaneous()),
    ExpireSpontaneous: st.just(ExpireSpontaneous()),
    AddMember: st.builds(AddMember, subject=SUBJECTS, role=ROLES),
    ChangeMemberRole: st.builds(ChangeMemberRole, subject=SUBJECTS, role=ROLES),
    RemoveMember: st.builds(RemoveMember, subject=SUBJECTS),
    SetRetention: st.builds(SetRetention, months=st.integers(0, 37)),
    ChangePhone: st.builds(ChangePhone, phone=st.sampled_from([None, "04 75 00 00 00", "3949", "39490"])),
    ConfigureCategory: st.builds(
        ConfigureCategory,
        category=CODES,
        type=st.sampled_from(CategoryType),
        days_before_invitations_expire=st.sampled_from([None, 3, 4]),
    ),
    RemoveCategory: st.builds(RemoveCategory, category=CODES),
    AddTag: st.builds(AddTag, tag=st.sampled_from(["Permis B", " Permis  B", " "])),
    LinkReference: st.builds(LinkReference, system=st.sampled_from(System), key=KEYS),
    UnlinkReference: st.builds(UnlinkReference, system=st.sampled_from(System), key=KEYS),
    DeleteTag: st.builds(DeleteTag, tag=st.sampled_from(["Permis B", "RQTH"])),
    DescribeService: st.builds(DescribeService, service_id=SERVICES, name=st.just("Atelier"), description=DESCRIPTIONS),
    WithdrawService: st.builds(WithdrawService, service_id=SERVICES),
    AddOrientationType: st.builds(AddOrientationType, code=CODES, casf=st.sampled_from(Casf), name=st.just("Emploi")),
    DeleteOrientationType: st.builds(DeleteOrientationType, code=CODES),
    Close: st.just(Close()),
    Reopen: st.just(Reopen()),
}


@st.composite
def histories(draw: st.DrawFn) -> Sequence[OrganisationEvent]:
    manned: list[OrganisationEvent] = [
        created(Kind.CONSEIL_DEPARTEMENTAL, Kind.EI, Kind.SERVICE_STRUCTURE, siret=SIRET),
        added(ADA, Role.ADMINISTRATOR),
        added(BEN, Role.ADMINISTRATOR),
    ]
    history = manned[: draw(st.sampled_from([0, 1, 3]))]
    day = 0
    for _ in range(draw(st.integers(0, 15))):
        day += draw(st.sampled_from([0, 1, 90]))
        organisation = standing(*history)
        offered = organisation_journey.decider.offers(organisation) if draw(st.integers(0, 9)) else ()
        command = draw(DRAWN[draw(st.sampled_from(list(offered or organisation_journey.commands)))])
        try:
            history += organisation_journey.decider.decide(command, organisation, later(day))
        except Refusal:
            continue
    return history


def test_the_walks_draw_every_command_reach_every_stage_and_see_every_event() -> None:
    stages: set[Stage] = set()
    events: set[type[OrganisationEvent]] = set()

    def walk(history: Sequence[OrganisationEvent]) -> None:
        stages.add(standing(*history).stage)
        events.update(map(type, history))

    draw_until(histories(), walk, lambda: stages == set(Stage) and events == set(organisation_journey.events))
    assert set(DRAWN) == set(organisation_journey.commands)
    assert stages == set(Stage)
    assert events == set(organisation_journey.events)


@given(histories())
def test_somebody_administers_as_long_as_there_are_members(history: Sequence[OrganisationEvent]) -> None:
    states = organisation_journey.decider.replay(history)
    assert all(state.administrators for state in states if state.roles)
    assert all(role in {Role.MEMBER, Role.ADMINISTRATOR} for state in states for role in state.roles.values())


@given(histories())
def test_authorisations_are_in_the_order_of_their_days(history: Sequence[OrganisationEvent]) -> None:
    for state in organisation_journey.decider.replay(history):
        assert all(one.from_day <= other.from_day for one, other in pairwise(state.authorisations))


@given(histories())
def test_what_is_known_stays_normalised(history: Sequence[OrganisationEvent]) -> None:
    organisation = standing(*history)
    assert organisation.siret is None or siret.parse(organisation.siret) == organisation.siret
    assert organisation.name == " ".join(organisation.name.split())
    assert set(organisation.departments) <= DEPARTMENTS
    assert organisation.kinds == tuple(sorted(set(organisation.kinds)))


@given(histories())
def test_only_companies_have_spontaneous_applications(history: Sequence[OrganisationEvent]) -> None:
    for state in organisation_journey.decider.replay(history):
        assert state.spontaneous_since is None or state.is_company
        assert state.is_company or not state.blocks_applications


@given(histories())
def test_only_structures_describe_services_each_under_its_own_name(history: Sequence[OrganisationEvent]) -> None:
    for state in organisation_journey.decider.replay(history):
        assert Kind.SERVICE_STRUCTURE in state.kinds or not state.services
        assert all(name == service.service_id for name, service in state.services.items())


@given(histories())
def test_only_immersion_agencies_have_validation_steps(history: Sequence[OrganisationEvent]) -> None:
    for state in organisation_journey.decider.replay(history):
        assert state.is_immersion_agency or (state.two_steps, state.refers_to) == (False, None)


@given(histories())
def test_what_time_asks_is_accepted_when_due_and_done_once(history: Sequence[OrganisationEvent]) -> None:
    organisation = standing(*history)
    for deadline in deadlines(organisation):
        due = later(0)
        context = type(due)(at=deadline.due, actor=due.actor)
        events = organisation_journey.decider.decide(deadline.command, organisation, context)
        assert not deadlines(standing(*history, *events))


@given(histories())
def test_what_is_offered_is_offered_once_and_types_of_the_law_are_never_added(
    history: Sequence[OrganisationEvent],
) -> None:
    for state in organisation_journey.decider.replay(history):
        codes = [each.code for each in state.orientation_types]
        assert len(set(codes)) == len(codes)
        assert set(codes).isdisjoint(Casf)
        assert len(set(state.tags)) == len(state.tags)
        assert all(name == configured.category for name, configured in state.categories.items())
