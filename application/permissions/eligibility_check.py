"""Who says that somebody qualifies (les-emplois §1.7, §3)."""

from typing import Final

from application.permissions.grant import BY_STAFF, BY_SYSTEM, PROFESSIONALS, Grant, Permissions, Reach
from domain.eligibility_check.commands import (
    DiagnoseForGeiq,
    DiagnoseForIae,
    Expire,
    RecordAnswer,
    RecordDiagnosis,
    RecordHire,
    RecordPass,
    ReleaseFromHire,
    RenewForIae,
    RequestCertification,
    Supersede,
    UpdateForGeiq,
)
from domain.vocabulary import Family

# Whoever takes part in the dossier already: diagnosing must not be a way into somebody's dossier. An authorised
# prescriber may join any.
_BY_PRESCRIBER: Final = Grant(
    roles=PROFESSIONALS, reach=Reach.DOSSIER, families=frozenset({Family.PRESCRIBER}), authorised=True
)
_BY_SIAE: Final = Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=frozenset({Family.SIAE}))
_BY_GEIQ: Final = Grant(roles=PROFESSIONALS, reach=Reach.DOSSIER, families=frozenset({Family.GEIQ}))

PERMISSIONS: Final[Permissions] = {
    DiagnoseForIae: (_BY_PRESCRIBER, _BY_SIAE),
    RenewForIae: (_BY_PRESCRIBER,),
    DiagnoseForGeiq: (_BY_PRESCRIBER, _BY_GEIQ),
    UpdateForGeiq: (_BY_GEIQ,),
    RecordDiagnosis: BY_STAFF,
    Supersede: BY_SYSTEM,
    Expire: BY_SYSTEM,
    RecordHire: BY_SYSTEM,
    ReleaseFromHire: BY_SYSTEM,
    RecordPass: BY_SYSTEM,
    RequestCertification: BY_SYSTEM,
    RecordAnswer: BY_SYSTEM,
}
