"""Coordinates as people write them down: degrees, degrees and minutes, UTM, MGRS; all WGS 84."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Final

from mgrs import MGRS
from mgrs.core import MGRSError

from field_app.domain.place import Place, degrees_of

SOUTHMOST, NORTHMOST = -80.0, 84.0
"""Between these latitudes there are zones of UTM, degrees."""
MINUTES: Final = 60
PARTS: Final = 1000
"""Of a minute that are written: 1.9 m on the ground."""
FIRST_NORTH: Final = "N"
"""The first band letter of the northern half."""
WORDS_LIMIT: Final = 100
"""Longer words are no coordinates, characters."""
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")
_UTM: Final = re.compile(
    r"(\d{1,2})\s*([C-HJ-NP-X])\s+0*(\d{6})(?:\.\d+)?\s*M?E?[\s,]+0*(\d{1,8})(?:\.\d+)?\s*M?N?"
)
_MGRS: Final = re.compile(r"\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z]{2}(?:\d\d){1,5}")
_SIDES: Final = re.compile(r"[NSEW]")
_PLAIN: Final = re.compile(r"[-\d.,;\s°º˚'′’\"″”NSEW]+")


class Form(StrEnum):
    """How a place is written."""

    DEGREES = "degrees"
    """13.756300, 100.501800."""
    MINUTES = "minutes"
    """13°45.378′N 100°30.108′E."""
    UTM = "utm"
    """Zone and band, metres east and north: 47P 662366 1521280."""
    MGRS = "mgrs"
    """The same in squares of 100 km: 47P PR 62366 21280."""


def written(place: Place, form: Form) -> str:
    """Return a place in a form, to a metre or two; empty where the form has none, at the poles."""
    return _WRITERS[form](place)


def read(words: str) -> Place | None:
    """Return the place that somebody wrote in any of the forms; None when it is none.

    Two plain numbers are latitude and longitude; turned round when only that can be meant.
    """
    if len(words) > WORDS_LIMIT:
        return None
    plain = " ".join(words.upper().split())
    try:
        grid = _from_grid(plain)
        return grid if grid is not None else _from_degrees(plain)
    except (ValueError, MGRSError):
        return None


def _minutes_of(place: Place) -> str:
    """Return degrees and minutes, a space between latitude and longitude."""
    sides = ("N" if place.latitude >= 0 else "S", "E" if place.longitude >= 0 else "W")
    parts = []
    for angle, side in zip((place.latitude, place.longitude), sides, strict=True):
        degrees, rest = divmod(round(abs(angle) * MINUTES * PARTS), MINUTES * PARTS)
        parts.append(f"{degrees}°{rest / PARTS:06.3f}′{side}")
    return " ".join(parts)


def _square_of(place: Place) -> str:
    """Return the square metre of MGRS that holds a place, without spaces; empty at the poles."""
    if not SOUTHMOST <= place.latitude < NORTHMOST:
        return ""
    square: str = MGRS().toMGRS(place.latitude, place.longitude)
    return square


def _utm_of(place: Place) -> str:
    """Return zone with band, metres east and metres north, rounded down."""
    square = _square_of(place)
    if not square:
        return ""
    zone, _half, east, north = MGRS().MGRSToUTM(square)
    return f"{zone}{square[2]} {int(east)} {int(north)}"


def _mgrs_of(place: Place) -> str:
    """Return the square metre in groups, as maps print it."""
    square = _square_of(place)
    return square and f"{square[:3]} {square[3:5]} {square[5:10]} {square[10:]}"


_WRITERS: Final[Mapping[Form, Callable[[Place], str]]] = {
    Form.DEGREES: degrees_of,
    Form.MINUTES: _minutes_of,
    Form.UTM: _utm_of,
    Form.MGRS: _mgrs_of,
}


def _from_grid(plain: str) -> Place | None:
    """Return the place that a reference to a grid names; None when it is no such reference."""
    utm = _UTM.fullmatch(plain)
    if utm is not None:
        half = "N" if utm[2] >= FIRST_NORTH else "S"
        square = MGRS().UTMToMGRS(int(utm[1]), half, float(utm[3]), float(utm[4]))
    else:
        square = plain.replace(" ", "")
        if _MGRS.fullmatch(square) is None:
            return None
    latitude, longitude = MGRS().toLatLon(square)
    return Place(latitude=latitude, longitude=longitude)


def _from_degrees(plain: str) -> Place | None:
    """Return the place that numbers name: two, four or six of them, perhaps with their sides."""
    numbers = _NUMBER.findall(plain)
    if _PLAIN.fullmatch(plain) is None or len(numbers) not in (2, 4, 6):
        return None
    half = len(numbers) // 2
    first, second = _angle(numbers[:half]), _angle(numbers[half:])
    sides = "".join(_SIDES.findall(plain))
    if sides:
        return _with_sides(first, second, sides)
    is_turned = not -90 <= first <= 90 and -90 <= second <= 90  # noqa: PLR2004 - degrees
    latitude, longitude = (second, first) if is_turned else (first, second)
    return Place(latitude=latitude, longitude=longitude)


def _with_sides(first: float, second: float, sides: str) -> Place | None:
    """Return the place of two angles with letters for their sides; None when they do not fit."""
    if len(sides) != 2 or min(first, second) < 0:  # noqa: PLR2004 - latitude and longitude
        return None
    signed = [-a if side in "SW" else a for a, side in zip((first, second), sides, strict=True)]
    if sides[0] in "EW" and sides[1] in "NS":
        signed.reverse()
    elif sides[0] not in "NS" or sides[1] not in "EW":
        return None
    return Place(latitude=signed[0], longitude=signed[1])


def _angle(parts: list[str]) -> float:
    """Return degrees from degrees, minutes and seconds.

    Raises:
        ValueError: Minutes or seconds are 60 or more, or below nothing.
    """
    degrees, *smaller = (float(part) for part in parts)
    if not all(0 <= part < MINUTES for part in smaller):
        raise ValueError("minutes and seconds go from 0 to 59")
    rest: float = sum(part / MINUTES**power for power, part in enumerate(smaller, start=1))
    return degrees - rest if parts[0].startswith("-") else degrees + rest
