"""What letters say of each journey."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from application.directory import Directory
from application.dossiers import kind_of
from application.notifications.contents.accompaniment import accompaniment
from application.notifications.contents.discussion import discussion
from application.notifications.contents.immersion import immersion
from application.notifications.contents.matter import Facts, Matter
from application.notifications.contents.rsa_appointment import rsa_appointment
from domain.accompaniment import accompaniment_journey
from domain.discussion import discussion_journey
from domain.immersion import immersion_journey
from domain.rsa_appointment import rsa_appointment_journey

#: The letters of the other journeys say what their templates say, and name an organisation.
CONTENTS: Final[Mapping[str, Callable[[Matter, Directory, datetime], Facts]]] = {
    rsa_appointment_journey.name: rsa_appointment,
    accompaniment_journey.name: accompaniment,
    immersion_journey.name: immersion,
    discussion_journey.name: discussion,
}


def contents(matter: Matter, directory: Directory, now: datetime) -> Facts:
    """What a letter may say. Raises `Needless` if it would say nothing that is still so."""
    facts = CONTENTS.get(kind_of(matter.notice.journey))
    return facts(matter, directory, now) if facts else {}
