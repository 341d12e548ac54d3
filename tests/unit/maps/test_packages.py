"""Tile packages of both formats are read alike, whatever their files are called."""

import gzip
import sqlite3
from datetime import date
from pathlib import Path
from random import Random

import pytest
from pmtiles.tile import TileType, deserialize_directory, zxy_to_tileid

from field_app.domain.errors import MapUnreadable
from field_app.domain.map_errors import MapDamaged, MapKindUnknown
from field_app.maps import pmtiles
from field_app.maps.directories import Directory, directory_of
from field_app.maps.packages import ending_of, open_package
from field_app.maps.tiles import RemarkKind, TileKind
from field_app.resources import resource
from tests.helpers.map_packages import (
    TOWN,
    a_picture,
    a_pmtiles,
    a_vector_tile,
    an_mbtiles,
    said_of_a_town,
    tiles_of,
)

ROAD = a_vector_tile({"road": [("LINESTRING (0 0, 4096 4096)", {"class": "primary"})]})
ZOOMS = (11, 12, 13)


@pytest.fixture(params=["mbtiles", "pmtiles"])
def pictures(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A package of pictures in either format, under a name that does not tell which."""
    tiles = tiles_of(TOWN, ZOOMS, a_picture())
    said = said_of_a_town("png")
    path = tmp_path / "town.map"
    make = an_mbtiles if request.param == "mbtiles" else a_pmtiles
    return make(path, said, tiles)


@pytest.fixture(params=["mbtiles", "pmtiles"])
def vectors(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A package of vector tiles in either format, packed with gzip as both want it."""
    path = tmp_path / "town.map"
    if request.param == "pmtiles":
        said = {"name": "t", "vector_layers": [{"id": "road"}]}
        return a_pmtiles(path, said, tiles_of(TOWN, ZOOMS, ROAD), kind=TileType.MVT)
    packed = tiles_of(TOWN, ZOOMS, gzip.compress(ROAD))
    return an_mbtiles(path, said_of_a_town("pbf"), packed)


def test_pictures_are_read_and_described_alike(pictures: Path) -> None:
    with open_package(pictures) as package:
        facts = package.facts
        assert (facts.kind, facts.media_type) == (TileKind.RASTER, "image/png")
        assert (facts.name, facts.attribution) == ("เมืองตัวอย่าง", "© OpenStreetMap contributors")
        assert facts.bounds == pytest.approx(TOWN)
        assert (facts.min_zoom, facts.max_zoom) == (11, 13)
        assert facts.size_bytes == pictures.stat().st_size
        assert (facts.is_gzipped, facts.layers, facts.remarks) == (False, (), ())
        # 6382 × 3780 is the tile of 13.75° N, 100.5° E, by the formula of OpenStreetMap's wiki.
        assert package.tile(13, 6382, 3780) == a_picture()
        assert package.tile(13, 6382, 2**13 - 1 - 3780) is None
        assert package.tile(12, 0, 0) is None
        assert package.tile(99, 1, 0) is None
        assert package.tile(2, 4, 9) is None


def test_vector_tiles_are_given_unpacked_with_their_layers_named(vectors: Path) -> None:
    with open_package(vectors) as package:
        assert package.facts.kind is TileKind.VECTOR
        assert package.facts.is_gzipped
        assert package.facts.layers == ("road",)
        assert package.tile(13, 6382, 3780) == ROAD


def test_some_tiles_of_a_level_are_named_and_empty_levels_are_known(pictures: Path) -> None:
    with open_package(pictures) as package:
        assert [package.has_zoom(zoom) for zoom in (10, 11, 12, 13, 14)] == [0, 1, 1, 1, 0]
        some = package.sample(13, 5)
        assert 1 < len(some) <= 5
        assert all(package.tile(13, *place) for place in some)
        assert package.sample(14, 5) == []


def test_the_ending_is_told_by_the_content(pictures: Path) -> None:
    magic = pictures.read_bytes()[:7]
    assert ending_of(pictures) == (".pmtiles" if magic == b"PMTiles" else ".mbtiles")


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_file_that_was_cut_off_is_damaged(pictures: Path, share: float) -> None:
    whole = pictures.read_bytes()
    pictures.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(MapDamaged, match=r"town\.map"):
        open_package(pictures)


@pytest.mark.parametrize(
    "content", [b"", b"rubbish" * 100, b"PK\x03\x04" * 50, b"PMTiles\x02" * 30]
)
def test_a_file_that_is_no_package_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "photo.mbtiles"
    path.write_bytes(content)
    with pytest.raises(MapKindUnknown):
        open_package(path)


def test_a_database_of_something_else_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "history.mbtiles"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE visits (url TEXT)")
    db.close()
    with pytest.raises(MapKindUnknown):
        open_package(path)


def test_a_missing_file_is_refused_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(MapUnreadable):
        open_package(tmp_path / "none.mbtiles")
    assert not (tmp_path / "none.mbtiles").exists()


@pytest.mark.parametrize(
    ("said", "tiles"),
    [
        ({"format": "png"}, []),
        ({"format": "avif"}, [(1, 0, 0, b"\0\0\0\x1cftypavif")]),
        ({}, [(1, 0, 0, b"x")]),
    ],
    ids=["no tiles", "pictures that cannot be drawn", "no format"],
)
def test_what_cannot_be_drawn_is_refused(
    tmp_path: Path, said: dict[str, str], tiles: list[tuple[int, int, int, bytes]]
) -> None:
    with pytest.raises(MapKindUnknown):
        open_package(an_mbtiles(tmp_path / "a.mbtiles", said, tiles))


def test_bounds_that_are_none_are_refused(tmp_path: Path) -> None:
    said = {"format": "png", "bounds": "here"}
    with pytest.raises(MapUnreadable):
        open_package(an_mbtiles(tmp_path / "a.mbtiles", said, [(1, 0, 0, a_picture())]))


def test_what_a_package_does_not_say_is_found_out(tmp_path: Path) -> None:
    tiles = [(3, 1, 0, a_picture()), (7, 1, 0, a_picture())]
    with open_package(an_mbtiles(tmp_path / "a.mbtiles", {}, tiles)) as package:
        assert (package.facts.min_zoom, package.facts.max_zoom) == (3, 7)
        assert package.facts.media_type == "image/png"
        assert package.facts.bounds[0] == -180


def test_levels_that_are_stated_and_not_there_are_not_promised(tmp_path: Path) -> None:
    said = said_of_a_town("png", minzoom="0", maxzoom="17")
    path = an_mbtiles(tmp_path / "a.mbtiles", said, tiles_of(TOWN, ZOOMS, a_picture()))
    with open_package(path) as package:
        assert (package.facts.min_zoom, package.facts.max_zoom) == (11, 13)


def test_rows_counted_from_the_north_are_noticed_and_read_so(tmp_path: Path) -> None:
    tiles = tiles_of(TOWN, ZOOMS, a_picture())
    said = said_of_a_town("png")
    path = an_mbtiles(tmp_path / "a.mbtiles", said, tiles, counts_from_the_north=True)
    with open_package(path) as package:
        assert [remark.kind for remark in package.facts.remarks] == [RemarkKind.ROWS_FLIPPED]
        assert package.tile(13, 6382, 3780) is not None


def test_tiles_are_taken_for_what_they_are(tmp_path: Path) -> None:
    tiles = tiles_of(TOWN, ZOOMS, a_picture())
    with open_package(an_mbtiles(tmp_path / "a", said_of_a_town("pbf"), tiles)) as package:
        assert package.facts.media_type == "image/png"
        assert [remark.kind for remark in package.facts.remarks] == [RemarkKind.TYPE_DIFFERS]
    with open_package(a_pmtiles(tmp_path / "b", {}, tiles, kind=TileType.JPEG)) as package:
        assert package.facts.media_type == "image/png"
        assert [remark.kind for remark in package.facts.remarks] == [RemarkKind.TYPE_DIFFERS]


def test_an_attribution_loses_its_html_and_its_tricks(tmp_path: Path) -> None:
    trick = (
        '<a href="https://x.example" onclick="steal()">&copy; <b>Data</b></a>'
        "<script>steal()</script>&lt;img src=x&gt; \u202e\n by us" + "!" * 900
    )
    said = said_of_a_town("png", attribution=trick)
    tiles = tiles_of(TOWN, ZOOMS, a_picture())
    with open_package(an_mbtiles(tmp_path / "a", said, tiles)) as package:
        assert package.facts.attribution.startswith("© Data by us!!!")
        assert len(package.facts.attribution) == 300


def test_the_date_of_the_data_is_read_where_there_is_one(tmp_path: Path) -> None:
    tiles = tiles_of(TOWN, ZOOMS, a_picture())
    said = {"planetiler:osm:osmosisreplicationtime": "2026-09-30T20:21:00Z"}
    with open_package(a_pmtiles(tmp_path / "a", said, tiles)) as package:
        assert package.facts.data_on == date(2026, 9, 30)
    with open_package(an_mbtiles(tmp_path / "b", {"mtime": "1790000000000"}, tiles)) as package:
        assert package.facts.data_on == date(2026, 9, 21)


def test_a_tile_that_is_damaged_inside_the_file_says_so(tmp_path: Path) -> None:
    tiles = [(1, 0, 0, gzip.compress(ROAD)), (1, 1, 0, gzip.compress(ROAD)[:-9])]
    with open_package(an_mbtiles(tmp_path / "a", said_of_a_town("pbf"), tiles)) as package:
        assert package.tile(1, 0, 0) == ROAD
        with pytest.raises(MapDamaged):
            package.tile(1, 1, 0)


def test_a_tile_that_grows_without_end_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(40_000_000))
    tiles = [(1, 0, 0, gzip.compress(ROAD)), (1, 1, 0, bomb)]
    with (
        open_package(an_mbtiles(tmp_path / "a", said_of_a_town("pbf"), tiles)) as package,
        pytest.raises(MapDamaged),
    ):
        package.tile(1, 1, 0)


