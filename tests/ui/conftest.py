"""What the windows' tests share: one look, an office over a fake laptop, a window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from field_app.domain.clock import HonestClock
from field_app.resources import resource
from field_app.texts import set_language
from field_app.ui.background import Background
from field_app.ui.bus import Bus
from field_app.ui.main_window import MainWindow
from field_app.ui.map.map_view import MapView
from field_app.ui.map.schemes import register_schemes
from field_app.ui.office import Office
from field_app.ui.theme import Theme
from tests.ui.laptop import FakeLaptop, StoppedClock
from tests.ui.map_page import FAR, LATE, NEAR, WAIT_MS, OnePage, take_down

register_schemes()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100 %, worn by the application."""
    made = Theme()
    made.apply()
    yield made
    made.set_percent(100)


@pytest.fixture
def thai() -> None:
    """Speak Thai, as most crews do."""
    set_language("th")


MakeOffice = Callable[[FakeLaptop], Office]


@pytest.fixture
def make_office(theme: Theme, tmp_path: Path, qtbot: QtBot) -> Iterator[MakeOffice]:
    """Makes an office over a fake laptop; its back room is closed at the end."""
    opened: list[Background] = []

    def make(laptop: FakeLaptop) -> Office:
        background = Background()
        opened.append(background)
        return Office(
            app=laptop,
            bus=Bus(),
            background=background,
            theme=theme,
            clock=HonestClock(StoppedClock()),
            settings=QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat),
            data_dir=tmp_path,
        )

    yield make
    for background in opened:
        background.close()


MakeWindow = Callable[[FakeLaptop], MainWindow]


@pytest.fixture
def make_window(make_office: MakeOffice, qtbot: QtBot) -> Iterator[MakeWindow]:
    """Makes and shows the main window over a fake laptop, and waits until it has its list."""
    windows: list[MainWindow] = []  # qtbot itself keeps no window alive

    def make(laptop: FakeLaptop) -> MainWindow:
        window = MainWindow(make_office(laptop))
        windows.append(window)
        qtbot.addWidget(window, before_close_func=MainWindow.leave)
        window.show()
        qtbot.waitUntil(lambda: window.office.background.is_idle)
        return window

    yield make
    windows.clear()


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[OnePage]:
    """A map with three jobs, drawn."""
    background = Background()
    view = MapView(resource("basemap", "bangkok.mbtiles"), tmp_path, background)
    view.resize(506, 712)
    view.show_pins((NEAR, FAR, LATE))
    with qtbot.waitSignal(view.ready, timeout=WAIT_MS):
        view.show()
    yield OnePage(view, qtbot)
    take_down(view, qtbot)
    background.close()
