"""Small map packages of every kind, as IT might bring them."""

import gzip
import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from struct import pack
from typing import Any, Final

import mapbox_vector_tile
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from field_app.maps.squares import tile_at
from field_app.maps.tiles import Bounds

Tiles = Sequence[tuple[int, int, int, bytes]]
"""Zoom, column, row from the north, bytes."""

TOWN: Final = (100.48, 13.72, 100.56, 13.78)
"""The demo town's bounds, degrees."""


def a_picture(colour: tuple[int, int, int] = (20, 120, 40)) -> bytes:
    """Return a PNG of 256 × 256 pixels in one colour."""

    def part(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * 256) * 256
    head = pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(rows))
        + part(b"IEND", b"")
    )


def a_vector_tile(layers: Mapping[str, Sequence[tuple[str, dict[str, Any]]]]) -> bytes:
    """Return a vector tile, not packed.

    Args:
        layers: Layer name → (geometry as WKT in 0 to 4096 from the north-west, properties).
    """
    made: bytes = mapbox_vector_tile.encode(
        [
            {
                "name": name,
                "features": [{"geometry": shape, "properties": said} for shape, said in features],
            }
            for name, features in layers.items()
        ],
        default_options={"y_coord_down": True},
    )
    return made


def tiles_of(
    bounds: Bounds, zooms: Sequence[int], data: bytes
) -> list[tuple[int, int, int, bytes]]:
    """Return the same bytes for every tile that touches an area."""
    made = []
    for zoom in zooms:
        west, north = tile_at(bounds[3], bounds[0], zoom)
        east, south = tile_at(bounds[1], bounds[2], zoom)
        made += [
            (zoom, column, row, data)
            for column in range(west, east + 1)
            for row in range(north, south + 1)
        ]
    return made


def an_mbtiles(
    path: Path, metadata: Mapping[str, str], tiles: Tiles, *, counts_from_the_north: bool = False
) -> Path:
    """Write an MBTiles file; its rows as the standard wants them, or as web maps have them."""
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute(
            "CREATE TABLE tiles"
            " (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        db.execute("CREATE UNIQUE INDEX place ON tiles (zoom_level, tile_column, tile_row)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        for zoom, column, row, data in tiles:
            stored = row if counts_from_the_north else 2**zoom - 1 - row
            db.execute("INSERT INTO tiles VALUES (?, ?, ?, ?)", (zoom, column, stored, data))
    db.close()
    return path


def a_pmtiles(
    path: Path,
    metadata: Mapping[str, Any],
    tiles: Tiles,
    *,
    kind: TileType = TileType.PNG,
    bounds: Bounds = TOWN,
) -> Path:
    """Write a PMTiles file with the reference library; vector tiles are packed with gzip."""
    is_packed = kind is TileType.MVT
    with path.open("wb") as file:
        made_by: Any = Writer  # without types
        writer = made_by(file)
        placed = sorted((zxy_to_tileid(zoom, x, y), data) for zoom, x, y, data in tiles)
        for tile_id, data in placed:
            writer.write_tile(tile_id, gzip.compress(data, mtime=0) if is_packed else data)
        west, south, east, north = (round(edge * 1e7) for edge in bounds)
        writer.finalize(
            {
                "tile_type": kind,
                "tile_compression": Compression.GZIP if is_packed else Compression.NONE,
                "min_lon_e7": west,
                "min_lat_e7": south,
                "max_lon_e7": east,
                "max_lat_e7": north,
                "center_zoom": 0,
                "center_lon_e7": west,
                "center_lat_e7": south,
            },
            dict(metadata),
        )
    return path


def said_of_a_town(media: str, bounds: Bounds = TOWN, **more: str) -> dict[str, str]:
    """Return the metadata rows of a sound MBTiles file."""
    said = {
        "name": "เมืองตัวอย่าง",
        "format": media,
        "attribution": "© OpenStreetMap contributors",
        "bounds": ",".join(map(str, bounds)),
        **more,
    }
    if media == "pbf":
        said.setdefault("json", json.dumps({"vector_layers": [{"id": "road", "fields": {}}]}))
    return said
