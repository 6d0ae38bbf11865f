"""Whether two dossiers are of the same person (rdv-insertion §2.4)."""

import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final

from domain.candidate.codes import Stage
from domain.candidate.refusals import AlreadyRegistered, NirMismatch
from domain.candidate.state import Candidate
from domain.identifiers import Identifier
from domain.journey import Refusal
from domain.references import Named, identifier, readable
from domain.vocabulary import ERASED, SEALED, CandidateId


class IdentifierKind(StrEnum):
    """What identifies a person within a département; the first that is found wins."""

    NIR = "nir"
    DEPARTMENT_INTERNAL_ID = "department_internal_id"
    EMAIL_AND_FIRST_NAME = "email_and_first_name"
    PHONE_AND_FIRST_NAME = "phone_and_first_name"
    FRANCE_TRAVAIL_ID = "france_travail_id"


#: The scope of people whom no organisation with a territory follows, and who live nobody knows where.
NOWHERE: Final = "unknown"
_PRIORITY: Final = {kind.value: place for place, kind in enumerate(IdentifierKind)}
_UNREADABLE: Final = frozenset({ERASED, SEALED})


def identifiers(candidate: Candidate) -> frozenset[Identifier]:
    """What nobody else in the départements concerned may have. Every one is a claim.

    A duplicate that was merged keeps what other systems call it, which leads to the dossier that was kept.

    An internal identifier counts in its own département, the rest in those of every organisation that follows the
    person.
    """
    called = frozenset(identifier(Named.PERSON, each) for each in candidate.references if readable(each))
    if candidate.stage in {Stage.NOT_REGISTERED, Stage.MERGED} or candidate.first_name in _UNREADABLE:
        return called
    everywhere = candidate.departments or ((candidate.department or NOWHERE),)
    found = {_in(where, kind, value) for kind, value in _values(candidate) for where in everywhere}
    if candidate.department_internal_id is not None:
        where = candidate.internal_id_department or NOWHERE
        found.add(_in(where, IdentifierKind.DEPARTMENT_INTERNAL_ID, candidate.department_internal_id))
    return called.union(found)


def first_match(holders: Mapping[Identifier, CandidateId]) -> CandidateId | None:
    """The dossier that matches, of those that hold one of the identifiers: by priority, then by département."""
    found = min(holders, key=lambda each: (_PRIORITY[each.kind], each.scope), default=None)
    return None if found is None else holders[found]


def refusal_of(newcomer: Candidate, holder: Candidate, holder_id: CandidateId) -> Refusal:
    """Why the newcomer may not have what the holder has: it is the same person, or seems so but for the NIR."""
    if newcomer.nir and holder.nir and newcomer.nir != holder.nir:
        return NirMismatch(candidate_id=holder_id)
    return AlreadyRegistered(candidate_id=holder_id)


def _values(candidate: Candidate) -> Iterator[tuple[IdentifierKind, str]]:
    if candidate.nir:
        yield IdentifierKind.NIR, candidate.nir
    if candidate.france_travail_id:
        yield IdentifierKind.FRANCE_TRAVAIL_ID, candidate.france_travail_id
    # Father and son of the same first name share a telephone: the one who came second is known by the NIR as well.
    told_apart = f"|{candidate.nir}" if candidate.homonym_of else ""
    name = first_token(candidate.first_name) + told_apart
    if candidate.email:
        yield IdentifierKind.EMAIL_AND_FIRST_NAME, f"{candidate.email.casefold()}|{name}"
    if candidate.phone:
        yield IdentifierKind.PHONE_AND_FIRST_NAME, f"{candidate.phone}|{name}"


def first_token(first_name: str) -> str:
    """The first word of the first name, whatever its case and accents: lists come in unaccented capitals."""
    letters = unicodedata.normalize("NFKD", first_name.split(maxsplit=1)[0].casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _in(department: str, kind: IdentifierKind, value: str) -> Identifier:
    return Identifier(scope=f"candidate:{department}", kind=kind, value=value)
