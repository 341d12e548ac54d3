"""What a picture file says of itself; nothing in it is trusted."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from pillow_heif import register_heif_opener

from field_app.domain.errors import FileUnreadable, PhotoTooLarge, PhotoUnreadable
from field_app.domain.photo import PhotoEvidence
from field_app.domain.place import Place
from field_app.photos.errors import picture_errors
from field_app.photos.inside import read_inside
from field_app.protocol.messages import PHOTO_LIMIT_BYTES

register_heif_opener()

SUFFIX_BY_FORMAT: Final[Mapping[str, str]] = MappingProxyType(
    {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png", "WEBP": ".webp", "HEIF": ".heic"}
)
"""Pillow's name of each format that is taken, and the ending its originals get."""
READERS: Final = (
    JpegImagePlugin.JpegImageFile,
    PngImagePlugin.PngImageFile,
    WebPImagePlugin.WebPImageFile,
)
"""Named here so that they are loaded; HEIF registers itself above, MPO is opened as JPEG."""
FORMATS: Final = (*(reader.format for reader in READERS), "HEIF")
PIXEL_LIMIT: Final = 200_000_000
"""Larger pictures would not fit into memory; the largest phones' photos stay just below."""
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit warns at half of ours and refuses below it
TURNED: Final = frozenset({5, 6, 7, 8})
"""EXIF orientations whose width and height are exchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFacts:
    """What a picture file says of itself."""

    format: str
    """A key of `SUFFIX_BY_FORMAT`."""
    size_bytes: int
    width: int
    """Pixels after rotation."""
    height: int
    taken_at: datetime | None
    """None when it says nothing, or nothing possible; the zone is the file's or the laptop's."""
    place: Place | None
    """None when it says nothing, or nothing possible."""
    evidence: PhotoEvidence
    """Without what only the pixels show."""

    @property
    def suffix(self) -> str:
        """The ending of its original in the vault."""
        return SUFFIX_BY_FORMAT[self.format]


def read_file(source: Path | bytes) -> bytes:
    """Return the bytes of a picture file that is not too large.

    Raises:
        FileUnreadable: The file cannot be read.
        PhotoTooLarge: It is larger than `PHOTO_LIMIT_BYTES`.
    """
    if isinstance(source, Path):
        try:
            size = source.stat().st_size
            data = source.read_bytes() if size <= PHOTO_LIMIT_BYTES else b""
        except OSError as error:
            raise FileUnreadable(f"{type(error).__name__} while reading the photo") from error
    else:
        size, data = len(source), source
    if size > PHOTO_LIMIT_BYTES:
        raise PhotoTooLarge(f"{size} bytes, {PHOTO_LIMIT_BYTES} are allowed")
    return data


def read_facts(data: bytes) -> PictureFacts:
    """Return what a picture says of itself, without decoding its pixels (about 1 ms).

    Raises:
        PhotoUnreadable: It is no JPEG, PNG, WebP or HEIC picture, or its end is missing.
        PhotoTooLarge: It has more than `PHOTO_LIMIT_BYTES` bytes or `PIXEL_LIMIT` pixels.
    """
    if len(data) > PHOTO_LIMIT_BYTES:
        raise PhotoTooLarge(f"{len(data)} bytes, {PHOTO_LIMIT_BYTES} are allowed")
    with opened(data) as picture:
        format_ = picture.format or ""
        width, height = picture.size
        inside = read_inside(picture)
    if width * height == 0 or not _has_end(format_, data):
        raise PhotoUnreadable(f"the {format_} file ends too early")
    if inside.orientation in TURNED:
        width, height = height, width
    return PictureFacts(
        format=format_,
        size_bytes=len(data),
        width=width,
        height=height,
        taken_at=inside.taken_at,
        place=inside.place,
        evidence=inside.evidence,
    )


@contextmanager
def opened(data: bytes) -> Iterator[Image.Image]:
    """Lend a picture whose pixels are not decoded yet.

    Raises:
        PhotoUnreadable: It is no JPEG, PNG, WebP or HEIC picture, or what is done with it fails.
        PhotoTooLarge: It has more than `PIXEL_LIMIT` pixels.
    """
    with picture_errors(), Image.open(io.BytesIO(data), formats=FORMATS) as picture:
        pixels = picture.width * picture.height
        if pixels > PIXEL_LIMIT:
            raise PhotoTooLarge(f"{pixels} pixels, {PIXEL_LIMIT} are allowed")
        yield picture


def _has_end(format_: str, data: bytes) -> bool:
    """Return whether a file's end is there, as far as its format says."""
    match format_:
        case "JPEG" | "MPO":
            return b"\xff\xd9" in data[-(1024 * 1024) :]
        case "PNG":
            return b"IEND" in data[-(64 * 1024) :]
        case "WEBP":
            return len(data) >= int.from_bytes(data[4:8], "little") + 8
        case _:
            return True
