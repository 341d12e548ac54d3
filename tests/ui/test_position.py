"""My position: what is measured reaches everybody, what cannot be is left, and people choose."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from field_app.domain.place import Place
from field_app.domain.position import Position, PositionSource
from field_app.queries.position import last_position
from field_app.texts import Language, set_language
from field_app.ui.bus import Bus
from field_app.ui.main_window import MainWindow
from field_app.ui.office import Office
from field_app.ui.position.sheet import PositionSheet
from field_app.ui.position.sources import (
    ADDRESS_KEY,
    WAY_KEY,
    Fix,
    PositionWay,
    Trouble,
    Wanted,
    remember,
    remembered,
)
from field_app.ui.position.whereabouts import Reception, Whereabouts
from field_app.ui.position.words import position_words, reception_words
from field_app.ui.settings.sheet import SettingsSheet
from field_app.ui.theme import PERCENTS
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeOffice
from tests.ui.laptop import NOW
from tests.ui.route_laptop import HALL, RouteLaptop, off
from tests.ui.test_shell import cut_texts

MEASURED = replace(HALL, accuracy_m=8.0)


class PaintedSource(QObject):
    """Measures what a test says."""

    fixed = Signal(object)
    heard = Signal()
    failed = Signal(object)

    def __init__(self, wanted: Wanted, parent: QObject) -> None:
        super().__init__(parent)
        self.wanted = wanted
        self.is_on = False

    def start(self) -> None:
        self.is_on = True

    def stop(self) -> None:
        self.is_on = False

    def wait(self) -> None: ...


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def passes(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


class Truck:
    """A computer in a truck, with a receiver of paint."""

    def __init__(self, folder: Path, way: PositionWay = PositionWay.SYSTEM) -> None:
        self.settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self.settings.setValue(WAY_KEY, way.value)
        self.bus, self.clock = Bus(), Clock()
        self.sources: list[PaintedSource] = []
        self.kept: list[Position] = []
        self.told: list[Position] = []
        self.bus.position_changed.connect(self.told.append)
        self.whereabouts = Whereabouts(
            self.settings, self.bus, self.clock, self.kept.append, make=self.make
        )

    def make(self, wanted: Wanted, parent: QObject, /) -> PaintedSource:
        self.sources.append(PaintedSource(wanted, parent))
        return self.sources[-1]

    def is_at(self, place: Place, seconds: float = 1.0, heading: float | None = None) -> None:
        self.clock.passes(seconds)
        self.sources[-1].fixed.emit(Fix(place=place, heading_deg=heading))


@pytest.fixture
def truck(tmp_path: Path, qtbot: QtBot) -> Iterator[Truck]:
    made = Truck(tmp_path)
    made.whereabouts.begin()
    yield made
    made.whereabouts.leave()


def test_at_first_nothing_is_measured(tmp_path: Path, qtbot: QtBot) -> None:
    truck = Truck(tmp_path, PositionWay.OFF)
    truck.whereabouts.begin()
    assert truck.sources == []
    assert truck.whereabouts.reception is Reception.OFF
    assert remembered(QSettings(str(tmp_path / "new.ini"), QSettings.Format.IniFormat)).way == "off"


def test_a_measured_place_is_told_with_source_time_and_heading(truck: Truck) -> None:
    truck.is_at(MEASURED, heading=90.0)
    assert truck.bus.position == Position(
        place=MEASURED, source=PositionSource.SYSTEM, at=truck.clock.at, heading_deg=90.0
    )
    assert truck.whereabouts.reception is Reception.FIXED
    assert truck.kept == truck.told


def test_nowhere_and_jumps_are_not_told(truck: Truck) -> None:
    truck.is_at(Place(latitude=0.0, longitude=0.0))
    assert truck.whereabouts.reception is Reception.NO_FIX
    truck.is_at(MEASURED)
    truck.is_at(off(90_000, 0))
    truck.is_at(MEASURED)
    assert [position.place for position in truck.told] == [MEASURED, MEASURED]


def test_what_is_told_every_second_is_written_down_seldom(truck: Truck) -> None:
    for second in range(40):
        truck.is_at(off(second * 15.0, 0))
    assert len(truck.told) == 40
    assert len(truck.kept) == 2


def test_a_lost_receiver_is_looked_for_again(truck: Truck, qtbot: QtBot) -> None:
    truck.sources[0].failed.emit(Trouble.CLOSED)
    assert not truck.sources[0].is_on
    assert "Tried again" in reception_words(truck.whereabouts)
    truck.whereabouts._again.setInterval(1)
    truck.whereabouts._again.start()
    qtbot.waitUntil(lambda: len(truck.sources) == 2)
    assert truck.sources[1].is_on
    truck.is_at(MEASURED)
    assert reception_words(truck.whereabouts) == "Your position is measured"


def test_a_source_that_is_not_there_is_not_asked_again(truck: Truck) -> None:
    truck.sources[0].failed.emit(Trouble.MISSING)
    assert truck.whereabouts.reception is Reception.LOST
    assert not truck.whereabouts._again.isActive()


def test_a_library_that_is_missing_costs_the_source_only(tmp_path: Path, qtbot: QtBot) -> None:
    def fail(_wanted: Wanted, _parent: QObject, /) -> PaintedSource:
        raise ImportError("libnothing.so.1")

    truck = Truck(tmp_path)
    where = Whereabouts(truck.settings, truck.bus, truck.clock, truck.kept.append, make=fail)
    where.begin()
    assert where.trouble is Trouble.MISSING


def test_a_receiver_that_falls_silent_is_said_to_look_for_satellites(truck: Truck) -> None:
    truck.is_at(MEASURED)
    truck.whereabouts._silence.timeout.emit()
    assert truck.whereabouts.reception is Reception.NO_FIX


def test_closing_lets_the_device_go(truck: Truck) -> None:
    source = truck.sources[0]
    truck.whereabouts.shut_down()
    assert not source.is_on
    assert not truck.whereabouts._again.isActive()


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("192.168.43.1:11123", ("192.168.43.1", 11123)),
        (" gps.local : 5000", None),
        ("gps.local:5000", ("gps.local", 5000)),
        ("[::1]:80", ("::1", 80)),
        ("nowhere", None),
        ("a:0", None),
        ("a:99999", None),
        (":11123", None),
    ],
)
def test_an_address_is_a_host_and_a_port(address: str, parts: tuple[str, int] | None) -> None:
    wanted = Wanted(way=PositionWay.NETWORK, address=address)
    assert wanted.host_and_port == parts
    assert wanted.is_complete is (parts is not None)


def test_what_was_chosen_is_remembered_unless_it_makes_no_sense(tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    wanted = Wanted(way=PositionWay.SERIAL, port="ttyUSB0", speed=4800)
    remember(settings, wanted)
    assert remembered(settings) == wanted
    settings.setValue(WAY_KEY, "network")
    settings.setValue(ADDRESS_KEY, "nonsense")
    assert remembered(settings).way is PositionWay.OFF
    settings.setValue(WAY_KEY, "by magic")
    assert remembered(settings).way is PositionWay.OFF


def test_an_old_position_is_told_with_its_age() -> None:
    said = Position(place=HALL, source=PositionSource.SAID, at=NOW)
    assert position_words(said, NOW) == "You said so · 10:41"
    later = NOW + timedelta(hours=1, minutes=29)
    assert position_words(said, later) == "You said so · 10:41 · 1 h 29 min ago"
    measured = replace(said, place=MEASURED, source=PositionSource.RECEIVER)
    assert position_words(measured, NOW) == "GPS receiver · ±8 m · 10:41"
    unknown = replace(said, at=None)
    assert position_words(unknown, NOW) == "You said so · nobody knows when"


class Sheets:
    """A window with a truck's whereabouts, and its settings."""

    def __init__(self, make_office: MakeOffice, folder: Path, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.laptop = RouteLaptop(folder)
        self.truck = Truck(folder, PositionWay.OFF)
        made = make_office(self.laptop)
        self.office: Office = replace(made, whereabouts=self.truck.whereabouts)
        self.window = MainWindow(self.office)
        qtbot.addWidget(self.window, before_close_func=MainWindow.leave)
        self.window.resize(1366, 768)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: self.office.background.is_idle)

    def opens(self) -> PositionSheet:
        """Go by the settings, as a person does."""
        assert self.window.workplace is not None
        self.window.workplace.go_to("settings")
        self.window.findChildren(SettingsSheet)[0].position.click()
        self.settle()
        return self.window.findChildren(PositionSheet)[0]


