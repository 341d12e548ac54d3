"""The director: waits for the real window, clicks as a person would, and takes pictures."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import ClassVar, Final

from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from field_app.domain.errors import FieldAppError
from field_app.texts import language, mark
from field_app.texts.catalogue import LANGUAGES
from field_app.ui.language import choose_language
from field_app.ui.start import Opened

LOOK_AGAIN_MS: Final = 20
PATIENCE_S: Final = 30.0
SETTLING_MS: Final = 250
"""Time for a repaint, the map's included, before a picture."""


class DayStuck(FieldAppError):
    """Something that the day waits for did not happen."""

    title: ClassVar[str] = mark("The demo day did not go on.")
    hint: ClassVar[str] = mark("Nothing of yours was touched. The details say what was waited for.")


class Director:
    """Plays one window after the other."""

    def __init__(self, out: Path) -> None:
        """Put the numbered pictures into `out`, a folder that is there."""
        self._out = out
        self._count = 0
        self._started = time.monotonic()
        self.pictures: list[str] = []
        """File names, in the order taken."""
        self.seconds: dict[str, float] = {}
        """Step → seconds since the start at which it was reached."""

    def wait_for(
        self, what: str, is_so: Callable[[], object], patience_s: float = PATIENCE_S
    ) -> None:
        """Let the window work until something is so.

        Raises:
            DayStuck: It did not become so in time.
        """
        loop = QEventLoop()
        look = QTimer()
        look.setInterval(LOOK_AGAIN_MS)
        look.timeout.connect(lambda: loop.quit() if is_so() else None)
        end = QTimer()
        end.setSingleShot(True)
        end.timeout.connect(lambda: loop.exit(1))
        look.start()
        end.start(round(patience_s * 1000))
        if not is_so() and loop.exec() != 0:
            raise DayStuck(f"waited {patience_s:.0f} s in vain: {what}")

    def settle(self, milliseconds: int = SETTLING_MS) -> None:
        """Let the window work for a moment."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def picture(self, opened: Opened, step: str) -> None:
        """Take the step's picture in each language; the language stays as it was."""
        self._count += 1
        self.seconds[step] = round(time.monotonic() - self._started, 2)
        before = language()
        for spoken in LANGUAGES:
            choose_language(spoken, opened.office.settings)
            self.settle()
            name = f"{self._count:02}-{step}-{spoken}.png"
            if not opened.window.grab().save(str(self._out / name)):
                raise DayStuck(f"the picture {name} could not be written")
            self.pictures.append(name)
        choose_language(before, opened.office.settings)

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._started


def press(widget: QWidget, key: Qt.Key) -> None:
    """Press and release a key in a widget."""
    for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier))


def drop_file(widget: QWidget, path: Path) -> None:
    """Drag a file from outside onto a widget and let it go."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QDragEnterEvent(middle, copy, mime, left, none))
    QApplication.sendEvent(widget, QDropEvent(QPointF(middle), copy, mime, left, none))
