"""Pictures as arrays: red, green, blue, or brightness alone."""

from typing import Any, Final, Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
"""Height, width, 3: red, green, blue."""
Luma = NDArray[np.uint8]
"""Height, width: brightness."""


class Pixels(Protocol):
    """A decoded picture of another library, RGB or luma, such as Pillow's."""

    @property
    def __array_interface__(self) -> dict[str, Any]:
        """Say where its bytes are, as NumPy's array interface describes it."""
        ...


Picture = bytes | NDArray[Any] | Pixels
"""The bytes of a small JPEG, PNG or WebP, or what was already decoded: RGB or luma."""
DECODED_LIMIT_PX: Final = 4096
"""Longest side of a file that is decoded here; larger ones come in decoded."""
ORIGINAL_LIMIT_PX: Final = 20_000
"""Longest side of an original of which a small picture is made here."""
REDUCED: Final = (
    (8, cv2.IMREAD_REDUCED_GRAYSCALE_8),
    (4, cv2.IMREAD_REDUCED_GRAYSCALE_4),
    (2, cv2.IMREAD_REDUCED_GRAYSCALE_2),
)
"""Parts of its size at which a picture can be decoded."""


def luma_of(picture: Picture) -> Luma | None:
    """Return the brightness of a picture; None when its bytes are no picture."""
    if isinstance(picture, bytes):
        return _decoded(picture)
    pixels: NDArray[Any] = np.asarray(picture)
    if pixels.ndim == 3:  # noqa: PLR2004 - rows, columns, colours
        return cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    return pixels.astype(np.uint8, copy=False)


def small_luma_of(data: bytes, longest_px: int, side: int) -> Luma | None:
    """Return the brightness of an original, decoded at a part of its size.

    Args:
        data: The picture file's bytes.
        longest_px: The longest side that its head names.
        side: How many pixels the longest side must still have.

    Returns:
        None when it is no picture, or has too many pixels to be decoded here.
    """
    if longest_px > ORIGINAL_LIMIT_PX:
        return None
    for part, how in REDUCED:
        if longest_px // part >= side:
            return _decoded(data, how)
    return _decoded(data)


def _decoded(data: bytes, how: int = cv2.IMREAD_GRAYSCALE) -> Luma | None:
    """Return the brightness of a picture file; None when it is none."""
    if not data:
        return None
    try:
        found: Any = cv2.imdecode(np.frombuffer(data, np.uint8), how)
    except cv2.error:
        return None
    if found is None or max(found.shape) > DECODED_LIMIT_PX:
        return None
    return found.astype(np.uint8, copy=False)  # type: ignore[no-any-return]


def at_most(luma: Luma, side: int) -> Luma:
    """Return a picture whose longest side is at most `side` pixels."""
    longest = max(luma.shape)
    if longest <= side:
        return luma
    height, width = (max(1, round(length * side / longest)) for length in luma.shape)
    return cv2.resize(luma, (width, height), interpolation=cv2.INTER_AREA).astype(np.uint8)
