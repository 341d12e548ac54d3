"""What lies below the jobs: vector maps in the theme's colours, several maps, or none at all."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pmtiles.tile import TileType
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from field_app.maps.shelf import Shelf
from field_app.texts import set_language
from field_app.ui.background import Background
from field_app.ui.map.map_view import MapView
from field_app.ui.map.small_map import SmallMap
from field_app.ui.theme import Theme, ThemeName, load_fonts, tokens
from tests.helpers.map_packages import (
    TOWN,
    a_picture,
    a_pmtiles,
    a_vector_tile,
    an_mbtiles,
    said_of_a_town,
    tiles_of,
)
from tests.ui.map_page import NEAR, WAIT_MS, OnePage, only_chromium_grumbles, take_down

pytestmark = only_chromium_grumbles

ShowMap = Callable[..., OnePage]
GREEN = (20, 120, 40)
LEFT = "POLYGON ((0 0, 1600 0, 1600 4096, 0 4096, 0 0))"
RIGHT = "POLYGON ((2600 0, 4096 0, 4096 4096, 2600 4096, 2600 0))"
SHORE = (3191 + 1600 / 4096) / 4096 * 360 - 180
"""Degrees east where the water of LEFT ends, in the column of tiles of level 12 in the town."""
ACROSS = "LINESTRING (0 2048, 4096 2048)"
DOWN = "LINESTRING (2100 0, 2100 4096)"
MIDDLE = "POINT (3300 1000)"
SCHEMAS: dict[str, dict[str, list[tuple[str, dict[str, Any]]]]] = {
    "mapbox": {
        "water": [(LEFT, {})],
        "landuse": [(RIGHT, {"class": "park"})],
        "road": [(ACROSS, {"class": "primary"}), (DOWN, {"class": "motorway"})],
        "road_label": [(ACROSS, {"class": "primary", "name": "ถนนราชดำเนิน"})],
        "place_label": [(MIDDLE, {"type": "town", "name": "บางรัก", "name_en": "Bang Rak"})],
    },
    "openmaptiles": {
        "water": [(LEFT, {"class": "river"})],
        "landcover": [(RIGHT, {"class": "grass"})],
        "transportation": [(ACROSS, {"class": "primary"}), (DOWN, {"class": "motorway"})],
        "transportation_name": [(ACROSS, {"class": "primary", "name": "ถนนราชดำเนิน"})],
        "place": [(MIDDLE, {"class": "town", "name": "บางรัก", "name:en": "Bang Rak"})],
    },
    "protomaps": {
        "water": [(LEFT, {"kind": "water"})],
        "landuse": [(RIGHT, {"kind": "park"})],
        "roads": [
            (ACROSS, {"kind": "major_road", "kind_detail": "primary", "name": "ถนนราชดำเนิน"}),
            (DOWN, {"kind": "highway", "kind_detail": "motorway"}),
        ],
        "places": [(MIDDLE, {"kind": "locality", "kind_detail": "town", "name": "บางรัก"})],
    },
}


def vector_map(path: Path, schema: str = "mapbox", zoom: int = 12) -> Path:
    """A package of one zoom level: water in the west, a park in the east, two roads, two names."""
    tiles = tiles_of(TOWN, (zoom,), a_vector_tile(SCHEMAS[schema]))
    return a_pmtiles(path, said_of_a_town("pbf"), tiles, kind=TileType.MVT)


@pytest.fixture
def show_map(qtbot: QtBot, tmp_path: Path) -> Iterator[ShowMap]:
    background = Background()
    views: list[MapView] = []
    load_fonts()

    def show(
        tiles: Path | None, *, theme: ThemeName = "light", shelf: Shelf | None = None
    ) -> OnePage:
        view = MapView(tiles, tmp_path / "cache", background, shelf=shelf)
        view.resize(500, 420)
        view.set_theme(theme)
        with qtbot.waitSignal(view.ready, timeout=WAIT_MS):
            view.show()
        views.append(view)
        return OnePage(view, qtbot)

    yield show
    for view in views:
        take_down(view, qtbot)
    background.close()


def colours_of(page: OnePage) -> set[str]:
    """Return the colours that make up at least a thousandth of the picture."""
    assert page.view.web is not None
    image = page.view.web.view.grab().toImage()
    counts: dict[int, int] = {}
    for x in range(0, image.width(), 2):
        for y in range(0, image.height(), 2):
            pixel = image.pixel(x, y)
            counts[pixel] = counts.get(pixel, 0) + 1
    least = sum(counts.values()) / 1000
    return {QColor(pixel).name() for pixel, count in counts.items() if count >= least}


def until_drawn(page: OnePage, *wanted: str) -> None:
    """Wait until the picture has all these colours."""
    asked = {colour.lower() for colour in wanted}
    page.qtbot.waitUntil(lambda: asked <= colours_of(page), timeout=WAIT_MS)


@pytest.mark.parametrize("theme", ["light", "dark", "sunlight"])
def test_a_vector_map_shows_water_roads_and_parks_in_the_colours_of_the_theme(
    show_map: ShowMap, tmp_path: Path, theme: ThemeName
) -> None:
    page = show_map(vector_map(tmp_path / "town"), theme=theme)
    inks = tokens()["themes"][theme]
    until_drawn(page, *(inks[name] for name in ("mapWater", "mapPark", "mapLand", "mapHwy")))
    assert page.view.web is not None
    assert set(page.view.web.guard.asked) == {"app", "tiles"}
    assert not page.view.web.guard.blocked


@pytest.mark.parametrize("schema", SCHEMAS)
def test_the_layers_of_all_common_schemas_are_known(
    show_map: ShowMap, tmp_path: Path, schema: str
) -> None:
    page = show_map(vector_map(tmp_path / "town", schema))
    inks = tokens()["themes"]["light"]
    until_drawn(page, *(inks[name] for name in ("mapWater", "mapPark", "mapRoad", "mapHwy")))
    features = page.ask(
        "JSON.stringify([...fieldMapVector.adapt(new Map([['place', [{geomType: 1, props:"
        " {class: 'city', name: 'Bangkok', 'name:th': 'กรุงเทพฯ', 'name:en': 'Bangkok'}}]]]))"
        ".get('place-city')[0].props.both.split('\\n')])"
    )
    assert features == ["กรุงเทพฯ", "Bangkok"]


def test_a_vector_map_is_drawn_far_beyond_its_last_level(show_map: ShowMap, tmp_path: Path) -> None:
    page = show_map(vector_map(tmp_path / "town"))
    water, land = (tokens()["themes"]["light"][name] for name in ("mapWater", "mapLand"))
    # The shore: where the tile's water ends, at 1600 of its 4096 units.
    page.ask(f"fieldMapGround.lookAt(13.75, {SHORE}, 18); 'true'")
    page.until(lambda state: state["zoom"] == 18 and not state["isDrawing"])
    until_drawn(page, water, land)


def test_a_theme_is_worn_at_once_without_reading_tiles_again(
    show_map: ShowMap, tmp_path: Path
) -> None:
    page = show_map(vector_map(tmp_path / "town"))
    until_drawn(page, tokens()["themes"]["light"]["mapWater"])
    page.until(lambda state: not state["isDrawing"])
    assert page.view.web is not None
    asked = page.view.web.guard.asked["tiles"]
    page.view.set_theme("dark")
    until_drawn(page, tokens()["themes"]["dark"]["mapWater"])
    assert page.view.web.guard.asked["tiles"] == asked


def test_the_smaller_map_lies_on_the_larger_one(show_map: ShowMap, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    province = (100.0, 13.4, 101.0, 14.1)
    tiles = tiles_of(province, (11,), a_vector_tile(SCHEMAS["mapbox"]))
    large = a_pmtiles(
        tmp_path / "province",
        said_of_a_town("pbf", name="Province"),
        tiles,
        kind=TileType.MVT,
        bounds=province,
    )
    middle = (100.51, 13.74, 100.53, 13.76)
    small = an_mbtiles(
        tmp_path / "town",
        said_of_a_town("png", middle, name="Town"),
        tiles_of(middle, (15,), a_picture(GREEN)),
    )
    for path in (large, small):
        shelf.add(path, lambda _done, _whole: True)
    page = show_map(None, shelf=shelf)
    page.ask("fieldMapGround.lookAt(13.75, 100.52, 13); 'true'")
    until_drawn(page, QColor(*GREEN).name(), tokens()["themes"]["light"]["mapLand"])
    page.until(lambda state: "Town" in state["note"] and "Province" in state["note"])
    page.ask("fieldMapGround.lookAt(13.6, 100.2, 13); 'true'")
    page.until(lambda state: "Town" not in state["note"] and "Province" in state["note"])


def test_the_line_on_the_map_names_the_day_of_its_data(show_map: ShowMap, tmp_path: Path) -> None:
    said = said_of_a_town("png", name="Town", timestamp="2026-11-12T00:00:00Z")
    town = an_mbtiles(tmp_path / "town", said, tiles_of(TOWN, (12,), a_picture(GREEN)))
    page = show_map(town)
    page.until(lambda state: state["note"] == "Map: Town 12 Nov 2026 · © OpenStreetMap")
    set_language("th")
    page.view.set_language("th")
    page.until(lambda state: state["note"] == "แผนที่ Town 12 พ.ย. 2569 · © OpenStreetMap")


def test_where_no_map_reaches_that_is_said(show_map: ShowMap, tmp_path: Path) -> None:
    page = show_map(vector_map(tmp_path / "town"))
    page.ask("fieldMapGround.lookAt(16.43, 102.83, 14); 'true'")
    page.until(lambda state: state["note"] == "No map reaches here.")


def test_without_any_map_degrees_are_drawn_and_said_who_can_add_one(show_map: ShowMap) -> None:
    set_language("th")
    page = show_map(None)
    page.ask("fieldMapGround.lookAt(13.75, 100.5, 14); 'true'")
    page.qtbot.waitUntil(lambda: len(colours_of(page)) > 3, timeout=WAIT_MS)
    state = page.ask("fieldMap.state()")
    assert state["grounds"] == 0
    assert "field-app hub basemap add" in state["note"]
    degrees = page.ask("JSON.stringify(fieldMapGround.degreesAt(13.75, 100.5, 14))")
    assert degrees == ["13.74° เหนือ", "100.50° ตะวันออก"]


def test_a_map_that_is_added_while_the_page_is_open_is_drawn(
    show_map: ShowMap, tmp_path: Path
) -> None:
    shelf = Shelf(tmp_path / "shelf")
    page = show_map(None, shelf=shelf)
    page.view.show_pins((NEAR,))
    page.until(lambda state: state["grounds"] == 0)
    added = shelf.add(vector_map(tmp_path / "town"), lambda _done, _whole: True)
    page.view.reopen_maps()
    page.until(lambda state: state["grounds"] == 1)
    until_drawn(page, tokens()["themes"]["light"]["mapWater"])
    shelf.remove(added.sha256)
    page.view.reopen_maps()
    page.until(lambda state: state["grounds"] == 0)


def test_the_small_map_paints_vector_maps_of_the_shelf_too(qtbot: QtBot, tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "shelf")
    shelf.add(vector_map(tmp_path / "town"), lambda _done, _whole: True)
    background = Background()
    load_fonts()
    small = SmallMap(None, background, Theme(), shelf=shelf)
    qtbot.addWidget(small)
    small.resize(340, 164)
    # West of the motorway of its tile, where the way across meets the water's edge.
    small.show_pin(replace(NEAR, latitude=13.7520, longitude=100.5018))
    small.show()
    qtbot.waitUntil(lambda: background.is_idle, timeout=WAIT_MS)
    assert small._ground is not None
    image = small._ground.image
    found = {image.pixelColor(x, y).name() for x in range(340) for y in range(164)}
    inks = tokens()["themes"]["light"]
    assert {inks["mapLand"].lower()} < found
    assert found & {inks[name].lower() for name in ("mapWater", "mapPark", "mapHwy", "mapRoad")}
    background.close()
