"""Seeds whose histories once ended badly, kept for ever."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.storm.history import Storm, a_storm

pytestmark = [pytest.mark.timeout(300), pytest.mark.logs_warnings]
SEEDS: Final = (60, 97)
"""60: undo took back what was under way when the program was killed. 97: a restored hub could not
take work of a device that it did not know. The stories that they led to stand in `tests/stories`.
"""


@pytest.fixture(scope="module", name="storm")
def _storm() -> Iterator[Storm]:
    with a_storm() as storm:
        yield storm


@pytest.mark.parametrize("seed", SEEDS)
def test_it_ends_well_now(storm: Storm, seed: int) -> None:
    storm.history(seed)
