"""Which part of the earth the map shows, and how."""

from dataclasses import dataclass

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a person sees of the map; kept so that it can be shown again."""

    latitude: float
    """Of the middle, degrees WGS 84."""
    longitude: float
    """Of the middle, degrees WGS 84."""
    zoom: float
    west: float
    """Of the edges, degrees WGS 84."""
    south: float
    east: float
    north: float
    is_heat: bool
    """Whether the jobs are shown as a heat view."""
    has_legend: bool
    """Whether the legend is open."""

    def shows(self, latitude: float | None, longitude: float | None) -> bool:
        """Return whether a place lies within the edges; an unknown place does not."""
        if latitude is None or longitude is None:
            return False
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


def read_sight(words: str) -> Sight:
    """Return what the page says that it shows.

    Raises:
        ValueError: It says something else.
    """
    try:
        return Sight(**orjson.loads(words))
    except TypeError as error:
        raise ValueError(f"The page told no sight: {error}") from error