def test_a_large_directory_is_read_in_leaves_as_the_reference_reads_it(tmp_path: Path) -> None:
    chance = Random(5)
    places = chance.sample([(c, r) for c in range(1000, 1400) for r in range(900, 1300)], 9000)
    # Lengths that differ, so that the directory cannot be packed into one part.
    tiles = [(11, *place, a_picture() + chance.randbytes(chance.randrange(64))) for place in places]
    path = a_pmtiles(tmp_path / "a", {}, tiles)
    with open_package(path) as package:
        assert isinstance(package, pmtiles.PMTiles)
        root, head = package._directories.root, package._head
        assert set(root.runs) == {0}
        assert all(package.tile(11, *place) == data for _, *place, data in tiles)
        empty = next((1000, r) for r in range(900, 1300) if (1000, r) not in places)
        assert package.tile(11, *empty) is None
        assert 4 <= len(package.sample(11, 12)) <= 12
        data = path.read_bytes()[head["root_offset"] :][: head["root_length"]]
        reference = deserialize_directory(data)
        assert root.ids == [entry.tile_id for entry in reference]
        assert root.offsets == [entry.offset for entry in reference]


def test_directories_that_lead_in_a_circle_end(tmp_path: Path) -> None:
    path = a_pmtiles(tmp_path / "a", {}, tiles_of(TOWN, ZOOMS, a_picture()))
    with open_package(path) as package:
        assert isinstance(package, pmtiles.PMTiles)
        circle = Directory([0], [0], [1], [0])
        package._directories.root = circle
        package._directories._leaves[package._head["leaf_directory_offset"]] = circle
        with pytest.raises(MapDamaged, match="circle"):
            package.tile(13, 6382, 3780)
        with pytest.raises(MapDamaged, match="circle"):
            package.has_zoom(13)


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x80", b"\xff" * 90, b"\x02\x01\x01\x01"])
def test_a_damaged_directory_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="directory"):
        directory_of(data)


def test_the_demo_map_covers_its_town_and_names_its_source() -> None:
    with open_package(resource("basemap", "bangkok.mbtiles")) as package:
        assert "OpenStreetMap" in package.facts.attribution
        assert (package.facts.min_zoom, package.facts.max_zoom) == (11, 17)
        assert package.facts.remarks == ()
        west, south, east, north = package.facts.bounds
        assert west < 100.5018 < east
        assert south < 13.7563 < north
        # Ratchadamnoen Avenue near the Democracy Monument, tile by the OSM slippy map formula.
        tile = package.tile(16, 51063, 30239)
        assert tile is not None
        assert tile[8:12] == b"WEBP"


def test_zooms_of_both_formats_begin_where_the_specification_says() -> None:
    assert [zxy_to_tileid(zoom, 0, 0) for zoom in (0, 1, 2)] == [0, 1, 5]