@pytest.fixture
def sheets(make_office: MakeOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Sheets]:
    made = Sheets(make_office, tmp_path, qtbot)
    yield made
    made.truck.whereabouts.leave()


def press(sheet: PositionSheet, way: PositionWay) -> None:
    sheet.ways._buttons[way.value].click()


def test_the_settings_lead_to_my_position(sheets: Sheets) -> None:
    sheet = sheets.opens()
    assert "not known yet" in sheet.now_line.text()
    assert sheet.ways.selected == "off"
    assert not sheet.port_box.isVisible()
    assert not sheet.photo_button.isVisible()


def test_choosing_a_source_takes_effect_at_once(sheets: Sheets) -> None:
    sheet = sheets.opens()
    press(sheet, PositionWay.SYSTEM)
    assert [source.wanted.way for source in sheets.truck.sources] == [PositionWay.SYSTEM]
    assert sheet.reception.text() == "Nothing heard yet"
    sheets.office.bus.tell_position(Position(place=MEASURED, source=PositionSource.SYSTEM, at=NOW))
    assert sheet.now_line.text() == "This computer's location · ±8 m · 10:41"
    press(sheet, PositionWay.OFF)
    assert not sheets.truck.sources[0].is_on


def test_an_address_is_taken_when_it_is_one(sheets: Sheets) -> None:
    sheet = sheets.opens()
    press(sheet, PositionWay.NETWORK)
    assert sheet.address.isVisible()
    assert "192.168.43.1:11123" in sheet.reception.text()
    assert sheets.truck.sources == []
    sheet.address.input.setText("nonsense")
    sheet.address.input.editingFinished.emit()
    assert sheet.address.input.property("bad") == "true"
    sheet.address.input.setText("10.0.0.7:5000")
    sheet.done.click()
    assert [source.wanted.host_and_port for source in sheets.truck.sources] == [("10.0.0.7", 5000)]


