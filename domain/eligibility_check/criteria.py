"""The criteria, scheme by scheme, as data (les-emplois §3.1, §3.2)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from domain.eligibility_check.codes import Criterion
from domain.iae.diagnosis import Scheme


class Proof(StrEnum):
    """The document that proves a criterion of the IAE."""

    RSA_CERTIFICATE = "rsa_certificate"
    ASS_CERTIFICATE = "ass_certificate"
    AAH_CERTIFICATE = "aah_certificate"
    FRANCE_TRAVAIL_CERTIFICATE = "france_travail_certificate"
    DIPLOMA_OR_STATEMENT = "diploma_or_statement"
    IDENTITY_DOCUMENT = "identity_document"
    ASE_CERTIFICATE = "ase_certificate"
    RQTH_DECISION = "rqth_decision"
    CAF_CERTIFICATE = "caf_certificate"
    DOMICILIATION_OR_STATEMENT = "domiciliation_or_statement"
    RESIDENCE_PERMIT = "residence_permit"
    PROOF_OF_ADDRESS = "proof_of_address"
    RELEASE_NOTE_OR_CERTIFICATE = "release_note_or_certificate"
    FLE_ASSESSMENT = "fle_assessment"
    MOBILITY_DIAGNOSIS = "mobility_diagnosis"


class Freshness(StrEnum):
    """How recent the proof must be."""

    ANY = "any"
    UNDER_3_MONTHS = "under_3_months"
    UNDER_6_MONTHS = "under_6_months"
    UNDER_12_MONTHS = "under_12_months"
    VALID_AT_RECRUITMENT = "valid_at_recruitment"
    VALID_AT_DELIVERY = "valid_at_delivery"


class Annex(StrEnum):
    """The annexes of the text that lists the criteria of a GEIQ."""

    NONE = "0"
    ONE = "1"
    TWO = "2"
    ONE_AND_TWO = "1+2"


@dataclass(frozen=True, slots=True)
class IaeTerms:
    """What a criterion is worth for the IAE, and how it is proved."""

    level: int
    proof: Proof
    freshness: Freshness


@dataclass(frozen=True, slots=True)
class GeiqTerms:
    """What a criterion is worth for a GEIQ. Annex 2 alone has levels."""

    annex: Annex
    level: int | None
    #: The criterion of which this one is a case.
    parent: Criterion | None
    #: Its name for the service of the federation of the GEIQ (LABEL).
    label: str | None

    @property
    def displayed(self) -> bool:
        """Whether people are shown it among the criteria of a diagnosis: those of no annex only lead to others."""
        return self.annex is not Annex.NONE


_C = Criterion

IAE: Final[Mapping[Criterion, IaeTerms]] = {
    _C.RSA: IaeTerms(1, Proof.RSA_CERTIFICATE, Freshness.UNDER_3_MONTHS),
    _C.ASS: IaeTerms(1, Proof.ASS_CERTIFICATE, Freshness.UNDER_3_MONTHS),
    _C.AAH: IaeTerms(1, Proof.AAH_CERTIFICATE, Freshness.UNDER_3_MONTHS),
    _C.DETLD: IaeTerms(1, Proof.FRANCE_TRAVAIL_CERTIFICATE, Freshness.UNDER_3_MONTHS),
    _C.CAP_BEP: IaeTerms(2, Proof.DIPLOMA_OR_STATEMENT, Freshness.UNDER_3_MONTHS),
    _C.SENIOR: IaeTerms(2, Proof.IDENTITY_DOCUMENT, Freshness.ANY),
    _C.JEUNE: IaeTerms(2, Proof.IDENTITY_DOCUMENT, Freshness.ANY),
    _C.ASE: IaeTerms(2, Proof.ASE_CERTIFICATE, Freshness.UNDER_12_MONTHS),
    _C.DELD: IaeTerms(2, Proof.FRANCE_TRAVAIL_CERTIFICATE, Freshness.UNDER_3_MONTHS),
    _C.TH: IaeTerms(2, Proof.RQTH_DECISION, Freshness.VALID_AT_RECRUITMENT),
    _C.PI: IaeTerms(2, Proof.CAF_CERTIFICATE, Freshness.UNDER_3_MONTHS),
    _C.PSH_PR: IaeTerms(2, Proof.DOMICILIATION_OR_STATEMENT, Freshness.UNDER_3_MONTHS),
    _C.REF_DA: IaeTerms(2, Proof.RESIDENCE_PERMIT, Freshness.VALID_AT_DELIVERY),
    _C.ZRR: IaeTerms(2, Proof.PROOF_OF_ADDRESS, Freshness.UNDER_6_MONTHS),
    _C.QPV: IaeTerms(2, Proof.PROOF_OF_ADDRESS, Freshness.UNDER_6_MONTHS),
    _C.DETENTION_MJ: IaeTerms(2, Proof.RELEASE_NOTE_OR_CERTIFICATE, Freshness.UNDER_6_MONTHS),
    _C.FLE: IaeTerms(2, Proof.FLE_ASSESSMENT, Freshness.UNDER_6_MONTHS),
    _C.PM: IaeTerms(2, Proof.MOBILITY_DIAGNOSIS, Freshness.UNDER_6_MONTHS),
}

GEIQ: Final[Mapping[Criterion, GeiqTerms]] = {
    _C.RSA: GeiqTerms(Annex.TWO, 1, _C.MINIMA, "RSA"),
    _C.ASS: GeiqTerms(Annex.TWO, 1, _C.MINIMA, "ASS"),
    _C.AAH: GeiqTerms(Annex.TWO, 1, _C.MINIMA, "AAH"),
    _C.DETLD: GeiqTerms(Annex.TWO, 1, _C.FT, "DELD24+"),
    _C.CAP_BEP: GeiqTerms(Annex.TWO, 2, None, "NE3I"),
    _C.SENIOR: GeiqTerms(Annex.TWO, 2, None, "+50"),
    _C.JEUNE: GeiqTerms(Annex.TWO, 2, None, "-26"),
    _C.ASE: GeiqTerms(Annex.TWO, 2, None, "ASE"),
    _C.DELD: GeiqTerms(Annex.TWO, 2, _C.FT, "DELD12/24"),
    _C.TH: GeiqTerms(Annex.ONE_AND_TWO, 2, None, "Pers. SH or TH"),
    _C.PI: GeiqTerms(Annex.TWO, 2, None, "PI"),
    _C.PSH_PR: GeiqTerms(Annex.TWO, 2, None, "PSH/PR"),
    _C.REF_DA: GeiqTerms(Annex.ONE_AND_TWO, 2, None, "Refug. or RS/PS/DA"),
    _C.ZRR: GeiqTerms(Annex.ONE_AND_TWO, 2, None, "ZRR or QPV/ZRR"),
    _C.QPV: GeiqTerms(Annex.ONE_AND_TWO, 2, None, "QPV or QPV/ZRR"),
    _C.DETENTION_MJ: GeiqTerms(Annex.ONE_AND_TWO, 2, None, "Detention/MJ or Prison"),
    _C.FLE: GeiqTerms(Annex.TWO, 2, None, "FR non maitrisé"),
    _C.PM: GeiqTerms(Annex.TWO, 2, None, "PM"),
    _C.JEUNE_SQ: GeiqTerms(Annex.ONE, None, _C.JEUNE, "-26 SQ"),
    _C.MINIMA: GeiqTerms(Annex.ONE, None, None, "MINSOC"),
    _C.SANS_TRAVAIL_12: GeiqTerms(Annex.ONE, None, None, "DELD"),
    _C.DE_45: GeiqTerms(Annex.ONE, None, None, "+45"),
    _C.RECONVERSION: GeiqTerms(Annex.ONE, None, None, "Reconv."),
    _C.SIAE_CUI: GeiqTerms(Annex.ONE, None, None, "SIAE/CUI"),
    _C.RS_PS_DA: GeiqTerms(Annex.TWO, 2, None, "RS/PS/DA"),
    _C.AUTRE_MINIMA: GeiqTerms(Annex.NONE, None, _C.MINIMA, None),
    _C.FT: GeiqTerms(Annex.NONE, None, None, None),
    _C.DELD_12: GeiqTerms(Annex.NONE, None, _C.FT, None),
}

LISTS: Final[Mapping[Scheme, Collection[Criterion]]] = {Scheme.IAE: tuple(IAE), Scheme.GEIQ: tuple(GEIQ)}

#: Pairs of which one at most holds. Under "registered with France Travail", one duration is chosen.
EXCLUSIVE: Final[Mapping[Scheme, Sequence[frozenset[Criterion]]]] = {
    Scheme.IAE: (frozenset({_C.SENIOR, _C.JEUNE}), frozenset({_C.DETLD, _C.DELD})),
    Scheme.GEIQ: (
        frozenset({_C.JEUNE, _C.SENIOR}),
        frozenset({_C.JEUNE, _C.DE_45}),
        frozenset({_C.ASE, _C.SENIOR}),
        frozenset({_C.ASE, _C.DE_45}),
        frozenset({_C.REF_DA, _C.RS_PS_DA}),
        frozenset({_C.QPV, _C.ZRR}),
        frozenset({_C.DELD_12, _C.DELD}),
        frozenset({_C.DELD_12, _C.DETLD}),
        frozenset({_C.DELD, _C.DETLD}),
    ),
}


def selected(scheme: Scheme, criteria: Iterable[Criterion]) -> tuple[Criterion, ...]:
    """The criteria once each, in the order of the list; for a GEIQ with the criterion that each is a case of."""
    chosen = set(criteria)
    if scheme is Scheme.GEIQ:
        chosen |= {parent for each in chosen & GEIQ.keys() if (parent := GEIQ[each].parent) is not None}
    return tuple(each for each in Criterion if each in chosen)


def excluded(scheme: Scheme, criteria: Collection[Criterion]) -> Sequence[Criterion]:
    """The first two criteria that do not go together; none if all do."""
    return next((sorted(pair) for pair in EXCLUSIVE[scheme] if pair.issubset(criteria)), ())
