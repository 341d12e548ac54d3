"""Places on the earth and how far they are apart."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_M = 6_371_008.8
"""Mean radius of the earth in metres (IUGG R1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A point in degrees WGS 84.

    Raises:
        ValueError: A coordinate is outside its range.
    """

    latitude: float
    """Degrees north, -90 to 90."""
    longitude: float
    """Degrees east, -180 to 180."""
    accuracy_m: float | None = None
    """Radius in metres that holds the true point, or None when unknown."""

    def __post_init__(self) -> None:
        """Refuse coordinates that are not on the earth."""
        if not -90 <= self.latitude <= 90:  # noqa: PLR2004 - degrees
            raise ValueError(f"latitude {self.latitude} is not within -90 to 90")
        if not -180 <= self.longitude <= 180:  # noqa: PLR2004 - degrees
            raise ValueError(f"longitude {self.longitude} is not within -180 to 180")


def degrees_of(place: Place) -> str:
    """Return a place as decimal degrees to a tenth of a metre, '13.756300, 100.501800'."""
    return f"{place.latitude:.6f}, {place.longitude:.6f}"


def distance_m(one: Place, other: Place) -> float:
    """Return the great-circle distance between two places in metres (haversine)."""
    lat1, lat2 = radians(one.latitude), radians(other.latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = radians(other.longitude - one.longitude) / 2
    chord = sin(half_lat) ** 2 + cos(lat1) * cos(lat2) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(sqrt(min(1.0, chord)))
