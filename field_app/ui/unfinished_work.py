"""Going only when nothing is half done: asks, stops what is in hand, and waits for its end."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from field_app.ui.shared.in_hand import InHand
from field_app.ui.theme import Theme
from field_app.ui.unfinished_sheet import UnfinishedSheet


class UnfinishedWork(QObject):
    """Knows for a window what is in hand."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._then: Callable[[], object] | None = None
        self.asks = True
        """Whether anybody is asked; a computer that shuts down waits for no answer."""
        self.sheet: UnfinishedSheet | None = None
        """The question, while it is open."""

    def may_go(self, then: Callable[[], object]) -> bool:
        """Return whether nothing is in hand; else ask, and call `then` when nothing is any more.

        Whoever was asked and still wants to go, goes.
        """
        busy = [work for work in self._window.findChildren(InHand) if work.is_busy]
        is_asked = self._then is None and self.asks and self._window.isVisible()
        if not busy or not is_asked:
            return True
        if self.sheet is None:
            names = tuple(name for work in busy for name in work.unfinished)
            self.sheet = UnfinishedSheet(self._theme, self._window, names)
            self.sheet.closed.connect(self._forget_sheet)
            self.sheet.leave_wished.connect(partial(self._stop, then))
            self.sheet.open_it(self.sheet.stay)
        return False

    @Slot()
    def _forget_sheet(self) -> None:
        self.sheet = None

    def _stop(self, then: Callable[[], object]) -> None:
        """Let the photo under way end, and nothing after it begin."""
        self._then = then
        for work in self._window.findChildren(InHand):
            work.idle.connect(self._look)
            work.stop()
        self._look()

    @Slot()
    def _look(self) -> None:
        then = self._then
        if then is not None and not any(w.is_busy for w in self._window.findChildren(InHand)):
            self._then = None
            then()
