"""List and map are one: what the list shows is on the map or told beside it, never left out."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from field_app.maps.pins import Pin
from field_app.maps.sight import Sight
from field_app.ui.language import choose_language
from field_app.ui.main_window import MainWindow
from field_app.ui.office import Office
from field_app.ui.shortcut_sheet import map_shortcuts
from field_app.ui.tickets.map_holder import MapHolder
from field_app.ui.tickets.map_keys import DEEDS, join_list_and_map
from field_app.ui.tickets.placeless import PlacelessSheet
from field_app.ui.tickets.screen import TicketsScreen
from field_app.ui.tickets.seen_filter import SeenFilter
from tests.helpers.shots import grab, shots_folder
from tests.ui.laptop import CHIEF, DAY, MEMBER, FakeLaptop, a_row

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
    sight_changed = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.pins: tuple[Pin, ...] = ()
        self.selected: str | None = None
        self.is_ready = True
        self.journey = PaperJourney()
        self.has_heat = False
        self.percent = 0
        self.deeds: list[str] = []

    def show_pins(self, pins: Iterable[Pin]) -> None:
        self.pins = tuple(pins)

    def select(self, ticket_id: str | None) -> None:
        self.selected = ticket_id

    def act(self, deed: str) -> None:
        self.deeds.append(deed)

    def offer_heat(self) -> None:
        self.has_heat = True

    def show_position(self, *_place: float) -> None: ...

    def set_theme(self, _name: str, percent: int) -> None:
        self.percent = percent

    def set_language(self, _language: str) -> None: ...


class Desk:
    """The Today screen beside a paper map."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.window = MainWindow(replace(office, make_map=PaperMap))
        self._qtbot = qtbot
        qtbot.addWidget(self.window, before_close_func=MainWindow.leave)
        self.window.resize(1366, 768)
        self.window.show()
        assert self.window.workplace is not None
        screen = self.window.workplace.screen_of(self.window.workplace.screen_key)
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


SIGHT = Sight(
    latitude=13.7535, longitude=100.5, zoom=17, west=100.49, south=13.753, east=100.51,
    north=13.7545, is_heat=False, has_legend=False,
)  # fmt: skip
"""Shows the third and the fourth job of the day."""


def listed(desk: Desk) -> list[str]:
    """Return the ids in the list."""
    model = desk.screen.pane.list.tickets
    rows = [model.ticket(model.index(place)) for place in range(model.rowCount())]
    return [row.id for row in rows if row is not None]


@pytest.mark.parametrize("letter", ["v", "อ"])
def test_the_list_can_show_only_what_the_map_shows(open_desk: OpenDesk, letter: str) -> None:
    desk = open_desk(FakeLaptop())
    desk.map.sight_changed.emit(SIGHT)
    press(desk.screen.pane.list, letter)
    assert sorted(listed(desk)) == sorted([DAY[2].id, DAY[3].id])
    assert desk.screen.pane.seen.button.text() == f"Only what the map shows: 2 of {len(DAY)}"
    assert len(desk.map.pins) == len(DAY)
    desk.map.sight_changed.emit(replace(SIGHT, north=13.7535))
    assert listed(desk) == [DAY[2].id]
    desk.screen.pane.seen.button.click()
    assert len(listed(desk)) == len(DAY)
    assert desk.screen.pane.seen.isHidden()


def test_a_map_beside_all_jobs_leaves_the_list_empty_and_says_why(open_desk: OpenDesk) -> None:
    desk = open_desk(FakeLaptop())
    desk.map.sight_changed.emit(replace(SIGHT, south=14.0, north=14.1))
    desk.screen.pane.seen.toggle()
    assert "No job is where the map is now" in desk.screen.pane.empty.words
    assert desk.screen.pane.stack.currentWidget() is desk.screen.pane.empty
    desk.screen.pane.empty.findChildren(QPushButton)[0].click()
    assert len(listed(desk)) == len(DAY)


def test_before_the_map_says_what_it_shows_the_list_stays_whole(open_desk: OpenDesk) -> None:
    desk = open_desk(FakeLaptop())
    desk.screen.pane.seen.toggle()
    assert len(listed(desk)) == len(DAY)


def test_every_deed_on_the_map_has_a_key_that_works_while_the_list_has_the_focus(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk(FakeLaptop())
    for letter in ("+", "=", "ช", "-", "ข", "0", "จ", ".", "ใ", ",", "ม", "i", "ร", "h"):
        press(desk.screen.pane.list, letter)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
        QTest.keyClick(desk.screen.pane.list, key, control)
    assert desk.map.deeds == [
        *["zoom_in"] * 3, *["zoom_out"] * 2, *["all"] * 2, *["next"] * 2, *["previous"] * 2,
        *["legend"] * 2, "north", "south", "west", "east",
    ]  # fmt: skip


def test_only_supervisors_have_the_heat_view(
    make_office: Callable[[FakeLaptop], Office], qtbot: QtBot
) -> None:
    maps = []
    for person in (MEMBER, CHIEF):
        laptop = FakeLaptop()
        laptop.person = person
        office = replace(make_office(laptop), make_map=PaperMap)
        holder = MapHolder(office)
        qtbot.addWidget(holder)
        join_list_and_map(holder, holder, SeenFilter(office.theme, holder))
        holder.load()
        with qtbot.waitActive(holder):
            holder.show()
            holder.activateWindow()
        press(holder, "h")
        press(holder, "้")
        maps.append((holder.map.has_heat, holder.map.deeds))
    assert maps == [(False, []), (True, ["heat", "heat"])]


def test_the_line_below_a_narrow_map_says_less_and_keeps_the_number(
    open_desk: OpenDesk,
) -> None:
    desk = open_desk(FakeLaptop(rows=(*DAY, a_row(8, **NOWHERE))))
    button = desk.screen.map.placeless.button
    texts = []
    for wide in (400, 220, 70):
        button.setFixedWidth(wide)
        button.resize(wide, button.height())
        texts.append(button.text())
    assert texts == ["1 job without a place on the map", "1 not on the map", "1"]
    assert button.accessibleName() == button.toolTip() == "1 job without a place on the map"


def test_the_map_follows_the_size_of_the_text(open_desk: OpenDesk) -> None:
    desk = open_desk(FakeLaptop())
    assert desk.map.percent == 100
    desk.window.office.theme.set_percent(150)
    assert desk.map.percent == 150


def test_the_shortcut_sheet_names_the_keys_of_the_map_and_no_other() -> None:
    named = {key for keys, _words in map_shortcuts(is_supervisor=True) for key in keys.split()}
    arrows = {"Ctrl", "↑", "↓", "←", "→"}
    plain = {keys for keys in DEEDS if not keys.startswith("Ctrl+")}
    assert named == arrows | plain - {"="} | {"H", "P", "V", "M", "C", "L", "S"}
    assert "H" not in {keys for keys, _words in map_shortcuts(is_supervisor=False)}


def press(widget: QWidget, letter: str) -> None:
    """Press the key that sends this letter, Latin or Thai."""
    modifier, repeats = Qt.KeyboardModifier.NoModifier, False
    for is_down in (True, False):
        QTest.simulateEvent(widget, is_down, ord(letter.upper()), modifier, letter, repeats)
