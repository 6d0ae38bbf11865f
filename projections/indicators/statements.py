"""The queries of indicators, each in its file."""

from functools import cache
from importlib.resources import files


@cache
def text(name: str) -> bytes:
    """A query, by the name of its file."""
    return files("projections").joinpath("sql", "indicators", f"{name}.sql").read_bytes()
