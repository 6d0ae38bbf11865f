"""The State's services that certify what is said of a person (les-emplois §2.4)."""

from enum import StrEnum


class Certifier(StrEnum):
    """Who certifies a criterion, and the identity of the person by finding them."""

    API_PARTICULIER = "api_particulier"
    #: France Travail's services: for the recognition as a disabled worker, and for identities.
    API_RECHERCHER_USAGER = "api_rechercher_usager"
    API_RECHERCHE_INDIVIDU_CERTIFIE = "api_recherche_individu_certifie"
