"""Panes side by side: their widths follow the window until a person drags them, and are kept."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

GRIP: Final = 1


class Handle(QSplitterHandle):
    """The line between two panes.

    Signals:
        reset_wished: A double click: go back to the widths of the design.
    """

    reset_wished = Signal()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for the widths of the design."""
        self.reset_wished.emit()
        event.accept()


class Panes(QSplitter):
    """A splitter that remembers where a person put its lines; a double click forgets it."""

    def __init__(
        self,
        name: str,
        widths: Callable[[int], tuple[int, ...]],
        settings: QSettings,
        parent: QWidget,
    ) -> None:
        """Make the splitter.

        Args:
            name: Under which the widths are kept.
            widths: Returns the widths of the design for the whole width, in pixels.
            settings: Where the widths are kept.
            parent: As in Qt.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._key = f"panes/{name}"
        self._widths = widths
        self._settings = settings
        self._chosen = self._kept()
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GRIP)
        self.splitterMoved.connect(self._keep)

    def createHandle(self) -> QSplitterHandle:
        """Return a line that knows a double click."""
        handle = Handle(self.orientation(), self)
        handle.reset_wished.connect(self.reset)
        return handle

    def reset(self) -> None:
        """Take the widths of the design again."""
        self._chosen = ()
        self._settings.remove(self._key)
        self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Part the new width: the outer panes as chosen, or everything as designed."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Part the width again."""
        whole = self.width() - GRIP * max(0, self.count() - 1)
        designed = self._widths(whole)
        if len(self._chosen) != len(designed):
            self.setSizes(list(designed))
            return
        middle = whole - self._chosen[0] - self._chosen[-1]
        self.setSizes([self._chosen[0], middle, self._chosen[-1]])

    def _keep(self, _position: int, _index: int) -> None:
        self._chosen = tuple(self.sizes())
        self._settings.setValue(self._key, ",".join(str(width) for width in self._chosen))

    def _kept(self) -> tuple[int, ...]:
        """Return the widths that were chosen last; empty for none."""
        parts = str(self._settings.value(self._key, "")).split(",")
        return tuple(int(part) for part in parts) if all(p.isdecimal() for p in parts) else ()
