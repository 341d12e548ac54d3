"""The speed that is told to people: measured, smooth, and not told when it is not known."""

from datetime import datetime, timedelta

import pytest

from field_app.domain.ids import PhotoId
from field_app.sync.pace import Pace
from tests.helpers.builders import NOW

ONE, OTHER = PhotoId("one"), PhotoId("other")


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_nothing_is_known_at_first_and_after_one_look() -> None:
    pace = Pace()
    assert pace.bytes_per_s(NOW) is None
    pace.note(NOW, {ONE: 5000})
    assert pace.bytes_per_s(after(5)) is None


def test_a_steady_upload_has_its_speed_and_its_end() -> None:
    pace = Pace()
    for second in range(11):
        pace.note(after(second), {ONE: 1000 * second})
    assert pace.bytes_per_s(after(10)) == pytest.approx(1000)
    assert pace.seconds_left(after(10), 6000) == pytest.approx(6)


def test_bytes_that_were_there_before_are_no_speed() -> None:
    pace = Pace()
    pace.note(NOW, {ONE: 5_000_000})
    pace.note(after(5), {ONE: 5_001_000})
    assert pace.bytes_per_s(after(5)) == pytest.approx(200)


def test_photos_beside_and_after_each_other_are_one_stream() -> None:
    pace = Pace()
    pace.note(NOW, {ONE: 0, OTHER: 0})
    pace.note(after(4), {ONE: 2000, OTHER: 2000})
    pace.note(after(8), {OTHER: 6000})
    pace.note(after(9), {})
    pace.note(after(10), {OTHER: 6000})
    pace.note(after(12), {OTHER: 8000})
    assert pace.bytes_per_s(after(12)) == pytest.approx(10_000 / 12)


def test_silence_makes_the_speed_unknown_and_slower_before() -> None:
    pace = Pace()
    pace.note(NOW, {ONE: 0})
    pace.note(after(5), {ONE: 5000})
    assert pace.bytes_per_s(after(10)) == pytest.approx(500)
    assert pace.bytes_per_s(after(16)) is None


def test_only_the_last_while_counts() -> None:
    pace = Pace()
    for second in range(0, 120, 2):
        pace.note(after(second), {ONE: 10_000 * min(second, 60) + 100 * max(0, second - 60)})
    assert pace.bytes_per_s(after(118)) == pytest.approx(100, rel=0.05)


def test_a_clock_that_is_set_back_begins_anew() -> None:
    pace = Pace()
    pace.note(NOW, {ONE: 0})
    pace.note(after(5), {ONE: 5000})
    pace.note(after(-3600), {ONE: 6000})
    assert pace.bytes_per_s(after(-3600)) is None


def test_bytes_that_the_hub_wants_again_do_not_count_backwards() -> None:
    pace = Pace()
    pace.note(NOW, {ONE: 5000})
    pace.note(after(2), {ONE: 0})
    pace.note(after(6), {ONE: 3000})
    assert pace.bytes_per_s(after(6)) == pytest.approx(500)
