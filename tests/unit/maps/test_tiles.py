"""Tile packages are read as MBTiles 1.3 says, and bad ones are refused with words for people."""

import sqlite3
from pathlib import Path

import pytest

from field_app.domain.errors import MapUnreadable
from field_app.maps.tiles import TilePackage
from field_app.resources import resource


def a_package(
    path: Path, metadata: dict[str, str], tiles: list[tuple[int, int, int, bytes]]
) -> Path:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        db.execute(
            "CREATE TABLE tiles"
            " (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        db.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        db.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", tiles)
    db.close()
    return path


def test_rows_are_counted_from_the_north_though_the_file_counts_from_the_south(
    tmp_path: Path,
) -> None:
    path = a_package(tmp_path / "a.mbtiles", {"format": "png"}, [(2, 1, 0, b"south")])
    with TilePackage(path) as package:
        assert package.tile(2, 1, 3) == b"south"
        assert package.tile(2, 1, 0) is None
        assert package.tile(99, 1, 0) is None


def test_what_a_package_does_not_say_is_found_out(tmp_path: Path) -> None:
    path = a_package(tmp_path / "a.mbtiles", {"format": "jpg"}, [(3, 1, 0, b"x"), (7, 1, 0, b"x")])
    with TilePackage(path) as package:
        assert (package.facts.min_zoom, package.facts.max_zoom) == (3, 7)
        assert package.facts.media_type == "image/jpeg"
        assert package.facts.bounds[0] == -180


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        {"format": "pbf", "minzoom": "1", "maxzoom": "2"},
        {"format": "png"},
        {"format": "png", "minzoom": "1", "maxzoom": "2", "bounds": "here"},
    ],
    ids=["no format", "vector tiles", "no tiles", "bad bounds"],
)
def test_a_package_that_cannot_be_shown_is_refused(
    tmp_path: Path, metadata: dict[str, str]
) -> None:
    path = a_package(tmp_path / "a.mbtiles", metadata, [])
    with pytest.raises(MapUnreadable, match=r"a\.mbtiles"):
        TilePackage(path)


def test_a_file_that_is_no_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photo.mbtiles"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(MapUnreadable):
        TilePackage(path)


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(MapUnreadable):
        TilePackage(tmp_path / "none.mbtiles")
    assert not (tmp_path / "none.mbtiles").exists()


def test_the_demo_map_covers_its_town_and_names_its_source() -> None:
    with TilePackage(resource("basemap", "bangkok.mbtiles")) as package:
        assert "OpenStreetMap" in package.facts.attribution
        assert (package.facts.min_zoom, package.facts.max_zoom) == (11, 17)
        west, south, east, north = package.facts.bounds
        assert west < 100.5018 < east
        assert south < 13.7563 < north
        # Ratchadamnoen Avenue near the Democracy Monument, tile by the OSM slippy map formula.
        tile = package.tile(16, 51063, 30239)
        assert tile is not None
        assert tile[8:12] == b"WEBP"
