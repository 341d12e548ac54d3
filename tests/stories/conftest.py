"""A town for every story."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.town import Laptop, Town, a_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_town(tmp_path) as town:
        yield town


@pytest.fixture
def ana(town: Town) -> Laptop:
    """A member of the crew `roads`."""
    return town.person("ana")
