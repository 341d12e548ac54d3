"""Area maps for tests: small MBTiles packages of one's own."""

import random
import sqlite3
from collections.abc import Iterable
from io import BytesIO
from math import asinh, floor, pi, radians, tan
from pathlib import Path
from typing import Final

from PIL import Image

CENTRE: Final = (13.75, 100.5)
"""Where the town's tickets are, latitude and longitude."""


def tile_of(latitude: float, longitude: float, zoom: int) -> tuple[int, int]:
    """Return column and row, counted from the north-west, of the tile that holds a place."""
    side = 2**zoom
    column = floor((longitude + 180) / 360 * side)
    return column, floor((1 - asinh(tan(radians(latitude))) / pi) / 2 * side)


def a_picture(seed: int = 1) -> bytes:
    """Return a tile's PNG."""
    file = BytesIO()
    Image.new("RGB", (256, 256), (seed * 37 % 256, 200, 180)).save(file, "PNG")
    return file.getvalue()


def a_package(
    path: Path,
    *,
    name: str = "Town",
    zooms: Iterable[int] = (14, 15, 16),
    centre: tuple[float, float] = CENTRE,
    size: int = 0,
    picture: bytes = b"",
) -> Path:
    """Make a package of the tiles round a place, with noise in it until it has so many bytes.

    `picture` is every tile's; empty for a sound one.
    """
    levels = sorted(zooms)
    latitude, longitude = centre
    facts = {
        "name": name,
        "format": "png",
        "bounds": f"{longitude - 0.2},{latitude - 0.2},{longitude + 0.2},{latitude + 0.2}",
        "attribution": "© nobody",
        "minzoom": str(levels[0]),
        "maxzoom": str(levels[-1]),
    }
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER,"
            " tile_data BLOB)"
        )
        db.execute("CREATE UNIQUE INDEX one ON tiles (zoom_level, tile_column, tile_row)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", facts.items())
        for zoom in levels:
            column, row = tile_of(latitude, longitude, zoom)
            for x in range(column - 2, column + 3):
                rows = [
                    (zoom, x, 2**zoom - 1 - y, picture or a_picture(zoom))
                    for y in range(row - 2, row + 3)
                ]
                db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        if size:
            db.execute("CREATE TABLE noise (data BLOB)")
            db.execute("INSERT INTO noise VALUES (?)", (random.Random(name).randbytes(size),))
    db.close()
    return path
