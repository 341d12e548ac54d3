"""Start the windows: Qt, the look, the app, the main window, and the end of it all."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from field_app.actions.position import keep_measured
from field_app.domain.changes import Changes
from field_app.domain.clock import Clock, HonestClock
from field_app.domain.errors import FieldAppError
from field_app.domain.position import Position
from field_app.sync.status import SyncStatus
from field_app.texts import Language, _, set_language
from field_app.ui.account.sealing_window import SealingWindow, Unfinished
from field_app.ui.background import Background
from field_app.ui.bus import Bus
from field_app.ui.excepthook import ExceptHook
from field_app.ui.language import remembered_language
from field_app.ui.main_window import MainWindow
from field_app.ui.office import Laptop, Office
from field_app.ui.position.whereabouts import Whereabouts
from field_app.ui.settings.sheet import PERCENT_KEY, remembered_percent
from field_app.ui.theme import Theme
from field_app.ui.tray.volumes import plugged_in
from field_app.ui.tray.watch import FindPlugged

NETWORK_MS: Final = 1_000
"""The list of last time and the first round come before the system's news of the network."""


class OpenLaptop(Laptop, Protocol):
    """A laptop that can be closed."""

    def close(self) -> None:
        """Stop sync and let the folder go."""
        ...


OpenApp = Callable[[Callable[[Changes], None], Callable[[SyncStatus], None]], OpenLaptop]
"""Opens the app, given what is told of changes and what is told of sync."""


SWITCH_S = 0.0005
"""So long a busy thread keeps Python when the window wants it, a tenth of what is usual. Laying out
calls into Python hundreds of times a frame, and waits each time while a photo is looked at."""


def make_application(arguments: list[str] | None = None) -> QApplication:
    """Return the QApplication, with the map's schemes made known before it."""
    from field_app.ui.map.schemes import register_schemes  # noqa: PLC0415 - only windows need it

    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    register_schemes()
    sys.setswitchinterval(SWITCH_S)
    app = QApplication(arguments if arguments is not None else sys.argv[:1])
    app.setApplicationName("field-app")
    app.setDesktopFileName("field-app")
    return app


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A running program with its window."""

    window: MainWindow
    app: OpenLaptop
    office: Office

    def close(self) -> None:
        """Close the window, then the app."""
        if self.office.whereabouts is not None:
            self.office.whereabouts.leave()
        self.window.leave()
        self.app.close()


def open_window(  # noqa: PLR0913 - what a computer has beside the app
    open_app: OpenApp,
    data_dir: Path,
    clock: Clock,
    *,
    tiles: Path | None = None,
    has_map: bool = True,
    language: Language | None = None,
    find_plugged: FindPlugged | None = None,
) -> Opened:
    """Open the app and its window; `make_application` comes before, `exec` after.

    Args:
        open_app: Opens the app.
        data_dir: Where the app keeps everything; window and language are remembered there too.
        clock: The present.
        tiles: The base map's MBTiles file; None for a map on plain ground.
        has_map: Whether there is a map at all.
        language: To speak instead of the remembered one; None for that one.
        find_plugged: Finds phones and cards; None looks for none.

    Raises:
        FieldAppError: The app cannot be opened.
    """
    settings, theme = _look(data_dir, language)
    bus = Bus()
    hook = ExceptHook(theme, bus)
    hook.failed.connect(bus.failed)
    hook.install()
    background = Background(bus)
    app = open_app(bus.tell, bus.tell_status)

    def make_map(parent: QWidget) -> QWidget:
        from field_app.maps.shelf import FOLDER, Shelf  # noqa: PLC0415 - after the window is shown
        from field_app.ui.map.map_view import MapView  # noqa: PLC0415 - as above

        shelf = Shelf(data_dir / FOLDER)
        return MapView(tiles, data_dir / "cache", background, parent, shelf)

    def make_small_map(parent: QWidget) -> QWidget:
        from field_app.maps.shelf import FOLDER, Shelf  # noqa: PLC0415 - as above
        from field_app.ui.map.small_map import SmallMap  # noqa: PLC0415 - as above

        return SmallMap(tiles, background, theme, parent, Shelf(data_dir / FOLDER))

    def keep(position: Position) -> None:
        background.run(app.do, keep_measured, position, failed=_do_without)

    shown = HonestClock(clock)
    office = Office(
        app=app,
        bus=bus,
        background=background,
        theme=theme,
        clock=shown,
        settings=settings,
        data_dir=data_dir,
        make_map=make_map if has_map else None,
        make_small_map=make_small_map if tiles is not None else None,
        find_plugged=find_plugged,
        tiles=tiles,
        whereabouts=Whereabouts(settings, bus, shown, keep),
    )
    return Opened(window=MainWindow(office), app=app, office=office)


def _look(data_dir: Path, language: Language | None) -> tuple[QSettings, Theme]:
    """Return the window's settings and its look, in the language that is spoken."""
    data_dir.mkdir(parents=True, exist_ok=True)
    settings = QSettings(str(data_dir / "window.ini"), QSettings.Format.IniFormat)
    set_language(language or remembered_language(settings))
    theme = Theme("light", remembered_percent(settings.value(PERCENT_KEY)))
    theme.apply()
    return settings, theme


def run(
    open_app: OpenApp,
    data_dir: Path,
    clock: Clock,
    *,
    tiles: Path | None = None,
    language: Language | None = None,
    unfinished: Unfinished | None = None,
) -> int:
    """Show the window until it is closed; return the exit code.

    Args:
        open_app: Opens the app.
        data_dir: As in `open_window`; so are clock, tiles and language.
        clock: The present.
        tiles: The base map.
        language: To speak.
        unfinished: What is left to do before the app opens; None for nothing.

    Raises:
        FieldAppError: The app cannot be opened.
    """
    qt = make_application()
    try:
        if unfinished is not None and unfinished.person_name:
            _settings, theme = _look(data_dir, language)
            if not SealingWindow(theme, unfinished).finish():
                return 0
        opened = open_window(
            open_app,
            data_dir,
            clock,
            tiles=tiles,
            language=language,
            find_plugged=plugged_in,
        )
    except FieldAppError as failure:
        _say_why_not(failure)
        raise
    opened.window.show()
    QTimer.singleShot(NETWORK_MS, opened.window, partial(_watch_network, opened))
    if opened.office.whereabouts is not None:
        QTimer.singleShot(NETWORK_MS, opened.office.whereabouts.begin)
    code = qt.exec()
    opened.close()
    return code


def _watch_network(opened: Opened) -> None:
    """Let the system say when the network becomes another one, where it can."""
    from field_app.ui.network import NetworkWatch, SystemNetwork  # noqa: PLC0415 - after the list

    news = SystemNetwork.found(opened.window)
    if news is not None:
        NetworkWatch(news, opened.app, opened.office.bus, opened.window)


def _do_without(_failure: FieldAppError) -> None:
    """Keep no position: the next one comes by itself, and nobody is interrupted for it."""


def _say_why_not(failure: FieldAppError) -> None:
    """Show why there is no window: whoever clicked on an icon reads no command line."""
    box = QMessageBox(QMessageBox.Icon.Warning, _("Field App"), _(failure.title))
    box.setInformativeText(_(failure.hint))
    box.setDetailedText(failure.detail)
    box.addButton(_("Close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
