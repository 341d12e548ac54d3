"""Pairing: which photo from before the work shows the same spot as one from after it."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from field_app.domain.ids import PhotoId

SMALLEST_PX: Final = 480
"""A smaller picture has too few points to say anything."""
SURE: Final = 24
"""So many points fit only in pictures of one spot: other places had 17 at most (`vision/pairs`)."""
MOST: Final = 4
"""So many earlier photos are compared, the newest first; each takes about 40 ms."""


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


def best_pair(after: bytes, earlier: Sequence[tuple[PhotoId, Path]]) -> tuple[PhotoId, int] | None:
    """Return the earlier photo with which a later one has most in common, and how many points fit.

    Args:
        after: The later picture's copy for the screen, a JPEG of at least `SMALLEST_PX`.
        earlier: Photos from before, oldest first, with their copies for the screen.

    Returns:
        None when there is none to compare with.
    """
    # OpenCV takes half a second to load, and most starts of the program add no photo.
    from field_app.vision.pairs import matches  # noqa: PLC0415 - as above

    found: dict[PhotoId, int] = {}
    for photo_id, path in reversed(earlier[-MOST:]):
        with suppress(OSError):  # a copy that is gone meanwhile is one less to compare with
            found[photo_id] = matches(path.read_bytes(), after)
    if not found:
        return None
    best = max(found, key=lambda photo_id: found[photo_id])
    return best, found[best]
