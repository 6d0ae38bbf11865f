"""What is said of a service: the fields and the lists of data·inclusion v1 (open-data §1.2, §1.4)."""

from enum import StrEnum

from domain.journey import message


class ServiceKind(StrEnum):
    """What a service is made of."""

    ACCOMPANIMENT = "accompagnement"
    FINANCIAL_AID = "aide-financiere"
    AID_IN_KIND = "aide-materielle"
    WORKSHOP = "atelier"
    TRAINING = "formation"
    INFORMATION = "information"


class Fee(StrEnum):
    """Whether a service is paid for."""

    FREE = "gratuit"
    PAYING = "payant"


class Public(StrEnum):
    """Whom a service is for: people of one of these are enough of it."""

    WORKING = "actifs"
    ON_MINIMUM_INCOME = "beneficiaires-des-minimas-sociaux"
    JOBSEEKERS = "demandeurs-emploi"
    STUDENTS = "etudiants"
    FAMILIES = "familles"
    WOMEN = "femmes"
    YOUNG = "jeunes"
    DISABLED = "personnes-en-situation-de-handicap"
    IN_EMERGENCY = "personnes-en-situation-durgence"
    IN_LEGAL_SITUATION = "personnes-en-situation-juridique-specifique"
    EXILED = "personnes-exilees"
    OF_PRIORITY_AREAS = "residents-qpv-frr"
    SENIORS = "seniors"
    #: Stands alone.
    EVERYBODY = "tous-publics"


class ReceptionMode(StrEnum):
    """Where people are received."""

    REMOTE = "a-distance"
    ON_SITE = "en-presentiel"


class MobilisationMode(StrEnum):
    """How somebody asks for the service."""

    EMAIL = "envoyer-un-courriel"
    IN_PERSON = "se-presenter"
    PHONE = "telephoner"
    LINK = "utiliser-lien-mobilisation"


class Mobiliser(StrEnum):
    """Who may ask for the service."""

    PROFESSIONALS = "professionnels"
    PEOPLE = "usagers"


@message
class ServicePlace:
    """Where people are received."""

    street: str | None = None
    complement: str | None = None
    postal_code: str | None = None
    town: str | None = None
    #: The official code of the commune (`35238`, `2A004`).
    town_code: str | None = None


@message
class ServiceContact:
    """How the service itself is reached, said to everybody. Never somebody's own number or address."""

    phone: str | None = None
    email: str | None = None


@message
class Service:
    """A service, as everybody may read of it. What is left out is not known."""

    #: As orientations name it: `<source>--<id>` (`dora--<uuid>`).
    service_id: str
    name: str
    description: str
    kind: ServiceKind | None = None
    #: `<family>--<detail>`, of the sixty-nine themes.
    themes: tuple[str, ...] = ()
    publics: tuple[Public, ...] = ()
    publics_details: str | None = None
    access_conditions: str | None = None
    fee: Fee | None = None
    fee_details: str | None = None
    reception_modes: tuple[ReceptionMode, ...] = ()
    place: ServicePlace = ServicePlace()
    contact: ServiceContact = ServiceContact()
    #: Codes of communes, départements, EPCI or countries, or `france`.
    zone: tuple[str, ...] = ()
    mobilisable_by: tuple[Mobiliser, ...] = ()
    mobilisation_modes: tuple[MobilisationMode, ...] = ()
    mobilisation_link: str | None = None
    mobilisation_details: str | None = None
    weekly_hours: int | None = None
    weeks: int | None = None
    #: As OpenStreetMap writes them (`Mo-Fr 08:30-12:30`).
    opening_hours: str | None = None
