"""From a key to the toast: a pin is moved on the real map beside the list."""

from collections.abc import Callable
from dataclasses import replace as changed
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.actions.tickets import move_place
from field_app.domain.place import distance_m
from field_app.resources import resource
from field_app.texts import set_language
from field_app.ui.main_window import MainWindow
from field_app.ui.map.map_view import MapView
from field_app.ui.map.pointing import MEASURE, MOVE
from field_app.ui.office import Office
from field_app.ui.places.copy_sheet import CopySheet
from field_app.ui.places.move_sheet import MoveSheet
from field_app.ui.shared.sheet import Sheet
from field_app.ui.tickets.screen import TicketsScreen
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import FakeLaptop
from tests.ui.map_page import WAIT_MS, OnePage, only_chromium_grumbles

pytestmark = only_chromium_grumbles


class Beside:
    """The Today screen beside a real map."""

    def __init__(self, window: MainWindow, qtbot: QtBot, laptop: FakeLaptop) -> None:
        assert window.workplace is not None
        screen = window.workplace.screen_of("today")
        assert isinstance(screen, TicketsScreen)
        self.window, self.screen, self.qtbot, self.laptop = window, screen, qtbot, laptop
        qtbot.waitUntil(lambda: screen.map.map is not None, timeout=WAIT_MS)
        qtbot.waitUntil(lambda: screen.map.map.is_ready, timeout=WAIT_MS)
        self.page = OnePage(screen.map.map, qtbot)
        self.settle()
        self.page.until(lambda state: state["selected"] is not None)

    def settle(self) -> None:
        """Wait until every question was answered."""
        self.qtbot.waitUntil(lambda: self.window.office.background.is_idle)

    def tool(self) -> str:
        """Return the tool that the page has in use."""
        return str(self.page.ask("fieldMapTool.state()").get("tool", ""))

    def until_tool(self, name: str) -> None:
        self.qtbot.waitUntil(lambda: self.tool() == name, timeout=WAIT_MS)

    def press_on_map(self, key: Qt.Key) -> None:
        """Press a key where the focus is after a tool was begun: on the page."""
        inside = self.screen.map.map.web.view.focusProxy()
        QTest.keyClick(inside, key)

    def sheet(self, kind: type[Sheet]) -> Sheet:
        """Return the sheet that opens."""
        self.qtbot.waitUntil(lambda: bool(self.window.findChildren(kind)), timeout=WAIT_MS)
        return self.window.findChildren(kind)[0]


@pytest.fixture
def beside(make_office: Callable[[FakeLaptop], Office], qtbot: QtBot, tmp_path: Path) -> Beside:
    laptop = FakeLaptop()
    office = make_office(laptop)

    def make_map(parent: QWidget) -> MapView:
        tiles = resource("basemap", "bangkok.mbtiles")
        return MapView(tiles, tmp_path / "cache", office.background, parent)

    window = MainWindow(changed(office, make_map=make_map))
    qtbot.addWidget(window, before_close_func=MainWindow.leave)
    window.resize(1366, 768)
    window.show()
    return Beside(window, qtbot, laptop)


@pytest.mark.parametrize("language", ["en", "th"])
def test_a_pin_is_moved_with_keys_alone(beside: Beside, tmp_path: Path, language: str) -> None:
    if language == "th":
        set_language("th")
        beside.screen.map.map.set_language("th")
    detail = beside.screen.detail.detail
    assert detail is not None
    before = detail.ticket.place
    assert before is not None
    QTest.keyClick(beside.screen, Qt.Key.Key_L)
    beside.until_tool(MOVE)
    for _step in range(4):
        beside.press_on_map(Qt.Key.Key_Right)
    beside.press_on_map(Qt.Key.Key_Return)
    sheet = beside.sheet(MoveSheet)
    assert isinstance(sheet, MoveSheet)
    grab(beside.window, shots_folder(tmp_path) / f"moving_{language}.png")
    assert sheet.tags[0].hasFocus()
    QTest.keyClick(sheet.tags[0], Qt.Key.Key_Space)
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    beside.until_tool("")
    beside.settle()
    action, ticket_id, place, _reason = beside.laptop.done[-1]
    assert (action, ticket_id) == (move_place, detail.ticket.id)
    assert place.longitude > before.longitude
    assert 1 < distance_m(place, before) < 500


def test_not_now_leaves_the_pin_on_its_way_and_escape_ends_it(beside: Beside) -> None:
    QTest.keyClick(beside.screen, Qt.Key.Key_L)
    beside.until_tool(MOVE)
    beside.press_on_map(Qt.Key.Key_Up)
    beside.press_on_map(Qt.Key.Key_Return)
    beside.sheet(MoveSheet).close_it()
    assert beside.tool() == MOVE
    beside.press_on_map(Qt.Key.Key_Escape)
    beside.until_tool("")
    assert beside.laptop.done == []


def test_choosing_another_job_lets_the_pin_be(beside: Beside) -> None:
    QTest.keyClick(beside.screen, Qt.Key.Key_L)
    beside.until_tool(MOVE)
    beside.screen.pane.list.step(1)
    beside.until_tool("")


def test_keys_begin_and_end_measuring_also_while_the_map_has_the_focus(beside: Beside) -> None:
    QTest.keyClick(beside.screen, Qt.Key.Key_M)
    beside.until_tool(MEASURE)
    beside.press_on_map(Qt.Key.Key_M)
    beside.until_tool("")


def test_a_point_of_the_map_offers_its_coordinates(beside: Beside) -> None:
    beside.page.ask("document.getElementById('tool-point').click(); 'true'")
    beside.press_on_map(Qt.Key.Key_Return)
    sheet = beside.sheet(CopySheet)
    assert isinstance(sheet, CopySheet)
    assert len(sheet.buttons) == 4
