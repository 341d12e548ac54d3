"""The storm bites: each broken variant of the program is caught."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.storm.history import Storm, a_storm
from tests.storm.mutants import MUTANTS

pytestmark = [pytest.mark.timeout(300), pytest.mark.logs_warnings]
MOST: Final = 150
"""Histories in which a broken variant must be caught."""


@pytest.fixture(scope="module", name="storm")
def _storm() -> Iterator[Storm]:
    with a_storm() as storm:
        yield storm


@pytest.mark.parametrize("name", MUTANTS)
def test_the_storm_catches(storm: Storm, name: str) -> None:
    mutant = MUTANTS[name]
    with mutant.lives():
        caught = any(_is_caught(storm, mutant.seed + n) for n in range(MOST))
    assert caught, f"{MOST} histories did not notice: {mutant.words}"


def _is_caught(storm: Storm, seed: int) -> bool:
    """Return whether a history ends with a broken promise, or with a bug."""
    try:
        storm.history(seed)
    except Exception:  # noqa: BLE001 - whatever a broken program does, it was noticed
        return True
    return False
