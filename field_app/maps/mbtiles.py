"""Reads tile packages in the format MBTiles: one SQLite file.

Source: MBTiles 1.3, https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md
"""

import json
import sqlite3
from pathlib import Path
from typing import Final, Self

from field_app.domain.errors import MapUnreadable
from field_app.domain.map_errors import MapDamaged, MapKindUnknown
from field_app.maps.sqlite_file import SqliteFile, check_length
from field_app.maps.squares import is_near
from field_app.maps.tile_data import (
    VECTOR_TYPE,
    is_gzipped,
    layer_names,
    media_type_of,
    said_date,
    said_layers,
    unpacked,
)
from field_app.maps.tiles import (
    LONGEST_ATTRIBUTION,
    LONGEST_NAME,
    MAX_ZOOM,
    WORLD,
    Bounds,
    Remark,
    RemarkKind,
    TileKind,
    TilePackageFacts,
    checked_bounds,
    plain_words,
)

MAGIC: Final = b"SQLite format 3\0"
TYPES: Final = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "pbf": VECTOR_TYPE,
    "mvt": VECTOR_TYPE,
    "application/x-protobuf": VECTOR_TYPE,
}
"""Formats that packages state and their media types."""
DRAWN: Final = frozenset({"image/png", "image/jpeg", "image/webp", VECTOR_TYPE})
ROWS_LOOKED_AT: Final = 24
SMALL_BYTES: Final = 4_000_000
"""Up to here a file without an index is quick enough: 27 MB took half a second to open."""
MOST_ROWS: Final = 1_000
"""Of metadata."""

_TILE: Final = (
    "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"
)


class MBTiles:
    """An MBTiles file that is open for reading, a `tiles.TilePackage`."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            MapDamaged: It is damaged or cut off.
            MapKindUnknown: It holds nothing that can be drawn.
            MapUnreadable: It is missing or cannot be read.
        """
        self.path = path
        check_length(path)
        try:
            self._db = SqliteFile(path)
        except sqlite3.Error as error:
            raise MapUnreadable(f"{path.name}: {error}") from error
        self._is_flipped = False
        try:
            self.facts = self._read_facts()
        except (sqlite3.Error, ValueError, TypeError, OverflowError) as error:
            self._db.close()
            raise _our_error(path, error) from error
        except MapUnreadable:
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def tile(self, zoom: int, column: int, row: int) -> bytes | None:
        """Return a tile unpacked, or None; see `tiles.TilePackage.tile`."""
        if not 0 <= zoom <= MAX_ZOOM:
            return None
        try:
            found = self._db.first(_TILE, (zoom, column, self._stored_row(zoom, row)))
            return None if found is None else unpacked(_bytes(found[0]))
        except (sqlite3.Error, ValueError, TypeError, OverflowError) as error:
            raise MapDamaged(f"{self.path.name}: {error}") from error

    def has_zoom(self, zoom: int) -> bool:
        """Return whether there is any tile of a level.

        Raises:
            MapDamaged: The file is damaged.
        """
        try:
            return self._has_zoom(zoom)
        except sqlite3.Error as error:
            raise MapDamaged(f"{self.path.name}: {error}") from error

    def sample(self, zoom: int, most: int) -> list[tuple[int, int]]:
        """Return column and row of some tiles of a level, spread over its columns.

        Raises:
            MapDamaged: The file is damaged.
        """
        try:
            stored = self._stored_sample(zoom, most)
        except sqlite3.Error as error:
            raise MapDamaged(f"{self.path.name}: {error}") from error
        return [(column, self._stored_row(zoom, row)) for column, row in stored]

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _stored_row(self, zoom: int, row: int) -> int:
        return row if self._is_flipped else 2**zoom - 1 - row

    def _has_zoom(self, zoom: int) -> bool:
        asked = "SELECT 1 FROM tiles WHERE zoom_level = ? LIMIT 1"
        return self._db.first(asked, (zoom,)) is not None

    def _stored_sample(self, zoom: int, most: int) -> list[tuple[int, int]]:
        """Return (tile_column, tile_row) as the file has them, by single steps over its index."""
        west, east = self._edge(zoom, 0, "ASC"), self._edge(zoom, 2**zoom, "DESC")
        if west is None or east is None:
            return []
        found = set()
        for step in range(most):
            column = west[0] + (east[0] - west[0]) * step // max(1, most - 1)
            place = self._edge(zoom, column, "DESC" if step % 2 else "ASC")
            if place is not None:
                found.add(place)
        return sorted(found)

    def _edge(self, zoom: int, column: int, order: str) -> tuple[int, int] | None:
        """Return the first tile from a column on, to the east (`ASC`) or to the west (`DESC`)."""
        side = ">=" if order == "ASC" else "<="
        found: tuple[int, int] | None = self._db.first(
            "SELECT tile_column, tile_row FROM tiles WHERE zoom_level = ?"  # noqa: S608 - fixed words
            f" AND tile_column {side} ? ORDER BY tile_column {order}, tile_row {order} LIMIT 1",
            (zoom, column),
        )
        return found

    def _read_facts(self) -> TilePackageFacts:
        said = {str(name): str(value) for name, value in self._rows()}
        size = self.path.stat().st_size
        if size > SMALL_BYTES and not self._has_index():
            raise MapKindUnknown(f"{self.path.name}: {size} bytes of tiles without an index")
        bounds = _bounds(said.get("bounds"))
        lowest, highest = self._zooms(said)
        stored = self._db.first("SELECT tile_data FROM tiles LIMIT 1")
        first = b"" if stored is None else _bytes(stored[0])
        media_type, remarks = _media_type(said, unpacked(first))
        if self._counts_from_the_north(bounds, highest, said):
            self._is_flipped = True
            remarks = (*remarks, Remark(kind=RemarkKind.ROWS_FLIPPED))
        is_vector = media_type == VECTOR_TYPE
        return TilePackageFacts(
            name=plain_words(said.get("name", ""), LONGEST_NAME),
            attribution=plain_words(said.get("attribution", ""), LONGEST_ATTRIBUTION),
            kind=TileKind.VECTOR if is_vector else TileKind.RASTER,
            media_type=media_type,
            is_gzipped=is_gzipped(first),
            bounds=bounds,
            min_zoom=lowest,
            max_zoom=highest,
            size_bytes=size,
            data_on=said_date(said),
            layers=_layers(said, unpacked(first)) if is_vector else (),
            remarks=remarks,
        )

    def _rows(self) -> list[tuple[object, object]]:
        return self._db.rows("SELECT name, value FROM metadata LIMIT ?", (MOST_ROWS,))

    def _has_index(self) -> bool:
        plan = self._db.rows(f"EXPLAIN QUERY PLAN {_TILE}", (0, 0, 0))
        return not any(str(step[3]).startswith("SCAN") for step in plan)

    def _zooms(self, said: dict[str, str]) -> tuple[int, int]:
        """Return the lowest and the highest level that have tiles, within what the file states."""
        # A level at a time: min() and max() read the whole of a file whose tiles are a view.
        there = [zoom for zoom in range(MAX_ZOOM + 1) if self._has_zoom(zoom)]
        lowest, highest = _stated_zoom(said, "minzoom", 0), _stated_zoom(said, "maxzoom", MAX_ZOOM)
        within = [zoom for zoom in there if lowest <= zoom <= highest] or there
        if not within:
            raise MapKindUnknown(f"{self.path.name}: the package has no tiles")
        return within[0], within[-1]

    def _counts_from_the_north(self, bounds: Bounds, zoom: int, said: dict[str, str]) -> bool:
        """Return whether rows lie inside the stated bounds only if they are counted as XYZ."""
        stored = self._stored_sample(zoom, ROWS_LOOKED_AT)
        as_said = sum(is_near(column, 2**zoom - 1 - row, zoom, bounds) for column, row in stored)
        flipped = sum(is_near(column, row, zoom, bounds) for column, row in stored)
        if as_said == flipped:
            return said.get("scheme", "").lower() == "xyz"
        return as_said == 0


