"""Series of numbers in PostgreSQL."""

from dataclasses import dataclass

from infrastructure.postgres import Pool, sql


@dataclass(frozen=True, slots=True)
class NumberSeries:
    """`application.ports.Numbers`. Each number is drawn in a transaction of its own, so nobody waits for an append."""

    pool: Pool

    def draw(self, series: str) -> int:
        """As the port says."""
        with self.pool.connection() as connection:
            row = connection.execute(sql("numbers/draw"), [series]).fetchone()
        if row is None:
            raise LookupError(series)
        number: int = row[0]
        return number

    def pass_over(self, series: str, number: int) -> None:
        """As the port says."""
        with self.pool.connection() as connection:
            connection.execute(sql("numbers/pass_over"), [series, number])
