"""A scroll area for columns of words, whose height depends on their width."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

SPARE: Final = 4
"""Pixels that nested layouts lose in rounding."""


class WordsArea(QScrollArea):
    """Scrolls up and down only and gives wrapped words all the height they need.

    Qt's own area reckons the height before it knows whether the scroll bar takes some width.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Reckon anew."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Reckon anew when words inside changed."""
        is_handled = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.LayoutRequest:
            self._fit()
        return is_handled

    def _fit(self) -> None:
        body = self.widget()
        layout = body.layout() if body is not None else None
        if body is not None and layout is not None:
            needed = layout.totalHeightForWidth(self.viewport().width())
            body.setMinimumHeight(needed + SPARE)
