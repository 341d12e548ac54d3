"""What stands inside a picture file beside its pixels, read once; nothing in it is trusted.

Whoever took the picture, or somebody after them, wrote it. So a value that is broken is left out,
one that cannot be true is named as a sign, and words are cut to one short line.
"""

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, Final

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base

from field_app.domain.clock import YEARS
from field_app.domain.errors import PhotoUnreadable
from field_app.domain.photo import CAMERA_WORDS_LIMIT, PhotoEvidence, PhotoSign
from field_app.domain.place import Place
from field_app.photos.errors import picture_errors
from field_app.photos.screens import is_whole_screen
from field_app.texts.dates import local

warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.TiffImagePlugin")
# Pillow warns of every broken tag; nobody reads that, and what is broken is left out here.

EXIF_TIME: Final = "%Y:%m:%d %H:%M:%S"
NO_TIME: Final = frozenset(" 0:")
"""All that stands in the time of a camera whose clock was never set."""
DMS: Final = (1.0, 60.0, 3600.0)
"""Degrees, minutes and seconds in a degree."""
EAST_MOST: Final = timedelta(hours=14)
WEST_MOST: Final = timedelta(hours=-12)
"""No zone of the earth is farther from UTC."""
READ_LIMIT: Final = 5 * CAMERA_WORDS_LIMIT
"""So many characters of a text are looked at, however long it is."""
MEASURE_LIMIT_M: Final = 1e9
"""Larger than the earth; what a file names beyond it is no radius."""
SAME_MOMENT: Final = timedelta(minutes=2)
"""Phones write a file up to some seconds after the shot, night shots later."""
PLAIN_FORMATS: Final = frozenset({"PNG", "WEBP"})
"""No camera writes them."""
CAMERA_FORMATS: Final = frozenset({"JPEG", "MPO"})
SCREENSHOT: Final = "screenshot"
"""What iPhones write as the comment of a screenshot, and desktops as its program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What a picture file says of itself."""

    orientation: int
    """1 to 8 as in TIFF 6.0; 1, upright, when the file names nothing else."""
    taken_at: datetime | None
    """None when it says nothing possible; without a zone in the file, the laptop's is taken."""
    place: Place | None
    """None when it says nothing possible."""
    evidence: PhotoEvidence
    """Without what only the pixels show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Tags:
    """The tags of a file, as far as they can be read."""

    top: Callable[[int], Any]
    shot: Mapping[int, Any]
    gps: Mapping[int, Any]

    def time(self, *tags: int) -> str:
        """Return the first text of these that is a time, or might be one; else an empty one."""
        texts = (_text(self.shot.get(tag) or self.top(tag)) for tag in tags)
        return next((text for text in texts if not set(text) <= NO_TIME), "")


def read_inside(picture: Image.Image) -> Inside:
    """Return what an open picture says of itself; broken parts are left out and never raise.

    Args:
        picture: Opened and not decoded; the format is Pillow's own name.
    """
    tags = _tags(picture)
    stamp = tags.time(Base.DateTimeOriginal, Base.DateTime)
    zone = _zone(_text(tags.shot.get(Base.OffsetTimeOriginal) or tags.shot.get(Base.OffsetTime)))
    taken_at = _try(lambda: _moment(stamp, zone)) if stamp else None
    place = _try(lambda: _place(tags.gps))
    camera = _camera(_text(tags.top(Base.Make)), _text(tags.top(Base.Model)))
    software = _text(tags.top(Base.Software) or picture.info.get("Software"))
    signs = {
        PhotoSign.ODD_TIME: bool(stamp) and taken_at is None,
        PhotoSign.ODD_PLACE: place is None and bool(_try(lambda: _names_place(tags.gps))),
        PhotoSign.SCREENSHOT: SCREENSHOT in f"{software} {_comment(tags.shot)}".casefold()
        or (not camera and not stamp and _is_whole_screen(picture)),
        PhotoSign.SAVED_AGAIN: "photoshop" in picture.info,
        PhotoSign.CHANGED_LATER: taken_at is not None
        and bool(_try(lambda: _is_changed_later(tags))),
        PhotoSign.RESIZED: bool(_try(lambda: _is_resized(picture, tags.shot))),
        PhotoSign.STRIPPED: not camera and not stamp and _is_plain(picture),
    }
    return Inside(
        orientation=_orientation(tags.top(Base.Orientation)),
        taken_at=taken_at,
        place=place,
        evidence=PhotoEvidence(
            camera=camera,
            software=software,
            has_zone=taken_at is not None and zone is not None,
            accuracy_m=None if place is None else place.accuracy_m,
            signs=tuple(sign for sign, is_there in signs.items() if is_there),
        ),
    )


def _tags(picture: Image.Image) -> _Tags:
    """Return the tags of a picture; a part that cannot be read is empty."""
    exif = _try(picture.getexif) or Image.Exif()
    nothing: Mapping[int, Any] = MappingProxyType({})
    return _Tags(
        top=lambda tag: _try(lambda: exif.get(tag)),
        shot=_try(lambda: exif.get_ifd(IFD.Exif)) or nothing,
        gps=_try(lambda: exif.get_ifd(IFD.GPSInfo)) or nothing,
    )


def _try(read: Callable[[], Any]) -> Any:
    """Return what a file says, or None when that part of it is broken: the picture is good."""
    try:
        with picture_errors():
            return read()
    except PhotoUnreadable:
        return None


def _text(value: object) -> str:
    """Return words as one short line that can be printed; empty for anything else."""
    if not isinstance(value, str):
        return ""
    printable = "".join(sign if sign.isprintable() else " " for sign in value[:READ_LIMIT])
    return " ".join(printable.split())[:CAMERA_WORDS_LIMIT].rstrip()


def _comment(shot: Mapping[int, Any]) -> str:
    """Return the comment of a picture; its first bytes name the encoding."""
    value = shot.get(Base.UserComment)
    if isinstance(value, bytes):
        value = value[:READ_LIMIT].replace(b"\0", b"").decode("ascii", "replace")
    return _text(value)


def _camera(make: str, model: str) -> str:
    """Return maker and model, the maker once: 'samsung SM-A556E', 'Canon EOS R6'."""
    brand = make.split(" ", maxsplit=1)[0].casefold()
    is_named = bool(brand) and model.casefold().startswith(brand)
    return (model if is_named else f"{make} {model}").strip()[:CAMERA_WORDS_LIMIT].rstrip()


def _orientation(value: object) -> int:
    """Return which way is up; anything that is no orientation is upright."""
    return value if isinstance(value, int) and value in range(1, 9) else 1


def _moment(stamp: str, zone: timezone | None) -> datetime | None:
    """Return when a picture was taken; None for a year of another age."""
    at = _clock(stamp)
    aware = at.replace(tzinfo=zone or local(at.replace(tzinfo=UTC)).tzinfo)
    return aware if aware.astimezone(UTC).year in YEARS else None


def _clock(stamp: str) -> datetime:
    """Return what a camera's clock showed, without a zone."""
    return datetime.strptime(stamp, EXIF_TIME)  # noqa: DTZ007 - the zone stands elsewhere


