"""Tiny pictures made on the spot."""

import io
from datetime import datetime, timedelta

from PIL import ExifTags, Image

from field_app.domain.place import Place


def a_picture(
    width: int = 64,
    height: int = 48,
    *,
    colour: str = "green",
    form: str = "JPEG",
    exif: Image.Exif | None = None,
) -> bytes:
    """Return a small picture's file."""
    out = io.BytesIO()
    picture = Image.new("RGB", (width, height), colour)
    if exif is None:
        picture.save(out, form)
    else:
        picture.save(out, form, exif=exif)
    return out.getvalue()


def an_exif(
    *,
    orientation: int | None = None,
    taken_at: datetime | None = None,
    has_zone: bool = True,
    place: Place | None = None,
) -> Image.Exif:
    """Return EXIF as a phone writes it."""
    exif = Image.Exif()
    if orientation is not None:
        exif[ExifTags.Base.Orientation] = orientation
    inside = exif.get_ifd(ExifTags.IFD.Exif)
    if taken_at is not None:
        inside[ExifTags.Base.DateTimeOriginal] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
        if has_zone:
            minutes = int((taken_at.utcoffset() or timedelta()).total_seconds() // 60)
            sign = "-" if minutes < 0 else "+"
            zone = f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
            inside[ExifTags.Base.OffsetTimeOriginal] = zone
    if place is not None:
        gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
        gps[ExifTags.GPS.GPSLatitudeRef] = "S" if place.latitude < 0 else "N"
        gps[ExifTags.GPS.GPSLatitude] = _parts(place.latitude)
        gps[ExifTags.GPS.GPSLongitudeRef] = "W" if place.longitude < 0 else "E"
        gps[ExifTags.GPS.GPSLongitude] = _parts(place.longitude)
    return exif


def _parts(degrees: float) -> tuple[float, float, float]:
    """Return degrees, minutes and seconds."""
    whole = abs(degrees)
    minutes = (whole - int(whole)) * 60
    return float(int(whole)), float(int(minutes)), round((minutes - int(minutes)) * 60, 4)
