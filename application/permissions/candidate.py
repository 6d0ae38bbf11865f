"""Who may do what to a dossier: whoever follows the person, the person, or staff (les-emplois §1.7)."""

from dataclasses import replace
from typing import Final

from application.permissions.grant import ADMINISTRATORS, BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
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
from domain.vocabulary import Family, Party, Role

#: Institutions see figures, never dossiers (les-emplois §1.4).
_OPERATORS: Final = frozenset(Family) - {Family.INSTITUTION}
_CANDIDATE: Final = frozenset({Role.CANDIDATE})

#: Whoever takes part in the dossier: a company completes the identity of the person it hires.
_PARTICIPANTS: Final = Grant(roles=PROFESSIONALS, families=_OPERATORS, reach=Reach.DOSSIER)
_FOLLOWERS: Final = Grant(
    roles=PROFESSIONALS, families=_OPERATORS, reach=Reach.JOURNEY, parties=frozenset({Party.FOLLOWER})
)
_OWN: Final = Grant(roles=_CANDIDATE, reach=Reach.OWN)
_IN_THEIR_NAME: Final = replace(_FOLLOWERS, also_member_of="organisation")
#: Only an authorised prescriber gets to know a person whom another organisation registered (les-emplois §1.7).
_JOINERS: Final = (
    Grant(
        roles=PROFESSIONALS,
        families=_OPERATORS - {Family.PRESCRIBER},
        reach=Reach.ANY,
        in_the_name_of="organisation",
    ),
    Grant(
        roles=PROFESSIONALS,
        families=frozenset({Family.PRESCRIBER}),
        reach=Reach.ANY,
        authorised=True,
        in_the_name_of="organisation",
    ),
)

PERMISSIONS: Final[Permissions] = {
    Register: (
        Grant(roles=PROFESSIONALS, families=_OPERATORS, reach=Reach.ANY),
        Grant(roles=_CANDIDATE, reach=Reach.ANY),
        *BY_STAFF,
    ),
    CorrectIdentity: (_PARTICIPANTS, _OWN, *BY_STAFF),
    CertifyIdentity: BY_SYSTEM,
    ChangeContactData: (_PARTICIPANTS, _OWN, *BY_STAFF),
    SetIdentifiers: (_PARTICIPANTS, _OWN, *BY_STAFF),
    CorrectNir: (Grant(roles=ADMINISTRATORS, families=frozenset({Family.RSA}), reach=Reach.DOSSIER), *BY_STAFF),
    DescribeSocialSituation: (_PARTICIPANTS, _OWN, *BY_STAFF),
    AssignReferent: (_IN_THEIR_NAME,),
    RemoveReferent: (_IN_THEIR_NAME, *BY_STAFF),
    JoinOrganisation: _JOINERS,
    # The system lets go of whom an organisation has not seen for too long.
    LeaveOrganisation: (_IN_THEIR_NAME, *BY_STAFF, *BY_SYSTEM),
    Archive: (_IN_THEIR_NAME,),
    Unarchive: (_IN_THEIR_NAME,),
    AssignTags: (_IN_THEIR_NAME,),
    RemoveTag: (_IN_THEIR_NAME,),
    LinkReference: (_FOLLOWERS, *BY_STAFF),
    UnlinkReference: (_FOLLOWERS, *BY_STAFF),
    # Whoever could link an account could act as the person: the identity service does, as staff.
    LinkAccount: BY_STAFF,
    DeclareEmploymentFound: (_PARTICIPANTS, _OWN, *BY_STAFF),
    RetractEmploymentFound: (_PARTICIPANTS, _OWN, *BY_STAFF),
    ClosePath: (_FOLLOWERS, *BY_STAFF),
    ReopenPath: (_FOLLOWERS, *BY_STAFF),
    # The second half of a merger follows the first: nobody asks for it.
    AbsorbDuplicate: BY_SYSTEM,
    MergeInto: BY_STAFF,
}
