"""A few hundred damaged pictures on every run; `dev.py fuzz` tries any number."""

import pytest

from tests.fuzz.damage import damaged, sound
from tests.fuzz.run import in_process, run_some


def test_damaged_pictures_are_refused_in_our_words_with_bounded_memory_and_nothing_left() -> None:
    outcome = in_process(range(1, 301))
    assert outcome.failed == ()
    assert 20 < outcome.taken < 280


def test_a_seed_always_makes_the_same_picture() -> None:
    assert [damaged(seed) for seed in range(20)] == [damaged(seed) for seed in range(20)]
    assert damaged(7) not in sound()


@pytest.mark.parametrize("seed", [275, 133563])
def test_what_was_found_once_is_tried_for_ever(seed: int) -> None:
    assert run_some(range(seed, seed + 1)).failed == ()
