"""Pairing: which photo from before the work shows the same spot as one from after it."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from PIL import Image

from field_app.domain.errors import PhotoUnreadable
from field_app.domain.ids import PhotoId
from field_app.photos.errors import picture_errors

SMALLEST_PX: Final = 480
"""A smaller picture has too few points to say anything."""
SURE: Final = 24
"""So many points fit only in pictures of one spot: other places had 17 at most (`vision/pairs`)."""
MOST: Final = 4
"""So many earlier photos are compared, the newest first; each takes about 30 ms."""
LOOKED_AT_PX: Final = 640
"""Longest side at which points are looked for; a JPEG is decoded at the next size above it."""


def view_over(before: Path, after: Path) -> tuple[float, ...] | None:
    """Return how an earlier photo lies over a later one of the same spot; about 40 ms.

    Args:
        before: The earlier picture, a file that OpenCV reads, upright.
        after: The later one.

    Returns:
        Nine numbers, the rows of a matrix that takes parts of the earlier picture's width and
        height to the later one's; None when too little of the two fits, or either is gone.
    """
    from field_app.vision.pairs import view_of  # noqa: PLC0415 - as in `best_pair`

    with suppress(OSError):
        return view_of(before.read_bytes(), after.read_bytes(), SURE)
    return None


def fitting_points(before: Path, after: Path) -> int | None:
    """Return how many points of two pictures fit together; None when either is gone.

    Args:
        before: The earlier picture's copy for the screen.
        after: The later one's.
    """
    from field_app.vision.pairs import matches  # noqa: PLC0415 - as in `best_pair`

    with suppress(PhotoUnreadable):
        return matches(_luma(before), _luma(after))
    return None


def best_pair(
    after: Image.Image, earlier: Sequence[tuple[PhotoId, Path]]
) -> tuple[PhotoId, int] | None:
    """Return the earlier photo with which a later one has most in common, and how many points fit.

    Args:
        after: The later picture's brightness, at least `SMALLEST_PX` large.
        earlier: Photos from before, oldest first, with their copies for the screen.

    Returns:
        None when there is none to compare with.
    """
    # OpenCV takes half a second to load, and most starts of the program add no photo.
    from field_app.vision.pairs import matches_of  # noqa: PLC0415 - as above

    there: list[PhotoId] = []
    lumas: list[Image.Image] = []
    for photo_id, path in reversed(earlier[-MOST:]):
        with suppress(PhotoUnreadable):  # a copy that is gone is one less to compare with
            lumas.append(_luma(path))
            there.append(photo_id)
    found = dict(zip(there, matches_of(after, lumas), strict=True))
    if not found:
        return None
    best = max(found, key=lambda photo_id: found[photo_id])
    return best, found[best]


def _luma(path: Path) -> Image.Image:
    """Return the brightness of a copy for the screen, decoded no larger than points need it."""
    with picture_errors(), Image.open(path, formats=("JPEG",)) as picture:
        picture.draft("L", (LOOKED_AT_PX, LOOKED_AT_PX))
        return picture.convert("L")
