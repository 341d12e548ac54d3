"""The map in a real web view: pins, choosing from both sides, and nothing from the internet."""

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.resources import resource
from field_app.texts import Language, set_language
from field_app.ui.background import Background
from field_app.ui.map.map_view import MapView
from field_app.ui.map.pins_wire import MANY
from field_app.ui.map.schemes import BY_PROCESSOR, DRAWING, register_schemes
from field_app.ui.map.small_map import SmallMap
from field_app.ui.theme import Theme, load_fonts
from tests.ui.map_page import FAR, NEAR, WAIT_MS, OnePage, only_chromium_grumbles, take_down

pytestmark = only_chromium_grumbles


def test_the_processor_draws_unless_somebody_wants_the_graphics_card(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(DRAWING, raising=False)
    register_schemes()
    assert os.environ[DRAWING] == BY_PROCESSOR

    monkeypatch.setenv(DRAWING, "rhi")
    register_schemes()
    assert os.environ[DRAWING] == "rhi"


def test_the_map_shows_its_pins_and_asks_nobody_outside(shown: OnePage) -> None:
    assert shown.ask("fieldMap.state()")["pins"] == 3
    assert shown.view.web is not None
    assert set(shown.view.web.guard.asked) == {"app", "tiles"}
    assert not shown.view.web.guard.blocked


def test_what_is_dropped_on_the_page_is_left_to_the_widget_that_holds_it(shown: OnePage) -> None:
    assert shown.view.web is not None
    inside = shown.view.web.view
    assert not any(widget.acceptDrops() for widget in (inside, *inside.findChildren(QWidget)))


def test_a_request_to_the_internet_is_blocked_and_recorded(shown: OnePage) -> None:
    assert shown.view.web is not None
    guard = shown.view.web.guard
    shown.ask("fetch('https://tile.example.org/1.png').catch(() => 0); 'true'")
    shown.qtbot.waitUntil(lambda: len(guard.blocked) == 1, timeout=WAIT_MS)
    assert guard.blocked[0] == "https://tile.example.org/1.png"


def test_choosing_in_the_program_brings_the_pin_into_view(shown: OnePage) -> None:
    shown.view.select("far")
    shown.until(lambda state: state["selected"] == "far")
    latitude, longitude = shown.ask("fieldMap.state()")["centre"]
    assert abs(latitude - FAR.latitude) < 0.002
    assert abs(longitude - FAR.longitude) < 0.002
    shown.view.select(None)
    shown.until(lambda state: state["selected"] is None)


def test_clicking_a_pin_tells_the_program_which_ticket(shown: OnePage) -> None:
    shown.view.select("near")
    shown.until(lambda state: state["selected"] == "near")
    shown.view.select(None)
    shown.until(lambda state: state["selected"] is None)
    at = shown.ask("JSON.stringify(fieldMapJobs.pinAt('near'))")
    with shown.qtbot.waitSignal(shown.view.ticket_chosen, timeout=WAIT_MS) as told:
        shown.qtbot.wait(100)
        shown.click(at["x"], at["y"] - 20)
    assert told.args == ["near"]
    shown.until(lambda state: state["selected"] == "near")


def test_clicking_the_ground_tells_the_place(shown: OnePage) -> None:
    at = shown.ask("JSON.stringify(fieldMapJobs.pinAt('near'))")
    with shown.qtbot.waitSignal(shown.view.place_chosen, timeout=WAIT_MS) as told:
        shown.click(at["x"], at["y"] + 60)
    latitude, longitude = told.args
    assert latitude < NEAR.latitude
    assert longitude == pytest.approx(NEAR.longitude, abs=0.0005)


def test_choosing_the_same_ticket_again_does_not_move_the_map(shown: OnePage) -> None:
    shown.view.select("far")
    shown.until(lambda state: state["selected"] == "far")
    shown.ask("document.getElementById('to-all').click(); 'true'")
    shown.until(lambda state: state["zoom"] < 16)
    shown.view.select("far")
    shown.view.show_pins((NEAR,))
    shown.until(lambda state: state["pins"] == 1)
    assert shown.ask("fieldMap.state()")["zoom"] < 16


def test_changed_pins_reach_the_page(shown: OnePage) -> None:
    shown.view.select("near")
    shown.view.show_pins((replace(NEAR, status="finished"), replace(NEAR, ticket_id="new")))
    shown.until(lambda state: state["pins"] == 2)
    body = "document.querySelector('.pin.is-selected svg path[fill^=\"#\"]').getAttribute('fill')"
    assert shown.ask(f"JSON.stringify({body})") == "#17774A"


def test_very_many_changes_are_read_anew(shown: OnePage) -> None:
    shown.view.show_pins(
        replace(NEAR, ticket_id=f"n{n}", latitude=13.73 + n * 1e-5) for n in range(MANY + 100)
    )
    shown.until(lambda state: state["pins"] == MANY + 100)


def test_language_and_theme_change_at_once(shown: OnePage) -> None:
    assert shown.ask("fieldMap.state()")["note"].startswith("Map: ")
    set_language("th")
    shown.view.set_language("th")
    shown.view.set_theme("dark")
    shown.until(lambda state: state["theme"] == "dark")
    state = shown.ask("fieldMap.state()")
    assert state["note"].startswith("แผนที่ ")
    assert "© OpenStreetMap" in state["note"]


def test_every_control_can_be_reached_by_keyboard_and_has_44_pixels(shown: OnePage) -> None:
    shown.view.show_position(13.7567, 100.5018, 25.0)
    shown.qtbot.waitUntil(
        lambda: shown.ask("String(!document.getElementById('to-me').hidden)"), timeout=WAIT_MS
    )
    controls = shown.ask(
        "JSON.stringify([...document.querySelectorAll('.controls button')].map("
        "b => [b.offsetWidth, b.offsetHeight, b.tabIndex, b.getAttribute('aria-label')]))"
    )
    assert [c[:3] for c in controls] == [[44, 44, 0]] * 8
    assert [c[3] for c in controls] == [
        "Measure a distance",
        "Coordinates of a point",
        "Zoom in",
        "Zoom out",
        "Show all jobs",
        "Go to my position",
        "Maps of this computer",
        "What the signs mean",
    ]


def test_without_a_map_file_the_pins_are_still_shown(qtbot: QtBot, tmp_path: Path) -> None:
    background = Background()
    view = MapView(None, tmp_path, background)
    view.resize(400, 400)
    view.show_pins((NEAR,))
    with qtbot.waitSignal(view.ready, timeout=WAIT_MS):
        view.show()
    state = OnePage(view, qtbot).ask("fieldMap.state()")
    assert state["pins"] == 1
    assert state["note"].startswith("There is no map file. Jobs are shown without streets. IT ")
    take_down(view, qtbot)
    background.close()


@pytest.mark.parametrize(
    ("spoken", "note"),
    [
        ("en", "The map file is damaged. Jobs are shown without streets."),
        ("th", "ไฟล์แผนที่เสียหาย จึงแสดงงานโดยไม่มีถนน"),
    ],
)
@pytest.mark.logs_warnings
def test_a_damaged_map_file_is_called_damaged(
    qtbot: QtBot, tmp_path: Path, spoken: Language, note: str
) -> None:
    set_language(spoken)
    damaged = tmp_path / "damaged.mbtiles"
    damaged.write_bytes(b"SQLite format 3\0" + b"rubbish" * 200)
    background = Background()
    view = MapView(damaged, tmp_path, background)
    qtbot.addWidget(view)
    assert json.loads(view._map_json())["look"]["words"]["note"] == note
    view.shut_down()
    background.close()


@pytest.mark.logs_warnings
def test_without_a_web_engine_the_widget_says_so_and_the_program_goes_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "field_app.ui.map.web_map", None)
    background = Background()
    view = MapView(None, tmp_path, background)
    qtbot.addWidget(view)
    view.show()
    qtbot.waitUntil(
        lambda: "cannot be shown" in view._seat.instead.sentence.text(), timeout=WAIT_MS
    )
    assert view._seat.instead.again.isVisible()
    view.shut_down()
    background.close()


def test_the_small_map_paints_streets_and_the_pin_in_its_status_colour(
    qtbot: QtBot, tmp_path: Path
) -> None:
    background = Background()
    theme = Theme()
    load_fonts()
    small = SmallMap(resource("basemap", "bangkok.mbtiles"), background, theme)
    qtbot.addWidget(small)
    small.resize(340, 164)
    small.show_pin(NEAR)
    small.show()
    qtbot.waitUntil(lambda: background.is_idle, timeout=WAIT_MS)
    picture = small.grab().toImage()
    assert picture.pixelColor(158, 57).name() == "#184a94"
    assert len({picture.pixel(x, 20) for x in range(0, 340, 4)}) > 5
    background.close()


def test_a_small_map_without_a_readable_file_still_shows_the_pin(
    qtbot: QtBot, tmp_path: Path
) -> None:
    background = Background()
    small = SmallMap(tmp_path / "none.mbtiles", background, Theme())
    qtbot.addWidget(small)
    small.resize(340, 164)
    small.show_pin(NEAR)
    small.show()
    qtbot.waitUntil(lambda: background.is_idle, timeout=WAIT_MS)
    assert small.toolTip() == "The map file cannot be read."
    background.close()
