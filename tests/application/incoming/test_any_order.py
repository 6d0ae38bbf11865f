"""What RDV-Solidarités sends, in any order, twice or late, gives the same dossiers as in order and in time.

Compared is the whole of every dossier but for what depends on when it was heard: the numbers of seats, when the agenda
was last heard of one, and the messages that people were sent meanwhile.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count, pairwise
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from domain.candidate import Candidate
from domain.candidate.commands import LinkReference
from domain.references import System
from domain.rsa.categories import Channel
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment.codes import InvitationOrigin
from domain.rsa_appointment.commands import Invite, Open
from domain.vocabulary import OrganisationId, RootKind
from tests.application.incoming.agenda import CATEGORY, Json, message, rdv, seat, user
from tests.application.incoming.conftest import Office
from tests.application.town import NOON, professional

ODILE = professional("odile", "rdv-insertion")
PEOPLE: Final = (1, 2, 3)
STATUSES: Final = st.sampled_from(["unknown", "seen", "excused", "revoked", "noshow"])
PLACES: Final = st.sampled_from(["1 rue Haute, Rennes", "2 rue Basse, Rennes"])
#: Everything of one run is counted from a number of its own, so that runs share a town and nothing else.
RUNS: Final = count(1_000, 1_000)


def minute(number: int) -> datetime:
    """A minute of the day before noon."""
    return NOON - timedelta(days=1) + timedelta(minutes=number)


@dataclass(frozen=True)
class OfAppointment:
    """An appointment as it is at a minute."""

    key: int
    at: int
    made: int
    event: str
    statuses: Mapping[int, str]
    days: int
    place: str
    motif: Mapping[str, Any]

    def sent(self, base: int) -> bytes:
        seats = [seat(base + each, status) for each, status in self.statuses.items()]
        starts = NOON + timedelta(days=self.days)
        said: dict[str, Any] = {
            "starts": starts,
            "address": self.place,
            "motif": dict(self.motif),
            "created": minute(self.made),
        }
        return message("Rdv", rdv(base + self.key, *seats, **said), minute(self.at), self.event)


@dataclass(frozen=True)
class OfPerson:
    """A person as they are at a minute."""

    key: int
    at: int
    name: str

    def sent(self, base: int) -> bytes:
        return message("User", user(base + self.key, first_name=self.name), minute(self.at))


Heard = OfAppointment | OfPerson


@st.composite
def appointments(draw: st.DrawFn, key: int, people: Sequence[int], *, group: bool = False) -> Sequence[Heard]:
    """An appointment each time that it is told of; in the end it may be no more."""
    made = draw(st.integers(1, 400))
    motif = {"collectif": group, "name": draw(st.sampled_from(["RSA orientation", "Convocation"]))}
    times = sorted(draw(st.sets(st.integers(made, 900), min_size=1, max_size=4)))
    there = draw(st.lists(st.sampled_from(people), unique=True, min_size=1))
    history: list[Heard] = []
    for number, at in enumerate(times):
        present = draw(st.lists(st.sampled_from(people), unique=True)) if number else there
        gone = number and at == times[-1] and draw(st.booleans())
        history.append(
            OfAppointment(
                key=key,
                at=at,
                made=made,
                event="destroyed" if gone else "updated" if number else "created",
                statuses={each: draw(STATUSES) for each in present},
                days=draw(st.integers(-2, 2)),
                place=draw(PLACES),
                motif=motif,
            )
        )
    return history


@st.composite
def persons(draw: st.DrawFn) -> Sequence[Heard]:
    """What changes of people: once told, a name or an address is never left blank."""
    times = sorted(draw(st.sets(st.integers(1, 900), max_size=3)))
    names = st.sampled_from(["Jamie", "James", "Jim"])
    return [OfPerson(key=draw(st.sampled_from(PEOPLE)), at=at, name=draw(names)) for at in times]


@dataclass(frozen=True)
class Story:
    """What is told in order and in time, and the heaps in which it arrives instead."""

    ordered: Sequence[Heard]
    heaps: Sequence[Sequence[Heard]]


@st.composite
def told_anyhow(draw: st.DrawFn, told: Sequence[Heard]) -> Story:
    """In any order, some twice, in heaps that arrive before anything is worked off."""
    again = draw(st.lists(st.sampled_from(told), max_size=3))
    shuffled = draw(st.permutations([*told, *again]))
    cuts = sorted(draw(st.sets(st.integers(0, len(shuffled)), max_size=3)) | {0, len(shuffled)})
    return Story(sorted(told, key=lambda each: each.at), [shuffled[start:end] for start, end in pairwise(cuts)])


@st.composite
def stories(draw: st.DrawFn, *, group: bool = False) -> Story:
    """Up to three appointments of three people who are known."""
    number = draw(st.integers(1, 3))
    told = [each for key in range(1, number + 1) for each in draw(appointments(key, PEOPLE, group=group))]
    return draw(told_anyhow([*told, *draw(persons())]))


@st.composite
def beginnings(draw: st.DrawFn) -> Story:
    """One appointment of somebody unknown."""
    return draw(told_anyhow(draw(appointments(1, PEOPLE[:1]))))


#: Each run is a town's work: a story that fails is shown as it was drawn.
IN_A_TOWN = settings(
    max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck)
)


@IN_A_TOWN
@given(story=stories())
def test_in_any_order_twice_or_late_the_dossiers_are_the_same(
    agenda: Office, council: OrganisationId, story: Story
) -> None:
    expected = told(agenda, [[each] for each in story.ordered], known(agenda, council))
    assert told(agenda, story.heaps, known(agenda, council)) == expected


@IN_A_TOWN
@given(story=stories(group=True))
def test_in_any_order_groups_are_the_same_but_for_the_days_on_which_people_joined_them(
    agenda: Office, council: OrganisationId, story: Story
) -> None:
    expected = told(agenda, [[each] for each in story.ordered], known(agenda, council))
    found = told(agenda, story.heaps, known(agenda, council))
    assert list(map(undated, found)) == list(map(undated, expected))


@IN_A_TOWN
@given(story=beginnings())
def test_whoever_is_unknown_begins_the_same_dossier(agenda: Office, council: OrganisationId, story: Story) -> None:
    expected = told(agenda, [[each] for each in story.ordered], next(RUNS))
    assert told(agenda, story.heaps, next(RUNS)) == expected


def known(agenda: Office, council: OrganisationId) -> int:
    """Three people who were invited before anything is told; answers the number that they are counted from."""
    base, town = next(RUNS), agenda.town
    town.at(NOON - timedelta(days=2))
    for each in PEOPLE:
        person = {"email": f"james{base + each}@example.org", "phone": f"0655{base + each:06}"}
        root = town.candidate("odile", council, first_name="James", **person)
        link = LinkReference(system=System.RDV_SOLIDARITES, key=str(base + each))
        town.ask(root, link, ODILE, council)
        town.ask(root, Open(category=CATEGORY), ODILE, council)
        invite = Invite(
            channel=Channel.EMAIL,
            origin=InvitationOrigin.USERS_INDEX_PAGE,
            organisations=(council,),
            bookable=True,
            slots_available=True,
        )
        town.ask(root, invite, ODILE, council, journey="rsa-appointment-1")
    town.at(NOON)
    return base


def told(agenda: Office, heaps: Sequence[Sequence[Heard]], base: int) -> Sequence[Any]:
    """Every dossier of a run, once everything has been told and tried again."""
    for heap in heaps:
        agenda.keep(*(each.sent(base) for each in heap))
        agenda.work()
    agenda.inbox.again(agenda.town.clock.now())
    agenda.work()
    waiting = sorted(agenda.reasons())
    for each in agenda.waiting():
        agenda.inbox.leave_out(agenda.source.system, each.name)
    return [waiting, *(view(agenda, base, each) for each in PEOPLE)]


def view(agenda: Office, base: int, who: int) -> Any:
    """The whole dossier, without the numbers of its run and what depends on when things were heard."""
    root = agenda.root(base + who)
    if root is None:
        return None
    cases = agenda.town.standing(root).cases
    person = cases[RootKind.CANDIDATE]
    assert isinstance(person, Candidate)
    plain = replace(person, email=None, phone=None, references=())
    return plain, {name: seen(case, base) for name, case in cases.items() if isinstance(case, RsaAppointment)}


def undated(told: Any) -> Any:
    """The same, without the days on which seats were taken: when somebody joins a group, the agenda does not say."""
    if not isinstance(told, tuple):
        return told
    person, cases = told
    for case in cases.values():
        invitations = tuple(replace(each, expires_at=None) for each in case["case"].invitations)
        case["case"] = replace(case["case"], invitations=invitations)
        case["seats"] = [replace(each, at=NOON) for each in case["seats"]]
    return person, cases


def seen(case: RsaAppointment, base: int) -> Json:
    taken = [
        replace(each, number=0, appointment=str(int(each.appointment.rpartition("-")[2]) - base), told_at=NOON)
        for each in case.participations
    ]
    followed = replace(case, participations=(), notifications=(), added=0)
    return {"case": followed, "seats": sorted(taken, key=lambda each: each.appointment)}
