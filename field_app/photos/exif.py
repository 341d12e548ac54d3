"""Facts that a camera writes into a JPEG: time, place, camera and which way is up."""

from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from typing import Final

from PIL import Image
from PIL.ExifTags import GPS, IFD, Base
from PIL.TiffImagePlugin import IFDRational

from field_app.domain.errors import PhotoUnreadable
from field_app.domain.place import Place

START_OF_IMAGE: Final = b"\xff\xd8"
APP1: Final = b"\xff\xe1"
EXIF_HEADER: Final = b"Exif\x00\x00"
APPLICATION_MARKERS: Final = frozenset(bytes([marker]) for marker in range(0xE0, 0xF0))
"""Second bytes of APP0 to APP15 (JPEG, ITU-T T.81 table B.1)."""
SECONDS_SCALE: Final = 10_000
"""Parts of an arc second that are kept: 0.0001" is 3 mm."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExifFacts:
    """What a camera knows about its picture."""

    taken_at: datetime | None = None
    """Aware; written as the local time of its own zone, with the offset; None for no clock."""
    place: Place | None = None
    """None when the camera had no position."""
    camera_make: str = ""
    camera_model: str = ""
    software: str = ""
    """The program that wrote the file last; empty for none."""
    orientation: int = 1
    """1 to 8 as in TIFF 6.0; 1 is upright, 6 must be turned 90 degrees clockwise for viewing."""


def write_exif(jpeg: bytes, facts: ExifFacts) -> bytes:
    """Return the JPEG with `facts` as its Exif; every other byte stays as it was.

    An Exif segment that was there is replaced. The picture data is not compressed anew
    (source: Exif 2.32, 4.5.4: APP1 follows the start of image).

    Raises:
        PhotoUnreadable: The bytes are not a JPEG.
    """
    if not jpeg.startswith(START_OF_IMAGE):
        raise PhotoUnreadable("the file does not begin like a JPEG")
    body = _exif_body(facts)
    segment = APP1 + (len(body) + 2).to_bytes(2, "big") + body
    return START_OF_IMAGE + segment + _without_exif(jpeg)


def _exif_body(facts: ExifFacts) -> bytes:
    """Return header and TIFF structure; at most a few hundred bytes."""
    exif = Image.Exif()
    exif[Base.Orientation] = facts.orientation
    if facts.camera_make:
        exif[Base.Make] = facts.camera_make
    if facts.camera_model:
        exif[Base.Model] = facts.camera_model
    if facts.software:
        exif[Base.Software] = facts.software
    if facts.taken_at is not None:
        stamp = facts.taken_at.strftime("%Y:%m:%d %H:%M:%S")
        zone = facts.taken_at.strftime("%z")
        exif[Base.DateTime] = stamp
        details = exif.get_ifd(IFD.Exif)
        details[Base.DateTimeOriginal] = stamp
        details[Base.DateTimeDigitized] = stamp
        details[Base.OffsetTimeOriginal] = f"{zone[:3]}:{zone[3:5]}"
        details[Base.SubsecTimeOriginal] = f"{facts.taken_at.microsecond // 1000:03d}"
    if facts.place is not None:
        exif.get_ifd(IFD.GPSInfo).update(_gps(facts.place, facts.taken_at))
    body = exif.tobytes()
    return body if body.startswith(EXIF_HEADER) else EXIF_HEADER + body


def _gps(place: Place, taken_at: datetime | None) -> dict[int, object]:
    """Return the GPS tags of a position, with satellite time when the moment is known."""
    tags: dict[int, object] = {
        GPS.GPSVersionID: b"\x02\x03\x00\x00",
        GPS.GPSLatitudeRef: "N" if place.latitude >= 0 else "S",
        GPS.GPSLatitude: _degrees(place.latitude),
        GPS.GPSLongitudeRef: "E" if place.longitude >= 0 else "W",
        GPS.GPSLongitude: _degrees(place.longitude),
        GPS.GPSMapDatum: "WGS-84",
    }
    if place.accuracy_m is not None:
        tags[GPS.GPSHPositioningError] = _rational(Fraction(place.accuracy_m))
    if taken_at is not None:
        world = taken_at.astimezone(UTC)
        parts = (world.hour, world.minute, world.second)
        tags[GPS.GPSTimeStamp] = tuple(IFDRational(part, 1) for part in parts)
        tags[GPS.GPSDateStamp] = world.strftime("%Y:%m:%d")
    return tags


def _degrees(angle: float) -> tuple[IFDRational, IFDRational, IFDRational]:
    """Return the size of an angle as degrees, minutes and seconds."""
    parts = round(abs(angle) * 3600 * SECONDS_SCALE)
    minutes, seconds = divmod(parts, 60 * SECONDS_SCALE)
    degrees, minutes = divmod(minutes, 60)
    return IFDRational(degrees, 1), IFDRational(minutes, 1), IFDRational(seconds, SECONDS_SCALE)


def _rational(value: Fraction) -> IFDRational:
    """Return a fraction small enough for Exif's two 32-bit numbers."""
    small = value.limit_denominator(1000)
    return IFDRational(small.numerator, small.denominator)


def _without_exif(jpeg: bytes) -> bytes:
    """Return what follows the start of image, less an Exif segment among the leading APPn ones.

    Raises:
        PhotoUnreadable: A leading segment runs over the end of the file.
    """
    at = len(START_OF_IMAGE)
    kept = bytearray()
    while _is_application_segment(jpeg, at):
        end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
        if end > len(jpeg):
            raise PhotoUnreadable("the JPEG ends inside its first segments")
        is_exif = jpeg[at : at + 2] == APP1 and jpeg[at + 4 : at + 10] == EXIF_HEADER
        if not is_exif:
            kept += jpeg[at:end]
        at = end
    return bytes(kept) + jpeg[at:]


def _is_application_segment(jpeg: bytes, at: int) -> bool:
    """Whether an APPn segment begins at byte `at`."""
    return jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] in APPLICATION_MARKERS
