"""A switch: on or off at once, its state by place, shape and colour."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from field_app.ui.theme import Theme

WIDE, TALL, TRACK = 60, 44, 30
"""Pixels of the design: the place to touch, and the height of what is seen."""


class Switch(QAbstractButton):
    """Something that is on or off; `toggled` tells, `clicked` only when a person did it."""

    def __init__(
        self, theme: Theme, words: Callable[[], str], parent: QWidget | None = None
    ) -> None:
        """Make the switch.

        Args:
            theme: Gives colours and sizes.
            words: Returns what is switched, in the language in use; told to screen readers.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self._words = words
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words())
        theme.changed.connect(self.updateGeometry)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.setAccessibleName(self._words())
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Return the size of the place to touch."""
        return QSize(self.theme.px(WIDE), self.theme.px(TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and knob; a check stands on the track when it is on."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tall = theme.px(TRACK)
        inset = theme.px(4)
        area = QRectF(inset, (self.height() - tall) / 2, self.width() - 2 * inset, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("brand" if self.isChecked() else "borderStrong"))
        painter.drawRoundedRect(area, tall / 2, tall / 2)
        gap = theme.px(4)
        knob = tall - 2 * gap
        left = area.right() - gap - knob if self.isChecked() else area.left() + gap
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(QRectF(left, area.top() + gap, knob, knob))
        if self.isChecked():
            check = theme.pixmap("check", "onBrand", 16)
            top = int(area.top() + (tall - theme.px(16)) / 2)
            painter.drawPixmap(int(area.left()) + theme.px(7), top, check)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("focus"), 2))
            ring = area.adjusted(-3, -3, 3, 3)
            painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2)
        painter.end()