def _our_error(path: Path, error: Exception) -> MapUnreadable:
    detail = f"{path.name}: {error}"
    if isinstance(error, sqlite3.OperationalError) and "no such" in str(error):
        return MapKindUnknown(detail)
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return (
        MapDamaged(detail)
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
        else MapUnreadable(detail)
    )


def _bytes(stored: object) -> bytes:
    """Return a tile as it is stored; a number in its place would be taken for a length."""
    if not isinstance(stored, bytes):
        raise TypeError(f"a tile is no bytes but {type(stored).__name__}")
    return stored


def _media_type(said: dict[str, str], first: bytes) -> tuple[str, tuple[Remark, ...]]:
    """Return what the tiles are; what they show counts more than what the package says."""
    word = said.get("format", "").strip().lower()
    stated = TYPES.get(word, word)
    shown = media_type_of(first)
    media_type = shown or stated
    if media_type not in DRAWN:
        raise MapKindUnknown(f"tiles are {media_type or 'of no known type'}")
    if shown and stated and shown != stated:
        return media_type, (Remark(kind=RemarkKind.TYPE_DIFFERS),)
    return media_type, ()


def _stated_zoom(said: dict[str, str], name: str, otherwise: int) -> int:
    stated = said.get(name, "").strip()
    return int(stated) if stated.isdigit() else otherwise


def _bounds(text: str | None) -> Bounds:
    """Read the bounds "w,s,e,n"; a package that names none covers the world."""
    if text is None or not text.strip():
        return WORLD
    west, south, east, north = (float(part) for part in text.split(","))
    return checked_bounds(west, south, east, north)


def _layers(said: dict[str, str], first: bytes) -> tuple[str, ...]:
    try:
        stated = json.loads(said.get("json", ""))
    except (ValueError, RecursionError):  # the latter: brackets without end
        stated = {}
    named = said_layers(stated) if isinstance(stated, dict) else ()
    return named or layer_names(first)
