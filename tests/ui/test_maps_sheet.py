"""The maps of this computer: opened from a stick, dropped on the map, fetched and removed."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from field_app.actions import basemaps as actions
from field_app.domain.basemap import Basemap
from field_app.domain.changes import Changes
from field_app.domain.errors import Refused
from field_app.maps.shelf import Shelf
from field_app.maps.tiles import Bounds
from field_app.queries.basemaps import AreaMap, AreaMaps, MapStanding, area_maps
from field_app.texts import set_language
from field_app.ui.background import Job
from field_app.ui.basemaps.map_keeper import MapKeeper
from field_app.ui.basemaps.maps_sheet import MapsSheet
from field_app.ui.office import Office
from field_app.ui.shared.labels import ThaiLabel
from tests.helpers.map_packages import TOWN, a_picture, an_mbtiles, said_of_a_town, tiles_of
from tests.helpers.shots import shots_folder
from tests.ui.conftest import MakeOffice
from tests.ui.laptop import FakeLaptop

KHON_KAEN = (102.78, 16.38, 102.90, 16.48)
AT_HUB = Basemap(
    name="จังหวัด",
    attribution="© OpenStreetMap contributors",
    media_type="image/png",
    bounds=TOWN,
    min_zoom=8,
    max_zoom=15,
    sha256="ab" * 32,
    kind="pmtiles",
    size_bytes=410_000_000,
    added_at=datetime(2026, 11, 20, tzinfo=UTC),
)
OFFERED = AreaMap(
    sha256=AT_HUB.sha256,
    basemap=AT_HUB,
    name=AT_HUB.name,
    max_zoom=AT_HUB.max_zoom,
    path=Path("none"),
    standing=MapStanding.OFFERED,
    held_bytes=0,
)


class MapLaptop(FakeLaptop):
    """A laptop with a true shelf, and a hub that offers one map."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.shelf = Shelf(folder)
        self.of_hub: tuple[AreaMap, ...] = (OFFERED,)
        self.tell: Callable[[Changes], None] = lambda _changes: None
        self.may_copy = threading.Event()
        self.may_copy.set()

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        if query is not area_maps:
            return super().see(query, *args)
        here = tuple(
            AreaMap(
                sha256=shelved.sha256,
                basemap=None,
                name=shelved.facts.name,
                max_zoom=shelved.facts.max_zoom,
                path=shelved.path,
                standing=MapStanding.HERE,
                held_bytes=shelved.facts.size_bytes,
            )
            for shelved in self.shelf.maps()
        )
        return AreaMaps(maps=(*self.of_hub, *here), free_bytes=12_000_000_000, is_resting=False)

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        self.done.append((action, *args))
        changes = Changes(maps=True)
        if action is actions.bring:
            assert self.may_copy.wait(10)
            shelved = self.shelf.add(*args)
            self.tell(changes)
            return actions.Brought(shelved=shelved, changes=changes)
        if action is actions.remove:
            self.shelf.remove(args[0])
        elif action is actions.want:
            self.of_hub = (replace(OFFERED, standing=MapStanding.COMING, held_bytes=102_500_000),)
        elif action is actions.stop:
            self.of_hub = (OFFERED,)
        self.tell(changes)
        return changes


class Panel(QWidget):
    """A map that only counts how often it was told of other maps."""

    maps_wished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.reopened = 0
        self.left: list[str] = []

    def reopen_maps(self) -> None:
        self.reopened += 1

    def leave_map(self, sha256: str) -> None:
        self.left.append(sha256)

    def area(self) -> Bounds:
        return TOWN


