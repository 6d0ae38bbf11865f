"""What people do without, in PostgreSQL."""

from collections.abc import Collection
from dataclasses import dataclass

from application.notifications.templates import Template
from domain.vocabulary import OrganisationId, Subject
from infrastructure.postgres import Pool, sql


@dataclass(frozen=True, slots=True)
class PostgresPreferences:
    """`application.notifications.ports.Preferences`."""

    pool: Pool

    def disabled(self, subject: Subject, organisation: OrganisationId | None) -> frozenset[Template]:
        """As the port says. A code of a newer version means nothing here."""
        with self.pool.connection() as connection:
            rows = connection.execute(sql("preferences/find"), [subject, organisation or ""]).fetchall()
        known = {template.value for template in Template}
        return frozenset(Template(name) for (name,) in rows if name in known)

    def replace(self, subject: Subject, organisation: OrganisationId | None, disabled: Collection[Template]) -> None:
        """As the port says."""
        whose, names = [subject, organisation or ""], sorted(disabled)
        with self.pool.connection() as connection, connection.transaction():
            connection.execute(sql("preferences/forget"), [*whose, names])
            connection.execute(sql("preferences/keep"), [*whose, names])
