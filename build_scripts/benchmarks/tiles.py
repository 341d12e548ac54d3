"""Tiles of map packages, beside a plain SELECT and a plain read of the same bytes in the same run.

Also how long it takes to open a package, and to look 20 GB over before they are taken.
"""

import gzip
import os
import sqlite3
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, BinaryIO, Final

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.suite import Say, Wanted
from field_app.maps.checks import check_package
from field_app.maps.packages import open_package
from field_app.maps.pmtiles import PMTiles
from field_app.maps.tiles import TilePackage

ZOOM: Final = 14
SIDE: Final = 100
"""The packages have SIDE × SIDE tiles."""
CORNER: Final = (12_700, 7_500)
"""Column and row of the north-western tile, by Bangkok."""
BOUNDS: Final = (99.05, 13.30, 101.25, 15.30)
LEAST_BYTES, MOST_BYTES = 2_000, 14_000
ASKED: Final = 1_000
"""So many tiles are asked for in a round, in another order each time."""
HUGE_BYTES: Final = 20_000_000_000
GZIP: Final = 31
"""Of zlib: unpack gzip."""
US: Final = 1_000_000
MS: Final = 1_000

Places = Sequence[tuple[int, int]]


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    say(f"making packages of {SIDE * SIDE} tiles")
    random = Random(1)  # noqa: S311 - made-up tiles, no secret
    tiles = {
        (CORNER[0] + x, CORNER[1] + y): _tile(random) for x in range(SIDE) for y in range(SIDE)
    }
    mbtiles = _write_mbtiles(folder / "town.mbtiles", tiles)
    pmtiles = _write_pmtiles(folder / "town.pmtiles", tiles)
    took: dict[str, list[float]] = {}

    def note(key: str, value: float) -> None:
        took.setdefault(key, []).append(value)

    for number in range(wanted.rounds):
        say(f"round {number + 1} of {wanted.rounds}")
        places = random.sample(list(tiles), ASKED)
        for kind, path in (("mb", mbtiles), ("pm", pmtiles)):
            begun = perf_counter()
            with open_package(path) as package:
                note(f"{kind}_open", (perf_counter() - begun) * MS)
                _note_round(note, kind, _times(places, _ours(package)))
                with path.open("rb") as file:
                    plain = _select(path) if kind == "mb" else _reads(package, file, places)
                    _note_round(note, f"{kind}_plain", _times(places, plain))
            begun = perf_counter()
            check_package(path, BOUNDS)
            note(f"{kind}_check", (perf_counter() - begun) * MS)
    say("the same with 20 GB, most of it a hole")
    _stretch(mbtiles, pmtiles)
    for kind, path in (("mb", mbtiles), ("pm", pmtiles)):
        for _round in range(wanted.rounds):
            begun = perf_counter()
            check_package(path, BOUNDS)
            note(f"{kind}_huge", (perf_counter() - begun) * MS)
    return _lines(took)


def _lines(took: dict[str, list[float]]) -> list[Measure]:
    def line(
        key: str, name: str, unit: str, goal: float | None = None, values: Sequence[float] = ()
    ) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values or took[key]), goal=goal)

    lines = []
    for kind, name, plain, goal in (
        ("mb", "MBTiles", "plain SELECT", 3_000.0),
        ("pm", "PMTiles", "plain read where it lies", 5_000.0),
    ):
        lines += [
            line(kind, f"{name}: a tile", "µs", goal),
            line(f"{kind}_slowest", "  the slowest of a round", "µs"),
            line(f"{kind}_plain", f"  {plain}", "µs"),
            line(
                f"{kind}_beside",
                "  beside it",
                "×",
                values=ratios(took[kind], took[f"{kind}_plain"]),
            ),
            line(f"{kind}_open", "  opened", "ms"),
            line(f"{kind}_check", "  looked over", "ms"),
            line(f"{kind}_huge", "  20 GB looked over", "ms"),
        ]
    return lines


def _note_round(note: Callable[[str, float], None], key: str, times: Sequence[float]) -> None:
    note(key, median(times) * US)
    note(f"{key}_slowest", max(times) * US)


