"""What the pixels of a picture show beside its subject: how bright and how sharp it is."""

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PIL import Image

from field_app.domain.photo import PhotoEvidence

if TYPE_CHECKING:
    from field_app.vision.fingerprint import Fingerprint

SHARPNESS_PX: Final = 512
"""Sharpness is measured at this size; a smaller picture would seem blurred."""


def print_of(thumb: bytes) -> "Fingerprint | None":
    """Return the fingerprint of a small picture; None when it cannot be compared. About 15 ms."""
    # OpenCV takes half a second to load, and most starts of the program add no photo.
    from field_app.vision.fingerprint import fingerprint_of  # noqa: PLC0415 - as above

    return fingerprint_of(thumb)


def with_looks(evidence: PhotoEvidence, luma: Image.Image, side_px: int) -> PhotoEvidence:
    """Return what a file says of itself together with what its pixels show; about 2 ms.

    Args:
        evidence: From the file.
        luma: The picture's brightness, as its copies were made of it.
        side_px: The picture's longest side.
    """
    # OpenCV takes half a second to load, and most starts of the program add no photo.
    from field_app.vision.quality import measure  # noqa: PLC0415 - as above

    quality = measure(luma)
    if quality is None:
        return evidence
    return replace(
        evidence,
        brightness=round(quality.brightness, 1),
        sharpness=round(quality.sharpness, 1) if side_px >= SHARPNESS_PX else None,
    )
