"""Who does what in an RSA follow-up (rdv-insertion §1.4); whether they follow the person is a rule of the journey."""

from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.rsa_appointment.commands import (
    ChangeAppointment,
    Close,
    Excuse,
    ExpireWhereArchived,
    Invite,
    Open,
    RecordAppointment,
    RecordClick,
    RecordOutcome,
    RemindAppointment,
    RemindInvitation,
    RemoveParticipation,
    Reopen,
    ReportDelivery,
    SetStatus,
    SummonByLetter,
    WithdrawUnused,
)
from domain.vocabulary import Family, Party, Role

#: The families of the organisations that can handle a category (rdv-insertion §1.1).
_HANDLING: Final = frozenset({Family.RSA, Family.SIAE, Family.OTHER})
_BY_FOLLOWERS: Final = (Grant(roles=PROFESSIONALS, families=_HANDLING, reach=Reach.DOSSIER),)
#: Whose appointment it is, is a rule: an organisation that has another one in the follow-up may not touch it.
_BY_RECEIVERS: Final = (
    Grant(roles=PROFESSIONALS, families=_HANDLING, reach=Reach.JOURNEY, parties=frozenset({Party.RECEIVER})),
)
#: A service that made sure who somebody is, by the code of an invitation: it tells what they did.
_WITNESS: Final = Grant(roles=frozenset({Role.WITNESS}), reach=Reach.ANY)
_BY_THE_PERSON: Final = (Grant(roles=frozenset({Role.CANDIDATE}), reach=Reach.OWN), _WITNESS)

PERMISSIONS: Final[Permissions] = {
    Open: _BY_FOLLOWERS,
    Invite: _BY_FOLLOWERS,
    RecordClick: (*_BY_THE_PERSON, *BY_STAFF),
    ReportDelivery: (*BY_STAFF, *BY_SYSTEM),
    RemindInvitation: BY_SYSTEM,
    RecordAppointment: (
        Grant(roles=PROFESSIONALS, families=_HANDLING, reach=Reach.DOSSIER, in_the_name_of="organisation"),
        # What the person took, and where, is a rule.
        _WITNESS,
    ),
    ChangeAppointment: _BY_RECEIVERS,
    SetStatus: _BY_RECEIVERS,
    Excuse: _BY_THE_PERSON,
    RemoveParticipation: _BY_RECEIVERS,
    SummonByLetter: _BY_RECEIVERS,
    RemindAppointment: BY_SYSTEM,
    RecordOutcome: _BY_RECEIVERS,
    Close: _BY_FOLLOWERS,
    Reopen: _BY_FOLLOWERS,
    ExpireWhereArchived: BY_SYSTEM,
    WithdrawUnused: BY_SYSTEM,
}
