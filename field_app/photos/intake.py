"""What a picture file says of itself; nothing in it is trusted."""

import io
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from PIL import ExifTags, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from pillow_heif import register_heif_opener

from field_app.domain.errors import FileUnreadable, PhotoTooLarge, PhotoUnreadable
from field_app.domain.place import Place
from field_app.photos.errors import picture_errors
from field_app.protocol.messages import PHOTO_LIMIT_BYTES
from field_app.texts.dates import local

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
EXIF_TIME: Final = "%Y:%m:%d %H:%M:%S"
DMS: Final = (1.0, 60.0, 3600.0)
"""Degrees, minutes and seconds in a degree."""


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
    """None when it says nothing; without a zone in the file, the laptop's zone is taken."""
    place: Place | None
    """None when it says nothing, or nothing possible."""

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
        exif = picture.getexif()
        orientation = exif.get(ExifTags.Base.Orientation, 1)
    if width * height == 0 or not _has_end(format_, data):
        raise PhotoUnreadable(f"the {format_} file ends too early")
    if orientation in TURNED:
        width, height = height, width
    return PictureFacts(
        format=format_,
        size_bytes=len(data),
        width=width,
        height=height,
        taken_at=_or_none(_taken_at, exif),
        place=_or_none(_place, exif),
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


def _or_none(read: Callable[[Image.Exif], Any], exif: Image.Exif) -> Any:
    """Return what EXIF says, or None when that part of it is broken: the picture is good still."""
    try:
        with picture_errors():
            return read(exif)
    except PhotoUnreadable:
        return None


def _taken_at(exif: Image.Exif) -> datetime | None:
    """Return when the picture was taken."""
    inside = exif.get_ifd(ExifTags.IFD.Exif)
    text = inside.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    if not isinstance(text, str):
        return None
    at = datetime.strptime(text.strip("\0 "), EXIF_TIME)  # noqa: DTZ007 - the zone follows
    offset = inside.get(ExifTags.Base.OffsetTimeOriginal) or inside.get(ExifTags.Base.OffsetTime)
    zone = _zone(offset) if isinstance(offset, str) else None
    return at.replace(tzinfo=zone or local(at.replace(tzinfo=UTC)).tzinfo)


def _zone(offset: str) -> timezone | None:
    """Return the zone of `+07:00`, or None when the text is no offset."""
    text = offset.strip("\0 ")
    try:
        parsed = datetime.strptime(text, "%z")
    except ValueError:
        return None
    return timezone(parsed.utcoffset() or timedelta())


def _place(exif: Image.Exif) -> Place | None:
    """Return where the picture was taken."""
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    if ExifTags.GPS.GPSLatitude not in gps or ExifTags.GPS.GPSLongitude not in gps:
        return None
    latitude = _degrees(gps[ExifTags.GPS.GPSLatitude])
    longitude = _degrees(gps[ExifTags.GPS.GPSLongitude])
    if str(gps.get(ExifTags.GPS.GPSLatitudeRef, "N")).strip("\0 ").upper() == "S":
        latitude = -latitude
    if str(gps.get(ExifTags.GPS.GPSLongitudeRef, "E")).strip("\0 ").upper() == "W":
        longitude = -longitude
    if latitude == 0 and longitude == 0:
        return None  # phones write zeros when they know nothing
    accuracy = gps.get(ExifTags.GPS.GPSHPositioningError)
    return Place(
        latitude=latitude,
        longitude=longitude,
        accuracy_m=None if accuracy is None else float(accuracy),
    )


def _degrees(parts: tuple[Any, ...]) -> float:
    """Return the degrees of degrees, minutes and seconds."""
    return sum(float(part) / unit for part, unit in zip(parts, DMS, strict=False))
