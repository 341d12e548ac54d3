"""The size of a picture, read from the head of a JPEG or PNG file."""

import struct
from typing import Final

JPEG: Final = b"\xff\xd8"
PNG: Final = b"\x89PNG\r\n\x1a\n"
EXIF: Final = b"Exif\x00\x00"
ORIENTATION: Final = 0x0112
TURNED: Final = frozenset({5, 6, 7, 8})
"""Exif orientations in which width and height change places."""
SIZE_MARKERS: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Start-of-frame markers (ITU-T T.81, table B.1)."""


class NoPicture(ValueError):
    """Bytes that are neither a JPEG nor a PNG picture."""


def size_and_type_of(data: bytes) -> tuple[int, int, str]:
    """Return a picture's width and height in pixels after rotation, and its media type.

    Raises:
        NoPicture: It is neither JPEG nor PNG, or its head is cut off.
    """
    try:
        if data.startswith(PNG):
            width, height = struct.unpack_from(">II", data, 16)
            return width, height, "image/png"
        if data.startswith(JPEG):
            return (*_jpeg_size(data), "image/jpeg")
    except (struct.error, IndexError) as error:
        raise NoPicture("the picture's head is cut off") from error
    raise NoPicture("neither JPEG nor PNG")


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Return a JPEG's width and height after rotation."""
    at, orientation = 2, 1
    while data[at] == 0xFF:  # noqa: PLR2004 - every marker begins with this byte
        marker, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if marker == 0xE1 and data[at + 4 : at + 10] == EXIF:  # noqa: PLR2004 - APP1
            orientation = _orientation(data[at + 10 : at + 2 + length])
        if marker in SIZE_MARKERS:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return (height, width) if orientation in TURNED else (width, height)
        at += 2 + length
    raise NoPicture("a JPEG without a size")


def _orientation(tiff: bytes) -> int:
    """Return the orientation that Exif data name; 1 when they name none."""
    order = "<" if tiff[:2] == b"II" else ">"
    start = struct.unpack_from(f"{order}I", tiff, 4)[0]
    for number in range(struct.unpack_from(f"{order}H", tiff, start)[0]):
        at = start + 2 + 12 * number
        if struct.unpack_from(f"{order}H", tiff, at)[0] == ORIENTATION:
            return int(struct.unpack_from(f"{order}H", tiff, at + 8)[0])
    return 1