def test_a_port_and_its_speed_are_chosen(sheets: Sheets) -> None:
    sheet = sheets.opens()
    press(sheet, PositionWay.SERIAL)
    sheet.port.setText("ttyTEST9")
    sheet.speeds._buttons["4800"].click()
    wanted = sheets.truck.sources[-1].wanted
    assert (wanted.port, wanted.speed) == ("ttyTEST9", 4800)


def test_the_ports_that_are_there_are_offered(
    sheets: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("field_app.ui.position.sheet._port_names", lambda: ("COM4", "COM1"))
    sheet = sheets.opens()
    press(sheet, PositionWay.SERIAL)
    assert sheets.truck.sources[-1].wanted.port == "COM4"
    next(b for b in sheet.findChildren(QPushButton) if b.text() == "COM1").click()
    assert sheets.truck.sources[-1].wanted.port == "COM1"


@pytest.mark.parametrize("percent", [100, PERCENTS[-1]])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_sheet_in_both_languages(
    sheets: Sheets,
    language: Language,
    percent: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_language(language)
    sheets.office.theme.set_percent(percent)
    with sheets.laptop.desk() as desk:
        assert last_position(desk) is None
    monkeypatch.setattr("field_app.ui.position.sheet._port_names", lambda: ("COM4", "COM1"))
    sheet = sheets.opens()
    press(sheet, PositionWay.SERIAL)
    sheets.office.bus.tell_position(
        Position(place=MEASURED, source=PositionSource.RECEIVER, at=NOW - timedelta(hours=2))
    )
    sheet._show_photo(Position(place=MEASURED, source=PositionSource.PHOTO, at=NOW))
    picture = shots_folder(tmp_path) / f"position-{language}-{percent}.png"
    assert grab(sheets.window, picture).is_file()
    panel = sheet._panel.geometry()
    assert sheets.window.rect().contains(panel)
    sheets.window.resize(1280, 640)
    sheets.settle()
    assert sheets.window.rect().contains(sheet._panel.geometry())
    assert cut_texts(sheet) == []
