"""Drops photos into a job in the real window and says what it took, as JSON.

python -m build_scripts.benchmarks.photo_window PHOTO DATA_DIR COUNT
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Final

from PySide6.QtCore import QEvent, QEventLoop, QMimeData, QObject, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from build_scripts.benchmarks.opened_window import pss_bytes
from field_app.actions import tickets
from field_app.app import App
from field_app.domain.clock import SystemClock
from field_app.domain.photo import PhotoRole
from field_app.queries.tickets import Scope, TicketFilter, list_tickets
from field_app.ui import start
from field_app.ui.photos.photo_place import PhotoPlace
from field_app.ui.resolve.screen import WorkScreen

FRAME_MS: Final = 16
"""60 frames a second are wanted."""
LONG_MS: Final = 50.0
ALONE: Final = 6
"""So many photos are dropped one by one first; the first one loads libraries and is not counted."""
STARTED_S: Final = 4.0
PATIENCE_S: Final = 240.0
MB: Final = 1_000_000
MS: Final = 1_000


class _Frames:
    """A dot that is painted as often as it can be, and knows when."""

    def __init__(self, window: QWidget) -> None:
        dot = QWidget(window)
        dot.setFixedSize(2, 2)
        self._painted = _Painted(dot)
        self._timer = QTimer(dot, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(dot.update)
        self._timer.start(FRAME_MS)
        dot.show()

    def since(self, begun: float) -> list[float]:
        """Return the pauses between frames from a moment on, milliseconds."""
        times = [begun, *(at for at in self._painted.times if at >= begun)]
        return [(late - early) * MS for early, late in pairwise(times)]


class _Painted(QObject):
    """Knows when a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times: list[float] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember the moment."""
        if event.type() is QEvent.Type.Paint:
            self.times.append(time.perf_counter())
        return False


class _Window:
    """The window with a job in it."""

    def __init__(self, qt: QApplication, opened: start.Opened, app: App) -> None:
        self._qt = qt
        workplace = opened.window.workplace
        if workplace is None:
            raise LookupError("nobody is signed in")
        begun = time.perf_counter()
        self.until(lambda: time.perf_counter() > begun + STARTED_S)
        row = app.see(list_tickets, TicketFilter(scope=Scope.ALL)).rows[0]
        app.do(tickets.start, row.id)
        workplace.go_to("work", row.id)
        screen = workplace.screen_of("work")
        if not isinstance(screen, WorkScreen):
            raise TypeError("the work screen is another one")
        self._bulk = screen.photos.bulk
        self.slot: PhotoPlace = screen.view.evidence.slots[PhotoRole.AFTER]
        self.until(lambda: self.slot.may_change)
        self.frames = _Frames(opened.window)

    def until(self, is_so: Callable[[], bool]) -> None:
        """Let the window live until something is so."""
        limit = time.perf_counter() + PATIENCE_S
        flags = QEventLoop.ProcessEventsFlag
        while not is_so():
            if time.perf_counter() > limit:
                raise TimeoutError("the photos do not get on")
            self._qt.processEvents(flags.AllEvents | flags.WaitForMoreEvents)

    def drop(self, paths: list[Path]) -> float:
        """Drop files on the slot as a person does; return the moment."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        begun = time.perf_counter()
        none = Qt.KeyboardModifier.NoModifier
        copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        self.slot.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
        return begun

    def seen_and_kept(self, path: Path) -> tuple[float, float]:
        """Return the milliseconds from a drop until its picture is seen, and until it is kept."""
        painted, count = _Painted(self.slot.saving), len(self.slot.cards)
        begun = self.drop([path])
        self.until(lambda: len(self.slot.cards) > count and not self._bulk.is_busy)
        kept = time.perf_counter()
        self.slot.saving.removeEventFilter(painted)
        return (painted.times[0] - begun) * MS, (kept - begun) * MS

    def pauses(self, paths: list[Path]) -> list[float]:
        """Return the pauses between frames while many photos are taken in."""
        count = len(self.slot.cards) + len(paths)
        begun = self.drop(paths)
        self.until(lambda: len(self.slot.cards) >= count and not self._bulk.is_busy)
        return self.frames.since(begun)

    def idle(self, seconds: float) -> list[float]:
        """Return the pauses between frames while nothing is done."""
        begun = time.perf_counter()
        self.until(lambda: time.perf_counter() > begun + seconds)
        return self.frames.since(begun)


def copies_of(photo: Path, folder: Path, count: int) -> list[Path]:
    """Return so many photos with the same picture and other bytes behind its end."""
    data = photo.read_bytes()
    paths = [folder / f"IMG_{number:04}.jpg" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(data + number.to_bytes(2, "little"))
    return paths


def look(photo: Path, data_dir: Path, count: int) -> dict[str, float]:
    """Drop a few photos one by one, then many at once."""
    clock, qt = SystemClock(), start.make_application(["field-app"])
    apps: list[App] = []

    def open_app(*tell: Callable[..., None]) -> App:
        apps.append(App.open(data_dir, *tell, clock))
        return apps[0]

    opened = start.open_window(open_app, data_dir, clock, has_map=False)
    opened.window.show()
    window = _Window(qt, opened, apps[0])
    with tempfile.TemporaryDirectory() as folder:
        paths = copies_of(photo, Path(folder), ALONE + count)
        alone = [window.seen_and_kept(path) for path in paths[:ALONE]][1:]
        idle = window.idle(3.0)
        before, begun = pss_bytes(os.getpid()), time.perf_counter()
        pauses = window.pauses(paths[ALONE:])
        seconds = time.perf_counter() - begun
    figures = {
        "seen": median(seen for seen, _kept in alone),
        "seen_worst": max(seen for seen, _kept in alone),
        "kept": median(kept for _seen, kept in alone),
        "each": seconds / count * MS,
        "idle": max(idle),
        "frame": max(pauses),
        "long": sum(pause > LONG_MS for pause in pauses),
        "memory": (pss_bytes(os.getpid()) - before) / MB,
    }
    opened.close()
    return figures


def main() -> None:
    """Do what the command line says and print the figures."""
    print(json.dumps(look(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))


if __name__ == "__main__":
    main()