class Table:
    """A window with a map panel, and the sheet over it."""

    def __init__(self, office: Office, laptop: MapLaptop, qtbot: QtBot) -> None:
        self.office, self.laptop, self._qtbot = office, laptop, qtbot
        laptop.tell = office.bus.tell
        self.window = QMainWindow()
        self.panel = Panel(self.window)
        self.window.setCentralWidget(self.panel)
        self.keeper = MapKeeper(office, self.panel)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 768)
        self.window.show()

    @property
    def sheet(self) -> MapsSheet:
        assert self.keeper.sheet is not None
        return self.keeper.sheet

    def opens(self) -> MapsSheet:
        self.panel.maps_wished.emit()
        self.settle()
        return self.sheet

    def settle(self) -> None:
        """Wait until everything was answered and laid out."""
        self._qtbot.waitUntil(self._is_settled, timeout=10_000)

    def _is_settled(self) -> bool:
        sheet = self.keeper.sheet
        rows = [] if sheet is None else sheet.rows
        buttons = [row.button for row in rows]
        return self.office.background.is_idle and all(
            button.isVisible() and button.width() >= button.sizeHint().width() for button in buttons
        )

    def said(self) -> str:
        labels = self.sheet.findChildren(ThaiLabel)
        return " ".join(label.text() for label in labels if label.isVisible())

    def drops(self, path: Path) -> bool:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        copy = Qt.DropAction.CopyAction
        enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, data, buttons, none)
        enter.ignore()
        QApplication.sendEvent(self.panel, enter)
        drop = QDropEvent(QPointF(9, 9), copy, data, buttons, none)
        drop.ignore()
        QApplication.sendEvent(self.panel, drop)
        assert enter.isAccepted() == drop.isAccepted()
        return drop.isAccepted()


@pytest.fixture
def table(make_office: MakeOffice, qtbot: QtBot, tmp_path: Path) -> Table:
    laptop = MapLaptop(tmp_path / "data" / "basemaps")
    return Table(make_office(laptop), laptop, qtbot)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A map file on a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    tiles = tiles_of(TOWN, (12, 13), a_picture())
    return an_mbtiles(folder / "town.mbtiles", said_of_a_town("png"), tiles)


def test_maps_of_the_hub_are_offered_and_a_file_can_be_opened(table: Table) -> None:
    sheet = table.opens()
    assert sheet.open_file.hasFocus()
    assert "จังหวัด" in table.said()
    assert "The hub has it · to zoom level 15 · 410.0 MB" in table.said()
    assert "Room for maps on this computer: 12.0 GB" in table.said()


def test_a_map_of_the_hub_is_fetched_and_can_be_stopped(table: Table) -> None:
    sheet = table.opens()
    sheet.rows[0].button.click()
    table.settle()
    assert table.laptop.done == [(actions.want, AT_HUB.sha256)]
    assert "Coming from the hub, 25% done" in table.said()
    sheet.rows[0].button.click()
    table.settle()
    assert table.laptop.done[-1] == (actions.stop, AT_HUB.sha256)
    assert "The hub has it" in table.said()


def test_a_file_is_chosen_copied_and_drawn(
    table: Table, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = table.opens()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(stick), ""))
    sheet.open_file.click()
    assert sheet.is_copying
    assert sheet.bar.isVisible()
    table.settle()
    assert sheet.banner.words == "เมืองตัวอย่าง is on this computer."
    assert "On this computer · to zoom level 13" in table.said()
    assert table.panel.reopened == 1
    assert stick.exists()


def test_a_file_may_be_dropped_on_the_map_and_nothing_else(table: Table, stick: Path) -> None:
    assert not table.drops(stick.with_name("photo.jpg"))
    assert table.drops(stick)
    table.settle()
    assert "is on this computer" in table.sheet.banner.words
    assert table.panel.reopened == 1


def test_a_map_of_another_city_is_taken_and_told(table: Table, stick: Path) -> None:
    tiles = tiles_of(KHON_KAEN, (12,), a_picture())
    far = an_mbtiles(stick.with_name("far.mbtiles"), said_of_a_town("png", KHON_KAEN), tiles)
    table.keeper.open_map(far)
    table.settle()
    assert "none of your jobs lies on it" in table.sheet.banner.words
    assert len(table.laptop.shelf.paths()) == 1


