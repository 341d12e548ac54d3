"""Pictures as arrays: red, green, blue, or brightness alone."""

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
"""Height, width, 3: red, green, blue."""
Luma = NDArray[np.uint8]
"""Height, width: brightness."""
Picture = bytes | NDArray[Any]
"""The bytes of a small JPEG, PNG or WebP, or what was already decoded: RGB or luma."""
DECODED_LIMIT_PX: Final = 4096
"""Longest side of a file that is decoded here; larger ones come in decoded."""


def luma_of(picture: Picture) -> Luma | None:
    """Return the brightness of a picture; None when its bytes are no picture."""
    if isinstance(picture, bytes):
        return _decoded(picture)
    if picture.ndim == 3:  # noqa: PLR2004 - rows, columns, colours
        return cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.uint8, copy=False)
    return picture.astype(np.uint8, copy=False)


def _decoded(data: bytes) -> Luma | None:
    """Return the brightness of a picture file; None when it is none."""
    try:
        found: Any = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
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
