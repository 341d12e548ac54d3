"""New photos on a phone or card: read as little as possible, and only to be looked at."""

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PIL import Image
from PIL.ExifTags import IFD, Base

from field_app.domain.errors import FileUnreadable, PhotoUnreadable
from field_app.domain.photo_errors import TooManyPixels
from field_app.domain.place import Place
from field_app.photos.errors import picture_errors
from field_app.photos.inside import read_inside
from field_app.photos.intake import FORMATS, PIXEL_LIMIT, opened
from field_app.photos.plugged import PictureFile
from field_app.photos.shrink import TURNS

THUMB_PX: Final = 320
"""Longest side of what is shown."""
EMBEDDED_PX: Final = 120
"""A small picture inside a file is taken when its longest side has so many pixels."""
EMBEDDED_BYTES: Final = 64 * 1024
"""A JPEG's Exif segment is no longer."""
THUMB_QUALITY: Final = 75
SMALL_AT_ONCE: Final = frozenset({"JPEG", "MPO"})
"""Forms that can be decoded small."""
WHOLE_PIXELS: Final = 64_000_000
"""More pixels than phones put into a HEIC; so many are decoded only to be looked at."""
HEADER: Final = b"Exif\x00\x00"
PIECE_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A photo on a phone or card that is not on this laptop."""

    file: PictureFile
    taken_at: datetime | None
    """None when the file does not say."""
    place: Place | None
    """None when the file does not say."""
    thumb: bytes
    """A small JPEG, upright; empty when it would have cost too much to make."""

    @property
    def at(self) -> datetime:
        """When it was taken, or else when the file was last changed: for the order in a list."""
        return self.taken_at or self.file.changed_at


def read_shot(file: PictureFile) -> Shot:
    """Read what a picture says of itself, and a small picture of it.

    Of a camera's JPEG hardly more than its head; where there is no small picture inside,
    everything, decoded as small as the format allows.

    Raises:
        PhotoUnreadable: It is no picture, or cannot be read; TooManyPixels for too many.
    """
    with picture_errors(), Image.open(file.path, formats=FORMATS) as picture:
        if picture.width * picture.height > PIXEL_LIMIT:
            raise TooManyPixels(f"{picture.width} × {picture.height} pixels")
        inside = read_inside(picture)
        thumb = _thumb(picture, inside.orientation)
    return Shot(file=file, taken_at=inside.taken_at, place=inside.place, thumb=thumb)


def glimpse(data: bytes) -> bytes:
    """Return a small picture of a JPEG, to be seen while it is being saved; about 30 ms at most.

    Args:
        data: A picture file.

    Returns:
        A small JPEG, upright; empty for other formats, which cannot be decoded smaller, and for
        what is damaged.
    """
    try:
        with opened(data) as picture:
            if picture.format not in SMALL_AT_ONCE:
                return b""
            return _thumb(picture, read_inside(picture).orientation)
    except PhotoUnreadable:
        return b""


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file, 64 lower-case hex digits.

    Raises:
        FileUnreadable: It cannot be read to its end.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                digest.update(piece)
    except OSError as error:
        raise FileUnreadable(f"{type(error).__name__} while reading a new photo") from error
    return digest.hexdigest()


def _thumb(picture: Image.Image, orientation: int) -> bytes:
    """Return a small JPEG of an open picture, upright; empty when it is too large for that."""
    small = _embedded(picture) or _drafted(picture)
    turn = TURNS.get(orientation)
    if small is not None and turn is not None:
        small = small.transpose(turn)
    return b"" if small is None else _jpeg(small)


def _embedded(picture: Image.Image) -> Image.Image | None:
    """Return the small picture that a camera put inside a JPEG; None when there is no sound one."""
    try:
        with picture_errors():
            return _embedded_at(picture)
    except PhotoUnreadable:
        return None


def _embedded_at(picture: Image.Image) -> Image.Image | None:
    body = picture.info.get("exif")
    if not isinstance(body, bytes) or not body.startswith(HEADER):
        return None
    named = picture.getexif().get_ifd(IFD.IFD1)
    start, length = named.get(Base.JpegIFOffset), named.get(Base.JpegIFByteCount)
    if not isinstance(start, int) or not isinstance(length, int) or length > EMBEDDED_BYTES:
        return None
    start += len(HEADER)
    with Image.open(io.BytesIO(body[start : start + length]), formats=("JPEG",)) as small:
        if not EMBEDDED_PX <= max(small.size) <= 2 * THUMB_PX or not _is_same_shape(picture, small):
            return None
        return small.convert("RGB")


def _is_same_shape(picture: Image.Image, small: Image.Image) -> bool:
    """Return whether a small picture has the sides of the large one, without black bars."""
    across = picture.width * small.height / (picture.height * small.width)
    return 0.9 < across < 1.1  # noqa: PLR2004 - a pixel or two more at one side


def _drafted(picture: Image.Image) -> Image.Image | None:
    """Return a picture decoded as small as its format allows; None for a huge one of pixels only.

    A JPEG is decoded at an eighth, other forms whole: a bomb on a card should take no memory.
    """
    is_whole = picture.format not in SMALL_AT_ONCE
    if is_whole and picture.width * picture.height > WHOLE_PIXELS:
        return None
    picture.draft("RGB", (THUMB_PX, THUMB_PX))
    picture.thumbnail((THUMB_PX, THUMB_PX), Image.Resampling.BILINEAR)
    return picture.convert("RGB")


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.thumbnail((THUMB_PX, THUMB_PX))
    picture.save(out, "JPEG", quality=THUMB_QUALITY)
    return out.getvalue()