def _zone(offset: str) -> timezone | None:
    """Return the zone of `+07:00`, or None when the text is no offset of a zone."""
    try:
        length = datetime.strptime(offset, "%z").utcoffset() or timedelta()
    except ValueError:
        return None
    return timezone(length) if WEST_MOST <= length <= EAST_MOST else None


def _names_place(gps: Mapping[int, Any]) -> bool:
    """Return whether a position is named by numbers; an unknown one has 0 as denominator."""
    parts = [gps[tag] for tag in (GPS.GPSLatitude, GPS.GPSLongitude) if tag in gps]
    return bool(parts) and all(math.isfinite(_degrees(part)) for part in parts)


def _place(gps: Mapping[int, Any]) -> Place | None:
    """Return where the picture was taken."""
    if GPS.GPSLatitude not in gps or GPS.GPSLongitude not in gps:
        return None
    latitude, longitude = _degrees(gps[GPS.GPSLatitude]), _degrees(gps[GPS.GPSLongitude])
    if _text(gps.get(GPS.GPSLatitudeRef)).upper() == "S":
        latitude = -latitude
    if _text(gps.get(GPS.GPSLongitudeRef)).upper() == "W":
        longitude = -longitude
    if latitude == 0 and longitude == 0:
        return None  # phones write zeros when they know nothing
    accuracy_m = _try(lambda: _radius(gps.get(GPS.GPSHPositioningError)))
    return Place(latitude=latitude, longitude=longitude, accuracy_m=accuracy_m)


def _radius(value: Any) -> float | None:
    """Return a radius in metres; None when it is none: zero means that nobody knows."""
    if value is None:
        return None
    metres = float(value)
    return metres if 0 < metres < MEASURE_LIMIT_M else None


def _degrees(parts: tuple[Any, ...]) -> float:
    """Return the degrees of degrees, minutes and seconds."""
    return sum(float(part) / unit for part, unit in zip(parts, DMS, strict=False))


def _is_changed_later(tags: _Tags) -> bool:
    """Return whether the file was written well after the shot: an editor sets only `DateTime`."""
    shot, written = _text(tags.shot.get(Base.DateTimeOriginal)), _text(tags.top(Base.DateTime))
    if set(shot) <= NO_TIME or set(written) <= NO_TIME:
        return False
    return _clock(written) - _clock(shot) > SAME_MOMENT


def _is_resized(picture: Image.Image, shot: Mapping[int, Any]) -> bool:
    """Return whether a camera's picture has other sides than the camera wrote down.

    Sorted, because some cameras name them before and some after turning.
    """
    named = sorted(
        int(side)
        for side in (shot.get(Base.ExifImageWidth), shot.get(Base.ExifImageHeight))
        if isinstance(side, int) and side > 1
    )
    is_named = len(named) == len(picture.size) and picture.format in CAMERA_FORMATS
    return is_named and named != sorted(picture.size)


def _is_whole_screen(picture: Image.Image) -> bool:
    """Return whether a file has the form of messengers and programs, and the sides of a screen."""
    width, height = picture.size
    return _is_plain(picture) and is_whole_screen(width, height, is_png=picture.format == "PNG")


def _is_plain(picture: Image.Image) -> bool:
    """Return whether a file has the form of messengers and websites, not of a camera.

    A camera's JPEG begins with Exif; JFIF alone comes from a program. That a small picture inside
    is missing says nothing: many phones write none.
    """
    return picture.format in PLAIN_FORMATS or "jfif" in picture.info
