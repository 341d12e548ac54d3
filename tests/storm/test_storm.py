"""Three hundred histories, always the same; `dev.py storm` runs any number of others."""

from collections.abc import Iterator
from typing import Final

import pytest

from tests.storm.history import Storm, a_storm

pytestmark = [pytest.mark.timeout(300), pytest.mark.logs_warnings]
TOGETHER: Final = 25
"""Histories of one test."""


@pytest.fixture(scope="module", name="storm")
def _storm() -> Iterator[Storm]:
    with a_storm() as storm:
        yield storm


@pytest.mark.parametrize("first", range(1, 301, TOGETHER))
def test_every_promise_holds_in_a_storm(storm: Storm, first: int) -> None:
    for seed in range(first, first + TOGETHER):
        storm.history(seed)


def test_the_same_seed_tells_the_same_story(storm: Storm) -> None:
    for seed in (7, 77, 777):
        assert storm.history(seed).trace == storm.history(seed).trace
