"""What RDV-Solidarités tells of appointments, persons and organisations, recorded (rdv-insertion §6.2, §10.5).

Every message tells the whole of its thing as it was at that moment. So the last one by its own date counts, and an
older one still says who was there then: they took a seat, and gave it up since.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, assert_never

from application.imports.lists.saving import completing
from application.imports.lists.trial import SameAsBefore
from application.imports.records import derived
from application.incoming.inbox import Message, Noted, Word, Words
from application.incoming.speaking import Missing, Speaker
from application.ports import RootErased
from domain.candidate import Candidate
from domain.candidate.codes import Origin
from domain.candidate.commands import JoinOrganisation, LeaveOrganisation, LinkReference, Register, UnlinkReference
from domain.candidate.refusals import AlreadyRegistered
from domain.journey import Refusal
from domain.organisation import Organisation
from domain.organisation.commands import ChangePhone, Rename
from domain.references import Named, System
from domain.rsa_appointment import RsaAppointment
from domain.rsa_appointment.codes import BookedBy, Location, ParticipationStatus, Stage
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Open,
    RecordAppointment,
    RemoveParticipation,
    SetStatus,
)
from domain.rsa_appointment.events import ParticipationAdded
from domain.rsa_appointment.refusals import NoSeatLeft, StatusNotPossible, TookPlace
from domain.rsa_appointment.state import Participation
from domain.vocabulary import OrganisationId, Role, RootKind

#: What the agenda's server accepts, and our rules do not: it has happened there.
MAY_BREAK: Final[frozenset[type[Refusal]]] = frozenset({StatusNotPossible, TookPlace, NoSeatLeft})
_APPOINTMENTS: Final = "rdv-solidarites--"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as the agenda knew them at a moment; what it left blank, or what is no address or number, is None."""

    key: str
    first_name: str = field(repr=False)
    last_name: str = field(repr=False)
    birth_name: str | None = field(default=None, repr=False)
    birth_date: str | None = field(default=None, repr=False)
    email: str | None = field(default=None, repr=False)
    phone: str | None = field(default=None, repr=False)
    address: str | None = field(default=None, repr=False)
    caf_number: str | None = field(default=None, repr=False)
    #: The agenda has made them nobody in particular.
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A person's seat in an appointment."""

    person: Person
    status: ParticipationStatus
    booked_by: BookedBy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentTold:
    """An appointment, and who had a seat in it."""

    key: str
    organisation: str
    #: None where it is of no category: none of ours.
    category: str | None
    motif: str
    collective: bool
    capacity: int | None
    location: Location
    starts_at: datetime
    duration_minutes: int
    time_zone: str
    address: str | None = field(repr=False)
    phone: str | None
    created_at: datetime | None
    seats: tuple[Seat, ...]
    #: It is no more.
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTold:
    """A person."""

    person: Person
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingTold:
    """Whether an organisation follows a person."""

    person: str
    organisation: str
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationTold:
    """What an organisation is called, and at which number."""

    key: str
    name: str
    phone: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingTold:
    """Nothing that is recorded here."""


Told = AppointmentTold | PersonTold | FollowingTold | OrganisationTold | NothingTold


def last_word_counts(told: Told) -> bool:
    """Whether an older message says nothing that a later one about the same thing does not say."""
    return not isinstance(told, AppointmentTold)


