"""The orientations that wait for the approval of their sender, as the caseload knows them."""

from collections.abc import Sequence

from application.moderation import Held
from domain.vocabulary import OrganisationId
from projections.projection import Connection, sql


def held_orientations(connection: Connection) -> Sequence[Held]:
    """Every held orientation and its sender, in the order of the dossiers."""
    rows = connection.execute(sql("caseload/held"))
    return [Held(root=root, journey=journey, sender=OrganisationId(sender)) for root, journey, sender in rows]
