"""Who orients towards an accompaniment: organisations that follow RSA beneficiaries (rdv-insertion §1.1, §1.4)."""

from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.accompaniment.commands import Begin, Cancel, Change, Shorten
from domain.vocabulary import Family

#: The page of accompaniments is theirs alone (rdv-insertion §1.1); whether they follow the person is a rule.
_BY_RSA: Final = (Grant(roles=PROFESSIONALS, families=frozenset({Family.RSA}), reach=Reach.DOSSIER),)

PERMISSIONS: Final[Permissions] = {
    Begin: _BY_RSA,
    Change: _BY_RSA,
    Shorten: BY_SYSTEM,
    Cancel: (*_BY_RSA, *BY_STAFF),
}
