"""What organisations are, in the words of the systems they come from, and the family each kind belongs to."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from domain.vocabulary import Family


class Kind(StrEnum):
    """A kind of organisation. Codes of several systems that mean the same thing to each of them are kept apart."""

    # Companies (les-emplois §1.2).
    ACI = "aci"
    AI = "ai"
    EI = "ei"
    EITI = "eiti"
    ETTI = "etti"
    GEIQ = "geiq"
    OPCS = "opcs"
    EA = "ea"
    EATT = "eatt"
    RESERVED = "reserved"
    #: Known only because others name it as a company (imports).
    COMPANY_UNKNOWN = "company_unknown"
    # Prescribers (les-emplois §1.3).
    AFPA = "afpa"
    ASE = "ase"
    ORIENTEUR = "orienteur"
    CAARUD = "caarud"
    CADA = "cada"
    CAF = "caf"
    CAP_EMPLOI = "cap_emploi"
    CAVA = "cava"
    CCAS = "ccas"
    CHRS = "chrs"
    CHU = "chu"
    CIDFF = "cidff"
    CPH = "cph"
    CSAPA = "csapa"
    E2C = "e2c"
    EPIDE = "epide"
    FT = "ft"
    HUDA = "huda"
    ML = "ml"
    MSA = "msa"
    OACAS = "oacas"
    OIL = "oil"
    ODC = "odc"
    OHPD = "ohpd"
    OCASF = "ocasf"
    PENSION = "pension"
    PIJ_BIJ = "pij_bij"
    PJJ = "pjj"
    PLIE = "plie"
    RS_FJT = "rs_fjt"
    PREVENTION = "prevention"
    DEPT = "dept"
    SPIP = "spip"
    PRESCRIBER_OTHER = "prescriber_other"
    #: Known only because others name it as a prescriber (imports).
    PRESCRIBER_UNKNOWN = "prescriber_unknown"
    # Institutions (les-emplois §1.4).
    DDETS_GEIQ = "ddets_geiq"
    DDETS_IAE = "ddets_iae"
    DDETS_LOG = "ddets_log"
    DREETS_GEIQ = "dreets_geiq"
    DREETS_IAE = "dreets_iae"
    DRIHL = "drihl"
    DGEFP_GEIQ = "dgefp_geiq"
    DGEFP_IAE = "dgefp_iae"
    DIHAL = "dihal"
    RESEAU_IAE = "reseau_iae"
    CONVERGENCE = "convergence"
    FFGEIQ = "ffgeiq"
    INSTITUTION_OTHER = "institution_other"
    # Organisations that follow RSA beneficiaries (rdv-insertion §1.1).
    CONSEIL_DEPARTEMENTAL = "conseil_departemental"
    DELEGATAIRE_RSA = "delegataire_rsa"
    FRANCE_TRAVAIL = "france_travail"
    SIAE = "siae"
    AUTRE = "autre"
    # Structures that offer services: their typology says more (dora §3.2).
    SERVICE_STRUCTURE = "service_structure"
    # Immersion agencies (immersion §7.1).
    AGENCY_FRANCE_TRAVAIL = "agency_france_travail"
    AGENCY_MISSION_LOCALE = "agency_mission_locale"
    AGENCY_OPERATEUR_CEP = "agency_operateur_cep"
    AGENCY_CAP_EMPLOI = "agency_cap_emploi"
    AGENCY_CONSEIL_DEPARTEMENTAL = "agency_conseil_departemental"
    AGENCY_STRUCTURE_IAE = "agency_structure_iae"
    AGENCY_FONCTION_PUBLIQUE = "agency_fonction_publique"
    AGENCY_CCI = "agency_cci"
    AGENCY_CMA = "agency_cma"
    AGENCY_CHAMBRE_AGRICULTURE = "agency_chambre_agriculture"
    AGENCY_OTHER = "agency_other"
    AGENCY_IMMERSION_FACILITEE = "agency_immersion_facilitee"
    AGENCY_PREPA_APPRENTISSAGE = "agency_prepa_apprentissage"


#: Those of RDV-insertion, and for how many months without activity they follow a person unless they say otherwise
#: (rdv-insertion §1.1, §11.1).
RSA_SERVICES: Final = frozenset(
    {Kind.CONSEIL_DEPARTEMENTAL, Kind.DELEGATAIRE_RSA, Kind.FRANCE_TRAVAIL, Kind.SIAE, Kind.AUTRE}
)
RETENTION_MONTHS: Final = 24

_EXCEPTIONS: Final[Mapping[Family, frozenset[Kind]]] = {
    Family.SIAE: frozenset({Kind.ACI, Kind.AI, Kind.EI, Kind.EITI, Kind.ETTI, Kind.SIAE}),
    Family.GEIQ: frozenset({Kind.GEIQ}),
    Family.EMPLOYER: frozenset({Kind.OPCS, Kind.EA, Kind.EATT, Kind.RESERVED, Kind.COMPANY_UNKNOWN}),
    Family.INSTITUTION: frozenset(
        {
            Kind.DDETS_GEIQ,
            Kind.DDETS_IAE,
            Kind.DDETS_LOG,
            Kind.DREETS_GEIQ,
            Kind.DREETS_IAE,
            Kind.DRIHL,
            Kind.DGEFP_GEIQ,
            Kind.DGEFP_IAE,
            Kind.DIHAL,
            Kind.RESEAU_IAE,
            Kind.CONVERGENCE,
            Kind.FFGEIQ,
            Kind.INSTITUTION_OTHER,
        }
    ),
    Family.RSA: frozenset({Kind.CONSEIL_DEPARTEMENTAL, Kind.DELEGATAIRE_RSA, Kind.FRANCE_TRAVAIL}),
    Family.SERVICE_PROVIDER: frozenset({Kind.SERVICE_STRUCTURE}),
    Family.IMMERSION_AGENCY: frozenset(kind for kind in Kind if kind.startswith("agency_")),
    Family.OTHER: frozenset({Kind.AUTRE}),
}
_PRESCRIBERS: Final = frozenset(Kind).difference(*_EXCEPTIONS.values())
KINDS_OF: Final[Mapping[Family, frozenset[Kind]]] = {**_EXCEPTIONS, Family.PRESCRIBER: _PRESCRIBERS}
FAMILY_OF: Final[Mapping[Kind, Family]] = {kind: family for family, kinds in KINDS_OF.items() for kind in kinds}

#: Which applications are sent to.
COMPANIES: Final = KINDS_OF[Family.SIAE] | KINDS_OF[Family.GEIQ] | KINDS_OF[Family.EMPLOYER]
#: Authorised or moderated before they may do everything (les-emplois §1.3, dora §3.4, immersion §7.3).
NEEDING_AUTHORISATION: Final = (
    KINDS_OF[Family.PRESCRIBER] | KINDS_OF[Family.SERVICE_PROVIDER] | KINDS_OF[Family.IMMERSION_AGENCY]
) - {Kind.PRESCRIBER_OTHER, Kind.PRESCRIBER_UNKNOWN}
#: May have no territory: they are national, or nobody knows where they act.
WITHOUT_TERRITORY: Final = KINDS_OF[Family.INSTITUTION] | {Kind.COMPANY_UNKNOWN, Kind.PRESCRIBER_UNKNOWN}
#: The only ones that have a SAFIR code (les-emplois §1.3, rdv-insertion §1.1, immersion §7.1).
WITH_SAFIR: Final = frozenset({Kind.FT, Kind.FRANCE_TRAVAIL, Kind.AGENCY_FRANCE_TRAVAIL, Kind.SERVICE_STRUCTURE})


def families(kinds: Iterable[Kind]) -> tuple[Family, ...]:
    """The families of several kinds, each once, in alphabetical order."""
    return tuple(sorted({FAMILY_OF[kind] for kind in kinds}))