def _times(places: Places, read: Callable[[int, int], bytes | None]) -> list[float]:
    """Return the seconds of each tile."""
    times = []
    for column, row in places:
        begun = perf_counter()
        data = read(column, row)
        times.append(perf_counter() - begun)
        if not data:
            raise ValueError(f"no tile at {column}, {row}")
    return times


def _ours(package: TilePackage) -> Callable[[int, int], bytes | None]:
    return lambda column, row: package.tile(ZOOM, column, row)


def _select(path: Path) -> Callable[[int, int], bytes]:
    """Return what asks SQLite for a tile and unpacks it, and nothing else."""
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    asked = "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?"

    def read(column: int, row: int) -> bytes:
        found = db.execute(asked, (ZOOM, column, 2**ZOOM - 1 - row)).fetchone()
        return zlib.decompress(found[0], wbits=GZIP)

    return read


def _reads(package: TilePackage, file: BinaryIO, places: Places) -> Callable[[int, int], bytes]:
    """Return what reads where a tile is known to lie and unpacks it, and nothing else."""
    if not isinstance(package, PMTiles):
        raise TypeError(f"{package.path.name} is no PMTiles file")
    lies = {place: package.place_of(ZOOM, *place) for place in places}

    def read(column: int, row: int) -> bytes:
        offset, length = lies[column, row] or (0, 0)
        file.seek(offset)
        return zlib.decompress(file.read(length), wbits=GZIP)

    return read


def _tile(random: Random) -> bytes:
    """Return a packed vector tile: an empty layer, and noise in a field that nobody knows."""
    noise = random.randbytes(random.randrange(LEAST_BYTES, MOST_BYTES))
    layer = b"\x0a\x04road\x78\x02" + b"\xfa\x01" + _varint(len(noise)) + noise
    return gzip.compress(b"\x1a" + _varint(len(layer)) + layer, mtime=0)


def _varint(value: int) -> bytes:
    parts = []
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])


def _write_mbtiles(path: Path, tiles: dict[tuple[int, int], bytes]) -> Path:
    said = {
        "name": "made-up",
        "format": "pbf",
        "attribution": "nobody",
        "bounds": ",".join(map(str, BOUNDS)),
    }
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute("CREATE TABLE tiles (zoom_level, tile_column, tile_row, tile_data BLOB)")
        db.execute("CREATE UNIQUE INDEX place ON tiles (zoom_level, tile_column, tile_row)")
        db.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        db.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            ((ZOOM, x, 2**ZOOM - 1 - y, data) for (x, y), data in tiles.items()),
        )
    db.close()
    return path


def _write_pmtiles(path: Path, tiles: dict[tuple[int, int], bytes]) -> Path:
    made_by: Any = Writer  # without types
    west, south, east, north = (round(edge * 1e7) for edge in BOUNDS)
    with path.open("wb") as file:
        writer = made_by(file)
        for tile_id, data in sorted((zxy_to_tileid(ZOOM, *at), data) for at, data in tiles.items()):
            writer.write_tile(tile_id, data)
        writer.finalize(
            {
                "tile_type": TileType.MVT,
                "tile_compression": Compression.GZIP,
                "min_lon_e7": west,
                "min_lat_e7": south,
                "max_lon_e7": east,
                "max_lat_e7": north,
                "center_zoom": ZOOM,
                "center_lon_e7": west,
                "center_lat_e7": south,
            },
            {"name": "made-up", "attribution": "nobody"},
        )
    return path


def _stretch(mbtiles: Path, pmtiles: Path) -> None:
    """Make both files 20 GB long without writing so much."""
    os.truncate(mbtiles, HUGE_BYTES)
    with pmtiles.open("r+b") as file:
        file.seek(56)  # where the tile data begin, and how long they are
        begin = int.from_bytes(file.read(8), "little")
        file.write((HUGE_BYTES - begin).to_bytes(8, "little"))
        file.truncate(HUGE_BYTES)
