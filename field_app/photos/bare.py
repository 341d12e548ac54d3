"""Copies for people outside: pixels only, looked at once more before they leave."""

import os
import tempfile
from pathlib import Path
from typing import Final

from field_app.photos.errors import copying_errors

START: Final = b"\xff\xd8"
NEEDED: Final = frozenset({0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD})
"""Frame, Huffman tables, scan, quantisation and restart: what the pixels are made of (JPEG, ITU-T
T.81 table B.1)."""
APP0: Final = 0xE0
JFIF: Final = b"JFIF\0"
SCAN: Final = 0xDA


def check_bare(jpeg: bytes) -> None:
    """Refuse a JPEG that says anything beside its pixels.

    Exif, GPS, makers' notes, XMP, colour profiles, comments and anything behind the picture's end
    would stand in segments of their own.

    Raises:
        ValueError: There is more than pixels; that is a mistake of the program.
    """
    if not jpeg.startswith(START) or not jpeg.endswith(b"\xff\xd9"):
        raise ValueError("the copy is no JPEG from beginning to end")
    place = len(START)
    while jpeg[place + 1] != SCAN:
        kind, size = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        body = jpeg[place + 4 : place + 2 + size]
        is_plain = kind == APP0 and body.startswith(JFIF) and body[-2:] == b"\0\0"
        if jpeg[place] != START[0] or not (kind in NEEDED or is_plain):
            raise ValueError(f"the copy has a segment {kind:02x}")
        place += 2 + size
    if jpeg.find(b"\xff\xd9", place) != len(jpeg) - 2:
        raise ValueError("something stands behind the copy's end")


def write_copy(path: Path, data: bytes) -> None:
    """Put a copy where a person wants it, whole or not at all; one of that name is replaced.

    Raises:
        CopyNotWritten: It cannot be written there.
    """
    with copying_errors():
        number, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
