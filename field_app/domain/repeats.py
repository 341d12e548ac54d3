"""Repeats: which photos of one job must not show the same picture.

What a crew does with one job is no repetition: the same photo once more in the same place (a
retake, a pack that came twice), or one that was put into the wrong slot and withdrawn there. Only
a photo of the work that shows the very picture from before the work is one.
"""

from typing import Final

from field_app.domain.photo import Photo, PhotoRole

OF_THE_WORK: Final = frozenset({PhotoRole.PROGRESS, PhotoRole.AFTER})


def must_differ(mine: Photo, earlier: Photo) -> bool:
    """Return whether a photo must not show the same as an earlier one of its ticket."""
    return (
        mine.role in OF_THE_WORK
        and earlier.role not in OF_THE_WORK
        and not earlier.is_withdrawn
        and earlier.id not in (mine.id, mine.retakes)
    )
