"""Where a tile lies on the earth, in the grid of web maps (spherical Mercator)."""

import math
from typing import Final

from field_app.maps.tiles import Bounds

EDGE: Final = 85.0511287798066
"""Latitude at which the square world map ends, degrees."""


def tile_at(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """Return column and row (from the north) of the tile that holds a place."""
    side = 2**zoom
    turn = math.asinh(math.tan(math.radians(min(max(latitude, -EDGE), EDGE))))
    column = int((longitude + 180) / 360 * side)
    row = int((1 - turn / math.pi) / 2 * side)
    return min(max(column, 0), side - 1), min(max(row, 0), side - 1)


def is_near(column: int, row: int, zoom: int, bounds: Bounds) -> bool:
    """Return whether a tile touches an area, or lies right beside it."""
    west, north = tile_at(bounds[3], bounds[0], zoom)
    east, south = tile_at(bounds[1], bounds[2], zoom)
    return west - 1 <= column <= east + 1 and north - 1 <= row <= south + 1
