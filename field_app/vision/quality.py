"""Quality: how bright and how sharp a picture is.

What is too dark or too blurred is said by `domain/checks`. Measured on the labelled set and the
demo's photos at 512 px: by day, sharp ones have a sharpness of 65 and more (half of them over
700); after a blur of 1 px 40 in the middle, of 2 px 6 and at most 23, of 3 px at most 8. Streets
at night have a brightness of 34 and more, those by day 86 to 179.
"""

from dataclasses import dataclass
from typing import Final

import cv2

from field_app.vision.picture import Picture, at_most, luma_of

SIDE_PX: Final = 512
"""Longest side at which sharpness is measured, so that it does not depend on the camera."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """How good a picture is."""

    brightness: float
    """Mean luma, 0 (black) to 255 (white)."""
    sharpness: float
    """Variance of the luma's Laplacian at 512 px."""


def measure(picture: Picture) -> Quality | None:
    """Return the quality of a picture; about 2 ms for a decoded screen copy.

    Args:
        picture: A picture's bytes, or decoded, RGB or luma; at least 512 px, or it seems blurred.

    Returns:
        None when it is no picture.
    """
    luma = luma_of(picture)
    if luma is None:
        return None
    small = at_most(luma, SIDE_PX)
    edges = cv2.Laplacian(small, cv2.CV_32F)
    return Quality(brightness=float(small.mean()), sharpness=float(edges.var()))
