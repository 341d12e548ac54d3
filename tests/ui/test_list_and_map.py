"""List and map are one: what the list shows is on the map or told beside it, never left out."""

from collections.abc import Callable, Iterable
from dataclasses import replace as changed
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from field_app.maps.pins import Pin
from field_app.ui.language import choose_language
from field_app.ui.main_window import MainWindow
from field_app.ui.office import Office
from field_app.ui.tickets.placeless import PlacelessSheet
from field_app.ui.tickets.screen import TicketsScreen
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import DAY, FakeLaptop, a_row

GULF = {"latitude": 10.0, "longitude": 101.9}
NOWHERE = {"latitude": None, "longitude": None}


class PaperJourney:
    """Where somebody goes; nothing of it is drawn."""

    def show_position(self, _place: object) -> None: ...

    def show_route(self, *_route: object) -> None: ...


class PaperMap(QWidget):
    """A map that only remembers what it was told."""

    ticket_chosen = Signal(str)
    place_chosen = Signal(float, float)
    maps_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pins: tuple[Pin, ...] = ()
        self.selected: str | None = None
        self.is_ready = True
        self.journey = PaperJourney()

    def show_pins(self, pins: Iterable[Pin]) -> None:
        self.pins = tuple(pins)

    def select(self, ticket_id: str | None) -> None:
        self.selected = ticket_id

    def show_position(self, *_place: float) -> None: ...

    def set_theme(self, _name: str) -> None: ...

    def set_language(self, _language: str) -> None: ...


class Desk:
    """The Today screen beside a paper map."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.window = MainWindow(changed(office, make_map=PaperMap))
        self._qtbot = qtbot
        qtbot.addWidget(self.window, before_close_func=MainWindow.leave)
        self.window.resize(1366, 768)
        self.window.show()
        assert self.window.workplace is not None
        screen = self.window.workplace.screen_of("today")
        assert isinstance(screen, TicketsScreen)
        self.screen = screen
        qtbot.waitUntil(lambda: screen.map.map is not None)
        self.settle()

    def settle(self) -> None:
        """Wait until list and map have what they asked for."""
        self._qtbot.waitUntil(
            lambda: self.window.office.background.is_idle and not self.screen._pins_calm.isActive()
        )

    @property
    def map(self) -> PaperMap:
        assert isinstance(self.screen.map.map, PaperMap)
        return self.screen.map.map


OpenDesk = Callable[[FakeLaptop], Desk]


@pytest.fixture
def open_desk(make_office: Callable[[FakeLaptop], Office], qtbot: QtBot) -> OpenDesk:
    return lambda laptop: Desk(make_office(laptop), qtbot)


def test_what_the_list_shows_is_what_the_map_shows(open_desk: OpenDesk) -> None:
    desk = open_desk(FakeLaptop())
    assert {pin.ticket_id for pin in desk.map.pins} == {row.id for row in DAY}
    desk.screen.search("หลุมลึก")
    desk.settle()
    assert [pin.title for pin in desk.map.pins] == [DAY[0].title]


def test_choosing_on_either_side_chooses_on_the_other(open_desk: OpenDesk) -> None:
    desk = open_desk(FakeLaptop())
    desk.map.ticket_chosen.emit(DAY[2].id)
    assert desk.screen.pane.list.chosen == DAY[2].id
    desk.screen.pane.list.choose(DAY[3].id)
    assert desk.map.selected == DAY[3].id


@pytest.mark.parametrize("speech", ["en", "th"])
def test_jobs_without_a_place_are_told_below_the_map_and_opened_from_there(
    open_desk: OpenDesk, tmp_path: Path, speech: str
) -> None:
    lost = (a_row(8, **NOWHERE), a_row(9, title="น้ำท่วม", **GULF))
    desk = open_desk(FakeLaptop(rows=(*DAY, *lost)))
    choose_language("th" if speech == "th" else "en", desk.window.office.settings)
    assert {pin.ticket_id for pin in desk.map.pins} == {row.id for row in DAY}
    bar = desk.screen.map.placeless
    words = {"en": "2 jobs without a place on the map", "th": "2 งานไม่มีจุดบนแผนที่"}
    assert bar.button.text() == words[speech]
    grab(desk.window, shots_folder(tmp_path) / f"map-placeless-bar-{speech}.png")
    bar.button.click()
    (sheet,) = desk.window.findChildren(PlacelessSheet)
    grab(desk.window, shots_folder(tmp_path) / f"map-placeless-sheet-{speech}.png")
    row = sheet.list.tickets.ticket(sheet.list.tickets.index(1))
    assert row is not None
    assert "10.0000, 101.9000" in row.place_line
    QTest.keyClick(sheet.list, Qt.Key.Key_Down)
    QTest.keyClick(sheet.list, Qt.Key.Key_Return)
    assert desk.screen.pane.list.chosen == lost[1].id


def test_nothing_is_told_below_the_map_while_every_job_is_on_it(open_desk: OpenDesk) -> None:
    desk = open_desk(FakeLaptop())
    assert desk.screen.map.placeless.isHidden()
    desk.screen.map.tell_placeless()
    assert not desk.window.findChildren(PlacelessSheet)
