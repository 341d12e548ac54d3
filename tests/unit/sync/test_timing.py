"""When to try again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.sync.timing import BEAT_S, JITTER, LEAST_BEAT_S, STEPS_S, beat_s, next_try, pause_s


@pytest.mark.parametrize(
    ("attempts", "seconds"), [(1, 5), (2, 30), (3, 120), (4, 600), (5, 600), (100, 600)]
)
def test_pauses_grow_up_to_ten_minutes(attempts: int, seconds: float) -> None:
    assert pause_s(attempts, 0.5) == pytest.approx(seconds)


@given(attempts=st.integers(1, 20), chance=st.floats(0, 1))
def test_chance_moves_a_pause_by_a_fifth_at_most(attempts: int, chance: float) -> None:
    step = STEPS_S[min(attempts, len(STEPS_S)) - 1]
    assert step * (1 - JITTER) <= pause_s(attempts, chance) <= step * (1 + JITTER) + 1e-9


@given(attempts=st.integers(1, 9), chance=st.floats(0, 1), asked=st.floats(0, 3600))
def test_what_the_hub_asks_for_is_never_undercut(
    attempts: int, chance: float, asked: float
) -> None:
    assert pause_s(attempts, chance, asked) >= asked


def test_the_next_try_is_a_moment() -> None:
    now = datetime(2026, 11, 19, tzinfo=UTC)
    assert (next_try(now, 1, 0.5, None) - now).total_seconds() == pytest.approx(5)


def test_one_listens_until_the_first_moment_and_never_long() -> None:
    now = datetime(2026, 11, 19, tzinfo=UTC)
    soon, later = now + timedelta(seconds=0.1), now + timedelta(hours=1)
    assert beat_s(now, [later, soon]) == pytest.approx(0.1)
    assert beat_s(now, [later]) == beat_s(now, []) == BEAT_S
    assert beat_s(now, [now]) == LEAST_BEAT_S
