"""A package that somebody made to do harm is refused and takes neither time nor memory."""

import gzip
import sqlite3
from pathlib import Path
from random import Random

import pytest
from pmtiles.tile import deserialize_header, serialize_header

from field_app.domain.errors import MapUnreadable
from field_app.domain.map_errors import MapDamaged
from field_app.maps import directories, mbtiles, pmtiles
from field_app.maps.packages import open_package
from tests.helpers.map_packages import (
    TOWN,
    a_picture,
    a_pmtiles,
    a_vector_tile,
    an_mbtiles,
    said_of_a_town,
    tiles_of,
)

ROAD = a_vector_tile({"road": [("LINESTRING (0 0, 4096 4096)", {})]})
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"


def a_database(path: Path, *statements: str) -> Path:
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()
    return path


@pytest.mark.parametrize(
    "columns",
    ["SELECT x AS zoom_level, x AS tile_column", "SELECT -1 AS zoom_level, x AS tile_column"],
)
def test_tiles_that_are_counted_without_end_are_refused(tmp_path: Path, columns: str) -> None:
    path = a_database(
        tmp_path / "a",
        "CREATE TABLE metadata (name TEXT, value TEXT)",
        f"CREATE VIEW tiles AS {ENDLESS} {columns}, x AS tile_row, x'89' AS tile_data FROM n",
    )
    with pytest.raises(MapUnreadable):
        open_package(path)


def test_metadata_without_end_are_not_read_on_and_on(tmp_path: Path) -> None:
    more = "SELECT name, value FROM said UNION ALL SELECT x, 'more' FROM n"
    path = an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles_of(TOWN, (11,), a_picture()))
    a_database(
        path,
        "ALTER TABLE metadata RENAME TO said",
        f"CREATE VIEW metadata AS {ENDLESS} {more}",
    )
    with open_package(path) as package:
        assert package.facts.attribution
        assert isinstance(package, mbtiles.MBTiles)
        assert len(package._rows()) == mbtiles.MOST_ROWS


def test_a_number_in_the_place_of_a_tile_is_not_taken_for_a_length(tmp_path: Path) -> None:
    tiles = [(1, 0, 0, ROAD), (1, 1, 0, ROAD)]
    path = an_mbtiles(tmp_path / "a", said_of_a_town("pbf"), tiles)
    a_database(path, "UPDATE tiles SET tile_data = 40000000 WHERE tile_column = 1")
    with open_package(path) as package:
        assert package.tile(1, 0, 0) == ROAD
        with pytest.raises(MapDamaged):
            package.tile(1, 1, 0)


def test_a_tile_that_a_view_blows_up_is_refused(tmp_path: Path) -> None:
    path = an_mbtiles(tmp_path / "a", said_of_a_town("pbf"), [(1, 0, 0, ROAD)])
    a_database(
        path,
        "ALTER TABLE tiles RENAME TO small",
        "CREATE VIEW tiles AS SELECT * FROM small UNION ALL SELECT 1, 1, 0, zeroblob(900000000)",
    )
    with pytest.raises(MapUnreadable):
        open_package(path)


def test_brackets_without_end_are_no_layers(tmp_path: Path) -> None:
    said = {**said_of_a_town("pbf"), "json": "[" * 200_000}
    with open_package(an_mbtiles(tmp_path / "a", said, [(1, 0, 0, ROAD)])) as package:
        assert package.facts.layers == ("road",)


def test_brackets_without_end_are_no_metadata(tmp_path: Path) -> None:
    path = a_pmtiles(tmp_path / "a", {}, tiles_of(TOWN, (11,), a_picture()))
    data = path.read_bytes()
    head = deserialize_header(data[:127])
    bomb = gzip.compress(b"[" * 200_000)
    head["metadata_offset"], head["metadata_length"] = len(data), len(bomb)
    path.write_bytes(serialize_header(head) + data[127:] + bomb)
    with pytest.raises(MapDamaged):
        open_package(path)


def test_a_directory_that_grows_without_end_is_refused(tmp_path: Path) -> None:
    path = a_pmtiles(tmp_path / "a", {}, tiles_of(TOWN, (11,), a_picture()))
    data = path.read_bytes()
    head = deserialize_header(data[:127])
    bomb = gzip.compress(bytes(directories.MOST_BYTES + 1))
    head["root_offset"], head["root_length"] = len(data), len(bomb)
    path.write_bytes(serialize_header(head) + data[127:] + bomb)
    with pytest.raises(MapDamaged, match="unpacked"):
        open_package(path)


def test_large_leaves_are_not_all_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directories, "ENTRIES_KEPT", 5_000)
    chance = Random(5)
    places = chance.sample([(c, r) for c in range(1000, 1400) for r in range(900, 1300)], 9000)
    tiles = [(11, *place, a_picture() + chance.randbytes(chance.randrange(64))) for place in places]
    path = a_pmtiles(tmp_path / "a", {}, tiles)
    with open_package(path) as package:
        for _, *at, data in tiles[::97]:
            assert package.tile(11, *at) == data
        assert isinstance(package, pmtiles.PMTiles)
        kept = package._directories
        assert set(kept.root.runs) == {0}
        assert kept._entries == sum(len(leaf.ids) for leaf in kept._leaves.values())
        assert kept._entries <= directories.ENTRIES_KEPT
