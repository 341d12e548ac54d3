"""The search box of the top bar."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

from field_app.texts import _
from field_app.ui.theme import Theme

SEARCH_WIDE: Final = 270
SEARCH_NARROW: Final = 96
CAP_FROM: Final = 220
"""Narrower search boxes do without the key cap."""


class SearchBox(QLineEdit):
    """A field with a magnifying glass, and the cap of its key while it is empty.

    Signals:
        left: Esc or Enter: the list gets the focus again.
    """

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._restyle()
        self.retranslate()
        theme.changed.connect(self._restyle)

    def retranslate(self) -> None:
        """Take the words in the language in use."""
        self.setPlaceholderText(_("Job no. or street"))
        self.setAccessibleName(_("Search jobs"))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc empties the field, then gives the list the focus; so does Enter."""
        if event.type() is QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]  # a key press is a QKeyEvent
            if key == Qt.Key.Key_Escape and self.text():
                self.clear()
                return True
            if key in {Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down}:
                self.left.emit()
                return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the field, its icon and the key cap."""
        super().paintEvent(event)
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size = theme.px(20)
        painter.drawPixmap(
            theme.px(13), (self.height() - size) // 2, theme.pixmap("search", "text3", 20)
        )
        if not self.text() and not self.hasFocus() and self.width() >= theme.px(CAP_FROM):
            wide = theme.px(24)
            cap = QRectF(
                self.width() - wide - theme.px(12) + 0.5,
                (self.height() - theme.px(22)) // 2 + 0.5,
                wide,
                theme.px(22),
            )
            painter.setPen(QPen(theme.colour("borderStrong"), 1))
            painter.setBrush(theme.colour("surface2"))
            painter.drawRoundedRect(cap, theme.px(5), theme.px(5))
            painter.setFont(theme.font_of(12, 600))
            painter.setPen(theme.colour("text2"))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, "/")
        painter.end()

    def _restyle(self) -> None:
        self.setTextMargins(self.theme.px(28), 0, 0, 0)
        self.setMaximumWidth(self.theme.px(SEARCH_WIDE))
        self.setMinimumWidth(self.theme.px(SEARCH_NARROW))

    def sizeHint(self) -> QSize:
        """Return the width of the design; a narrow window takes from it."""
        return QSize(self.theme.px(SEARCH_WIDE), super().sizeHint().height())
