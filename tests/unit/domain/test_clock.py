"""The clock as people see it."""

from datetime import UTC, datetime, timedelta

import pytest

from field_app.domain.clock import TRUSTED_MS, HonestClock, corrected, correction
from tests.helpers.fakes import FakeClock

NOON = datetime(2026, 11, 19, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize("offset_ms", [0, 1500, TRUSTED_MS, -TRUSTED_MS])
def test_a_clock_that_is_nearly_right_is_shown_as_it_is(offset_ms: int) -> None:
    assert correction(offset_ms) == timedelta()
    assert corrected(NOON, offset_ms) == NOON


@pytest.mark.parametrize("offset_ms", [TRUSTED_MS + 1, -TRUSTED_MS - 1, 86_400_000])
def test_a_wrong_clock_is_set_right(offset_ms: int) -> None:
    assert corrected(NOON, offset_ms) == NOON + timedelta(milliseconds=offset_ms)


def test_the_clock_on_the_wall_follows_what_the_hub_says() -> None:
    clock = HonestClock(FakeClock(NOON))
    assert clock.now() == NOON
    clock.offset_ms = -3_600_000
    assert clock.now() == NOON - timedelta(hours=1)
