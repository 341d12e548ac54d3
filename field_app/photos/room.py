"""Room on the disk: for how many photos, when pictures stop coming, when a photo is refused."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from field_app.domain.errors import NoRoomForNews, NoRoomForPhoto
from field_app.domain.pack_errors import NoRoomForPack
from field_app.photos.errors import folder_errors

LOW_BYTES: Final = 200 * 1000 * 1000
"""With less free than this no pictures of other people's photos are fetched."""
RESERVE_BYTES: Final = 50 * 1000 * 1000
"""Is left for words, status and the program itself: no photo may use it."""
NEWS_RESERVE_BYTES: Final = 20 * 1000 * 1000
"""Is left for what the person does: nothing from the hub may use it."""
USUAL_PHOTO_BYTES: Final = 4 * 1000 * 1000
"""A phone's photo of 12 million pixels, while this laptop has none of its own."""
COPIES_BYTES: Final = 600 * 1000
"""What the copies for looking at take beside an original, generously."""

FreeBytes = Callable[[Path], int]
"""Tells the free bytes of the disk that holds a folder, as far as this person may use them."""


def free_bytes(folder: Path) -> int:
    """Return the free bytes of the disk that holds a folder.

    Raises:
        StoreFailed: The disk cannot be asked.
    """
    with folder_errors():
        return shutil.disk_usage(folder).free


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much more this laptop can hold."""

    free_bytes: int
    photo_bytes: int
    """What a photo of this laptop usually has, without its copies."""

    @property
    def photo_count(self) -> int:
        """About how many photos can still be added."""
        return max(0, self.free_bytes - RESERVE_BYTES) // (self.photo_bytes + COPIES_BYTES)

    @property
    def is_low(self) -> bool:
        """Whether no pictures are fetched any more."""
        return self.free_bytes < LOW_BYTES

    @property
    def is_full(self) -> bool:
        """Whether not even one more photo can be added."""
        return self.photo_count == 0


def check_photo(free: int, size_bytes: int) -> None:
    """Refuse a photo that would use the reserve, before a byte of it is written.

    Args:
        free: Free bytes of the vault's disk.
        size_bytes: Of the original.

    Raises:
        NoRoomForPhoto: There is no room for it.
    """
    if free - size_bytes - COPIES_BYTES < RESERVE_BYTES:
        raise NoRoomForPhoto(f"{free} bytes are free, the photo has {size_bytes}")


def check_pack(free: int, size_bytes: int) -> None:
    """Refuse a colleague's pack that would use the reserve, before a byte of it is written.

    Args:
        free: Free bytes of the disk that it is to lie on.
        size_bytes: Of the pack's file.

    Raises:
        NoRoomForPack: There is no room for it.
    """
    if free - size_bytes < RESERVE_BYTES:
        raise NoRoomForPack(f"{free} bytes are free, the pack has {size_bytes}")


def check_news(free: int) -> None:
    """Refuse news of the hub that would use what a person's own work needs.

    Raises:
        NoRoomForNews: There is no room for them.
    """
    if free < NEWS_RESERVE_BYTES:
        raise NoRoomForNews(f"{free} bytes are free")
