from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from domain.organisation.kinds import Kind
from domain.vocabulary import OrganisationId
from infrastructure.postgres import Access
from tests.application.town import Town, opened


@pytest.fixture
def town(database: Access, tmp_path: Path) -> Iterator[Town]:
    with opened(database, tmp_path) as town:
        yield town


@dataclass(frozen=True)
class Scene:
    """Camille of a mission locale follows Nour; Sacha and Robin each run a company."""

    town: Town
    prescriber: OrganisationId
    company: OrganisationId
    other_company: OrganisationId
    nour: str


@pytest.fixture
def scene(town: Town) -> Scene:
    prescriber = town.organisation(Kind.ML, "camille")
    company, other = town.organisation(Kind.ACI, "sacha"), town.organisation(Kind.EI, "robin")
    return Scene(town, prescriber, company, other, town.candidate("camille", prescriber))
