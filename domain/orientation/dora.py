"""The same codes as DORA writes them, for import and export (dora §5.1, §5.3, §5.8)."""

from collections.abc import Mapping
from typing import Final

from domain.orientation.codes import Addressee, ContactPreference, RefusalReason, Stage

DORA_REASONS: Final[Mapping[RefusalReason, str]] = {
    RefusalReason.UNREACHABLE: "bénéficiaire-non-joignable",
    RefusalReason.ABSENT: "bénéficiaire-absent",
    RefusalReason.IN_EMPLOYMENT: "bénéficiaire-en-emploi",
    RefusalReason.IN_TRAINING: "bénéficiaire-en-formation",
    RefusalReason.NOT_ELIGIBLE: "bénéficiaire-non-éligible",
    RefusalReason.NOT_MOBILE: "bénéficiaire-non-mobile",
    RefusalReason.NOT_INTERESTED: "bénéficiaire-non-intéressé",
    RefusalReason.PERIPHERAL_OBSTACLES: "freins-périphériques",
    RefusalReason.SESSION_FULL: "session-complète",
    RefusalReason.DUPLICATE: "orientation-en-doublon",
    RefusalReason.OTHER: "autre",
}

DORA_CONTACT_PREFERENCES: Final[Mapping[ContactPreference, str]] = {
    ContactPreference.PHONE: "TELEPHONE",
    ContactPreference.EMAIL: "EMAIL",
    ContactPreference.REFERENT: "REFERENT",
    ContactPreference.OTHER: "AUTRE",
}

DORA_ADDRESSEES: Final[Mapping[Addressee, str]] = {
    Addressee.BENEFICIARY: "BÉNÉFICIAIRE",
    Addressee.PRESCRIBER: "PRESCRIPTEUR",
    Addressee.REFERENT: "RÉFÉRENT",
}

#: DORA does not know whether the person came: a started orientation is an accepted one there.
DORA_STATUSES: Final[Mapping[Stage, str]] = {
    Stage.HELD: "MODÉRATION_EN_COURS",
    Stage.REJECTED_BY_MODERATION: "MODÉRATION_REJETÉE",
    Stage.OPEN: "OUVERTE",
    Stage.ACCEPTED: "VALIDÉE",
    Stage.STARTED: "VALIDÉE",
    Stage.REFUSED: "REFUSÉE",
    Stage.EXPIRED: "EXPIRÉE",
}
