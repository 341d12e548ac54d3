"""A package is looked over before it is taken, and what is wrong is said in whole sentences."""

import gzip
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from pmtiles.tile import TileType

from field_app.domain.map_errors import MapDamaged, MapKindUnknown
from field_app.maps.checks import check_package
from field_app.maps.mbtiles import SMALL_BYTES
from field_app.maps.packages import open_package
from field_app.maps.remark_words import SENTENCES, sentence
from field_app.maps.tiles import Remark, RemarkKind
from field_app.resources import resource
from field_app.texts import set_language
from tests.helpers.map_packages import (
    TOWN,
    a_picture,
    a_pmtiles,
    a_vector_tile,
    an_mbtiles,
    said_of_a_town,
    tiles_of,
)

KHON_KAEN = (102.78, 16.38, 102.90, 16.48)
ZOOMS = (11, 12, 13)
ROAD = a_vector_tile({"road": [("LINESTRING (0 0, 4096 4096)", {})]})
HUGE_BYTES = 20_000_000_000


def kinds(remarks: Sequence[Remark]) -> list[str]:
    return [remark.kind for remark in remarks]


def test_a_sound_package_gets_no_remark() -> None:
    assert check_package(resource("basemap", "bangkok.mbtiles"), TOWN).remarks == ()


def test_missing_levels_are_named(tmp_path: Path) -> None:
    tiles = tiles_of(TOWN, (9, 12, 13), a_picture())
    for path in (
        an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles),
        a_pmtiles(tmp_path / "b", said_of_a_town("png"), tiles),
    ):
        (remark,) = check_package(path).remarks
        assert remark == Remark(kind=RemarkKind.ZOOMS_MISSING, zooms=(10, 11))
        assert "10, 11" in sentence(remark)


def test_a_package_of_another_city_is_told_and_taken(tmp_path: Path) -> None:
    path = an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles_of(TOWN, ZOOMS, a_picture()))
    assert kinds(check_package(path, KHON_KAEN).remarks) == [RemarkKind.ELSEWHERE]
    assert check_package(path, TOWN).remarks == ()
    assert check_package(path).remarks == ()


def test_rows_counted_from_the_north_are_told(tmp_path: Path) -> None:
    tiles = tiles_of(TOWN, ZOOMS, a_picture())
    path = an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles, counts_from_the_north=True)
    assert kinds(check_package(path, TOWN).remarks) == [RemarkKind.ROWS_FLIPPED]


def test_a_package_without_attribution_is_told(tmp_path: Path) -> None:
    path = a_pmtiles(tmp_path / "a", {"name": "x"}, tiles_of(TOWN, ZOOMS, a_picture()))
    assert kinds(check_package(path).remarks) == [RemarkKind.NO_ATTRIBUTION]


def test_tiles_of_a_wrong_type_are_told(tmp_path: Path) -> None:
    tiles = [*tiles_of(TOWN, (11,), a_picture()), *tiles_of(TOWN, (12,), ROAD)]
    path = an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles)
    assert kinds(check_package(path).remarks) == [RemarkKind.TYPE_DIFFERS]
    stated = an_mbtiles(tmp_path / "b", said_of_a_town("jpg"), tiles_of(TOWN, ZOOMS, a_picture()))
    assert kinds(check_package(stated).remarks) == [RemarkKind.TYPE_DIFFERS]


def test_some_damaged_tiles_are_told_and_only_damaged_ones_refused(tmp_path: Path) -> None:
    cut = gzip.compress(ROAD)[:-4]
    tiles = [*tiles_of(TOWN, (11,), gzip.compress(ROAD)), *tiles_of(TOWN, (12,), cut)]
    path = an_mbtiles(tmp_path / "a", said_of_a_town("pbf"), tiles)
    assert kinds(check_package(path).remarks) == [RemarkKind.DAMAGED_TILES]

    half = a_picture()[:400]
    path = an_mbtiles(tmp_path / "b", said_of_a_town("png"), tiles_of(TOWN, ZOOMS, half))
    with pytest.raises(MapDamaged, match="none of"):
        check_package(path)


def test_a_vector_tile_with_nothing_in_it_is_sound(tmp_path: Path) -> None:
    tiles = [*tiles_of(TOWN, (11,), ROAD), *tiles_of(TOWN, (12,), b"")]
    said = {"attribution": "us", "vector_layers": []}
    assert check_package(a_pmtiles(tmp_path / "a", said, tiles, kind=TileType.MVT)).remarks == ()


def test_pages_that_were_overwritten_are_noticed(tmp_path: Path) -> None:
    path = an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles_of(TOWN, ZOOMS, a_picture()))
    data = bytearray(path.read_bytes())
    data[8192:] = os.urandom(len(data) - 8192)
    path.write_bytes(data)
    with pytest.raises(MapDamaged):
        check_package(path)


def test_a_large_file_without_an_index_would_be_too_slow(tmp_path: Path) -> None:
    path = an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles_of(TOWN, ZOOMS, a_picture()))
    with sqlite3.connect(path) as db:
        db.execute("DROP INDEX place")
    db.close()
    assert check_package(path).max_zoom == 13
    os.truncate(path, SMALL_BYTES + 1)
    with pytest.raises(MapKindUnknown, match="without an index"):
        check_package(path)


def test_tiles_behind_a_view_are_read_like_others(tmp_path: Path) -> None:
    """Of common tools some write every picture once and let a view join places and pictures."""
    path = an_mbtiles(tmp_path / "a", said_of_a_town("png"), tiles_of(TOWN, ZOOMS, a_picture()))
    with sqlite3.connect(path) as db:
        db.executescript(
            "CREATE TABLE images (tile_id TEXT PRIMARY KEY, tile_data BLOB);"
            "INSERT INTO images SELECT 'one', tile_data FROM tiles LIMIT 1;"
            "CREATE TABLE map AS SELECT zoom_level, tile_column, tile_row, 'one' AS tile_id"
            " FROM tiles;"
            "CREATE UNIQUE INDEX map_index ON map (zoom_level, tile_column, tile_row);"
            "DROP TABLE tiles;"
            "CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data"
            " FROM map JOIN images USING (tile_id);"
        )
    db.close()
    os.truncate(path, SMALL_BYTES + 1)
    assert check_package(path, TOWN).remarks == ()


def test_twenty_gigabytes_are_looked_over_without_being_read(tmp_path: Path) -> None:
    tiles = tiles_of(TOWN, ZOOMS, a_picture())
    path = a_pmtiles(tmp_path / "a", said_of_a_town("png"), tiles)
    with path.open("r+b") as file:
        file.seek(64)  # the length of the tile data
        file.write((HUGE_BYTES - 4096).to_bytes(8, "little"))
        file.truncate(HUGE_BYTES)
    other = an_mbtiles(tmp_path / "b", said_of_a_town("png"), tiles)
    os.truncate(other, HUGE_BYTES)
    for huge in (path, other):
        facts = check_package(huge, TOWN)
        assert facts.size_bytes == HUGE_BYTES
        assert facts.remarks == ()
        with open_package(huge) as package:
            assert package.tile(13, 6382, 3780) == a_picture()


@pytest.mark.parametrize("kind", RemarkKind)
def test_every_remark_has_a_sentence_in_both_languages(kind: RemarkKind) -> None:
    set_language("en")
    english = sentence(Remark(kind=kind, zooms=(12,)))
    set_language("th")
    thai = sentence(Remark(kind=kind, zooms=(12,)))
    assert english.endswith(".")
    assert any("\u0e00" <= sign <= "\u0e7f" for sign in thai)
    assert set(SENTENCES) == set(RemarkKind)
