"""Categories of appointments (*catégories de motifs*), and how an organisation handles one (rdv-insertion §3)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.vocabulary import Family


class CategoryType(StrEnum):
    """What a category is for. Sources disagree about some categories: the type is told, never derived (§3.1)."""

    RSA_ORIENTATION = "rsa_orientation"
    RSA_ACCOMPAGNEMENT = "rsa_accompagnement"
    SIAE = "siae"
    AUTRE = "autre"


class Channel(StrEnum):
    """How a person is written to."""

    SMS = "sms"
    EMAIL = "email"
    POSTAL = "postal"


#: Which types an organisation may handle, by its family (rdv-insertion §1.1).
TYPES_OF: Final[Mapping[Family, frozenset[CategoryType]]] = {
    Family.RSA: frozenset({CategoryType.RSA_ORIENTATION, CategoryType.RSA_ACCOMPAGNEMENT}),
    Family.SIAE: frozenset({CategoryType.SIAE}),
    Family.OTHER: frozenset({CategoryType.AUTRE}),
}


def types_of(families: Collection[Family]) -> frozenset[CategoryType]:
    """The types that an organisation of these families may handle."""
    return frozenset().union(*(TYPES_OF.get(family, frozenset()) for family in families))


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryConfiguration:
    """How an organisation handles a category: every setting, each with its default (rdv-insertion §3.3)."""

    #: As `rsa_orientation_coaching`: categories are data, their list is open.
    category: str
    type: CategoryType
    invitation_channels: tuple[Channel, ...] = (Channel.SMS, Channel.EMAIL, Channel.POSTAL)
    #: A person may be summoned, not only invited.
    convene_user: bool = True
    #: None: invitations never expire, the appointment is an offer.
    days_before_invitations_expire: int | None = 10
    invite_to_user_organisations_only: bool = True
    #: Only the agendas of the person's referents are offered.
    rdv_with_referents: bool = False
    #: The organisation's own if None.
    phone: str | None = None
    #: A mailbox is told of appointments that change, and of invitations without a slot. Its address is for whoever
    #: sends messages: an organisation has no key, so no address gets into its record.
    tell_changes: bool = False
    tell_no_slot: bool = False
    position: int = 0
    department_position: int = 0
    #: What replaces the words of the category's own template.
    rdv_title: str | None = None
    rdv_title_by_phone: str | None = None
    user_designation: str | None = None
    rdv_purpose: str | None = None