def test_a_file_that_is_no_map_is_refused_in_words(table: Table, stick: Path) -> None:
    stick.write_bytes(b"photos")
    table.keeper.open_map(stick)
    table.settle()
    assert table.sheet.banner.words.startswith("This file is no map that the program can draw.")
    assert table.laptop.shelf.paths() == ()
    assert table.sheet.open_file.isVisible()


def test_copying_can_be_cancelled_with_escape(table: Table, stick: Path) -> None:
    table.laptop.may_copy.clear()
    table.keeper.open_map(stick)
    QTest.keyClick(table.sheet, Qt.Key.Key_Escape)
    table.laptop.may_copy.set()
    table.settle()
    assert table.sheet.banner.words.startswith("Copying the map was stopped.")
    assert table.laptop.shelf.paths() == ()


def test_something_else_that_fails_meanwhile_leaves_the_copy_and_its_cancel(
    table: Table, stick: Path
) -> None:
    table.laptop.may_copy.clear()
    table.keeper.open_map(stick)
    table.sheet.show_failure(Refused("the hub hands out no such map"))
    assert table.sheet.is_copying
    table.sheet.done.click()
    table.laptop.may_copy.set()
    table.settle()
    assert table.sheet.banner.words.startswith("Copying the map was stopped.")
    assert table.laptop.shelf.paths() == ()


def test_a_window_that_closes_ends_the_copying(
    table: Table, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = Job.cancel

    def cancels(job: Job) -> None:
        cancel(job)
        table.laptop.may_copy.set()

    monkeypatch.setattr(Job, "cancel", cancels)
    table.laptop.may_copy.clear()
    table.keeper.open_map(stick)
    table.office.background.close()
    assert table.laptop.shelf.paths() == ()


def test_a_map_is_removed_after_a_second_word_and_its_file_is_let_go_first(
    table: Table, stick: Path
) -> None:
    table.keeper.open_map(stick)
    table.settle()
    (path,) = table.laptop.shelf.paths()
    sheet = table.sheet
    sheet.rows[-1].button.click()
    assert sheet.banner.words.startswith("Remove เมืองตัวอย่าง?")
    assert path.exists()
    keep, remove = sheet.banner._buttons
    keep.click()
    assert sheet.banner.words == ""
    sheet.rows[-1].button.click()
    _keep, remove = sheet.banner._buttons
    remove.click()
    table.settle()
    assert table.panel.left == [path.stem]
    assert not path.exists()


@pytest.mark.parametrize(("spoken", "percent"), [("en", 100), ("th", 100), ("th", 150)])
def test_the_sheet_fits_in_both_languages_and_with_large_text(
    table: Table, stick: Path, tmp_path: Path, spoken: Any, percent: int
) -> None:
    set_language(spoken)
    table.office.theme.set_percent(percent)
    tiles = tiles_of(KHON_KAEN, (12,), a_picture())
    said = {"format": "jpg", "bounds": ",".join(map(str, KHON_KAEN)), "name": "ขอนแก่น"}
    table.keeper.open_map(an_mbtiles(stick.with_name("far.mbtiles"), said, tiles))
    table.settle()
    sheet = table.sheet
    folder = shots_folder(tmp_path)
    table.window.grab().save(str(folder / f"maps-sheet-{spoken}-{percent}.png"))
    inside = sheet._panel.rect()
    assert inside.height() <= table.window.height()
    for button in (sheet.open_file, sheet.done, *(row.button for row in sheet.rows)):
        assert button.width() >= button.sizeHint().width()
        assert button.height() >= 44
    seen = sheet.area.viewport()
    for row in sheet.rows:
        edge = row.button.mapTo(seen, row.button.rect().topRight())
        assert edge.x() < seen.width() - 8
