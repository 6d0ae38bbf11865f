"""The codes of Les emplois and of DORA, as Parcours has them (les-emplois §1, §2, §4; dora §5.3)."""

import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, TypeVar

from domain.candidate.codes import Title
from domain.candidate.situation import EducationLevel, EitiContribution, Rsa, Since
from domain.iae.person import LackOfFranceTravailId, LackOfNir
from domain.job_application.codes import ContractType, QualificationLevel, QualificationType, RefusalReason
from domain.job_application.codes import Stage as ApplicationStage
from domain.organisation.kinds import KINDS_OF, Kind
from domain.orientation.codes import Stage as OrientationStage
from domain.orientation.dora import DORA_CONTACT_PREFERENCES, DORA_STATUSES
from domain.vocabulary import Family

T = TypeVar("T", bound=StrEnum)


def _plain(written: str) -> str:
    letters = unicodedata.normalize("NFKD", written.lower()).encode("ascii", "ignore").decode()
    return letters.replace(" ", "_")


def _upper(codes: type[T]) -> Mapping[str, T]:
    return {code.value.upper(): code for code in codes}


def _same(codes: type[T]) -> Mapping[str, T]:
    return {code.value: code for code in codes}


COMPANY_KINDS: Final = {
    kind.value.upper(): kind
    for family in (Family.SIAE, Family.GEIQ, Family.EMPLOYER)
    for kind in KINDS_OF[family] - {Kind.SIAE, Kind.COMPANY_UNKNOWN}
}
PRESCRIBER_KINDS: Final = {
    **{kind.value.upper(): kind for kind in KINDS_OF[Family.PRESCRIBER] - {Kind.PRESCRIBER_UNKNOWN}},
    "Orienteur": Kind.ORIENTEUR,
    "Autre": Kind.PRESCRIBER_OTHER,
}
_INSTITUTIONS: Final = ("DDETS GEIQ", "DDETS IAE", "DDETS LOG", "DREETS GEIQ", "DREETS IAE", "DRIHL", "DGEFP GEIQ")
_OTHER_INSTITUTIONS: Final = ("DGEFP IAE", "DIHAL", "Réseau IAE", "CONVERGENCE", "FFGEIQ")
INSTITUTION_KINDS: Final = {
    **{written: Kind(_plain(written)) for written in (*_INSTITUTIONS, *_OTHER_INSTITUTIONS)},
    "Autre": Kind.INSTITUTION_OTHER,
}

TITLES: Final = {"M": Title.MONSIEUR, "MME": Title.MADAME}
LACKS_OF_NIR: Final = _upper(LackOfNir)
LACKS_OF_FRANCE_TRAVAIL_ID: Final = _upper(LackOfFranceTravailId)
EDUCATION_LEVELS: Final = _same(EducationLevel)
SINCE: Final = _same(Since)
RSA: Final = {"NON": Rsa.NO, "OUI-M": Rsa.MAJORE, "OUI-NM": Rsa.NON_MAJORE}
EITI: Final = _same(EitiContribution)

APPLICATION_STATES: Final = {code: stage for code, stage in _same(ApplicationStage).items() if code != "not_sent"}
REFUSAL_REASONS: Final = _same(RefusalReason)
CONTRACT_TYPES: Final = _upper(ContractType)
QUALIFICATION_TYPES: Final = _upper(QualificationType)
QUALIFICATION_LEVELS: Final = _upper(QualificationLevel)

#: An orientation that DORA knows as accepted may have started: DORA does not say.
ORIENTATION_STATES: Final = {
    written: stage for stage, written in DORA_STATUSES.items() if stage is not OrientationStage.STARTED
}
CONTACT_PREFERENCES: Final = {written: preference for preference, written in DORA_CONTACT_PREFERENCES.items()}
