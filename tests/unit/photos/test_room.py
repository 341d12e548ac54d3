"""Room on the disk: how many photos fit, and what is refused before anything is written."""

from pathlib import Path

import pytest

from field_app.domain.errors import DiskFull, NoRoomForNews, NoRoomForPhoto, StoreFailed
from field_app.photos.room import (
    COPIES_BYTES,
    LOW_BYTES,
    NEWS_RESERVE_BYTES,
    RESERVE_BYTES,
    Room,
    check_news,
    check_photo,
    free_bytes,
)

MB = 1_000_000


@pytest.mark.parametrize(
    ("free", "photos"),
    [(0, 0), (RESERVE_BYTES, 0), (RESERVE_BYTES + 5 * MB, 1), (10_050 * MB, 2_173)],
)
def test_it_tells_for_how_many_photos_there_is_room(free: int, photos: int) -> None:
    room = Room(free_bytes=free, photo_bytes=4 * MB)
    assert room.photo_count == photos
    assert room.is_full is (photos == 0)


def test_it_is_low_below_two_hundred_megabytes() -> None:
    assert Room(free_bytes=LOW_BYTES - 1, photo_bytes=MB).is_low
    assert not Room(free_bytes=LOW_BYTES, photo_bytes=MB).is_low


def test_a_photo_counts_with_its_own_size() -> None:
    just_enough = RESERVE_BYTES + COPIES_BYTES + 12 * MB
    check_photo(just_enough, 12 * MB)
    with pytest.raises(NoRoomForPhoto) as refused:
        check_photo(just_enough - 1, 12 * MB)
    assert isinstance(refused.value, DiskFull)


def test_news_leave_room_for_work() -> None:
    check_news(NEWS_RESERVE_BYTES)
    with pytest.raises(NoRoomForNews):
        check_news(NEWS_RESERVE_BYTES - 1)


def test_the_disk_itself_is_asked(tmp_path: Path) -> None:
    assert free_bytes(tmp_path) > 0
    with pytest.raises(StoreFailed):
        free_bytes(tmp_path / "nowhere")
