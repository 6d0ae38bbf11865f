from collections.abc import Iterator

import pytest

from tests.infrastructure.carriers.relay import Relay, relaying


@pytest.fixture
def relay() -> Iterator[Relay]:
    with relaying(Relay()) as relay:
        yield relay
