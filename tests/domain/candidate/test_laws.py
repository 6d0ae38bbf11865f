"""What holds of every dossier, whatever is asked of it and in whatever order."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import timedelta
from itertools import pairwise
from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from domain.candidate import Candidate, CandidateCommand, CandidateEvent, Stage, candidate_journey, decide, identifiers
from domain.candidate.codes import ClosingReason, ContactField, EmploymentKind, NumberField, Origin, Title
from domain.candidate.commands import (
    AbsorbDuplicate,
    Archive,
    AssignReferent,
    AssignTags,
    CertifyIdentity,
    ChangeContactData,
    ClosePath,
    CorrectIdentity,
    CorrectNir,
    DeclareEmploymentFound,
    DescribeSocialSituation,
    JoinOrganisation,
    LeaveOrganisation,
    LinkAccount,
    LinkReference,
    MergeInto,
    Register,
    RemoveReferent,
    RemoveTag,
    ReopenPath,
    RetractEmploymentFound,
    SetIdentifiers,
    Unarchive,
    UnlinkReference,
)
from domain.candidate.events import TagAssigned
from domain.candidate.values import caf_number_of, email_of, nir_of, phone_of, squished
from domain.iae.certification import Certifier
from domain.iae.person import LackOfNir
from domain.journey import Refusal
from domain.references import System
from domain.vocabulary import ERASED, SEALED, CandidateId, Personal, Role, Subject
from tests.domain.candidate.cases import DROME, ISERE, NIR, OTHER_NIR, TODAY, on, register, registered, standing
from tests.reaching import draw_until

Drawn = st.SearchStrategy[Any]

WORDS = st.sampled_from(["Nour", " nour  AMAL", "Inès", "", "\t"])
PHONES = st.sampled_from([None, "06 12 34 56 78", "0692123456", "3949", " "])
EMAILS = st.sampled_from([None, " Nour@Example.org", "nour@", ""])
NIRS = st.sampled_from([None, NIR, NIR[:13], OTHER_NIR, "185027800608443", "123"])
ADDRESSES = st.sampled_from([None, "1  rue Haute 38000 Grenoble", "Nulle part"])
PLACES = st.sampled_from([DROME.id, ISERE.id])
REFERENTS = st.sampled_from([Subject("camille"), Subject("sacha")])
KEYS = st.sampled_from(["82821", " 82821 ", "Nour Amal", ""])
TAGS = st.sampled_from(["Permis B", " Permis  B ", "Inconnue"])
DAYS = st.integers(-1, 1).map(lambda days: TODAY + timedelta(days=days))
OTHERS = st.sampled_from([CandidateId("kept"), CandidateId("duplicate")])

THERE = replace(
    on(TODAY), candidates={name: standing(registered()) for name in (CandidateId("kept"), CandidateId("duplicate"))}
)

BY_STAFF = replace(THERE, actor=replace(THERE.actor, role=Role.STAFF))

DRAWN: Mapping[type[CandidateCommand], Drawn] = {
    Register: st.builds(
        register,
        first_name=WORDS,
        birth_date=st.sampled_from([None, "1985-02-28", "2030-01-01"]),
        title=st.sampled_from([None, *Title]),
        email=EMAILS,
        phone=PHONES,
        address=ADDRESSES,
        nir=NIRS,
        origin=st.sampled_from(Origin),
        homonym_of=st.sampled_from([None, CandidateId("father")]),
    ),
    CorrectIdentity: st.builds(
        CorrectIdentity,
        first_name=WORDS,
        last_name=WORDS,
        birth_country=st.sampled_from([None, "99100", "99109", "100"]),
        birth_place=st.sampled_from([None, " 26362", "2A004", "26"]),
    ),
    CertifyIdentity: st.builds(CertifyIdentity, by=st.sampled_from(Certifier)),
    ChangeContactData: st.builds(
        ChangeContactData,
        email=EMAILS,
        phone=PHONES,
        address=ADDRESSES,
        remove=st.lists(st.sampled_from(ContactField), max_size=2).map(tuple),
    ),
    SetIdentifiers: st.builds(
        SetIdentifiers,
        nir=NIRS,
        lack_of_nir=st.sampled_from([None, *LackOfNir]),
        france_travail_id=st.sampled_from([None, "1234567u", "12"]),
        caf_number=st.sampled_from([None, "00012345670000"]),
        department_internal_id=st.sampled_from([None, " I-77 "]),
        internal_id_department=st.sampled_from([None, "26"]),
        remove=st.lists(st.sampled_from(NumberField), max_size=2).map(tuple),
    ),
    CorrectNir: st.builds(CorrectNir, nir=NIRS, reason=st.sampled_from(["non", "Document vu en agence"])),
    DescribeSocialSituation: st.builds(DescribeSocialSituation, refugee=st.booleans()),
    AssignReferent: st.builds(AssignReferent, referent=REFERENTS, organisation=PLACES),
    RemoveReferent: st.builds(RemoveReferent, referent=REFERENTS, organisation=PLACES),
    JoinOrganisation: st.builds(JoinOrganisation, organisation=PLACES, nir=NIRS),
    LeaveOrganisation: st.builds(LeaveOrganisation, organisation=PLACES),
    Archive: st.builds(Archive, organisation=PLACES),
    Unarchive: st.builds(Unarchive, organisation=PLACES),
    AssignTags: st.builds(AssignTags, organisation=PLACES, tags=st.lists(TAGS, max_size=3).map(tuple)),
    RemoveTag: st.builds(RemoveTag, organisation=PLACES, tag=TAGS),
    LinkReference: st.builds(LinkReference, system=st.sampled_from(System), key=KEYS),
    UnlinkReference: st.builds(UnlinkReference, system=st.sampled_from(System), key=KEYS),
    LinkAccount: st.builds(LinkAccount, account=REFERENTS),
    DeclareEmploymentFound: st.builds(DeclareEmploymentFound, on=DAYS, kind=st.sampled_from(EmploymentKind)),
    RetractEmploymentFound: st.builds(RetractEmploymentFound, on=DAYS),
    ClosePath: st.builds(ClosePath, reason=st.sampled_from(ClosingReason)),
    ReopenPath: st.just(ReopenPath()),
    AbsorbDuplicate: st.builds(
        AbsorbDuplicate, source=OTHERS, source_entered_on=DAYS, followers=st.lists(PLACES, max_size=2).map(tuple)
    ),
    MergeInto: st.builds(MergeInto, target=OTHERS),
}


@st.composite
def histories(draw: st.DrawFn) -> Sequence[CandidateEvent]:
    known: list[CandidateEvent] = [registered(), TagAssigned(organisation=DROME.id, tag="Permis B")]
    history = known[: draw(st.sampled_from([0, 1, 2]))]
    for _ in range(draw(st.integers(0, 15))):
        candidate = standing(*history)
        offered = candidate_journey.decider.offers(candidate) if draw(st.integers(0, 9)) else ()
        command = draw(DRAWN[draw(st.sampled_from(list(offered or candidate_journey.commands)))])
        try:
            history += decide(command, candidate, draw(st.sampled_from([THERE, BY_STAFF])))
        except Refusal:
            continue
    return history


def test_the_walks_draw_every_command_reach_every_stage_and_see_every_event() -> None:
    stages: set[Stage] = set()
    events: set[type[CandidateEvent]] = set()

    def walk(history: Sequence[CandidateEvent]) -> None:
        stages.add(standing(*history).stage)
        events.update(map(type, history))

    draw_until(histories(), walk, lambda: stages == set(Stage) and events == set(candidate_journey.events))
    assert set(DRAWN) == set(candidate_journey.commands)
    assert stages == set(Stage)
    assert events == set(candidate_journey.events)


@given(histories())
def test_what_is_known_stays_normalised(history: Sequence[CandidateEvent]) -> None:
    candidate = standing(*history)
    assert candidate.nir == nir_of(candidate.nir)
    assert candidate.phone == phone_of(candidate.phone)
    assert candidate.email == email_of(candidate.email)
    assert candidate.caf_number == caf_number_of(candidate.caf_number)
    assert candidate.department_internal_id == squished(candidate.department_internal_id)
    assert (candidate.department_internal_id is None) is (candidate.internal_id_department is None)
    assert (candidate.birth_place is not None) is (candidate.birth_country == "99100")
    assert len(set(candidate.certified_by)) == len(candidate.certified_by)
    assert candidate.nir is None or candidate.lack_of_nir is None


@given(histories())
def test_whoever_had_an_identifier_has_one_still(history: Sequence[CandidateEvent]) -> None:
    states = candidate_journey.decider.replay(history)
    assert all(after.has_identifier for before, after in pairwise(states) if before.has_identifier)


@given(histories())
def test_only_a_correction_changes_a_nir(history: Sequence[CandidateEvent]) -> None:
    states = candidate_journey.decider.replay(history)
    changed = [
        type(event).__name__
        for event, (before, after) in zip(history, pairwise(states), strict=True)
        if before.nir not in (None, after.nir)
    ]
    assert set(changed) <= {"NirCorrected"}


@given(histories())
def test_the_day_of_entry_only_ever_gets_earlier(history: Sequence[CandidateEvent]) -> None:
    days = [state.entered_on for state in candidate_journey.decider.replay(history) if state.entered_on]
    assert days == sorted(days, reverse=True)


@given(histories())
def test_a_merged_dossier_stays_merged_and_holds_its_names_elsewhere(
    history: Sequence[CandidateEvent],
) -> None:
    states = candidate_journey.decider.replay(history)
    assert all(after == before for before, after in pairwise(states) if before.stage is Stage.MERGED)
    held = [identifiers(state) for state in states if state.stage is Stage.MERGED]
    assert {each.kind for each in frozenset().union(*held)} <= {"reference_of_person"}


@given(histories())
def test_referents_and_archives_are_those_of_followers(history: Sequence[CandidateEvent]) -> None:
    candidate = standing(*history)
    assert {each.organisation for each in candidate.referents} <= candidate.followers.keys()
    assert set(candidate.archived_by) <= candidate.followers.keys()
    assert len(set(candidate.referents)) == len(candidate.referents)


def unreadable(event: Any, text: str) -> Any:
    hints = get_type_hints(type(event), include_extras=True)
    return replace(event, **{name: text for name, hint in hints.items() if Personal in get_args(hint)})


@given(histories(), st.sampled_from([ERASED, SEALED]))
def test_a_history_that_nobody_can_read_folds_to_the_same_facts(history: Sequence[CandidateEvent], text: str) -> None:
    hints = get_type_hints(Candidate, include_extras=True)
    personal = {each.name for each in fields(Candidate) if Personal in get_args(hints[each.name])}
    read, unread = standing(*history), standing(*[unreadable(event, text) for event in history])
    known = replace(read, tags=unread.tags, references=unread.references)
    assert unread == replace(known, **{name: getattr(unread, name) for name in personal})
    assert {getattr(unread, name) for name in personal} <= {text, "", None}
    assert set(unread.tags) | {each.key for each in unread.references} <= {text}
    assert identifiers(unread) == frozenset()


@given(histories())
def test_each_tag_is_there_once(history: Sequence[CandidateEvent]) -> None:
    for state in candidate_journey.decider.replay(history):
        assert len(set(state.tags)) == len(state.tags)
