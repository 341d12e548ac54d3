"""What a picture file says of itself; nothing in it is trusted."""

import io
import os
import re
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from PIL import Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
from pillow_heif import register_heif_opener

from field_app.domain.errors import PhotoTooLarge, PhotoUnreadable
from field_app.domain.photo import PhotoEvidence
from field_app.domain.photo_errors import CutOff, EmptyFile, NoFile, StillWritten, TooManyPixels
from field_app.domain.place import Place
from field_app.photos.errors import picture_errors, reading_errors
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
WHOLE_LIMIT: Final = 100_000_000
"""The same for what cannot be decoded at a part of its size: all but plain JPEGs."""
Image.MAX_IMAGE_PIXELS = None  # Pillow's own limit warns at half of ours and refuses below it
PLAIN: Final = frozenset({"JPEG", "MPO"})
"""Formats that are decoded at a part of their size, unless they are progressive."""
BEGINNINGS: Final[Mapping[str, re.Pattern[bytes]]] = MappingProxyType(
    {
        "JPEG": re.compile(rb"\xff\xd8\xff"),
        "PNG": re.compile(rb"\x89PNG\r\n\x1a\n"),
        "WEBP": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
        "HEIF": re.compile(rb".{4}ftyp(heic|heix|mif1|msf1|hevc)", re.DOTALL),
    }
)
"""How files of each format begin."""
BOX_HEAD: Final = 8
"""Bytes of size and kind before a box of HEIC."""
PICTURE_BOXES: Final = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"free"})
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
    """Return the bytes of a picture file that is not too large; never waits for a pipe or device.

    Raises:
        FileUnreadable: The file cannot be read (FileGone, NoRight, NoFile say more; StillWritten
            when it changed meanwhile).
        EmptyFile: It has no bytes.
        PhotoTooLarge: It is larger than `PHOTO_LIMIT_BYTES`.
    """
    data = _read(source) if isinstance(source, Path) else source
    if not data:
        raise EmptyFile("0 bytes")
    _check_size(len(data))
    return data


def _read(path: Path) -> bytes:
    """Return the bytes of a file; never more than are allowed, however fast it grows."""
    with reading_errors(), open(path, "rb", opener=_opened_at_once) as file:
        before = os.fstat(file.fileno())
        if not stat.S_ISREG(before.st_mode):
            raise NoFile("no regular file")
        _check_size(before.st_size)
        data = file.read(before.st_size + 1)
        after = os.fstat(file.fileno())
    if (len(data), after.st_mtime_ns) != (before.st_size, before.st_mtime_ns):
        raise StillWritten(f"{before.st_size} bytes became {after.st_size} while it was read")
    return data


def _opened_at_once(path: str, flags: int) -> int:
    """Open a file without waiting for the other end of a pipe or for a device."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def _check_size(size_bytes: int) -> None:
    """Raise PhotoTooLarge when a file has more bytes than are allowed."""
    if size_bytes > PHOTO_LIMIT_BYTES:
        raise PhotoTooLarge(f"{size_bytes} bytes, {PHOTO_LIMIT_BYTES} are allowed")


def read_facts(data: bytes) -> PictureFacts:
    """Return what a picture says of itself, without decoding its pixels (about 1 ms).

    Raises:
        PhotoUnreadable: Its head is damaged (NoPicture: it is no JPEG, PNG, WebP or HEIC picture,
            EmptyFile: it has no bytes, CutOff: its end is missing).
        PhotoTooLarge: It has more than `PHOTO_LIMIT_BYTES` bytes (TooManyPixels: or too many
            pixels, see `opened`).
    """
    _check_size(len(data))
    with opened(data) as picture:
        format_ = picture.format or ""
        width, height = picture.size
        inside = read_inside(picture)
    if width * height == 0 or not _has_end(format_, data):
        raise CutOff(f"the {format_} file ends too early")
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
        TooManyPixels: It has more than `PIXEL_LIMIT` pixels, or `WHOLE_LIMIT` in other forms.
    """
    if not data:
        raise EmptyFile("0 bytes")
    with picture_errors(), _opened(data) as picture:
        pixels = picture.width * picture.height
        is_plain = picture.format in PLAIN and "progressive" not in picture.info
        limit = PIXEL_LIMIT if is_plain else WHOLE_LIMIT
        if pixels > limit:
            raise TooManyPixels(f"{pixels} pixels, {limit} are allowed")
        yield picture


def _opened(data: bytes) -> Image.Image:
    """Open a picture; tell one that begins like a picture and is damaged from what is none."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except OSError as error:
        form = next((form for form, begin in BEGINNINGS.items() if begin.match(data)), None)
        if form is None:
            raise
        kind = PhotoUnreadable if _has_end(form, data) else CutOff
        raise kind(f"the head of the {form} file is damaged") from error


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
            return _ends_with_a_box(data)


def _ends_with_a_box(data: bytes) -> bool:
    """Return whether the boxes of an ISO media file (14496-12) that hold a picture are whole.

    What a phone adds behind them in a form of its own is not looked at.
    """
    at = 0
    while (kind := data[at + 4 : at + BOX_HEAD]) in PICTURE_BOXES:
        size = int.from_bytes(data[at : at + 4], "big")
        if size == 1:
            size = int.from_bytes(data[at + BOX_HEAD : at + 2 * BOX_HEAD], "big")
        if size < BOX_HEAD:
            return size == 0  # the last box reaches to the end; anything else is damage
        at += size
    return kind != b"" or at <= len(data)
