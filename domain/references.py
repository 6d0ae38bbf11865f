"""What other systems call the persons, organisations and conventions that are known here: one root for each name."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Final

from domain.identifiers import Identifier
from domain.journey import Refusal
from domain.vocabulary import ERASED, SEALED, Personal

_KEY: Final = re.compile(r"[A-Za-z0-9._:/-]{1,100}", re.ASCII)
#: What the kinds of claims on references begin with.
REFERENCE: Final = "reference"


class System(StrEnum):
    """Who calls things by names of its own."""

    RDV_SOLIDARITES = "rdv_solidarites"
    IMMERSION_FACILITEE = "immersion_facilitee"


class Named(StrEnum):
    """What a name is of: systems count each kind of thing by itself."""

    PERSON = "person"
    ORGANISATION = "organisation"
    CONVENTION = "convention"


class InvalidReference(Refusal):
    """The name that another system uses is an opaque code of at most 100 characters."""


class ReferenceTaken(Refusal):
    """What the other system calls so is known here already, as something else."""


class NoSuchReference(Refusal):
    """The other system does not call it so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What one system calls something."""

    system: System
    #: Of a person, personal: whoever holds the other system knows whose it is.
    key: Annotated[str, Personal]


def key_of(text: str) -> str:
    """The name as it is stored. Raises `InvalidReference`."""
    key = text.strip()
    if not _KEY.fullmatch(key):
        raise InvalidReference
    return key


def reference_of(of: Named) -> str:
    """The kind of the claims on what others call each kind of thing."""
    return f"{REFERENCE}_of_{of}"


def identifier(of: Named, reference: Reference) -> Identifier:
    """What makes a name the name of one root only: claimed in the transaction that records it."""
    return Identifier(scope=f"{REFERENCE}:{reference.system}", kind=reference_of(of), value=reference.key)


def readable(reference: Reference) -> bool:
    """Whether the name is there to be read: not where the person is erased."""
    return reference.key not in {ERASED, SEALED}
