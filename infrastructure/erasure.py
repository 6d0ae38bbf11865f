"""Erasing a person: what they are found by is given back, and the key to what was said of them is destroyed."""

from dataclasses import dataclass

from infrastructure.postgres import Pool, sql
from infrastructure.vault import Vault


@dataclass(frozen=True, slots=True)
class Eraser:
    """`application.retention.Keys`, for keys that may be kept in another database than the record."""

    pool: Pool
    vault: Vault

    def erased(self, root: str) -> bool:
        """As the port says."""
        return self.vault.erased(root)

    def erase(self, root: str) -> None:
        """As the port says: killed between its two steps, it is done again from the beginning."""
        with self.pool.connection() as connection:
            connection.execute(sql("erasure/release"), [root])
        self.vault.destroy(root)
