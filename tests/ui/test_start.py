"""Starting the windows when the app cannot be opened."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from field_app.domain.errors import DiskFull
from field_app.texts import Language, set_language
from field_app.ui.account.sealing_window import SealingWindow
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.start import OpenLaptop, run
from field_app.ui.theme import Theme
from tests.helpers.builders import FakeClock
from tests.helpers.shots import grab, shots_folder


def test_whoever_starts_it_with_a_full_disk_reads_why_there_is_no_window(
    qtbot: QtBot, tmp_path: Path
) -> None:
    read: list[str] = []

    def full(_tell: object, _tell_status: object) -> OpenLaptop:
        raise DiskFull("no room on the device")

    def read_and_close() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            read.extend((box.text(), box.informativeText()))
            box.accept()

    look = QTimer()
    look.timeout.connect(read_and_close)
    look.start(20)
    with pytest.raises(DiskFull):
        run(full, tmp_path, FakeClock(), language="th")
    look.stop()

    assert read[0] == "ที่เก็บข้อมูลในเครื่องเต็ม"
    assert "เพิ่มที่ว่าง" in read[1]


class Sealing:
    """Work that is left of a farewell: goes on until it is let go or broken off."""

    person_name = "วิภา"

    def __init__(self) -> None:
        self.go = threading.Event()
        self.is_broken_off = False

    def go_on(self, tell: Callable[[int, int], object], /) -> bool:
        tell(42, 100)
        assert self.go.wait(15)
        return not self.is_broken_off

    def break_off(self) -> None:
        self.is_broken_off = True
        self.go.set()


@pytest.fixture
def quickly_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("field_app.ui.account.sealing_window.SHOWN_AFTER_MS", 0)


def seen(deed: Callable[[SealingWindow], object]) -> QTimer:
    """Do something with the window once it is seen and says how far it is."""
    look = QTimer()

    def act() -> None:
        for window in QApplication.topLevelWidgets():
            if not isinstance(window, SealingWindow) or not window.isVisible():
                continue
            if "42" in window.share.text():
                look.stop()
                deed(window)

    look.timeout.connect(act)
    look.start(20)
    return look


@pytest.mark.usefixtures("quickly_shown", "qtbot")
@pytest.mark.parametrize("spoken", ["th", "en"])
@pytest.mark.parametrize("percent", [100, 150])
def test_what_is_left_of_a_farewell_is_sealed_behind_a_window_before_the_app_opens(
    theme: Theme, tmp_path: Path, spoken: Language, percent: int
) -> None:
    set_language(spoken)
    theme.set_percent(percent)
    work, said, cut = Sealing(), list[str](), list[str]()

    def look_and_go(window: SealingWindow) -> None:
        said.append(window.share.text())
        labels = window.findChildren(ThaiLabel)
        cut.extend(
            each.text() for each in labels if each.height() < each.heightForWidth(each.width())
        )
        name = f"sealing-{spoken}-{percent}.png"
        grab(window, shots_folder(tmp_path) / name, window.size())
        work.go.set()

    look = seen(look_and_go)
    assert SealingWindow(theme, work).finish()
    look.stop()
    assert said[0].startswith({"th": "เสร็จ", "en": "42%"}[spoken])
    assert cut == []


@pytest.mark.usefixtures("quickly_shown", "qtbot")
def test_closing_that_window_breaks_off_and_opens_nothing(tmp_path: Path) -> None:
    work = Sealing()

    def never(_tell: object, _tell_status: object) -> OpenLaptop:
        raise AssertionError("the app must not open over work that is half sealed")

    look = seen(lambda window: window.later.click())
    assert run(never, tmp_path, FakeClock(), language="en", unfinished=work) == 0
    look.stop()
    assert work.is_broken_off


def test_what_cannot_be_sealed_lets_the_app_open_and_say_why(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = Sealing()

    def fail(_tell: object) -> bool:
        raise DiskFull("no room")

    monkeypatch.setattr(work, "go_on", fail)
    assert SealingWindow(theme, work).finish()
