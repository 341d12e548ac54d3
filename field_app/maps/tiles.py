"""Tile packages: base maps in one file that need no network.

Source: MBTiles 1.3, https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md
"""

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from field_app.domain.errors import MapUnreadable

PICTURES: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
}
"""Formats of raster packages and their media types."""
WORLD: Final = (-180.0, -85.0511, 180.0, 85.0511)
MAX_ZOOM: Final = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TilePackageFacts:
    """What a package says of itself."""

    name: str
    """For people; may be empty."""
    attribution: str
    """Whose data it is, as plain words or HTML; may be empty."""
    media_type: str
    """Of every tile, as `image/png`."""
    bounds: tuple[float, float, float, float]
    """West, south, east, north in degrees WGS 84."""
    min_zoom: int
    max_zoom: int


class TilePackage:
    """Reads raster tiles from an MBTiles file.

    For use in the thread that made it. The file is opened read-only and must not be changed while
    it is open; a new package is a new file.
    """

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            MapUnreadable: It is missing, no MBTiles, damaged, or holds no pictures.
        """
        self.path = path
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        try:
            self._db = sqlite3.connect(address, uri=True)
        except sqlite3.Error as error:
            raise MapUnreadable(f"{path.name}: {error}") from error
        try:
            self.facts = self._read_facts()
        except (sqlite3.Error, ValueError) as error:
            self._db.close()
            raise MapUnreadable(f"{path.name}: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return the picture of a tile, or None where the package has none.

        Args:
            zoom: Zoom level.
            column: x, counted from the west.
            row: y, counted from the north as web maps do; the file counts from the south.

        Raises:
            MapUnreadable: The file is damaged.
        """
        if not 0 <= zoom <= MAX_ZOOM:
            return None
        try:
            found = self._db.execute(
                "SELECT tile_data FROM tiles"
                " WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, column, 2**zoom - 1 - row),
            ).fetchone()
        except sqlite3.Error as error:
            raise MapUnreadable(f"{self.path.name}: {error}") from error
        return None if found is None else bytes(found[0])

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _read_facts(self) -> TilePackageFacts:
        said = {str(name): str(value) for name, value in self._rows()}
        media_type = PICTURES.get(said.get("format", ""), said.get("format", ""))
        if media_type not in PICTURES.values():
            raise ValueError(f"tiles are {media_type or 'of no stated format'}, not pictures")
        lowest, highest = self._zooms(said)
        return TilePackageFacts(
            name=said.get("name", ""),
            attribution=said.get("attribution", ""),
            media_type=media_type,
            bounds=_bounds(said.get("bounds")),
            min_zoom=lowest,
            max_zoom=highest,
        )

    def _rows(self) -> list[tuple[object, object]]:
        return self._db.execute("SELECT name, value FROM metadata").fetchall()

    def _zooms(self, said: dict[str, str]) -> tuple[int, int]:
        if "minzoom" in said and "maxzoom" in said:
            return int(said["minzoom"]), int(said["maxzoom"])
        found = self._db.execute("SELECT min(zoom_level), max(zoom_level) FROM tiles").fetchone()
        if found[0] is None:
            raise ValueError("the package has no tiles")
        return int(found[0]), int(found[1])


def _bounds(text: str | None) -> tuple[float, float, float, float]:
    """Read the bounds "w,s,e,n"; a package that names none covers the world."""
    if text is None:
        return WORLD
    west, south, east, north = (float(part) for part in text.split(","))
    return west, south, east, north