@dataclass(frozen=True, kw_only=True)
class Agenda:
    """Records one message."""

    speaker: Speaker
    message: Message
    words: Words

    def record(self, told: Told) -> Mapping[str, Noted]:
        """Issue the commands that a message leads to; answers what is to be remembered of its things.

        Run again after it was interrupted, it goes on where it was. Raises `Missing`, and what the desk raises.
        """
        match told:
            case AppointmentTold():
                return self._appointment(told)
            case PersonTold():
                return self._person(told)
            case FollowingTold():
                return self._following(told)
            case OrganisationTold():
                return self._organisation(told)
            case NothingTold():
                return {}
            case _:
                assert_never(told)

    # Appointments

    def _appointment(self, told: AppointmentTold) -> Mapping[str, Noted]:
        """The seats of those who are there; whoever is erased here is left out."""
        if told.category is None:
            return {}
        organisation = self.speaker.organisation(told.organisation)
        thing = f"appointment/{told.key}"
        known = self.words([thing, *(f"person/{seat.person.key}" for seat in told.seats)])
        now = _Now(organisation=organisation, word=known.get(thing))
        if now.word is not None and now.word.order == self.message.order:
            return {}
        before = now.word.roots if now.word else frozenset()
        things: dict[str, Noted] = {}
        seated: set[str] = set()
        for seat in told.seats:
            with suppress(RootErased):
                root = self._whose(seat.person, told, now, known.get(f"person/{seat.person.key}"), things)
                if root is not None:
                    self._seat(root, seat, told, now)
                    seated.add(root)
        if self._is_last(now.word):
            for root in sorted(before | seated if told.gone else before - seated):
                with suppress(RootErased):
                    self._remove(root, told.key, self.message.at)
        return {**things, thing: Noted(gone=told.gone, roots=frozenset(seated))}

    def _is_last(self, word: Word | None) -> bool:
        """Whether nothing later was recorded; the last word sent again is recorded already."""
        return word is None or self.message.order > word.order

    def _taken_at(self, told: AppointmentTold) -> datetime:
        """When a seat was taken: as the appointment was made, unless others joined it one by one."""
        return self.message.at if told.collective or told.created_at is None else told.created_at

    def _whose(
        self, person: Person, told: AppointmentTold, now: "_Now", word: Word | None, things: dict[str, Noted]
    ) -> str | None:
        """The dossier of whoever has a seat: one is made unless the agenda has forgotten them, or we have."""
        roots = self.speaker.roots(Named.PERSON, person.key)
        if roots:
            return next((root for root in roots if self._participation(root, told.key)), roots[-1])
        if person.anonymous or told.gone or (word is not None and word.gone):
            return None
        things[f"person/{person.key}"] = Noted()
        return self._registered(person, now.organisation, self._taken_at(told))

    def _seat(self, root: str, seat: Seat, told: AppointmentTold, now: "_Now") -> None:
        """Take it, follow it, or say that it was taken and given up since."""
        found = self._participation(root, told.key)
        last = self._is_last(now.word)
        if found is not None and last and not told.gone:
            self._follow(root, seat, told, found)
        elif found is None and not told.gone and (last or not self._ever(root, told.key)):
            self._take(root, seat, told, now.organisation)
            if now.word is not None and not last:
                self._remove(root, told.key, now.word.order[0])

    def _take(self, root: str, seat: Seat, told: AppointmentTold, organisation: OrganisationId) -> None:
        at = self._taken_at(told)
        where: dict[str, Any] = {"acting": organisation, "occurred_at": at}
        self._join(root, organisation)
        category = told.category or ""
        journey = self._follow_up(root, category) or self.speaker.say(root, Open(category=category), **where).journey
        take = RecordAppointment(
            appointment=_APPOINTMENTS + told.key,
            capacity=told.capacity,
            organisation=organisation,
            motif=told.motif,
            collective=told.collective,
            location=told.location,
            starts_at=told.starts_at,
            duration_minutes=told.duration_minutes,
            time_zone=told.time_zone,
            address=told.address,
            phone=told.phone,
            booked_by=seat.booked_by,
            status=seat.status,
        )
        self.speaker.say(root, take, journey=journey, **where)

    def _follow(self, root: str, seat: Seat, told: AppointmentTold, found: "tuple[str, Participation]") -> None:
        """The same seat, as it is now."""
        journey, known = found
        where: dict[str, Any] = {
            "journey": journey,
            "acting": known.organisation,
            "occurred_at": self.message.at,
        }
        is_so = (known.starts_at, known.duration_minutes, known.address)
        if is_so != (told.starts_at, told.duration_minutes, told.address or known.address):
            moved = ChangeAppointment(
                participation=known.number,
                starts_at=told.starts_at,
                duration_minutes=told.duration_minutes,
                address=told.address,
            )
            self.speaker.say(root, moved, **where)
        if seat.status is not known.status:
            self.speaker.say(root, SetStatus(participation=known.number, status=seat.status), **where)

    def _remove(self, root: str, key: str, at: datetime) -> None:
        if found := self._participation(root, key):
            journey, known = found
            command = RemoveParticipation(participation=known.number)
            self.speaker.say(root, command, journey=journey, acting=known.organisation, occurred_at=at)

    def _participation(self, root: str, key: str) -> "tuple[str, Participation] | None":
        for journey, case in self.speaker.standing(root).dossier().of(RsaAppointment).items():
            for each in case.participations:
                if each.appointment == _APPOINTMENTS + key:
                    return journey, each
        return None

    def _ever(self, root: str, key: str) -> bool:
        """Whether the person ever had a seat in the appointment."""
        history = self.speaker.desk.journal.load(root)
        added = (each.event for each in history if isinstance(each.event, ParticipationAdded))
        return any(each.appointment == _APPOINTMENTS + key for each in added)

    def _follow_up(self, root: str, category: str) -> str | None:
        cases = self.speaker.standing(root).dossier().of(RsaAppointment)
        return next(
            (name for name, case in cases.items() if case.category == category and case.stage is not Stage.WITHDRAWN),
            None,
        )

    # Persons

    def _registered(self, person: Person, organisation: OrganisationId, at: datetime) -> str:
        """A dossier for somebody unknown, or the one that there is of them. Its root follows from their name there."""
        root = f"{RootKind.CANDIDATE}/{derived('rdv_solidarites.user', person.key)}"
        if not self.speaker.desk.journal.load(root):
            try:
                register = _register(person)
                self.speaker.say(root, register, opens_root=True, acting=organisation, occurred_at=at)
            except (AlreadyRegistered, SameAsBefore) as known:
                root = f"{RootKind.CANDIDATE}/{known.details['candidate_id']}"
                self._join(root, organisation)
        link = LinkReference(system=System.RDV_SOLIDARITES, key=person.key)
        self.speaker.say(root, link, journey=RootKind.CANDIDATE.value, acting=organisation)
        return root

    def _join(self, root: str, organisation: OrganisationId) -> None:
        if organisation not in _person_of(self.speaker.standing(root).cases).followers:
            join = JoinOrganisation(organisation=organisation)
            self.speaker.say(root, join, journey=RootKind.CANDIDATE.value, acting=organisation)

    def _complete(self, root: str, person: Person) -> None:
        """What the agenda says of somebody beyond what is known: what it left blank stays (rdv-insertion §2.4)."""
        known = _person_of(self.speaker.standing(root).cases)
        acting = self._known_by(known)
        for command in completing(known, _register(person)):
            self.speaker.say(root, command, journey=RootKind.CANDIDATE.value, acting=acting)

    def _known_by(self, person: Candidate) -> OrganisationId:
        """An organisation that follows the person, and has the agenda for a member. Raises `Missing`."""
        found = next((each for each in person.followers if self.speaker.role(each)), None)
        if found is None:
            raise Missing("no_organisation_of_the_person", "")
        return found

    def _person(self, told: PersonTold) -> Mapping[str, Noted]:
        """Only of somebody known (rdv-insertion §10.5); whom the agenda has deleted it does not call so any more."""
        thing = f"person/{told.person.key}"
        word = self.words([thing]).get(thing)
        roots = self.speaker.roots(Named.PERSON, told.person.key)
        if not roots and not told.gone:
            return {}
        if not roots or not self._is_last(word):
            return {thing: Noted(gone=told.gone)}
        if told.gone:
            self._unlink(roots[0], told.person.key)
        elif not told.person.anonymous:
            self._complete(roots[-1], told.person)
        return {thing: Noted(gone=told.gone)}

    def _unlink(self, root: str, key: str) -> None:
        acting = self._known_by(_person_of(self.speaker.standing(root).cases))
        unlink = UnlinkReference(system=System.RDV_SOLIDARITES, key=key)
        self.speaker.say(root, unlink, journey=RootKind.CANDIDATE.value, acting=acting)

    def _following(self, told: FollowingTold) -> Mapping[str, Noted]:
        """Only of somebody known: whoever comes to be is brought by an appointment."""
        thing = f"following/{told.person}/{told.organisation}"
        word = self.words([thing]).get(thing)
        if not self._is_last(word):
            return {thing: Noted(gone=told.gone)}
        roots = self.speaker.roots(Named.PERSON, told.person)
        if not roots:
            return {}
        organisation = self.speaker.organisation(told.organisation)
        follows = organisation in _person_of(self.speaker.standing(roots[-1]).cases).followers
        if follows is told.gone:
            command = (LeaveOrganisation if told.gone else JoinOrganisation)(organisation=organisation)
            self.speaker.say(roots[-1], command, journey=RootKind.CANDIDATE.value, acting=organisation)
        return {thing: Noted(gone=told.gone)}

    # Organisations

    def _organisation(self, told: OrganisationTold) -> Mapping[str, Noted]:
        """Never made nor deleted (rdv-insertion §10.5); its name and number, where the agenda administers it."""
        thing = f"organisation/{told.key}"
        word = self.words([thing]).get(thing)
        organisation = self.speaker.organisation(told.key)
        if self._is_last(word) and self.speaker.role(organisation) is Role.ADMINISTRATOR:
            root = f"{RootKind.ORGANISATION}/{organisation}"
            for command in _renaming(self.speaker.standing(root).cases[RootKind.ORGANISATION], told):
                self.speaker.say(root, command, journey=RootKind.ORGANISATION.value, acting=organisation)
        return {thing: Noted()}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Now:
    """What surrounds a seat."""

    organisation: OrganisationId
    word: Word | None


def _renaming(known: Organisation, told: OrganisationTold) -> Iterator[Any]:
    if told.name != known.name:
        yield Rename(name=told.name)
    if told.phone is not None:
        yield ChangePhone(phone=told.phone)


def _person_of(cases: Mapping[str, Any]) -> Candidate:
    person = cases[RootKind.CANDIDATE]
    assert isinstance(person, Candidate)  # noqa: S101 - only for the type checker
    return person


def _register(person: Person) -> Register:
    return Register(
        first_name=person.first_name,
        last_name=person.last_name,
        birth_name=person.birth_name,
        birth_date=person.birth_date,
        email=person.email,
        phone=person.phone,
        address=person.address,
        caf_number=person.caf_number,
        origin=Origin.RDV_SOLIDARITES,
    )
