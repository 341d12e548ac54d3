"""Notices within seconds when a phone or card is plugged in or pulled out."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from field_app.photos.plugged import Plugged
from field_app.ui.background import Background

EVERY_MS: Final = 4_000
"""Between one look and the next; a look lists a few folder names."""
FindPlugged = Callable[[], tuple[Plugged, ...]]
"""Returns what is plugged in; slow when a phone does not answer."""


class PlugWatch(QObject):
    """Looks again and again, away from the window's thread, and one look at a time.

    Signals:
        changed: tuple of Plugged. Something was plugged in or pulled out; what is there now.
    """

    changed = Signal(object)

    def __init__(self, find: FindPlugged, background: Background, parent: QObject) -> None:
        """Make it; `start` begins to look."""
        super().__init__(parent)
        self._find = find
        self._background = background
        self._is_looking = False
        self._seen: tuple[Plugged, ...] = ()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look now, and every few seconds."""
        self._timer.start()
        self.look()

    @Slot()
    def look(self) -> None:
        """Look once, unless the look before is not over."""
        if not self._is_looking:
            self._is_looking = True
            self._background.run(self._find, done=self._take, is_outside=True)

    @Slot()
    def forget(self) -> None:
        """Tell anew at the next look, also when what is there is what was there before."""
        self._seen = ()

    def _take(self, plugged: tuple[Plugged, ...]) -> None:
        self._is_looking = False
        if plugged != self._seen:
            self._seen = plugged
            self.changed.emit(plugged)
