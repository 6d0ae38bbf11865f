"""Job seekers: who they are, by whom they were registered, and their social situation (les-emplois §2)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any, Final

from application.dossiers import Standing
from application.imports.findings import Findings, Nature, Unfit, Why
from application.imports.les_emplois import codes
from application.imports.les_emplois.dump import PRESCRIBER, USER
from application.imports.les_emplois.references import References
from application.imports.records import Lenient, Record, address_of
from application.imports.steps import Expected, Step, Told
from domain.calendar import paris_day
from domain.candidate.codes import Origin, Title
from domain.candidate.commands import DescribeSocialSituation, Register
from domain.candidate.refusals import LackOfNirWithNir, RsaDurationMismatch
from domain.candidate.situation import Rsa
from domain.candidate.values import (
    birth_date_of,
    check_nir_agrees,
    email_of,
    france_travail_id_of,
    nir_of,
    phone_of,
)
from domain.iae.person import LackOfNir
from domain.vocabulary import OrganisationId, Role, Subject

#: The field of a profile that each answer of the social situation comes from.
_FLAGS: Final = {
    "resourceless": "resourceless",
    "rqth": "rqth_employee",
    "oeth": "oeth_employee",
    "ase_leaver": "ase_exit",
    "isolated_parent": "isolated_parent",
    "housing_issue": "housing_issue",
    "refugee": "refugee",
    "detention_leaver": "detention_exit_or_ppsmj",
    "low_level_in_french": "low_level_in_french",
    "mobility_issue": "mobility_issue",
    "cape": "cape_freelance",
    "cesa": "cesa_freelance",
}
_CODES: Final = {
    "education_level": ("education_level", codes.EDUCATION_LEVELS),
    "france_travail_since": ("pole_emploi_since", codes.SINCE),
    "unemployed_since": ("unemployed_since", codes.SINCE),
    "rsa": ("has_rsa_allocation", codes.RSA),
    "rsa_since": ("rsa_allocation_since", codes.SINCE),
    "ass_since": ("ass_allocation_since", codes.SINCE),
    "aah_since": ("aah_allocation_since", codes.SINCE),
    "are_since": ("are_allocation_since", codes.SINCE),
    "activity_bonus_since": ("activity_bonus_since", codes.SINCE),
    "eiti_contribution": ("eiti_contributions", codes.EITI),
}


@dataclass(frozen=True, slots=True)
class Registration:
    """By whom a person was registered."""

    subject: Subject
    role: Role
    acting: OrganisationId | None


@dataclass(frozen=True, slots=True)
class Candidates:
    """Tells job seekers, each user with its profile."""

    references: References
    findings: Findings

    def tell(self, user: Record, profile: Record | None) -> Told:
        """The registration, then the situation as it was last checked. Raises `Unfit`."""
        joined = user.when("date_joined")
        by = self._registered_by(user, profile, joined)
        step = Step(
            source=user.source,
            name="register",
            root=f"candidate/{user.identity}",
            command=self._register(user, profile, joined),
            subject=by.subject,
            role=by.role,
            acting=by.acting,
            at=joined,
            opens_root=True,
        )
        expected = Expected(source=user.source, root=step.root, state="registered", look=_registered)
        if profile is None:
            self.findings.note(Nature.FIELD_LEFT_OUT, user.source, Why.NOT_IN_THE_DUMP, "profile")
            return Told(steps=(step,), expected=(expected,))
        checked = Lenient(user, self.findings)(lambda: user.instant("last_checked_at"), "last_checked_at") or joined
        situation = Step(
            source=profile.source,
            name="describe",
            root=step.root,
            command=self._situation(profile),
            subject=by.subject,
            role=by.role,
            acting=by.acting,
            at=max(checked, joined),
        )
        described = Expected(source=profile.source, root=step.root, state="described", look=_described)
        return Told(steps=(step, situation), expected=(expected, described))

    def _registered_by(self, user: Record, profile: Record | None, at: datetime) -> Registration:
        """Whoever is in the dump without an author registered alone: so Les emplois reads it (les-emplois §2.3)."""
        author = Lenient(user, self.findings)(lambda: user.key("created_by"), "created_by")
        if author is None:
            return Registration(Subject(user.identity), Role.CANDIDATE, None)
        creator = self.references.dump.of(USER).get(author)
        if creator and creator.fields.get("kind") == "itou_staff":
            return Registration(self.references.subject(author), Role.STAFF, None)
        acting = None
        if profile is not None:
            name = "created_by_prescriber_organization"
            key = Lenient(profile, self.findings)(lambda: profile.key(name), name)
            acting = self.references.organisation(PRESCRIBER, key, at, name) if key else None
        return Registration(self.references.subject(author), Role.MEMBER, acting)

    def _register(self, user: Record, profile: Record | None, joined: datetime) -> Register:
        lenient = Lenient(user, self.findings)
        title = lenient(lambda: user.code("title", codes.TITLES), "title")
        known: dict[str, Any] = self._numbers(profile, title, paris_day(joined)) if profile else {}
        return Register(
            first_name=user.needed("first_name"),
            last_name=user.needed("last_name"),
            title=title,
            email=lenient(lambda: email_of(user.text("email")), "email"),
            phone=lenient(lambda: phone_of(user.text("phone")), "phone"),
            address=lenient(lambda: address_of(user), "address_line_1"),
            origin=Origin.FORM,
            **known,
        )

    def _numbers(self, profile: Record, title: Title | None, on: date) -> dict[str, Any]:
        """The birth date and the numbers, each checked by the rule that would refuse it."""
        lenient = Lenient(profile, self.findings)
        born = lenient(lambda: birth_date_of(profile.text("birthdate"), on), "birthdate")
        nir = lenient(lambda: _nir(profile, title, born), "nir")
        ft_id = lenient(lambda: france_travail_id_of(profile.text("pole_emploi_id")), "pole_emploi_id")
        lack = "lack_of_pole_emploi_id_reason"
        return {
            "birth_date": born,
            "nir": nir,
            "lack_of_nir": lenient(lambda: _lack_of_nir(profile, nir), "lack_of_nir_reason"),
            "france_travail_id": ft_id,
            "lack_of_france_travail_id": lenient(lambda: profile.code(lack, codes.LACKS_OF_FRANCE_TRAVAIL_ID), lack),
        }

    def _situation(self, profile: Record) -> DescribeSocialSituation:
        lenient = Lenient(profile, self.findings)
        answers: dict[str, Any] = {
            answer: lenient(partial(profile.code, name, known), name) for answer, (name, known) in _CODES.items()
        }
        answers |= {answer: lenient(partial(profile.flag, name), name) for answer, name in _FLAGS.items()}
        if (answers["rsa"] in {Rsa.MAJORE, Rsa.NON_MAJORE}) is not (answers["rsa_since"] is not None):
            self.findings.refused(Nature.FIELD_LEFT_OUT, profile.source, RsaDurationMismatch, "rsa_allocation_since")
            answers |= {"rsa": None, "rsa_since": None}
        return DescribeSocialSituation(**answers)


def check_profile(profile: Record, users: References) -> None:
    """A profile is of a job seeker of the dump. Raises `Unfit`."""
    user = users.dump.of(USER).get(profile.source.key)
    if user is None:
        raise Unfit("pk", Why.NOT_IN_THE_DUMP)
    if user.fields.get("kind") != "job_seeker":
        raise Unfit("pk", Why.NOT_A_JOB_SEEKER)


def _nir(profile: Record, title: Title | None, born: str | None) -> str | None:
    number = nir_of(profile.text("nir"))
    check_nir_agrees(number, title, born)
    return number


def _lack_of_nir(profile: Record, nir: str | None) -> LackOfNir | None:
    lack = profile.code("lack_of_nir_reason", codes.LACKS_OF_NIR)
    if lack is not None and nir is not None:
        raise LackOfNirWithNir
    return lack


def _registered(standing: Standing, _: str | None) -> str:
    return "registered" if "candidate" in standing.cases else "unknown"


def _described(standing: Standing, _: str | None) -> str:
    return "described" if standing.cases["candidate"].situation else "not_described"
