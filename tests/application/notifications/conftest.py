from collections.abc import Iterator
from pathlib import Path

import pytest

from infrastructure.postgres import Access
from tests.application.notifications.office import Office, Street, opened, street


@pytest.fixture
def office(database: Access, tmp_path: Path) -> Iterator[Office]:
    with opened(database, tmp_path) as office:
        yield office


@pytest.fixture
def scene(office: Office) -> Street:
    return street(office)
