"""Which database holds invented people, in a file beside it: a demonstration serves these, and takes nobody's place."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from api.settings import Settings
from infrastructure.postgres import Access, connect

NAME: Final = "demonstration-told"


@dataclass(frozen=True, slots=True)
class Mark:
    """The file, and the database that it may name."""

    file: Path
    database: str

    @classmethod
    def of(cls, settings: Settings, where: Access) -> "Mark":
        """That of an installation, on the database that it has now."""
        return cls(settings.data / NAME, _identity(where))

    @property
    def is_begun(self) -> bool:
        """Whether telling began; what is written at once is there whole by now, or not at all."""
        return self._said() == f"{self.database} begun"

    @property
    def is_told(self) -> bool:
        """Whether everybody was told, to the end."""
        return self._said() == self.database

    def begin(self) -> None:
        """Say that telling begins."""
        self.file.write_text(f"{self.database} begun")

    def tell(self) -> None:
        """Say that everybody was told."""
        self.file.write_text(self.database)

    def _said(self) -> str:
        return self.file.read_text() if self.file.exists() else ""


def _identity(where: Access) -> str:
    with connect(where.owner) as owner:
        row = owner.execute(
            b"select system_identifier || '/' || oid from pg_control_system(), pg_database"
            b" where datname = current_database()"
        ).fetchone()
    return str(row[0]) if row else ""
